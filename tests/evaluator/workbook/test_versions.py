"""A form that was made from another version of a ruleset is read, and says what came and went since."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.ruleset import Ruleset
from evaluator.workbook.making import Filled
from evaluator.workbook.reading import read_form
from evaluator.workbook.versions import changes
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.workbook.forms import YEAR, changed, made, problems, put

OLD = "[{check: {kind: quantity, count: visits, at_least: 2}}, {check: {kind: statement, statement: desk}}]"
NEW = (
    "[{check: {kind: quantity, count: visits, at_least: 3}}, {check: {kind: statement, statement: hotline}}]"
)


@lru_cache(maxsize=4)
def form() -> bytes:
    return made(Filled("community", "demo", "示例", start=YEAR[0], end=YEAR[1]), (ruleset(OLD),))


def said(now: Ruleset, catalogue: Catalogue = CATALOGUE) -> list[str]:
    found = read_form(form(), "f.xlsx")
    mark = found.about.rulesets[0]
    return [one.in_language("zh") for one in changes(found, mark, now, catalogue)]


def version(text: str, number: str) -> Ruleset:
    return ruleset(text).model_copy(update={"version": number})


def retired(**update: Any) -> Catalogue:
    items = {**CATALOGUE.statements, "desk": CATALOGUE.statements["desk"].model_copy(update=update)}
    return CATALOGUE.model_copy(update={"statements": items})


def test_a_form_of_the_same_ruleset_has_nothing_to_note() -> None:
    assert said(ruleset(OLD)) == []


def test_both_versions_and_the_items_that_came_and_went_are_named() -> None:
    assert said(version(NEW, "1.1.0")) == [
        (
            "f.xlsx: 这张表按 trial 1.0.0 版制作，现在是 1.1.0 版；新增：开通热线，表里没有，"
            "可用 duibiao convert 换成新表再补填；不再用到：设有受理点"
        )
    ]


def test_a_threshold_alone_changes_nothing_that_is_filled() -> None:
    raised = OLD.replace("at_least: 2", "at_least: 3")
    assert said(version(raised, "1.0.1")) == [
        "f.xlsx: 这张表按 trial 1.0.0 版制作，现在是 1.0.1 版；要填的内容没有变化"
    ]


def test_an_item_that_is_retired_is_named() -> None:
    assert said(ruleset(OLD), retired(retired="1.2.0"))[0].endswith("不再用到：设有受理点")
    assert "设有受理点" not in str(made(Filled("community"), (ruleset(OLD),), retired(retired="1.2.0")))


def test_an_item_that_is_no_more_is_refused_by_name_where_it_is_filled() -> None:
    without = CATALOGUE.model_copy(update={"statements": {"hotline": CATALOGUE.statements["hotline"]}})
    content = changed(form(), lambda book: put(book, "事项声明", "desk", value="是"))
    assert problems(content, without) == [
        "f.xlsx:事项声明!C3: [unknown_item] 目录中没有事项 desk。可用的有：hotline"
    ]
    assert problems(form(), without) == []


def test_a_street_s_form_is_told_of_what_a_street_states_alone() -> None:
    street = made(Filled("street", "jiedao", "示例街道", start=YEAR[0], end=YEAR[1]), (ruleset(OLD),))
    found = read_form(street, "f.xlsx")
    now = version(
        "[{check: {kind: document, documents: permit}}, {check: {kind: statement, statement: desk}}]", "1.1.0"
    )
    told = [one.in_language("zh") for one in changes(found, found.about.rulesets[0], now, CATALOGUE)]
    assert len(told) == 1
    assert "新增：许可" in told[0]
    assert "受理点" not in told[0]
