"""Canonical JSON and its digest."""

import hashlib
from datetime import date
from fractions import Fraction
from typing import Any
from unicodedata import normalize

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from evaluator.canonical import canonical, digest, plain_data
from evaluator.exact import Exact, parse_exact
from tests.evaluator.building import data, submitted

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abé楼", max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)

# Texts that look like the members that are to go, and such as need escaping, composing or neither.
PIECES = (
    *('":null', ',"a":null', '{"a":null', '"', "\\", ",", ":", "null", "{", "}"),
    *(
        "\n",
        "\x01",
        "\x7f",
        "\u2028",
        "a",
        "e\u0301",
        "\u00e9",
        "\u0301",
        "\u0338",
        "楼",
        "\uac00\u11a8",
        "😀",
    ),
)
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
KEYS = HOSTILE.filter(lambda one: all(ord(character) < 0x10000 for character in one))
CONTENT = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**54), 2**54)
    | HOSTILE
    | st.dates()
    | st.fractions()
    | st.builds(Exact, st.fractions(), st.booleans()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=2).map(tuple)
        | st.dictionaries(KEYS | st.sampled_from(["a", "b", "c_d"]), inner, max_size=4)
        | st.dictionaries(st.dates(), inner, max_size=2)
    ),
    max_leaves=10,
)


def reference(value: Any) -> Any:
    """What is to be written of ``value``, in the simplest words."""
    match value:
        case dict():
            return {reference(key): reference(one) for key, one in value.items() if one is not None}
        case Exact() | Fraction():
            return str(value)
        case list() | tuple():
            return [reference(one) for one in value]
        case date():
            return value.isoformat()
        case str():
            return normalize("NFC", value)
        case int() if abs(value) >= 2**53:
            return str(value)
    return value


@given(CONTENT)
@example({"a": '","b":null', "b": None})
@example([{"a": None}, {"a": None, "b": None}, {"a": 1, "b": None}, {"a": None, "b": 1}, [None]])
@example({"a b": None, "楼": None, "": None, "\\": None})
@example({"a,": ':null"', "b": [":null", {"c": None}]})
def test_the_canonical_form_is_that_of_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(reference(value))


def test_a_text_that_utf_8_cannot_write_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical({"a": "\ud800"})


def shuffled(value: object) -> object:
    if isinstance(value, dict):
        return {key: shuffled(one) for key, one in reversed(value.items())}
    return [shuffled(one) for one in value] if isinstance(value, list) else value


def test_the_digest_is_the_sha_256_of_rfc_8785() -> None:
    assert (
        digest({"b": [1, True], "a": "楼"})
        == "sha256:" + hashlib.sha256('{"a":"楼","b":[1,true]}'.encode()).hexdigest()
    )


@given(JSON)
def test_the_order_of_keys_never_matters(value: object) -> None:
    assert digest(shuffled(value)) == digest(value)


@given(st.dictionaries(st.text("abc", max_size=3), JSON, max_size=3))
def test_a_null_is_as_good_as_absent(value: dict) -> None:
    assert digest({**value, "zz": None}) == digest(value)


def test_texts_are_compared_in_nfc() -> None:
    assert digest({"e\u0301": "e\u0301"}) == digest({"\u00e9": "\u00e9"})


def test_numbers_beyond_what_json_tells_apart_are_texts() -> None:
    assert plain_data(2**53) == str(2**53)
    assert plain_data(2**53 - 1) == 2**53 - 1


def test_different_exact_numbers_have_different_digests() -> None:
    assert digest(parse_exact("0.125")) != digest(parse_exact("0.13"))


def test_a_submission_of_the_same_content_has_the_same_digest_however_it_is_written() -> None:
    block = """
        counts:
          buildings: 40
          budget: 40.5
        events:
          - id: E1
            type: meeting
            date: "2025-03-12"
    """
    flow = '{events: [{date: 2025-03-12, type: meeting, id: "E1"}], counts: {budget: "40.50", buildings: "40"}, as_of: null}'
    assert digest(submitted(block)) == digest(submitted(flow))


def test_a_different_submission_has_a_different_digest() -> None:
    assert digest(submitted("{counts: {buildings: 40}}")) != digest(submitted("{counts: {buildings: 41}}"))


def test_an_empty_list_is_as_good_as_none() -> None:
    assert digest(submitted("{events: [], counts: {}}")) == digest(submitted("{}"))


def test_the_reader_gives_the_data_that_the_digest_is_of() -> None:
    assert data("{a: 040, b: 1.10, c: no, d: 2025-01-01}") == {
        "a": "040",
        "b": "1.10",
        "c": "no",
        "d": "2025-01-01",
    }


def test_what_a_model_has_by_default_is_no_content() -> None:
    assert set(plain_data(submitted("{none: [], events: []}"))) == {"submission", "subject", "period"}
