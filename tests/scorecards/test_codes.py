"""The short code at the foot of a page: what is typed from paper is read, what is mistyped is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.codes import ALPHABET, CodeFault, code_of, read_code

DIGESTS = st.binary(min_size=32, max_size=32).map(lambda raw: f"sha256:{raw.hex()}")
PLACES = st.integers(0, 19)


def test_a_code_is_five_groups_of_four() -> None:
    assert code_of("sha256:" + "0123456789abcdef" * 4) == "04HM-ASW9-NF6Y-Y093-8NTP"


def test_digests_of_either_algorithm_have_codes() -> None:
    assert code_of("sm3:" + "ab" * 32) == code_of("sha256:" + "ab" * 32)


@given(DIGESTS)
def test_a_code_is_read_as_it_was_written(digest: str) -> None:
    assert read_code(code_of(digest)) == code_of(digest)


@given(DIGESTS, PLACES, st.integers(1, 31))
def test_one_wrong_character_is_noticed(digest: str, place: int, by: int) -> None:
    plain = list(code_of(digest).replace("-", ""))
    plain[place] = ALPHABET[(ALPHABET.index(plain[place]) + by) % 32]
    assert isinstance(read_code("".join(plain)), CodeFault)


@given(DIGESTS, PLACES, PLACES)
def test_two_characters_that_changed_places_are_noticed(digest: str, one: int, other: int) -> None:
    plain = list(code_of(digest).replace("-", ""))
    swapped = list(plain)
    swapped[one], swapped[other] = plain[other], plain[one]
    read = read_code("".join(swapped))
    assert read == code_of(digest) if swapped == plain else isinstance(read, CodeFault)


@pytest.mark.parametrize(
    "typed",
    [
        "04hm-asw9-nf6y-y093-8ntp",
        " 04HM ASW9 NF6Y Y093 8NTP ",
        "O4HM-ASW9-NF6Y-YO93-8NTP",
        "０４ＨＭ－ＡＳＷ９－ＮＦ６Ｙ－Ｙ０９３－８ＮＴＰ",
        "04HMASW9NF6YY0938NTP",
    ],
)
def test_case_blanks_wide_characters_and_what_looks_alike_do_not_matter(typed: str) -> None:
    assert read_code(typed) == "04HM-ASW9-NF6Y-Y093-8NTP"


@pytest.mark.parametrize(
    ("typed", "fault", "said"),
    [
        ("04HM-ASW9-NF6Y-Y093-8NT", "code_length", "20 characters, not 19"),
        ("", "code_length", "20 characters, not 0"),
        ("04HM-ASW9-NF6Y-Y093-8NTU", "code_character", "“U”"),
        ("04HM-ASW9-NF6Y-Y093-8NT\x00", "code_character", "U+0000"),
        ("04HM-ASW9-NF6Y-Y093-8NTW", "code_check", "mistyped"),
    ],
)
def test_what_is_no_code_is_refused_with_the_reason(typed: str, fault: str, said: str) -> None:
    read = read_code(typed)
    assert isinstance(read, CodeFault)
    assert read.code == fault
    assert said in read.what.in_language("en")
