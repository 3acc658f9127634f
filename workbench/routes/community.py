"""A unit's own submissions: begun, filled in page by page or by workbook, judged while they grow, submitted."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, File, Form, Query, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlalchemy import update

from evaluator.errors import InputError, Problem, Words
from evaluator.json_text import json_bytes
from evaluator.loading import Answered, Loaded
from evaluator.model import SUBJECTS
from evaluator.workbook.asked import only_states
from scorecards import scorecard
from workbench import attachments, drafts, filling, form_pages, judging, units
from workbench.audit import Deed
from workbench.describing import also, file_of, json_or_page
from workbench.drafts import Draft, Typed, within_reach
from workbench.form_pages import Pages
from workbench.moments import day_of
from workbench.packages import package
from workbench.storage.database import Transaction
from workbench.storage.tables import LARGEST_NUMBER, submissions
from workbench.visits import MOST_FIELDS, Id, Needs, Refused, Visit, not_found

router = APIRouter(default_response_class=HTMLResponse)
Filler = Annotated[Visit, Depends(Needs("fill"))]
Reader = Annotated[Visit, Depends(Needs("see_results"))]
Text = Annotated[str, Form(max_length=drafts.LONGEST_TEXT)]
Short = Annotated[str, Form(max_length=200)]
Day = Annotated[date, Form()]
Number = Annotated[int, Form(ge=0, le=10_000)]
_EVIDENCE = file_of(*attachments.TYPES.values(), attachments.OTHER_TYPE)


# --- The list, and beginning one ----------------------------------------------------------------------------------------


@router.get("/submissions", responses=also(303))
def listed(visit: Filler) -> Response:
    """What the unit has stated so far."""
    unit = visit.account.unit
    if unit is None:
        return visit.go("/begin")
    with visit.workbench.database.read() as connection:
        found = list(drafts.of_unit(connection, unit.path))
    return visit.page("submissions.html", drafts=found, states=drafts.STATES, titles=_titles(found))


@router.get("/begin", responses=also(303))
def begin_page(visit: Filler) -> Response:
    """On one's own machine: who fills in."""
    if not visit.workbench.settings.local or visit.account.unit is not None:
        return visit.go("/submissions")
    return visit.page(
        "begin.html",
        problems=[],
        kinds=SUBJECTS,
        stated={"name": "", "identifier": "", "kind": "", "region": []},
    )


@router.post("/begin", status_code=303)
def begin_unit(
    visit: Filler,
    name: Short,
    identifier: Short,
    kind: Short,
    region: Annotated[list[str], Form(max_length=4)],
) -> Response:
    """Note the institution of this machine."""
    if not visit.workbench.settings.local or visit.account.unit is not None:
        raise Refused(403, Words("单位由系统管理员登记", "units are kept by the system administrator"))
    identifier, name = identifier.strip(), name.strip()
    stated = [one.strip() for one in region if one.strip()]
    with visit.workbench.database.write() as change:
        problems = units.faults_of(change.connection, identifier, name, kind, None) + units.faults_of_region(
            stated
        )
        if not problems:
            units.make(change, identifier, name, kind, None, stated)
            filling.settle_here(change, identifier)
        change.tell(visit.doer, Deed("unit.refuse" if problems else "unit.make", f"unit:{identifier}"[:200]))
    if problems:
        given = {"name": name, "identifier": identifier, "kind": kind, "region": region}
        return visit.page("begin.html", 422, problems=problems, kinds=SUBJECTS, stated=given)
    return visit.go("/submissions/new")


@router.get("/submissions/new", responses=also(409))
def new_page(visit: Filler) -> Response:
    """Choose the standard and the period."""
    unit = filling.own_unit(visit)
    with visit.workbench.database.read() as connection:
        earlier = [one for one in drafts.of_unit(connection, unit.path) if one.document]
    offered = filling.offered(unit.kind)
    year = day_of(visit.workbench.clock()).year
    period = (date(year, 1, 1), date(year, 12, 31))
    return visit.page(
        "submission_new.html", offered=offered, period=period, earlier=earlier, titles=_titles(earlier)
    )


@router.post("/submissions/new", status_code=303, responses=also(404, 409))
def begin(
    visit: Filler,
    ruleset: Short,
    first: Day,
    last: Day,
    earlier: Annotated[int | None, Form(ge=1, le=LARGEST_NUMBER)] = None,
) -> Response:
    """Begin a submission, with what stays from an earlier one where that is wished."""
    unit = filling.own_unit(visit)
    loaded = next((one for one in filling.offered(unit.kind) if one.ruleset.ruleset == ruleset), None)
    if loaded is None:
        raise Refused(422, Words("这个标准不评这一类单位", "this standard is not for such a unit"))
    if last < first:
        raise Refused(422, Words("评估期的止日早于起日", "the period ends before it begins"))
    with visit.workbench.database.write() as change:
        base = None
        if earlier is not None:
            source = within_reach(change.connection, earlier, visit.account)
            base = filling.carried_over(source, loaded, (first, last))
        number = drafts.begin(change, visit.account, unit.id, loaded, (first, last), base=base)
    return visit.go(f"/submissions/{number}")


# --- One submission -----------------------------------------------------------------------------------------------------


@router.get("/submissions/{number}")
def overview(visit: Reader, number: Id) -> Response:
    """One submission: how far it is, where it stands, what can be done with it."""
    draft, typed, listed_files = _kept(visit, number)
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    steps = (
        Pages(drafts.form_of(draft), typed, loaded.catalogue, visit.lang, {}).steps() if draft.is_open else []
    )
    with visit.workbench.database.read() as connection:
        made = judging.kept(connection, number)
        revisions = [
            one
            for one in drafts.of_unit(connection, draft.path)
            if (one.ruleset, one.period_from, one.period_to)
            == (draft.ruleset, draft.period_from, draft.period_to)
        ]
    return visit.page(
        "submission.html",
        draft=draft,
        title=loaded.ruleset.title,
        steps=steps,
        files=listed_files,
        states=drafts.STATES,
        assessments=made,
        revisions=revisions,
        may_fill=draft.is_open and visit.account.may("fill"),
        judged=not _only_states(draft, loaded),
        has_typed=bool(typed) or draft.base is not None,
        street=_street(visit, draft),
    )


@router.get("/submissions/{number}/form/{sheet}", responses=also(303))
def form_page(visit: Filler, number: Id, sheet: str) -> Response:
    """One page of the form."""
    draft, typed, listed_files = _kept(visit, number)
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    if not draft.is_open:
        return visit.go(f"/submissions/{number}")
    answered = _answered(visit, draft, typed, listed_files, lenient=False)
    said = form_pages.messages(answered.problems, answered.notes, visit.lang)
    pages = Pages(drafts.form_of(draft), typed, loaded.catalogue, visit.lang, said)
    sheets = list(pages.sheets())
    here = next((n for n, one in enumerate(sheets) if one.id == sheet), None)
    if here is None:
        raise not_found()
    return visit.page(
        "form.html",
        draft=draft,
        title=loaded.ruleset.title,
        sheet=sheets[here],
        name=pages.title(sheets[here]),
        items=list(pages.items(sheets[here])),
        steps=pages.steps(),
        before=sheets[here - 1].id if here else None,
        after=sheets[here + 1].id if here + 1 < len(sheets) else None,
        numbers={one.name: one.id for one in listed_files},
    )


@router.post("/submissions/{number}/cells", responses=json_or_page(409, 422), response_class=JSONResponse)
async def save_cell(
    visit: Filler,
    number: Id,
    sheet: Short,
    row: Number,
    key: Short,
    value: Annotated[str, Form(max_length=4000)] = "",
    seen: Annotated[int, Form(ge=0, le=LARGEST_NUMBER)] = 0,
) -> Response:
    """Keep what was typed into one cell; 409 where somebody else changed it since, 422 where it concerns a person."""

    def keep(change: Transaction) -> tuple[Draft, drafts.Saved]:
        draft = within_reach(change.connection, number, visit.account)
        saved = drafts.save(change, draft, visit.account, (sheet, row, key), value, seen)
        refused = bool(saved.read.persons) or saved.other is not None
        action = "form.refuse" if refused else "form.save"
        detail: dict[str, Any] = {"sheet": sheet, "row": row, "key": key, "version": saved.version}
        change.tell(visit.doer, Deed(action, draft.object, detail=detail))
        return draft, saved

    draft, saved = await asyncio.wrap_future(visit.workbench.database.soon(keep))
    form = drafts.form_of(draft)
    page = next(one for one in form.tables() if one.id == sheet)
    answer: dict[str, Any] = {
        "version": saved.version,
        "said": form_pages.said_of_row(page, saved.read, visit.lang),
    }
    if saved.other is not None:
        answer |= {
            "version": saved.other.version,
            "other": {"value": saved.other.value, "login": saved.other.login},
        }
        return JSONResponse(answer, 409)
    return JSONResponse(answer, 422 if saved.read.persons else 200)


@router.post("/submissions/{number}/form/{sheet}", status_code=303, responses=also(409))
async def save_page(visit: Filler, number: Id, sheet: str) -> Response:
    """Keep a whole page at once, as a browser without scripts sends it."""
    form = await visit.request.form(max_fields=MOST_FIELDS)
    sent = {name: value for name, value in form.items() if isinstance(value, str)}
    return filling.save_all(visit, number, sheet, sent)


@router.post("/submissions/{number}/rows", status_code=303, responses=also(409))
def add_row(visit: Filler, number: Id, sheet: Short, item: Short) -> Response:
    """One more entry of an item."""
    with visit.workbench.database.write() as change:
        draft = within_reach(change.connection, number, visit.account)
        form = drafts.form_of(draft)
        page = next((one for one in form.tables() if one.id == sheet and sheet in form_pages.GROWING), None)
        label = next((one.label for one in form.items if one.id == item and "." not in one.kind), None)
        if page is None or label is None:
            raise not_found()
        row = form_pages.free_row(page, drafts.typed_in(change.connection, number))
        drafts.save(
            change,
            draft,
            visit.account,
            (sheet, row, "label"),
            label,
            _version(change, number, sheet, row, "label"),
        )
        change.tell(
            visit.doer, Deed("form.add_row", draft.object, detail={"sheet": sheet, "row": row, "item": item})
        )
    return visit.go(f"/submissions/{number}/form/{sheet}#r{row}")


@router.post("/submissions/{number}/rows/clear", status_code=303, responses=also(409))
def clear_row(visit: Filler, number: Id, sheet: Short, row: Number) -> Response:
    """Empty an entry; one that was added goes away."""
    with visit.workbench.database.write() as change:
        draft = within_reach(change.connection, number, visit.account)
        filling.clear_row(change, draft, visit.account, sheet, row)
        change.tell(visit.doer, Deed("form.clear_row", draft.object, detail={"sheet": sheet, "row": row}))
    return visit.go(f"/submissions/{number}/form/{sheet}")


def _version(change: Any, number: Id, sheet: str, row: int, key: str) -> int:
    found = drafts.typed_in(change.connection, number).get((sheet, row, key))
    return 0 if found is None else found.version


# --- Files --------------------------------------------------------------------------------------------------------------


@router.post("/submissions/{number}/files", responses=also(303, 409))
def attach(
    visit: Filler,
    number: Id,
    file: Annotated[list[UploadFile], File()],
    sheet: Short = "",
    row: Number = 0,
) -> Response:
    """Keep files, and name them in the row that they prove; every one that is refused is told with its reason."""
    with visit.workbench.database.read() as connection:
        draft = within_reach(connection, number, visit.account)
    if not draft.is_open:
        raise Refused(409, Words("已经提交，不能再改", "it has been submitted and can no longer be changed"))
    problems: list[Problem] = []
    found = []
    for one in file:
        try:
            found.append(attachments.examined(one.filename or "", one.file.read()))
        except InputError as error:
            problems.extend(error.problems)
    for _, content in found:
        visit.workbench.evidence.keep(content)
    if found:
        with visit.workbench.database.write() as change:
            draft = within_reach(change.connection, number, visit.account)
            names = [attachments.keep(change, number, record, visit.account.login) for record, _ in found]
            if sheet:
                filling.name_files(change, draft, visit.account, sheet, row, names)
            drafts.touch(change, draft)
            digests = {name: record.digest for name, (record, _) in zip(names, found, strict=True)}
            change.tell(
                visit.doer,
                Deed("file.attach", draft.object, detail={"files": digests, "sheet": sheet, "row": row}),
            )
    if sheet:
        return _files_of_row(visit, number, sheet, row, problems)
    if problems:
        return visit.problems(problems)
    return visit.go(f"/submissions/{number}#files")


@router.post("/submissions/{number}/files/{file}/remove", responses=also(303, 409))
def detach(visit: Filler, number: Id, file: Id, sheet: Short = "", row: Number = 0) -> Response:
    """Take a file out of the submission, or only out of a row where one is named."""
    with visit.workbench.database.write() as change:
        draft = within_reach(change.connection, number, visit.account)
        one = next(
            (one for one in attachments.of_submission(change.connection, number) if one.id == file), None
        )
        if one is None or not draft.is_open:
            raise not_found()
        if sheet:
            filling.unname_file(change, draft, visit.account, sheet, row, one.name)
        else:
            attachments.remove(change, number, one)
        drafts.touch(change, draft)
        change.tell(
            visit.doer,
            Deed("file.detach", draft.object, detail={"file": one.name, "sheet": sheet, "row": row}),
        )
    if sheet:
        return _files_of_row(visit, number, sheet, row, [])
    return visit.go(f"/submissions/{number}#files")


def _files_of_row(visit: Visit, number: Id, sheet: str, row: int, problems: list[Problem]) -> Response:
    if not visit.is_htmx and visit.request.headers.get("x-part") != "files":
        return (
            visit.problems(problems) if problems else visit.go(f"/submissions/{number}/form/{sheet}#r{row}")
        )
    draft, typed, listed_files = _kept(visit, number)
    value = drafts.value_at(drafts.form_of(draft), drafts.values(typed), (sheet, row, "files"))
    return visit.page(
        "files.html",
        422 if problems else 200,
        draft=draft,
        sheet_id=sheet,
        row=row,
        names=attachments.names_in(value),
        numbers={one.name: one.id for one in listed_files},
        version=typed[sheet, row, "files"].version if (sheet, row, "files") in typed else 0,
        problems=[one.in_language(visit.lang) for one in problems],
    )


@router.get(
    "/submissions/{number}/files/{file}",
    response_class=Response,
    responses=file_of(*attachments.TYPES.values(), attachments.OTHER_TYPE),
)
def own_file(visit: Reader, number: Id, file: Id) -> Response:
    """The bytes of a file, shown only where a browser runs nothing of it."""
    with visit.workbench.database.read() as connection:
        draft = within_reach(connection, number, visit.account)
        one = next((one for one in attachments.of_submission(connection, draft.id) if one.id == file), None)
    if one is None:
        raise not_found()
    return filling.served(visit, one)


# --- Where it stands ----------------------------------------------------------------------------------------------------


@router.get("/submissions/{number}/standing")
def standing(visit: Reader, number: Id) -> Response:
    """The part of a page that says where the submission stands now."""
    draft, typed, listed_files = _kept(visit, number)
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    if _only_states(draft, loaded):
        answered = _answered(visit, draft, typed, listed_files, lenient=False)
        return visit.page(
            "standing.html",
            draft=draft,
            card=None,
            document=None,
            problems=len(answered.problems),
            judged=False,
            street="",
        )
    strict = _answered(visit, draft, typed, listed_files, lenient=False) if draft.is_open else None
    document = _document(visit, draft, typed, listed_files, plan=False)
    return visit.page(
        "standing.html",
        draft=draft,
        document=document,
        problems=0 if strict is None else len(strict.problems),
        judged=True,
        street=_street(visit, draft),
        card=None if document is None else scorecard(document, visit.lang, summary=True),
    )


@router.get("/submissions/{number}/results")
def results(visit: Reader, number: Id) -> Response:
    """Each criterion's outcome, the interval, what is short, and the action plan."""
    draft, typed, listed_files = _kept(visit, number)
    document = _document(visit, draft, typed, listed_files, plan=True)
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    problems: list[form_pages.Told] = []
    if draft.is_open:
        answered = _answered(visit, draft, typed, listed_files, lenient=False)
        problems = _pages(visit, draft, typed, loaded).told(answered.problems)
    return visit.page(
        "results.html",
        draft=draft,
        title=loaded.ruleset.title,
        document=document,
        problems=problems,
        states=drafts.STATES,
        card=None if document is None else scorecard(document, visit.lang),
    )


@router.get("/submissions/{number}/assessment.json", response_class=JSONResponse)
def assessment_file(visit: Reader, number: Id) -> Response:
    """The assessment of the self-check, as ``duibiao score`` writes it."""
    draft, typed, listed_files = _kept(visit, number)
    document = _document(visit, draft, typed, listed_files, plan=True)
    if document is None:
        raise not_found()
    return filling.download(json_bytes(document), f"{draft.unit}.{draft.ruleset}.json", "application/json")


@router.get("/submissions/{number}/workbook.xlsx", response_class=Response, responses=file_of(filling.XLSX))
def workbook(visit: Filler, number: Id) -> Response:
    """The form as a workbook, with what is filled in: to be gone on with in WPS or Excel."""
    draft, typed, listed_files = _kept(visit, number)
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    answered = _answered(visit, draft, typed, listed_files, lenient=True)
    content = filling.workbook_of(draft, loaded, answered.own)
    return filling.download(content, f"{draft.unit}.{draft.ruleset}.xlsx", filling.XLSX)


@router.post("/submissions/{number}/workbook", status_code=303, responses=also(409))
def upload_workbook(
    visit: Filler, number: Id, file: Annotated[UploadFile, File()], replace: Annotated[bool, Form()] = False
) -> Response:
    """Take over what stands in a workbook; every problem of it is told with its cell, and then nothing is taken."""
    draft, typed, _ = _kept(visit, number)
    if not draft.is_open:
        raise Refused(409, Words("已经提交，不能再改", "it has been submitted and can no longer be changed"))
    if (typed or draft.base is not None) and not replace:
        raise Refused(
            422,
            Words(
                "网页上已有内容：请勾选“替换已填内容”再上传",
                "something is filled in already: tick “replace it” and send it again",
            ),
        )
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    submission, pictures = filling.from_workbook(
        visit.workbench, draft, loaded, file.filename or "", file.file.read()
    )
    with visit.workbench.database.write() as change:
        draft = within_reach(change.connection, number, visit.account)
        drafts.replace_base(change, draft, judging.document_of(submission))
        for record, content in pictures:
            visit.workbench.evidence.keep(content)
            attachments.keep(change, number, record, visit.account.login)
        change.tell(visit.doer, Deed("form.upload", draft.object))
    return visit.go(f"/submissions/{number}")


@router.post("/submissions/{number}/street", status_code=303, responses=also(409))
def put_street_beside(visit: Filler, number: Id, file: Annotated[UploadFile, File()]) -> Response:
    """Where the street does not work here: the file in which it states what it did for its communities."""
    draft, _, _ = _kept(visit, number)
    if not draft.is_open or draft.kind != "community" or draft.parent is not None:
        raise not_found()
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    name, content = filling.street_form(visit.workbench, draft, loaded, file.filename or "", file.file.read())
    with visit.workbench.database.write() as change:
        draft = within_reach(change.connection, number, visit.account)
        beside = orjson.dumps({name: content.decode()}).decode()
        change.execute(update(submissions).where(submissions.c.id == number).values(beside=beside))
        drafts.touch(change, draft)
        change.tell(
            visit.doer, Deed("street.include", draft.object, detail={"file": filling.digest_of(content)})
        )
    return visit.go(f"/submissions/{number}")


@router.get(
    "/submissions/{number}/package.zip", response_class=Response, responses=file_of("application/zip")
)
def package_file(visit: Reader, number: Id) -> Response:
    """What was submitted, with its files: the command line scores it to the same bytes."""
    draft, _, listed_files = _kept(visit, number)
    if draft.document is None:
        raise not_found()
    found = judging.received(draft, attachments.records(listed_files))
    content = package(draft, found, listed_files, visit.workbench.evidence)
    return filling.download(content, f"{draft.unit}.{draft.ruleset}.zip", "application/zip")


# --- Submitting ---------------------------------------------------------------------------------------------------------


@router.get("/submissions/{number}/submit", responses=also(303))
def submit_page(visit: Filler, number: Id) -> Response:
    """What is still wrong, or the declaration under which it is submitted."""
    draft, typed, listed_files = _kept(visit, number)
    if not draft.is_open:
        return visit.go(f"/submissions/{number}")
    answered = _answered(visit, draft, typed, listed_files, lenient=False)
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    document = None
    if answered.received is not None and not _only_states(draft, loaded):
        document = judging.assessment_of(loaded, answered.received)
    return visit.page(
        "submit.html",
        draft=draft,
        title=loaded.ruleset.title,
        document=document,
        files=listed_files,
        problems=_pages(visit, draft, typed, loaded).told(answered.problems),
        card=None if document is None else scorecard(document, visit.lang, summary=True),
    )


@router.post("/submissions/{number}/submit", status_code=303, responses=also(409))
def submit(visit: Filler, number: Id, version: Number, declared: Annotated[bool, Form()] = False) -> Response:
    """Submit: from now on it does not change; what is returned is a new revision."""
    if not declared:
        raise Refused(422, Words("请勾选承诺再提交", "tick the declaration before you submit"))
    with visit.workbench.database.write() as change:
        draft = within_reach(change.connection, number, visit.account)
        if not draft.is_open:
            raise Refused(409, Words("已经提交过了", "it has been submitted already"))
        if draft.version != version:
            raise Refused(
                409,
                Words(
                    "打开提交页之后内容又有改动，请重新核对再提交",
                    "it has changed since you opened this page: look at it again",
                ),
            )
        filling.submit(change, draft, visit.doer)
    return visit.go(f"/submissions/{number}")


@router.get("/history/{unit}")
def history(visit: Reader, unit: str, ruleset: Annotated[str, Query(max_length=64)] = "") -> Response:
    """What a unit reached over the periods, standard by standard."""
    with visit.workbench.database.read() as connection:
        found = units.unit_of(connection, unit)
        if found is None or not visit.account.reaches(found.path):
            raise not_found()
        sent = [one for one in drafts.of_unit(connection, found.path) if one.document]
        rows = filling.trend(connection, sent, ruleset)
    return visit.page("history.html", unit=found, rows=rows, titles=_titles(sent), chosen=ruleset)


# --- What all of them need ----------------------------------------------------------------------------------------------


def _kept(
    visit: Visit, number: Id
) -> tuple[Draft, dict[tuple[str, int, str], Typed], list[attachments.Attachment]]:
    with visit.workbench.database.read() as connection:
        draft = within_reach(connection, number, visit.account)
        return draft, drafts.typed_in(connection, number), attachments.of_submission(connection, number)


def _pages(visit: Visit, draft: Draft, typed: dict[tuple[str, int, str], Typed], loaded: Loaded) -> Pages:
    return Pages(drafts.form_of(draft), typed, loaded.catalogue, visit.lang, {})


def _answered(
    visit: Visit,
    draft: Draft,
    typed: dict[tuple[str, int, str], Typed],
    listed_files: list[attachments.Attachment],
    *,
    lenient: bool,
) -> Answered:
    with visit.workbench.database.read() as connection:
        beside = judging.stated_by_street(connection, draft)
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    return judging.examined(
        loaded,
        drafts.form_of(draft),
        drafts.values(typed),
        attachments.records(listed_files),
        beside,
        lenient=lenient,
    )


def _document(
    visit: Visit,
    draft: Draft,
    typed: dict[tuple[str, int, str], Typed],
    listed_files: list[attachments.Attachment],
    *,
    plan: bool,
) -> dict[str, Any] | None:
    """The assessment of the self-check: as it was kept once it was submitted, else of what stands there now."""
    if not draft.is_open:
        with visit.workbench.database.read() as connection:
            made = [one for one in judging.kept(connection, draft.id) if one.purpose == "self_check"]
        return made[0].document if made else None
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    if _only_states(draft, loaded):
        return None
    answered = _answered(visit, draft, typed, listed_files, lenient=True)
    return None if answered.received is None else judging.assessment_of(loaded, answered.received, plan=plan)


def _street(visit: Visit, draft: Draft) -> str:
    """How it stands with what the street states: ``stated``, ``awaited``, ``unknown`` (no street here), or "" (not asked for)."""
    sheet = drafts.form_of(draft).table("street")
    if draft.kind != "community" or sheet is None or not sheet.rows:
        return ""
    with visit.workbench.database.read() as connection:
        if judging.stated_by_street(connection, draft) is not None or draft.beside is not None:
            return "stated"
    return "unknown" if draft.parent is None else "awaited"


def _only_states(draft: Draft, loaded: Loaded) -> bool:
    return only_states(draft.kind, [loaded.ruleset])


def _titles(found: list[Draft]) -> dict[tuple[str, str], Any]:
    return {
        (one.ruleset, one.ruleset_version): drafts.rules(one.ruleset, one.ruleset_version).ruleset.title
        for one in found
    }
