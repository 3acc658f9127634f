"""The printed plan of a sample."""

from __future__ import annotations

import re
from typing import Any

from evaluator import load_ruleset, load_submission
from evaluator.assessment import assess
from evaluator.sampling import candidate, plan
from evaluator.sampling.plan import Wanted
from scorecards import as_text
from scorecards.sampling import plan_report
from tests.cli.conftest import EXAMPLES


def planned() -> dict[str, Any]:
    loaded = load_ruleset("kunming-model-community")
    sent = {
        one.subject.id: one
        for path in (EXAMPLES / "kunming-model-community").glob("*.yaml")
        if (one := load_submission(path, loaded.catalogue))
    }
    return plan(
        [candidate(loaded.ruleset, loaded.catalogue, one) for one in sent.values()],
        loaded.ruleset,
        Wanted(2, 0, 5, "2025"),
        lambda name: assess(loaded.ruleset, loaded.catalogue, sent[name]).document,
    )


def test_the_plan_shows_how_it_was_drawn_whom_to_visit_and_what_to_check() -> None:
    text = as_text(plan_report(planned()))
    for part in (
        "一、怎么抽的",
        "二、分层和名额",
        "三、抽查的单位",
        "四、每家核查的指标",
        "五、全部申报和签号",
    ):
        assert f"## {part}\n" in text
    assert "种子: 2025\n" in text
    assert len(re.findall(r"（5 项） <6>", text)) == 2
    assert "本层抽签抽中" in text


def test_a_chinese_plan_has_no_english_but_identifiers_and_an_english_one_no_chinese_of_ours() -> None:
    zh, en = (as_text(plan_report(planned(), lang)) for lang in ("zh", "en"))  # type: ignore[arg-type]
    left = re.sub(r"[a-z0-9]+(-[a-z0-9]+)+(@[0-9.]+)?|[0-9a-f]{12}|SHA-256", "", zh)
    assert not re.search(r"[A-Za-z]{2,}", left), re.findall(r"[A-Za-z]{2,}", left)
    ours = re.sub(r"\S*(省|市|区|社区)|[七八九六五三四]（[一二三四五六七]）|[三五九]", "", en)
    assert not re.search(r"[\u4e00-\u9fff]", ours), re.findall(r".*[\u4e00-\u9fff]+.*", ours)
