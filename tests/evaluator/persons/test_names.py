"""Names of persons: a list needs several, a single word never alarms, a label needs one. All names here are invented."""

from __future__ import annotations

import pytest

from evaluator.persons import NAME, NAMES, found_in, kind_in, name_shapes, names_in_column
from evaluator.persons.name_labels import is_name_under
from evaluator.persons.name_shapes import weight
from evaluator.persons.name_tables import CLEAR_SURNAMES, COMMON_SURNAMES, GIVEN, NEVER_GIVEN
from evaluator.persons.not_names import NOT_NAMES


@pytest.mark.parametrize(
    "text", ["张三", "高峰", "安全", "参加：李四", "王小明老师讲课", "张三来访", "阿依古丽·买买提", "扎西"]
)
def test_a_single_name_or_word_alone_never_alarms(text: str) -> None:
    assert kind_in(text) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("张三、李四", True),
        ("张三、安全", False),
        ("张三、李四、安全", True),
        ("张三、李四、安全、文明、卫生", False),
        ("安全、文明、张三、李四、王五、卫生", True),  # three in a row
        ("高峰、白雪、金星", False),
        ("高建国、白志强、石玉兰", True),
        ("张三 李四", True),
        ("高峰 李四", False),  # blanks part words that belong together, too
        ("李某、王某某、张某", False),
        ("王主任、李书记、张大爷", False),
    ],
)
def test_a_list_is_one_of_names_where_most_of_it_looks_like_names(text: str, named: bool) -> None:
    assert kind_in(text) == (NAMES if named else None)


def test_a_list_is_found_where_it_begins_and_ends() -> None:
    text = "活动情况：参会人员有张三、李四、王五等三人。"
    (found,) = found_in(text)
    assert found.kind == NAMES
    assert "张三、李四、王五" in text[found.start : found.end]


@pytest.mark.parametrize(
    ("label", "cell", "named"),
    [
        ("姓名", "张三", True),
        ("姓 名", "高峰", True),
        ("联系人（社区）", "李四", True),
        ("户主姓名：", "张　三", True),
        ("组长", "王小明", True),
        ("组长", "高峰", False),  # might be a place or a task
        ("联系人", "居委会", False),
        ("负责人", "民宗局", False),
        ("负责人", "高新区社事局", False),
        ("名称", "张三", False),
        ("姓名", "", False),
        ("参会人员", "李梓涵", True),
        ("参会人员", "居民代表42人", False),
    ],
)
def test_a_cell_is_a_name_where_its_heading_says_so(label: str, cell: str, named: bool) -> None:
    assert is_name_under(label, cell) is named


@pytest.mark.parametrize(
    "text",
    [
        "姓名：张三",
        "联系人李四",
        "户主王小五",
        "陈建国身份证.jpg",
        "1栋：张建国、2栋：李红梅",
        "书记：王小明",
    ],
)
def test_a_label_gives_a_single_name_away(text: str) -> None:
    assert {one.kind for one in found_in(text)} <= {NAME, NAMES}
    assert found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "联系人：居委会",
        "负责人：民宗局",
        "姓名不公开",
        "姓名、性别、民族",
        "居民身份证",
        "二代身份证换领",
        "法人单位32家",
        "组长：街道主任",
    ],
)
def test_a_label_without_a_name_does_not(text: str) -> None:
    assert kind_in(text) is None


def test_a_column_of_names_is_known_and_one_of_places_is_not() -> None:
    assert names_in_column(["张三", "李四", "", "王小五（组长）", "赵六"])
    assert names_in_column(["张　三", "李四", "备注"])
    assert not names_in_column(["金牛", "武侯", "青羊", "锦江", "成华"])
    assert not names_in_column(["和平社区", "解放社区", "文明社区"])
    assert not names_in_column(["张三", "张三", "张三"])
    assert not names_in_column([])


@pytest.mark.parametrize(
    ("word", "least"),
    [
        ("李梓涵", 2),
        ("陈建国", 2),
        ("欧阳明月", 2),
        ("司马义·艾买提", 2),
        ("扎西次仁", 2),
        ("沙马拉毅", 2),
        ("張偉", 2),
        ("高建国", 2),
        ("高峰", 1),
    ],
)
def test_a_name_of_any_kind_looks_like_one(word: str, least: int) -> None:
    assert weight(word) >= least


@pytest.mark.parametrize(
    "word",
    (
        "高新区 金牛区 文明楼组 安全 方案 石羊街道 万年场 和平社区 时间 项目 成都 马鞍山 温江 白云 江汉 明确 解放 "
        "张家巷 王某某 李老师 古镇·洛带 石榴红·一家亲"
    ).split(),
)
def test_a_word_of_the_field_does_not(word: str) -> None:
    assert weight(word) == 0


def test_every_listed_word_would_look_like_a_name_without_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_shapes, "NOT_NAMES", frozenset())
    assert [word for word in sorted(NOT_NAMES) if weight.__wrapped__(word) == 0] == []


def test_no_character_is_in_two_tables_that_contradict_each_other() -> None:
    assert not CLEAR_SURNAMES & COMMON_SURNAMES
    assert not GIVEN & NEVER_GIVEN
