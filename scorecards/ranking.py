"""From a ranking's document to the briefing: one page of findings, then the tables, then the rules of ranking."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards.model import Fact, Part, Report
from scorecards.numbering import numbered
from scorecards.ranking_findings import findings
from scorecards.ranking_tables_criteria import criteria
from scorecards.ranking_tables_lists import first, unranked
from scorecards.ranking_tables_regions import regions
from scorecards.ranking_tables_rules import rules
from scorecards.ranking_tables_scores import distribution, sections
from scorecards.ranking_tables_years import years
from scorecards.ranking_words import mixed_value
from scorecards.wording import Json, Language, Line, Wording


def ranking_report(document: Json, lang: Language = "zh") -> Report:
    """The briefing of ``{"ranking": 1, …}``: for circulation where the document is, else internal, with every number."""
    say = Wording(lang)
    ruleset = document["ruleset"]
    version = f"{ruleset['id']}@{ruleset['version']}"
    title = say.line(ruleset["title"])
    parts = [
        Part(say("主要发现", "Findings"), findings(document, say)),
        distribution(document, say),
        sections(document, say),
        criteria(document, say),
        regions(document, say),
        *years(document, say),
        first(document, say),
        unranked(document, say),
        rules(document, say),
    ]
    name = say("排名简报", "Ranking briefing")
    state = (
        say("（可传阅）", " (for circulation)")
        if circulated(document)
        else say("（内部资料）", " (internal)")
    )
    return Report(
        lang=lang,
        title=title,
        subtitle=name + state,
        running=f"{name}\u3000{version}\u3000{marked(document, say)}",
        facts=tuple(_facts(document, version, say)),
        parts=numbered(parts, say),
        compact=True,
    )


def circulated(document: Json) -> bool:
    """Whether the document may circulate."""
    return bool(document.get("circulated", False))


def marked(document: Json, say: Wording) -> str:
    """Who may see the document."""
    if circulated(document):
        return say("可传阅：不足 10 的数已隐去", "For circulation: counts under 10 are hidden")
    return say("内部资料：含不足 10 的数，不得外传", "Internal: holds counts under 10, not to be passed on")


def _facts(document: Json, version: str, say: Wording) -> Iterator[Fact]:
    common = document["common"]
    several = say("不一致，见下", "several, see below")
    told = {
        name: several
        if value is None and document["mixed"]
        else "—"
        if value is None
        else mixed_value(name, value, say)
        for name, value in common.items()
    }
    yield Fact(say("规则", "Rules"), (Line(version),))
    yield Fact(say("单位类型", "Kind"), (Line(told["kind"]),))
    yield Fact(say("评估期", "Period"), (Line(told["period"]),))
    yield Fact(say("阶段", "Stage"), (Line(told["stage"]),))
    yield Fact(say("数据截止日", "Data date"), (Line(told["as_of"]),))
    yield Fact(say("排名规则", "Rules of ranking"), (Line(say("见最后一部分", "see the last part")),))
    yield Fact(say("传阅", "Circulation"), (Line(marked(document, say)),), wide=True)
