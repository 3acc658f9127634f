"""The formulas of the sheets that people fill: checks that they see, and hidden ones that bring what they type into one form.

Only functions that WPS, Excel 2010 and LibreOffice all have. Each formula comes with its result in the form as it is made. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from evaluator.catalogue import Catalogue
from evaluator.exact import Number
from evaluator.workbook.dates import FIRST_YEAR, LAST_YEAR
from evaluator.workbook.form import Form, Formula, Sheet, letters
from evaluator.workbook.lists import whole

_EPOCH = date(1899, 12, 30)
_YES = ("是", "有", "√", "✓", "✔", "对")
_NO = ("否", "无", "没有", "×", "✗")
# What a spreadsheet itself tells apart from eight digits such as 20250312.
_LARGEST_SERIAL = 110_000
Made = dict[str, Formula]


def formulas(form: Form, catalogue: Catalogue, sheet: Sheet, row: int) -> Made:
    """The formulas of one row of ``sheet`` by the keys of their columns; ``row`` is 0-based."""
    make: Mapping[str, Callable[[], Made]] = {
        "counts": lambda: _count(catalogue, sheet, row),
        "events": lambda: _event(form, sheet, row),
        "documents": lambda: _document(form, sheet, row, "issued"),
        "statements": lambda: _statement(form, sheet, row),
        "street": lambda: _street(form, sheet, row),
        "files": lambda: _file(form, sheet, row),
    }
    return make[sheet.id]() if sheet.id in make else {}


def _count(catalogue: Catalogue, sheet: Sheet, row: int) -> Made:
    item = catalogue.counts[sheet.rows[row].item]
    rows = {one.item: n for n, one in enumerate(sheet.rows)}
    wholes = [other for other in item.at_most if other in rows]
    text = '"√"'
    for other in reversed(wholes):
        place = f'MATCH("{other}",{_column(sheet, "item")},0)'
        limit, label = f"INDEX({_column(sheet, 'now')},{place})", sheet.rows[rows[other]].values["label"]
        over = f"AND(ISNUMBER({limit}),{_cell(sheet, 'now', row)}>{limit})"
        text = f"IF({over},{_quoted(f'大于“{label}”')},{text})"
    now = _written(_cell(sheet, "now", row), text, whole=item.whole_number)
    before = _written(_cell(sheet, "before", row), '""', whole=item.whole_number, prefix="上期")
    joined = f'IF({before}<>"",{before},{now})' if before else now
    return {"check": Formula(joined, _checked(sheet, row, rows, wholes))}


def _written(cell: str, fine: str, *, whole: bool, prefix: str = "") -> str:
    integral = f'IF({cell}<>INT({cell}),"{prefix}应为整数",{fine})' if whole else fine
    return (
        f'IF(TRIM({cell})="","",IF(NOT(ISNUMBER({cell})),"{prefix}请只填数",'
        f'IF({cell}<0,"{prefix}不能小于 0",{integral})))'
    )


def _checked(sheet: Sheet, row: int, rows: Mapping[str, int], wholes: list[str]) -> str:
    value = sheet.rows[row].values.get("now")
    if value is None:
        return ""
    for other in wholes:
        limit = sheet.rows[rows[other]].values.get("now")
        if isinstance(limit, Number) and isinstance(value, Number) and value > limit:
            return f"大于“{sheet.rows[rows[other]].values['label']}”"
    return "√"


def _event(form: Form, sheet: Sheet, row: int) -> Made:
    day = _cell(sheet, "date", row)
    none = _none(sheet, row)
    clean, read = _cell(sheet, "_clean", row), _cell(sheet, "_day", row)
    said = f"COUNTA({_span(sheet, row, ('title', 'expected', 'present', 'files'))})>0"
    faulty = (
        f'IF(OR(AND(TRIM({day})<>"",{read}=""),AND({none}=1,OR(TRIM({day})<>"",{said})),'
        f'AND({none}=0,TRIM({day})="",OR({said},{_yes(sheet, row)}))),1,"")'
    )
    values = sheet.rows[row].values
    return {
        "_type": _type(form, sheet, row),
        "_clean": Formula(clean_text(day), ""),
        "_day": Formula(day_number(day, clean), _serial(values.get("date"))),
        "_none": Formula(f'IF({none}=1,1,"")', 1 if values.get("have") == "无" else ""),
        "_faulty": Formula(faulty),
    }


def _document(form: Form, sheet: Sheet, row: int, issued: str) -> Made:
    values = sheet.rows[row].values
    made: Made = {"_type": _type(form, sheet, row)}
    if not sheet.rows[row].item:
        made["contents"] = Formula(_looked_up(form, sheet, row, "contents"))
    for key, name in ((issued, "issued"), ("valid_to", "valid")):
        cell, clean = _cell(sheet, key, row), _cell(sheet, f"_clean_{name}", row)
        made[f"_clean_{name}"] = Formula(clean_text(cell))
        made[f"_day_{name}"] = Formula(day_number(cell, clean), _serial(values.get(key)))
    none = _none(sheet, row)
    typed = _cell(sheet, "_type", row)
    marks = [column.key for column in sheet.columns if column.key.startswith("part.")]
    keys = ("title", "number", issued, "valid_to", *marks, "page", "files")
    counted = "+".join(f"COUNTA({_cell(sheet, key, row)})" for key in keys)
    there = f'AND({typed}<>"",{none}=0,OR({counted}>0,{_yes(sheet, row)}))'
    wrong = [f'AND(TRIM({_cell(sheet, key, row)})<>"",{_cell(sheet, f"_day_{name}", row)}="")' for key, name in
             ((issued, "issued"), ("valid_to", "valid"))]  # fmt: skip
    filled = any(values.get(key) is not None for key in keys) or values.get("have") == "有"
    made["_present"] = Formula(f'IF({there},1,"")', 1 if filled else "")
    made["_none"] = Formula(f'IF({none}=1,1,"")', 1 if values.get("have") == "无" else "")
    made["_attached"] = _attached(form, sheet, row)
    made["_faulty"] = Formula(f'IF(OR({",".join(wrong)},AND({none}=1,{counted}>0)),1,"")')
    for n, key in enumerate(marks, 1):
        cell = f"TRIM({_cell(sheet, key, row)})"
        unwritten = ",".join(f'{cell}="{word}"' for word in ("", *_NO, "x", "X"))
        made[f"_has.{n}"] = Formula(f'IF(OR({unwritten}),"",1)', 1 if values.get(key) is not None else "")
    return made


def _street(form: Form, sheet: Sheet, row: int) -> Made:
    made = _document(form, sheet, row, "date")
    # One row is either an event or a document: each judgement looks at the type.
    day, read, none = _cell(sheet, "date", row), _cell(sheet, "_day_issued", row), _cell(sheet, "_none", row)
    said = f"COUNTA({_cell(sheet, 'title', row)})+COUNTA({_cell(sheet, 'files', row)})>0"
    made["_faulty_event"] = Formula(
        f'IF(OR(AND(TRIM({day})<>"",{read}=""),AND({none}=1,OR(TRIM({day})<>"",{said})),'
        f'AND({none}<>1,TRIM({day})="",OR({said},{_yes(sheet, row)}))),1,"")'
    )
    if not sheet.rows[row].item:
        made["group"] = Formula(_looked_up(form, sheet, row, "group"))
    return made


def _statement(form: Form, sheet: Sheet, row: int) -> Made:
    cell = f"TRIM({_cell(sheet, 'value', row)})"
    yes = ",".join(f'{cell}="{word}"' for word in _YES)
    no = ",".join(f'{cell}="{word}"' for word in _NO)
    stated = sheet.rows[row].values.get("value")
    said = Formula(f'IF(OR({yes}),"是",IF(OR({no}),"否",{cell}))', stated if isinstance(stated, str) else "")
    return {"_said": said, "_attached": _attached(form, sheet, row)}


def _file(form: Form, sheet: Sheet, row: int) -> Made:
    name = _cell(sheet, "id", row)
    holding = (
        table for table in form.tables() if table.id in ("events", "documents", "statements", "street")
    )
    known = [f"COUNTIF({table.down('id')},{name})" for table in holding]
    text = f'IF(TRIM({name})="","",IF({"+".join(known)}>0,"√","没有这个编号"))'
    return {"check": Formula(text, "√" if sheet.rows[row].values.get("id") else "")}


def _type(form: Form, sheet: Sheet, row: int) -> Formula:
    found = _looked_up(form, sheet, row, "id")
    hidden = _cell(sheet, "item", row)
    return Formula(f'IF({hidden}<>"",{hidden},{found})', sheet.rows[row].item)


def _looked_up(form: Form, sheet: Sheet, row: int, head: str) -> str:
    label = _cell(sheet, "label", row)
    place = f"MATCH(TRIM({label}),{whole(form, 'label')},0)"
    return f'IF(TRIM({label})="","",IFERROR(INDEX({whole(form, head)},{place})&"",""))'


def _none(sheet: Sheet, row: int) -> str:
    have = f"TRIM({_cell(sheet, 'have', row)})"
    return f"IF(OR({','.join(f'{have}={_quoted(word)}' for word in _NO)}),1,0)"


def _yes(sheet: Sheet, row: int) -> str:
    have = f"TRIM({_cell(sheet, 'have', row)})"
    return f"OR({','.join(f'{have}={_quoted(word)}' for word in _YES)})"


def _attached(form: Form, sheet: Sheet, row: int) -> Formula:
    name, files = _cell(sheet, "id", row), _cell(sheet, "files", row)
    listed = form.table("files")
    elsewhere = ""
    if listed is not None:
        count = f'COUNTIFS({listed.down("id")},{name},{listed.down("files")},"<>")'
        elsewhere = f',IF(TRIM({name})="",FALSE,{count}>0)'
    text = f'IF(OR(TRIM({files})<>""{elsewhere}),1,"")'
    return Formula(text, 1 if sheet.rows[row].values.get("files") else "")


def clean_text(cell: str) -> str:
    """The text of a date in a cell, its parts joined by hyphens; ``""`` where the cell is empty or holds a true date."""
    text = f"ASC({cell})"
    for old, new in (("年", "-"), ("月", "-"), ("日", ""), (".", "-"), ("/", "-"), (" ", "")):
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return f'IF(OR(TRIM({cell})="",AND(ISNUMBER({cell}),{cell}<{_LARGEST_SERIAL})),"",{text})'


def day_number(cell: str, clean: str) -> str:
    """The date in a cell as a number, ``""`` where it is none; ``clean`` is the cell of its cleaned text."""
    eight = f'LEFT({clean},4)&"-"&MID({clean},5,2)&"-"&RIGHT({clean},2)'
    text = f'IF(AND(LEN({clean})=8,ISERROR(FIND("-",{clean}))),{eight},{clean})'
    first, last = _serial(date(FIRST_YEAR, 1, 1)), _serial(date(LAST_YEAR, 12, 31))
    read = f'IFERROR(IF(OR(MID({clean},5,1)="-",LEN({clean})=8),DATEVALUE({text}),""),"")'
    serial = f'IF(AND({cell}>={first},{cell}<={last}),INT({cell}),"")'
    return f'IF(TRIM({cell})="","",IF({clean}="",IF(ISNUMBER({cell}),{serial},""),{read}))'


def _serial(value: object) -> int | str:
    return (value - _EPOCH).days if isinstance(value, date) else ""


def _cell(sheet: Sheet, key: str, row: int) -> str:
    """The cell of this row. What people fill is named by its place: a plain reference would follow a cell that they drag away."""
    column = sheet.columns[sheet.column(key)]
    if not column.filled:
        return sheet.cell(key, row)
    return f"INDEX({_column(sheet, key)},ROW())"


def _column(sheet: Sheet, key: str) -> str:
    letter = letters(sheet.column(key))
    return f"${letter}:${letter}"


def _span(sheet: Sheet, row: int, keys: tuple[str, ...]) -> str:
    return f"{_cell(sheet, keys[0], row)}:{_cell(sheet, keys[-1], row)}"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
