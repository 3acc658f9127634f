"""What the fast lane reads, the careful reader reads just so; whatever that one refuses is refused with the same problems."""

from __future__ import annotations

import copy
import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from evaluator.digests import digest_as_read, submission_digest
from evaluator.entries import Entry
from evaluator.errors import Problem, SubmissionError
from evaluator.loading import load_alone, read_line, receive, shared_catalogue, submission_in
from evaluator.loading.evidence_tables import receiving
from evaluator.loading.fast_reading import fast, surely_submission
from evaluator.reading import Source, read_yaml
from evaluator.submission import Submission

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/*.yaml"))
WHOLE: dict[str, Any] = {
    "submission": 1,
    "subject": {
        "id": "demo-510104001001",
        "name": "示例社区",
        "kind": "community",
        "region": ["云南省", "昆明市"],
        "attributes": {"class": "rural"},
    },
    "period": {"from": "2025-01-01", "to": "2025-12-31"},
    "as_of": "2025-12-31",
    "counts": {"buildings": 40, "model_buildings": 2, "mass_incidents": 0},
    "sources": {"buildings": "楼组台账第3页"},
    "previous": {"counts": {"mass_incidents": 1}},
    "events": [
        {
            "id": "E2",
            "type": "unity_month",
            "date": "2025-09-10",
            "title": "民族团结宣传月",
            "files": ["e2.jpg"],
        },
        {"id": "E10", "type": "publicity_session", "date": "2025-03-12", "expected": 40, "present": 38},
        {"id": "E1", "type": "visit_activity", "date": "2025-01-20", "title": None, "files": []},
    ],
    "documents": [
        {
            "id": "D1",
            "type": "unity_creation_plan",
            "title": "创建工作方案",
            "number": "社发〔2024〕2号",
            "issued": "2024-05-20",
            "contains": ["plan", "goals", "goals"],
            "page": "第1页",
            "pages": {"goals": "第2页"},
            "files": ["方案-2024.pdf"],
        },
        {"id": "D02", "type": "archive_rules", "issued": None, "valid_to": "2026-12-31"},
    ],
    "statements": [
        {"id": "S1", "type": "service_hotline", "value": True, "note": "0874-23456789", "files": ["s.jpg"]},
        {"id": "S2", "type": "affairs_desk", "value": False},
    ],
    "none": ["picture_exhibition"],
    "units": {
        "residential_quarter": [
            {"id": "Q1", "name": "东院", "counts": {"buildings": 3}, "statements": {"affairs_desk": True}},
            {"id": "Q0"},
        ]
    },
    "ratings": [{"criterion": "km-4-6", "level": 3, "reason": "制度健全"}],
}
HOSTILE = [
    *(None, True, False, 0, 1, -1, 1.0, 1.5, 1e5, 10**9, 10**15, 10**16, 10**30, -0.0, [], {}, [[]], [1], {"": 1}),
    *("", " ", "a", "E1", "甲 ", " 甲", "甲\u200b", "e\u0301", "\u212a", "甲\n乙", "甲\u3000乙"),
    *("|", "#", "a&b", "*", "\\", '"', "\u0007", "a\\b"),
    *("2025-02-30", "2025-2-3", "２０２５-01-01", "1899-12-31", "3000-01-01", "2025-12-31", "20251231", "40", "4.5", "1e3"),
    *("13800138000", "510104200001010018", "张三、李四、王五", "张三", "负责人张建国", "lisi@example.com", "0874-23456789"),
    *("x" * 65, "甲" * 256, "甲" * 2001, "unity_month", "buildings", "community", "street", "无", "—", "\U0001f600", "İ", "〇"),
]  # fmt: skip
KEYS = [
    "id",
    "type",
    "title",
    "files",
    "note",
    "counts",
    "events",
    "Id",
    "标题",
    "张三",
    "13800138000",
    "includes",
    "",
]


def outcome(read: Any, *arguments: Any) -> Submission | tuple[Problem, ...]:
    try:
        found: Submission = read(*arguments)
    except SubmissionError as error:
        return error.problems
    return found


def inside(value: Any) -> Any:
    """All of ``value``, whatever equality does not look at: types, which fields were written, the order of mappings."""
    if isinstance(value, BaseModel):
        return type(value), sorted(value.model_fields_set), inside(value.__dict__), value.__pydantic_extra__
    if isinstance(value, Entry):
        return type(value), [inside(getattr(value, name)) for name in value.__struct_fields__]
    if isinstance(value, dict):
        return [(key, inside(one)) for key, one in value.items()]
    if isinstance(value, tuple | list):
        return type(value), [inside(one) for one in value]
    return type(value), value


def both(content: bytes) -> bool:
    """Whether the fast lane read ``content``; either way the outcome is the careful reader's."""
    catalogue = shared_catalogue()
    careful = outcome(submission_in, content, "ours.json", catalogue)
    read = outcome(read_line, content, "ours.json", catalogue)
    assert inside(read) == inside(careful)
    quick = fast(content, "ours.json", catalogue)
    assert quick is None or inside(quick) == inside(careful)
    if isinstance(read, Submission):
        assert digest_as_read(read) == submission_digest(read)
    return quick is not None


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path in ``data``."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(one for key, value in inner for one in places(value, (*path, key)))][bool(not path) :]


def changed(path: tuple[Any, ...], value: Any, how: str) -> Any:
    """``WHOLE`` with ``value`` at, beside or instead of what stands at ``path``."""
    data = copy.deepcopy(WHOLE)
    *above, last = path
    here: Any = data
    for key in above:
        here = here[key]
    if how == "leave out":
        del here[last]
    elif how == "add" and isinstance(here, list):
        here.append(copy.deepcopy(value))
    elif how == "add" and isinstance(value, str):
        here[value] = here[last]
    elif how == "repeat" and isinstance(here, list):
        here.append(copy.deepcopy(here[last]))
    else:
        here[last] = value
    return data


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(places(WHOLE)),
    st.sampled_from([*HOSTILE, *KEYS]) | st.text(max_size=8) | st.integers(),
    st.sampled_from(["set", "set", "add", "repeat", "leave out"]),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_data_of_any_other_form_comes_to_what_the_careful_reader_says(
    path, value, how, escaped, indent
) -> None:
    data = changed(path, value, how)
    text = json.dumps(data, ensure_ascii=escaped, indent=indent)
    both(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(places(WHOLE)),
    st.sampled_from([*HOSTILE, *KEYS, Fraction(9, 2), date(2025, 2, 3), ("goals",)]) | st.text(max_size=8),
    st.sampled_from(["set", "set", "add", "repeat", "leave out"]),
)
def test_data_of_tables_comes_to_what_the_careful_reader_says(path, value, how) -> None:
    data = changed(path, value, how)
    quick = surely_submission(copy.deepcopy(data), shared_catalogue())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receiving, "surely_submission", lambda *_: None)
        careful = outcome(receiving.submission_of, Source("events.parquet", data), shared_catalogue())
    assert quick is None or inside(quick) == inside(careful)


def test_data_of_tables_with_everything_in_it_takes_the_fast_lane() -> None:
    assert surely_submission(copy.deepcopy(WHOLE), shared_catalogue()) is not None


@pytest.mark.parametrize(
    "path",
    [("events", 0, "title"), ("events", 0, "files", 0), ("documents", 1, "id"), ("counts", "buildings")],
    ids=str,
)
def test_every_hostile_value_comes_to_what_the_careful_reader_says(path) -> None:
    for value in HOSTILE:
        both(json.dumps(changed(path, value, "set"), ensure_ascii=False).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("documents", 0, "id"), "E1"),
        (("statements", 1, "id"), "D1"),
        (("statements", 1, "type"), "service_hotline"),
        (("statements", 1, "note"), "0874-23456789"),
        (("counts", "model_buildings"), 41),
        (("none", 0), "unity_month"),
        (("documents", 0, "pages"), {"tasks": "第3页"}),
        (("documents", 0, "pages"), {"goals": "无"}),
        (("documents", 0, "contains"), ["other"]),
        (("events", 0, "type"), "archive_rules"),
        (("events", 0, "title"), "宣传月 # 联系 13800138000"),
        (("events", 0, "title"), "宣传月 # 张三、李四"),
        (("events", 0, "title"), "&wangxiaoming"),
        (("period", "from"), "2026-01-01"),
        (("period", "from"), "1800-01-01"),
        (("subject", "kind"), "street"),
        (("subject", "attributes", "class"), "a-13800138000"),
        (("subject", "region", 0), "昆明市 "),
        (("units", "residential_quarter", 1, "id"), "Q1"),
        (("units", "residential_quarter"), []),
        (("units", "residential_quarter", 0, "counts", "buildings"), True),
        (("ratings", 0, "level"), True),
        (("includes",), ["street.json"]),
        (("submission",), True),
    ],
    ids=str,
)
def test_what_breaks_a_rule_of_its_own_comes_to_what_the_careful_reader_says(path, value) -> None:
    both(json.dumps(changed(path, value, "set"), ensure_ascii=False).encode())


PIECES = [
    *('"id" :"E9",', '"id"\n:"E9",', '"id":"E9",', '"title":"甲","title":"乙",', '"a":":",'),
    *('"title":"\\"",', '"title":"\\\\",', "NaN", "Infinity", "1e5", "1.0", "0.10", "-0", "99999999999999999999", "00"),
    *("\ufeff", "\x00", "\x1f", "}", "]", ",", " ", "\t", "\\", "//", "/**/", "'", "null", "[" * 50, '{"a":' * 2000),
    *("\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u4e2d", "\\u0022", "\\u200b", "\\n"),
    *("张三、李四、王五", "13800138000", "\u200b", "e\u0301", "\U0001f600", "#", "电话"),
]  # fmt: skip
TEXT = json.dumps(WHOLE, ensure_ascii=False, separators=(",", ":"))


def saying_something(data: Any) -> Any:
    """``data`` without the keys that say null, [] or {}."""
    if isinstance(data, dict):
        return {key: saying_something(one) for key, one in data.items() if one not in (None, [], {})}
    return [saying_something(one) for one in data] if isinstance(data, list) else data


TERSE = json.dumps(saying_something(WHOLE), ensure_ascii=False, separators=(",", ":"))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TEXT)), st.sampled_from(PIECES) | st.text(max_size=3), st.integers(0, 3))
def test_a_text_with_anything_in_it_comes_to_what_the_careful_reader_says(place, piece, gone) -> None:
    both((TEXT[:place] + piece + TEXT[place + gone :]).encode("utf-8", "surrogatepass"))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(TEXT.encode())), st.binary(max_size=3))
def test_bytes_that_are_no_text_come_to_what_the_careful_reader_says(place, piece) -> None:
    content = TEXT.encode()
    both(content[:place] + piece + content[place:])


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(places(WHOLE)), st.sampled_from(HOSTILE)), min_size=1, max_size=3),
    st.sampled_from([TEXT, TERSE]),
)
def test_a_key_that_stands_twice_is_refused_however_it_is_written(many, text) -> None:
    # A second value for a key that stands, before or behind it.
    for path, value in many:
        if isinstance(path[-1], str):
            key = json.dumps(path[-1], ensure_ascii=False)
            again = f"{key} : {json.dumps(value, ensure_ascii=False)},{key}:"
            text = text.replace(f"{key}:", again, 1)
    both(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TERSE,
        json.dumps(WHOLE),
        json.dumps(WHOLE, indent=2, ensure_ascii=False),
        f" {TEXT}\r\n",
        TEXT.replace(":", " :"),
    ],
    ids=["compact", "no empty value", "escaped", "indented", "blanks around", "blanks before colons"],
)
def test_a_submission_with_everything_in_it_takes_the_fast_lane_however_it_is_written(text) -> None:
    assert both(text.encode())


@pytest.mark.parametrize("title", ["Cafe\u0301 活动", "Caf\u00e9 活动"], ids=["decomposed", "composed"])
def test_what_is_read_is_in_order_and_its_texts_in_one_form_however_it_was_written(title) -> None:
    events = [{"id": f"E{n}", "type": "unity_month", "date": "2025-09-10", "title": title} for n in (10, 9)]
    content = json.dumps({**WHOLE, "events": events, "documents": []}, ensure_ascii=False).encode()
    both(content)
    found = read_line(content, "ours.json", shared_catalogue())
    assert [(one.id, one.title) for one in found.events] == [
        ("E9", "Caf\u00e9 活动"),
        ("E10", "Caf\u00e9 活动"),
    ]


@pytest.mark.parametrize(
    "again", ['"title":null,', '"files":[],', '"title":"甲",', '"expected":1,', '"pages":{},']
)
@pytest.mark.parametrize("text", [TEXT, TERSE], ids=["some values empty", "no empty value"])
def test_a_key_that_stands_twice_never_takes_the_fast_lane_whatever_it_says(text, again) -> None:
    for begin in [found.end() for found in re.finditer(r'(?<=[\[,]){"id":', text)]:
        changed = f"{text[: begin - 5]}{again}{text[begin - 5 :]}"
        twice = f"{text[: begin - 5]}{again}{again}{text[begin - 5 :]}"
        both(changed.encode())
        assert not both(twice.encode())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_examples_take_the_fast_lane(path) -> None:
    data = read_yaml(path.read_text(encoding="utf-8"), path.name).data
    assert both(json.dumps(data, ensure_ascii=False).encode())


def test_names_in_the_titles_of_several_entries_are_found_beside_titles_that_were_read_before() -> None:
    data = copy.deepcopy(WHOLE)
    # Each title for itself is harmless, and remembered as such.
    for title in ("高峰", "方圆", "张三"):
        data["events"][0]["title"] = title
        both(json.dumps(data, ensure_ascii=False).encode())
    for event, title in zip(data["events"], ("张三", "高峰", "方圆"), strict=True):
        event["title"] = title
    assert not both(json.dumps(data, ensure_ascii=False).encode())


def test_a_problem_of_a_line_is_placed_in_that_line() -> None:
    data = {**WHOLE, "counts": {"bulidings": 40}, "as_of": "2025-02-30"}
    content = json.dumps(data, ensure_ascii=False).encode()
    alone = outcome(submission_in, content, "all.jsonl.json", shared_catalogue())
    found = outcome(read_line, content, "all.jsonl", shared_catalogue(), 7)
    assert isinstance(found, tuple)
    assert isinstance(alone, tuple)
    assert [(one.place.file, one.place.line) for one in found] == [("all.jsonl", 7)] * len(alone)
    assert [one[2:] for one in found] == [one[2:] for one in alone]
    assert [one.place.column for one in found] == [one.place.column for one in alone]


def test_a_name_of_a_file_that_holds_a_number_of_a_person_is_refused() -> None:
    with pytest.raises(SubmissionError) as caught:
        read_line(TEXT.encode(), "13800138000.jsonl", shared_catalogue(), 1)
    assert [one.code for one in caught.value.problems] == ["number_of_a_person"]


@pytest.mark.parametrize("lenient", [False, True])
def test_a_json_file_alone_is_received_as_it_was(lenient, tmp_path) -> None:
    path = tmp_path / "ours.json"
    path.write_text(TEXT, encoding="utf-8")
    received = receive(path, lenient=lenient)
    assert inside(received.submission) == inside(load_alone(path).submission)
    assert received[1:] == ((), (), None, ())


def test_a_json_file_with_a_fault_or_an_include_is_read_with_care(tmp_path) -> None:
    path = tmp_path / "ours.json"
    (tmp_path / "street.json").write_text(
        json.dumps({**WHOLE, "events": [], "includes": []}), encoding="utf-8"
    )
    path.write_text(json.dumps(changed(("counts", "buildings"), "40个", "set")), encoding="utf-8")
    assert [one.code for one in outcome(receive, path)] == ["bad_number"]
    path.write_text(json.dumps({**WHOLE, "includes": ["street.json"]}), encoding="utf-8")
    assert "repeated_id" in [one.code for one in outcome(receive, path)]
