"""How each criterion is judged, a line for each thing asked and each degree, in the words of the handbook. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.errors import Words
from evaluator.guidance.document import handbook
from evaluator.ruleset import Clauses, Ruleset

_FORMS = {
    "deduct": Words("从 {} 分起，按下列情形扣，扣到 0 为止", "from {} points, less what follows, down to 0"),
    "earn": Words("按下列情形累计得分，至多 {} 分", "what follows adds up, to {} points at most"),
    "best_of": Words("下列情形取得分最高的一种", "the best of what follows"),
}


def judged(ruleset: Ruleset, catalogue: Catalogue) -> dict[str, tuple[Words, ...]]:
    """The lines of each criterion by its id."""
    told = handbook(ruleset, catalogue, Clauses(clauses=()))
    return {one["id"]: tuple(_lines(one)) for section in told["sections"] for one in section["criteria"]}


def _lines(one: dict[str, Any]) -> Iterator[Words]:
    for condition in one["applies_when"]:
        text = condition["text"]
        yield Words(f"适用条件：{text['zh']}", f"applies when: {text['en']}")
    if one["requires"]:
        zh, en = (
            sep.join(each["title"][lang] for each in one["requires"])
            for lang, sep in (("zh", "、"), ("en", ", "))
        )
        yield Words(f"前提：{zh}达标", f"required first: {en}")
    if one["form"] in _FORMS:
        form = _FORMS[one["form"]]
        yield Words(form.zh.format(one["points"]), form.en.format(one["points"]))
    for asked in one["asked"]:
        yield Words(asked["text"]["zh"], asked["text"]["en"])
    for degree in one["degrees"]:
        case, worth = degree["case"], degree["worth"]
        yield Words(f"{case['zh']}，{worth['zh']}", f"{case['en']}: {worth['en']}")
