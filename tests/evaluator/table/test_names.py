"""Every key and every value has its Chinese name; what has none yet is not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest

from evaluator.checks.base import BaseCheck
from evaluator.model import Model
from evaluator.table import check_rows
from evaluator.table.cells import text_of, value_of
from evaluator.table.columns import MODELS, of_sheet
from evaluator.table.names import SHEETS, VALUES, named, words_of
from evaluator.table.records import Scalar, insides, scalars
from evaluator.table.shapes import Shape, fields_of

HAN = re.compile("[\u4e00-\u9fff]")


def named_scalars() -> Iterator[Scalar]:
    for models in MODELS.values():
        for model, prefix in models:
            yield from scalars(model, prefix)
    yield from check_rows.columns()


def test_every_field_has_a_chinese_name() -> None:
    keys = {scalar.key.removesuffix(".zh").removesuffix(".en") for scalar in named_scalars()}
    bare = sorted(key for key in keys if named(key) is None or not HAN.search(named(key).zh))
    assert bare == [], "give them names in evaluator/table/names.py"


def test_every_value_of_a_choice_has_a_chinese_word() -> None:
    choices = {(one.key, value) for one in named_scalars() for value in one.shape.values}
    bare = sorted((key, value) for key, value in choices if value not in words_of(key))
    assert bare == [], "give them words in evaluator/table/names.py"


def test_every_kind_of_check_every_way_and_every_use_has_a_chinese_word() -> None:
    assert [word for word in check_rows.kind_words() if word.isascii()] == []
    roles = [
        option
        for column in of_sheet("checks")
        if column.key in ("role", "form") and column.offer
        for option in column.offer.words
    ]
    assert [word for word in roles if word.isascii()] == []


@pytest.mark.parametrize("key", sorted(VALUES))
def test_no_word_stands_for_two_values(key: str) -> None:
    words = [one.zh for one in VALUES[key].values()]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("sheet", sorted(set(SHEETS) - {"guide", "head"}))
def test_no_two_columns_of_a_sheet_have_one_head(sheet: str) -> None:
    heads = [column.title for column in of_sheet(sheet) if column.look != "hidden"]
    assert sorted(set(heads)) == sorted(heads)


def test_what_shares_a_row_shares_no_column() -> None:
    for owner in check_rows.OWNERS.values():
        for field in check_rows.tops(owner):
            for model in field.shape.models:
                parts = check_rows.parts_of(model, field.key)
                own = {one.column for one in parts.scalars}
                for way in parts.ways:
                    for inner in way.shape.models:
                        assert not own & {one.column for one in check_rows.parts_of(inner, way.key).scalars}


def test_a_field_added_to_a_model_gets_a_column_under_its_key() -> None:
    class Added(Model):
        surprise: Literal["one", "two"] | None = None
        numbers: dict[str, int] = {}

    found = {one.column: one for one in scalars(Added, "criterion")}
    assert found["surprise"].shape.values == ("one", "two")
    shape = found["numbers"].shape
    assert shape == Shape("data")
    written = text_of({"a": 1}, shape, "numbers")
    assert value_of(written, shape, "numbers", percent=False, resolve=str) == {"a": 1}


def test_a_check_added_to_the_engine_takes_its_row_without_further_work() -> None:
    class Lateness(BaseCheck):
        kind: Literal["lateness"]
        documents: str | None = None
        events: str | None = None
        due: str
        per: Literal["day", "week", "month"]

    parts = check_rows.parts_of(Lateness, "lateness")
    assert parts.items == ("documents", "events")
    assert [(one.column, named(one.key).zh) for one in parts.scalars] == [
        ("due", "应办期限"),
        ("per", "迟延按"),
    ]


def test_nothing_that_takes_rows_hides_inside_a_nested_model() -> None:
    for models in MODELS.values():
        for model, _ in models:
            for path, field in insides(model):
                rows = [
                    one.key for one in fields_of(field.shape.models[0]) if one.shape.kind in ("rows", "node")
                ]
                assert rows in ([], ["grades"], ["lines"]), path
