"""The columns that a model's own values take: nested models side by side, texts once a language. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from evaluator.model import Model
from evaluator.table.names import NAMES
from evaluator.table.shapes import SCALARS, Field, Shape, fields_of

# What a check reads: the kind of catalogue item that each of these keys names.
ITEM_KEYS: dict[str, str] = {
    "count": "counts",
    "events": "events",
    "documents": "documents",
    "statement": "statements",
    "numerator": "counts",
    "denominator": "counts",
    "each": "units",
}
_NUMBERS = ("exact", "dated", "lose")


class Scalar(NamedTuple):
    """One value of a model: where it stands in its data, the column that shows it, and the key of its name and words."""

    column: str
    path: tuple[str, ...]
    shape: Shape
    key: str
    required: bool = False


@lru_cache(maxsize=256)
def scalars(model: type[Model], prefix: str) -> tuple[Scalar, ...]:
    """The values of ``model`` in order; what has rows of its own is not among them."""
    return tuple(_scalars(model, prefix, ()))


def _scalars(model: type[Model], prefix: str, path: tuple[str, ...]) -> Iterator[Scalar]:
    for field in fields_of(model):
        here = (*path, field.key)
        shape = field.shape
        if shape.kind == "words":
            for language in ("zh", "en"):
                yield _scalar((*here, language), Shape("text"), prefix, required=False)
        elif shape.kind == "inside" and not names_an_item(shape.models[0]):
            yield from _scalars(shape.models[0], prefix, here)
        elif shape.kind in SCALARS:
            yield _scalar(here, shape, prefix, required=field.required)


def _scalar(path: tuple[str, ...], shape: Shape, prefix: str, *, required: bool) -> Scalar:
    key = ".".join((prefix, *path)) if prefix else ".".join(path)
    column = ".".join(path)
    marked = f"{path[-1]}:number" if shape.kind in _NUMBERS else ""
    if marked in NAMES and len(path) == 1:
        # The same key holds a word in one model and a number in another: two columns.
        return Scalar(marked, path, shape, marked, required)
    return Scalar(column, path, shape, key, required)


@lru_cache(maxsize=256)
def fields_by_key(model: type[Model]) -> dict[str, Field]:
    """The fields of ``model`` by their keys."""
    return {field.key: field for field in fields_of(model)}


def names_an_item(model: type[Model]) -> bool:
    """Whether a model does nothing but name one catalogue item."""
    return all(field.key in ITEM_KEYS and field.shape.kind == "text" for field in fields_of(model))


def insides(model: type[Model], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """The nested models of ``model`` with their paths, outermost first."""
    for field in fields_of(model):
        if field.shape.kind == "inside" and not names_an_item(field.shape.models[0]):
            yield (*path, field.key), field
            yield from insides(field.shape.models[0], (*path, field.key))


def reach(data: Any, path: tuple[str, ...]) -> Any:
    """What stands at ``path``; None where nothing does."""
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data


def put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Write ``value`` at ``path``, with the mappings above it."""
    for part in path[:-1]:
        data = data.setdefault(part, {})
    data[path[-1]] = value
