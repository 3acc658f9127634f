"""A ruleset with its clauses and catalogue → the table: every sheet, row and text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from evaluator.canonical import digest, plain_data
from evaluator.catalogue import KINDS, Catalogue, CatalogueFile
from evaluator.ruleset import Clauses, Criterion, Deductions, Ruleset, Section
from evaluator.table import check_rows
from evaluator.table.cells import referred, text_of
from evaluator.table.check_rows import CheckRow
from evaluator.table.columns import HEAD_HELP, ITEMS, of_sheet, values_of
from evaluator.table.form import COUNTED, FORMAT, KEY, MARK, Column, Listed, Row, Sheet, Table, offer_of
from evaluator.table.guide import GUIDE
from evaluator.table.names import OWN, SHARED, SHEETS, TOTAL, name
from evaluator.table.records import ITEM_KEYS, Scalar, reach, scalars
from evaluator.table.saying import said
from evaluator.table.tree import tree


class Encoding(NamedTuple):
    """What the table shows: a ruleset, its clauses, the catalogue file of its own, and every item that it may use."""

    ruleset: Ruleset
    clauses: Clauses
    own: CatalogueFile
    catalogue: Catalogue


def data_of(encoding: Encoding) -> dict[str, Any]:
    """What the table says, as plain data: the files ``ruleset``, ``clauses`` and ``catalogue``."""
    return {
        "ruleset": tree(encoding.ruleset),
        "clauses": tree(encoding.clauses),
        "catalogue": tree(encoding.own),
    }


def state_of(data: Mapping[str, Any]) -> str:
    """A digest of what the table says, to notice files that were changed after it was made."""
    return digest(plain_data(data))


def labels_of(catalogue: Catalogue) -> dict[str, str]:
    """What people call items, and the parts of documents (under ``document.part``)."""
    parts = {
        f"{name}.{part}": title.zh
        for name, item in catalogue.documents.items()
        for part, title in item.parts.items()
    }
    return {name: item.label.zh for _, name, item in catalogue.all()} | parts


def planned(encoding: Encoding) -> Table:
    """The whole table."""
    data, labels = data_of(encoding), labels_of(encoding.catalogue)
    rules = data["ruleset"]
    checks = tuple(_checks(rules, labels))
    sheets = (
        _head(rules),
        _sheet("grades", [_record("grades", one) for one in rules["scoring"]["grades"]]),
        _sheet("sections", [_record("sections", one) for one in rules["sections"]]),
        _criteria(encoding, rules),
        _sheet("checks", [Row(one) for one in checks], {key for one in checks for key in one}, frozen=3),
        _sheet("clauses", list(_clauses(data["clauses"]))),
        *(_items(kind, encoding, labels) for kind in KINDS),
    )
    marks = (
        (MARK, str(FORMAT)),
        ("ruleset", encoding.ruleset.ruleset),
        ("version", encoding.ruleset.version),
        ("state", state_of(data)),
    )
    return Table(encoding.ruleset.title.zh, marks, GUIDE, sheets, tuple(_lists(rules, encoding.catalogue)))


def _sheet(sheet: str, rows: list[Row], used: set[str] | None = None, *, frozen: int = 2) -> Sheet:
    columns = of_sheet(sheet, frozenset(used or ()))
    at = next((n for n, one in enumerate(columns) if one.key == "title.zh"), frozen)
    return Sheet(
        sheet, SHEETS[sheet].zh, columns, tuple(rows), frozen=at + 1 if sheet == "criteria" else frozen
    )


def _record(
    sheet: str, data: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]] | None = None
) -> Row:
    """A row of one record."""
    values = {KEY: str(data.get("id", ""))}
    for scalar in values_of(sheet):
        text = text_of(reach(data, scalar.path), scalar.shape, scalar.key, (labels or {}).get(scalar.column))
        if text:
            values[scalar.column] = text
    return Row(values)


def _head(rules: Mapping[str, Any]) -> Sheet:
    grades = {one["id"]: one["title"]["zh"] for one in rules["scoring"]["grades"]}
    rows = []
    for scalar in scalars(Ruleset, ""):
        labels = grades if scalar.path == ("scoring", "pass") else None
        value = text_of(reach(rules, scalar.path), scalar.shape, scalar.key, labels)
        explained = HEAD_HELP.get(scalar.column, "")
        rows.append(
            Row({KEY: scalar.column, "key": name(scalar.key).zh, "value": value, "explained": explained})
        )
    columns = (
        Column(KEY, "", look="hidden"),
        Column("key", name("key").zh, 26, "made"),
        Column("value", name("value").zh, 64),
        Column("explained", name("explained").zh, 44, "made"),
    )
    return Sheet("head", SHEETS["head"].zh, columns, tuple(rows), growing=False)


def head_offers() -> Iterator[tuple[int, Scalar]]:
    """The rows of 总体 (0-based) with the value that each holds, for drop-downs."""
    yield from (
        (n, one)
        for n, one in enumerate(scalars(Ruleset, ""))
        if offer_of(one.shape, [""]) or one.column == "scoring.pass"
    )


def _criteria(encoding: Encoding, rules: Mapping[str, Any]) -> Sheet:
    words = said(encoding.ruleset, encoding.catalogue)
    sections = section_names(rules["sections"])
    grades = {"veto_grade": {one["id"]: one["title"]["zh"] for one in rules["scoring"]["grades"]}}
    rows = []
    for section in rules["sections"]:
        for criterion in section["criteria"]:
            row = _record("criteria", criterion, grades)
            more = {"section": sections[section["id"]], "said": words.get(criterion["id"], "")}
            rows.append(Row({**row.values, **more}))
    return _sheet("criteria", rows)


def section_names(sections: list[Mapping[str, Any]]) -> dict[str, str]:
    """What each section is called: its title, with its id where two have one title."""
    titles = [one["title"]["zh"] for one in sections]
    return {
        one["id"]: one["title"]["zh"]
        if titles.count(one["title"]["zh"]) == 1
        else f"{one['title']['zh']} [{one['id']}]"
        for one in sections
    }


def _checks(rules: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[dict[str, str]]:
    deductions = rules["scoring"].get("deductions")
    owned: list[CheckRow] = []
    if deductions:
        owned += check_rows.rows_of(TOTAL.zh, Deductions, deductions, labels)
    for section in rules["sections"]:
        owned += check_rows.rows_of(f"{SHEETS['sections'].zh} [{section['id']}]", Section, section, labels)
        for criterion in section["criteria"]:
            owned += check_rows.rows_of(criterion["id"], Criterion, criterion, labels)
    for owner, number, values in owned:
        yield {"owner": owner, "number": number, **values}


def _clauses(data: Mapping[str, Any]) -> Iterator[Row]:
    for clause in data["clauses"]:
        yield _record("clauses", clause)
        for item in clause.get("items", ()):
            row = _record("clauses", {"id": clause["id"], **item})
            yield Row({**row.values, KEY: f"{clause['id']}\n{item['item']}"})


def _items(kind: str, encoding: Encoding, labels: Mapping[str, str]) -> Sheet:
    own: Mapping[str, Any] = getattr(encoding.own, kind)
    rows = [_item(kind, one, tree(item), labels, OWN.zh) for one, item in own.items()]
    known = encoding.catalogue.items(kind)
    shared = sorted(used_items(encoding, kind) - own.keys())
    rows += [_item(kind, one, tree(known[one]), labels, SHARED.zh) for one in shared]
    return _sheet(kind, rows, frozen=4)


def used_items(encoding: Encoding, kind: str) -> set[str]:
    """The items of ``kind`` that the ruleset draws on."""
    known = encoding.catalogue.items(kind)
    return {one for one in _named(tree(encoding.ruleset)) if one in known}


def _named(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, one in data.items():
            if key in ITEM_KEYS and isinstance(one, str):
                yield one
            yield from _named(one)
    elif isinstance(data, list):
        for one in data:
            yield from _named(one)


def shared_row(
    catalogue: Catalogue, kind: str, one: str, labels: Mapping[str, str]
) -> Mapping[str, str] | None:
    """The texts of the row of an item that all rulesets share; None where there is no such item."""
    item = catalogue.items(kind).get(one)
    return None if item is None else _item(kind, one, tree(item), labels, SHARED.zh).values


def _item(kind: str, one: str, data: Mapping[str, Any], labels: Mapping[str, str], source: str) -> Row:
    row = _record(kind, data, {"at_most": labels})
    locked = (
        "共用目录的佐证各标准共用，不在这里改；要另立口径，在下面加一行新的" if source == SHARED.zh else ""
    )
    return Row({**row.values, KEY: one, "id": one, "from_where": source}, locked)


def _lists(rules: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Listed]:
    items = {
        kind: tuple(referred(one, {one: item.label.zh}) for one, item in catalogue.items(kind).items())
        for kind in ITEMS
    }
    for kind, texts in items.items():
        yield Listed(f"{SHEETS[kind].zh}清单", texts, (kind,))
    counted = ("counts", "events", "documents")
    yield Listed(COUNTED, tuple(text for kind in counted for text in items[kind]), counted)
    names = section_names(rules["sections"])
    yield Listed("类目清单", tuple(names.values()), ("sections",))
    ids = tuple(one["id"] for section in rules["sections"] for one in section["criteria"])
    yield Listed(
        "指标清单", (*ids, TOTAL.zh, *(f"{SHEETS['sections'].zh} [{one}]" for one in names)), ("criteria",)
    )
    grades = rules["scoring"]["grades"]
    yield Listed("等级清单", tuple(referred(one["id"], {one["id"]: one["title"]["zh"]}) for one in grades))
