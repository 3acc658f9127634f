"""``duibiao convert`` and forms at the command line: from one format into another, inspected, annotated, scored."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*/*.yaml"))
KUNMING = ("--rules", "kunming-model-community")


@pytest.mark.parametrize("path", EXAMPLES[2::3], ids=lambda path: path.parent.name)
def test_an_example_goes_through_all_three_formats_and_is_scored_alike(duibiao, tmp_path, path) -> None:
    rules = ("--rules", path.parent.name)
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
    assert (
        '  - {id: E01, type: creation_significance_publicity, date: "2025-06-12", title: "2025年6月示范社区创建意义宣传活动", files: [e01.jpg]}'
        in lines
    )


def test_a_form_that_is_converted_keeps_its_rulesets(duibiao, middling, tmp_path) -> None:
    duibiao("convert", middling, "-o", "a.xlsx", *KUNMING)
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


def test_a_form_is_inspected_with_what_was_read_and_every_problem(duibiao, middling, tmp_path) -> None:
    duibiao("convert", middling, "-o", "a.xlsx", *KUNMING)
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


def test_a_form_without_problems_says_so_and_has_no_annotated_copy(duibiao, middling, tmp_path) -> None:
    duibiao("convert", middling, "-o", "a.xlsx", *KUNMING)
    done = duibiao("inspect", "a.xlsx", "--annotate", "copy.xlsx")
    assert done.code == 0
    assert done.out.endswith("没有问题\n")
    assert done.err == "没有问题，不写批注副本\n"
    assert not (tmp_path / "copy.xlsx").exists()


def test_of_a_form_with_a_person_s_number_no_copy_is_written(duibiao, middling, tmp_path) -> None:
    duibiao("convert", middling, "-o", "a.xlsx", *KUNMING)
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
def test_what_cannot_be_annotated_is_refused(duibiao, middling, tmp_path, arguments, words) -> None:
    duibiao("convert", middling, "-o", "a.xlsx", *KUNMING)
    done = duibiao("inspect", *arguments)
    assert done.code == 2
    assert words in done.err


def test_a_faulty_cell_is_set_aside_where_scoring_is_lenient(duibiao, middling, tmp_path) -> None:
    duibiao("convert", middling, "-o", "a.xlsx", *KUNMING)
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
