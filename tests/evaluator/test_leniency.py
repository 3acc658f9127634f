"""Reading leniently: a faulty item is set aside, the rest is read; what concerns the whole file or a person is refused."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from evaluator.errors import SubmissionError
from evaluator.loading import Received, receive

HEAD = """\
submission: 1
subject: {id: demo-01, name: 示例社区, kind: community}
period: {from: "2025-01-01", to: "2025-12-31"}
"""


def read(folder: Path, text: str) -> Received:
    path = folder / "ours.yaml"
    path.write_text(HEAD + dedent(text), encoding="utf-8")
    return receive(path, lenient=True)


def said(received: Received) -> list[str]:
    return [one.message.zh for one in received.observations]


def test_a_faulty_number_is_set_aside_and_the_rest_is_read(tmp_path) -> None:
    received = read(tmp_path, "counts: {buildings: 40个, families: 1200}\n")
    assert received.submission.counts == {"families": 1200}
    assert said(received) == [
        "填报有误，暂不计分（ours.yaml:4:10）：counts.buildings：“40个”不是可以采用的数"
    ]
    assert [one.code for one in received.observations] == ["set_aside"]


def test_a_part_over_its_whole_is_set_aside_alone(tmp_path) -> None:
    received = read(tmp_path, "counts: {buildings: 40, model_buildings: 41}\n")
    assert received.submission.counts == {"buildings": 40}
    assert said(received)[0].endswith(" 41 大于楼组（单位）总数 40")


def test_one_bad_entry_leaves_the_others_with_their_own_places(tmp_path) -> None:
    received = read(
        tmp_path,
        """\
        events:
          - {id: E1, type: unity_month, date: "2025-02-30"}
          - {id: E2, type: unity_month, date: "2025-09-10"}
          - {id: E3, type: unity_moth, date: "2025-09-11"}
          - {id: E2, type: unity_month, date: "2025-09-12"}
        """,
    )
    assert [one.id for one in received.submission.events] == ["E2"]
    assert [line.partition("）")[0] for line in said(received)] == [
        "填报有误，暂不计分（ours.yaml:5:33",
        "填报有误，暂不计分（ours.yaml:7:14",
        "填报有误，暂不计分（ours.yaml:8:6",
    ]


def test_nothing_is_set_aside_of_a_sound_file(tmp_path) -> None:
    assert read(tmp_path, "counts: {buildings: 40}\n").observations == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cuonts: {}\n", "extra_forbidden"),
        ('as_of: "2025-13-01"\n', "bad_date"),
        ("events: {}\n", "tuple_type"),
        ("counts: [1\n", "syntax"),
        (
            "statements: [{id: S1, type: affairs_desk, value: true, note: 13912345678}]\n",
            "number_of_a_person",
        ),
    ],
)
def test_a_fault_of_the_whole_file_or_of_a_person_refuses_it(tmp_path, text, code) -> None:
    with pytest.raises(SubmissionError) as caught:
        read(tmp_path, "counts: {buildings: x}\n" + text if code != "extra_forbidden" else text)
    assert code in [one.code for one in caught.value.problems]


def test_a_file_that_is_no_mapping_is_refused_as_ever(tmp_path) -> None:
    (tmp_path / "ours.yaml").write_text("- 1\n", encoding="utf-8")
    with pytest.raises(SubmissionError) as caught:
        receive(tmp_path / "ours.yaml", lenient=True)
    assert [one.code for one in caught.value.problems] == ["not_a_mapping"]
