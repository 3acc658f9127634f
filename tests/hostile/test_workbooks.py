"""Workbooks with entities, bombs, formulas and links are refused, or read without any of it: nothing is reckoned or fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.conftest import Bounded, Refused
from tests.hostile.workbooks import HARMLESS, REFUSED, with_count


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_by_its_place(what: str, refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(REFUSED[what]())
    refused("inspect", "form.xlsx", at="form.xlsx", code=1)


@pytest.mark.parametrize("what", [one for one in REFUSED if "entity" in one or "end" in one])
def test_no_copy_is_made_of_one_that_cannot_be_opened(what: str, refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(REFUSED[what]())
    refused("inspect", "form.xlsx", "--annotate", "copy.xlsx", at="form.xlsx", code=1, large=True)


@pytest.mark.parametrize("what", HARMLESS)
def test_what_lies_elsewhere_is_not_asked_for(what: str, duibiao: Bounded, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(HARMLESS[what]())
    assert duibiao("inspect", "form.xlsx").code == 0


def test_a_formula_s_result_is_read_as_it_was_saved(duibiao: Bounded, tmp_path: Path) -> None:
    """What a formula would come to today is nobody's business: the cell says 7."""

    (tmp_path / "form.xlsx").write_bytes(with_count("<f>1+1</f><v>7</v>"))
    assert duibiao("convert", "form.xlsx", "-o", "out.yaml").code == 0
    assert ": 7\n" in (tmp_path / "out.yaml").read_text("utf-8")
