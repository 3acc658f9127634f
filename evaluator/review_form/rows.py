"""The grid of a sheet of a review's form → its rows: columns are found by the hidden row of keys. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evaluator.errors import Place, Problem, Words
from evaluator.review_form.layout import ABOUT, FORMAT, MARK, About
from evaluator.workbook.cells import Raw, blank, shown
from evaluator.workbook.gathering import Record
from evaluator.workbook.opening import Book, Sheet

# How far down the keys may have been moved by rows that people put above them.
_SEARCHED = 30


def about(book: Book) -> About | None:
    """What the form says of itself; None where it is none of ours. A ``format`` that is no number is 0."""
    sheet = next((one for one in book.sheets if one.name == ABOUT), None)
    said: dict[str, list[str]] = {}
    for row in sheet.grid if sheet is not None else ():
        if len(row) > 1 and row[0] != "":
            said.setdefault(shown(row[0]), []).append(shown(row[1]))
    if MARK not in said:
        return None
    first = {key: values[0] for key, values in said.items()}
    return About(
        "record" if first.get("kind") == "record" else "review",
        first.get("submission", ""),
        first.get("submission_digest", ""),
        first.get("ruleset", ""),
        first.get("version", ""),
        first.get("ruleset_digest", ""),
        first.get("stage", ""),
        tuple(said.get("follows", ())),
        tuple(said.get("settles", ())),
        tuple((name, title) for name, _, title in (one.partition(" ") for one in said.get("sheet", ()))),
        int(first[MARK]) if first[MARK].isdecimal() else 0,
    )


def sheet_id(sheet: Sheet) -> str | None:
    """Which sheet of the form this is, as its hidden row says; None for one that people added."""
    row = _key_row(sheet.grid)
    if row is None:
        return None
    return next(cell for cell in map(_text, sheet.grid[row]) if cell.startswith("item:")).partition(":")[2]


def _key_row(grid: Sequence[Sequence[Raw]]) -> int | None:
    return next(
        (n for n, row in enumerate(grid[:_SEARCHED]) if any(_text(cell).startswith("item:") for cell in row)),
        None,
    )


def _text(raw: Raw) -> str:
    return raw if isinstance(raw, str) else ""


def records(book: Book, sheet: Sheet, wanted: Iterable[str], problems: list[Problem]) -> Iterator[Record]:
    """The rows of a table that hold anything; merged cells and ``wanted`` columns that are gone are added to ``problems``."""
    key_row = _key_row(sheet.grid)
    assert key_row is not None
    columns = {_text(cell).partition(":")[0]: n for n, cell in enumerate(sheet.grid[key_row]) if _text(cell)}
    heads = sheet.grid[key_row + 1] if len(sheet.grid) > key_row + 1 else []
    titles = {key: shown(heads[n]).replace("\n", "") for key, n in columns.items() if n < len(heads)}
    for key in wanted:
        if key not in columns:
            what = Words("缺少要填写的一栏", "a column to be filled is missing")
            mend = Words("从新表里把这一栏补回来", "bring it back from a new form")
            problems.append(Problem("missing_column", Place(book.file, sheet=sheet.name), what, mend))
    problems.extend(_merged(book, sheet, set(columns.values()), key_row + 2))
    odd = book.odd_cells(sheet, frozenset(columns.values()))
    for row in range(key_row + 2, len(sheet.grid)):
        cells = {
            key: odd.get((row, n)) or (sheet.grid[row][n] if n < len(sheet.grid[row]) else "")
            for key, n in columns.items()
        }
        if not all(blank(raw) for raw in cells.values()):
            yield Record(sheet.name, row, cells, columns, frozenset(), titles)


def _merged(book: Book, sheet: Sheet, columns: set[int], first: int) -> Iterator[Problem]:
    for (top, left), (bottom, right) in sheet.merged:
        if bottom >= first and columns & set(range(left, right + 1)):
            what = Words(
                "合并了单元格，看不出内容属于哪一行", "merged cells: of which row they are cannot be told"
            )
            mend = Words("取消合并，逐行填写", "unmerge them and fill each row")
            yield Problem("merged_cells", Place(book.file, top + 1, left + 1, sheet.name), what, mend)


def format_problem(found: About | None, file: str) -> Problem | None:
    """What is wrong with the form as a whole."""
    if found is None:
        what = Words(
            "这不是复核表，也不是核查记录表", "this is neither a review's form nor an on-site record"
        )
        mend = Words(
            "用 duibiao review start 或 duibiao review record 生成的表填写，隐藏的工作表不要删",
            "fill a form that duibiao review start or record makes, and keep its hidden sheets",
        )
        return Problem("not_a_form", Place(file), what, mend)
    if found.format != FORMAT:
        what = Words(
            f"这张表的格式是第 {found.format} 版，本程序只读第 {FORMAT} 版",
            f"the form is of format {found.format}; only format {FORMAT} is read here",
        )
        mend = Words("更新对标程序，或用本程序生成新表", "update duibiao, or fill a form that this one makes")
        return Problem("form_format", Place(file), what, mend)
    return None
