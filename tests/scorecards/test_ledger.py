"""The printed ledger of arrivals."""

from __future__ import annotations

import re
from typing import Any

from evaluator.errors import Place, Problem, Words
from evaluator.intake import STATUSES, Rules, Sent, ledger
from scorecards import as_text
from scorecards.ledger import STATUSES as WORDS
from scorecards.ledger import ledger_report
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.test_intake import DESK, sent, submission

FILES = "".join(f"f{n}.jpg, " for n in range(30))
FILED = f"{{events: [{{id: E1, type: meeting, date: '2025-01-01', files: [{FILES}]}}]}}"


def made() -> dict[str, Any]:
    problem = Problem("syntax", Place("0.yaml", 3, 1), Words("语法有误", "a fault of syntax"))
    street = submission(name="s", called="街道", kind="street")
    return ledger(
        [
            Sent("0.yaml", "sha256:0", None, None, (problem,)),
            sent("1.zip", submission(FILED, "b", "乙社区"), *(f"f{n}.jpg" for n in range(1, 30))),
            Sent("2.yaml", "sha256:2", submission(FILED, "c", "丙社区"), None, (), ("3.yaml",)),
            sent("3.yaml", street),
        ],
        ("Thumbs.db",),
        Rules(ruleset(f"[{{{DESK}}}]"), CATALOGUE),
        CATALOGUE,
    )


def test_the_ledger_lists_totals_arrivals_refusals_and_what_is_missing() -> None:
    text = as_text(ledger_report(made()))
    for part in ("一、合计", "二、登记", "三、拒收原因", "四、缺少的材料", "五、略过的系统文件"):
        assert f"## {part}\n" in text
    assert "  0.yaml | 0.yaml:3:1 | 语法有误 | syntax\n" in text
    assert "  乙社区 / 1.zip | 设有受理点 | f1.jpg、" in text
    assert "、f20.jpg 等 29 个\n" in text
    assert "  丙社区 / 2.yaml | 设有受理点 | 全部 30 个（只有表）\n" in text
    assert "被 2.yaml 引用" in text


def test_a_ledger_speaks_one_language() -> None:
    zh, en = (as_text(ledger_report(made(), lang)) for lang in ("zh", "en"))  # type: ignore[arg-type]
    left = re.sub(r"\w*\.(yaml|zip|jpg|db)\b|trial@[0-9.]*|\b(syntax|other_subject)\b", "", zh)
    assert not re.search(r"[A-Za-z]{2,}", left), re.findall(r"[A-Za-z]{2,}", left)
    assert set(re.findall(r"[\u4e00-\u9fff]+", en)) <= {"乙社区", "丙社区", "街道", "省", "市"}


def test_every_status_has_its_words() -> None:
    assert tuple(WORDS) == STATUSES
