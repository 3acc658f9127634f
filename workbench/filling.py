"""What the pages of a unit's own submissions do beyond one cell: whole pages, rows, files, workbooks, earlier periods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import quote

import orjson
from fastapi.responses import Response
from sqlalchemy import Connection, update

from evaluator.algorithms import digest_of_bytes
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading import (
    Examined,
    Loaded,
    examine,
    pictures_of_form,
    submission_in,
)
from evaluator.packages.names import shown
from evaluator.packages.records import FileRecord
from evaluator.submission import Submission
from evaluator.windows import Span
from evaluator.workbook.asked import only_states
from evaluator.workbook.carrying import carried
from evaluator.workbook.making import Filled, filled_by
from workbench import attachments, drafts, form_pages, judging, rulesets
from workbench.audit import Deed, Doer
from workbench.drafts import Draft, within_reach
from workbench.permissions import Account, Unit
from workbench.serving import Workbench
from workbench.storage.database import Transaction
from workbench.storage.tables import accounts, submissions
from workbench.visits import LOCAL, Refused, Visit, not_found

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAME = re.compile(r"r(\d{1,5})\.([a-z_0-9.-]{1,80})")
# A PDF is shown by the browser's own viewer, in a frame of ours; nothing of any file runs.
_FRAMED = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'self'; frame-ancestors 'self'",
    "x-frame-options": "SAMEORIGIN",
}


def own_unit(visit: Visit) -> Unit:
    """The unit that fills in; raises ``Refused`` where the account has none."""
    if visit.account.unit is None:
        raise Refused(409, Words("先填写单位信息", "state the institution first"))
    return visit.account.unit


def settle_here(change: Transaction, unit: str) -> None:
    """On one's own machine: the unit whose self-check it is."""
    change.execute(update(accounts).where(accounts.c.login == LOCAL).values(unit=unit))


def newest(ruleset: str) -> Loaded:
    """The newest version of a standard that is in force here."""
    version = rulesets.newest(ruleset)
    if version is None:
        raise not_found()
    return rulesets.rules(ruleset, version)


def offered(kind: str) -> list[Loaded]:
    """The newest version of each standard that a unit of ``kind`` fills a form for."""
    found = rulesets.in_use()
    return [
        one
        for one in found
        if kind in one.ruleset.subject or (kind == "street" and "community" in one.ruleset.subject)
    ]


def carried_over(source: Draft, loaded: Loaded, period: tuple[date, date]) -> bytes:
    """What of an earlier submission a form of ``period`` begins with, as a submission's file."""
    if source.document is None:
        raise not_found()
    earlier = submission_in(source.document.encode(), f"{source.unit}.json", loaded.catalogue)
    return judging.document_of(_as_submission(carried(earlier, loaded.catalogue, Span(*period))))


def _as_submission(filled: Filled) -> Submission:
    return Submission(
        submission=1,
        subject={  # type: ignore[arg-type]  # pydantic makes the record
            "id": filled.id,
            "name": filled.name,
            "kind": filled.kind,
            "region": filled.region,
            "attributes": dict(filled.attributes),
        },
        period={"from": filled.start, "to": filled.end},  # type: ignore[arg-type]  # as above
        previous=filled.evidence.previous,
        documents=filled.evidence.documents,
    )


def save_all(visit: Visit, number: int, sheet: str, sent: Mapping[str, str]) -> Response:
    """Keep every field of a page that differs from what stands there; what could not be kept is listed."""
    problems: list[Problem] = []
    with visit.workbench.database.write() as change:
        draft = within_reach(change.connection, number, visit.account)
        form = drafts.form_of(draft)
        typed = drafts.typed_in(change.connection, number)
        values = drafts.values(typed)
        saved = 0
        for name, value in sent.items():
            found = _NAME.fullmatch(name)
            if found is None:
                continue
            place = (sheet, int(found[1]), found[2])
            if value == drafts.value_at(form, values, place):
                continue
            seen = int(sent.get(f"v{found[1]}.{found[2]}", "0") or 0)
            one = drafts.save(change, draft, visit.account, place, value, seen)
            saved += 1
            problems.extend(one.read.persons)
            if one.other is not None:
                what = Words(
                    f"{one.other.login} 刚改过这一格，没有覆盖",
                    f"{one.other.login} has just changed this cell: nothing was overwritten",
                )
                problems.append(Problem("changed_meanwhile", Place(drafts.SHOWN, sheet=sheet), what))
        change.tell(visit.doer, Deed("form.save_page", draft.object, detail={"sheet": sheet, "cells": saved}))
    if problems:
        return visit.problems(problems, 409)
    return visit.go(f"/submissions/{number}/form/{sheet}")


def clear_row(change: Transaction, draft: Draft, account: Account, sheet: str, row: int) -> None:
    """Empty every cell of a row."""
    form = drafts.form_of(draft)
    page = next((one for one in form.tables() if one.id == sheet), None)
    if page is None:
        raise not_found()
    typed = drafts.typed_in(change.connection, draft.id)
    for column in page.columns:
        place = (sheet, row, column.key)
        if not drafts.may_be_filled(page, row, column.key) or not drafts.value_at(
            form, drafts.values(typed), place
        ):
            continue
        seen = typed[place].version if place in typed else 0
        drafts.save(change, draft, account, place, "", seen)


def name_files(
    change: Transaction, draft: Draft, account: Account, sheet: str, row: int, names: Iterable[str]
) -> None:
    """Name files in the row that they prove."""
    value, seen = _files_cell(change, draft, sheet, row)
    for name in names:
        value = form_pages.with_file(value, name)
    drafts.save(change, draft, account, (sheet, row, "files"), value, seen)


def unname_file(change: Transaction, draft: Draft, account: Account, sheet: str, row: int, name: str) -> None:
    """Take a file's name out of a row."""
    value, seen = _files_cell(change, draft, sheet, row)
    drafts.save(change, draft, account, (sheet, row, "files"), form_pages.without_file(value, name), seen)


def _files_cell(change: Transaction, draft: Draft, sheet: str, row: int) -> tuple[str, int]:
    form = drafts.form_of(draft)
    if all(one.id != sheet for one in form.tables()):
        raise not_found()
    typed = drafts.typed_in(change.connection, draft.id)
    place = (sheet, row, "files")
    return drafts.value_at(form, drafts.values(typed), place), typed[place].version if place in typed else 0


def workbook_of(draft: Draft, loaded: Loaded, own: Submission | None) -> bytes:
    """The form as a workbook, with what is filled in so far."""
    from evaluator.workbook.judging.painting import live  # noqa: PLC0415 - heavy, for workbooks only
    from evaluator.workbook.layout import planned  # noqa: PLC0415
    from evaluator.workbook.writing import write_workbook  # noqa: PLC0415

    form = drafts.form_of(draft)
    if own is not None:
        form = planned([(loaded.ruleset, loaded.catalogue)], loaded.catalogue, filled_by(own))
    return write_workbook(form, loaded.catalogue, live([loaded.ruleset], loaded.catalogue))


def from_workbook(
    workbench: Workbench, draft: Draft, loaded: Loaded, name: str, content: bytes
) -> tuple[Submission, list[tuple[FileRecord, bytes]]]:
    """What stands in an uploaded form, and the pictures in its cells; raises ``InputError`` with every problem."""
    plain = shown(Path(name).name or "form.xlsx")
    with TemporaryDirectory(dir=workbench.settings.data) as folder:
        path = Path(folder) / (Path(name).name or "form.xlsx")
        path.write_bytes(content)
        found = examine(path, loaded.catalogue, [loaded])
        pictures = {} if found.problems or path.suffix.lower() != ".xlsx" else pictures_of_form(path)
    problems = [one._replace(place=one.place._replace(file=plain)) for one in found.problems]
    submission = found.submission
    if submission is not None:
        problems.extend(_of_another(draft, submission, plain))
    if problems or submission is None:
        raise InputError(problems)
    return submission.model_copy(update={"includes": ()}), [
        attachments.examined(*one) for one in pictures.items()
    ]


def street_form(
    workbench: Workbench, draft: Draft, loaded: Loaded, name: str, content: bytes
) -> tuple[str, bytes]:
    """The name and content under which a street's form is kept; raises ``InputError`` with every problem of it."""
    found = _examined(workbench, loaded, name, content)
    plain = shown(Path(name).name or "form.xlsx")
    problems = [one._replace(place=one.place._replace(file=plain)) for one in found.problems]
    submission = found.submission
    if submission is not None and submission.subject.kind != "street":
        what = Words("这不是街道统一填报的表", "this is no form of a street")
        problems.append(Problem("other_submission", Place(plain, sheet="单位信息"), what))
    stated = None if submission is None else f"{submission.period.from_}..{submission.period.to}"
    if stated is not None and stated != f"{draft.period_from}..{draft.period_to}":
        what = Words(
            f"街道表的评估期是 {stated}，与本申报不同", f"its period is {stated}, not that of this submission"
        )
        problems.append(Problem("other_submission", Place(plain, sheet="单位信息"), what))
    if problems or submission is None:
        raise InputError(problems)
    return f"{submission.subject.id}.json", judging.document_of(submission)


def _examined(workbench: Workbench, loaded: Loaded, name: str, content: bytes) -> Examined:
    with TemporaryDirectory(dir=workbench.settings.data) as folder:
        path = Path(folder) / (Path(name).name or "form.xlsx")
        path.write_bytes(content)
        return examine(path, loaded.catalogue, [loaded])


def _of_another(draft: Draft, submission: Submission, name: str) -> Iterable[Problem]:
    stated = {
        "单位编号": (submission.subject.id, draft.unit, "the unit"),
        "评估期": (
            f"{submission.period.from_}..{submission.period.to}",
            f"{draft.period_from}..{draft.period_to}",
            "the period",
        ),
        "单位类别": (submission.subject.kind, draft.kind, "the kind of unit"),
    }
    for zh, (found, wanted, en) in stated.items():
        if found != wanted:
            what = Words(
                f"{zh}是 {found}，这份申报的是 {wanted}",
                f"{en} is {found}; that of this submission is {wanted}",
            )
            mend = Words(
                "改正后重新上传，或上传到对应的申报", "correct it, or send it to the submission that it is of"
            )
            yield Problem("other_submission", Place(name, sheet="单位信息"), what, mend)


def served(visit: Visit, one: attachments.Attachment) -> Response:
    """A file of evidence: shown where its type is safe, else given to be saved."""
    content = visit.workbench.evidence.read(one.digest)
    is_shown = one.record.type in attachments.TYPES
    how = f"{'inline' if is_shown else 'attachment'}; filename*=UTF-8''{quote(one.name)}"
    return Response(content, media_type=one.media_type, headers={**_FRAMED, "content-disposition": how})


def download(content: bytes, name: str, media_type: str) -> Response:
    """A file to be saved."""
    how = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers={"content-disposition": how})


def digest_of(content: bytes) -> str:
    """The digest of what was submitted."""
    return digest_of_bytes(content)


def submit(change: Transaction, draft: Draft, doer: Doer) -> None:
    """Freeze what is filled in, with what the street states, its files and the assessment of the self-check.

    Raises ``InputError`` with every problem where anything is wrong with it; the caller has seen that it is open.
    """
    typed = drafts.typed_in(change.connection, draft.id)
    listed = attachments.of_submission(change.connection, draft.id)
    beside = judging.stated_by_street(change.connection, draft)
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    answered = judging.examined(
        loaded,
        drafts.form_of(draft),
        drafts.values(typed),
        attachments.records(listed),
        beside,
        lenient=False,
    )
    if answered.own is None or answered.received is None:
        raise InputError(answered.problems)
    content = judging.document_of(answered.own)
    digest = digest_of(content)
    change.execute(
        update(submissions)
        .where(submissions.c.id == draft.id)
        .values(
            state="submitted",
            document=content.decode(),
            document_digest=digest,
            beside=None if beside is None else orjson.dumps({beside.name: beside.content.decode()}).decode(),
            submitted_at=change.now,
            version=draft.version + 1,
        )
    )
    if not only_states(draft.kind, [loaded.ruleset]):
        judging.keep(change, draft, doer, judging.assessment_of(loaded, answered.received), "self_check")
    change.tell(
        doer, Deed("submission.submit", draft.object, detail={"document": digest, "files": len(listed)})
    )


class Reached(NamedTuple):
    """What a unit reached in one period: at the self-check and, where there was one, after review."""

    draft: Draft
    self_check: dict[str, Any] | None
    review: dict[str, Any] | None


def trend(connection: Connection, sent: Iterable[Draft], ruleset: str) -> list[Reached]:
    """The latest revision of each period, the earliest first."""
    latest: dict[tuple[str, str, str], Draft] = {}
    for one in sent:
        if not ruleset or one.ruleset == ruleset:
            key = (one.ruleset, one.period_from, one.period_to)
            if key not in latest or latest[key].revision < one.revision:
                latest[key] = one
    found = []
    for one in sorted(latest.values(), key=lambda one: (one.ruleset, one.period_to)):
        made = judging.kept(connection, one.id)
        found.append(Reached(one, _last(made, "self_check"), _last(made, "review")))
    return found


def _last(made: Iterable[judging.Kept], purpose: str) -> dict[str, Any] | None:
    return next((one.document for one in made if one.purpose == purpose), None)
