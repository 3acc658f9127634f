"""Which files belong to which evidence: by the names that the form gives, and by the habit ``活动编号_日期_序号.jpg``. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from evaluator.errors import Words
from evaluator.packages.records import key_of
from evaluator.submission import Submission, natural

T = TypeVar("T")

_DATE = re.compile(r"(\d{4})(?:(\d{2})(\d{2})|[-./年](\d{1,2})[-./月](\d{1,2})日?)(?!\d)")
_NUMBERED = re.compile(r"[a-z]+[-_]?\d+")
_BETWEEN = "_-. (·~"


class Names(Generic[T]):
    """The names of the files that are there, each with what it stands for, and which of them a form's name means."""

    def __init__(self, named: Iterable[tuple[str, T]]) -> None:
        self._whole: dict[str, list[T]] = {}
        self._last: dict[str, list[T]] = {}
        for name, target in named:
            self._whole.setdefault(key_of(name), []).append(target)
            self._last.setdefault(_last(name), []).append(target)

    def meant(self, named: str) -> list[T]:
        """The files that ``named`` may mean: by the whole name, else by its last part wherever it lies."""
        return self._whole.get(key_of(named)) or self._last.get(_last(named)) or []


def _last(name: str) -> str:
    return key_of(name.rpartition("/")[2])


def resolved(submission: Submission, names: Iterable[str]) -> dict[str, str]:
    """The file that each name in ``submission`` means, of those that are there; names that mean none or several are left out."""
    there = Names((name, name) for name in sorted(names))
    found = {}
    for _, _, entry in submission.entries():
        for named in entry.files:
            meant = there.meant(named)
            if len(meant) == 1:
                found[named] = meant[0]
    return found


class Habit(NamedTuple):
    """What a file's name says by habit: the evidence that it may belong to, or why it belongs to none."""

    evidence: str | None
    why: Words | None = None


_NO_ID = Words("文件名开头不是佐证编号", "the name does not begin with an evidence id")


def by_habit(name: str, days: Mapping[str, date | None]) -> Habit:
    """The evidence that a file called ``name`` belongs to.

    ``days`` holds the id of each piece of evidence, and its day where it has one: a name that gives another day belongs to none.
    """
    stem = unicodedata.normalize("NFKC", name.rpartition("/")[2].rpartition(".")[0]).casefold().strip()
    candidates = {one: rest for one in days if (rest := _after(stem, one.casefold())) is not None}
    if not candidates:
        candidates = _counted_alike(stem, days)
    if not candidates:
        return Habit(None, _NO_ID)
    if len(candidates) > 1:
        names = sorted(candidates, key=natural)
        return Habit(None, Words(f"可归入 {'、'.join(names)}，无法确定", f"may belong to {', '.join(names)}"))
    ((evidence, rest),) = candidates.items()
    said, day = _day(rest), days[evidence]
    if said is not None and day is not None and said != day:
        zh = f"文件名中的日期 {said} 与 {evidence} 的日期 {day} 不同"
        return Habit(None, Words(zh, f"the name says {said}, {evidence} is dated {day}"))
    return Habit(evidence)


def _after(stem: str, evidence: str) -> str | None:
    if not stem.startswith(evidence):
        return None
    rest = stem[len(evidence) :]
    return rest if not rest or rest[0] in _BETWEEN else None


def _counted_alike(stem: str, ids: Iterable[str]) -> dict[str, str]:
    """The ids that are ``stem``'s but for zeros before a number: E1 for E01."""
    found = _NUMBERED.match(stem)
    if found is None or _after(stem, found[0]) is None:
        return {}
    return {one: stem[found.end() :] for one in ids if natural(one.casefold()) == natural(found[0])}


def _day(rest: str) -> date | None:
    found = _DATE.match(rest.lstrip(_BETWEEN))
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups() if part is not None))
    except ValueError:
        return None


def days_of(submission: Submission) -> dict[str, date | None]:
    """The id of each entry with its day: an event's date, a document's day of issue."""
    return {
        entry.id: getattr(entry, "date", None) or getattr(entry, "issued", None)
        for _, _, entry in submission.entries()
    }
