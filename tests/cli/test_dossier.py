"""``duibiao dossier``: one package that anyone can check and score again; what does not belong in it is refused."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import LOCALES

KUNMING = ("--rules", "kunming-model-community")
NAME = "cuihu-an.kunming-model-community.json"


@pytest.fixture
def two(duibiao, middling: Path, tmp_path: Path) -> list[Path]:
    """A self-check and an inspection of one community."""
    for stage in ("self_check", "inspection"):
        done = duibiao("score", middling, *KUNMING, "--stage", stage, "--format", "json", "--out", stage)
        assert done.code == 0
    return [tmp_path / stage / NAME for stage in ("self_check", "inspection")]


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def refused(done: Any) -> list[str]:
    assert (done.code, done.out) == (2, "")
    return re.findall(r"\[(\w+)\]", done.err)


def test_the_dossier_holds_everything_in_order_with_its_digest(duibiao, two, middling, tmp_path) -> None:
    done = duibiao("dossier", *reversed(two), "--submission", middling, "-o", "卷宗/dossier.zip")
    assert (done.code, done.err) == (0, "")
    assert [line.partition("：")[0] for line in done.out.splitlines()] == [
        "1. 自查（2025-10-15）",
        "2. 验收（2025-10-15）",
        "卷宗/dossier.zip",
    ]
    found = members(tmp_path / "卷宗/dossier.zip")
    manifest = json.loads(found["manifest.json"])
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in found.items()
        if name != "manifest.json"
    }
    assert [(one["stage"], one["standing"]) for one in manifest["steps"]] == [
        ("self_check", False),
        ("inspection", True),
    ]
    for one, path in zip(manifest["steps"], two, strict=True):
        assert found[one["file"]] == path.read_bytes()
    assert json.loads(found["comparisons/1-2.json"])["score"]["ceiling"] == "-20.97"
    assert [one["same"] for one in manifest["rules"]] == [True]
    assert found["chronology.pdf"].startswith(b"%PDF-")
    book = openpyxl.load_workbook(BytesIO(found["chronology.xlsx"]))
    assert book.sheetnames[:3] == ["概况", "一、评估结果的先后", "第 1 份（自查）到第 2 份（验收）"]


def test_from_the_dossier_alone_the_self_check_is_scored_again_to_the_same_bytes(
    duibiao, two, middling, tmp_path
) -> None:
    duibiao("dossier", *two, "--submission", middling, "-o", "dossier.zip")
    with zipfile.ZipFile(tmp_path / "dossier.zip") as packed:
        packed.extractall(tmp_path / "out")
    (rules,) = (tmp_path / "out" / "rules").glob("*/kunming-model-community")
    (form,) = (tmp_path / "out" / "submissions").iterdir()
    again = duibiao("score", form, "--rules", rules, "--format", "json", "--out", "-")
    assert again.out.encode() == two[0].read_bytes()


def test_the_same_inputs_give_the_same_package(duibiao, two, tmp_path) -> None:
    for name, files in (("a.zip", two), ("b.zip", two[::-1]), ("c.zip", [*two, two[0]])):
        assert duibiao("dossier", *files, "-o", name).code == 0
    first, *others = ((tmp_path / name).read_bytes() for name in ("a.zip", "b.zip", "c.zip"))
    assert all(one == first for one in others)


def test_the_chronology_speaks_english_too(duibiao, two, tmp_path) -> None:
    done = duibiao("dossier", *two, "-o", "dossier.zip", locale=LOCALES["en"])
    assert done.out.splitlines()[1].startswith(
        "2. Inspection (2025-10-15): 72.31 confirmed, 75.40 attainable, not accepted"
    )
    assert done.out.splitlines()[1].endswith(", stands")
    path = tmp_path / "chronology.pdf"
    path.write_bytes(members(tmp_path / "dossier.zip")["chronology.pdf"])
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True).stdout
    assert "The assessments in order" in text


def test_rules_that_differ_are_refused_by_name_and_marked_only_if_that_is_meant(
    duibiao, middling, own_rules, edit, tmp_path
) -> None:
    edit(own_rules / "ruleset.yaml", 'points: "2"', 'points: "3"')
    duibiao("score", middling, "--rules", own_rules, "--format", "json")
    done = duibiao("dossier", NAME, "-o", "dossier.zip")
    assert refused(done) == ["other_rules"]
    assert (
        "评估所用的规则 kunming-model-community@1.0.0 与手头的 kunming-model-community@1.0.0 内容不同"
        in done.err
    )
    assert not (tmp_path / "dossier.zip").exists()
    assert duibiao("dossier", NAME, "--rules", own_rules, "-o", "same.zip").code == 0
    assert duibiao("dossier", NAME, "--allow-other-rules", "-o", "marked.zip").code == 0
    for name, same in (("same.zip", True), ("marked.zip", False)):
        assert [one["same"] for one in json.loads(members(tmp_path / name)["manifest.json"])["rules"]] == [
            same
        ]


def test_what_does_not_belong_is_refused_all_at_once(
    duibiao, two, excellent, middling, edit, tmp_path
) -> None:
    other = tmp_path / "other"
    duibiao("score", excellent, *KUNMING, "--format", "json", "--out", other)
    (stranger,) = other.iterdir()
    assert refused(duibiao("dossier", *two, stranger, "-o", "dossier.zip")) == ["other_subject"]
    assert refused(duibiao("dossier", *two, "none.json", middling, "-o", "d.zip")) == ["file_type", "no_file"]
    assert refused(duibiao("dossier", *two, "--submission", excellent, "-o", "d.zip")) == ["other_submission"]
    both = ("--rules", "none", "--submission", excellent, "--submission", "none.yaml")
    assert sorted(refused(duibiao("dossier", *two, *both, "-o", "d.zip"))) == [
        "no_file",
        "other_submission",
        "unknown_ruleset",
    ]
    altered = edit(two[0], '"accepted": null', '"accepted": true', tmp_path / "altered.json")
    assert refused(duibiao("dossier", altered, "-o", "d.zip")) == ["altered"]
    assert not list(tmp_path.glob("*.zip"))


@pytest.mark.parametrize("name", ["dossier.pdf", "dossier"])
def test_a_dossier_is_a_zip(duibiao, two, name) -> None:
    done = duibiao("dossier", *two, "-o", name)
    assert (done.code, done.out) == (2, "")
    assert "文件名以 .zip 结尾" in done.err


REVIEW = """\
review: 1
submission: {id: cuihu-an}
ruleset: {id: kunming-model-community, version: "1.0.0"}
stage: inspection
reviewer: {role: provincial_inspector, unit: 省民族宗教事务委员会, number: "0042"}
date: "2026-01-10"
method: on_site
corrections:
  - {count: model_families, claimed: 98, verified: 90, reason: 现场清点 90 户}
rejected_evidence:
  - {id: E16, reason: 照片与 E17 相同}
decisions:
  - {criterion: km-4-1, outcome: partly_satisfied, earned: "1", reason: 没有固定场所}
"""


def test_an_amended_inspection_stands_beside_what_it_superseded_with_every_reason(
    duibiao, middling, tmp_path
) -> None:
    texts = {
        "first": REVIEW,
        "second": REVIEW.replace('"1", reason: 没有固定场所', '"1.5", reason: 与便民大厅合用'),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        old = ("--supersedes", tmp_path / "first" / NAME) if name == "second" else ()
        more = ("--review", f"{name}.yaml", *old, "--format", "json", "--out", name)
        assert duibiao("score", middling, *KUNMING, *more).code == 0
    results = [tmp_path / name / NAME for name in texts]
    both = [part for name in texts for part in ("--review", f"{name}.yaml")]
    done = duibiao("dossier", *results, *both, "-o", "dossier.zip")
    assert (done.code, done.err) == (0, "")
    assert [line.rpartition("，")[2] for line in done.out.splitlines()[:2]] == ["已被取代", "现行"]
    found = members(tmp_path / "dossier.zip")
    chronology = json.loads(found["chronology.json"])
    assert chronology["steps"][1]["supersedes"] == chronology["steps"][0]["digest"]
    (changed,) = chronology["steps"][1]["changes"]["criteria"]
    assert [one["text"]["zh"] for one in changed["changes"]] == [
        "验收判定：部分达标，得 1.5 分（与便民大厅合用）"
    ]
    assert sorted(text.decode() for name, text in found.items() if name.startswith("reviews/")) == sorted(
        texts.values()
    )
    rows = [
        [cell for cell in line if cell]
        for sheet in openpyxl.load_workbook(BytesIO(found["chronology.xlsx"]))
        for line in sheet.iter_rows(values_only=True)
    ]
    said = ["部分达标，1 分", "实地察看", "2026年1月10日", "0042", "没有固定场所"]
    assert any(line[1:] == said for line in rows)
    assert refused(duibiao("dossier", results[1], "-o", "alone.zip")) == ["superseded_missing"]
    (tmp_path / "first.yaml").write_text(REVIEW.replace("90 户", "91 户"), encoding="utf-8")
    assert refused(duibiao("dossier", *results, *both, "-o", "altered.zip")) == ["other_review"]
