"""How OSCAL writes things: tokens, markup, properties of our own, days as moments, and UUIDs that depend on content alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from scorecards.wording import printable

Node = dict[str, Any]

VERSION = "1.1.3"
# Whose the properties are that OSCAL does not know. Under ``.invalid`` nobody can ever put up something else; a ``urn:`` is no
# address to readers of OSCAL 1.1.
NS = "https://duibiao.invalid/ns/oscal/1"
_SPACE = uuid5(NAMESPACE_URL, NS)
# China has had one time zone, without summer time, for as long as any period that is judged.
_ZONE = "+08:00"
_MARKUP = re.compile(r"[\\`*_~^\[\]<>{}&]")


class Uuids:
    """UUIDs of version 5 for the parts of one assessment, which its digest tells from all others."""

    def __init__(self, digest: str) -> None:
        self._root = uuid5(_SPACE, digest)

    def __call__(self, *of: object) -> str:
        """The UUID of the part that ``of`` names, such as ``"observation", "km-2-6", 0``."""
        return str(uuid5(self._root, "\0".join(map(str, of))))


def institution_uuid(*of: str) -> str:
    """The UUID of an institution: the same in every document."""
    return str(uuid5(_SPACE, "\0".join(("institution", *of))))


def token(identifier: str) -> str:
    """An identifier as a token, which begins with a letter or ``_``; ours never begin with ``_``, so this can be undone."""
    return identifier if identifier[:1].isalpha() else f"_{identifier}"


def objective(criterion: str) -> str:
    """The id of the objective of a criterion's control; identifiers hold no stop."""
    return f"{token(criterion)}.objective"


def plain(text: object) -> str:
    """``text`` on one line without blanks at its ends; a dash where nothing is left."""
    return " ".join(printable(str(text)).split()) or "—"


def markup(text: object) -> str:
    """``plain`` text where OSCAL reads markup: whatever would be read as such is escaped."""
    return _MARKUP.sub(r"\\\g<0>", plain(text))


def prop(name: str, value: object, **more: str) -> Node:
    """A property of our own."""
    return {"name": name, "ns": NS, "value": plain(value), **more}


def props(*pairs: tuple[str, object]) -> list[Node]:
    """A property for each pair whose value is not None; truth is ``true`` or ``false``."""
    return [
        prop(name, str(value).lower() if isinstance(value, bool) else value)
        for name, value in pairs
        if value is not None
    ]


def ends(name: str, interval: Any) -> Iterable[tuple[str, object]]:
    """``name-floor`` and ``name-ceiling`` of ``{"floor", "ceiling"}``; nothing of None."""
    return () if interval is None else ((f"{name}-{end}", interval[end]) for end in ("floor", "ceiling"))


def morning(day: str) -> str:
    """The moment at which an ISO day begins."""
    return f"{day}T00:00:00{_ZONE}"


def evening(day: str) -> str:
    """The last second of an ISO day."""
    return f"{day}T23:59:59{_ZONE}"


def without_empty(node: Node) -> Node:
    """``node`` without members that are None or hold nothing: OSCAL has no empty lists."""
    return {key: value for key, value in node.items() if value not in (None, [], "")}
