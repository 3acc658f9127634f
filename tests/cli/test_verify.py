"""``duibiao verify``: what a person types, reads and gets back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from evaluator.json_text import json_bytes
from evaluator.schemas import schema
from tests.verify.altering import resealed
from tests.verify.conftest import assessed

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "kunming-model-community"

MIDDLING = EXAMPLES / "middling.yaml"


@pytest.fixture
def assessment(tmp_path: Path) -> Path:
    """An assessment as it was written."""
    path = tmp_path / "a.json"
    path.write_bytes(json_bytes(assessed()))
    return path


def forged(path: Path, floor: str) -> None:
    document = json.loads(path.read_bytes())
    document["score"]["floor"] = floor
    path.write_bytes(json_bytes(resealed(document)))


def test_an_assessment_agrees_on_one_screen(duibiao: Any, assessment: Path) -> None:
    done = duibiao("verify", assessment, "--submission", MIDDLING)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == f"{assessment}：内容一致"
    assert "由申报材料从头重评，各项判定和得分全部一致" in done.out
    assert len(done.out.splitlines()) <= 24


def test_a_number_that_was_forged_is_named(duibiao: Any, assessment: Path) -> None:
    forged(assessment, "92.31")
    done = duibiao("verify", assessment)
    assert done.code == 1
    assert "✗ 数对不上：总分（最低）：写着 92.31，按所附内容应为 72.31" in done.out


def test_a_number_changed_without_its_digest_is_named(duibiao: Any, assessment: Path) -> None:
    assessment.write_text(
        assessment.read_text(encoding="utf-8").replace('"72.31"', '"92.31"'), encoding="utf-8"
    )
    done = duibiao("verify", assessment, locale="en_US.UTF-8")
    assert done.code == 1
    assert "does not match its own digest: it was altered" in done.out


def test_a_forgery_that_hangs_together_is_found_from_the_evidence(duibiao: Any, tmp_path: Path) -> None:
    """Another community's evidence was judged, and passed off as this one's."""
    document = json.loads(json.dumps(assessed("excellent")))
    document["submission"] = assessed()["submission"]
    path = tmp_path / "forged.json"
    path.write_bytes(json_bytes(resealed(document)))
    assert duibiao("verify", path).code == 0
    done = duibiao("verify", path, "--submission", MIDDLING)
    assert done.code == 1
    assert "按申报材料应为" in done.out


def test_another_submission_is_said_to_be_one(duibiao: Any, assessment: Path) -> None:
    done = duibiao("verify", assessment, "--submission", EXAMPLES / "excellent.yaml")
    assert done.code == 1
    assert "与所给的材料不符" in done.out.splitlines()[0]
    assert "这是另一份申报" in done.out


def test_other_rules_are_an_answer_of_their_own(duibiao: Any, assessment: Path, own_rules: Path) -> None:
    ruleset = own_rules / "ruleset.yaml"
    text = ruleset.read_text(encoding="utf-8")
    ruleset.write_text(text.replace('version: "1.0.0"', 'version: "1.0.1"', 1), encoding="utf-8")
    done = duibiao("verify", assessment, "--rules", own_rules, "--submission", MIDDLING)
    assert done.code == 1
    assert "所依规则不同" in done.out.splitlines()[0]
    assert "被改动过" not in done.out


def test_a_folder_is_verified_file_by_file(duibiao: Any, assessment: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.json").write_bytes(assessment.read_bytes())
    forged(folder / "b.json", "92.31")
    done = duibiao("verify", folder)
    assert done.code == 1
    lines = done.out.splitlines()
    assert lines[0].startswith(f"{folder / 'a.json'}：内容一致")
    assert lines[1].startswith(f"{folder / 'b.json'}：被改动过")
    assert lines[-1] == "共 2 份：内容一致 1，被改动过 1"


def test_the_answer_for_machines_fits_its_schema(duibiao: Any, assessment: Path) -> None:
    done = duibiao("verify", assessment, "--format", "json")
    found = json.loads(done.out)
    Draft202012Validator(schema("verification")).validate(found)
    assert (found["files"][0]["verdict"], found["summary"]["agrees"]) == ("agrees", 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "这不是 PDF 文件"),
        ("a.pdf", b"%PDF-1.7\nstartxref\n9\n%%EOF\n", "PDF 已损坏"),
        ("a.json", b"[" * 100_000, "嵌套超过 40 层"),
        ("a.json", b"{}", "这不是评估结果"),
    ],
)
def test_what_is_no_scorecard_is_said_to_be_none(
    duibiao: Any, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = duibiao("verify", name)
    assert done.code in (1, 2)
    assert said in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.pdf",), "找不到文件"),
        (("a.json", "--review", "r.yaml"), "要与 --submission 同用"),
        (("a.json", "b.json", "--submission", "s.yaml"), "一次只配一份评分表"),
        (("a.txt",), "不认识的文件类型"),
    ],
)
def test_bad_usage_ends_with_2(duibiao: Any, arguments: tuple[str, ...], said: str) -> None:
    done = duibiao("verify", *arguments)
    assert done.code == 2
    assert said in done.out + done.err
