"""A draft of rules: edited, checked while one types, its cases run, compared, proposed, published by another."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, Response

from evaluator.catalogue import Catalogue
from evaluator.errors import InputError, Words
from scorecards.impact import impact_report
from scorecards.revision import revision_report
from workbench import publishing, rule_drafts, rulesets
from workbench.moments import day_of
from workbench.rule_completion import Known, enclosing, suggestions
from workbench.rule_drafts import Conflict, RuleDraft
from workbench.rule_impact import impact_of
from workbench.visits import AskedId, Id, Needs, Version, Visit, not_found

router = APIRouter(default_response_class=HTMLResponse)
Editing = Annotated[Visit, Depends(Needs("edit_rules"))]
Deciding = Annotated[Visit, Depends(Needs("publish_rules"))]
Name = Annotated[str, Form(max_length=40)]
Text = Annotated[str, Form()]
Reason = Annotated[str, Form()]
_REASON = Words("理由", "reason")
_DOCUMENT = Words("文号", "document")


@router.post("/rules/{ruleset}/drafts")
def begin(visit: Editing, ruleset: str) -> Response:
    """Begin a draft from the version in force."""
    if ruleset not in rulesets.available():
        raise not_found()
    with visit.workbench.database.write() as change:
        number = rule_drafts.begin(change, visit.doer, ruleset)
    return visit.go(f"/rules/drafts/{number}")


@router.get("/rules/drafts/{number}")
def edit(visit: Editing, number: Id, file: str = "ruleset.yaml", line: AskedId = 0) -> Response:
    """The editor of one file of a draft, and what is to be done with the draft."""
    draft = _draft(visit, number)
    return _page(visit, draft, _file(file), line=line)


def _page(
    visit: Visit, draft: RuleDraft, file: str, status: int = 200, *, text: str | None = None, **context: Any
) -> Response:
    stands = draft.files.get(file, "")
    given = {"line": 0, "problems": [], "conflict": None, **context}
    return visit.page(
        "rules_draft.html",
        status,
        draft=draft,
        file=file,
        text=stands if text is None else text,
        FILES=rule_drafts.FILES,
        STATES=rule_drafts.STATES,
        newest=rulesets.newest(draft.ruleset),
        refusal=publishing.refusal_of(draft, visit.account.login),
        **given,
    )


@router.post("/rules/drafts/{number}/save")
def save(visit: Editing, number: Id, file: Name, version: Version, text: Text = "") -> Response:
    """Keep the text of a file; nothing where somebody else saved the draft meanwhile."""
    name, typed = _file(file), _typed(text)
    try:
        with visit.workbench.database.write() as change:
            draft = rule_drafts.find(change.connection, number)
            rule_drafts.save(change, visit.doer, draft, name, typed, version)
    except Conflict as conflict:
        other = conflict.other
        lines = rule_drafts.changed_lines(other.files.get(name, ""), typed)
        return _page(visit, other, name, 409, text=typed, conflict=lines)
    except InputError as error:
        draft = _draft(visit, number)._replace(version=version)
        return _page(visit, draft, name, 422, text=typed, problems=error.problems)
    return visit.go(f"/rules/drafts/{number}?file={name}")


@router.post("/rules/drafts/{number}/check")
def check(visit: Editing, number: Id, file: Name, text: Text = "") -> Response:
    """What ``rules check`` says of the draft with this text; nothing is kept."""
    draft = _with_text(visit, number, file, text)
    found = rule_drafts.examined(draft, _today(visit))
    return visit.page("rules_check.html", draft=draft, found=found)


@router.post("/rules/drafts/{number}/cases")
def cases(visit: Editing, number: Id, file: Name, text: Text = "") -> Response:
    """Every case of the draft with this text: which come out as they say, and what comes out otherwise."""
    draft = _with_text(visit, number, file, text)
    problems, runs = [], []
    try:
        runs = rule_drafts.cases_of(draft, _today(visit))
    except InputError as error:
        problems = list(error.problems)
    failed = sum(bool(one.differences) for one in runs)
    return visit.page("rules_cases.html", draft=draft, runs=runs, failed=failed, problems=problems)


@router.get("/rules/drafts/{number}/completion")
def completion(
    visit: Editing,
    number: Id,
    file: str,
    line: AskedId = 1,
    prefix: Annotated[str, Query(max_length=4000)] = "",
    above: Annotated[str | None, Query(max_length=8000)] = None,
) -> Response:
    """What may stand behind ``prefix``; ``above`` are the lines that enclose it, by default those of the text that was saved."""
    draft, name = _draft(visit, number), _file(file)
    lines = enclosing(draft.files.get(name, ""), line) if above is None else above.split("\n")
    found = suggestions(name, lines if above != "" else [], prefix, _known(draft, _today(visit)), visit.lang)
    return visit.page("rules_completion.html", found=found)


def _known(draft: RuleDraft, day: date) -> Known:
    return _declared(draft.ruleset, tuple(draft.files.items()), day)


@lru_cache(maxsize=16)
def _declared(ruleset_: str, files: tuple[tuple[str, str], ...], day: date) -> Known:
    # Asked for at every key: what was saved is read once.
    draft = RuleDraft(0, ruleset_, "", dict(files), 0, "draft", "", "", None, None, "")
    try:
        with rule_drafts.readable(draft, day) as (_, loaded):
            ruleset, catalogue = loaded.ruleset, loaded.catalogue
    except InputError:
        # While the draft is at fault, what stood before it is known.
        newest = rulesets.newest(draft.ruleset)
        before = None if newest is None else rulesets.rules(draft.ruleset, newest)
        if before is None:
            return Known(Catalogue(), {}, {})
        ruleset, catalogue = before.ruleset, before.catalogue
    criteria = {name: one.title.zh for name, one in ruleset.by_id().items()}
    return Known(catalogue, criteria, rule_drafts.clauses_of(draft))


@router.get("/rules/drafts/{number}/diff")
def diff(visit: Editing, number: Id) -> Response:
    """What changed in meaning against the version in force, and the changed lines of each file."""
    draft = _draft(visit, number)
    problems, report = [], None
    try:
        found = rule_drafts.revision(draft, _today(visit))
        report = revision_report(found, visit.lang)
        problems = list(rule_drafts.version_problems(draft, found)) if not found["same"] else []
    except InputError as error:
        problems = list(error.problems)
    return visit.page(
        "rules_diff.html",
        draft=draft,
        report=report,
        problems=problems,
        changes=rule_drafts.text_changes(draft),
        newest=rulesets.newest(draft.ruleset),
    )


@router.get("/rules/drafts/{number}/impact")
def impact(visit: Editing, number: Id) -> Response:
    """Whom the draft affects among what was submitted."""
    draft = _draft(visit, number)
    problems, report, told = [], None, None
    try:
        with rule_drafts.readable(draft, _today(visit)) as (old, new):
            told = impact_of(visit.workbench, old, new)
        report = None if told.found is None else impact_report(told.found, visit.lang)
    except InputError as error:
        problems = list(error.problems)
    return visit.page("rules_impact.html", draft=draft, report=report, told=told, problems=problems)


@router.post("/rules/drafts/{number}/propose")
def propose(visit: Editing, number: Id, version: Version, reason: Reason = "") -> Response:
    """Put the draft before another policy officer, with a reason."""
    draft = _draft(visit, number)
    try:
        given = rule_drafts.reason_given(reason, _REASON)
        publishing.propose(visit.workbench, visit.doer, draft, version, given)
    except InputError as error:
        return _page(visit, draft, "ruleset.yaml", 422, problems=error.problems)
    return visit.go(f"/rules/drafts/{number}")


@router.post("/rules/drafts/{number}/withdraw")
def withdraw(visit: Editing, number: Id, version: Version) -> Response:
    """Give the draft up."""
    publishing.withdraw(visit.workbench, visit.doer, _draft(visit, number), version)
    return visit.go("/rules")


@router.post("/rules/drafts/{number}/approve")
def approve(
    visit: Deciding, number: Id, version: Version, document: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """Publish what another account proposed."""
    draft = _draft(visit, number)
    try:
        given = rule_drafts.reason_given(document, _DOCUMENT, needed=False)
        made = publishing.approve(visit.workbench, visit.doer, draft, version, given or None)
    except InputError as error:
        return _page(visit, draft, "ruleset.yaml", 422, problems=error.problems)
    return visit.go(f"/rules/{draft.ruleset}?version={made}")


@router.post("/rules/drafts/{number}/reject")
def reject(visit: Deciding, number: Id, version: Version, reason: Reason = "") -> Response:
    """Send the draft back to be edited, with a reason."""
    draft = _draft(visit, number)
    try:
        given = rule_drafts.reason_given(reason, _REASON)
    except InputError as error:
        return _page(visit, draft, "ruleset.yaml", 422, problems=error.problems)
    publishing.send_back(visit.workbench, visit.doer, draft, version, given)
    return visit.go(f"/rules/drafts/{number}")


def _draft(visit: Visit, number: int) -> RuleDraft:
    with visit.workbench.database.read() as connection:
        return rule_drafts.find(connection, number)


def _with_text(visit: Visit, number: int, file: str, text: str) -> RuleDraft:
    return _draft(visit, number).with_text(_file(file), _typed(text))


def _file(name: str) -> str:
    if name not in rule_drafts.FILES:
        raise not_found()
    return name


def _typed(text: str) -> str:
    # A browser sends the lines of a text area as the lines of a letter.
    return text.replace("\r\n", "\n")


def _today(visit: Visit) -> date:
    return day_of(visit.workbench.clock())
