"""``duibiao rules diff``: what it prints, writes and refuses."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

RULES = "kunming-model-community"


@pytest.fixture
def revised(own_rules: Path, edit: Any) -> Path:
    """A copy of the ruleset with a raised threshold and another title."""
    edit(
        own_rules / "ruleset.yaml",
        'denominator: buildings, at_least: "5%"',
        'denominator: buildings, at_least: "8%"',
    )
    return edit(own_rules / "ruleset.yaml", "{zh: 制定创建工作方案,", "{zh: 有创建工作方案,").parent


def test_changes_are_told_in_the_words_of_clauses_with_what_they_need(duibiao, revised) -> None:
    done = duibiao("rules", "diff", RULES, revised)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        f"{RULES}@1.0.0 → {RULES}@1.0.0\n"
        "\n"
        "影响判定的改动（1）\n"
        "  六(二) 民族团结文明楼组（单位）比例：由不低于 5% 提高到不低于 8%〔从严〕\n"
        "\n"
        "只改文字（1）\n"
        "  五 有创建工作方案：名称由制定创建工作方案改为有创建工作方案\n"
        "\n"
        "版本号提高得不够（1.0.0 → 1.0.0）：要提高次版本号（第二位），至少 1.1.0\n"
    )
    english = duibiao("rules", "diff", RULES, revised, "--lang", "en")
    assert "raised to at least 8% (was at least 5%) [stricter]" in english.out


def test_the_exit_code_answers_only_where_it_is_asked(duibiao, revised, edit) -> None:
    assert duibiao("rules", "diff", RULES, revised, "--require-version").code == 1
    edit(revised / "ruleset.yaml", 'version: "1.0.0"', 'version: "1.1.0"')
    assert duibiao("rules", "diff", RULES, revised, "--require-version").code == 0


def test_every_form_is_written_and_the_word_table_is_as_asked(duibiao, revised, tmp_path) -> None:
    names = [f"out/t.{kind}" for kind in ("docx", "xlsx", "html", "json")]
    options = [part for name in names for part in ("-o", name)]
    done = duibiao("rules", "diff", RULES, revised, *options, "--format", "json")
    assert (done.code, done.err.splitlines()) == (0, names)
    assert json.loads(done.out) == json.loads((tmp_path / "out/t.json").read_bytes())
    content = (tmp_path / "out/t.docx").read_bytes()
    word = docx.Document(BytesIO(content))
    page = word.sections[0]
    assert (page.orientation, round(page.page_width.mm), round(page.page_height.mm)) == (
        WD_ORIENT.LANDSCAPE,
        297,
        210,
    )
    table = word.tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["条款/指标", "修订前", "修订后", "说明", "影响"]
    assert [cell.text for cell in table.rows[1].cells] == [
        "六（二） 民族团结文明楼组（单位）比例",
        "不低于 5%",
        "不低于 8%",
        "阈值",
        "从严",
    ]
    properties = [row._tr.trPr for row in table.rows]
    assert properties[0].find(qn("w:tblHeader")) is not None
    assert all(one.find(qn("w:cantSplit")) is not None for one in properties)
    fonts = word.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == "宋体"
    book = openpyxl.load_workbook(tmp_path / "out/t.xlsx")
    assert book.sheetnames[:2] == ["概况", "一、影响判定的改动"]
    duibiao("rules", "diff", RULES, revised, "-o", "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == content
    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_ruleset_does_not_differ_from_itself(duibiao) -> None:
    done = duibiao("rules", "diff", RULES, RULES)
    assert done.out.splitlines()[1:] == ["没有改动，版本号不必提高（1.0.0 → 1.0.0）"]


def test_what_cannot_be_read_is_refused_with_every_problem_of_both(duibiao, revised, edit) -> None:
    edit(revised / "ruleset.yaml", "months: 12", "months: 0")
    done = duibiao("rules", "diff", "kunming-model-comunity", revised, "-o", "t.docx")
    assert (done.code, done.out) == (2, "")
    assert "没有规则集 kunming-model-comunity。是否想写 kunming-model-community" in done.err
    assert "ruleset.yaml:" in done.err
    assert duibiao("rules", "diff", RULES, RULES, "-o", "t.doc").code == 2


def test_a_file_that_is_there_is_not_overwritten(duibiao, tmp_path) -> None:
    (tmp_path / "t.docx").write_bytes(b"mine")
    done = duibiao("rules", "diff", RULES, RULES, "-o", "t.docx")
    assert (done.code, (tmp_path / "t.docx").read_bytes()) == (2, b"mine")
    assert "文件已存在" in done.err
