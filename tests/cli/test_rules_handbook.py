"""``rules handbook``: PDF, HTML and data of one ruleset, whole or not at all, the same each time."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from evaluator.loading import load_ruleset

NAME = "kunming-model-community"
TABLE = Path(__file__).resolve().parents[2] / "examples" / "rulesets" / "meal-service-2026"


def test_the_pdf_names_every_criterion_and_is_the_same_each_time(duibiao, tmp_path) -> None:
    for name in ("a.pdf", "b.pdf"):
        done = duibiao("rules", "handbook", TABLE, "-o", name)
        assert (done.code, done.out, done.err) == (0, f"{name}\n", "")
    made = (tmp_path / "a.pdf").read_bytes()
    assert made == (tmp_path / "b.pdf").read_bytes()
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "评估手册" in text
    assert all(name in text for name in load_ruleset(str(TABLE)).ruleset.by_id())


def test_several_files_of_one_run_agree(duibiao, tmp_path) -> None:
    done = duibiao("rules", "handbook", NAME, "-o", "out/h.html", "-o", "out/h.json", "--lang", "en")
    assert done.code == 0
    page = (tmp_path / "out" / "h.html").read_text(encoding="utf-8")
    found = json.loads((tmp_path / "out" / "h.json").read_text(encoding="utf-8"))
    assert "<html lang=" in page
    assert "Handbook" in page
    assert found["ruleset"]["id"] == NAME
    assert sum(len(one["criteria"]) for one in found["sections"]) == found["ruleset"]["criteria"] == 62


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([NAME, "-o", "there.pdf"], "there.pdf: [file_exists] 文件已存在，不覆盖"),
        ([NAME, "-o", "h.docx"], "文件名以 .pdf、.html、.json 结尾"),
        (["kunming", "-o", "h.pdf"], "[unknown_ruleset] 没有规则集 kunming"),
        ([NAME], "--out"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_nothing_written(duibiao, tmp_path, arguments, said) -> None:
    (tmp_path / "there.pdf").write_text("mine")
    done = duibiao("rules", "handbook", *arguments)
    assert done.code == 2
    assert said in done.err
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("there.pdf", "mine")]


def test_a_folder_without_clauses_is_refused_with_its_file(duibiao, own_rules) -> None:
    (own_rules / "clauses.yaml").unlink()
    done = duibiao("rules", "handbook", own_rules, "-o", "h.html")
    assert done.code == 2
    assert "clauses.yaml: [no_file] 找不到文件" in done.err
