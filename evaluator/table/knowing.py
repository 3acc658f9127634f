"""What people call items, grades, sections and criteria → their identifiers: never guessed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from evaluator.errors import Words, nearest
from evaluator.table.cells import Wrong, bracketed, squeezed


class Known:
    """Identifiers with their labels; one label may belong to several."""

    def __init__(self, what: Words, labels: Iterable[tuple[str, str]]) -> None:
        self._what = what
        self.labels: dict[str, set[str]] = {}
        for identifier, label in labels:
            self.labels.setdefault(identifier, set()).add(label)

    def resolve(self, text: str) -> str | Wrong:
        """The identifier that ``text`` means: ``label [id]``, an id, or a label that only one bears."""
        label, identifier = bracketed(text)
        if identifier:
            return self._both(label, identifier)
        if label in self.labels:
            return label
        plain = squeezed(label)
        found = [one for one, known in self.labels.items() if plain in map(squeezed, known)]
        if len(found) == 1:
            return found[0]
        if found:
            what = Words(f"有几个“{label}”", f"there are several {label!r}")
            return Wrong(
                "ambiguous", what, Words(f"写明编号：{'、'.join(found)}", f"add its id: {', '.join(found)}")
            )
        return self._unknown(label)

    def _both(self, label: str, identifier: str) -> str | Wrong:
        if identifier not in self.labels:
            return self._unknown(identifier)
        known = self.labels[identifier]
        if label and squeezed(label) not in map(squeezed, known):
            shown = min(known)
            what = Words(
                f"“{label}”和编号 {identifier} 不是同一项（{identifier} 是“{shown}”）",
                f"{label!r} and {identifier} are not the same: {identifier} is {shown!r}",
            )
            return Wrong("label_and_id", what, Words("从下拉表里重新选", "choose it from the list"))
        return identifier

    def _unknown(self, text: str) -> Wrong:
        what = Words(f"没有{self._what.zh}“{text}”", f"there is no {self._what.en} {text!r}")
        labels = {label: one for one, known in self.labels.items() for label in known}
        near = nearest(text, [*labels, *self.labels])
        mend = None
        if near is not None:
            shown = f"{near} [{labels[near]}]" if near in labels else near
            mend = Words(f"是否想写 {shown}", f"did you mean {shown}?")
        return Wrong(
            "unknown_item",
            what,
            mend or Words("从下拉表里选，或先把它加到表里", "choose it from the list, or add it first"),
        )


def of_these(text: str, words: Sequence[str]) -> Words:
    """The mend for a word that is none of ``words``: the nearest of them, else all, in their order."""
    # Words of two characters: one of them right is near enough.
    near = get_close_matches(text, words, n=1, cutoff=0.5) if text else []
    if near:
        return Words(f"是否想写 {near[0]}", f"did you mean {near[0]}?")
    return Words(f"可用的有：{'、'.join(words)}", f"known: {', '.join(words)}")


def proposed(wish: str, taken: Iterable[str]) -> str:
    """An identifier made from ``wish`` (an English label) that is not taken; the same wish gives the same.

    >>> proposed("Reading rooms", {"reading_rooms"}), proposed("阅览室", ())
    ('reading_rooms_2', 'new')
    """
    base = re.sub(r"[^a-z0-9]+", "_", wish.casefold()).strip("_")[:56] or "new"
    return next(_free(base, "_", frozenset(taken)))


def following(before: str | None, section: str, taken: Iterable[str]) -> str:
    """The identifier of a criterion behind ``before``: its number and one more.

    >>> following("km-2-08", "publicity", {"km-2-09"}), following(None, "publicity", ())
    ('km-2-10', 'publicity-1')
    """
    known = frozenset(taken)
    found = re.fullmatch(r"(.*?)(\d+)", before or f"{section}-0")
    if found is None:
        return next(_free(str(before), "-", known))
    number, width = int(found[2]), len(found[2])
    while True:
        number += 1
        identifier = f"{found[1]}{number:0{width}}"
        if identifier not in known:
            return identifier


def _free(base: str, mark: str, taken: frozenset[str]) -> Iterator[str]:
    if base not in taken:
        yield base
    number = 2
    while True:
        if f"{base}{mark}{number}" not in taken:
            yield f"{base}{mark}{number}"
        number += 1
