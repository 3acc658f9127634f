"""The sheet 单元: a row for each unit of the subject, a column for each count and statement that a unit is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evaluator.reading import Path
from evaluator.workbook.cells import answer_of, text_of
from evaluator.workbook.form import Choices, Column, Item, Row, Sheet, Value
from evaluator.workbook.gathering import Gathered, Record
from evaluator.workbook.making import Making
from evaluator.workbook.sheets.counts import NOW_PROMPT
from evaluator.workbook.sheets.entries import HAVE, ID, ITEM, NOTE, choosing, id_of, read_none, says_none
from evaluator.workbook.sheets.statements import VALUE_PROMPT

BLANK_ROWS = 30
NOTHING_ASKED = "所选标准不需要填写单元，本表空着即可。"
COLUMNS = (
    ITEM,
    Column("label", "单元类别", 34, "choice", prompt="从列表里选。"),
    ID,
    Column("name", "名称", 26, "text", prompt="单元的名称，如“一号小区”。"),
    HAVE,
)
FIELDS = {"unit.counts": "counts", "unit.statements": "statements"}


def plan(making: Making) -> Sheet:
    """The units that are filled in, and blank rows where the standards ask for units."""
    fields = [_field(item) for kind in FIELDS for item in making.of(kind)]
    columns = (*choosing(COLUMNS, making.choices("units")), *fields)
    rows: list[Row] = []
    for item in making.of("units"):
        if item.id in making.filled.evidence.none:
            rows.append(Row(item.id, {"label": item.label, "have": "无"}, locked=frozenset({"label"})))
        for unit in making.filled.evidence.units.get(item.id, ()):
            values: dict[str, Value] = {"label": item.label, "id": unit.id, "name": unit.name, "have": "有"}
            values |= {f"counts.{name}": number for name, number in unit.counts.items()}
            values |= {f"statements.{name}": "是" if said else "否" for name, said in unit.statements.items()}
            rows.append(Row(item.id, values, locked=frozenset({"label"})))
    if making.asked.units:
        rows += [Row() for _ in range(BLANK_ROWS)]
    else:
        closed = frozenset(column.key for column in columns)
        rows.append(Row(NOTE, {"label": NOTHING_ASKED}, locked=closed))
    return Sheet("units", columns, tuple(rows), growing=True)


def _field(item: Item) -> Column:
    key, title = field_key(item), field_title(item)
    if item.kind == "unit.counts":
        return Column(key, title, 12, "number", centred=True, prompt=NOW_PROMPT)
    return Column(key, title, 12, "answer", centred=True, choices=Choices(("是", "否")), prompt=VALUE_PROMPT)


def field_key(item: Item) -> str:
    """The key of a unit's field."""
    return f"{FIELDS[item.kind]}.{item.id}"


def field_title(item: Item) -> str:
    """The title of a unit's field."""
    return f"{item.label}（{item.unit}）" if item.unit else item.label


def read(records: Iterable[Record], into: Gathered) -> None:
    """Read the rows of the sheet."""
    units: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        fields = [key for key in record.columns if key.startswith(("counts.", "statements."))]
        if not record.filled(("id", "name", "have", *fields)):
            continue
        named = into.named(record, ("units",))
        if says_none(record):
            read_none(into, record, named, ("name", *fields))
            continue
        kind = "" if named.item is None else named.item.id
        path: Path = ("units", kind, len(units.setdefault(kind, [])))
        into.settle(named, record, (*path, "label"))
        unit: dict[str, Any] = {}
        units[kind].append(unit)
        into.at(path, into.place(record, ""))
        into.put(unit, record, "id", (*path, "id"), id_of)
        into.put(unit, record, "name", (*path, "name"), text_of)
        for key in fields:
            _read_field(into, record, key, path, unit)
    if units:
        into.data["units"] = units


def _read_field(into: Gathered, record: Record, key: str, path: Path, unit: dict[str, Any]) -> None:
    group, _, name = key.partition(".")
    values: dict[str, Any] = {}
    if group == "counts":
        into.put_number(values, record, key, (*path, group, name), into.item("unit.counts", name))
    else:
        into.put(values, record, key, (*path, group, name), answer_of)
    if values:
        unit.setdefault(group, {}).update(values)
