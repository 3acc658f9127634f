"""Numbers of persons: what makes one, and what looks like one and is none. All numbers here are made up or public samples."""

from __future__ import annotations

import pytest

from evaluator.persons import CARD, IDENTITY, LANDLINE, TELEPHONE, TRAVEL, found_in, kind_in
from evaluator.persons.checksums import is_bank_card, is_credit_code, is_identity_15, is_identity_18, luhn


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("11010519491231002X", True),  # the sample that GB 11643 prints
        ("110105194912310021", False),  # another last character
        ("11010519491331002X", False),  # no thirteenth month
        ("99010519491231002X", False),  # no such province
        ("110101209003070018", True),
        ("910000209003070010", False),  # a permanent resident's holds a province
    ],
)
def test_an_identity_number_has_a_region_a_day_and_a_checksum(number: str, is_one: bool) -> None:
    assert is_identity_18(number) is is_one


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("110105491231002", True),
        ("110105491331002", False),
        ("510104201103121", False),  # a region and a day of 2011, not one of 1920
        ("110105491231000", False),  # the order begins with 001
    ],
)
def test_an_identity_number_of_the_old_form_has_a_region_and_a_day(number: str, is_one: bool) -> None:
    assert is_identity_15(number) is is_one


def test_the_number_of_a_paper_that_begins_with_region_and_day_is_no_identity_number() -> None:
    assert kind_in("510100202503120001") is None
    assert kind_in("510104-2025-0312-0001") is None


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("91510100MA61RKR7X8", False),  # a wrong check character
        ("91350100M000100Y43", True),  # the sample that GB 32100 prints
        ("91350100M000100Y44", False),
        ("31350100M000100Y4", False),
    ],
)
def test_a_unified_social_credit_code_has_its_own_checksum(code: str, is_one: bool) -> None:
    assert is_credit_code(code) is is_one


def test_a_unified_social_credit_code_is_nobodys_number() -> None:
    assert kind_in("统一社会信用代码：91350100M000100Y43") is None
    # A code of figures alone, that begins like a card and fits Luhn's checksum: its own tells what it is.
    code = "625101044508240405"
    assert luhn(code)
    assert is_credit_code(code)
    assert kind_in(code) is None
    assert kind_in("625101044508240406") is None


def test_a_bank_card_has_a_prefix_a_length_and_luhns_checksum() -> None:
    assert luhn("4111111111111111")
    assert is_bank_card("6222021234567890128")
    assert not is_bank_card("6222021234567890129")
    assert not is_bank_card("1234567890123452")
    assert not is_bank_card("6666666666666666666")


@pytest.mark.parametrize(
    "text",
    [
        "138 0013 8000",
        "138-0013-8000",
        "1380013 8000",
        "13-800-138-000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "+86 138 0013 8000",
        "013800138000",
    ],
)
def test_a_mobile_number_is_known_in_the_groups_that_people_write(text: str) -> None:
    assert kind_in(text) == TELEPHONE


@pytest.mark.parametrize(
    "text",
    [
        "139 25 12 8500",  # four figures in a row
        "1 3 8 0 0 1 3 8 0 0 0 2",  # twelve of them
        "13,800,138,000",
        "13 800 138 000",
        "13800138000元",
        "13800138000.50",
        "￥13800138000",
        "0.13800138000",
        "138 20250312",
        "150 2024 2025",
        "12800138000",
        "138001380001",
        "9f13800138000aa0f13800138000bb0f",  # part of a digest
    ],
)
def test_figures_that_only_look_like_a_mobile_number_are_left_alone(text: str) -> None:
    assert kind_in(text) is None


def test_a_number_partly_masked_is_a_persons_all_the_same() -> None:
    assert kind_in("138****8000") == TELEPHONE
    assert kind_in("110101********0018") == IDENTITY
    assert kind_in("6222 **** **** 0128") == CARD
    assert kind_in("****") is None
    assert kind_in("2025-xx-xx") is None


def test_a_fixed_line_may_stand_where_a_hotline_is_stated_and_nowhere_else() -> None:
    for text in ("0874-23456789", "(010)2345678", "400-810-0000", "电话：2345678"):
        assert kind_in(text) == LANDLINE
        assert kind_in(text, public_telephone=True) is None
    assert kind_in("13800138000", public_telephone=True) == TELEPHONE


def test_a_short_service_number_may_stand_anywhere() -> None:
    for text in ("12345热线", "110宣传日", "12348、12315", "拨打96128"):
        assert kind_in(text) is None


@pytest.mark.parametrize(
    "text", ["021-20250312", "0312-2025001", "E0871-2345678", "0.0874-23456789", "0101-2345678"]
)
def test_figures_that_only_look_like_a_fixed_line_are_left_alone(text: str) -> None:
    assert kind_in(text) is None


def test_a_passport_is_known_by_its_label_alone() -> None:
    assert kind_in("护照号E12345678") == TRAVEL
    assert kind_in("G12345678") is None
    assert kind_in("E20250312") is None


def test_a_label_makes_up_for_a_checksum_that_does_not_hold() -> None:
    assert kind_in("110101209003070011") is None
    assert kind_in("身份证号：110101209003070011") == IDENTITY


def test_each_number_of_a_text_is_found_with_its_place() -> None:
    text = "值班13800138000，备用154-1234-5678；证号 11010519491231002X"
    assert [(one.kind, text[one.start : one.end]) for one in found_in(text)] == [
        (TELEPHONE, "13800138000"),
        (TELEPHONE, "154-1234-5678"),
        (IDENTITY, "11010519491231002X"),
    ]
