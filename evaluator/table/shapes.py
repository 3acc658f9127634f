"""What kind of cell a field of a model becomes: read off its annotation, so that a new field finds its place by itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from evaluator.checks import BaseCheck
from evaluator.exact import Exact
from evaluator.model import Model

Kind = Literal[
    "text", "exact", "dated", "lose", "date", "whole", "yes", "choice",
    "texts", "wholes", "choices", "words", "parts", "inside", "node", "rows", "data",
]  # fmt: skip
# What fills one cell; the others are several columns, rows of their own, or (``data``) what has no form of its own yet.
SCALARS = frozenset(
    ("text", "exact", "dated", "lose", "date", "whole", "yes", "choice", "texts", "wholes", "choices", "parts", "data")
)  # fmt: skip


class Shape(NamedTuple):
    """How a field is written: ``values`` of a choice, ``models`` of what stands inside; ``nullable`` where it may be null."""

    kind: Kind
    values: tuple[str, ...] = ()
    models: tuple[type[Model], ...] = ()
    nullable: bool = False


class Field(NamedTuple):
    """A field of a model under the key that files use; ``required`` where the key must stand, be it null."""

    key: str
    shape: Shape
    required: bool


@lru_cache(maxsize=256)
def fields_of(model: type[Model]) -> tuple[Field, ...]:
    """The fields of ``model`` in order."""
    fields = model.model_fields.items()
    return tuple(Field(info.alias or name, shape_of(info), info.is_required()) for name, info in fields)


def shape_of(info: FieldInfo) -> Shape:
    """The shape of a field."""
    kinds = list(_alternatives(info.annotation))
    found = _shape([one for one in kinds if one is not NoneType])
    return found._replace(nullable=NoneType in kinds)


def _alternatives(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for one in get_args(annotation):
            yield from _alternatives(one)
    else:
        yield annotation


def _shape(kinds: list[Any]) -> Shape:
    models = tuple(one for one in kinds if _is_model(one))
    if models and len(models) == len(kinds):
        return _of_models(models)
    if len(kinds) == 1:
        return _single(kinds[0])
    if Exact in kinds:
        return Shape("dated" if any(get_origin(one) is dict for one in kinds) else "lose", _literals(kinds))
    return Shape("data")


def _single(kind: Any) -> Shape:
    plain: dict[Any, Kind] = {str: "text", Exact: "exact", date: "date", bool: "yes", int: "whole"}
    if kind in plain:
        return Shape(plain[kind])
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal:
        return Shape("choice", _literals([kind]))
    if origin is tuple and len(inside) == 2 and inside[1] is Ellipsis:
        return _several(_shape(list(_alternatives(inside[0]))))
    if origin is dict and all(_is_words(one) for one in _alternatives(inside[1])):
        return Shape("parts")
    return Shape("data")


def _several(one: Shape) -> Shape:
    several: dict[str, Kind] = {"text": "texts", "whole": "wholes", "choice": "choices"}
    if one.kind in several:
        return Shape(several[one.kind], one.values)
    return Shape("rows", models=one.models) if one.models else Shape("data")


def _of_models(models: tuple[type[Model], ...]) -> Shape:
    if any(issubclass(one, BaseCheck) for one in models):
        return Shape("node", models=models)
    if len(models) > 1:
        return Shape("data")
    return Shape("words" if _is_words(models[0]) else "inside", models=models)


def _literals(kinds: list[Any]) -> tuple[str, ...]:
    return tuple(str(value) for one in kinds if get_origin(one) is Literal for value in get_args(one))


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _is_words(kind: Any) -> bool:
    return _is_model(kind) and kind.model_fields.keys() == {"zh", "en"}
