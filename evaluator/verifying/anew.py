"""An assessment beside the one that is made anew from the evidence: every part that differs, by criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from evaluator.errors import Words
from evaluator.verifying.contradiction import Json, Path, called, shown
from evaluator.verifying.criteria import criterion_words

# What says by which program it was made; and the digest, which follows from all the rest.
_OF_THE_PROGRAM = ("engine", "digest")
_TEXTS = ("zh", "en")


class Difference(NamedTuple):
    """At ``path`` stands ``stated``, but ``made`` is what the evidence comes to; ``worded``: only a text differs."""

    path: Path
    place: Words
    stated: str
    made: str
    worded: bool

    def words(self) -> Words:
        """The difference as a sentence."""
        zh = f"{self.place.zh}：写着 {self.stated}，按申报材料应为 {self.made}"
        en = f"{self.place.en}: {self.stated} is stated; the evidence comes to {self.made}"
        return Words(zh, en)


def differences(stated: Json, made: Json) -> tuple[Difference, ...]:
    """Where ``stated`` differs from ``made``, another assessment of the same evidence, part by part; the first of each part."""
    found: list[Difference] = []
    for path, left, right in _leaves((), _without(stated), _without(made)):
        found.append(Difference(path, _place(stated, made, path), shown(left), shown(right), _is_text(path)))
    # Numbers before words, and one line for each part that people look at.
    found.sort(key=lambda one: (one.worded, _rank(one.path)))
    return tuple({one.place: one for one in reversed(found)}.values())[::-1]


def _without(document: Json) -> Json:
    return {key: one for key, one in document.items() if key not in _OF_THE_PROGRAM}


def _leaves(path: Path, stated: Any, made: Any) -> Iterator[tuple[Path, Any, Any]]:
    if isinstance(stated, Mapping) and isinstance(made, Mapping):
        for key in dict.fromkeys((*stated, *made)):
            yield from _leaves((*path, key), stated.get(key), made.get(key))
    elif isinstance(stated, list) and isinstance(made, list) and len(stated) == len(made):
        for n, (left, right) in enumerate(zip(stated, made, strict=True)):
            yield from _leaves((*path, n), left, right)
    elif stated != made or type(stated) is not type(made):
        yield path, stated, made


def _is_text(path: Path) -> bool:
    return bool(path) and path[-1] in _TEXTS


def _rank(path: Path) -> int:
    order = (
        "score",
        "grade",
        "accepted",
        "vetoes",
        "sections",
        "criteria",
        "deductions",
        "stages",
        "evidence",
    )
    return order.index(str(path[0])) if path and path[0] in order else len(order)


_PARTS = {
    "score": Words("总分", "the score"),
    "grade": Words("等次", "the grade"),
    "accepted": Words("是否达标", "whether it is accepted"),
    "vetoes": Words("未通过的一票否决", "the vetoes that failed"),
    "stages": Words("各阶段的结果", "the stages"),
    "evidence": Words("佐证", "the evidence"),
    "integrity": Words("填报提示", "the integrity findings"),
    "plan": Words("行动计划", "the action plan"),
    "rectification": Words("整改清单", "the rectification list"),
    "reviews": Words("复核", "the reviews"),
    "ruleset": Words("规则集", "the ruleset"),
    "submission": Words("申报", "the submission"),
}
_INSIDE = {
    "outcome": Words("的判定", "outcome"),
    "earned": Words("的得分", "points earned"),
    "credit": Words("的得分率", "credit"),
    "findings": Words("的检查结果", "findings"),
    "floor": Words("（最低）", "(least)"),
    "ceiling": Words("（最高）", "(greatest)"),
}


def _place(stated: Json, made: Json, path: Path) -> Words:
    part = str(path[0]) if path else ""
    inside = _INSIDE.get(str(path[2])) if len(path) > 2 else None
    if part in ("criteria", "sections", "deductions") and len(path) > 1 and isinstance(path[1], int):
        listed = stated[part] if len(stated[part]) > path[1] else made[part]
        one = listed[path[1]]
        if part == "criteria":
            found = criterion_words(one)
        else:
            name = called(one)
            found = Words(("类目" if part == "sections" else "扣分") + name.zh, f"{part[:-1]} {name.en}")
    else:
        found = _PARTS.get(part, Words(part, part))
        inside = _INSIDE.get(str(path[1])) if len(path) > 1 and part == "score" else None
    return found if inside is None else Words(found.zh + inside.zh, f"{found.en} {inside.en}")
