"""An official text in clauses: which lines begin one, and what belongs to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.model import Text
from evaluator.tracing.corrections import Correction
from evaluator.tracing.splitting import lines_of, split


def numbers(text: str, *corrections: Correction) -> list[str]:
    return [one.id for one in split(text, corrections).clauses]


def correction(clause: str, printed: str, line: int | None = None) -> Correction:
    return Correction(clause=clause, line=line, printed=printed, read_as=clause, reason=Text(zh="误印"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 范围\n2 要求\n2.1 机构\n2.1.1 职责\n2.2 人员\n3 评价", "1 2 2.1 2.1.1 2.2 3"),
        ("1 范围\n1.1社区应设站点。\n1.2  公示\n1.2.1 应当公示。", "1 1.1 1.2 1.2.1"),
        ("１　范围\n２．１　机构\n2 . 2 人员", "1 2.1 2.2"),
        ("标题\n一、总则\n（一）甲。\n( 二 )乙。\n二、要求\n(一)丙", "前言 一 一(一) 一(二) 二 二(一)"),
        (
            "一、总则\n（一）甲\n1.子\n2、丑\n（1）寅\n（2）卯\n①辰\n②巳",
            "一 一(一) 一(一)1 一(一)2 一(一)2(1) 一(一)2(2) 一(一)2(2)[1] 一(一)2(2)[2]",
        ),
        (
            "第一章　总则\n第一条　甲\n第二条 乙\n第二章 职责\n第三条 丙：\n（一）丁",
            "第一章 第一条 第二条 第二章 第三条 第三条(一)",
        ),
        ("1 范围\n附 录 A", "1"),
        ("1 范围\n附录A\n（规范性）\n评分表\nA.1 甲\nA.1.1 乙\nA.2 丙", "1 附录A A.1 A.1.1 A.2"),
        ("一、甲\n附件1\n一、乙\n附件2\n一、丙", "一 附件1 附件1:一 附件2 附件2:一"),
        ("1 范围\n5.1\n管理\n参 考 文 献\n[1] 某标准", "1 5.1 参考文献"),
    ],
)
def test_each_way_of_numbering(text: str, expected: str) -> None:
    assert numbers(text) == expected.split()


@pytest.mark.parametrize(
    "line",
    [
        "2015-11-23 某局",
        "2 个工作日内答复，",
        "2.5%以上的居民",
        "1.31万人,其中三成",
        "第三条规定的情形除外。",
        "12 个月以内",
        "2\t站点\t5分",
        "3.投入使用的",
        "50",
    ],
)
def test_a_line_that_only_begins_with_a_number_begins_no_clause(line: str) -> None:
    assert numbers(f"1 范围\n站点的数量由各地根据实际情况确定，每年不得少于\n{line}\n2 要求") == ["1", "2"]


def test_a_number_out_of_order_is_doubted_once_and_what_follows_is_read_on() -> None:
    text = split("1 总则\n1.1 甲\n1.1.1 子\n1.1.2 丑\n1.7.3 寅\n1.1.4 卯\n2 要求")
    assert [(one.code, one.line, one.what.zh) for one in text.doubts] == [
        ("number_out_of_order", 4, "编号 1.7.3 没有接着前面的编号，此处应是 1.1.3")
    ]


def test_a_listed_correction_reads_a_misprinted_number_and_leaves_the_right_one_alone() -> None:
    text = "1 总则\n1.1 甲\n1.1.1 子\n1.2 乙\n1.2.1 丑\n1.1.1 寅\n1.2.3 卯"
    fixed = split(text, [correction("1.2.2", "1.1.1")])
    assert [one.id for one in fixed.clauses] == ["1", "1.1", "1.1.1", "1.2", "1.2.1", "1.2.2", "1.2.3"]
    assert [(one.id, one.printed) for one in fixed.clauses if one.correction] == [("1.2.2", "1.1.1")]
    assert fixed.doubts == ()
    assert fixed.used == {0}


def test_a_correction_of_a_chinese_number_may_name_its_line() -> None:
    text = "一、甲\n（一）子\n（三）丑\n（三）寅"
    assert numbers(text, correction("一(二)", "(三)", 3)) == ["一", "一(一)", "一(二)", "一(三)"]


def test_two_clauses_of_one_number_are_told() -> None:
    found = split("第一条 甲\n第二条 乙\n第二条 丙").doubts
    assert [one.code for one in found] == ["number_repeated"]


def test_dashes_letters_and_counts_are_items_and_keep_the_lines_that_follow() -> None:
    text = split("5 供给\n包括：\n——甲：一\n  二\n――乙；\na) 子\n--丙\n6 评价\na）上\nb）下\n1) 内")
    five, six = text.clauses
    assert [(one.style, one.heading, one.lines) for one in five.items] == [
        ("dash", "甲", [2, 3]),
        ("dash", "乙", [4, 5]),
        ("dash", "丙", [6]),
    ]
    assert [(one.heading, one.lines) for one in six.items] == [("上", [8]), ("下", [9, 10])]


def test_headings_stand_alone_or_before_the_first_stop() -> None:
    text = split("1 范围\n1.1 社区应设站点。站点要有牌子。\n一、指导思想\n（一）加强领导。成立小组。")
    assert [one.heading for one in text.clauses] == ["范围", "", "指导思想", "加强领导"]


def test_page_heads_page_numbers_and_contents_belong_to_no_clause() -> None:
    text = split(
        "目  次\n前言 …… II\n1 范围 …… 1\n2 要求\t3\n前　言\n某某提出。\nDB99/T 1234—2025\n1 范围\n甲\n— 2 —\n"
        "某某规范\n乙\n第 3 页 共 9 页\n某某规范\n丙\n2 要求\n7"
    )
    assert [(one.id, [text.lines[n] for n in one.lines[1:]]) for one in text.clauses] == [
        ("前言", ["某某提出。"]),
        ("1", ["甲", "乙", "丙"]),
        ("2", ["7"]),
    ]


def test_lines_are_counted_as_an_editor_does() -> None:
    assert lines_of("甲\r\n乙\r丙\n\n丁\x0c\u2028戊\n") == ("甲", "乙", "丙", "", "丁\x0c\u2028戊")


PIECES = st.sampled_from(
    "1 范围|1.1 甲|3.2 乙|一、丙|（一）丁|1.戊|第一条 己|——庚|a) 辛|附录A|A.1 壬||普通的一句话，|目录|— 3 —".split(
        "|"
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=25))
def test_every_line_stands_in_just_one_clause_whatever_the_text(pieces: list[str]) -> None:
    text = split("\n".join(pieces))
    own = [n for one in text.clauses for n in one.lines]
    filled = [n for n, line in enumerate(text.lines) if line.strip() and n not in text.furniture]
    assert own == filled
    assert all(set(item.lines) <= set(one.lines) for one in text.clauses for item in one.items)
