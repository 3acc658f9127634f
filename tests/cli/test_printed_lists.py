"""What is too much to build by hand is printed by its command; it, too, is the PDF/A-3u that it claims to be."""

from __future__ import annotations

import shutil
from typing import Any
from zipfile import ZipFile

import pytest

from tests.cli.conftest import EXAMPLES, ROOT
from tests.scorecards.test_printed_lists import archival_faults

RULES = ROOT / "rules"
KUNMING = "kunming-model-community"
COMMANDS = {
    "crosswalk": ("rules", "map", KUNMING, "sichuan-community-2022", "-o", "made.pdf"),
    "handbook": ("rules", "handbook", EXAMPLES / "rulesets" / "meal-service-2026", "-o", "made.pdf"),
    "chronology": ("dossier", "cuihu-an.kunming-model-community.json", "-o", "made.zip"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_prints_is_what_it_claims_to_be(
    duibiao: Any, middling: Any, tmp_path: Any, name: str, lang: str
) -> None:
    if name == "chronology":
        assert duibiao("score", middling, "--rules", KUNMING, "--format", "json").code == 0
    done = duibiao(*COMMANDS[name], "--lang", lang)
    assert (done.code, done.err) == (0, "")
    if name == "chronology":
        content = ZipFile(tmp_path / "made.zip").read("chronology.pdf")
    else:
        content = (tmp_path / "made.pdf").read_bytes()
    assert archival_faults(content) == []


DRAFT = f"draft/{KUNMING}"
OF_A_DRAFT = {
    "revision": ("rules", "diff", KUNMING, DRAFT),
    "impact": ("rules", "impact", KUNMING, DRAFT, "middling.yaml"),
    "trial": ("rules", "impact", KUNMING, "middling.yaml", "--shift", "km-2-6=6%..8%"),
}


@pytest.mark.parametrize(("name", "lang"), [("revision", "zh"), ("impact", "en"), ("trial", "zh")])
def test_what_is_printed_of_a_draft_is_what_it_claims_to_be(
    duibiao: Any, middling: Any, tmp_path: Any, name: str, lang: str
) -> None:
    shutil.copytree(RULES / KUNMING, tmp_path / DRAFT)
    shutil.copy(middling, tmp_path)
    rules = tmp_path / DRAFT / "ruleset.yaml"
    text = rules.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.strip().startswith("points: "))
    rules.write_text(text.replace(old, f'{old.partition("points:")[0]}points: "3"', 1), encoding="utf-8")
    done = duibiao(*OF_A_DRAFT[name], "-o", "made.pdf", "--lang", lang)
    assert done.code in (0, 1), done.err
    assert archival_faults((tmp_path / "made.pdf").read_bytes()) == []
