"""Typed models made of fields that are known to be right: as pydantic would have made them, without asking it again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel

from evaluator.model import Model

M = TypeVar("M", bound=Model)

_new = object.__new__
_set_fields = BaseModel.__dict__["__dict__"].__set__
_set_keys = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__


def build(model: type[M], fields: dict[str, Any], keys: Iterable[str]) -> M:
    """A ``model`` of all its ``fields``, in their order; ``keys`` are those that were written.

    ``model_construct`` does the same in five times the time.
    """
    made: M = _new(model)
    _set_fields(made, fields)
    _set_keys(made, set(keys))
    _set_extra(made, None)
    _set_private(made, None)
    return made
