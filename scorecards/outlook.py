"""What a plan comes to, in sentences: whether the grade can be reached, by what, and how to read the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from scorecards.amounts import brief
from scorecards.entries import Entry
from scorecards.numbering import named
from scorecards.wording import Json, Line, Wording


def purpose(one: Json, say: Wording) -> str:
    """What the steps are for."""
    name = say.line(one["target"]["title"]).text
    if one["state"] == "reachable":
        return say(f"达到“{name}”最少要做的", f"The fewest actions that reach “{name}”")
    return say("还能做的", "What can still be done")


def outlook(assessment: Json, say: Wording) -> list[str]:
    """Whether and how the grade can be reached, in sentences."""
    one, last = assessment["plan"], say.date(assessment["plan"]["to"])
    name, least = say.line(one["target"]["title"]).text, one["target"]["at_least"]
    idle, planned, count = one["score"]["idle"], one["score"]["planned"], len(one["steps"])
    sentences: Mapping[str, Callable[[], str]] = {
        "unscored": lambda: say("没有适用的指标，没有计划。", "No criterion applies: there is no plan."),
        "reached": lambda: say(
            f"不必再做什么，到 {last} 已可确认 {idle['floor']} 分，达到“{name}”（{least} 分）。",
            f"Nothing more has to be done: {idle['floor']} points will be confirmed by {last}, which reaches "
            f"“{name}” ({least}).",
        ),
        "reachable": lambda: say(
            f"达到“{name}”（{least} 分）最少需要做 {count} 件事，都做到可确认 {planned['floor']} 分；"
            f"什么也不做，到 {last} 为 {idle['floor']} 分。",
            f"“{name}” ({least}) takes at least {count} action{'s' * (count != 1)}, with which {planned['floor']} points "
            f"are confirmed; with none of them, {idle['floor']} by {last}.",
        ),
        "over": lambda: say(
            f"数据截止日已到评估期末，本期不能再做什么：可确认 {idle['floor']} 分，"
            f"{_barred(assessment, say)}没有达到“{name}”（{least} 分）。如果评估期实际还没有结束，请把数据截止日改为今天再评。",
            f"The data date is the end of the period, so that nothing more can be done in it: {idle['floor']} points are "
            f"confirmed, {_barred(assessment, say)}short of “{name}” ({least}). Where the period is not in fact over, assess "
            "again with today as the data date.",
        ),
        "out_of_reach": lambda: _out_of_reach(assessment, name, say),
    }
    found = [sentences[one["state"]]()]
    if one["state"] == "reachable":
        found.append(_method(one, say))
    return found


def _out_of_reach(assessment: Json, name: str, say: Wording) -> str:
    one = assessment["plan"]
    planned, least, count = one["score"]["planned"], one["target"]["at_least"], len(one["steps"])
    why = _barred(assessment, say)
    text = say(
        f"只靠本单位能做的，本期不能确保“{name}”（{least} 分）：{why}下列 {count} 件都做到，可确认 {planned['floor']} 分",
        f"What the subject can still do does not make sure of “{name}” ({least}): {why}with all {count} actions below, "
        f"{planned['floor']} points are confirmed",
    )
    if planned["floor"] == planned["ceiling"]:
        return text + say("。", ".")
    return text + say(
        f"；等待核验和补充的都得满分，为 {planned['ceiling']} 分。",
        f"; {planned['ceiling']} if all that waits is decided in full.",
    )


def _barred(assessment: Json, say: Wording) -> str:
    """The vetoes that stand in the way whatever the score; nothing where there are none."""
    titles = {item["id"]: say.line(item["title"]).text for item in assessment["criteria"]}
    vetoes = say.join(f"“{titles[name]}”" for name in assessment["plan"]["vetoes"])
    if not vetoes:
        return ""
    return say(f"一票否决项{vetoes}还不能确认达标；", f"the veto criterion {vetoes} is not sure to be met; ")


def _method(one: Json, say: Wording) -> str:
    if one["method"] == "exact":
        return say(
            "件数是与全部做法比较后得出的，不能再少；件数相同的，取得分最高的。",
            "The number was found by comparing every way: no fewer will do. Of as many actions, those that win most were taken.",
        )
    return say(
        "互相牵连的事项太多，是逐件选取的，件数未必最少。",
        "Too many actions bear on each other to compare every way: they were taken one by one, and fewer might do.",
    )


def notes(assessment: Json, entries: Sequence[Entry], say: Wording, *, scored: bool = True) -> list[str]:
    """How to read the tables (``scored``: they show the score after each action), and what waits for somebody else."""
    one = assessment["plan"]
    listed = (*one["steps"], *one["further"])
    found = []
    if listed:
        then = say(
            "；“完成后”是依次做到这一件时可确认的总分",
            " The score then is the one confirmed once this action and all before it are done.",
        )
        found.append(
            say(
                f"可增分按指标分值计，几件事合起来才得的分按件均分{then if scored else ''}。",
                "Points to win are points of the criteria; what several actions win only together is shared evenly."
                f"{then if scored else ''}",
            )
        )
    if not all(step["reported"] for step in listed):
        found.append(
            say(
                "带 △ 的此前没有填报过：已经有的文件、已经办过的活动，如实补充填报即可，不得倒签补造。",
                "Nothing of what bears a triangle was reported so far: what there is already only has to be reported, and must "
                "not be made up or dated back.",
            )
        )
    if any(step["assumed"] for step in listed):
        found.append(
            say(
                "带 * 的数据还没有填报，或取决于没有填报的数据：按填报后符合要求计。",
                "A figure with a star is not reported yet, or depends on one that is not: it was taken to be as required.",
            )
        )
    numbers = {entry.data["id"]: entry.number for entry in entries}
    waiting = [item for item in one["waiting"] if item["criterion"] is not None]
    if waiting:
        points = brief(sum((Fraction(item["points"]) for item in waiting), Fraction(0)))
        which = say.numbers(sorted(numbers[item["criterion"]] for item in waiting))
        found.append(
            say(
                f"另有 {points} 分等待人工核验或补充佐证（序号 {which}），不是做一件事就能得的，没有计入。",
                f"Another {points} points wait for a person's judgement or for evidence (No. {which}): no action wins them, "
                "and they are left out.",
            )
        )
    return found


def remark(assessment: Json, say: Wording) -> list[Line]:
    """What part 1 says of the plan."""
    if "plan" not in assessment or assessment["plan"]["state"] != "reachable":
        return []
    one = assessment["plan"]
    name, count, where = (
        say.line(one["target"]["title"]).text,
        len(one["steps"]),
        named("plan", assessment, say),
    )
    return [
        Line(
            say(
                f"达到“{name}”最少需要做 {count} 件事，见{where}。",
                f"“{name}” takes at least {count} action{'s' * (count != 1)}: see {where}.",
            )
        )
    ]
