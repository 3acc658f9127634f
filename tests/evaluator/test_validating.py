"""Data → typed model: what the bad files do not show already."""

import pytest

from evaluator.checks import KINDS
from evaluator.errors import InputError
from evaluator.reading import read_yaml
from evaluator.ruleset import Clauses, Ruleset
from evaluator.submission import Submission
from evaluator.validating import validate

HEAD = 'submission: 1\nsubject: {id: a, name: 甲, kind: community}\nperiod: {from: "2025-01-01", to: "2025-12-31"}\n'


def problems(model: type, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        validate(model, read_yaml(text, "f.yaml"))
    return [f"{one.place.line}: {one.in_language('zh')}" for one in caught.value.problems]


def test_a_valid_file_becomes_its_model() -> None:
    assert validate(Submission, read_yaml(HEAD + "counts: {buildings: 40}", "f.yaml")).counts == {
        "buildings": 40
    }


def test_a_key_is_missing_where_it_should_stand() -> None:
    found = problems(Clauses, 'clauses:\n  - {id: "1", normative: true}\n')
    assert len(found) == 1
    assert found[0].startswith("2: ")
    assert "heading" in found[0]


def test_the_nearest_key_is_offered_at_the_depth_where_it_stands() -> None:
    found = problems(Submission, HEAD + 'documents:\n  - {id: D1, type: plan, isued: "2025-01-08"}\n')
    assert len(found) == 1
    assert found[0].startswith("5: ")
    assert found[0].endswith("是否想写 issued")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_unknown_key_of_any_kind_of_check_is_offered_the_keys_of_that_kind(kind: str) -> None:
    check = f"{{kind: group, any: [{{kind: {kind}, knid: 1}}]}}"
    text = f"ruleset: trial\nsections:\n  - criteria:\n      - check:\n          {check}\n"
    assert any(
        one.endswith("knid。是否想写 kind") and one.startswith("5: ") for one in problems(Ruleset, text)
    )


def test_one_fault_is_told_once() -> None:
    found = problems(Submission, HEAD + "counts: {buildings: many}\n")
    assert len(found) == 1


def test_long_values_are_cut_in_messages() -> None:
    found = problems(Submission, HEAD + f"counts: {{buildings: {'x' * 500}}}\n")
    assert len(found[0]) < 250


LISTS = ["events", "documents", "none", "includes"]


@pytest.mark.parametrize("value", ["true", "1", "[1]", "{a: 1}", "text", "null", '"2025-01-01"'])
@pytest.mark.parametrize("key", ["subject", "period", "counts", "units", "as_of", *LISTS])
def test_any_wrong_type_anywhere_is_said_in_words(key: str, value: str) -> None:
    head = "".join(f"{line}\n" for line in HEAD.splitlines() if not line.startswith(f"{key}:"))
    try:
        validate(Submission, read_yaml(f"{head}{key}: {value}\n", "f.yaml"))
    except InputError as error:
        refused = error.problems
    else:
        return
    for one in refused:
        assert one.place.line is not None
        assert "写法不对（" not in one.what.zh
