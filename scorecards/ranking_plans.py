"""The sheets of the ranking workbook: names, what each holds and who may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scorecards import ranking_columns_criteria as criteria
from scorecards import ranking_columns_groups as groups
from scorecards import ranking_columns_subjects as subjects
from scorecards import ranking_columns_years as years
from scorecards import ranking_refusals as refusals
from scorecards.ranking_columns import Column
from scorecards.wording import Json, Wording


class Plan(NamedTuple):
    """A sheet: its name and what it holds in Chinese and English, its columns, and what it says where it has no row."""

    key: str
    name: tuple[str, str]
    what: tuple[str, str]
    columns: Sequence[Column]
    empty: tuple[str, str]
    internal: bool = True


def plans_of(document: Json, say: Wording) -> Iterator[Plan]:
    """The sheets that every ranking has; year on year where there is a year before."""
    yield Plan(
        "ranked",
        ("总排名", "Ranking"),
        (
            "按已确认分从高到低，并列同名次；规则见“说明”。",
            "By the confirmed score, ties share a rank; the rules stand in the notes.",
        ),
        subjects.ranked(document, say),
        ("没有参加排名的单位，见“待定与否决”。", "Nobody is ranked: see “Undecided and vetoed”."),
    )
    yield Plan(
        "unranked",
        ("待定与否决", "Undecided and vetoed"),
        (
            "不参加排名的单位和原因，先否决，后待定；不给名次。",
            "Who is not ranked and why: vetoed first, then undecided; no ranks.",
        ),
        subjects.unranked(document, say),
        ("全部单位都参加排名。", "All are ranked."),
    )
    yield Plan(
        "sections",
        ("类目得分", "Sections"),
        (
            "每个单位各类目的得分，顺序同总排名，不排名的在后；空白是整个类目不适用。",
            "What each subject earned in each section, in the order of the ranking; empty where a section does not apply.",
        ),
        subjects.by_section(document, say),
        ("没有单位。", "No subjects."),
    )
    yield Plan(
        "costs",
        ("指标失分排行", "Criteria by points lost"),
        (
            "先列各类目，后列各指标，按确定失分从多到少；可用“层级”筛选。分值是指标的分，不是百分制的分。",
            "Sections first, then criteria, most points lost for certain first; filter by level. Points are the criteria's.",
        ),
        criteria.costs(document, say),
        ("没有指标的结果。", "No results of criteria."),
    )
    yield Plan(
        "regions",
        ("分区汇总", "Regions"),
        (
            "各级地区；“<10”是不足 10 的数，“*”是为防止推算而一并隐去的数。",
            "Every level of regions; “<10” is a count under 10, “*” one that would give such a count away.",
        ),
        groups.regions(document, say),
        ("没有单位。", "No subjects."),
        internal=False,
    )
    yield Plan(
        "deviations",
        ("自评与终评偏差", "Self-check against final"),
        (
            "有复核的单位，已确认分变动大的在前。",
            "Subjects with reviews, those whose confirmed score moved most first.",
        ),
        subjects.deviations(document, say),
        ("没有复核记录，无从比较。", "There are no reviews to compare with."),
    )
    yield Plan(
        "near",
        ("临界名单", "Near a bound"),
        (
            "已确认分离某一等级界线 2 分以内的单位；离两条界线都近的列两行。",
            "Subjects within 2 points of a grade's bound; near two bounds, two rows.",
        ),
        subjects.near(document, say),
        ("没有临界的单位。", "Nobody is near a bound."),
    )
    yield Plan(
        "published",
        ("公示名单", "For publication"),
        (
            "达标且等级已定的单位，按等级、地区、名称排列，与名次无关；等级未定的，定了再公示。",
            "Those accepted whose grade is decided, by grade, region and name: not by rank. Others follow once it is.",
        ),
        subjects.published(document, say),
        ("没有达标且等级已定的单位。", "Nobody is accepted with a grade that is decided."),
        internal=False,
    )
    if document["years"] is not None:
        yield Plan(
            "years",
            ("年度对比", "Year on year"),
            (
                "按标识与上年对应；规则、阶段或评估期不同的，分数不宜直接相比。",
                "Matched by id; under other rules, or of another stage or period, scores should not be compared as they are.",
            ),
            years.years(document, say),
            ("没有单位。", "No subjects."),
        )
    yield Plan(
        "steps",
        ("分数分布", "Distribution"),
        (
            "各等级、各分数段的单位数；分数段含下限、不含上限，最后一段含 100 分。",
            "Subjects by grade and by confirmed score; a step holds its lower bound, not its upper; the last holds 100.",
        ),
        groups.steps(document, say),
        ("没有单位。", "No subjects."),
        internal=False,
    )


def refused_plan(say: Wording) -> Plan:
    """The sheet of what was refused."""
    return Plan(
        "refused",
        ("退回名单", "Refused"),
        (
            "退回的申报，没有评，也没有计入；一处问题一行，改好后用 --resume 补评。",
            "Submissions that were refused: not assessed, not counted; a row for each problem. Mended, --resume adds them.",
        ),
        refusals.columns(say),
        ("没有退回的申报。", "Nothing was refused."),
    )
