"""The table in docs/limits.md is that of the code.

After a change that is meant: ``DUIBIAO_RESET_GOLDEN=1 .venv/bin/pytest tests/test_limits_documented.py``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from evaluator.limits import written
from evaluator.limits_table import table

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "limits.md"
HEAD = "| limit | 管什么 | what it bounds | default | at most | why · 理由 |\n|---|---|---|---|---|---|\n"
TABLE = re.compile(re.escape(HEAD) + r"(?:\|.*\n)*")


def made() -> str:
    rows = (
        f"| `{one.key}` | {one.what.zh} | {one.what.en} | {written(one.default, one.unit)} | {written(one.most, one.unit)} "
        f"| {one.why.en} · {one.why.zh} |\n"
        for one in table()
    )
    return HEAD + "".join(rows)


def test_the_documented_limits_are_those_of_the_code() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    if os.environ.get("DUIBIAO_RESET_GOLDEN"):
        text = TABLE.sub(lambda _found: made(), text, count=1)
        DOCUMENT.write_text(text, encoding="utf-8")
    found = TABLE.search(text)
    assert found is not None
    assert found[0] == made()


def test_what_was_measured_is_of_limits_that_there_are() -> None:
    text = DOCUMENT.read_text(encoding="utf-8").partition("## What was measured")[2]
    named = set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE))
    assert named
    assert named <= {one.key for one in table()}
