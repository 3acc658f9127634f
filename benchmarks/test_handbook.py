"""Handbooks as PDF and HTML, schemas, new rulesets: cold and warm. The figures are printed; none is asserted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from evaluator.guidance.document import handbook
from evaluator.loading import load_ruleset, ruleset_ids
from evaluator.loading.clauses import load_clauses
from scorecards import render_html, render_pdf
from scorecards.handbook import handbook_report
from scorecards.model import Report

COMMAND = Path(sys.executable).parent / "duibiao"


def report(name: str) -> Report:
    loaded = load_ruleset(name)
    return handbook_report(handbook(loaded.ruleset, loaded.catalogue, load_clauses(loaded.folder)))


@pytest.mark.parametrize("name", ruleset_ids())
def test_a_handbook_as_pdf(benchmark, name) -> None:
    made = report(name)
    pdf = benchmark.pedantic(render_pdf, (made,), rounds=3, warmup_rounds=1)
    assert pdf.startswith(b"%PDF-")


@pytest.mark.parametrize("name", ruleset_ids())
def test_a_handbook_as_html(benchmark, name) -> None:
    page = benchmark.pedantic(lambda: render_html(report(name)), rounds=3, warmup_rounds=1)
    assert "评估手册" in page


def test_the_commands_cold(tmp_path, capsys) -> None:
    for words in (
        ["handbook", "sichuan-city-2022", "-o", "h.pdf"],
        ["schema", "ruleset"],
        ["schema", "--out", "schemas"],
        ["new", "demo"],
        ["new", "next", "--from", "sichuan-city-2022"],
    ):
        start = perf_counter()
        subprocess.run([COMMAND, "rules", *words], cwd=tmp_path, check=True, capture_output=True)
        with capsys.disabled():
            sys.stdout.write(f"\nrules {' '.join(words)}: {perf_counter() - start:.2f} s")
    made = ("h.pdf", "schemas/ruleset.schema.json", "demo/ruleset.yaml", "next/ruleset.yaml")
    assert [name for name in made if not (tmp_path / name).is_file()] == []
