"""How each criterion is judged, in the words of the handbook: the column 评分办法, for reading. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.guidance.document import handbook
from evaluator.ruleset import Clauses, Ruleset

_FORMS = {
    "deduct": "从 {} 分起，按下列情形扣，扣到 0 为止",
    "earn": "按下列情形累计得分，至多 {} 分",
    "best_of": "下列情形取得分最高的一种",
}


def said(ruleset: Ruleset, catalogue: Catalogue) -> dict[str, str]:
    """How each criterion is judged, by its id: a line for each thing asked and each degree."""
    told = handbook(ruleset, catalogue, Clauses(clauses=()))
    return {one["id"]: "\n".join(_lines(one)) for section in told["sections"] for one in section["criteria"]}


def _lines(one: dict[str, Any]) -> Iterator[str]:
    for condition in one["applies_when"]:
        yield f"适用条件：{condition['text']['zh']}"
    if one["requires"]:
        yield f"前提：{'、'.join(each['title']['zh'] for each in one['requires'])}达标"
    if one["form"] in _FORMS:
        yield _FORMS[one["form"]].format(one["points"])
    for asked in one["asked"]:
        yield asked["text"]["zh"]
    for degree in one["degrees"]:
        yield f"{degree['case']['zh']}，{degree['worth']['zh']}"
