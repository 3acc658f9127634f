"""The rules: which there are, what each asks for, and what was assessed under one assessed again under another."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, Response

from evaluator.comparing import compare, incomparable
from evaluator.errors import Words
from evaluator.guidance.document import handbook
from evaluator.loading.clauses import load_clauses
from evaluator.versions import STATES, State
from scorecards.comparison import comparison_report
from scorecards.handbook import handbook_report
from scorecards.model import Part, Passage
from workbench import replaying, rule_drafts, rulesets
from workbench.visits import AskedId, Id, Needs, Visit, not_found

router = APIRouter(default_response_class=HTMLResponse)
Browsing = Annotated[Visit, Depends(Needs("browse_rules"))]
Number = Annotated[str, Form(max_length=32)]


@router.get("/rules")
def overview(visit: Browsing) -> Response:
    """Every ruleset with its versions, and for those who edit rules the drafts."""
    found = []
    for loaded in rulesets.in_use():
        states = rulesets.states_of(loaded.ruleset.ruleset)
        listed = [(version, _state(states[version])) for version in reversed(states)]
        number = sum(1 for _ in loaded.ruleset.criteria())
        found.append((loaded.ruleset, loaded.ruleset.version, listed, number))
    drafts = []
    if visit.account.may("edit_rules"):
        with visit.workbench.database.read() as connection:
            drafts = rule_drafts.listed(connection)
    return visit.page("rules_list.html", rulesets=found, drafts=drafts, STATES=rule_drafts.STATES)


def _state(state: State | None) -> Words:
    return STATES[state] if state is not None else Words("未登记", "not recorded")


@router.get("/rules/replay/{assessment}")
def compared(visit: Browsing, assessment: Id, of: AskedId) -> Response:
    """An assessment that was made again, side by side with the one that it was made of."""
    replaying.refuse_others(visit.account)
    with visit.workbench.database.read() as connection:
        new = replaying.within_reach(connection, assessment, visit.account)
        old = replaying.within_reach(connection, of, visit.account)
        left_out = replaying.left_out(connection, assessment)
    if new.draft.id != old.draft.id or list(
        incomparable(old.document, new.document, different_subjects=False)
    ):
        raise not_found()
    report = comparison_report(compare(old.document, new.document), visit.lang)
    return visit.page(
        "rules_replay.html",
        report=report,
        old=old,
        new=new,
        left_out=left_out,
        scores=[replaying.score_of(one.document) for one in (old, new)],
    )


@router.post("/rules/replay/{assessment}")
def replay(
    visit: Browsing, assessment: Id, version: Number, reviewed: Annotated[bool, Form()] = False
) -> Response:
    """Assess the same submission under the version that is chosen; the earlier assessment stays as it is."""
    replaying.refuse_others(visit.account)
    with visit.workbench.database.read() as connection:
        old = replaying.within_reach(connection, assessment, visit.account)
    number = replaying.replay(visit.workbench, visit.doer, old, version, reviewed=reviewed)
    return visit.go(f"/rules/replay/{number}?of={old.id}")


@router.get("/rules/{ruleset}")
def show(visit: Browsing, ruleset: str, version: str = "", q: str = "") -> Response:
    """What a ruleset asks for, criterion by criterion; ``q`` keeps those that say it."""
    listed = rulesets.states_of(ruleset) if ruleset in rulesets.available() else {}
    chosen = version or (rulesets.newest(ruleset) if listed else None)
    if chosen is None or chosen not in listed:
        raise not_found()
    loaded = rulesets.rules(ruleset, chosen)
    report = handbook_report(
        handbook(loaded.ruleset, loaded.catalogue, load_clauses(loaded.folder)), visit.lang
    )
    parts = [*report.parts]
    wanted = q.strip()[:100].casefold()
    if wanted:
        parts = [one for one in (_holding(part, wanted) for part in parts) if one.passages]
    number = sum(len(one.passages) for one in parts)
    return visit.page(
        "rules_show.html",
        ruleset=ruleset,
        version=chosen,
        versions=[(one, _state(listed[one])) for one in reversed(listed)],
        newest=rulesets.newest(ruleset),
        report=report,
        parts=parts,
        q=q.strip()[:100],
        number=number,
    )


def _holding(part: Part, wanted: str) -> Part:
    kept = tuple(one for one in part.passages if wanted in _text(one).casefold())
    return Part(part.heading, part.intro, None, kept)


def _text(passage: Passage) -> str:
    rows = passage.table.rows if passage.table is not None else ()
    heads = passage.table.heads if passage.table is not None else ()
    return "\n".join([passage.heading, *heads, *(cell.text for row in rows for cell in row.cells)])


@router.get("/rules/{ruleset}/assessments")
def assessments(visit: Browsing, ruleset: str) -> Response:
    """What was assessed under a ruleset, to be assessed again under another version."""
    replaying.refuse_others(visit.account)
    if ruleset not in rulesets.available():
        raise not_found()
    with visit.workbench.database.read() as connection:
        found = replaying.listed(connection, ruleset, visit.account)
    return visit.page(
        "rules_assessments.html",
        ruleset=ruleset,
        assessments=found,
        versions=replaying.usable_versions(ruleset),
        STAGES=_STAGES,
    )


_STAGES = {
    "self_check": Words("自查", "self-check"),
    "preliminary": Words("初审", "preliminary review"),
    "inspection": Words("验收", "inspection"),
    "final": Words("终审", "final review"),
}
