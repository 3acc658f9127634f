"""The evidence items that a table may name: those of the catalogue that all share, and those of its own. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from evaluator.catalogue import KINDS, Catalogue
from evaluator.errors import Words
from evaluator.table.cells import Wrong, bracketed
from evaluator.table.knowing import Known
from evaluator.table.names import ITEM_KINDS


class Items:
    """Items by what people call them."""

    def __init__(self, shared: Catalogue, own: Mapping[str, Any], old: Mapping[str, Any]) -> None:
        """``own`` is the data of a catalogue file, ``old`` the same before: a label that was changed is still known."""
        self._by_kind: dict[str, Known] = {
            kind: Known(Words(ITEM_KINDS[kind].zh, kind), _labels(kind, shared, own, old)) for kind in KINDS
        }
        self._parts: dict[str, Known] = {}
        for name, item in shared.documents.items():
            self._parts[name] = Known(_PART, ((part, title.zh) for part, title in item.parts.items()))
        for source in (old, own):
            for name, data in source.get("documents", {}).items():
                parts = data.get("parts") or {}
                self._parts[name] = Known(_PART, ((part, title["zh"]) for part, title in parts.items()))

    def known(self, kind: str) -> Known:
        """The items of one kind."""
        return self._by_kind[kind]

    def parts(self, document: str) -> Callable[[str], Any]:
        """What resolves the parts of a document."""
        known = self._parts.get(document)
        return known.resolve if known is not None else lambda text: bracketed(text)[1] or text

    def resolve(self, text: str, kinds: tuple[str, ...]) -> tuple[str, str] | Wrong:
        """The kind and the identifier that ``text`` means, where one of ``kinds`` is asked for."""
        wrongs: list[Wrong] = []
        for kind in kinds:
            found = self.known(kind).resolve(text)
            if not isinstance(found, Wrong):
                return kind, found
            wrongs.append(found)
        for kind in KINDS:
            if kind not in kinds and not isinstance(self.known(kind).resolve(text), Wrong):
                wanted = "、".join(ITEM_KINDS[one].zh for one in kinds)
                what = Words(
                    f"这里要{wanted}，“{text}”是{ITEM_KINDS[kind].zh}",
                    f"{', '.join(kinds)} are meant here; {text!r} is one of {kind}",
                )
                return Wrong(
                    "wrong_kind_of_item", what, Words("改选，或改种类", "choose another, or change the kind")
                )
        known = next((one for one in wrongs if one.code != "unknown_item"), None)
        return known or next((one for one in wrongs if one.mend and "是否" in one.mend.zh), wrongs[0])


_PART = Words("内容", "part")


def _labels(kind: str, shared: Catalogue, *files: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, item in shared.items(kind).items():
        yield name, item.label.zh
    for data in files:
        for name, one in data.get(kind, {}).items():
            yield name, str(one.get("label", {}).get("zh", name))
