"""The rows of a rectification list that came back, whatever was done to the sheet: rows moved, columns moved, words typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.limits import in_force, raising
from evaluator.persons import echo
from evaluator.planning.rectification import Item, Returned, Status

# What scorecards.rectification writes above its hidden columns: a contract.
KEYS = ("duibiao:action", "duibiao:criteria", "duibiao:number", "duibiao:list")
FORMAT = "1"
_ACTION, _CRITERIA, _NUMBER, _LIST = KEYS
_STATUS = "status"
_STATUS_HEADS = ("状态", "status")
# What people write for each status, without blanks and stops, in small letters.
_WORDS: Mapping[Status, str] = {
    "not_started": "未开始 没开始 尚未开始 未办 未启动 notstarted todo",
    "in_progress": "进行中 办理中 正在办理 整改中 正在整改 推进中 未完成 部分完成 inprogress ongoing",
    "done": "已完成 完成 完成了 已完 办结 已办结 已办 已整改 整改完成 done finished completed complete √ ✓ ✔",
}
_SAID = {word: status for status, words in _WORDS.items() for word in words.split()}
_IDENTIFIER = re.compile(r"(count|event|document|statement|unit):[a-z0-9_:-]+")
_COPY = Words(
    "从原清单复制这一行；自行添加的行请删去",
    "copy the row from the original list; leave out rows of your own",
)


class Sheet(NamedTuple):
    """A sheet's name and its rows of texts, from the first row on."""

    name: str
    rows: Sequence[Sequence[str]]


class _Row(NamedTuple):
    """One row of the list: where its status stands, what it says, and the list that it comes from."""

    place: Place
    item: Item
    source: str


class _Cells:
    """The texts of one row, by the heads above them."""

    def __init__(self, texts: Sequence[str], heads: Mapping[str, int], place: Place) -> None:
        self.texts, self.heads, self.row = texts, heads, place

    def __getitem__(self, name: str) -> str:
        n = self.heads.get(name)
        return self.texts[n].strip() if n is not None and n < len(self.texts) else ""

    def place(self, name: str) -> Place:
        """The cell under ``name``; the whole row where no column has that head."""
        n = self.heads.get(name)
        return self.row if n is None else self.row._replace(column=n + 1)


def returned(sheets: Iterable[Sheet], file: str) -> Returned:
    """The list in ``sheets``; raises ``InputError`` with every fault, each with its cell."""
    problems: list[Problem] = []
    rows: list[_Row] = []
    for sheet in sheets:
        rows.extend(_rows(sheet, file, problems))
    items = list(_once(rows, problems))
    sources = _sources(rows, problems)
    if not rows and not problems:
        problems.append(_no_list(file))
    if problems:
        raise InputError(problems)
    subject, ruleset, as_of, digest = sources[0]
    return Returned(subject, ruleset, as_of, digest, tuple(sorted(items, key=lambda one: one.number)))


def _no_list(file: str) -> Problem:
    what = Words(
        "这里没有整改清单的事项，或隐藏的标识列已被删去",
        "no item of a rectification list stands here, or its hidden columns were taken out",
    )
    mend = Words(
        "用 duibiao plan 写出的 .xlsx，只改“状态”一列",
        "use the .xlsx that duibiao plan wrote, and change nothing but the status",
    )
    return Problem("no_list", Place(file), what, mend)


def _rows(sheet: Sheet, file: str, problems: list[Problem]) -> Iterator[_Row]:
    most = in_force().workbook_rows
    if len(sheet.rows) > most:
        what = Words(f"超过 {most} 行", f"more than {most} rows")
        place = Place(file, sheet=sheet.name)
        problems.append(Problem("too_large", place, what, raising("workbook_rows")))
        return
    heads: dict[str, int] = {}
    for n, texts in enumerate(sheet.rows, 1):
        if _ACTION in texts:
            heads = _heads(texts)
        elif heads:
            cells = _Cells(texts, heads, Place(file, n, None, sheet.name))
            if cells[_ACTION] or cells[_STATUS]:
                yield from _row(cells, problems)


def _heads(texts: Sequence[str]) -> dict[str, int]:
    heads = {name: texts.index(name) for name in KEYS if name in texts}
    written = [n for n, text in enumerate(texts) if _bare(text) in _STATUS_HEADS]
    return {**heads, _STATUS: written[-1]} if written else heads


def _row(cells: _Cells, problems: list[Problem]) -> Iterator[_Row]:
    action, number, written = cells[_ACTION], cells[_NUMBER], cells[_STATUS]
    if not _IDENTIFIER.fullmatch(action) or not re.fullmatch("[0-9]{1,4}", number):
        what = Words("认不出这一行是哪一件", "which item this row is cannot be told")
        problems.append(Problem("unknown_row", cells.place(_ACTION), what, _COPY))
        return
    status = _SAID.get(_bare(written))
    if written and status is None:
        shown = echo(written)
        what = Words(f"看不懂状态“{shown}”", f"{shown!r} is no status")
        mend = Words(
            "从未开始、进行中、已完成中选一个，或留空",
            "choose Not started, In progress or Done, or leave it empty",
        )
        problems.append(Problem("unknown_status", cells.place(_STATUS), what, mend))
        return
    item = Item(int(number), action, tuple(cells[_CRITERIA].split()), status)
    yield _Row(cells.place(_STATUS), item, cells[_LIST])


def _bare(text: str) -> str:
    return re.sub(r"[\s_。.!]", "", unicodedata.normalize("NFKC", text)).casefold()


def _once(rows: Iterable[_Row], problems: list[Problem]) -> Iterator[Item]:
    """Each item once: a row that was copied may stand twice, but not with two statuses."""
    seen: dict[str, Item] = {}
    for row in rows:
        before = seen.setdefault(row.item.action, row.item)
        if before is row.item:
            yield row.item
        elif before.status != row.item.status:
            n = before.number
            what = Words(f"第 {n} 件填了两行，状态不同", f"item {n} stands twice, with two statuses")
            problems.append(
                Problem("repeated_row", row.place, what, Words("只保留一行", "keep one of the rows"))
            )


def _sources(rows: Iterable[_Row], problems: list[Problem]) -> list[tuple[str, str, date, str]]:
    """The lists that rows come from: more than one is a fault."""
    found: dict[tuple[str, str, date, str], None] = {}
    for row in rows:
        try:
            form, subject, ruleset, day, digest = row.source.split(" ")
            source = (subject, ruleset, date.fromisoformat(day), digest)
        except ValueError:
            what = Words("认不出这一行出自哪份清单", "which list this row comes from cannot be told")
            problems.append(Problem("unknown_row", row.place, what, _COPY))
            continue
        if form != FORMAT:
            what = Words("这份清单是另一个版本的格式", "the list has the format of another version")
            problems.append(Problem("other_version", row.place, what))
        elif found and source not in found:
            what = Words("这一行出自另一份清单", "this row comes from another list")
            mend = Words("一份清单一个文件", "keep one list in a file")
            problems.append(Problem("two_lists", row.place, what, mend))
        found.setdefault(source)
    return list(found)
