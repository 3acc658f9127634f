"""From a plan of a sample (its JSON) to a report: how it was drawn, whom to visit, what to check there, and everyone's lot."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from scorecards import labels
from scorecards.labels import Pairs
from scorecards.model import Cell, Fact, Part, Report, Row, cell, number, row, table
from scorecards.numbering import numbered
from scorecards.wording import Json, Language, Line, Wording

BY: Pairs = MappingProxyType({"lot": ("随机", "by lot"), "risk": ("风险", "for risk")})


def plan_report(plan: Json, lang: Language = "zh") -> Report:
    """The report of a plan (the parsed JSON, ``{"plan": 1, …}``) in Chinese or English."""
    say = Wording(lang)
    parts = (
        _method(plan, say),
        _strata(plan, say),
        _picks(plan, say),
        _criteria(plan, say),
        _everyone(plan, say),
    )
    title = say.line(plan["ruleset"]["title"])
    return Report(
        lang=lang,
        title=title,
        subtitle=say("抽查方案", "Plan of the sample"),
        running="\u3000".join(
            (
                say("抽查方案", "Plan of the sample"),
                say("种子", "seed") + " " + say.submitted(plan["seed"]).text,
            )
        ),
        facts=_facts(plan, say),
        parts=numbered(parts, say),
        wide=True,
    )


def _facts(plan: Json, say: Wording) -> tuple[Fact, ...]:
    by_lot = sum(one["by"] == "lot" for one in plan["picks"])
    for_risk = len(plan["picks"]) - by_lot
    return (
        Fact(say("种子", "Seed"), (say.submitted(plan["seed"]),)),
        Fact(say("抽取办法", "Algorithm"), (Line(plan["algorithm"]),)),
        Fact(say("规则集", "Ruleset"), (Line(f"{plan['ruleset']['id']}@{plan['ruleset']['version']}"),)),
        Fact(say("申报数", "Submissions"), (Line(str(len(plan["population"]))),)),
        Fact(
            say("抽查单位", "Picked"),
            (
                Line(
                    say(
                        f"{len(plan['picks'])} 家（随机 {by_lot}，风险 {for_risk}）",
                        f"{len(plan['picks'])} ({by_lot} by lot, {for_risk} for risk)",
                    )
                ),
            ),
        ),
        Fact(say("每家核查指标", "Criteria in each"), (Line(str(plan["asked"]["criteria"])),)),
    )


def _method(plan: Json, say: Wording) -> Part:
    level = plan["region_level"]
    by_region = say(f"地区（所在地区的第 {level} 级）和", f"region (level {level}) and ") if level else ""
    sentences = (
        say(
            f"先按{by_region}自评的已确认分所在等次分层，各层按申报数占比分配名额（最大余数法），层内按种子抽签；抽签不看风险。",
            f"Strata by {by_region}the grade of the confirmed self-score; places in proportion to their submissions "
            "(largest remainder); lots within each. The lots see nothing of the risks.",
        ),
        say(
            f"再从没有抽中的单位里，按风险分从高到低补抽，至多 {plan['asked']['for_risk']} 家；有风险的不够时，名额归抽签。",
            f"Then the greatest risks among the rest, at most {plan['asked']['for_risk']}; where fewer are at risk, lots take "
            "the places.",
        ),
        say(
            "签号是“算法名、种子、单位标识”的 SHA-256，小的先抽，与文件次序无关；同样的申报和种子，方案相同。",
            "A lot is the SHA-256 of algorithm, seed and subject id; the lowest is drawn first, whatever the order of the files. "
            "The same submissions and seed give the same plan.",
        ),
        say(
            "每家的指标，四分之三取风险高的，四分之一抽签；没有得分的指标排在最后。",
            "Of the criteria, three quarters are those of the greatest risk and a quarter are drawn by lot; what earns nothing "
            "comes last.",
        ),
    )
    return Part(say("怎么抽的", "How it was drawn"), tuple(Line(text) for text in sentences))


def _strata(plan: Json, say: Wording) -> Part:
    heads = (
        say("地区", "Region"),
        say("自评等次", "Self-score"),
        say("申报数", "Submissions"),
        say("应得名额", "Share"),
        say("抽签名额", "Places"),
    )
    rows = [
        row(
            _region(one["region"], say),
            _grade(one["grade"], say),
            number(str(one["size"])),
            number(one["share"]),
            number(str(one["picks"])),
        )
        for one in plan["strata"]
    ]
    totals = (sum(one[key] for one in plan["strata"]) for key in ("size", "picks"))
    size, picks = totals
    rows.append(
        row(
            say("合计", "Together"),
            "",
            number(str(size)),
            number(str(picks)),
            number(str(picks)),
            kind="total",
        )
    )
    return Part(
        say("分层和名额", "Strata and places"),
        table=table("strata", heads, rows, widths=(40, 24, 12, 12, 12)),
    )


def _region(region: list[str], say: Wording) -> Line:
    return say.submitted(say("", " ").join(region)) if region else Line(say("不分地区", "all regions"))


def _grade(title: Json | None, say: Wording) -> Line:
    return Line(say("没有得分", "no score")) if title is None else say.line(title)


def _picks(plan: Json, say: Wording) -> Part:
    heads = (
        say("序号", "No."),
        say("单位", "Subject"),
        say("所在地区", "Region"),
        say("自评得分", "Self-score"),
        say("抽取", "Picked"),
        say("原因和风险", "Why, and its risks"),
    )
    rows = (
        row(
            number(str(n)),
            cell(say.submitted(one["name"]), one["id"]),
            _region(one["region"], say),
            cell(_score(one, say), _grade(one["grade"], say), kind="outcome"),
            cell(say.pick(BY[one["by"]]), kind="outcome"),
            _why(one, say),
        )
        for n, one in enumerate(plan["picks"], 1)
    )
    return Part(
        say("抽查的单位", "Whom to visit"), table=table("picks", heads, rows, widths=(6, 18, 20, 12, 8, 36))
    )


def _score(one: Json, say: Wording) -> str:
    return say.range(one["score"]) if one["score"] else "—"


def _why(one: Json, say: Wording) -> Cell:
    drawn = Line(say("本层抽签抽中", "drawn by lot in its stratum"))
    risks = [say.line(risk["text"]) for risk in one["risks"]]
    return cell(*([drawn] if one["by"] == "lot" else []), *risks)


def _criteria(plan: Json, say: Wording) -> Part:
    heads = (
        say("条款", "Clause"),
        say("指标", "Criterion"),
        say("核验方式", "Verified by"),
        say("自评", "Self-check"),
        say("为什么查", "Why"),
        say("现场情况", "On site"),
    )
    return Part(
        say("每家核查的指标", "What to check in each"),
        table=table("spot-checks", heads, _checks(plan, say), widths=(10, 24, 9, 12, 25, 20)),
    )


def _checks(plan: Json, say: Wording) -> Iterator[Row]:
    for n, pick in enumerate(plan["picks"], 1):
        name = say.submitted(pick["name"]).text
        number_ = len(pick["criteria"])
        yield row(cell(say(f"{n}. {name}（{number_} 项）", f"{n}. {name} ({number_})"), span=6), kind="lead")
        for one in pick["criteria"]:
            clause = one["clause"] + (f" {one['item']}" if one["item"] else "")
            drawn = [Line(say("抽签抽中", "drawn by lot"))] if one["by"] == "lot" else []
            yield row(
                say.standard(clause),
                cell(say.line(one["title"]), say("一票否决", "veto") if one["veto"] else ""),
                say.pick(labels.METHODS[one["method"]]),
                cell(_outcome(one, say), f"{say.range(one['earned'])} / {one['points']}", kind="outcome"),
                cell(*drawn, *(say.line(risk["text"]) for risk in one["risks"])),
                "",
            )


def _outcome(one: Json, say: Wording) -> str:
    if one["outcome"] == "no_evidence" and one["waits"] and "evidence" not in one["waits"]:
        return say.pick(labels.NOT_YET_DUE)
    return say.pick(labels.OUTCOMES[one["outcome"]])


def _everyone(plan: Json, say: Wording) -> Part:
    heads = (
        say("单位", "Subject"),
        say("标识", "Id"),
        say("所在地区", "Region"),
        say("自评得分", "Self-score"),
        say("签号", "Lot"),
        say("风险分", "Risk"),
        say("抽取", "Picked"),
        say("申报校验码", "Submission"),
    )
    rows = (
        row(
            say.submitted(one["name"]),
            one["id"],
            _region(one["region"], say),
            cell(_score(one, say), kind="outcome"),
            cell(one["lot"], kind="outcome"),
            number(str(one["weight"])),
            cell(say.pick(BY[one["by"]]) if one["by"] else "—", kind="outcome"),
            one["submission"].partition(":")[2][:12],
        )
        for one in plan["population"]
    )
    return Part(
        say("全部申报和签号", "All submissions and their lots"),
        table=table("population", heads, rows, widths=(16, 13, 20, 12, 12, 7, 7, 13)),
    )
