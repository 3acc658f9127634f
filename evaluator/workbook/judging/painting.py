"""The live judgement written into a form: the hidden sheet of workings, and what 自查结果 shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.ruleset import Criterion, Ruleset
from evaluator.workbook.addresses import Addresses
from evaluator.workbook.form import FIRST_ROW, Formula, Sheet, letters
from evaluator.workbook.judging.cells import Ledger
from evaluator.workbook.judging.compiling import compiled
from evaluator.workbook.judging.criteria import OUTCOMES
from evaluator.workbook.judging.lines import ID
from evaluator.workbook.judging.phrases import Phrases
from evaluator.workbook.judging.results import Cell, cells
from evaluator.workbook.measuring import height
from evaluator.workbook.sheets.entries import NOTE
from evaluator.workbook.styles import AMBER, GREY, HEAD_FONT, RED
from evaluator.workbook.writing import Judge, Writer

# Without a stored result every program works a formula out when it opens the file; LibreOffice believes a stored one, even
# the 0 that stands where nobody has calculated.
_UNKNOWN = ""
_SCORE_HEIGHT = 66.0
# Words say the outcome; colour and weight only help to find it.
_LOOKS: dict[str, dict[str, Any]] = {
    "satisfied": {"bg_color": "#E2EFDA"},
    "partly_satisfied": {"bg_color": AMBER},
    "not_satisfied": {"bg_color": RED, "bold": True},
    "no_evidence": {"bg_color": "#FFF2CC"},
    "not_due": {"bg_color": "#FFF2CC", "italic": True},
    "needs_review": {"bg_color": "#DDEBF7"},
    "not_applicable": {"bg_color": GREY, "font_color": "#606060"},
    "beyond": {"bg_color": "#DDEBF7", "italic": True},
    "wrong": {"bg_color": RED, "bold": True, "italic": True},
}


def live(rulesets: Iterable[Ruleset], catalogue: Catalogue) -> Judge:
    """What writes the live judgement of ``rulesets`` into a form."""
    listed = tuple(rulesets)

    def judge(writer: Writer, addresses: Addresses) -> None:
        table = writer.form.table("results")
        judging = tuple(one for one in listed if writer.form.kind in one.subject)
        if table is None or not judging:
            return
        made = compiled(judging, catalogue, addresses)
        _write_workings(writer.hidden_sheet(made.ledger.name), made.ledger)
        for one in cells(table, made):
            if one.score:
                _write_score(writer, table, one)
            else:
                writer.result(one.row, one.key, one.text, _UNKNOWN)
        _arrange(writer, table, judging, Phrases(catalogue))

    return judge


def _write_workings(sheet: Any, ledger: Ledger) -> None:
    for (row, column), content in sorted(ledger.cells.items()):
        if isinstance(content, Formula):
            sheet.write_formula(row, column, f"={content.text}", None, _UNKNOWN)
        elif isinstance(content, str):
            sheet.write_string(row, column, content)
        else:
            sheet.write_number(row, column, float(content))
    sheet.set_column(ID, ID, 34)
    sheet.protect("")


def _write_score(writer: Writer, table: Sheet, one: Cell) -> None:
    style = writer.styles.made(**_score_look(one.key in ("earned", "attainable")))
    place = FIRST_ROW + one.row, table.column(one.key)
    writer.sheets["results"].write_formula(*place, f"={one.text}", style, _UNKNOWN)


def _score_look(figure: bool) -> dict[str, Any]:
    return {
        "font_name": HEAD_FONT,
        "font_size": 14 if figure else 10.5,
        "bg_color": "#DDEBF7",
        "align": "center" if figure else "left",
        "indent": 0 if figure else 1,
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
        "num_format": "0.00####",
    }


def _arrange(writer: Writer, table: Sheet, rulesets: tuple[Ruleset, ...], phrases: Phrases) -> None:
    sheet = writer.sheets["results"]
    heads = [n for n, row in enumerate(table.rows) if row.item == NOTE]
    plain = writer.styles.made(**_score_look(figure=False))
    for n in heads:
        sheet.set_row(FIRST_ROW + n, _SCORE_HEIGHT)
        for key in ("number", "standard", "clause", "level", "points", "rating", "reason"):
            if table.has(key):
                sheet.write_blank(FIRST_ROW + n, table.column(key), None, plain)
        sheet.write_string(FIRST_ROW + n, table.column("title"), str(table.rows[n].values["title"]), plain)
    for n, tall in _heights(table, rulesets, phrases):
        sheet.set_row(FIRST_ROW + n, tall)
    # The scores stay in sight.
    sheet.freeze_panes(FIRST_ROW + len(heads), table.column("title") + 1)
    column = letters(table.column("outcome"))
    area = f"{column}{FIRST_ROW + 1}:{column}{FIRST_ROW + len(table.rows)}"
    for name, look in _LOOKS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{OUTCOMES[name]}"'}
        sheet.conditional_format(area, {**rule, "format": writer.styles.made(**look)})


def _heights(table: Sheet, rulesets: tuple[Ruleset, ...], phrases: Phrases) -> Iterator[tuple[int, float]]:
    """The height of each criterion's row: of what stands in it, and of what it says while nothing is filled in."""
    criteria = {name: one for ruleset in rulesets for name, one in ruleset.by_id().items()}
    for n, row in enumerate(table.rows):
        if row.item in criteria:
            shown = [
                (str(row.values.get(column.key) or ""), column.width)
                for column in table.columns
                if not column.hidden
            ]
            short = table.columns[table.column("short")]
            yield n, height([*shown, (_unfilled(criteria[row.item], phrases), short.width)])


def _unfilled(criterion: Criterion, phrases: Phrases) -> str:
    names = dict.fromkeys(use.id for use in criterion.uses())
    return "；".join(f"请填报{phrases.label(name)}" for name in names)
