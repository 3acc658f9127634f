"""Text → plain data: YAML and JSON read alike, strictly, with places."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.errors import InputError
from evaluator.limits import DEFAULTS
from evaluator.reading import place_of, read_json, read_yaml

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
TREES = st.recursive(
    st.booleans() | st.none() | st.integers(0, 10**14) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.10", "1.10"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("2025-01-08", "2025-01-08"),
        ("1e3", "1e3"),
        ("12:30", "12:30"),
        ("-5", "-5"),
        ("5%", "5%"),
        ("True", "True"),
        (".inf", ".inf"),
        ("1234567890123456", "1234567890123456"),
        ("0", 0),
        ("40", 40),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"40"', "40"),
        ("'true'", "true"),
    ],
)
def test_scalars_are_text_except_words_and_whole_counts(text: str, value: object) -> None:
    assert read_yaml(f"a: {text}", "f.yaml").data == {"a": value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        ("40", 40),
        ("true", True),
        ("null", None),
        ("1234567890123456", "1234567890123456"),
    ],
)
def test_json_numbers_that_are_no_whole_counts_stay_text(text: str, value: object) -> None:
    assert read_json(f'{{"a": {text}}}', "f.json").data == {"a": value}


@given(st.dictionaries(TEXTS, TREES, max_size=3))
def test_json_reads_the_same_as_json_and_as_yaml(value: dict) -> None:
    text = json.dumps(value)
    assert read_json(text, "f.json").data == value
    if not any(ord(one) > 0xFFFF for one in json.dumps(value, ensure_ascii=False)):
        assert read_yaml(text, "f.yaml").data == value


@pytest.mark.parametrize("reader", [read_json, read_yaml])
def test_places_are_lines_and_columns_of_keys_and_items(reader) -> None:
    source = reader('{\n "a": [1,\n  {"b": 2}]\n}', "f")
    places = source.places()
    assert [places[path][1:3] for path in (("a",), ("a", 1), ("a", 1, "b"))] == [(2, 2), (3, 3), (3, 4)]


def test_the_place_of_a_path_that_is_not_there_is_the_nearest_above() -> None:
    places = read_yaml("a:\n  - kind: ratio\n", "f.yaml").places()
    assert place_of(("a", 0, "ratio", "kind"), places, "f.yaml")[1:3] == (2, 5)
    assert place_of(("a", 0, "numerator"), places, "f.yaml")[1:3] == (2, 5)
    assert place_of((), places, "f.yaml")[1:3] == (1, 1)


def test_an_anchor_repeats_what_it_names() -> None:
    assert read_yaml("a: &x {k: 1}\nb: *x", "f.yaml").data == {"a": {"k": 1}, "b": {"k": 1}}


def problems(reader, text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(InputError) as caught:
        reader(text, "f")
    return [(one.code, one.place.line) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: 1\nb: 2\na: 3", [("duplicate_key", 3)], id="a duplicate key, where it stands again"),
        pytest.param(
            "a: {b: 1, b: 2}\na: 3",
            [("duplicate_key", 1), ("duplicate_key", 2)],
            id="all duplicate keys at once",
        ),
        pytest.param("a: !!int 5", [("tag", 1)], id="a tag"),
        pytest.param("a: !thing {}", [("tag", 1)], id="a tag on a mapping"),
        pytest.param("a: 1\n---\nb: 2", [("second_document", 2)], id="a second document"),
        pytest.param("a: [1", [("syntax", 1)], id="a list that does not end"),
        pytest.param("a: 1\n b: 2", [("syntax", 2)], id="indentation"),
        pytest.param("{[1]: 2}", [("key", 1)], id="a list as key"),
        pytest.param("a: &x [*x]", [("alias", 1)], id="an alias inside its own anchor"),
        pytest.param("a: *x", [("alias", 1)], id="an alias to nothing"),
        pytest.param("a: \x07", [("syntax", 1)], id="a control character"),
    ],
)
def test_what_yaml_is_refused(text: str, expected: list[tuple[str, int]]) -> None:
    assert problems(read_yaml, text) == expected


def test_duplicate_keys_in_json_are_placed_too() -> None:
    assert problems(read_json, '{"a": 1,\n "b": {"c": 1,\n "c": 2}}') == [("duplicate_key", 3)]


@pytest.mark.parametrize(
    ("reader", "opening"), [(read_yaml, "["), (read_json, "["), (read_yaml, "{a: "), (read_json, '{"a": ')]
)
@pytest.mark.parametrize("depth", [DEFAULTS.deepest_nesting + 2, 60_000])
def test_deep_nesting_is_refused_without_recursion(reader, opening: str, depth: int) -> None:
    closing = "]" if opening == "[" else "}"
    inner = "1" if opening != "[" else ""
    assert [code for code, _ in problems(reader, opening * depth + inner + closing * depth)] == ["too_deep"]


@pytest.mark.parametrize("reader", [read_yaml, read_json])
def test_nesting_within_the_bound_is_read(reader) -> None:
    depth = DEFAULTS.deepest_nesting - 1
    assert reader("[" * depth + "]" * depth, "f").data == json.loads("[" * depth + "]" * depth)


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert [code for code, _ in problems(read_yaml, "\n".join(lines))] == ["too_large"]


BROKEN = ["[" * 300, "{" * 300, "- " * 300, "? " * 300, "&a " * 50, "*" * 100, "%YAML 9.9\n---\n", "\t", "'"]


def refusal(reader, text: str) -> InputError | None:
    """The refusal of ``text``, or None where it is read; any other error escapes."""
    try:
        reader(text, "f")
    except InputError as error:
        return error
    return None


@pytest.mark.parametrize("text", BROKEN)
def test_broken_yaml_never_escapes_as_another_error(text: str) -> None:
    refused = refusal(read_yaml, text)
    assert refused is None or all(one.place.line is not None for one in refused.problems)


@given(st.text(st.sampled_from("a:[]{},\n -&*!|>'\"#%@`?楼\t"), max_size=30))
def test_no_text_at_all_escapes_as_another_error(text: str) -> None:
    for reader in (read_yaml, read_json):
        refused = refusal(reader, text)
        assert refused is None or refused.problems


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("a:\n  b: !!int 5", 2, 6), ("a: 1\n  b: 2", 2, 3), ("a: {b: 1, b: 2}", 1, 11)],
)
def test_a_fault_is_placed_to_the_column(text: str, line: int, column: int) -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(text, "f")
    assert [one.place[1:3] for one in caught.value.problems] == [(line, column)]


def test_a_json_file_that_is_too_deep_is_placed_at_its_beginning() -> None:
    with pytest.raises(InputError) as caught:
        read_json("[" * 100_000, "f")
    assert [one.place[:3] for one in caught.value.problems] == [("f", 1, 1)]
