"""A check in words, and in rows where it grades: what it asks for, and what each degree of it earns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from evaluator.checks import Check
from evaluator.checks.cadence import Cadence
from evaluator.checks.group import Group
from evaluator.checks.rating import Rating
from evaluator.checks.ratio import Ratio
from evaluator.crediting import Comparisons, Context, Graded, Step
from evaluator.errors import Words
from evaluator.exact import Exact, decimal, percent
from evaluator.facts import no_facts
from evaluator.wording import Wording

_COMPARED = {
    "at_least": Words("不低于 {}", "at least {}"),
    "at_most": Words("不高于 {}", "at most {}"),
    "above": Words("高于 {}", "above {}"),
    "below": Words("低于 {}", "below {}"),
    "equals": Words("等于 {}", "exactly {}"),
}
_COUNTED = {
    "at_least": Words("不少于 {}", "at least {}"),
    "at_most": Words("不超过 {}", "at most {}"),
    "above": Words("多于 {}", "more than {}"),
    "below": Words("少于 {}", "fewer than {}"),
    "equals": Words("等于 {}", "exactly {}"),
}
_AT_ZERO = {
    "not_applicable": Words("总数为 0 时不适用", "does not apply where the whole is 0"),
    "satisfied": Words("总数为 0 时算达标", "met where the whole is 0"),
    "not_satisfied": Words("总数为 0 时算未达标", "not met where the whole is 0"),
    "needs_review": Words("总数为 0 时由人判定", "a person decides where the whole is 0"),
}


class Told(NamedTuple):
    """One line of what is asked; members stand deeper than their group."""

    depth: int
    text: Words


class Degree(NamedTuple):
    """One row of a small table: in which case, and what it earns or costs."""

    case: Words
    worth: Words


class Asking:
    """Words the checks of one criterion."""

    def __init__(self, context: Context, wording: Wording) -> None:
        self.context, self.wording = context, wording

    def told(self, check: Check, depth: int = 0) -> Iterator[Told]:
        """What ``check`` asks for, its members after it."""
        text = self._text(check)
        if text is not None:
            yield Told(depth, text)
        for _, member in check.members() if isinstance(check, Group) else ():
            yield from Asking(self.context._replace(points=None), self.wording).told(member, depth + 1)

    def sentence(self, check: Check) -> Words:
        """``check`` in one sentence."""
        lines = list(self.told(check))
        first, members = lines[0].text, lines[1:]
        if not members:
            return first
        zh, en = "；".join(one.text.zh for one in members), "; ".join(one.text.en for one in members)
        return Words(f"{first.zh}（{zh}）", f"{first.en} ({en})")

    def _text(self, check: Check) -> Words | None:
        finding = check.compile(self.context)(no_facts(self.context.span))
        if isinstance(check, Rating):
            return Words("由检查人员评定档次", "an inspector gives a level")
        if isinstance(check, Group) and (check.steps or check.scale):
            return Words("看下列各项有几项达标", "how many of these hold")
        if isinstance(check, Graded) and check.steps and finding.required is not None:
            # The steps have a table of their own.
            finding = finding._replace(required=finding.required._replace(steps=(), limits=()))
        words = self.wording.required(finding)
        return (
            None
            if words is None
            else self._of_check(check, Words(words.zh.rstrip("："), words.en.rstrip(": ")))
        )

    def _of_check(self, check: Check, words: Words) -> Words:
        """``words`` with the count that changes, and without the year of a deadline that is the same every year."""
        for day in (getattr(check, "issued_by", None), getattr(check, "due", None)):
            if day is not None and len(day) == 5:
                month, number = (int(part) for part in day.split("-"))
                of_some_year = rf"[0-9]{{4}}-{day}"
                words = Words(
                    re.sub(f" ?{of_some_year} ?", f"评估期内{month}月{number}日", words.zh),
                    re.sub(of_some_year, f"{day} of the period", words.en),
                )
        return words

    def degrees(self, check: Check) -> Iterator[Degree]:
        """What each step, level or date of ``check`` means."""
        if isinstance(check, Rating):
            for level in sorted(check.levels, key=lambda one: -one.level):
                text = Words(
                    f"第 {level.level} 档：{level.text.zh}",
                    f"Level {level.level}: {level.text.en or level.text.zh}",
                )
                yield Degree(text, self._worth(level.credit.value))
        elif isinstance(check, Graded) and check.steps:
            for step in check.steps:
                (name, limit), *_ = step.stated()
                yield Degree(self._limit(name, limit, check), self._step_worth(step))
            yield Degree(Words("其余", "anything else"), self._worth(Fraction(0)))
        elif isinstance(check, Comparisons):
            for name in type(check).model_fields:
                dated = getattr(check, name)
                for day, limit in dated.items() if isinstance(dated, dict) else ():
                    compared = self._limit(name, limit, check)
                    yield Degree(Words(f"自 {day.isoformat()} 起", f"from {day.isoformat()} on"), compared)

    def _step_worth(self, step: Step) -> Words:
        if self.context.points is None or step.points is None:
            return self._worth(step.share(self.context.points))
        return self._worth(step.points.value / self.context.points)

    def _worth(self, credit: Fraction) -> Words:
        if self.context.points is None:
            return Words(percent(credit), percent(credit))
        shown = decimal(credit * self.context.points)
        return Words(f"{shown} 分", f"{shown} points")

    def _limit(self, name: str, limit: Exact, check: Check) -> Words:
        zh, en = "", ""
        if not limit.percent:
            zh, en = self.unit(check)
        words = (_COMPARED if limit.percent or isinstance(check, Ratio) else _COUNTED)[name]
        return Words(words.zh.format(f"{limit}{zh}"), words.en.format(f"{limit}{en}"))

    def unit(self, check: Check) -> Words:
        """What ``check`` counts in, with a blank before it; nothing for shares."""
        if isinstance(check, Cadence):
            return Words(" 个时段", " windows")
        if isinstance(check, Group):
            return Words(" 项", " of them")
        per = getattr(check, "per", None)
        if per is not None:
            return {
                "day": Words(" 天", " days"),
                "week": Words(" 周", " weeks"),
                "month": Words(" 个月", " months"),
            }[per]
        names = [use.id for use in check.uses()]
        if isinstance(check, Ratio) or not names:
            return Words("", "")
        unit = self.wording.unit(names[0])
        return Words(f" {unit.zh}", f" {unit.en}")

    def crediting(self, check: Check) -> Iterator[Words]:
        """How what is measured becomes points, and what holds at the edges."""
        yield _credit_words(check)
        if isinstance(check, Ratio):
            yield _AT_ZERO[check.when_zero]
            if check.minimum_sample is not None:
                least = check.minimum_sample
                yield Words(
                    f"总数不足 {least} 时由人判定", f"a person decides where the whole is below {least}"
                )


def _credit_words(check: Check) -> Words:
    credit = getattr(check, "credit", None)
    if isinstance(check, Rating):
        return Words("没有评档以前待核验", "open until it is rated")
    if isinstance(check, Graded) and check.steps:
        return Words("从上到下取第一个符合的档", "the first line that holds counts")
    if isinstance(check, Graded) and check.scale:
        return Words("两端之间按比例得分", "in proportion between both ends")
    if credit == "proportional":
        return Words(
            "按测得占要求的比例得分，最多得满分", "in proportion to what is required, full points at most"
        )
    if credit == "all_or_nothing":
        return Words("全部做到得满分，否则不得分", "full points for all of it, else nothing")
    if isinstance(check, Cadence):
        return Words("按够次数的时段所占份额得分", "the share of the windows that hold enough")
    if isinstance(check, Group):
        if check.any_ is not None:
            return Words("取其中得分最高的一项", "the best of them counts")
        if check.of is not None:
            return Words(
                f"取其中最好的 {check.at_least} 项平均得分", f"the mean of the best {check.at_least}"
            )
        return Words("各项平均得分", "the mean of them")
    return Words("做到得满分，做不到不得分", "full points where it holds, else nothing")
