"""``duibiao compare``: what it prints, writes and refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commands.writing import json_bytes
from evaluator import assess, load_ruleset, load_submission
from evaluator.canonical import digest
from tests.cli.conftest import EXAMPLES

Json = dict[str, Any]
Write = Callable[..., Path]


@pytest.fixture
def assessed(tmp_path: Path) -> Write:
    """Write the assessment of an example under this name; ``change`` may alter it, and then its digest is made anew."""

    def write(
        name: str, example: str = "middling", change: Callable[[Json], object] | None = None, **more: Any
    ) -> Path:
        loaded = load_ruleset("kunming-model-community")
        sent = load_submission(EXAMPLES / "kunming-model-community" / f"{example}.yaml", loaded.catalogue)
        document: Json = json.loads(
            json_bytes(assess(loaded.ruleset, loaded.catalogue, sent, **more).document)
        )
        if change is not None:
            change(document)
            document["digest"] = digest({key: one for key, one in document.items() if key != "digest"})
        path = tmp_path / name
        path.write_bytes(json_bytes(document))
        return path

    return write


def refused(done: Any) -> list[str]:
    assert (done.code, done.out) == (2, "")
    return re.findall(r"\[(\w+)\]", done.err)


def test_the_self_check_against_the_inspection_is_told_in_both_languages(duibiao, assessed) -> None:
    before, after = assessed("a.json"), assessed("b.json", stage="inspection")
    zh, en = duibiao("compare", before, after), duibiao("compare", before, after, "--lang", "en")
    assert (zh.code, zh.err, en.code, en.err) == (0, "", 0, "")
    assert zh.out.startswith("# 对比：翠湖岸社区\n自查与验收\n")
    assert "  到本阶段仍未提交，按 0 分计 | 14 | 0.00 | -20.97\n" in zh.out
    assert "  not submitted, closed at this stage | 14 | 0.00 | -20.97\n" in en.out
    assert "未提交：社区民族工作协调小组成立文件，本阶段按未达标计" in zh.out
    assert not re.search(r"[A-Za-z]{2,}", re.sub(r"[a-z0-9-]+@?[0-9.]*", "", zh.out)), "no English in Chinese"


def test_every_form_is_written_and_named_after_subject_and_ruleset(duibiao, assessed, tmp_path) -> None:
    before, after = assessed("a.json"), assessed("b.json", stage="inspection")
    done = duibiao("compare", before, after, "--format", "json,xlsx,html,pdf", "--out", "out")
    assert (done.code, done.err) == (0, "")
    names = [
        f"out/cuihu-an.kunming-model-community.compare.{kind}" for kind in ("json", "xlsx", "html", "pdf")
    ]
    assert done.out.splitlines() == names
    found = json.loads((tmp_path / names[0]).read_bytes())
    effects = [one["effect"]["exact"]["ceiling"] for one in (*found["criteria"], *found["adjustments"])]
    assert sum(map(Fraction, effects)) == Fraction(found["score"]["exact"]["ceiling"]) == Fraction(-650, 31)
    book = openpyxl.load_workbook(BytesIO((tmp_path / names[1]).read_bytes()))
    rows = list(book["三、有变化的指标"].iter_rows(min_row=4, values_only=True))
    assert round(sum(row[4] for row in rows), 2) == -20.97
    assert (tmp_path / names[3]).read_bytes().startswith(b"%PDF-")


def test_text_and_files_go_together(duibiao, assessed, tmp_path) -> None:
    before = assessed("a.json")
    done = duibiao("compare", before, before, "--format", "text，json")
    assert "两份结果没有不同。" in done.out
    assert done.out.endswith("\ncuihu-an.kunming-model-community.compare.json\n")
    assert (
        json.loads((tmp_path / "cuihu-an.kunming-model-community.compare.json").read_bytes())["same"] is True
    )


@pytest.mark.parametrize(("stage", "code"), [("self_check", 0), ("inspection", 1)])
def test_require_same_is_the_exit_status(duibiao, assessed, stage, code) -> None:
    done = duibiao("compare", assessed("a.json"), assessed("b.json", stage=stage), "--require-same")
    assert (done.code, done.err) == (code, "")


def test_a_file_that_was_altered_is_refused_by_name(duibiao, assessed, edit) -> None:
    path = assessed("a.json")
    edit(path, '"outcome": "satisfied"', '"outcome": "not_satisfied"')
    done = duibiao("compare", path, path)
    assert refused(done) == ["altered"]
    assert "a.json:" in done.err
    assert "内容与校验码不符，写出之后被改动过" in done.err


def test_a_digest_made_anew_does_not_hide_a_score_that_does_not_follow(duibiao, assessed) -> None:
    def raised(document: Json) -> None:
        document["score"]["exact"] = {"floor": "100", "ceiling": "100"}

    done = duibiao("compare", assessed("a.json", change=raised), assessed("b.json"))
    assert refused(done) == ["contradiction", "contradiction"]
    assert "总分与各项指标的得分对不上" in done.err


def test_what_is_no_assessment_is_refused_and_every_problem_comes_at_once(
    duibiao, middling, tmp_path
) -> None:
    other, later, missing = tmp_path / "other.json", tmp_path / "later.json", tmp_path / "none.json"
    other.write_text('{"comparison": 1}', encoding="utf-8")
    later.write_text('{"assessment": 2}', encoding="utf-8")
    assert refused(duibiao("compare", other, later)) == ["unknown_format", "no_assessment"]
    assert sorted(refused(duibiao("compare", middling, missing))) == ["file_type", "no_file"]
    assert refused(duibiao("compare", tmp_path, tmp_path)) == ["no_file"]


def test_two_subjects_are_refused_unless_that_is_meant(duibiao, assessed) -> None:
    one, other = assessed("a.json"), assessed("b.json", "excellent")
    done = duibiao("compare", one, other)
    assert refused(done) == ["other_subject"]
    assert "确实要比的，加 --different-subjects" in done.err
    meant = duibiao("compare", one, other, "--different-subjects")
    assert meant.code == 0
    assert "注意：对比的是两个单位。" in meant.out


def _cut(document: Json, *path: Any) -> None:
    *way, last = path
    for part in way:
        document = document[part]
    del document[last]


@pytest.mark.parametrize(
    "path",
    [
        ("score", "exact"),
        ("criteria", 3, "credit"),
        ("criteria", 0, "findings", 0, "reason"),
        ("ruleset", "scoring"),
        ("evidence",),
        ("submission", "period", "to"),
        ("integrity",),
        ("sections", 0),
    ],
)
def test_what_lacks_a_part_is_refused_and_not_stumbled_over(duibiao, assessed, path) -> None:
    broken = assessed("a.json", change=lambda document: _cut(document, *path))
    assert set(refused(duibiao("compare", broken, broken))) <= {"missing", "contradiction"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("criteria", "x"), ("score", []), ("stage", "never"), ("as_of", 5), ("grade", "gold"), ("reviews", None)],
)  # fmt: skip
def test_what_is_of_another_kind_is_refused(duibiao, assessed, key, value) -> None:
    broken = assessed("a.json", change=lambda document: document.update({key: value}))
    assert refused(duibiao("compare", broken, broken))


def test_nothing_is_written_where_anything_is_refused(duibiao, assessed, tmp_path) -> None:
    before = assessed("a.json")
    duibiao("compare", before, tmp_path / "none.json", "--format", "json", "--out", "out")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
