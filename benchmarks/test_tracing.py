"""Tracing: a text as long as the longest standards, and the real ones where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from evaluator.loading import ruleset_ids
from evaluator.loading.official_texts import read_official_text
from evaluator.loading.tracing import load_traceable
from evaluator.tracing.splitting import split
from evaluator.tracing.traced import Given
from evaluator.tracing.tracing import trace

SOURCES = Path(os.environ.get("DUIBIAO_SOURCES") or Path(__file__).parents[2] / "shared" / "sources")


def test_splitting_a_text_of_six_thousand_lines(benchmark: Any) -> None:
    """A thousand clauses with four lines each."""
    body = (
        "社区应设立站点，每年开放至少三次，覆盖百分之五以上的楼组。\n——公示服务内容；\n——记录办理情况。\n\n\n"
    )
    text = "".join(f"{n // 30 + 1}.{n % 30 + 1} 要求\n{body}" for n in range(1000))
    assert len(benchmark(split, text).clauses) == 1000


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the official texts are not here")
@pytest.mark.parametrize("name", ruleset_ids())
def test_tracing_a_ruleset(benchmark: Any, name: str) -> None:
    """From the typed files and the text to every discrepancy."""
    files, official = load_traceable(name), read_official_text(SOURCES / f"{name}.txt")
    given = Given(files.ruleset, files.clauses, files.pins, official.text, official.name)
    assert benchmark(trace, given).statuses
