"""The ranking workbook: its sheets in order, each written as its rows come, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from scorecards import ranking_refusals as refusals
from scorecards.ranking import marked
from scorecards.ranking_notes import Told, write_notes
from scorecards.ranking_plans import Plan, plans_of, refused_plan
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
        plans = [*plans_of(document, say), *(() if refused is None else (refused_plan(say),))]
        sheets = {one.key: _sheet(one, book, styles, document, say, most_rows) for one in plans}
        _fill(sheets, ranking, say)
        if refused is not None:
            written(sheets["refused"], refusals.rows(refused), say)
        told = [
            Told(say.pick(one.name), say.pick(one.what), one.internal, sheets[one.key].left_out)
            for one in plans
        ]
        write_notes(notes, document, told, styles, say)


def _sheet(one: Plan, book: Any, styles: Styles, document: Json, say: Wording, most_rows: int) -> Sheet:
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
