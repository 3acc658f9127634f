"""A number that does not follow from the others: what is stated, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from evaluator.errors import Words

Json = Mapping[str, Any]
Path = tuple[str | int, ...]
# Texts that are quoted are cut at so many characters.
_LONGEST = 60


class Contradiction(NamedTuple):
    """At ``path`` of the document, called ``place``, stands ``stated``, but ``follows`` is what the rest of it makes."""

    path: Path
    place: Words
    stated: str
    follows: str

    def words(self) -> Words:
        """The contradiction as a sentence."""
        zh = f"{self.place.zh}：写着 {self.stated}，按所附内容应为 {self.follows}"
        en = f"{self.place.en}: {self.stated} is stated; {self.follows} follows from what is attached"
        return Words(zh, en)


def compared(path: Path, place: Words, stated: Any, follows: Any) -> Iterator[Contradiction]:
    """Every leaf in which ``stated`` differs from ``follows``; keys that ``follows`` lacks are not looked at."""
    if isinstance(follows, Mapping) and isinstance(stated, Mapping):
        for key, one in follows.items():
            yield from compared((*path, key), _under(place, key), stated.get(key), one)
    elif stated != follows or type(stated) is not type(follows):
        yield Contradiction(path, place, shown(stated), shown(follows))


def one_of(path: Path, place: Words, stated: Any, possible: Iterable[Any]) -> Iterator[Contradiction]:
    """A contradiction where ``stated`` is none of what is possible; nothing where nothing is known."""
    known = list(possible)
    if known and stated not in known:
        listed = " / ".join(dict.fromkeys(shown(one) for one in known))
        yield Contradiction(path, place, shown(stated), listed)


def shown(value: Any) -> str:
    """``value`` as it is quoted: short, on one line.

    >>> shown({"floor": "3/4", "ceiling": "1"}), shown({"floor": "0", "ceiling": "0"}), shown(None), shown(True)
    ('3/4–1', '0', '—', 'true')
    """
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping) and {"floor", "ceiling"} == set(value):
        floor, ceiling = shown(value["floor"]), shown(value["ceiling"])
        return floor if floor == ceiling else f"{floor}–{ceiling}"
    if isinstance(value, list | tuple):
        return "、".join(map(shown, value)) or "—"
    if isinstance(value, Mapping):
        return "…"
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def called(one: Json) -> Words:
    """A criterion, a section or a line of the deductions, by its title and id."""
    title, name = one["title"], one.get("id")
    behind = ("", "") if name is None else (f"（{name}）", f" ({name})")
    return Words(f"“{shown(title['zh'])}”{behind[0]}", f"“{shown(title['en'])}”{behind[1]}")


def named(place: Words, zh: str, en: str) -> Words:
    """A part of what ``place`` names."""
    return Words(f"{place.zh}{zh}", f"{place.en} {en}")


_KEYS = {
    "floor": Words("（最低）", "(least)"),
    "ceiling": Words("（最高）", "(greatest)"),
    "exact": Words("的精确值", "exactly"),
    "decided": Words("中已定的份额", "decided"),
    "earned": Words("的得分", "points earned"),
    "bonus": Words("的加分", "bonus"),
    "deductions": Words("的扣分", "deductions"),
    "lost": Words("的扣分", "deductions"),
    "rate": Words("的得分率", "rate"),
    "points": Words("的分值", "points"),
    "cap": Words("的上限", "cap"),
    "applicable_points": Words("的适用分值", "applicable points"),
    "not_applicable_points": Words("的不适用分值", "points that do not apply"),
}


def _under(place: Words, key: str) -> Words:
    words = _KEYS.get(key, Words(f"的 {key}", key))
    return named(place, words.zh, words.en)
