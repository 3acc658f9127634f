"""What is too much to build by hand is printed by its command; it, too, is the PDF/A-3u that it claims to be."""

from __future__ import annotations

from typing import Any
from zipfile import ZipFile

import pytest

from tests.cli.conftest import EXAMPLES
from tests.scorecards.test_printed_lists import archival_faults

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
