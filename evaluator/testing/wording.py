"""What the tests of rules say to people, in both languages."""

from __future__ import annotations

from fractions import Fraction

from evaluator.cases import Difference
from evaluator.errors import Words
from evaluator.exact import decimal, plain
from evaluator.ruleset import Ruleset
from evaluator.testing.boundaries import Side
from evaluator.testing.neighbours import Sort

OUTCOMES = {
    "satisfied": Words("达标", "met"),
    "partly_satisfied": Words("部分达标", "partly met"),
    "not_satisfied": Words("未达标", "not met"),
    "no_evidence": Words("未提交佐证", "no evidence"),
    "needs_review": Words("待核验", "to be verified"),
    "not_applicable": Words("不适用", "not applicable"),
}
SIDES: dict[Side, Words] = {
    "below": Words("低于", "below"),
    "on": Words("恰为", "on it"),
    "above": Words("高于", "above"),
}
DAYS: dict[Side, Words] = {
    "below": Words("早于期限", "before the day"),
    "on": Words("期限当天", "on the day"),
    "above": Words("晚于期限", "after the day"),
}
SORTS: dict[Sort, Words] = {
    "threshold": Words("阈值", "threshold"),
    "operator": Words("比较方式", "operator"),
    "window": Words("时段", "window"),
    "deadline": Words("期限", "deadline"),
    "number": Words("数值", "number"),
    "points": Words("分值", "points"),
    "choice": Words("写法", "choice"),
    "level": Words("强度", "level"),
    "veto": Words("一票否决", "veto"),
    "dropped": Words("删去", "left out"),
}
_WHAT = {
    "outcome": Words("判定", "outcome"),
    "earned": Words("得分", "points earned"),
    "credit": Words("得分率", "credit"),
    "missed": Words("错过的时段", "missed windows"),
    "shortfall": Words("缺口", "shortfall"),
    "score": Words("总分", "score"),
    "grade": Words("等级", "grade"),
    "accepted": Words("是否达标", "accepted"),
    "vetoes": Words("一票否决", "vetoes"),
}
_VALUES = {
    **OUTCOMES,
    "True": Words("是", "yes"),
    "False": Words("否", "no"),
    "None": Words("未定", "undecided"),
    "null": Words("无（没有适用的指标）", "none (nothing applies)"),
    "": Words("无", "none"),
}


def difference_words(one: Difference, ruleset: Ruleset) -> Words:
    """What came out otherwise than a case says: 判定应为达标，实为未达标."""
    what = _WHAT.get(one.what, Words(f"{one.what} 的判定", f"outcome of {one.what}"))
    wanted, got = _value(one.wanted, one.what, ruleset), _value(one.got, one.what, ruleset)
    return Words(f"{what.zh}应为 {wanted.zh}，实为 {got.zh}", f"{what.en} should be {wanted.en}, is {got.en}")


def _value(text: str, what: str, ruleset: Ruleset) -> Words:
    if what == "grade":
        for grade in ruleset.scoring.grades:
            if grade.id == text:
                return Words(f"{grade.title.zh}（{text}）", f"{grade.title.en} ({text})")
    known = _VALUES.get(text)
    if known is None:
        ends = [_number(one, what) for one in text.strip("[]").split(", ")]
        if text.startswith("["):
            return Words("至".join(ends), " to ".join(ends))
        return Words("、".join(ends), ", ".join(ends))
    mark = text if text in OUTCOMES else ""
    return Words(f"{known.zh}（{mark}）", f"{known.en} ({mark})") if mark else known


def _number(text: str, what: str) -> str:
    """A fraction as people write it: a score with two places, anything else in full where a decimal can."""
    top, slash, bottom = text.partition("/")
    if not slash or not (top + bottom).isdecimal():
        return text
    value = Fraction(int(top), int(bottom))
    shown = plain(value) if what == "score" else decimal(value)
    return shown if what == "score" or Fraction(shown) == value else text
