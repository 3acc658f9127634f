"""``duibiao rules impact``: what it prints, writes, refuses and goes on with."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import EXAMPLES

RULES = "kunming-model-community"


@pytest.fixture
def revised(own_rules: Path, edit: Any) -> Path:
    """A copy of the ruleset with a raised threshold."""
    path = own_rules / "ruleset.yaml"
    return edit(
        path, 'denominator: buildings, at_least: "5%"', 'denominator: buildings, at_least: "8%"'
    ).parent


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A folder of submissions, one of them in a folder of its own, beside a file that is none."""
    folder = tmp_path / "sent"
    (folder / "district").mkdir(parents=True)
    for name in ("borderline", "excellent"):
        shutil.copy(EXAMPLES / RULES / f"{name}.yaml", folder)
    shutil.copy(EXAMPLES / RULES / "middling.yaml", folder / "district")
    (folder / "notes.txt").write_text("none", encoding="utf-8")
    return folder


def test_a_change_is_told_by_unit_criterion_and_region(duibiao, revised, sent) -> None:
    done = duibiao("rules", "impact", RULES, revised, sent, "--stage", "inspection")
    assert (done.code, done.err) == (0, "")
    assert "单位数: 3\n" in done.out
    assert "已确认分: 升 0、降 1、不变 2、无法测算 0\n" in done.out
    assert (
        "  六（二） 民族团结文明楼组（单位）比例 | 1 | 0 | 0 | -0.54 | 民族团结文明楼组（单位）数：2 个单位共 4 个\n"
        in done.out
    )
    assert re.search(r"\| 98.39 \| 96.77 \| -1.61 \| 示范 \| 达标 \|", done.out)
    assert "没有无法测算的。" in done.out
    english = duibiao("rules", "impact", RULES, revised, sent, "--lang", "en")
    assert "Confirmed score: up 0, down 1, same 2, cannot be told 0\n" in english.out


def test_the_workbook_has_the_five_sheets_and_every_unit(duibiao, revised, sent, tmp_path) -> None:
    done = duibiao("rules", "impact", RULES, revised, sent, "-o", "i.xlsx", "-o", "i.html", "-o", "i.json")
    assert done.code == 0
    book = openpyxl.load_workbook(tmp_path / "i.xlsx")
    assert book.sheetnames == ["概览", "单位明细", "指标", "地区", "无法测算"]
    assert len(list(book["单位明细"].iter_rows(min_row=3))) == 3
    assert "<svg" in (tmp_path / "i.html").read_text(encoding="utf-8")
    found = json.loads((tmp_path / "i.json").read_bytes())
    assert (found["impact"], found["ignored"], len(found["units"])) == (1, 1, 3)


def test_refused_submissions_are_listed_and_the_rest_is_counted(duibiao, revised, sent, edit) -> None:
    edit(sent / "borderline.yaml", "buildings: 40", "buildings: many")
    shutil.copy(sent / "excellent.yaml", sent / "twice.yaml")
    (sent / "broken.json").write_text("{", encoding="utf-8")
    done = duibiao("rules", "impact", RULES, revised, sent)
    assert done.code == 2
    assert "单位数: 2\n" in done.out
    assert "拒收: 3 份申报未计入" in done.out
    assert sorted(re.findall(r"\[(\w+)\]", done.err)) == ["bad_number", "repeated_subject", "syntax"]


def test_several_processes_tell_the_same(duibiao, revised, sent) -> None:
    for n in range(60):
        text = (sent / "excellent.yaml").read_text(encoding="utf-8")
        (sent / f"u{n}.yaml").write_text(re.sub(r"  id: \S+", f"  id: u{n}", text, count=1), encoding="utf-8")
    alone = duibiao("rules", "impact", RULES, revised, sent, "--format", "json", "--jobs", "1")
    together = duibiao("rules", "impact", RULES, revised, sent, "--format", "json", "--jobs", "2")
    assert alone.out == together.out
    assert json.loads(alone.out)["totals"]["units"] == 63


def test_the_same_rules_change_nothing(duibiao, sent) -> None:
    found = json.loads(duibiao("rules", "impact", RULES, RULES, sent, "--format", "json").out)
    assert found["totals"]["score"] == {"gains": 0, "loses": 0, "same": 3, "unknown": 0}
    assert (found["criteria"], found["unknown"]) == ([], [])


def test_each_value_of_a_threshold_is_tried(duibiao, sent, tmp_path) -> None:
    done = duibiao(
        "rules", "impact", RULES, sent, "--shift", "km-2-6=6%..8%/2%", "-o", "s.html", "-o", "s.xlsx"
    )
    assert done.code == 0
    assert "所试的数: 六（二） 民族团结文明楼组（单位）比例 km-2-6:check.at_least\n" in done.out
    assert re.findall(r"^  (5%（现行）|6%|8%) \| (\d) \| 0 \| (\d)", done.out, re.MULTILINE) == [
        ("5%（现行）", "2", "1"),
        ("6%", "1", "2"),
        ("8%", "1", "2"),
    ]
    assert "<svg" in (tmp_path / "s.html").read_text(encoding="utf-8")
    assert openpyxl.load_workbook(tmp_path / "s.xlsx").sheetnames == ["概览", "取值与整体", "取值与本指标"]


MISUSE = [
    (["{rules}", "{sent}"], "要写新规则集和申报"),
    (["{rules}", "{rules}", "{sent}", "--shift", "km-2-6=6%..8%"], "只给一套规则"),
    (["{rules}", "{sent}", "--shift", "km-2-6=6%..8%", "--shift", "km-2-5=6%..8%"], "一次只试一个阈值"),
    (["{rules}", "{sent}", "--shift", "km-2-6=6..8"], "[bad_shift] 现行值是 5%"),
    (["{rules}", "{rules}", "nowhere"], "找不到"),
    (["{rules}", "{rules}", "empty"], "文件夹里没有申报"),
]


@pytest.mark.parametrize(("arguments", "words"), MISUSE, ids=[words for _, words in MISUSE])
def test_misuse_is_refused_with_what_to_do(duibiao, sent, tmp_path, arguments, words) -> None:
    (tmp_path / "empty").mkdir()
    line = [one.format(rules=RULES, sent=sent) for one in arguments]
    done = duibiao("rules", "impact", *line)
    assert (done.code, words in done.err) == (2, True), done.err
