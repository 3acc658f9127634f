"""The entries of a submission: events, documents, statements and units, as small as they can be. Work, never persons."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Self

import msgspec
from msgspec import Meta, Struct
from pydantic import GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from evaluator import entry_forms
from evaluator.entry_forms import MOST_PRESENT
from evaluator.exact import Number
from evaluator.model import Model

_Attendance = Annotated[int, Meta(ge=0, le=MOST_PRESENT)]


class Entry(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """Base of every entry. ``form`` is what pydantic reads it by: there stands what is right in it, and there faults are told."""

    form: ClassVar[type[Model]]
    model_fields: ClassVar[dict[str, FieldInfo]]
    id: str

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.model_fields = cls.form.model_fields

    def model_copy(self, *, update: dict[str, Any]) -> Self:
        """The entry with other values, which are right, in some of its fields."""
        return msgspec.structs.replace(self, **update)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(cls._read, handler.generate_schema(cls.form))

    @classmethod
    def _read(cls, value: Any, form: core_schema.ValidatorFunctionWrapHandler) -> Self:
        return value if isinstance(value, cls) else cls(**vars(form(value)))


class Event(Entry, frozen=True, forbid_unknown_fields=True, gc=False):
    """One dated event; ``expected`` and ``present`` are how many were to come and came, never who."""

    form = entry_forms.Event
    type: str
    date: date
    title: str | None = None
    expected: _Attendance | None = None
    present: _Attendance | None = None
    files: tuple[str, ...] = ()


class Document(Entry, frozen=True, forbid_unknown_fields=True, gc=False):
    """One document's metadata: never its content about persons.

    ``page`` says where in it the requirement stands, ``pages`` where each of the parts in ``contains`` does.
    """

    form = entry_forms.Document
    type: str
    title: str | None = None
    number: str | None = None
    issued: date | None = None
    valid_to: date | None = None
    contains: tuple[str, ...] = ()
    page: str | None = None
    pages: dict[str, str] = {}
    files: tuple[str, ...] = ()


class Statement(Entry, frozen=True, forbid_unknown_fields=True, gc=False):
    """One yes or no about the institution."""

    form = entry_forms.Statement
    type: str
    value: bool
    note: str | None = None
    files: tuple[str, ...] = ()


class Unit(Entry, frozen=True, forbid_unknown_fields=True, gc=False):
    """One unit of the subject (a residential quarter, a street) with its own counts and statements."""

    form = entry_forms.Unit
    name: str | None = None
    counts: dict[str, Number] = {}
    statements: dict[str, bool] = {}
