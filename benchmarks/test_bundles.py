"""Rules from a bundle against rules from their folder, and the crosswalk of two standards.

A bundle is read, verified byte by byte and unpacked once a run; what follows is as from a folder.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evaluator.bundles.signing import key_pair
from evaluator.crosswalk import Side, crosswalk, lacking
from evaluator.loading import RULES, check_ruleset, load_ruleset, load_submission
from evaluator.loading.bundle_files import read_bundle
from evaluator.loading.publishing import publication
from evaluator.loading.version_files import recorded

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.mark.benchmark(group="bundle")
def test_reading_a_bundle(benchmark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signature, every member's digest, and every other byte."""
    private, public = key_pair(None)
    (tmp_path / "unit.pem").write_bytes(private)
    (tmp_path / "unit.pub").write_bytes(public)
    monkeypatch.setenv("DUIBIAO_TRUSTED", str(tmp_path / "unit.pub"))
    folder = RULES / "kunming-model-community"
    one = check_ruleset(folder)
    assert one.ruleset is not None
    assert one.catalogue is not None
    on: date | None = None
    made = publication(
        folder, one.ruleset, one.catalogue, recorded(folder, []), tmp_path / "unit.pem", None, on=on
    )
    (tmp_path / "km.duibiao").write_bytes(made.bundle)
    found = benchmark(lambda: read_bundle(tmp_path / "km.duibiao"))
    benchmark.extra_info["bytes"] = len(made.bundle)
    assert found.manifest.ruleset == "kunming-model-community"


@pytest.mark.benchmark(group="crosswalk")
def test_mapping_two_standards(benchmark: Any) -> None:
    """77 criteria by 62, and a submission for the first under the second."""
    first, second = (load_ruleset(name) for name in ("sichuan-community-2022", "kunming-model-community"))
    sides = Side(first.ruleset, first.catalogue), Side(second.ruleset, second.catalogue)
    both = first.catalogue.joined(second.catalogue)
    sent = load_submission(EXAMPLES / "sichuan-community-2022" / "middling.yaml", both)
    found = benchmark(lambda: (crosswalk(*sides), lacking(sent, *sides)))
    assert len(found[0]["pairs"]) == 18
