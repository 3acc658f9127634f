"""JSON as it is written: the same bytes as the standard encoder, in lines or indented."""

import json

from hypothesis import given
from hypothesis import strategies as st

from evaluator.json_text import json_bytes, json_line

DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=3), DATA, max_size=4)


@given(DOCUMENTS)
def test_a_file_is_what_the_standard_encoder_writes(document: dict) -> None:
    assert json_bytes(document) == (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


@given(DOCUMENTS)
def test_a_line_holds_no_space_and_ends_where_it_ends(document: dict) -> None:
    assert json_line(document) == (
        json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    )


def test_numbers_of_any_size_are_written() -> None:
    assert json_line({"a": 2**70}) == b'{"a":1180591620717411303424}\n'
    assert json_bytes({"a": 2**70}) == b'{\n  "a": 1180591620717411303424\n}\n'


def test_keys_keep_their_order() -> None:
    assert json_line({"b": {"z": [], "a": {}}, "a": "楼"}) == '{"b":{"z":[],"a":{}},"a":"楼"}\n'.encode()
