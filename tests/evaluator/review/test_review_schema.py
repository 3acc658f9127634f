"""The published JSON Schema of reviews agrees with what the engine reads."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from evaluator.reading import read_yaml
from evaluator.review_form.skeleton import skeleton
from evaluator.schemas import schemas
from tests.evaluator.review.test_bad_reviews import BAD, EXPECTED, HEAD
from tests.evaluator.review.test_review_forms import RULES, SENT
from tests.evaluator.review.typing_in import matter

VALIDATOR = Draft202012Validator(schemas()["review"])
# What a schema can see: a type, a key, a pattern, a choice.
STRUCTURAL = {
    "missing",
    "literal_error",
    "extra_forbidden",
    "nothing_corrected",
    "no_staff_number",
    "bad_number",
}


def data(name: str) -> Any:
    text = (BAD / name).read_text(encoding="utf-8")
    own = {line.partition(":")[0] for line in text.splitlines() if not line.startswith((" ", "#"))}
    lines = [line for line in HEAD.splitlines() if line.partition(":")[0] not in own]
    return read_yaml("\n".join([*lines, text]), name).data


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_is_wrong_in_structure_does_not_fit_and_nothing_else(name) -> None:
    structural = {one["code"] for one in EXPECTED[name]} & STRUCTURAL
    assert VALIDATOR.is_valid(data(name)) is not bool(structural)


def test_a_skeleton_fits_as_soon_as_it_is_signed() -> None:
    text = skeleton(matter(RULES, SENT), "zh").replace(
        'role: , unit: "", number: ""', 'role: expert, unit: 某院, number: "7"'
    )
    assert list(VALIDATOR.iter_errors(read_yaml(text, "r.yaml").data)) == []
