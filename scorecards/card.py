"""From an assessment to the scorecard model."""

from __future__ import annotations

from scorecards import labels
from scorecards.codes import code_of
from scorecards.conclusion import conclusion
from scorecards.entries import entries
from scorecards.method import method
from scorecards.model import Scorecard
from scorecards.plans import plan
from scorecards.results import all_criteria, sections, unmet
from scorecards.signing import signing
from scorecards.sources import evidence
from scorecards.waiting import waiting
from scorecards.wording import Json, Language, Wording

_LONGEST_NAME = 18


def scorecard(assessment: Json, lang: Language = "zh", *, summary: bool = False) -> Scorecard:
    """The scorecard of an assessment (the parsed JSON, ``{"assessment": 1, …}``) in Chinese or English.

    A ``summary`` ends with the action plan, or with part 4 where there is none. The result depends on nothing but the
    arguments: no clock, no file.
    """
    say = Wording(lang)
    listed = entries(assessment, say)
    stage = say.pick(labels.STAGES[assessment["stage"]])
    title = say.line(assessment["ruleset"]["title"])
    short = say("，简表", ", summary") if summary else ""
    kind = say(
        f"评分表（{stage}{short}）",
        f"Scorecard ({stage.lower()}{short})",
    )
    notice = say.pick(labels.NOTICES[assessment["stage"]])
    name = say.submitted(assessment["submission"]["subject"]["name"]).text
    return Scorecard(
        lang=lang,
        name=name + say("", ": ") + title.text + say("", ", ") + kind,
        title=title,
        subtitle=kind,
        notice=notice,
        running="\u3000".join((notice, _short(name))),
        foot=say("核验码 ", "Code ") + code_of(assessment["digest"]),
        digest=str(assessment["digest"]),
        conclusion=conclusion(assessment, listed, say),
        sections=sections(assessment, say),
        unmet=unmet(listed, say),
        waiting=waiting(listed, say),
        plan=plan(assessment, listed, say),
        criteria=None if summary else all_criteria(assessment, listed, say),
        evidence=None if summary else evidence(assessment, listed, say),
        method=None if summary else method(assessment, listed, say),
        signing=None if summary else signing(assessment, say),
    )


def _short(name: str) -> str:
    """A name that fits in the head of a page."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
