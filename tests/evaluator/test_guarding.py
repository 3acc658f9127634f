"""A submission that holds anything about a person is refused, wherever it stands, and nothing of it is repeated or used."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluator.errors import Problem, SubmissionError
from evaluator.loading import receive
from evaluator.persons import PERSON_CODES
from tests.evaluator.persons.corpus import positives

MOBILE = "15412345678"
IDENTITY = "110101209003070018"
NAMES = "张三、李四、王五"
HEAD = """\
submission: 1
subject: {id: demo, name: 示例社区, kind: community}
period: {from: "2025-01-01", to: "2025-12-31"}
"""


def refused(path: Path, *, lenient: bool = False) -> tuple[Problem, ...]:
    with pytest.raises(SubmissionError) as caught:
        receive(path, lenient=lenient)
    return caught.value.problems


def problems(folder: Path, text: str, name: str = "ours.yaml", **more: bool) -> list[str]:
    """``line:column code`` of each problem of the submission ``text``; none of them repeats a number or a name."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    found = refused(path, **more)
    repeats_nothing(found, MOBILE, IDENTITY, "0874-23456789", "lisi@example.com", "李四")
    return [f"{one.place.line}:{one.place.column} {one.code}" for one in found if one.code in PERSON_CODES]


def repeats_nothing(found: tuple[Problem, ...], *values: str) -> None:
    for one in found:
        for said in (one.in_language("zh"), one.in_language("en")):
            plain = re.sub(r"[ \-]", "", said)
            assert not any(value in said or re.sub(r"[ \-]", "", value) in plain for value in values), said


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f"subject_note: {MOBILE}\n", ["4:1 number_of_a_person"]),  # an unknown key
        (f"{MOBILE}: 1\n", ["4:1 number_of_a_person"]),  # in a key
        (f"counts: {{{MOBILE}: 1}}\n", ["4:10 number_of_a_person"]),
        (f"counts: {{buildings: {MOBILE}}}\n", ["4:10 number_of_a_person"]),  # as a number
        ("counts: {buildings: '154-1234-5678'}\n", ["4:10 number_of_a_person"]),
        (f"events: [{{id: {MOBILE}, type: unity_month, date: '2025-09-01'}}]\n", ["4:11 number_of_a_person"]),
        (f"events: [{{id: E1, type: unity_month, date: {MOBILE}}}]\n", ["4:38 number_of_a_person"]),
        (
            f"events: [{{id: E1, type: unity_month, date: '2025-09-01', files: [{MOBILE}.jpg]}}]\n",
            ["4:66 number_of_a_person"],
        ),
        (f"events: {MOBILE}\n", ["4:1 number_of_a_person"]),  # of a wrong type
        (f"none: [{IDENTITY}]\n", ["4:8 number_of_a_person"]),
        (f"sources: {{buildings: 台账{IDENTITY}}}\n", ["4:11 number_of_a_person"]),
        (
            "documents: [{id: D1, type: unity_rules, pages: {goals: lisi@example.com}}]\n",
            ["4:49 address_of_a_person"],
        ),
        (f"documents: [{{id: D1, type: unity_rules, title: {NAMES}}}]\n", ["4:41 names_of_persons"]),
        (f"ratings: [{{criterion: km-4-6, level: 3, reason: 见{MOBILE}}}]\n", ["4:41 number_of_a_person"]),
        (f"units: {{residential_quarter: [{{id: Q1, name: {NAMES}}}]}}\n", ["4:40 names_of_persons"]),
        (f"includes: [../{MOBILE}.yaml]\n", ["4:12 number_of_a_person"]),
        (f"# 联系 {MOBILE}\n", ["4:6 number_of_a_person"]),  # in a comment
        (f"counts: {{buildings: 40}}  # {NAMES}\n", ["4:28 names_of_persons"]),
        (f"# {IDENTITY[:6]}\n# {IDENTITY[6:14]}\n# {IDENTITY[14:]}\n", ["4:3 number_of_a_person"]),
        (f"counts: &{MOBILE} {{buildings: 40}}\n", ["4:10 number_of_a_person"]),  # in the name of an anchor
        (
            f"title: |\n  第一行\n  {IDENTITY[:6]}\n  {IDENTITY[6:]}\n",
            ["4:1 number_of_a_person"],
        ),  # over two lines
        ('title: "154\\x31\\x32345678"\n', ["4:1 number_of_a_person"]),  # escaped
        ("files: [张三.jpg, 李四.jpg, 王五.jpg]\n", ["4:9 names_of_persons"]),  # each for itself is none
        ("counts: {张三: 1, 李四: 2, 王五: 3}\n", ["4:10 names_of_persons"]),  # as keys
        (
            f"a: {MOBILE}\nb: lisi@example.com  # {NAMES}\n",
            ["4:1 number_of_a_person", "5:1 address_of_a_person", "5:24 names_of_persons"],
        ),
    ],
)
@pytest.mark.parametrize("lenient", [False, True])
def test_whatever_concerns_a_person_is_placed_and_never_repeated(text, places, lenient, tmp_path) -> None:
    assert problems(tmp_path, HEAD + text, lenient=lenient) == places


def test_names_one_in_each_entry_are_a_list_of_names(tmp_path) -> None:
    entries = "".join(
        f"  - {{id: E{n}, type: unity_month, date: '2025-09-0{n}', title: {name}}}\n"
        for n, name in enumerate(NAMES.split("、"), 1)
    )
    assert problems(tmp_path, HEAD + "events:\n" + entries) == ["5:53 names_of_persons"]


def test_json_is_guarded_like_yaml(tmp_path) -> None:
    data = {
        "submission": 1,
        "subject": {"id": "demo", "name": "示例社区", "kind": "community"},
        "period": {"from": "2025-01-01", "to": "2025-12-31"},
        "counts": {"buildings": int(MOBILE)},
        "备注": "张三、李四",
    }
    text = json.dumps(data, indent=1)
    assert "张" not in text  # escaped
    assert problems(tmp_path, text, "ours.json") == ["13:3 number_of_a_person", "15:2 names_of_persons"]


def test_the_rest_of_what_is_wrong_is_said_at_once(tmp_path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(HEAD + f"counts: {{buildings: 40个, bulidings: 1}}\ntitle: {MOBILE}\n", encoding="utf-8")
    assert [one.code for one in refused(path)] == ["bad_number", "extra_forbidden", "number_of_a_person"]


def test_a_text_that_cannot_be_parsed_is_guarded_too(tmp_path) -> None:
    assert problems(tmp_path, HEAD + f"counts: [1\ntitle: {MOBILE}\n# {NAMES}\n") == [
        "5:8 number_of_a_person",
        "6:3 names_of_persons",
    ]
    assert problems(tmp_path, f'{{"a": {MOBILE},,}}', "ours.json") == ["1:7 number_of_a_person"]


def test_a_service_number_may_stand_in_the_note_of_a_hotline_and_nowhere_else(tmp_path) -> None:
    path = tmp_path / "ours.yaml"
    note = "statements: [{id: S1, type: service_hotline, value: true, note: 0874-23456789}]\n"
    path.write_text(HEAD + note + "# 热线 0874-23456789 已公布\n", encoding="utf-8")
    assert receive(path).submission.statements[0].note == "0874-23456789"
    elsewhere = note.replace("service_hotline", "affairs_desk")
    assert problems(tmp_path, HEAD + elsewhere) == ["4:56 number_of_a_person"]
    assert problems(tmp_path, HEAD + note.replace("0874-23456789", MOBILE)) == ["4:59 number_of_a_person"]
    assert problems(tmp_path, HEAD + note + "# 值班 0874-23456788\n") == ["5:6 number_of_a_person"]


def test_a_refusal_says_the_kind_and_the_mend_in_both_languages(tmp_path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(HEAD + f"# {MOBILE}\n", encoding="utf-8")
    (problem,) = refused(path)
    assert problem.in_language("zh").endswith(
        "ours.yaml:4:3: [number_of_a_person] 这里有电话号码，本系统不收集任何个人的信息。删去这个号码"
    )
    assert problem.in_language("en").endswith(
        "[number_of_a_person] a telephone number stands here: nothing about a person is collected. leave the number out"
    )


def test_a_file_that_is_named_after_a_person_is_refused_and_its_name_is_not_repeated(tmp_path) -> None:
    path = tmp_path / f"社区{MOBILE}.yaml"
    path.write_text(HEAD + "counts: {bulidings: 1}\n", encoding="utf-8")
    found = refused(path)
    assert [one.code for one in found] == ["number_of_a_person", "unknown_item"]
    repeats_nothing(found, MOBILE)
    assert {Path(one.place.file).name for one in found} == {"社区….yaml"}
    repeats_nothing(refused(tmp_path / "名单" / f"{MOBILE}.yaml"), MOBILE)


def test_nothing_that_a_refused_file_includes_is_opened(tmp_path) -> None:
    found = problems(tmp_path, HEAD + f"includes: [{MOBILE}.yaml, missing.yaml]\n")
    assert found == ["4:12 number_of_a_person"]
    assert [one.code for one in refused(tmp_path / "ours.yaml")] == ["number_of_a_person"]


def test_an_included_file_is_guarded_too(tmp_path) -> None:
    (tmp_path / "street.yaml").write_text(HEAD + f"# {MOBILE}\n", encoding="utf-8")
    found = refused_at(tmp_path, HEAD + "includes: [street.yaml]\n")
    assert [(Path(one.place.file).name, one.code) for one in found] == [("street.yaml", "number_of_a_person")]


def refused_at(folder: Path, text: str) -> tuple[Problem, ...]:
    (folder / "ours.yaml").write_text(text, encoding="utf-8")
    return refused(folder / "ours.yaml")


FAULTY = [
    "{value}：1\n",
    "{value}:1\n",
    "{value}\n",
    "counts: {{buildings: {value}}}\n",
    "counts: {{{value}: 40}}\n",
    "counts: {{{value}: 40, {value}: 41}}\n",
    "previous: {{counts: {{buildings: {value}}}}}\n",
    "events: [{{id: {value}, type: unity_month, date: {value}, title: {value}, files: [{value}]}}]\n",
    "events: [{{id: E1, type: {value}, date: '2025-09-01'}}, {{id: E1, type: {value}, date: '2025-09-01'}}]\n",
    "documents: [{{id: D1, type: {value}, contains: [{value}], pages: {{{value}: {value}}}, issued: {value}}}]\n",
    "statements: [{{id: S1, type: affairs_desk, value: {value}, note: {value}}}]\n",
    "none: [{value}, {value}]\n",
    "none: {value}\n",
    "units: {{{value}: [{{id: {value}, name: {value}, statements: {{{value}: true}}}}]}}\n",
    "ratings: [{{criterion: {value}, level: {value}, reason: {value}}}]\n",
    "includes: [{value}, /{value}.yaml]\n",
    "as_of: {value}\n",
    "a: *{value}\n",
    "a: !{value} 1\n",
    "a: &{value} 1\nb: [*{value}, {{]\n",
    "subject: {{id: {value}, kind: {value}}}\n",
    "a: '{value}\n",
    'a: "{value}\\q"\n',
    "  {value}: 1\n",
    "\t{value}: 1\n",
    "- {value}\n",
    "? [{value}]\n",
    "%{value}\n",
]
VALUES = [
    one.text
    for one in positives()[::23]
    if one.text.isascii() and "\n" not in one.text and len(one.text) < 40
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(
    st.sampled_from(FAULTY),
    st.sampled_from([MOBILE, IDENTITY, "154-1234-5678", "lisi@example.com", *VALUES]),
    st.booleans(),
    st.booleans(),
)
def test_no_message_of_any_fault_repeats_what_concerns_a_person(
    tmp_path, faulty, value, quoted, lenient
) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(HEAD + faulty.format(value=f'"{value}"' if quoted else value), encoding="utf-8")
    found = refused(path, lenient=lenient)
    digits = re.sub(r"\D", "", value)
    repeats_nothing(found, value, *([digits] if len(digits) > 6 else []))
