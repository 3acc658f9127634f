"""The formulas of the sheets that people fill: checks that they see, and hidden ones that bring what they type into one form.

Only functions that WPS, Excel 2010 and LibreOffice all have. Each formula comes with its result in the form as it is made. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from evaluator.catalogue import Catalogue
from evaluator.exact import Number
from evaluator.workbook.dates import FIRST_YEAR, LAST_YEAR
from evaluator.workbook.form import Form, Formula, Sheet
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
        limit, label = sheet.cell("now", rows[other]), sheet.rows[rows[other]].values["label"]
        over = f"AND(ISNUMBER({limit}),{sheet.cell('now', row)}>{limit})"
        text = f"IF({over},{_quoted(f'大于“{label}”')},{text})"
    now = _written(sheet.cell("now", row), text, whole=item.whole_number)
    before = _written(sheet.cell("before", row), '""', whole=item.whole_number, prefix="上期")
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
    day = sheet.cell("date", row)
    none = _none(sheet, row)
    clean, read = sheet.cell("_clean", row), sheet.cell("_day", row)
    said = f"COUNTA({_span(sheet, row, ('title', 'expected', 'present', 'files'))})>0"
    faulty = (
        f'IF(OR(AND(TRIM({day})<>"",{read}=""),AND({none}=1,OR(TRIM({day})<>"",{said})),'
        f'AND({none}=0,TRIM({day})="",OR({said},{_yes(sheet, row)}))),1,"")'
    )
    values = sheet.rows[row].values
    return {
        "_type": _type(form, sheet, row),
        "_clean": Formula(_clean(day), ""),
        "_day": Formula(_day(day, clean), _serial(values.get("date"))),
        "_none": Formula(f'IF({none}=1,1,"")', 1 if values.get("have") == "无" else ""),
        "_faulty": Formula(faulty),
    }


def _document(form: Form, sheet: Sheet, row: int, issued: str) -> Made:
    values = sheet.rows[row].values
    made: Made = {"_type": _type(form, sheet, row)}
    if not sheet.rows[row].item:
        made["contents"] = Formula(_looked_up(form, sheet, row, "contents"))
    for key, name in ((issued, "issued"), ("valid_to", "valid")):
        cell, clean = sheet.cell(key, row), sheet.cell(f"_clean_{name}", row)
        made[f"_clean_{name}"] = Formula(_clean(cell))
        made[f"_day_{name}"] = Formula(_day(cell, clean), _serial(values.get(key)))
    none = _none(sheet, row)
    typed = sheet.cell("_type", row)
    marks = [column.key for column in sheet.columns if column.key.startswith("part.")]
    keys = ("title", "number", issued, "valid_to", *marks, "page", "files")
    counted = "+".join(f"COUNTA({sheet.cell(key, row)})" for key in keys)
    there = f'AND({typed}<>"",{none}=0,OR({counted}>0,{_yes(sheet, row)}))'
    wrong = [f'AND(TRIM({sheet.cell(key, row)})<>"",{sheet.cell(f"_day_{name}", row)}="")' for key, name in
             ((issued, "issued"), ("valid_to", "valid"))]  # fmt: skip
    filled = any(values.get(key) is not None for key in keys) or values.get("have") == "有"
    made["_present"] = Formula(f'IF({there},1,"")', 1 if filled else "")
    made["_none"] = Formula(f'IF({none}=1,1,"")', 1 if values.get("have") == "无" else "")
    made["_attached"] = _attached(form, sheet, row)
    made["_faulty"] = Formula(f'IF(OR({",".join(wrong)},AND({none}=1,{counted}>0)),1,"")')
    for n, key in enumerate(marks, 1):
        cell = f"TRIM({sheet.cell(key, row)})"
        unwritten = ",".join(f'{cell}="{word}"' for word in ("", *_NO, "x", "X"))
        made[f"_has.{n}"] = Formula(f'IF(OR({unwritten}),"",1)', 1 if values.get(key) is not None else "")
    return made


def _street(form: Form, sheet: Sheet, row: int) -> Made:
    made = _document(form, sheet, row, "date")
    # One row is either an event or a document: each judgement looks at the type.
    day, read, none = sheet.cell("date", row), sheet.cell("_day_issued", row), sheet.cell("_none", row)
    said = f"COUNTA({sheet.cell('title', row)})+COUNTA({sheet.cell('files', row)})>0"
    made["_faulty_event"] = Formula(
        f'IF(OR(AND(TRIM({day})<>"",{read}=""),AND({none}=1,OR(TRIM({day})<>"",{said})),'
        f'AND({none}<>1,TRIM({day})="",OR({said},{_yes(sheet, row)}))),1,"")'
    )
    if not sheet.rows[row].item:
        made["group"] = Formula(_looked_up(form, sheet, row, "group"))
    return made


def _statement(form: Form, sheet: Sheet, row: int) -> Made:
    cell = f"TRIM({sheet.cell('value', row)})"
    yes = ",".join(f'{cell}="{word}"' for word in _YES)
    no = ",".join(f'{cell}="{word}"' for word in _NO)
    stated = sheet.rows[row].values.get("value")
    said = Formula(f'IF(OR({yes}),"是",IF(OR({no}),"否",{cell}))', stated if isinstance(stated, str) else "")
    return {"_said": said, "_attached": _attached(form, sheet, row)}


def _file(form: Form, sheet: Sheet, row: int) -> Made:
    name = sheet.cell("id", row)
    holding = (
        table for table in form.tables() if table.id in ("events", "documents", "statements", "street")
    )
    known = [f"COUNTIF({table.down('id')},{name})" for table in holding]
    text = f'IF(TRIM({name})="","",IF({"+".join(known)}>0,"√","没有这个编号"))'
    return {"check": Formula(text, "√" if sheet.rows[row].values.get("id") else "")}


def _type(form: Form, sheet: Sheet, row: int) -> Formula:
    found = _looked_up(form, sheet, row, "id")
    hidden = sheet.cell("item", row)
    return Formula(f'IF({hidden}<>"",{hidden},{found})', sheet.rows[row].item)


def _looked_up(form: Form, sheet: Sheet, row: int, head: str) -> str:
    label = sheet.cell("label", row)
    place = f"MATCH(TRIM({label}),{whole(form, 'label')},0)"
    return f'IF(TRIM({label})="","",IFERROR(INDEX({whole(form, head)},{place})&"",""))'


def _none(sheet: Sheet, row: int) -> str:
    have = f"TRIM({sheet.cell('have', row)})"
    return f"IF(OR({','.join(f'{have}={_quoted(word)}' for word in _NO)}),1,0)"


def _yes(sheet: Sheet, row: int) -> str:
    have = f"TRIM({sheet.cell('have', row)})"
    return f"OR({','.join(f'{have}={_quoted(word)}' for word in _YES)})"


def _attached(form: Form, sheet: Sheet, row: int) -> Formula:
    name, files = sheet.cell("id", row), sheet.cell("files", row)
    listed = form.table("files")
    elsewhere = ""
    if listed is not None:
        count = f'COUNTIFS({listed.down("id")},{name},{listed.down("files")},"<>")'
        elsewhere = f',IF(TRIM({name})="",FALSE,{count}>0)'
    text = f'IF(OR(TRIM({files})<>""{elsewhere}),1,"")'
    return Formula(text, 1 if sheet.rows[row].values.get("files") else "")


def _clean(cell: str) -> str:
    text = f"ASC({cell})"
    for old, new in (("年", "-"), ("月", "-"), ("日", ""), (".", "-"), ("/", "-"), (" ", "")):
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return f'IF(OR(TRIM({cell})="",AND(ISNUMBER({cell}),{cell}<{_LARGEST_SERIAL})),"",{text})'


def _day(cell: str, clean: str) -> str:
    eight = f'LEFT({clean},4)&"-"&MID({clean},5,2)&"-"&RIGHT({clean},2)'
    text = f'IF(AND(LEN({clean})=8,ISERROR(FIND("-",{clean}))),{eight},{clean})'
    first, last = _serial(date(FIRST_YEAR, 1, 1)), _serial(date(LAST_YEAR, 12, 31))
    read = f'IFERROR(IF(OR(MID({clean},5,1)="-",LEN({clean})=8),DATEVALUE({text}),""),"")'
    serial = f'IF(AND({cell}>={first},{cell}<={last}),INT({cell}),"")'
    return f'IF(TRIM({cell})="","",IF({clean}="",IF(ISNUMBER({cell}),{serial},""),{read}))'


def _serial(value: object) -> int | str:
    return (value - _EPOCH).days if isinstance(value, date) else ""


def _span(sheet: Sheet, row: int, keys: tuple[str, ...]) -> str:
    return f"{sheet.cell(keys[0], row)}:{sheet.cell(keys[-1], row)}"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
