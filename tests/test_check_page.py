"""The page for policy staff lists every code of the check as the table of codes has it."""

from __future__ import annotations

import re
from pathlib import Path

from evaluator.checking.codes import CODES

PAGE = (Path(__file__).parents[1] / "docs" / "rules" / "check.md").read_text(encoding="utf-8")


def test_the_page_lists_every_code_with_its_meaning_mend_and_whether_it_is_a_warning() -> None:
    rows = re.findall(r"^\| `(\w+)`(（提醒）)? \| (.*) \| (.*) \|$", PAGE, re.MULTILINE)
    assert rows == [
        (one.code, "（提醒）" if one.severity == "warning" else "", one.meaning.zh, one.mend.zh)
        for one in CODES.values()
    ]


def test_no_code_stands_twice_in_the_table() -> None:
    from evaluator.checking.codes import TABLES

    found = [line.strip().split(" ")[0] for table in TABLES for line in table.splitlines()]
    codes = [one for one in found if re.fullmatch(r"[a-z_]{3,}", one) and one in CODES]
    assert len(codes) == len(set(codes)) == len(CODES)
