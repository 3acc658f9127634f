"""For those who review: what waits, one submission criterion by criterion beside its evidence, signing off, sampling."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlalchemy import update

from evaluator.comparing import compare
from evaluator.errors import Language, Problem, Words
from evaluator.persons import PERSON_CODES, found_in
from evaluator.review import ReviewStage
from evaluator.reviewing.words import METHODS, STAGES
from scorecards.comparison import comparison_report
from workbench import (
    attachments,
    drafts,
    filling,
    inspection,
    issuing,
    judging,
    questions,
    reviewing,
    sampling,
)
from workbench.audit import Deed
from workbench.describing import also, file_of
from workbench.drafts import Draft
from workbench.inspection import Filter, Matter, matter_of, reviewed_draft
from workbench.moments import day_of
from workbench.questions import Answer, Question
from workbench.reviewing import Key, Said
from workbench.storage.tables import submissions
from workbench.visits import AskedId, Id, Needs, Refused, Visit, not_found, stale

router = APIRouter(default_response_class=HTMLResponse)
Reviewer = Annotated[Visit, Depends(Needs("review"))]
Asked = Annotated[str, Query(max_length=64)]
Short = Annotated[str, Form(max_length=200)]
Long = Annotated[str, Form(max_length=2000)]
_NOTHING_STATED = {"standard": "", "region": "", "communities": 3, "criteria": 5, "seed": ""}


@router.get("/inspection")
def listed(
    visit: Reviewer,
    region: Asked = "",
    ruleset: Asked = "",
    period: Asked = "",
    state: Asked = inspection.WAITING,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """What waits in the region of the account, whoever waits longest first."""
    wanted = Filter(region, ruleset, period, state, page)
    with visit.workbench.database.read() as connection:
        found = inspection.listed(connection, visit.account, wanted, visit.lang)
    return visit.page(
        "inspection_list.html",
        found=found,
        wanted=wanted,
        pages=(found.number + inspection.ON_A_PAGE - 1) // inspection.ON_A_PAGE,
        states=drafts.STATES,
        stages=STAGES,
        titles={one.value: one.label for one in found.standards},
    )


@router.get("/inspection/sampling")
def sampling_page(visit: Reviewer) -> Response:
    """The form that asks for a plan of whom to visit."""
    with visit.workbench.database.read() as connection:
        offered = sampling.offered(connection, visit.account, visit.lang)
        regions = (
            [] if visit.account.unit is None else inspection.regions_below(connection, visit.account.unit)
        )
    return visit.page(
        "inspection_sampling.html",
        offered=offered,
        regions=regions,
        report=None,
        stated=_NOTHING_STATED,
        problem=None,
    )


@router.post("/inspection/sampling")
def draw(
    visit: Reviewer,
    standard: Short,
    seed: Short,
    communities: Annotated[int, Form(ge=1, le=1000)],
    criteria: Annotated[int, Form(ge=1, le=100)],
    region: Short = "",
) -> Response:
    """The plan that everyone can draw again from the same submissions and seed."""
    stated = {
        "standard": standard,
        "seed": seed,
        "communities": communities,
        "criteria": criteria,
        "region": region,
    }
    problem = None
    if not seed.strip():
        problem = Words(
            "写明种子：公开约定的任意文字", "state the seed: any text that is agreed on in public"
        )
    elif found_in(seed):
        stated["seed"] = ""
        problem = Words(
            "种子里有个人信息，换一段文字", "the seed holds something about a person: take another text"
        )
    with visit.workbench.database.read() as connection:
        offered = sampling.offered(connection, visit.account, visit.lang)
        regions = (
            [] if visit.account.unit is None else inspection.regions_below(connection, visit.account.unit)
        )
        found = None
        if problem is None:
            found = sampling.drawn(
                connection,
                visit.account,
                standard,
                region,
                sampling.Wish(communities, criteria, seed.strip()),
            )
            if found is None:
                problem = Words("这个范围内没有可以抽的申报", "there is no submission to draw from")
    if found is not None:
        with visit.workbench.database.write() as change:
            detail = {
                **stated,
                "picks": [one["id"] for one in found["picks"]],
                "population": len(found["population"]),
            }
            change.tell(visit.doer, Deed("sample.draw", f"standard:{standard}"[:200], detail=detail))
    return visit.page(
        "inspection_sampling.html",
        200 if found is not None else 422,
        offered=offered,
        regions=regions,
        report=None if found is None else sampling.report(found, visit.lang),
        stated=stated,
        problem=problem,
    )


@router.get("/inspection/{number}")
def overview(visit: Reviewer, number: Id) -> Response:
    """One submission: its criteria, its stages, what was kept of it."""
    with visit.workbench.database.read() as connection:
        matter = _matter(visit, connection, number)
    return visit.page("inspection_submission.html", **_about(visit, matter), **_overview(visit, matter))


def _matter(visit: Visit, connection: Any, number: int) -> Matter:
    draft = reviewed_draft(connection, number, visit.account)
    return matter_of(connection, draft, visit.account, visit.lang)


def _about(visit: Visit, matter: Matter) -> dict[str, Any]:
    return {
        "draft": matter.draft,
        "matter": matter,
        "title": matter.loaded.ruleset.title,
        "states": drafts.STATES,
        "stages": STAGES,
        "methods": METHODS,
        "rows": inspection.rows_of(matter, visit.lang),
        "may_return": reviewing.may_return(visit.account, matter.draft, matter.stages),
    }


def _overview(visit: Visit, matter: Matter) -> dict[str, Any]:
    login = visit.account.login
    suggested = login if any(letter.isdigit() for letter in login) else ""
    return {
        "openable": reviewing.openable(visit.account, matter.draft, matter.stages),
        "figures": inspection.figures_of(matter.present),
        "figures_claimed": inspection.figures_of(matter.claimed),
        "today": day_of(visit.workbench.clock()).isoformat(),
        "problems": [],
        "stated": {"stage": "", "day": "", "method": "", "number": suggested},
        "reason": "",
    }


@router.post("/inspection/{number}/open")
def open_stage(
    visit: Reviewer, number: Id, stage: Short, staff_number: Short, day: Short, method: Short
) -> Response:
    """Begin a stage of review."""
    with visit.workbench.database.read() as connection:
        matter = _matter(visit, connection, number)
    wanted = next((one for one in reviewing.STAGES if one == stage), None)
    if wanted is None:
        raise not_found()
    problems = _faults_of_beginning(visit, matter, wanted, staff_number, day, method)
    if problems:
        # What concerns a person is not given back.
        is_safe = not any(code in (*PERSON_CODES, "no_staff_number") for code, _ in problems)
        stated = {"stage": stage, "day": day, "method": method, "number": staff_number if is_safe else ""}
        shown = _overview(visit, matter) | {"problems": [words for _, words in problems], "stated": stated}
        return visit.page("inspection_submission.html", 422, **_about(visit, matter), **shown)
    with visit.workbench.database.write() as change:
        draft = reviewed_draft(change.connection, number, visit.account)
        head = {"date": day, "method": method}
        reviewing.open_stage(change, draft, visit.account, wanted, staff_number, head)
    return visit.go(f"/inspection/{number}")


def _faults_of_beginning(
    visit: Visit, matter: Matter, stage: ReviewStage, staff_number: str, day: str, method: str
) -> list[tuple[str, Words]]:
    """What the engine says of a review that holds nothing yet but who, how and when."""
    unit = "" if visit.account.unit is None else visit.account.unit.name
    person = {"role": reviewing.role_of(visit.account), "unit": unit, "number": staff_number.strip()}
    login = visit.account.login
    said = {
        reviewing.HEAD: Said({"date": day, "method": method}, 1, login, ""),
        (reviewing.REVIEWERS, login): Said(person, 1, login, ""),
    }
    begun = reviewing.Stage(0, stage, "open", login, "", None, None, None)
    found = reviewing.checked(matter.loaded, matter.received, matter.stages, begun, said, login, visit.lang)
    listed_ = [(one.problem.code, _sentence(one.problem)) for one in found.found]
    when = inspection.day_in(day)
    today = day_of(visit.workbench.clock())
    if when is not None and date.fromisoformat(when) > today:
        listed_.append(
            ("future_day", Words("复核日期在今天以后", "the day of the review lies in the future"))
        )
    return listed_


def _sentence(problem: Problem) -> Words:
    if problem.mend is None:
        return problem.what
    return Words(f"{problem.what.zh}。{problem.mend.zh}", f"{problem.what.en}. {problem.mend.en}")


@router.post("/inspection/{number}/join")
def join(visit: Reviewer, number: Id, staff_number: Short) -> Response:
    """Take part in a stage that somebody else has opened, with one's staff number."""
    with visit.workbench.database.read() as connection:
        matter = _matter(visit, connection, number)
    stage = matter.stage
    inspection.only_where(matter.may_write)
    assert stage is not None
    problems = _faults_of_beginning(visit, matter, stage.stage, staff_number, *_head(matter))
    if problems:
        shown = _overview(visit, matter) | {"problems": [words for _, words in problems]}
        return visit.page("inspection_submission.html", 422, **_about(visit, matter), **shown)
    with visit.workbench.database.write() as change:
        reviewed_draft(change.connection, number, visit.account)
        reviewing.join(change, stage.id, visit.account, staff_number)
        change.tell(visit.doer, Deed("review.join", matter.draft.object, detail={"stage": stage.stage}))
    return visit.go(f"/inspection/{number}")


def _head(matter: Matter) -> tuple[str, str]:
    head = (matter.entries[reviewing.HEAD].entry or {}) if reviewing.HEAD in matter.entries else {}
    return str(head.get("date", "")), str(head.get("method", ""))


# --- One criterion ------------------------------------------------------------------------------------------------------


@router.get("/inspection/{number}/criteria/{criterion}", responses=also(409))
def criterion_page(visit: Reviewer, number: Id, criterion: str, saved: bool = False) -> Response:
    """One criterion beside its evidence, with what can be said of both."""
    with visit.workbench.database.read() as connection:
        matter = _matter(visit, connection, number)
        street = inspection.street_files(connection, matter.draft, questions.files_named(matter))
    return visit.page(
        "inspection_criterion.html", **_criterion(visit, matter, street, criterion), saved=saved
    )


def _criterion(visit: Visit, matter: Matter, street: Any, criterion: str) -> dict[str, Any]:
    about = _about(visit, matter)
    before, behind, waiting = inspection.neighbours(about["rows"], criterion)
    known = matter.loaded.ruleset.by_id()[criterion]
    pieces = questions.pieces_of(matter, known, visit.lang, street)
    asked = questions.of_criterion(matter, known, visit.lang)
    number = (
        str((matter.entries[reviewing.REVIEWERS, visit.account.login].entry or {}).get("number", ""))
        if (reviewing.REVIEWERS, visit.account.login) in matter.entries
        else ""
    )
    return {
        **about,
        "criterion": known,
        "row": next(one for one in about["rows"] if one.entry.data["id"] == criterion),
        "before": before,
        "behind": behind,
        "waiting": waiting,
        "pieces": pieces,
        "asked": asked,
        "told": lambda question, entry: questions.told(question, entry, visit.lang),
        "answer_of": questions.answer_of,
        "entries": matter.entries,
        "joined": bool(number),
        "default": _head(matter) if matter.stage is not None else ("", ""),
        "mine": None,
        "other": None,
        "wrong": {},
        "general": [],
    }


@router.post("/inspection/{number}/criteria/{criterion}")
def say(
    visit: Reviewer,
    number: Id,
    criterion: str,
    listed_: Annotated[str, Form(alias="list", max_length=32)],
    about: Annotated[str, Form(max_length=200)],
    seen: Annotated[int, Form(ge=0)],
    verified: Annotated[list[str], Form(max_length=50)] = [],  # noqa: B006 - pydantic copies it
    level: Short = "",
    outcome: Short = "",
    earned: Short = "",
    method: Short = "",
    day: Short = "",
    reason: Long = "",
    take_back: Annotated[bool, Form()] = False,
) -> Response:
    """Keep an entry of the review, or take it back; where somebody changed it meanwhile, both are shown and neither is lost."""
    answer = Answer(tuple(one[:200] for one in verified), level, outcome, earned, method, day, reason)
    with visit.workbench.database.read() as connection:
        matter = _matter(visit, connection, number)
        street = inspection.street_files(connection, matter.draft, questions.files_named(matter))
    shown = _criterion(visit, matter, street, criterion)
    inspection.only_where(matter.may_write)
    every = [*shown["asked"], *(one for piece in shown["pieces"] for one in piece.questions)]
    question = questions.question_in(every, listed_, about)
    if question is None:
        raise not_found()
    if not shown["joined"]:
        zh = "先在申报页填写工号，再参加这一阶段的复核"
        raise Refused(409, Words(zh, "state your staff number on the page of the submission first"))
    entry, wrong = (None, []) if take_back else questions.entry_of(question, answer, matter)
    faults = [(one.field, one.words) for one in wrong]
    if not take_back:
        faults += _faults(visit, matter, question.key, entry, {field for field, _ in faults})
    now = _keep(visit, matter, question, entry, seen, refused=bool(faults))
    if not faults and now is None:
        return visit.go(f"/inspection/{number}/criteria/{criterion}?saved=1")
    stale_ = now is not None
    shown |= {
        "entries": matter.entries if now is None else now,
        "mine": (question.key, _without_persons(answer)),
        "other": None if now is None else now.get(question.key),
        "wrong": _by_field(faults, question),
        "general": [words for field, words in faults if field not in _shown_fields(question)],
    }
    return visit.page("inspection_criterion.html", 409 if stale_ else 422, **shown, saved=False)


def _keep(
    visit: Visit,
    matter: Matter,
    question: Question,
    entry: dict[str, Any] | None,
    seen: int,
    *,
    refused: bool,
) -> dict[Key, Said] | None:
    """Keep an entry that is sound; where its version is no longer ``seen``, keep nothing and give what stands now.

    What it was checked against was read before: nobody waits for a lock while it is judged, and signing checks the whole again.
    """
    with visit.workbench.database.write() as change:
        draft = reviewed_draft(change.connection, matter.draft.id, visit.account)
        stage = reviewing.written_by(visit.account, reviewing.stages_of(change.connection, draft.id))
        inspection.only_where(draft.state == "reviewing" and stage is not None)
        assert stage is not None
        said = reviewing.said_in(change.connection, stage.id)
        kept = said.get(question.key)
        is_stale = (0 if kept is None else kept.version) != seen
        detail = {"stage": stage.stage, "list": question.list, "about": question.about}
        if is_stale or refused:
            deed = "review.conflict" if is_stale else "review.refuse"
            change.tell(visit.doer, Deed(deed, draft.object, detail=detail))
            return said if is_stale else None
        reviewing.put(change, stage.id, question.key, entry, visit.account.login, seen)
        deed = "review.take_back" if entry is None else "review.enter"
        reason = "" if entry is None else str(entry["reason"])
        change.tell(visit.doer, Deed(deed, draft.object, reason, detail))
    return None


def _without_persons(answer: Answer) -> Answer:
    """What was sent, without the fields that hold anything about a person: those are not given back."""
    texts = {name: getattr(answer, name) for name in Answer._fields if name != "verified"}
    safe = {name: "" if found_in(text) else text for name, text in texts.items()}
    return Answer(() if any(found_in(one) for one in answer.verified) else answer.verified, **safe)


def _faults(
    visit: Visit, matter: Matter, key: Key, entry: dict[str, Any] | None, known: set[str]
) -> list[tuple[str, Words]]:
    """What the engine says of the review with this entry in it, as far as it is of this entry."""
    stage = matter.stage
    assert stage is not None
    login = visit.account.login
    said = {**matter.entries, key: Said(entry, 1, login, "")}
    found = reviewing.checked(matter.loaded, matter.received, matter.stages, stage, said, login, visit.lang)
    before = set() if matter.checked is None else {one.problem.what for one in matter.checked.found}
    return [
        (one.field, _sentence(one.problem))
        for one in found.found
        if one.field not in known and (one.key == key or (one.key is None and one.problem.what not in before))
    ]


def _shown_fields(question: Question) -> tuple[str, ...]:
    own = {"level": ("level",), "decision": ("outcome", "earned"), "evidence": (), "confirmation": ()}
    return (*own.get(question.kind, ("verified",)), "method", "date", "reason")


def _by_field(faults: list[tuple[str, Words]], question: Question) -> dict[str, list[Words]]:
    found: dict[str, list[Words]] = {}
    for field, words in faults:
        if field in _shown_fields(question):
            found.setdefault(field, []).append(words)
    return found


@router.get(
    "/inspection/{number}/evidence/{file}",
    responses=file_of(*attachments.TYPES.values(), attachments.OTHER_TYPE),
)
def evidence(visit: Reviewer, number: Id, file: Id) -> Response:
    """The bytes of a file of evidence, shown only where a browser runs nothing of it."""
    with visit.workbench.database.read() as connection:
        draft = reviewed_draft(connection, number, visit.account)
        one = next((one for one in attachments.of_submission(connection, draft.id) if one.id == file), None)
    if one is None:
        raise not_found()
    return filling.served(visit, one)


@router.get("/inspection/{number}/differences", responses=also(409))
def differences(visit: Reviewer, number: Id) -> Response:
    """What the review changed against the self-check so far, criterion by criterion, and why."""
    with visit.workbench.database.read() as connection:
        matter = _matter(visit, connection, number)
    report = comparison_report(compare(matter.claimed, matter.present), visit.lang)
    return visit.page(
        "inspection_differences.html", draft=matter.draft, title=matter.loaded.ruleset.title, report=report
    )


# --- What becomes of it -------------------------------------------------------------------------------------------------


@router.post("/inspection/{number}/return")
def give_back(visit: Reviewer, number: Id, reason: Long = "") -> Response:
    """Give a submission back: the unit mends its next revision."""
    words = " ".join(reason.split())
    fault = None
    if not words:
        fault = Words("写明退回的原因，单位照着改", "state why: the unit mends what you say")
    elif found_in(words):
        words, fault = (
            "",
            Words("原因里有个人信息，请删去", "the reason holds something about a person: leave it out"),
        )
    with visit.workbench.database.write() as change:
        matter = _matter(visit, change.connection, number)
        draft = matter.draft
        if not reviewing.may_return(visit.account, draft, matter.stages):
            raise Refused(409, Words("现在不能退回", "it cannot be given back now"))
        if fault is None:
            change.execute(
                update(submissions)
                .where(submissions.c.id == draft.id)
                .values(state="returned", version=submissions.c.version + 1)
            )
            drafts.begin(
                change, visit.account, draft.unit, matter.loaded, _period(draft), previous=draft, note=words
            )
            change.tell(visit.doer, Deed("submission.return", draft.object, words))
        else:
            change.tell(visit.doer, Deed("submission.return_refuse", draft.object))
    if fault is not None:
        shown = _overview(visit, matter) | {"problems": [fault], "reason": words}
        return visit.page("inspection_submission.html", 422, **_about(visit, matter), **shown)
    return visit.go("/inspection")


def _period(draft: Draft) -> tuple[date, date]:
    return date.fromisoformat(draft.period_from), date.fromisoformat(draft.period_to)


@router.get("/inspection/{number}/sign", responses=also(409))
def sign_page(visit: Reviewer, number: Id) -> Response:
    """What is signed: everything that was decided, and what still stands in the way."""
    with visit.workbench.database.read() as connection:
        matter = _matter(visit, connection, number)
    inspection.only_where(matter.may_write)
    return _sign_page(visit, matter)


def _sign_page(visit: Visit, matter: Matter, status: int = 200) -> Response:
    found = () if matter.checked is None else matter.checked.found
    about = _about(visit, matter)
    return visit.page(
        "inspection_sign.html",
        status,
        **about,
        problems=[_sentence(one.problem) for one in found] + issuing.obstacles(matter),
        joined=(reviewing.REVIEWERS, visit.account.login) in matter.entries,
        mark=reviewing.mark_of(matter.entries),
        figures=inspection.figures_of(matter.present),
        open_=[one for one in about["rows"] if one.waits_for_a_person],
        told=[line.text for one in about["rows"] for line in one.entry.reviewed()],
    )


@router.post("/inspection/{number}/sign", responses=also(503))
def sign(
    visit: Reviewer, number: Id, mark: Short, lang: Short = "zh", declared: Annotated[bool, Form()] = False
) -> Response:
    """Sign the stage off: its file, its assessment and its scorecard are kept as they are now."""
    with visit.workbench.database.read() as connection:
        matter = _matter(visit, connection, number)
    inspection.only_where(matter.may_write)
    if not declared:
        raise Refused(422, Words("请勾选“已核对”再签发", "tick that you have checked it before you sign"))
    stage, checked, joined = (
        matter.stage,
        matter.checked,
        (reviewing.REVIEWERS, visit.account.login) in matter.entries,
    )
    if stage is None or checked is None or mark != reviewing.mark_of(matter.entries):
        raise stale()
    if checked.found or issuing.obstacles(matter) or not joined:
        return _sign_page(visit, matter, 422)
    language: Language = "en" if lang == "en" else "zh"
    signed = issuing.made(visit.workbench, matter, stage, checked, language)
    with visit.workbench.database.write() as change:
        draft = reviewed_draft(change.connection, number, visit.account)
        issuing.keep(change, visit, draft, signed)
    return visit.go(f"/inspection/{number}")


@router.get("/inspection/{number}/scorecard.pdf", responses=file_of("application/pdf"))
def scorecard_file(visit: Reviewer, number: Id, made: AskedId = 0) -> Response:
    """The scorecard as it was issued; the latest, unless ``made`` names an earlier assessment."""
    one = _kept(visit, number, made)
    if one.scorecard is None:
        raise not_found()
    content = visit.workbench.evidence.read(one.scorecard)
    return filling.download(content, f"{_name(one)}.pdf", "application/pdf")


@router.get("/inspection/{number}/assessment.json", response_class=JSONResponse)
def assessment_file(visit: Reviewer, number: Id, made: AskedId = 0) -> Response:
    """The assessment as it was kept, byte by byte."""
    one = _kept(visit, number, made)
    return filling.download(one.content, f"{_name(one)}.json", "application/json")


@router.get("/inspection/{number}/review.json", response_class=JSONResponse)
def review_file(visit: Reviewer, number: Id, stage: Asked = "") -> Response:
    """A signed review as its file: what ``duibiao score --review`` takes."""
    with visit.workbench.database.read() as connection:
        draft = reviewed_draft(connection, number, visit.account)
        stages = reviewing.stages_of(connection, number)
    signed = [one for one in stages if one.document is not None and stage in ("", one.stage)]
    if not signed:
        raise not_found()
    last = signed[-1]
    return filling.download(
        (last.document or "").encode(), f"{draft.unit}.{last.stage}.json", "application/json"
    )


def _kept(visit: Visit, number: int, made: int) -> judging.Kept:
    with visit.workbench.database.read() as connection:
        draft = reviewed_draft(connection, number, visit.account)
        history = judging.kept(connection, draft.id)
    reviewed = [one for one in history if (one.id == made if made else one.purpose == "review")]
    if not reviewed:
        raise not_found()
    return reviewed[0]


def _name(one: judging.Kept) -> str:
    document = one.document
    return f"{document['submission']['subject']['id']}.{document['ruleset']['id']}.{document['stage']}"
