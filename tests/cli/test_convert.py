"""``duibiao convert`` and forms at the command line: from one format into another, inspected, annotated, scored."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
KUNMING = ("--rules", "kunming-model-community")
FAMILIES = ("kunming-model-community", "sichuan-city-2022")
_MADE: list[bytes] = []


@pytest.fixture
def form(duibiao, middling, tmp_path) -> Path:
    """The form of the middling community, made once."""
    path = tmp_path / "a.xlsx"
    if not _MADE:
        assert duibiao("convert", middling, "-o", "a.xlsx", *KUNMING).code == 0
        _MADE.append(path.read_bytes())
    path.write_bytes(_MADE[0])
    return path


# One community and one city; that forms of all rulesets say what the examples say is shown without the command line.
@pytest.mark.parametrize("name", FAMILIES)
def test_an_example_goes_through_all_three_formats_and_is_scored_alike(duibiao, name) -> None:
    path = ROOT / "examples" / name / "middling.yaml"
    rules = ("--rules", name)
    assert duibiao("convert", path, "-o", "a.xlsx", *rules).out == "a.xlsx\n"
    assert duibiao("convert", "a.xlsx", "-o", "b.json").code == 0
    assert duibiao("convert", "b.json", "-o", "c.yaml").code == 0
    score = ("score", *rules, "--format", "json", "--out", "-")
    first, *others = (duibiao(*score, one).out for one in (path, "a.xlsx", "b.json", "c.yaml"))
    assert json.loads(first)["score"]["floor"]
    assert others == [first, first, first]


def test_yaml_is_written_as_people_write_it(duibiao, middling, tmp_path) -> None:
    assert duibiao("convert", middling, "-o", "a.yaml").code == 0
    lines = (tmp_path / "a.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[:9] == [
        "submission: 1",
        "subject:",
        "  id: cuihu-an",
        "  name: 翠湖岸社区",
        "  kind: community",
        "  region: [云南省, 昆明市, 盘龙区]",
        'period: {from: "2025-01-01", to: "2025-12-31"}',
        'as_of: "2025-10-15"',
        "counts:",
    ]
    event = next(line for line in lines if "id: E01" in line)
    assert event.startswith(
        '  - {id: E01, type: creation_significance_publicity, date: "2025-06-12", title: "2025年6月'
    )
    assert event.endswith(", files: [e01.jpg]}")


def test_a_form_that_is_converted_keeps_its_rulesets(duibiao, form, tmp_path) -> None:
    assert duibiao("convert", "a.xlsx", "-o", "b.xlsx").code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_submission_with_problems_is_not_converted(duibiao, middling, edit, tmp_path) -> None:
    edit(middling, "model_buildings: 1", "model_buildings: 41", tmp_path / "a.yaml")
    done = duibiao("convert", "a.yaml", "-o", "a.xlsx")
    assert done.code == 2
    assert "[part_over_whole]" in done.err
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-o", "a.pdf"), "文件名以 .yaml、.json 或 .xlsx 结尾"),
        (("-o", "there.json"), "文件已存在，不覆盖"),
        (("-o", "a.xlsx", "--rules", "kunming"), "没有规则集 kunming"),
    ],
)
def test_what_cannot_be_converted_is_refused(duibiao, middling, tmp_path, arguments, words) -> None:
    (tmp_path / "there.json").write_text("{}")
    done = duibiao("convert", middling, *arguments)
    assert done.code == 2
    assert words in done.err


def test_a_form_is_inspected_with_what_was_read_and_every_problem(duibiao, form, tmp_path) -> None:
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["数据"]["E3"] = "6个"
    book["活动会议"]["E3"] = "3月12日"
    book.save(tmp_path / "b.xlsx")
    done = duibiao("inspect", "b.xlsx", "--annotate", "copy.xlsx")
    assert (done.code, done.out) == (1, "b.xlsx:数据!E3: “6个”读作 6\ncopy.xlsx\n")
    assert done.err.splitlines() == [
        "b.xlsx:活动会议!E3: [bad_date] “3月12日”：没有写年份。写成 2025-03-12 的样子",
        "共 1 处问题",
    ]
    comment = openpyxl.load_workbook(tmp_path / "copy.xlsx")["活动会议"]["E3"].comment
    assert comment.text == "【对标】“3月12日”：没有写年份。写成 2025-03-12 的样子"
    again = duibiao("inspect", "copy.xlsx", "--lang", "en", locale="en_US.UTF-8")
    assert again.out == "copy.xlsx:数据!E3: “6个” read as 6\n"
    assert again.err.splitlines()[0] == (
        "copy.xlsx:活动会议!E3: [bad_date] '3月12日': the year is missing. write it as 2025-03-12"
    )


def test_a_form_without_problems_says_so_and_has_no_annotated_copy(duibiao, form, tmp_path) -> None:
    done = duibiao("inspect", "a.xlsx", "--annotate", "copy.xlsx")
    assert done.code == 0
    assert done.out.endswith("没有问题\n")
    assert done.err == "没有问题，不写批注副本\n"
    assert not (tmp_path / "copy.xlsx").exists()


def test_of_a_form_with_a_person_s_number_no_copy_is_written(duibiao, form, tmp_path) -> None:
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["佐证目录"]["D3"] = "找13812345678"
    book.save(tmp_path / "b.xlsx")
    done = duibiao("inspect", "b.xlsx", "--annotate", "copy.xlsx")
    assert done.code == 1
    assert "表里有个人的信息，不写批注副本" in done.err
    assert "13812345678" not in done.out + done.err
    assert not (tmp_path / "copy.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a.yaml", "--annotate", "copy.xlsx"), "只能给 .xlsx 申报表写批注副本"),
        (("a.xlsx", "--annotate", "a.xlsx"), "文件已存在，不覆盖"),
    ],
)
def test_what_cannot_be_annotated_is_refused(duibiao, form, tmp_path, arguments, words) -> None:
    done = duibiao("inspect", *arguments)
    assert done.code == 2
    assert words in done.err


def test_a_faulty_cell_is_set_aside_where_scoring_is_lenient(duibiao, form, tmp_path) -> None:
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["数据"]["E3"] = "约6"
    book.save(tmp_path / "b.xlsx")
    score = ("score", "b.xlsx", *KUNMING, "--format", "json", "--out", "-")
    assert duibiao(*score).code == 2
    done = duibiao(*score, "--lenient")
    assert done.code == 0
    observed = [
        one["message"]["zh"] for one in json.loads(done.out)["integrity"] if one["code"] == "set_aside"
    ]
    assert observed == ["填报有误，暂不计分（b.xlsx:数据!E3）：“约6”：这里要一个确定的数"]


def test_the_name_of_a_sheet_is_shown_without_what_it_says_of_a_person(duibiao, tmp_path) -> None:
    duibiao("template", *KUNMING, "-o", "form.xlsx")
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    book.create_sheet("联系13812345678")
    book.save(tmp_path / "form.xlsx")
    done = duibiao("inspect", "form.xlsx")
    assert "form.xlsx:联系…: 不是本表的工作表，没有读取" in done.out
    assert "form.xlsx:联系…: [number_of_a_person]" in done.err
    assert "13812345678" not in done.out + done.err
