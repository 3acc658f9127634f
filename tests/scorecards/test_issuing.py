"""The issued scorecard: what it claims to be it is, what it carries is what was scored, and its foot can be read by a machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import page
import pypdf
import pytest
from jsonschema import Draft202012Validator
from page import ValidationProfile as Profile

from evaluator.json_text import json_bytes
from evaluator.schemas import schema
from scorecards import as_text, render_html, scorecard
from scorecards.codes import code_of
from scorecards.issuing import issued
from tests.scorecards import samples

KINDS = ("rich", "reviewed")
CLAIMS = {"a": (Profile.PDF_A_3U,), "ua": (Profile.PDF_A_3A, Profile.PDF_UA_1)}
Lang = Literal["zh", "en"]
Pdf = Literal["a", "ua"]


def made(document: dict[str, Any], lang: Lang = "zh", *, summary: bool = False, pdf: Pdf = "a") -> bytes:
    return issued(document, lang, attached=json_bytes(document), summary=summary, pdf=pdf)


def faults(content: bytes, profile: Profile) -> list[str]:
    return [
        f"{one.rule_id}: {one.message}" for one in page.validate_pdf_bytes(content, profile=profile).failures
    ]


@pytest.mark.parametrize("pdf", ["a", "ua"])
@pytest.mark.parametrize(("lang", "summary"), [("zh", False), ("en", False), ("zh", True)])
def test_it_is_what_it_claims_to_be(lang: Lang, summary: bool, pdf: Pdf) -> None:
    content = made(samples.rich(), lang, summary=summary, pdf=pdf)
    assert {profile: faults(content, profile) for profile in CLAIMS[pdf]} == {
        profile: [] for profile in CLAIMS[pdf]
    }


def test_the_validator_would_say_if_it_were_not() -> None:
    content = made(samples.rich(), summary=True)
    assert "PDFA3A-" in "".join(faults(content, Profile.PDF_A_3A))
    assert "PDFUA1-ID-PART-001" in "".join(faults(content, Profile.PDF_UA_1))


@pytest.mark.parametrize("pdf", ["a", "ua"])
def test_it_carries_the_assessment_and_a_manifest_each_once(pdf: Pdf) -> None:
    document = samples.rich()
    reader = pypdf.PdfReader(BytesIO(made(document, summary=True, pdf=pdf)))
    carried = {name: content for name, (content,) in reader.attachments.items()}
    assert list(carried) == ["assessment.json", "manifest.json"]
    assert carried["assessment.json"] == json_bytes(document)
    manifest = json.loads(carried["manifest.json"])
    assert manifest["assessment"]["digest"] == document["digest"]
    assert manifest["printed"] == {"lang": "zh", "summary": True, "pdf": pdf}
    assert [*Draft202012Validator(schema("manifest")).iter_errors(manifest)] == []
    files = [one.get_object() for one in reader.root_object["/AF"]]
    assert [(one["/UF"], one["/AFRelationship"]) for one in files] == [
        ("assessment.json", "/Source"),
        ("manifest.json", "/Data"),
    ]
    day = document["as_of"].replace("-", "")
    assert {one["/EF"]["/F"]["/Params"][key] for one in files for key in ("/CreationDate", "/ModDate")} == {
        f"D:{day}000000Z"
    }


@pytest.mark.parametrize("pdf", ["a", "ua"])
def test_the_same_assessment_gives_the_same_bytes_in_another_process_and_folder(
    tmp_path: Path, pdf: Pdf
) -> None:
    code = (
        "import sys; from evaluator.json_text import json_bytes; from scorecards.issuing import issued;"
        "from tests.scorecards import samples; one = samples.rich();"
        f"sys.stdout.buffer.write(issued(one, 'zh', attached=json_bytes(one), summary=True, pdf={pdf!r}))"
    )
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"}
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    assert other.stdout == made(samples.rich(), summary=True, pdf=pdf)


def test_with_ua_it_is_tagged_titled_and_in_a_language() -> None:
    root = pypdf.PdfReader(BytesIO(made(samples.rich(), "en", summary=True, pdf="ua"))).root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    kinds = set(_tags(root["/StructTreeRoot"]))
    assert {"/Document", "/H1", "/H2", "/Table", "/TR", "/TH", "/TD", "/P", "/Figure"} <= kinds


def _tags(node: Any) -> list[str]:
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, dict):
            found.append(str(one.get("/S", "")))
            kids = one.get("/K", [])
            waiting.extend(
                kid for kid in (kids if isinstance(kids, list) else [kids]) if not isinstance(kid, int)
            )
    return found


def test_every_page_has_the_code_and_a_qr_code_of_the_whole_digest(tmp_path: Path) -> None:
    document = samples.rich()
    path = tmp_path / "card.pdf"
    path.write_bytes(made(document))
    reader = pypdf.PdfReader(path)
    assert [code_of(document["digest"]) in one.extract_text() for one in reader.pages] == [True] * len(
        reader.pages
    )
    subprocess.run(["pdftoppm", "-r", "150", "-gray", str(path), str(tmp_path / "page")], check=True)
    pages = sorted(tmp_path.glob("page-*.pgm"))
    scan = ["zbarimg", "--quiet", "--raw", *map(str, pages)]
    read = subprocess.run(scan, capture_output=True, text=True, check=True).stdout.split()
    assert read == [document["digest"].upper()] * len(pages)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_code_and_digest_stand_on_the_first_page_of_every_form(lang: Lang) -> None:
    document = samples.rich()
    card = scorecard(document, lang)
    for shown in (as_text(card), render_html(card)):
        assert code_of(document["digest"]) in shown
        assert document["digest"] in shown
