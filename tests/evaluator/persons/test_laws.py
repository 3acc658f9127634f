"""Laws of the guard, on texts that nobody chose: what is written oddly is found, what is ordinary is not, nothing is repeated."""

from __future__ import annotations

import random
import string
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.persons import IDENTITY, echo, found_in, found_in_each, kind_in, masked
from evaluator.persons.digits import plain_digits
from tests.evaluator.persons import corpus

SEPARATORS = st.sampled_from([*" -.·　\u00a0－—_\n\u200b\u00ad\t/", " - "])
SCRIPTS = st.sampled_from(
    [
        "0123456789",
        "０１２３４５６７８９",
        "٠١٢٣٤٥٦٧٨٩",
        "०१२३४५६७८९",
        "⓪①②③④⑤⑥⑦⑧⑨",
        "〇一二三四五六七八九",
        "零幺二三四五六七八九",
    ]
)
AROUND = st.text(alphabet=string.ascii_letters + "社区活动见于的在，。：（）“”《》 \n", max_size=12)
DICE = st.integers(0, 2**32).map(random.Random)


def cut(number: str, places: list[int], separator: str) -> str:
    """``number`` cut at ``places`` by ``separator``."""
    edges = [0, *sorted({place % len(number) for place in places} - {0}), len(number)]
    return separator.join(number[start:end] for start, end in pairwise(edges))


@given(DICE, st.lists(st.integers(1, 17), max_size=5), SEPARATORS, SCRIPTS, AROUND, AROUND)
def test_an_identity_number_is_found_however_it_is_cut_and_written(
    dice, places, separator, script, before, after
) -> None:
    number = cut(corpus.identity_18(dice).translate(str.maketrans("0123456789", script)), places, separator)
    assert IDENTITY in [one.kind for one in found_in(f"{before}{number}{after}")]


@given(DICE, st.sampled_from([(), (3, 7), (3,), (7,), (4, 7), (5,)]), SEPARATORS, SCRIPTS, AROUND, AROUND)
def test_a_mobile_number_is_found_in_the_usual_groups_however_it_is_written(
    dice, places, separator, script, before, after
) -> None:
    number = cut(corpus.mobile(dice).translate(str.maketrans("0123456789", script)), list(places), separator)
    # A figure and a dot before it, or a day behind three figures, would make it something else.
    assert kind_in(f"{before}，{number}，{after}") is not None or _reads_as_a_day(number)


def _reads_as_a_day(number: str) -> bool:
    plain = plain_digits(number)
    return plain[3:5] in ("19", "20") or plain[5:7] in ("19", "20")


@settings(max_examples=200)
@given(DICE, st.integers(3, 12), st.sampled_from("、，,；\n　/"))
def test_a_list_of_three_names_or_more_is_nearly_always_found(dice, number, mark) -> None:
    missed = sum(not found_in(mark.join(corpus.name(dice) for _ in range(number))) for _ in range(20))
    assert missed <= 2


@given(
    st.integers(2011, 2030),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 235959),
    st.integers(0, 999),
)
def test_days_times_and_serials_of_pictures_never_alarm(year, month, day, time, serial) -> None:
    for text in (
        f"IMG_{year}{month:02}{day:02}_{time:06}.jpg",
        f"微信图片_{year}{month:02}{day:02}{time:06}{serial:03}.jpg",
        f"{year}-{month:02}-{day:02} 09:30",
        f"E{serial % 99:02}_{year}{month:02}{day:02}_{serial % 9}.jpg",
        f"社发〔{year}〕{serial}号",
    ):
        assert kind_in(text) is None


@given(st.lists(st.dates().map(str), min_size=1, max_size=30), st.sampled_from(["、", ", ", "\n", " ", "；"]))
def test_a_row_of_days_never_alarms(days, mark) -> None:
    assert kind_in(mark.join(days)) is None


@given(
    st.lists(st.integers(0, 99_999), min_size=1, max_size=30), st.sampled_from(["、", ", ", "，", "；", "/n"])
)
def test_a_row_of_figures_in_ordinary_marks_never_alarms(figures, mark) -> None:
    assert kind_in(mark.join(map(str, figures))) is None


@given(
    DICE,
    st.sampled_from(["TOPICS", "OFFICES", "PEOPLES", "FESTIVALS"]),
    st.integers(2, 6),
    st.sampled_from("、，；/\n 　"),
)
def test_a_list_of_topics_offices_peoples_or_festivals_never_alarms(dice, words, number, mark) -> None:
    assert kind_in(mark.join(dice.sample(getattr(corpus, words), number))) is None


@given(st.text(max_size=300))
def test_what_is_found_lies_in_the_text_in_order_and_apart(text) -> None:
    found = found_in(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


ANY_TEXT = st.sampled_from([*(one.text for one in corpus.positives()), *corpus.innocents()])


@given(st.lists(ANY_TEXT, max_size=8))
def test_texts_searched_together_say_what_each_says_alone(texts) -> None:
    together = list(found_in_each(texts))
    assert together == [(n, found) for n, text in enumerate(texts) for found in found_in(text)]


def test_nothing_that_is_refused_is_echoed() -> None:
    for example in corpus.positives():
        found, shown = found_in(example.text), echo(example.text, 4000)
        assert "…" in shown or not found
        assert found_in(masked(example.text)) == []
        assert not any(example.text[one.start : one.end] in shown for one in found)


@given(DICE, AROUND, AROUND, st.integers(1, 80))
def test_an_echo_is_short_and_holds_no_number_of_a_person(dice, before, after, longest) -> None:
    number = corpus.identity_18(dice)
    shown = echo(f"{before}{number}{after}", longest)
    assert len(shown) <= longest
    assert number[6:14] not in shown


def test_an_echo_keeps_what_is_nobodys() -> None:
    assert echo("2025/3/12") == "2025/3/12"
    assert echo("电话 138 0013 8000") == "电话 …"
    assert echo("张三、李四、王五") == "…"
    assert echo("安全、文明、和谐") == "安全、文明、和谐"
    assert echo(40) == "40"
    assert echo("甲" * 100) == "甲" * 40
    # Longer than the numbers that are known, and yet none to print: a message needs no long number.
    assert echo("12345678901234567890") == "…"


HOSTILE = (
    "1|1 |1-|a@|@a.|张三、|张 |、|138|*|1*|身份证|姓名：|一二三|①|1\u200b|微信：|\n|(|电话|0871-|·张三|和李四|张|有张三|（"
).split("|")


# The head begins what the piece never ends.
HOSTILE_AFTER = [
    (head, piece)
    for head in ("张", "张三", "1", "138", "a@", "姓名：", "微信", "身份证", "“张三", "电话", "张(")
    for piece in ("、", " ", "(", "\n", ".", "*", "”", "·", "1", "a", "：", "和", "\u200b")
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_text_of_one_piece_over_and_over_is_read_to_its_end(piece) -> None:
    # Time is linear (benchmarks/test_guard.py measures a megabyte): were it not, this would not end.
    assert isinstance(found_in(piece * (200_000 // len(piece))), list)


def test_a_long_text_that_never_ends_what_it_begins_is_read_to_its_end() -> None:
    for head, piece in HOSTILE_AFTER:
        assert isinstance(found_in(head + piece * 100_000), list)
