"""A form is a submission wherever one is accepted: alone, leniently, and included by several communities."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from evaluator.errors import SubmissionError
from evaluator.loading import examine, load_alone, pictures_of_form, receive, rulesets_of_form
from evaluator.workbook.making import Filled
from tests.evaluator.building import CATALOGUE
from tests.evaluator.workbook.forms import YEAR, blank, filled, made, put, with_wps_picture


def community(folder: Path, name: str, includes: str = "street.xlsx") -> Path:
    def change(workbook: Workbook) -> None:
        put(workbook, "单位信息", "id", value=name)
        put(workbook, "单位信息", "includes.1", value=includes)
        put(workbook, "数据", "buildings", now=40)

    path = folder / f"{name}.xlsx"
    path.write_bytes(filled(change))
    return path


def street(folder: Path) -> Path:
    def change(workbook: Workbook) -> None:
        put(workbook, "街道提供", "permit", id="P1", title="许可", date="2025-02-01", valid_to="2026-01-31")

    path = folder / "street.xlsx"
    path.write_bytes(filled(change, made(Filled("street", "jiedao", "示例街道", start=YEAR[0], end=YEAR[1]))))
    return path


def test_what_the_street_states_once_serves_its_communities(tmp_path) -> None:
    street(tmp_path)
    for name in ("first", "second"):
        found = receive(community(tmp_path, name), CATALOGUE).submission
        assert found.subject.id == name
        assert [(one.id, one.type) for one in found.documents] == [("P1", "permit")]
        assert found.counts == {"buildings": 40}


def test_entries_without_an_id_do_not_clash_with_those_of_the_street(tmp_path) -> None:
    def of_the_street(workbook: Workbook) -> None:
        put(workbook, "街道提供", "permit", date="2025-02-01")

    def own(workbook: Workbook) -> None:
        put(workbook, "单位信息", "includes.1", value="street.xlsx")
        put(workbook, "文件制度", "rules", title="制度")
        put(workbook, "活动会议", "meeting", date="2025-03-12")

    empty = made(Filled("street", "jiedao", "示例街道", start=YEAR[0], end=YEAR[1]))
    (tmp_path / "street.xlsx").write_bytes(filled(of_the_street, empty))
    (tmp_path / "own.xlsx").write_bytes(filled(own))
    found = receive(tmp_path / "own.xlsx", CATALOGUE).submission
    assert sorted(entry.id for _, _, entry in found.entries()) == ["D1", "E1", "JD1"]


def test_a_yaml_file_may_include_a_form_and_a_form_a_yaml_file(tmp_path) -> None:
    street(tmp_path)
    text = 'submission: 1\nsubject: {id: a, name: 甲, kind: community}\nperiod: {from: "2025-01-01", to: "2025-12-31"}\n'
    (tmp_path / "a.yaml").write_text(f"{text}includes: [street.xlsx]\n", encoding="utf-8")
    assert len(receive(tmp_path / "a.yaml", CATALOGUE).submission.documents) == 1
    (tmp_path / "b.yaml").write_text(
        f"{text}documents: [{{id: D1, type: rules, title: 制度}}]\n", encoding="utf-8"
    )
    found = receive(community(tmp_path, "c", "b.yaml"), CATALOGUE).submission
    assert [one.title for one in found.documents] == ["制度"]


def test_a_fault_of_an_included_form_is_placed_in_its_own_cell(tmp_path) -> None:
    path = street(tmp_path)
    path.write_bytes(
        filled(
            lambda workbook: put(workbook, "街道提供", "permit", date="3月1日"),
            made(Filled("street", "jiedao", "示例街道", start=YEAR[0], end=YEAR[1])),
        )
    )
    found = examine(community(tmp_path, "a"), CATALOGUE)
    assert [str(one.place) for one in found.problems] == [f"{path}:街道提供!G3"]


def test_a_form_alone_keeps_the_names_of_what_it_includes(tmp_path) -> None:
    assert load_alone(community(tmp_path, "a"), CATALOGUE).submission.includes == ("street.xlsx",)


def test_leniently_a_faulty_cell_is_set_aside_and_the_rest_is_scored(tmp_path) -> None:
    def change(workbook: Workbook) -> None:
        put(workbook, "数据", "buildings", now="约40")
        put(workbook, "数据", "incidents", now=0)
        put(workbook, "活动会议", "meeting", date="3月12日")
        put(workbook, "活动会议", "meeting", 2, date="2025-03-12")
        put(workbook, "佐证目录", "", files="x.jpg", id="E9")

    path = tmp_path / "f.xlsx"
    path.write_bytes(filled(change))
    received = receive(path, CATALOGUE, lenient=True)
    assert received.submission.counts == {"incidents": 0}
    assert [one.id for one in received.submission.events] == ["E2"]
    assert [one.message.zh for one in received.observations] == [
        "填报有误，暂不计分（f.xlsx:数据!E3）：“约40”：这里要一个确定的数",
        "填报有误，暂不计分（f.xlsx:活动会议!E3）：“3月12日”：没有写年份",
        "填报有误，暂不计分（f.xlsx:佐证目录!C3）：没有编号为“E9”的佐证",
    ]


def test_leniently_a_form_without_its_subject_is_refused_all_the_same(tmp_path) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(filled(lambda workbook: put(workbook, "单位信息", "name", value=None)))
    with pytest.raises(SubmissionError) as caught:
        receive(path, CATALOGUE, lenient=True)
    assert [one.code for one in caught.value.problems] == ["missing"]


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (".xlsm", "[macros] 带宏的工作簿不能接收。用 WPS 或 Excel 打开，另存为 .xlsx"),
        (".xls", "[other_workbook] 不读 .xls 文件。用 WPS 或 Excel 打开，另存为 .xlsx"),
        (".et", "[other_workbook] 不读 .et 文件。用 WPS 或 Excel 打开，另存为 .xlsx"),
        (".ods", "[other_workbook] 不读 .ods 文件。用 WPS 或 Excel 打开，另存为 .xlsx"),
        (".csv", "[other_workbook] 不读 .csv 文件。用 WPS 或 Excel 打开，另存为 .xlsx"),
    ],
)
def test_workbooks_of_other_kinds_are_refused_by_name(tmp_path, ending, words) -> None:
    path = tmp_path / f"f{ending}"
    path.write_bytes(blank())
    assert [one.in_language("zh") for one in examine(path).problems] == [f"{path}: {words}"]


def test_the_ending_may_be_in_capitals(tmp_path) -> None:
    path = tmp_path / "F.XLSX"
    path.write_bytes(blank())
    assert examine(path, CATALOGUE).problems == ()


def test_the_rulesets_and_the_pictures_of_a_form_can_be_had(tmp_path) -> None:
    content = filled(lambda workbook: put(workbook, "活动会议", "meeting", date="2025-03-12", id="E01"))
    path = tmp_path / "f.xlsx"
    path.write_bytes(with_wps_picture(content, "活动会议", "I3"))
    assert rulesets_of_form(path) == ("trial",)
    assert rulesets_of_form(tmp_path / "a.yaml") == ()
    assert pictures_of_form(path) == {"E01_图1.jpg": b"picture 1"}
