"""What is wrong in tables is told in words: of a file, its columns, a row, a cell; one bad submission never stops the rest."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe
import pytest

from evaluator.errors import InputError
from evaluator.loading.evidence_tables.columns import TABLES
from tests.evaluator.evidence_tables.making import folder, read, subject, told


def refused(path: Path, language: Any = "zh") -> list[str]:
    """The problems for which the tables as a whole are refused."""
    with pytest.raises(InputError) as error:
        read(path)
    return [one.in_language(language).removeprefix(f"{path}/") for one in error.value.problems]


def counts(**more: Any) -> list[dict[str, Any]]:
    """One row of counts."""
    return [{"subject": "a", "item": "buildings", "value": 40, **more}]


def event(**more: Any) -> dict[str, Any]:
    """One row of events."""
    return {"subject": "a", "id": "E1", "type": "meeting", "date": "2025-03-12", **more}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("events", b"subject,id\na,E1\n", "[not_parquet] 这不是 Parquet 文件。用数据库或程序导出为 Parquet；改扩展名没有用"),
        ("events", b"", "[not_parquet] 这不是 Parquet 文件。用数据库或程序导出为 Parquet；改扩展名没有用"),
        ("events", b"PAR1", "[damaged] 文件不完整或已损坏。重新导出这份文件"),
        ("events", b"PAR1" + b"\xff" * 100 + b"PAR1", "[damaged] 文件不完整或已损坏。重新导出这份文件"),
        ("events", b"PARE" + b"\0" * 100, "[encrypted] 文件加密了。导出时不要加密"),
        ("evnts", b"", f"[unknown_table] 不认识的表 evnts。表名只能是 {'、'.join(TABLES)}"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(tmp_path, name, content, said) -> None:
    path = folder(tmp_path)
    (path / f"{name}.parquet").write_bytes(content)
    assert refused(path) == [f"{name}.parquet: {said}"]


def test_a_file_that_was_cut_off_or_altered_is_refused(tmp_path) -> None:
    path = folder(tmp_path, events=[event(id=f"E{n}", title=f"会议{n}") for n in range(100)])
    file = path / "events.parquet"
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    assert refused(path) == ["events.parquet: [damaged] 文件不完整或已损坏。重新导出这份文件"]
    file.write_bytes(content[:4] + bytes(len(content) // 3) + content[4 + len(content) // 3 :])
    assert refused(path, "en") == [
        "events.parquet: [damaged] the file is cut off or damaged. export the file anew"
    ]


class _Kms(pe.KmsClient):
    def wrap_key(self, key: bytes, _name: str) -> bytes:
        return key

    def unwrap_key(self, key: bytes, _name: str) -> bytes:
        return key


@pytest.mark.parametrize("plaintext_footer", [True, False])
def test_an_encrypted_file_is_refused(tmp_path, plaintext_footer) -> None:
    path = folder(tmp_path)
    factory = pe.CryptoFactory(lambda _config: _Kms())
    plan = pe.EncryptionConfiguration(
        footer_key="k", column_keys={"k": ["item"]}, plaintext_footer=plaintext_footer, double_wrapping=False
    )
    table = pa.Table.from_pylist(counts())
    properties = factory.file_encryption_properties(pe.KmsConnectionConfig(), plan)
    with pq.ParquetWriter(path / "counts.parquet", table.schema, encryption_properties=properties) as writer:
        writer.write_table(table)
    assert refused(path) == ["counts.parquet: [encrypted] 文件加密了。导出时不要加密"]


def test_without_subjects_there_is_nothing(tmp_path) -> None:
    path = folder(tmp_path, counts=counts())
    (path / "subjects.parquet").unlink()
    with pytest.raises(InputError, match=r"\[missing\] 没有 subjects.parquet"):
        read(path)


def test_every_fault_of_the_columns_of_all_tables_is_told_at_once(tmp_path) -> None:
    held = pa.array([datetime(2025, 3, 12, tzinfo=UTC)], pa.timestamp("us"))
    path = folder(
        tmp_path,
        counts=counts(value=40.0, unit="个"),
        events=pa.table({"subject": [1], "id": ["E1"], "date": held, "files": [[1]]}),
        statements=[{"subject": "a", "id": "S1", "type": "desk", "value": 1}],
    )
    assert refused(path) == [
        "counts.parquet: [extra_forbidden] 未知的列 unit。可用的有：item、period_from、previous、source、subject、value",
        "counts.parquet: [wrong_type] 列 value 是浮点数（double），不精确。导出为整数、定点小数（decimal）或文字",
        "events.parquet: [missing] 缺少列 type。导出为文字（string）",
        "events.parquet: [wrong_type] 列 subject 的类型 int64 不能用。导出为文字（string）",
        "events.parquet: [wrong_type] 列 date 的类型 timestamp[us] 不能用。导出为日期（date），或 2025-03-12 样的文字",
        "events.parquet: [wrong_type] 列 files 的类型 list<element: int64> 不能用。导出为文字的列表（list），或用分号隔开的文字",
        "statements.parquet: [wrong_type] 列 value 的类型 int64 不能用。导出为布尔值（boolean）",
    ]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([b"40"], pa.binary()),
        pa.array([{"n": 40}]),
        pa.array([[40]]),
        pa.array([True]),
        pa.array([datetime(2025, 3, 12, tzinfo=UTC)]),
        pa.array([40.5], pa.float32()),
    ],
    ids=lambda one: str(one.type),
)
def test_a_number_of_a_type_that_is_not_exact_or_none_is_refused(tmp_path, column) -> None:
    path = folder(tmp_path, counts=pa.table({"subject": ["a"], "item": ["buildings"], "value": column}))
    (said,) = refused(path, "en")
    assert said.startswith("counts.parquet: [wrong_type] the column value is of ")


def test_two_columns_of_one_name_are_refused(tmp_path) -> None:
    table = pa.table([["a"], ["meeting"], ["training"]], names=["subject", "type", "type"])
    path = folder(tmp_path, none=table)
    assert refused(path) == ["none.parquet: [duplicate_key] 有两个列都叫 type。只保留一列"]


def test_a_fault_is_told_with_its_row_and_column(tmp_path) -> None:
    path = folder(
        tmp_path,
        subjects=[subject("a"), subject("b")],
        counts=[
            {"subject": "a", "item": "buildings", "value": 40},
            {"subject": "a", "item": "bildings", "value": 40},
            {"subject": "b", "item": "buildings", "value": -1},
        ],
        events=[event(), event(id="E2", date="2025-02-30"), event(id="E1"), event(id="E4", type=None)],
    )
    assert told(path) == [
        "counts.parquet:2:3: [unknown_item] 目录中没有数据项 bildings。是否想写 buildings",
        "events.parquet:2:4: [bad_date] events.E2.date：“2025-02-30”不是日期。没有这一天，请核对月和日",
        "events.parquet:3:2: [repeated_id] 编号 E1 重复。每条佐证用不同的编号",
        "events.parquet:4:3: [string_type] events.E4.type：没有内容。填写，或删去这一行；以 # 开头的文字要加英文引号",
        "counts.parquet:3:3: [bad_number] counts.buildings：“-1”不是可以采用的数。填不小于 0 的数，如 40 或 40.5，不带单位",
    ]


def test_one_bad_submission_does_not_stop_the_rest(tmp_path) -> None:
    path = folder(
        tmp_path, subjects=[subject("a"), subject("b", kind="village"), subject("c")], counts=counts()
    )
    found = read(path)
    assert [(one.id, one.submission is not None, len(one.problems)) for one in found] == [
        ("a", True, 0), ("b", False, 1), ("c", True, 0),
    ]  # fmt: skip
    assert str(found[1].place) == f"{path}/subjects.parquet:2"


def test_rows_of_a_subject_that_is_not_there_are_told_once(tmp_path) -> None:
    rows = [*counts(), *counts(subject="b"), *counts(subject="b", item="incidents"), *counts(subject=None)]
    assert told(folder(tmp_path, counts=rows)) == [
        "counts.parquet:2: [unknown_subject] subjects 表中没有单位 b，它有 2 行。在 subjects 表中补上这个单位，或删去这些行",
        "counts.parquet:4: [unknown_subject] 1 行没有写单位。在 subjects 表中补上这个单位，或删去这些行",
    ]


def test_a_row_of_no_subject_parts_nothing(tmp_path) -> None:
    rows = [event(), event(subject="x"), event(id="E2"), event(subject=None), event(id="E3")]
    found = read(folder(tmp_path, subjects=[subject("b"), subject("a")], events=rows))
    assert [one.id for one in found[1].submission.events] == ["E1", "E2", "E3"]
    assert [str(one.place).rpartition("/")[2] for one in found[2:]] == [
        "events.parquet:2",
        "events.parquet:4",
    ]


def test_a_subject_that_stands_twice_is_judged_by_neither_row(tmp_path) -> None:
    path = folder(tmp_path, subjects=[subject("a"), subject("b"), subject("a")], counts=counts())
    assert [one.submission is None for one in read(path)] == [True, False, True]
    assert told(path, "en") == [
        f"subjects.parquet:{row}:1: [repeated_subject] the subject a stands in several rows of the table subjects, "
        "with the same period. keep one of them"
        for row in (1, 3)
    ]


def test_tables_must_say_of_which_period_a_row_is_where_subjects_have_several(tmp_path) -> None:
    last = {"period_from": "2024-01-01", "period_to": "2024-12-31"}
    path = folder(tmp_path, subjects=[subject("a"), subject("a", **last)], counts=counts())
    assert refused(path) == ["counts.parquet: [missing] 缺少列 period_from：有的单位有几个评估期"]


def test_an_item_that_stands_twice_is_refused(tmp_path) -> None:
    unit = {"subject": "a", "kind": "quarter"}
    path = folder(
        tmp_path,
        counts=[*counts(), *counts(value=41), *counts(item=None)],
        units=[{**unit, "id": "Q1"}],
        unit_counts=[
            {**unit, "unit": "Q1", "item": "visits", "value": 1},
            {**unit, "unit": "Q1", "item": "visits", "value": 2},
            {**unit, "unit": "Q2", "item": "visits", "value": 2},
        ],
    )
    assert told(path) == [
        "counts.parquet:2:2: [duplicate_key] 数据项 buildings 有两行。只保留一行",
        "counts.parquet:3:2: [missing] item：没有内容",
        "unit_counts.parquet:2: [duplicate_key] 数据项 visits 有两行。只保留一行",
        "unit_counts.parquet:3: [unknown_unit] units 表中没有 quarter Q2。在 units 表中补上",
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("值班电话 13800138000", "[number_of_a_person] 这里有电话号码"),
        ("=HYPERLINK(1)", None),
        ("长" * 2001, "[long_text] events.E1.title：文字超过 2000 字"),
        ("长" * 2_000_000, "[long_text] events.E1.title：文字超过 2000 字"),
        ("看\u202e不见", "[hidden_character] events.E1.title：第 2 个字 U+202E 是看不见或没有固定字形的字符"),
        ("\0", "[hidden_character] events.E1.title：第 1 个字 U+0000 是看不见或没有固定字形的字符"),
        ("   ", "[empty_text] events.E1.title：文字为空。填写内容，或删去这一项"),
    ],
    ids=["telephone", "formula", "long", "huge", "hidden", "null", "blank"],
)
def test_a_text_is_looked_at_like_any_other(tmp_path, cell, said) -> None:
    found = told(folder(tmp_path, events=[event(title=cell)]))
    assert found == [] if said is None else found[0].startswith(f"events.parquet:1:5: {said}")
    assert "13800138000" not in "".join(found)


def test_a_text_that_is_not_utf_8_is_refused(tmp_path) -> None:
    valid, offsets, _ = pa.array(["示例"] * 2).buffers()
    written = pa.py_buffer(b"\xff\xfe\xfd\xfc\xfb\xfa" + "示例".encode())
    title = pa.Array.from_buffers(pa.string(), 2, [valid, offsets, written])
    events = pa.Table.from_pylist([event(), event(id="E2")]).append_column("title", title)
    assert told(folder(tmp_path, events=events)) == [
        "events.parquet:1:5: [string_type] events.E1.title：应为文字"
    ]


def test_persons_are_refused_in_whatever_column_they_stand(tmp_path) -> None:
    path = folder(
        tmp_path,
        subjects=[subject("a", region=["云南省", "联系电话13800138000"])],
        counts=counts(source="王小明、李小红、张小军、赵小刚、刘小丽"),
        events=[event(files=["13800138000.jpg"])],
    )
    said = told(path)
    assert [one.partition(" ")[0] for one in said] == [
        "counts.parquet:1:4:",
        "events.parquet:1:5:",
        "subjects.parquet:1:6:",
    ]
    assert not any(word in "".join(said) for word in ("13800138000", "王小明"))


def test_a_column_that_is_called_as_a_person_is_refused_unnamed(tmp_path) -> None:
    said = refused(folder(tmp_path, counts=counts(电话13800138000="x")))
    assert "13800138000" not in "".join(said)
    assert any("[number_of_a_person]" in one for one in said)


def test_too_many_rows_of_one_subject_are_refused(tmp_path) -> None:
    table = pa.table({"subject": ["a"] * 20_001, "type": ["meeting"] * 20_001})
    pq.write_table(table, folder(tmp_path) / "none.parquet")
    assert told(tmp_path, "en") == [
        (
            "subjects.parquet:1: [too_large] the table none has more than 20000 rows of it. "
            "if it has to be, raise table_subject_rows in limits.yaml (now 20,000): see duibiao limits"
        )
    ]


@pytest.mark.parametrize("attributes", ["class", "class=urban;class=rural", "=", "a=b=c d"])
def test_attributes_that_are_no_mapping_are_refused(tmp_path, attributes) -> None:
    said = told(folder(tmp_path, subjects=[subject("a", attributes=attributes)]))
    assert said[0].startswith("subjects.parquet:1:6: [")


def test_a_map_with_a_key_twice_is_refused(tmp_path) -> None:
    pairs = pa.array([[("class", "urban"), ("class", "rural")]], pa.map_(pa.string(), pa.string()))
    subjects = pa.Table.from_pylist([subject("a")]).append_column("attributes", pairs)
    (said,) = told(folder(tmp_path, subjects=subjects))
    assert said.startswith("subjects.parquet:1:6: [dict_type] ")
