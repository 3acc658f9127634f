"""The first sheet of the ranking workbook: what it is, who may see which sheet, warnings, and the rules of ranking in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil
from typing import Any, NamedTuple

from scorecards.ranking_findings import findings
from scorecards.ranking_rules import RULES
from scorecards.ranking_sheet import Styles
from scorecards.ranking_words import MIXED, mixed_value, pass_grade, width_of
from scorecards.wording import Json, Wording

_WIDTHS = (24, 108, 20)
_LINE = 14.4


class Told(NamedTuple):
    """What the notes say of a sheet: its name, what it holds, whether it is internal, and how many rows did not fit."""

    name: str
    what: str
    internal: bool
    left_out: int


def write_notes(sheet: Any, document: Json, sheets: Iterable[Told], styles: Styles, say: Wording) -> None:
    """Fill the sheet."""
    for n, width in enumerate(_WIDTHS):
        sheet.set_column(n, n, width)
    title = say.line(document["ruleset"]["title"]).text
    sheet.write_string(0, 0, say(f"{title}\u3000排名", f"{title}: ranking"), styles.title)
    warning = say(
        "本工作簿含内部表，不得整本外传；可传阅的表请另存后单独传阅。",
        "This workbook holds internal sheets and is not to be passed on whole; copy a sheet that may circulate out of it.",
    )
    sheet.write_string(1, 0, warning, styles.intro)
    heads = say("项目", "Item"), say("内容", "What it says"), say("传阅", "Circulation")
    for n, head in enumerate(heads):
        sheet.write_string(2, n, head, styles.head)
    row = 3
    for texts in _lines(document, list(sheets), say):
        lines = max(ceil(width_of(text) / (width - 2)) for text, width in zip(texts, _WIDTHS, strict=True))
        sheet.set_row(row, _LINE * max(lines, 1) + 2)
        for n, text in enumerate(texts):
            sheet.write_string(row, n, text, styles.of("wrapped", ""))
        row += 1
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.autofilter(2, 0, row - 1, len(_WIDTHS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.5, 0.5, 0.7, 0.7)
    sheet.set_footer("&C&P / &N")
    sheet.fit_to_pages(1, 0)


def _lines(document: Json, sheets: list[Told], say: Wording) -> Iterator[tuple[str, str, str]]:
    rules, line = document["ruleset"], pass_grade(document)
    yield say("规则", "Rules"), f"{rules['id']}@{rules['version']}", ""
    grades = say.join(f"{say.line(one['title']).text} ≥ {one['at_least']}" for one in rules["grades"])
    yield say("等级", "Grades"), grades + say("；达标线 ", "; pass line ") + line["at_least"], ""
    for name, value in document["common"].items():
        if value is not None:
            yield say.pick(MIXED[name]), mixed_value(name, value, say), ""
    internal = say("内部", "internal")
    for one in findings(document, say):
        yield say("主要发现", "Finding"), one.text, internal
    for told in sheets:
        what = told.what
        if told.left_out:
            what += say(
                f"超出 Excel 的行数上限，有 {told.left_out} 行没有写入。",
                f" Beyond the rows that Excel holds: {told.left_out} are left out.",
            )
        free = say("可传阅", "may circulate")
        yield say(f"表：{told.name}", f"Sheet: {told.name}"), what, internal if told.internal else free
    for rule in RULES:
        yield say("排名规则：", "Rule: ") + say.pick(rule.heading), say.pick(rule.text), ""
