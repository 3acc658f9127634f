"""One Parquet file with a row for each submission: JSON text, or columns that mirror a submission."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evaluator.emitting import as_data
from evaluator.errors import InputError
from tests.evaluator.building import data, submitted
from tests.evaluator.evidence_tables.making import read, told
from tests.evaluator.evidence_tables.test_reading import WHOLE

SUBJECT = {"id": "a", "name": "甲社区", "kind": "community"}
PERIOD = {"from": "2025-01-01", "to": "2025-12-31"}


def file(path: Any, **columns: Any) -> Any:
    """A file with these columns."""
    pq.write_table(pa.table(columns), path / "x.parquet", row_group_size=2)
    return path / "x.parquet"


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.string_view()], ids=str)
def test_a_row_may_hold_a_submission_as_json(tmp_path, kind) -> None:
    whole = data(WHOLE)
    texts = [
        json.dumps({**whole, "subject": {**whole["subject"], "id": name}}, ensure_ascii=False)
        for name in "abc"
    ]
    texts = [one.encode() for one in texts] if kind == pa.binary() else texts
    found = read(file(tmp_path, submission=pa.array(texts, kind)))
    assert [one.id for one in found] == ["a", "b", "c"]
    assert as_data(found[0].submission) == as_data(submitted(WHOLE))


def test_a_row_may_mirror_a_submission(tmp_path) -> None:
    path = file(
        tmp_path,
        subject=[{**SUBJECT, "region": ["云南省"], "attributes": None}],
        period=[{"from": date(2025, 1, 1), "to": date(2025, 12, 31)}],
        counts=pa.array([[("buildings", Decimal("40.00")), ("budget", Decimal("12.50"))]],
                        pa.map_(pa.string(), pa.decimal128(9, 2))),
        events=[[{"id": "E1", "type": "meeting", "date": date(2025, 3, 12), "title": None, "files": ["e1.jpg"]}]],
        units=[{"quarter": [{"id": "Q1", "counts": {"visits": 3, "buildings": None}}]}],
        none=[["training"]],
    )  # fmt: skip
    (found,) = read(path)
    assert as_data(found.submission) == {
        "submission": 1,
        "subject": {**SUBJECT, "region": ["云南省"]},
        "period": PERIOD,
        "counts": {"buildings": 40, "budget": "12.5"},
        "events": [{"id": "E1", "type": "meeting", "date": "2025-03-12", "files": ["e1.jpg"]}],
        "none": ["training"],
        "units": {"quarter": [{"id": "Q1", "counts": {"visits": 3}}]},
    }


def test_a_bad_row_does_not_stop_the_rest(tmp_path) -> None:
    good = json.dumps({"submission": 1, "subject": SUBJECT, "period": PERIOD}, ensure_ascii=False)
    doubled = good[:-1] + ', "period": {}}'
    unknown = good[:-1] + ', "evnts": []}'
    deep = "[" * 100 + "]" * 100
    texts = [
        good,
        "{",
        unknown,
        doubled,
        None,
        "[]",
        good,
        deep,
        '{"a": "\\ud800"}',
        good.replace("甲", "13800138000"),
    ]
    said = told(file(tmp_path, submission=texts))
    assert [one.partition("。")[0].removeprefix(f"{tmp_path}/") for one in said] == [
        "x.parquet:2: [syntax] JSON 语法有误",
        "x.parquet:3: [extra_forbidden] 未知的键 evnts",
        "x.parquet:4: [duplicate_key] 键 period 重复",
        "x.parquet:5: [syntax] JSON 语法有误",
        "x.parquet:6: [not_a_mapping] 文件里应是一行行的“键: 值”",
        "x.parquet:8: [too_deep] 嵌套超过 40 层",
        "x.parquet:9: [half_character] \\ud800 只是半个字符",
        "x.parquet:10: [number_of_a_person] 这里有电话号码，本系统不收集任何个人的信息",
    ]
    assert sum(one.submission is not None for one in read(tmp_path / "x.parquet")) == 2


def test_a_row_that_is_not_utf_8_or_too_large_is_refused(tmp_path) -> None:
    texts = pa.array([b"\xff\xfe{}", b" " * (8 * 1024 * 1024 + 1)], pa.binary())
    assert [one.partition(" ")[2] for one in told(file(tmp_path, submission=texts), "en")] == [
        "[encoding] the text of this row is not UTF-8",
        (
            "[file_size] this submission is larger than 8 MB. "
            "if it has to be, raise largest_submission in limits.yaml (now 8 MB): see duibiao limits"
        ),
    ]


def test_a_submission_that_includes_others_is_refused(tmp_path) -> None:
    text = json.dumps({"submission": 1, "subject": SUBJECT, "period": PERIOD, "includes": ["street.json"]})
    (said,) = told(file(tmp_path, submission=[text]))
    assert said.endswith(
        "x.parquet:1: [nested_include] 表里的申报不能引用别的申报。先把引用的内容并入这份申报"
    )


def test_a_fault_in_a_column_is_told_with_its_row_and_column(tmp_path) -> None:
    (said,) = told(file(tmp_path, subject=[SUBJECT], period=[PERIOD], counts=[{"bildings": 40}]))
    assert said.endswith("x.parquet:1:3: [unknown_item] 目录中没有数据项 bildings。是否想写 buildings")


def test_columns_that_are_unknown_missing_or_not_exact_are_refused(tmp_path) -> None:
    path = file(
        tmp_path,
        subjct=["a"],
        period=[PERIOD],
        counts=[{"buildings": 40.0}],
        events=[[{"date": datetime(2025, 3, 12, tzinfo=UTC)}]],
        previous=[{"counts": [{"buildings": b"1"}]}],
    )
    with pytest.raises(InputError) as error:
        read(path)
    said = [one.in_language("zh").removeprefix(f"{tmp_path}/") for one in error.value.problems]
    assert [one.partition("。")[0] for one in said] == [
        "x.parquet: [extra_forbidden] 未知的列 subjct",
        "x.parquet: [missing] 缺少列 subject",
        "x.parquet: [wrong_type] counts.buildings 是浮点数（double），不精确",
        "x.parquet: [wrong_type] events.*.date 的类型 timestamp[us, tz=UTC] 不能用",
        "x.parquet: [wrong_type] previous.counts.*.buildings 的类型 binary 不能用",
    ]


def test_a_map_with_a_key_twice_is_refused(tmp_path) -> None:
    counts = pa.array([[("buildings", 40), ("buildings", 41)]], pa.map_(pa.string(), pa.int64()))
    (said,) = told(file(tmp_path, subject=[SUBJECT], period=[PERIOD], counts=counts), "en")
    assert "x.parquet:1:3: [dict_type] counts: must be a mapping" in said
