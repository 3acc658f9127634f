"""The briefing's rules of ranking in full."""

from __future__ import annotations

from collections.abc import Iterable

from scorecards.model import Part, cell, row, table
from scorecards.ranking_rules import RULES
from scorecards.ranking_words import (
    pass_grade,
)
from scorecards.wording import Json, Line, Wording


def rules(document: Json, say: Wording) -> Part:
    """The rules of ranking in full."""
    line = pass_grade(document)
    bounds: Iterable[str] = (
        say(
            f"{say.line(one['title']).text} {one['at_least']} 分以上",
            f"{say.line(one['title']).text} from {one['at_least']}",
        )
        for one in document["ruleset"]["grades"]
    )
    grades = (
        say("等级：", "Grades: ") + say.join(bounds) + say("；达标线：", "; pass line: ") + line["at_least"]
    )
    heads = say("规则", "Rule"), say("内容", "What it says")
    said = (row(cell(say.pick(one.heading)), cell(say.pick(one.text))) for one in RULES)
    listed = table("rules", heads, said, widths=(17, 83))
    return Part(say("排名规则", "Rules of ranking"), (Line(grades),), listed, own_page=True)
