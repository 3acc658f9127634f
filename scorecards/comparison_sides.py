"""The two results of a comparison side by side: stage, period, rules, scores, conclusions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scorecards import labels
from scorecards.amounts import amount
from scorecards.digests import short_digest
from scorecards.model import Part, number, row, table
from scorecards.wording import Json, Wording


def sides(comparison: Json, say: Wording) -> Part:
    """Part 1 of the report."""
    before, after = comparison["before"], comparison["after"]
    heads = (say("项目", "Item"), say("前", "Before"), say("后", "After"), say("后减前", "After − before"))
    rows = [row(label, *texts, "") for label, *texts in _frames(before, after, say)]
    difference = comparison["score"]
    for end, label in (("floor", say("已确认分", "Confirmed")), ("ceiling", say("最高可达", "Attainable"))):
        scores = [one["score"][end] if one["score"] else "—" for one in (before, after)]
        rows.append(
            row(label, *(number(one) for one in scores), number(difference[end] if difference else "—"))
        )
    if difference:
        points = difference["applicable_points"]
        change = amount(points["after"]) - amount(points["before"])
        rows.append(
            row(
                say("适用分值", "Applicable points"),
                number(points["before"]),
                number(points["after"]),
                number(str(change)),
            )
        )
    rows.extend(row(label, *texts, "") for label, *texts in _conclusions(before, after, say))
    return Part(
        say("前后两份结果", "The two results"), table=table("sides", heads, rows, widths=(18, 32, 32, 18))
    )


def _frames(before: Json, after: Json, say: Wording) -> Iterator[tuple[str, str, str]]:
    def both(label: str, text: Callable[[Json], str]) -> tuple[str, str, str]:
        return label, text(before), text(after)

    yield both(say("阶段", "Stage"), lambda one: say.pick(labels.STAGES[one["stage"]]))
    yield both(
        say("评估期", "Period"),
        lambda one: say.span(one["submission"]["period"]["from"], one["submission"]["period"]["to"]),
    )
    yield both(say("数据截止日", "Evidence up to"), lambda one: say.date(one["as_of"]))
    yield both(say("规则集", "Ruleset"), lambda one: f"{one['ruleset']['id']}@{one['ruleset']['version']}")
    yield both(say("规则校验码", "Digest of the rules"), lambda one: short_digest(one["ruleset"]["digest"]))
    yield both(
        say("申报校验码", "Digest of the submission"), lambda one: short_digest(one["submission"]["digest"])
    )
    yield both(say("结果校验码", "Digest of the result"), lambda one: short_digest(one["digest"]))
    yield both(say("所用复核", "Reviews applied"), lambda one: str(one["reviews"]))


def _conclusions(before: Json, after: Json, say: Wording) -> Iterator[tuple[str, str, str]]:
    def both(label: str, text: Callable[[Json], str]) -> tuple[str, str, str]:
        return label, text(before), text(after)

    yield both(
        say("达标线", "Pass mark"),
        lambda one: say(
            f"{one['pass']['at_least']}（{say.line(one['pass']['title']).text}）",
            f"{one['pass']['at_least']} ({say.line(one['pass']['title']).text})",
        ),
    )
    yield both(
        say("等次", "Grade"),
        lambda one: say.line(one["grade"]["title"]).text if one["grade"] else say("待定", "undecided"),
    )
    yield both(say("结论", "Conclusion"), lambda one: say.pick(labels.ACCEPTED[one["accepted"]]))
    yield both(
        say("未达标的一票否决项", "Failed vetoes"), lambda one: say.join(one["vetoes"]) or say("无", "none")
    )
