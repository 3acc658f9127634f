"""What the guard passes over at once is what a full search finds nothing in: every shortcut against the search that it spares."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.persons import (
    APART,
    IN_A_LIST,
    digits,
    found_in,
    found_in_each,
    is_in_doubt_at_an_end,
    labelled,
    name_labels,
    stand_within,
    texts_in_doubt,
    texts_to_look_at,
)
from evaluator.persons.label_search import matches
from evaluator.persons.name_items import FOLLOWS, LEADS, TITLES
from evaluator.persons.name_tables import (
    CLEAR_SURNAMES,
    COMMON_SURNAMES,
    DOUBLE_SURNAMES,
    GIVEN,
    NAME_PARTS,
    TRADITIONAL,
)
from evaluator.persons.names import WORD, _may_be_of_a_list
from evaluator.persons.strong_names import lines_to_look_at
from tests.evaluator.persons import corpus

_GIVEN = sorted(GIVEN)
_WORDS_OF_NAMES = st.one_of(
    *(
        st.sampled_from(sorted(some))
        for some in (
            CLEAR_SURNAMES,
            COMMON_SURNAMES,
            GIVEN,
            DOUBLE_SURNAMES | NAME_PARTS,
            LEADS,
            FOLLOWS,
            TITLES,
            {chr(old) for old in TRADITIONAL},
            "和与及、，,\n　 ·•1a（）〇é社区活动的不务〔",
        )
    )
)
_LABELS = st.sampled_from(
    [
        *labelled.LABELS,
        *labelled.LATIN_LABELS,
        *map(str.upper, labelled.LATIN_LABELS),
        *map(str.title, labelled.LATIN_LABELS),
        *name_labels.PAPERS,
        *name_labels.LABELS.split("|")[1:],
        "姓名",
        "姓 　名",
        "İ",
        "永久",
        "：",
        "张三",
        " 李四",
        "12345678",
        "x",
    ]
)
_FIGURES = st.text("0123456789〇一幺９①٣xXＸ -.。,，/()#\n、年a\u200b", max_size=40)
EXAMPLES = [*(one.text for one in corpus.positives()), *corpus.innocents()]


@given(_FIGURES | st.sampled_from(EXAMPLES))
def test_a_run_of_digits_is_found_where_a_plain_search_finds_it(text) -> None:
    spans = [(run.starts[0], run.ends[-1]) for run in digits.runs(text)]
    assert spans == [found.span() for found in digits._RUN.finditer(text)]


@given(st.lists(_LABELS, max_size=6).map("".join) | st.sampled_from(EXAMPLES))
def test_a_label_is_found_where_a_plain_search_finds_it(text) -> None:
    for pattern, beginning in (
        (labelled._LABEL, labelled._BEGINNING),
        (name_labels._LABEL, name_labels._BEGINNING),
        (name_labels._PAPER, name_labels._BEGINNING_OF_A_PAPER),
    ):
        assert [one.span() for one in matches(pattern, beginning, text)] == [
            one.span() for one in pattern.finditer(text)
        ]


@settings(max_examples=400)
@given(st.lists(_WORDS_OF_NAMES, max_size=9).map("".join) | st.sampled_from(EXAMPLES))
def test_every_word_that_a_list_of_names_could_be_built_on_stands_in_a_line_to_look_at(text) -> None:
    strong = {word for word in WORD.findall(text) if _may_be_of_a_list(word)}
    looked_at = {word for line in lines_to_look_at(text) for word in WORD.findall(text, *line)}
    assert strong <= looked_at


@pytest.mark.parametrize(
    "text", ["2025年3月居民议事协商活动", "社发〔2025〕12号", "便民服务、政策宣传、环境整治"]
)
def test_ordinary_titles_hold_no_line_to_look_at(text) -> None:
    assert list(lines_to_look_at(text)) == []


_TEXTS = st.one_of(
    st.sampled_from(EXAMPLES),
    st.lists(_WORDS_OF_NAMES, max_size=9).map("".join),
    st.lists(_LABELS, max_size=6).map("".join),
    _FIGURES,
    st.text(max_size=20),
    st.sampled_from(
        [
            "lisi@example.com",
            "lisi [at] example.com",
            "138****8000",
            "xxxx",
            "居民议事活动",
            "第3页",
            "D12.pdf",
        ]
    ),
)


@settings(max_examples=500)
@given(st.lists(_TEXTS, max_size=6))
def test_one_pass_overlooks_no_text_that_is_in_doubt(texts) -> None:
    assert texts_in_doubt(texts) <= set(texts_to_look_at(texts))


@given(
    st.lists(
        st.sampled_from(
            [*labelled.LATIN_LABELS, "wxid_", "community", "-", "_", "x", "xx", "1", "23456", "a1"]
        ),
        max_size=9,
    ).map("".join)
    | st.text("abtelqwx0159-_", max_size=24)
)
def test_an_identifier_alone_is_overlooked_in_no_doubt(text) -> None:
    assert texts_in_doubt([text]) <= set(texts_to_look_at([text]))


@pytest.mark.parametrize(
    ("identifier", "looked_at"),
    [
        ("community-000001", []),
        ("km-4-6", []),
        ("a-123456789", []),
        ("a-1234567890", [0]),
        ("a-12345_67890", [0]),
        ("a-138-0013-8000", [0]),
        ("a-138xxxx8000", [0]),
        ("wxid_abcdefgh12", [0]),
        ("telefon", [0]),
        ("abc\n", [0]),
    ],
)
def test_of_identifiers_alone_only_plain_ones_are_passed_over(identifier, looked_at) -> None:
    assert texts_to_look_at([identifier]) == looked_at


def test_one_pass_overlooks_none_of_the_corpus_and_little_else() -> None:
    looked_at = {EXAMPLES[n] for n in texts_to_look_at(EXAMPLES)}
    assert {text for text in EXAMPLES if found_in(text)} <= looked_at
    assert texts_to_look_at(["2025年3月居民议事协商活动", "社发〔2025〕12号", "D12.pdf", "第3页"]) == []


@given(st.lists(_TEXTS, max_size=6), st.sampled_from([APART, IN_A_LIST]))
def test_in_texts_without_doubt_nothing_is_found_whatever_stands_beside_them(texts, mark) -> None:
    doubtful = texts_in_doubt(texts)
    if not doubtful:
        assert list(found_in_each(texts, parted_by=mark)) == []
    for n, one in found_in_each(texts, parted_by=APART):
        assert n in doubtful, one


_LONG_WORDS = "夏季公共卫生活动 秋季绿化养护 居民议事协商 高文明共建活动 代表张建国 向雷锋同志学习 李四等三人参加".split()
_NAMES_AND_NONE = "张建国 高峰 王五 扎西 共产党员 朝鲜族 组长 扎·西 甲 张 活动（ ） 3月活动 （李四） 第一次《夏季》 ， 12".split()
_IN_A_COLUMN = st.one_of(
    st.sampled_from(_LONG_WORDS),
    st.sampled_from(_LONG_WORDS),
    st.lists(st.sampled_from(_LONG_WORDS + _NAMES_AND_NONE + [" ", "·"]), min_size=1, max_size=3).map(
        "".join
    ),
    st.lists(_WORDS_OF_NAMES, min_size=1, max_size=5).map("".join),
)


@settings(max_examples=500)
@given(st.lists(_IN_A_COLUMN, min_size=2, max_size=7))
def test_nothing_is_found_where_texts_in_doubt_only_at_an_end_stand_within_a_list(texts) -> None:
    doubtful = {texts[n] for n in texts_in_doubt(texts)}
    if all(map(is_in_doubt_at_an_end, doubtful)) and stand_within(texts, doubtful):
        assert list(found_in_each(texts, parted_by=[APART, *[IN_A_LIST] * (len(texts) - 1)])) == []


@pytest.mark.parametrize(
    ("texts", "spared"),
    [
        (["居民议事协商", "夏季公共卫生活动", "秋季绿化养护"], True),
        (["居民议事协商", "夏季公共卫生活动", "夏季公共卫生活动", "秋季绿化养护"], True),
        (["夏季公共卫生活动", "居民议事协商", "秋季绿化养护"], False),
        (["居民议事协商", "秋季绿化养护", "夏季公共卫生活动"], False),
        (["居民议事协商", "夏季公共卫生活动", "（高峰）绿化养护"], False),
        (["居民议事。", "夏季公共卫生活动", "秋季绿化养护"], False),
        (["高峰", "夏季公共卫生活动", "秋季绿化养护"], False),
        (["扎 西、卓 玛、次 仁", "居民议事协商", "夏季公共卫生活动", "秋季绿化养护"], False),
        (["居民议事协商", "张建国", "秋季绿化养护"], False),
    ],
    ids=str,
)
def test_a_word_in_doubt_only_at_an_end_is_spared_a_search_where_words_stand_on_both_sides(
    texts, spared
) -> None:
    doubtful = {texts[n] for n in texts_in_doubt(texts)}
    assert doubtful
    assert (all(map(is_in_doubt_at_an_end, doubtful)) and stand_within(texts, doubtful)) is spared
