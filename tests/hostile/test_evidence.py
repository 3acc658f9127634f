"""Files of evidence that act, hide others, or unpack without end are refused by name, whichever command meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluator.packages.making import in_folder
from tests.hostile.conftest import Bounded, Refused
from tests.hostile.evidence import BOUNDED, EVIDENCE

READ = (
    'submission: 1\nsubject: {id: a, name: 甲社区, kind: community}\nperiod: {from: "2025-01-01", to: "2025-12-31"}\n'
    'events:\n  - {id: E1, type: publicity_session, date: "2025-03-12", files: [%s]}\n'
)


@pytest.mark.parametrize("what", EVIDENCE)
def test_it_is_refused_by_name(what: str, refused: Refused, tmp_path: Path) -> None:
    name, made, code = EVIDENCE[what]
    in_folder(tmp_path / "package", {"submission.yaml": READ % name, name: made()})
    said = refused("inspect", "package", at=f"package/{name}", code=1)
    assert f"[{code}" in said.zh


@pytest.mark.parametrize("what", BOUNDED)
def test_a_picture_is_unpacked_no_further_than_it_is_large(
    what: str, duibiao: Bounded, tmp_path: Path
) -> None:
    in_folder(tmp_path / "package", {"submission.yaml": READ % "a.png", "a.png": BOUNDED[what]()})
    assert duibiao("inspect", "package").code == 0


def test_a_refused_file_is_packed_by_nobody(refused: Refused, tmp_path: Path) -> None:
    name, made, _ = EVIDENCE["a script in a packed object"]
    in_folder(tmp_path / "package", {"submission.yaml": READ % name, name: made()})
    refused("pack", "package", "-o", "out.zip", at=f"package/{name}")
    refused("score", "package", "--rules", "kunming-model-community", "--out", "out", at=f"package/{name}")
