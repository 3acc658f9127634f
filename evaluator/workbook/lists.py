"""The hidden sheet of the form: what it was made from, its items with their labels, and lists to choose from. Pure.

Columns A and B hold keys and values, from column D on stands a table of the items with their names in the first row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evaluator.workbook.form import FORMAT, LISTS, Choices, Form, Item, RulesetMark, letters

MARK = "duibiao-form"
_HEADS = ("kind", "id", "label", "unit", "parts", "contents", "rulesets", "street", "group")
_FIRST = 3
_LABEL = letters(_FIRST + _HEADS.index("label"))
_GROUPS = {"events": "活动", "documents": "文件"}


class Lists(NamedTuple):
    """What a form says of itself."""

    format: int
    kind: str
    engine: str
    rulesets: tuple[RulesetMark, ...]
    items: tuple[Item, ...]
    sheets: tuple[str, ...] = ()


def cells(form: Form) -> Iterator[tuple[int, int, str]]:
    """Every cell of the sheet: row, column, text."""
    about = [
        (MARK, str(FORMAT)),
        ("subject", form.kind),
        ("engine", form.engine),
        ("sheets", " ".join(sheet.id for sheet in form.tables())),
        *(("ruleset", f"{one.id} {one.version} {one.digest}") for one in form.rulesets),
    ]
    for row, (key, value) in enumerate(about):
        yield row, 0, key
        yield row, 1, value
    for column, head in enumerate(_HEADS, _FIRST):
        yield 0, column, head
    for row, item in enumerate(form.items, 1):
        values = (
            item.kind,
            item.id,
            item.label,
            item.unit,
            " ".join(item.parts),
            item.contents,
            " ".join(item.rulesets),
            "1" if item.street else "",
            _GROUPS.get(item.kind, ""),
        )
        for column, value in enumerate(values, _FIRST):
            if value:
                yield row, column, value


def listed(choices: Choices) -> str:
    """The range of labels that ``choices`` offers, for a drop-down."""
    return f"='{LISTS}'!${_LABEL}${choices.first + 2}:${_LABEL}${choices.last + 2}"


def whole(form: Form, head: str) -> str:
    """The column ``head`` of the table of items, for look-ups by label or id."""
    letter = letters(_FIRST + _HEADS.index(head))
    return f"'{LISTS}'!${letter}$2:${letter}${max(2, len(form.items) + 1)}"


def read(rows: Sequence[Sequence[object]]) -> Lists | None:
    """What the sheet says; None where it is none of ours. A ``format`` that is no number is 0."""
    about: dict[str, list[str]] = {}
    for row in rows:
        if len(row) > 1 and row[0] != "":
            about.setdefault(_text(row[0]), []).append(_text(row[1]))
    if MARK not in about:
        return None
    marks = [one.split(" ") for one in about.get("ruleset", ())]
    return Lists(
        int(about[MARK][0]) if about[MARK][0].isdecimal() else 0,
        about.get("subject", [""])[0],
        about.get("engine", [""])[0],
        tuple(RulesetMark(*one) for one in marks if len(one) == 3),
        tuple(_items(rows)),
        tuple(about.get("sheets", [""])[0].split()),
    )


def _items(rows: Sequence[Sequence[object]]) -> Iterator[Item]:
    for row in rows[1:]:
        kind, name, label, unit, parts, contents, rulesets, street, *_ = (
            *map(_text, row[_FIRST:]),
            *[""] * len(_HEADS),
        )
        if kind and name:
            yield Item(
                kind,
                name,
                label,
                unit,
                tuple(parts.split()),
                contents,
                tuple(rulesets.split()),
                street == "1",
            )


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
