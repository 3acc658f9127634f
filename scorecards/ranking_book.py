"""The ranking workbook: its sheets in order, each written as its rows come, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from scorecards import ranking_columns as columns
from scorecards import ranking_refusals as refusals
from scorecards.ranking import marked
from scorecards.ranking_columns import Column
from scorecards.ranking_notes import Told, write_notes
from scorecards.ranking_sheet import CREATED, MOST_ROWS, Sheet, Styles, written
from scorecards.wording import Json, Language, Wording


class Ranked(Protocol):
    """What the workbook is made from; the rows as ``evaluator.ranking`` makes them."""

    @property
    def document(self) -> Json:
        """The sums."""

    @property
    def circulated(self) -> Json:
        """The sums as they may circulate."""

    def rows(self) -> Iterable[Json]:
        """Every subject, in order."""

    def deviations(self) -> Iterable[Json]:
        """Those with a self-check beneath their reviews."""

    def published(self) -> Iterable[Json]:
        """Those accepted."""

    def gone(self) -> Iterable[Json]:
        """Those of the year before that are not there any more."""


class _Plan(NamedTuple):
    key: str
    name: tuple[str, str]
    what: tuple[str, str]
    columns: Sequence[Column]
    empty: tuple[str, str]
    internal: bool = True


def write_ranking_xlsx(
    ranking: Ranked,
    path: Path,
    lang: Language = "zh",
    *,
    most_rows: int = MOST_ROWS,
    folder: Path | None = None,
    refused: Iterable[Json] | None = None,
) -> None:
    """Write the workbook of ``ranking`` to ``path``: the same ranking gives the same bytes.

    A sheet holds ``most_rows`` at most, heads included; the notes say how many did not fit. Pieces are kept in ``folder`` (the
    system's for temporary files where there is none) while it is made. ``refused`` submissions (``ranking_refusals.rows``) have a
    sheet of their own where they are given.
    """
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is made

    say, document = Wording(lang), ranking.document
    options: dict[str, Any] = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    if folder is not None:
        options["tmpdir"] = str(folder)
    with xlsxwriter.Workbook(str(path), options) as book:
        title = say.line(document["ruleset"]["title"]).text
        book.set_properties({"title": say(f"{title}排名", f"{title}: ranking"), "created": CREATED})
        styles = Styles(book, lang)
        notes = book.add_worksheet(say("说明", "Notes"))
        plans = [*_plans(document, say), *(() if refused is None else (_refused(say),))]
        sheets = {one.key: _sheet(one, book, styles, document, say, most_rows) for one in plans}
        _fill(sheets, ranking, say)
        if refused is not None:
            written(sheets["refused"], refusals.rows(refused), say)
        told = [
            Told(say.pick(one.name), say.pick(one.what), one.internal, sheets[one.key].left_out)
            for one in plans
        ]
        write_notes(notes, document, told, styles, say)


def _sheet(one: _Plan, book: Any, styles: Styles, document: Json, say: Wording, most_rows: int) -> Sheet:
    marking = marked({**document, "circulated": not one.internal}, say)
    name = say.pick(one.name)
    if one.key == "published":
        marking = say("供公示", "For publication")
    intro = (f"{name}\u3000〔{marking}〕", say.pick(one.what))
    return Sheet(
        book,
        styles,
        name,
        one.columns,
        intro,
        marking=marking,
        empty=say.pick(one.empty),
        most_rows=most_rows,
    )


def _plans(document: Json, say: Wording) -> Iterator[_Plan]:
    yield _Plan(
        "ranked",
        ("总排名", "Ranking"),
        (
            "按已确认分从高到低，并列同名次；规则见“说明”。",
            "By the confirmed score, ties share a rank; the rules stand in the notes.",
        ),
        columns.ranked(document, say),
        ("没有参加排名的单位，见“待定与否决”。", "Nobody is ranked: see “Undecided and vetoed”."),
    )
    yield _Plan(
        "unranked",
        ("待定与否决", "Undecided and vetoed"),
        (
            "不参加排名的单位和原因，先否决，后待定；不给名次。",
            "Who is not ranked and why: vetoed first, then undecided; no ranks.",
        ),
        columns.unranked(document, say),
        ("全部单位都参加排名。", "All are ranked."),
    )
    yield _Plan(
        "sections",
        ("类目得分", "Sections"),
        (
            "每个单位各类目的得分，顺序同总排名，不排名的在后；空白是整个类目不适用。",
            "What each subject earned in each section, in the order of the ranking; empty where a section does not apply.",
        ),
        columns.by_section(document, say),
        ("没有单位。", "No subjects."),
    )
    yield _Plan(
        "costs",
        ("指标失分排行", "Criteria by points lost"),
        (
            "先列各类目，后列各指标，按确定失分从多到少；可用“层级”筛选。分值是指标的分，不是百分制的分。",
            "Sections first, then criteria, most points lost for certain first; filter by level. Points are the criteria's.",
        ),
        columns.costs(document, say),
        ("没有指标的结果。", "No results of criteria."),
    )
    yield _Plan(
        "regions",
        ("分区汇总", "Regions"),
        (
            "各级地区；“<10”是不足 10 的数，“*”是为防止推算而一并隐去的数。",
            "Every level of regions; “<10” is a count under 10, “*” one that would give such a count away.",
        ),
        columns.regions(document, say),
        ("没有单位。", "No subjects."),
        internal=False,
    )
    yield _Plan(
        "deviations",
        ("自评与终评偏差", "Self-check against final"),
        (
            "有复核的单位，已确认分变动大的在前。",
            "Subjects with reviews, those whose confirmed score moved most first.",
        ),
        columns.deviations(document, say),
        ("没有复核记录，无从比较。", "There are no reviews to compare with."),
    )
    yield _Plan(
        "near",
        ("临界名单", "Near a bound"),
        (
            "已确认分离某一等级界线 2 分以内的单位；离两条界线都近的列两行。",
            "Subjects within 2 points of a grade's bound; near two bounds, two rows.",
        ),
        columns.near(document, say),
        ("没有临界的单位。", "Nobody is near a bound."),
    )
    yield _Plan(
        "published",
        ("公示名单", "For publication"),
        (
            "达标且等级已定的单位，按等级、地区、名称排列，与名次无关；等级未定的，定了再公示。",
            "Those accepted whose grade is decided, by grade, region and name: not by rank. Others follow once it is.",
        ),
        columns.published(document, say),
        ("没有达标且等级已定的单位。", "Nobody is accepted with a grade that is decided."),
        internal=False,
    )
    if document["years"] is not None:
        yield _Plan(
            "years",
            ("年度对比", "Year on year"),
            (
                "按标识与上年对应；规则、阶段或评估期不同的，分数不宜直接相比。",
                "Matched by id; under other rules, or of another stage or period, scores should not be compared as they are.",
            ),
            columns.years(document, say),
            ("没有单位。", "No subjects."),
        )
    yield _Plan(
        "steps",
        ("分数分布", "Distribution"),
        (
            "各等级、各分数段的单位数；分数段含下限、不含上限，最后一段含 100 分。",
            "Subjects by grade and by confirmed score; a step holds its lower bound, not its upper; the last holds 100.",
        ),
        columns.steps(document, say),
        ("没有单位。", "No subjects."),
        internal=False,
    )


def _refused(say: Wording) -> _Plan:
    return _Plan(
        "refused",
        ("退回名单", "Refused"),
        (
            "退回的申报，没有评，也没有计入；一处问题一行，改好后用 --resume 补评。",
            "Submissions that were refused: not assessed, not counted; a row for each problem. Mended, --resume adds them.",
        ),
        refusals.columns(say),
        ("没有退回的申报。", "Nothing was refused."),
    )


def _fill(sheets: dict[str, Sheet], ranking: Ranked, say: Wording) -> None:
    circulated, document = ranking.circulated, ranking.document
    for one in ranking.rows():
        sheets["ranked" if one["place"] else "unranked"].add(one)
        sheets["sections"].add(one)
        for bound in one["near"]:
            sheets["near"].add({**one, "bound": bound})
        if "years" in sheets:
            sheets["years"].add(one)
    if "years" in sheets:
        for one in ranking.gone():
            sheets["years"].add(one)
    for name in ("ranked", "unranked", "sections", "near", "years"):
        if name in sheets:
            sheets[name].close(say)
    written(sheets["costs"], _costs(document), say)
    every = [circulated["whole"], *circulated["regions"]] if document["whole"]["subjects"] else []
    written(sheets["regions"], every, say)
    written(sheets["deviations"], ranking.deviations(), say)
    written(sheets["published"], ranking.published(), say)
    # Where nobody has so few or so many points no row is needed.
    steps = [one for one in circulated["distribution"] if one["subjects"]]
    written(sheets["steps"], [*circulated["grades"], *steps] if document["whole"]["subjects"] else [], say)


def _costs(document: Json) -> Iterator[Json]:
    nothing: Json = {"outcomes": None, "failing": None, "short": []}
    listed = sorted(document["sections"], key=lambda one: -float(one["lost"]["certain"]))
    for one in listed:
        lost = one["lost"]
        shares = {"failing_rate": None, "mean_certain": lost["mean_certain"], "mean_open": lost["mean_open"]}
        yield {
            **nothing,
            "criterion": None,
            "section": one["id"],
            "applied": one["subjects"],
            "lost": lost,
            "of_applied": shares,
        }
    known = document["ruleset"]["criteria"]
    for one in document["criteria"]:
        yield {**one, "criterion": one["id"], "section": known[one["id"]]["section"]}
