"""The audit log: who did what to which object, when and why; each entry covers the digest of the one before it.

An entry that is changed, left out, put in or moved breaks the chain where it stands. Whoever may write the database could make
the whole chain anew: ``head`` is what an audit administrator keeps elsewhere, and ``faults`` compares it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, desc, insert, select

from evaluator.algorithms import digest_of_bytes
from evaluator.errors import Words
from workbench.storage.tables import audit

FIRST = "sha256:" + "0" * 64
_FIELDS = ("n", "at", "login", "role", "action", "object", "reason", "detail", "previous")


class Doer(NamedTuple):
    """Who acts: an account with its role."""

    login: str
    role: str


# What the program does of itself: at first start, on a schedule, on the command line.
PROGRAM = Doer("-", "program")


class Deed(NamedTuple):
    """One thing done: the action (such as ``submission.submit``), to which object, why, and what else belongs to it."""

    action: str
    object: str
    reason: str = ""
    detail: dict[str, Any] = {}


# Built once: what is done with every change is built for none.
_LAST = select(audit.c.n, audit.c.digest).order_by(desc(audit.c.n)).limit(1)
_INSERT = insert(audit)


class End(NamedTuple):
    """The last entry of the chain: its number and digest."""

    n: int
    digest: str


def append(connection: Connection, doer: Doer, deed: Deed, at: str, end: End | None = None) -> End:
    """Add an entry to the chain, in the transaction that does the deed; the chain's end is then that entry.

    Whoever appends holds the chain until the transaction ends (``Database.write``): no two entries follow the same one. ``end``
    is the chain's end where the transaction knows it already.
    """
    if end is None:
        last = connection.execute(_LAST).one_or_none()
        end = End(0, FIRST) if last is None else End(last.n, last.digest)
    n, previous = end.n + 1, end.digest
    entry: dict[str, Any] = {
        "n": n,
        "at": at,
        "login": doer.login,
        "role": doer.role,
        "action": deed.action,
        "object": deed.object,
        "reason": deed.reason,
        "detail": json.dumps(deed.detail, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "previous": previous,
    }
    entry["digest"] = _digest(entry)
    connection.execute(_INSERT, entry)
    return End(n, entry["digest"])


def _digest(entry: dict[str, Any]) -> str:
    text = json.dumps({key: entry[key] for key in _FIELDS}, ensure_ascii=True, sort_keys=True)
    return digest_of_bytes(text.encode())


class Fault(NamedTuple):
    """Where the chain breaks, and how."""

    n: int
    what: Words


def faults(entries: Iterable[dict[str, Any]], head: tuple[int, str] | None = None) -> Iterator[Fault]:
    """Every break of the chain ``entries`` (in order); ``head`` is the number and digest of an entry that was kept elsewhere."""
    expected, previous, seen = 1, FIRST, None
    for entry in entries:
        n = entry["n"]
        if n != expected:
            zh = f"缺少第 {expected} 条到第 {n - 1} 条" if n > expected else f"第 {n} 条重复或次序颠倒"
            en = (
                f"entries {expected} to {n - 1} are missing" if n > expected else f"entry {n} is out of order"
            )
            yield Fault(n, Words(zh, en))
        elif entry["previous"] != previous:
            zh = f"第 {n} 条与第 {n - 1} 条接不上：前一条被改动或替换"
            yield Fault(n, Words(zh, f"entry {n} does not follow entry {n - 1}: that one was changed"))
        if _digest(entry) != entry["digest"]:
            yield Fault(n, Words(f"第 {n} 条的内容被改动", f"entry {n} was changed"))
        if head is not None and n == head[0]:
            seen = entry["digest"]
        expected, previous = n + 1, entry["digest"]
    if head is not None and seen != head[1]:
        zh = f"第 {head[0]} 条与另存的校验码不符：整条链被改写，或记录被删去"
        yield Fault(
            head[0], Words(zh, f"entry {head[0]} is not the one that was kept: the chain was rewritten")
        )


def entries(connection: Connection, after: int = 0) -> Iterator[dict[str, Any]]:
    """The entries in order, from the one behind number ``after``."""
    listed = select(audit).where(audit.c.n > after).order_by(audit.c.n)
    for row in connection.execution_options(yield_per=1000).execute(listed):
        yield dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def as_line(entry: dict[str, Any]) -> str:
    """One entry as a line of JSON, with its details as data."""
    return json.dumps({**entry, "detail": json.loads(entry["detail"])}, ensure_ascii=False, sort_keys=True)
