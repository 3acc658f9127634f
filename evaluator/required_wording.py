"""What a check asks for, in Chinese and English: one function a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Protocol

from evaluator.errors import Words
from evaluator.exact import Exact, Number, decimal, percent
from evaluator.finding import Requirement

Of = tuple[str, ...]
_COMPARED: dict[str, Words] = {
    "at_least": Words("不低于 {}", "at least {}"),
    "at_most": Words("不高于 {}", "at most {}"),
    "above": Words("高于 {}", "above {}"),
    "below": Words("低于 {}", "below {}"),
    "equals": Words("等于 {}", "equal to {}"),
}
_COUNTED: dict[str, Words] = {
    "at_least": Words("不少于 {}", "at least {}"),
    "at_most": Words("不超过 {}", "at most {}"),
    "above": Words("多于 {}", "more than {}"),
    "below": Words("少于 {}", "fewer than {}"),
    "equals": Words("等于 {}", "exactly {}"),
}
_EVERY: dict[str, Words] = {
    "month": Words("每月", "each month"),
    "quarter": Words("每季度", "each quarter"),
    "half_year": Words("每半年", "each half-year"),
    "year": Words("每年", "each year"),
    "period": Words("评估期内", "in the period"),
}
LATE_UNITS: dict[str, Words] = {
    "day": Words("天", "days"),
    "week": Words("周", "weeks"),
    "month": Words("个月", "months"),
}
_FORMS: dict[str, Words] = {
    "all": Words("各项都达标", "all members hold"),
    "any": Words("至少一项达标", "one member holds"),
    "of": Words("至少 {} 项达标", "at least {} members hold"),
    "each": Words("每个{}都达标", "every {} holds"),
}
_DIRECTIONS: dict[str, Words] = {
    "falls": Words("较上期下降", "falls against the period before"),
    "rises": Words("较上期上升", "rises against the period before"),
    "not_above": Words("不高于上期", "not above the period before"),
    "not_below": Words("不低于上期", "not below the period before"),
}
# Attributes of a subject have no labels of their own; these are the usual ones.
_ATTRIBUTES: dict[str, Words] = {
    "class": Words("单位类别", "class"),
    "urban": Words("城镇", "urban"),
    "rural": Words("农村", "rural"),
    "former_village": Words("村改居", "former village"),
}


class Labels(Protocol):
    """What wording needs to know of a catalogue and a ruleset."""

    titles: Mapping[str, Words]

    def label(self, name: str) -> Words:
        """The label of an evidence item."""

    def unit(self, name: str) -> Words:
        """What an evidence item is counted in."""

    def parts(self, document: str, parts: tuple[str, ...]) -> Words:
        """The contents of a document by their labels."""


def attribute_words(name: str) -> Words:
    """An attribute of a subject, or a value of one, in words; itself where it has none.

    >>> attribute_words("former_village").zh, attribute_words("area").zh
    ('村改居', 'area')
    """
    return _ATTRIBUTES.get(name, Words(name, name))


def required_words(wording: Labels, requirement: Requirement, of: Of) -> Words:
    """What ``requirement`` asks of the evidence ``of``."""
    return _REQUIRED[requirement.code](wording, requirement, of)


def _limits_text(limits: tuple[tuple[str, Exact], ...], unit: Words) -> Words:
    table = _COUNTED if unit.zh else _COMPARED
    zh = [table[name].zh.format(str(limit) + ("" if limit.percent else unit.zh)) for name, limit in limits]
    en = [table[name].en.format(str(limit) + ("" if limit.percent else unit.en)) for name, limit in limits]
    return Words("，".join(zh), " and ".join(en))


def _earned(credit: Number, points: Fraction | None) -> Words:
    """What a step earns: points where they are known, else its share."""
    if points is not None:
        worth = decimal(credit * points)
        return Words(f"{worth} 分", f"{worth} points")
    share = decimal(credit * 100)
    text = percent(credit) if "/" in share else f"{share}%"
    return Words(text, text)


def _graded_text(requirement: Requirement, unit: Words, points: Fraction | None = None) -> Words:
    if requirement.scale is not None:
        start, end = requirement.scale
        return Words(f"从 {start} 到 {end} 按比例计分", f"credit rises from {start} to {end}")
    if requirement.steps:
        worth = requirement.points if points is None else points
        steps = [
            (_limits_text(((name, limit),), unit), _earned(credit, worth))
            for name, limit, credit in requirement.steps
        ]
        return Words(
            "分档：" + "；".join(f"{words.zh} 得 {earned.zh}" for words, earned in steps),
            "steps: " + "; ".join(f"{words.en} earns {earned.en}" for words, earned in steps),
        )
    return _limits_text(requirement.limits, unit)


def _ratio(wording: Labels, requirement: Requirement, of: Of) -> Words:
    part, whole = (wording.label(name) for name in of)
    asked = _graded_text(requirement, Words("", ""))
    joint = "" if requirement.limits else "："
    return Words(f"{part.zh}占{whole.zh}{joint}{asked.zh}", f"{part.en} ÷ {whole.en}: {asked.en}")


def _quantity(wording: Labels, requirement: Requirement, of: Of) -> Words:
    name = of[0]
    unit, label = wording.unit(name), wording.label(name)
    asked = _graded_text(requirement, Words(f" {unit.zh}", f" {unit.en}"))
    joint = "" if requirement.limits else "："
    return Words(f"{label.zh}{joint}{asked.zh}", f"{label.en}: {asked.en}")


def _cadence(wording: Labels, requirement: Requirement, of: Of) -> Words:
    every, needed, months = requirement.details
    words, label = _EVERY[every], wording.label(of[0])
    zh = f"{label.zh}{words.zh}至少 {needed} 次" + (
        f"（限 {months.replace(',', '、')} 月）" if months else ""
    )
    en = f"{label.en}: at least {needed} {words.en}" + (f" (months {months})" if months else "")
    if requirement.steps or requirement.scale:
        graded = _graded_text(requirement, Words(" 个时段", " windows"))
        return Words(f"{zh}；{graded.zh}", f"{en}; {graded.en}")
    return Words(zh, en)


def _document(wording: Labels, requirement: Requirement, of: Of) -> Words:
    state, deadline, attachment, *parts = requirement.details
    zh, en = [], []
    if state == "in_force":
        zh.append("现行有效")
        en.append("in force")
    if state == "issued":
        zh.append("在评估期内印发")
        en.append("issued in the period")
    if deadline:
        zh.append(f"不晚于 {deadline} 印发")
        en.append(f"issued by {deadline}")
    if attachment:
        zh.append("附件齐全")
        en.append("attached")
    if parts:
        words = wording.parts(of[0], tuple(part.split(".", 1)[1] for part in parts))
        zh.append(f"内容包括{words.zh}")
        en.append(f"stating {words.en}")
    label = wording.label(of[0])
    return Words(f"{label.zh}：{'，'.join(zh)}", f"{label.en}: {', '.join(en)}")


def _lateness(wording: Labels, requirement: Requirement, of: Of) -> Words:
    due, per = requirement.details
    unit, label = LATE_UNITS[per], wording.label(of[0])
    head = Words(f"{label.zh}应于 {due} 前印发", f"{label.en} is due by {due}")
    if requirement.limits == (("at_most", Exact(Fraction(0))),):
        return Words(f"{head.zh}，不得迟报", f"{head.en}, not a day later")
    asked = _graded_text(requirement, Words(f" {unit.zh}", f" {unit.en}"))
    return Words(f"{head.zh}，按迟的时间计：{asked.zh}", f"{head.en}; by how late: {asked.en}")


def _statement(wording: Labels, requirement: Requirement, of: Of) -> Words:
    label = wording.label(of[0])
    support = requirement.details[0]
    return Words(
        label.zh + ("，并附佐证" if support else ""), label.en + (", with support" if support else "")
    )


def _rating(_wording: Labels, requirement: Requirement, _of: Of) -> Words:
    best, *levels = requirement.details
    texts = {level: (zh, en) for level, zh, en in (line.split("\t") for line in levels)}
    zh, en = texts[best]
    return Words(f"第 {best} 档：{zh}", f"level {best}: {en or zh}")


def _change(wording: Labels, requirement: Requirement, of: Of) -> Words:
    label, words = wording.label(of[0]), _DIRECTIONS[requirement.details[0]]
    if not requirement.limits:
        return Words(f"{label.zh}{words.zh}", f"{label.en}: {words.en}")
    limit = requirement.limits[0][1]
    if requirement.details[0] in ("falls", "rises"):
        return Words(f"{label.zh}{words.zh}至少 {limit}", f"{label.en}: {words.en} by at least {limit}")
    return Words(f"{label.zh}{words.zh}，允许相差 {limit}", f"{label.en}: {words.en}, give or take {limit}")


def _subject(_wording: Labels, requirement: Requirement, _of: Of) -> Words:
    name, *values = map(attribute_words, requirement.details)
    zh, en = "或".join(one.zh for one in values), " or ".join(one.en for one in values)
    return Words(f"{name.zh}为{zh}", f"{name.en} is {en}")


def _group(wording: Labels, requirement: Requirement, _of: Of) -> Words:
    form, wanted, unit = requirement.details
    words = _FORMS[form]
    if requirement.steps or requirement.scale:
        return _graded_text(requirement, Words(" 项", " members"))
    label = wording.label(unit) if unit else Words("", "")
    return Words(words.zh.format(label.zh or wanted), words.en.format(label.en or wanted))


def _requires(wording: Labels, requirement: Requirement, _of: Of) -> Words:
    titles = [wording.titles.get(name, Words(name, name)) for name in requirement.details]
    zh = "、".join(one.zh for one in titles)
    return Words(f"前提指标达标：{zh}", f"required first: {', '.join(one.en for one in titles)}")


def _each(wording: Labels, requirement: Requirement, _of: Of) -> Words:
    label = wording.label(requirement.details[0])
    return Words(
        f"每有一{wording.unit(requirement.details[0]).zh}{label.zh}扣分", f"each of {label.en} loses points"
    )


def _earns(wording: Labels, requirement: Requirement, _of: Of) -> Words:
    name, points, most = requirement.details
    label, unit = wording.label(name), wording.unit(name)
    return Words(
        f"每有一{unit.zh}{label.zh}得 {points} 分，至多 {most} 分",
        f"each of {label.en} earns {points} points, at most {most}",
    )


def _earn(_wording: Labels, requirement: Requirement, _of: Of) -> Words:
    most = requirement.details[0]
    return Words(f"按情形累计得分，至多 {most} 分", f"points add up, to {most} at most")


def _best_of(_wording: Labels, requirement: Requirement, _of: Of) -> Words:
    points = requirement.details
    return Words(
        f"几种情形取最高，各得 {'、'.join(points)} 分", f"the best alternative: {', '.join(points)} points"
    )


def _deduct(_wording: Labels, _requirement: Requirement, _of: Of) -> Words:
    return Words("从满分起按情形扣分", "deductions from full points")


_REQUIRED: dict[str, Callable[[Labels, Requirement, Of], Words]] = {
    "ratio": _ratio,
    "quantity": _quantity,
    "cadence": _cadence,
    "document": _document,
    "lateness": _lateness,
    "statement": _statement,
    "rating": _rating,
    "change": _change,
    "subject": _subject,
    "group": _group,
    "requires": _requires,
    "each": _each,
    "earns": _earns,
    "earn": _earn,
    "best_of": _best_of,
    "deduct": _deduct,
}


def asked(requirement: Requirement, unit: Words, points: Fraction | None = None) -> Words:
    """The limits, steps or scale of ``requirement`` alone, without what they are asked of; steps in ``points``, if given."""
    return _graded_text(requirement, unit, points)
