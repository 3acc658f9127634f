"""``duibiao sample``: the plan that it prints and writes, and what it refuses."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import EXAMPLES, LOCALES

KUNMING = ("--rules", "kunming-model-community")
ASKED = ("--communities", "2", "--criteria", "4", "--seed", "2025年度")


@pytest.fixture
def three() -> list[Path]:
    """The three examples of one standard."""
    return sorted((EXAMPLES / "kunming-model-community").glob("*.yaml"))


def test_the_plan_is_told_and_written_in_every_form(duibiao, three, tmp_path) -> None:
    done = duibiao(
        "sample", *three, *KUNMING, *ASKED, "-o", "方案/plan.xlsx", "-o", "plan.json", "--out", "plan.pdf"
    )
    assert (done.code, done.err) == (0, "")
    told = done.out.splitlines()
    assert told[0] == "3 份申报，抽查 2 家，每家至多 4 项；种子 2025年度"
    assert told[3:] == ["方案/plan.xlsx", "plan.json", "plan.pdf"]
    found = json.loads((tmp_path / "plan.json").read_bytes())
    assert (found["plan"], found["seed"], found["algorithm"]) == (1, "2025年度", "duibiao-sample-1")
    assert [len(one["criteria"]) for one in found["picks"]] == [4, 4]
    book = openpyxl.load_workbook(BytesIO((tmp_path / "方案/plan.xlsx").read_bytes()))
    assert book.sheetnames == [
        "概况",
        "二、分层和名额",
        "三、抽查的单位",
        "四、每家核查的指标",
        "五、全部申报和签号",
    ]
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")


def test_the_same_seed_gives_the_same_plan_from_whatever_order(duibiao, three, tmp_path) -> None:
    for name, files in (("one.json", three), ("other.json", three[::-1])):
        assert duibiao("sample", *files, *KUNMING, *ASKED, "-o", name).code == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()


def test_the_plan_speaks_english_too(duibiao, three, tmp_path) -> None:
    done = duibiao("sample", *three, *KUNMING, *ASKED, "-o", "plan.html", locale=LOCALES["en"])
    assert done.out.startswith("3 submissions, 2 to visit, at most 4 criteria in each; seed 2025年度\n")
    assert "How it was drawn" in (tmp_path / "plan.html").read_text("utf-8")


def test_risk_and_regions_can_be_set(duibiao, three, tmp_path) -> None:
    more = ("--for-risk", "2", "--region-level", "0", "--as-of", "2025-06-30")
    assert duibiao("sample", *three, *KUNMING, *ASKED, *more, "-o", "plan.json").code == 0
    found = json.loads((tmp_path / "plan.json").read_bytes())
    assert found["asked"]["for_risk"] == 2
    assert {len(one["region"]) for one in found["strata"]} == {0}


def test_every_problem_of_every_submission_is_listed_and_nothing_is_written(duibiao, three, tmp_path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("submission: 2\n", encoding="utf-8")
    done = duibiao("sample", *three, three[0], bad, "none.yaml", *KUNMING, *ASKED, "-o", "plan.json")
    assert (done.code, done.out) == (2, "")
    assert {"repeated_subject", "missing", "no_file"} <= set(re.findall(r"\[(\w+)\]", done.err))
    assert not (tmp_path / "plan.json").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--communities", "0", "--criteria", "4", "--seed", "x", "-o", "p.json"), "写不小于 1 的整数"),
        (("--communities", "两", "--criteria", "4", "--seed", "x", "-o", "p.json"), "写不小于 1 的整数"),
        ((*ASKED, "-o", "plan.docx"), "文件名以 .xlsx、.pdf、.html、.json 结尾"),
        (ASKED, "--out"),
        (("--communities", "2", "--criteria", "4", "-o", "p.json"), "--seed"),
        ((*ASKED, "-o", "p.json", "--as-of", "2025年6月"), "2025-10-15"),
    ],
)
def test_wrong_usage_is_explained(duibiao, three, arguments, message) -> None:
    done = duibiao("sample", *three, *KUNMING, *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_a_plan_that_is_there_is_not_overwritten(duibiao, three, tmp_path) -> None:
    (tmp_path / "plan.json").write_text("现场记录", encoding="utf-8")
    done = duibiao("sample", *three, *KUNMING, *ASKED, "-o", "new.json", "-o", "plan.json")
    assert (done.code, done.out) == (2, "")
    assert "plan.json" in done.err
    assert (tmp_path / "plan.json").read_text("utf-8") == "现场记录"
    assert not (tmp_path / "new.json").exists()


def test_a_seed_cannot_steer_the_terminal(duibiao, three) -> None:
    asked = ("--communities", "1", "--criteria", "1", "--seed", "a\x1b[31m\u202eb")
    done = duibiao("sample", *three, *KUNMING, *asked, "-o", "plan.html")
    assert done.code == 0
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
