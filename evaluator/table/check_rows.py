"""Checks, deductions, steps … as rows: what a row is for, its kind, its values; what stands inside in rows below it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from evaluator.checks import KINDS, BaseCheck
from evaluator.model import Model
from evaluator.ruleset import Criterion, Deductions, Section
from evaluator.table.cells import referred, text_of
from evaluator.table.names import name, named
from evaluator.table.records import ITEM_KEYS, Scalar, fields_by_key, names_an_item, reach, scalars
from evaluator.table.shapes import Field

MEMBER = "member"
# How the members of a group combine, and the key under which they stand.
FORMS: dict[str, dict[str, str]] = {"group": {"all": "all", "any": "any", "of": "of", "each": "check"}}
# What stands on sheets of its own.
_ELSEWHERE = frozenset({"criteria", "grades", "sections"})


class CheckRow(NamedTuple):
    """One row: whose it is (``owner``), its place among the rows of that owner (``1.2.1``), and the texts of its cells."""

    owner: str
    number: str
    values: dict[str, str]


class Parts(NamedTuple):
    """How a model takes rows: its own values, ways of a line that share its row, what stands in rows below."""

    scalars: tuple[Scalar, ...]
    ways: tuple[Field, ...]
    below: tuple[Field, ...]
    items: tuple[str, ...]


@lru_cache(maxsize=64)
def parts_of(model: type[Model], prefix: str) -> Parts:
    """What a row of ``model`` holds."""
    fields = fields_by_key(model)
    is_check = issubclass(model, BaseCheck)
    items = tuple(key for key, one in fields.items() if key in ITEM_KEYS and one.shape.kind == "text")
    ways = tuple(
        one
        for one in fields.values()
        if not is_check
        and (one.shape.kind == "node" or (one.shape.kind == "inside" and names_an_item(one.shape.models[0])))
    )
    below = tuple(
        one for one in fields.values() if one.shape.kind == "rows" or (is_check and one.shape.kind == "node")
    )
    own = tuple(one for one in scalars(model, prefix) if one.path[-1] != "kind" and one.column not in items)
    return Parts(own, ways, below, items)


def tops(model: type[Model]) -> tuple[Field, ...]:
    """The fields of an owner (a criterion, a section, the deductions from the total) that rows begin with."""
    return tuple(
        one
        for one in fields_by_key(model).values()
        if one.shape.kind in ("node", "rows") and one.key not in _ELSEWHERE
    )


OWNERS: dict[str, type[Model]] = {"criterion": Criterion, "section": Section, "total": Deductions}


def model_of(field: Field, data: Mapping[str, Any]) -> type[Model]:
    """The model of what stands under ``field``: a check's kind says which."""
    kind = data.get("kind")
    if kind is not None and (found := KINDS.get(str(kind))) in field.shape.models:
        assert found is not None
        return found
    return field.shape.models[0]


def prefix_of(field: Field, model: type[Model]) -> str:
    """What the names of the values of ``model`` are looked up under."""
    return kind_of(model) or field.key


def kind_of(model: type[Model]) -> str:
    """The kind of a check; empty for what is none."""
    return next((kind for kind, one in KINDS.items() if one is model), "")


def rows_of(
    owner: str, model: type[Model], data: Mapping[str, Any], labels: Mapping[str, str]
) -> Iterator[CheckRow]:
    """The rows of one owner's ``data``; ``labels`` are those of the catalogue."""
    count = 0
    for field in tops(model):
        found = data.get(field.key)
        for one in found if isinstance(found, list) else [found] if found else []:
            count += 1
            yield from _rows(owner, field, one, str(count), field.key, labels)


def _rows(
    owner: str, field: Field, data: Mapping[str, Any], number: str, role: str, labels: Mapping[str, str]
) -> Iterator[CheckRow]:
    values = {"role": name(role).zh}
    below: list[tuple[Field, str, Any]] = []
    model = model_of(field, data)
    _fill(values, below, field, model, data, labels)
    way = next((one for one in parts_of(model, "").ways if data.get(one.key)), None)
    if way is not None:
        inner = data[way.key]
        values["form"] = name(f"{field.key}.{way.key}").zh
        _fill(values, below, way, model_of(way, inner), inner, labels)
    yield CheckRow(owner, number, values)
    for n, (inside, inner_role, one) in enumerate(below, 1):
        yield from _rows(owner, inside, one, f"{number}.{n}", inner_role, labels)


def _fill(
    values: dict[str, str],
    below: list[tuple[Field, str, Any]],
    field: Field,
    model: type[Model],
    data: Mapping[str, Any],
    labels: Mapping[str, str],
) -> None:
    parts = parts_of(model, prefix_of(field, model))
    kind = kind_of(model)
    if kind:
        values["kind"] = kind_word(kind, form_of(kind, data))
    for key in parts.items:
        if key in data:
            values["denominator" if key == "denominator" else "evidence"] = referred(str(data[key]), labels)
    parts_prefix = f"{data.get('documents', '')}."
    known = {
        key.removeprefix(parts_prefix): one for key, one in labels.items() if key.startswith(parts_prefix)
    }
    for one in parts.scalars:
        text = text_of(reach(data, one.path), one.shape, one.key, known if one.column == "contains" else None)
        if text:
            values[one.column] = text
    members = FORMS.get(kind, {}).values()
    # What a group is made of comes before how it is graded.
    for inside in sorted(parts.below, key=lambda one: one.key not in members):
        found = data.get(inside.key)
        several = found if isinstance(found, list) else [found] if found else []
        below += [(inside, MEMBER if inside.key in members else inside.key, one) for one in several]


def form_of(kind: str, data: Mapping[str, Any]) -> str:
    """How the members of a group combine; empty for other kinds."""
    return next((form for form in FORMS.get(kind, ()) if data.get(form) is not None), "")


def kind_word(kind: str, form: str) -> str:
    """The word for a kind of check."""
    words = named(f"{kind}.{form}" if form else f"kind.{kind}")
    return words.zh if words is not None else kind


@lru_cache(maxsize=1)
def columns() -> tuple[Scalar, ...]:
    """The columns of values, in the order in which a walk over every model that checks are made of meets them first."""
    found: dict[str, Scalar] = {}
    seen: set[tuple[str, type[Model]]] = set()

    def walk(field: Field) -> None:
        for model in field.shape.models:
            prefix = prefix_of(field, model)
            if (prefix, model) in seen:
                continue
            seen.add((prefix, model))
            parts = parts_of(model, prefix)
            for one in parts.scalars:
                known = found.setdefault(one.column, one)
                # A choice offers what any of the models takes.
                values = tuple(dict.fromkeys((*known.shape.values, *one.shape.values)))
                found[one.column] = known._replace(shape=known.shape._replace(values=values))
            for inside in (*parts.ways, *parts.below):
                walk(inside)

    for owner in OWNERS.values():
        for field in tops(owner):
            walk(field)
    return tuple(found.values())


def kind_words() -> dict[str, tuple[str, str]]:
    """The words for kinds of checks: kind and form by word."""
    return {kind_word(kind, form): (kind, form) for kind in KINDS for form in (FORMS.get(kind) or {"": ""})}
