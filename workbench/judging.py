"""What was filled in or submitted → the assessment that the command line makes of the same files, byte by byte."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, insert, select

from evaluator.assessment import assess
from evaluator.emitting import as_data
from evaluator.json_text import json_bytes
from evaluator.loading import Answered, Loaded, Received, examine_answers, receive_kept
from evaluator.observation import Observation
from evaluator.packages.records import FileRecord
from evaluator.planning.plan import Wanted
from evaluator.review import Review
from evaluator.submission import Submission
from evaluator.versions import standing
from evaluator.workbook.form import Form
from evaluator.workbook.paging import Cells, read_page
from workbench.audit import Doer
from workbench.drafts import SENT, SHOWN, Draft, chosen, draft_of, rules
from workbench.storage.database import Transaction
from workbench.storage.tables import assessments, submissions


class Beside(NamedTuple):
    """What a street states for its communities: the file's name and content."""

    name: str
    content: bytes


def stated_by_street(connection: Connection, draft: Draft) -> Beside | None:
    """What the street of a community has submitted for the same standard and period; None where it has not.

    Where no street is known here, as on one's own machine, it is the file of the street that was put beside the form.
    """
    if draft.kind == "community" and draft.parent is None and draft.beside is not None:
        return next((Beside(name, text.encode()) for name, text in orjson.loads(draft.beside).items()), None)
    if draft.kind != "community" or draft.parent is None:
        return None
    found = connection.execute(
        chosen()
        .where(
            submissions.c.unit == draft.parent,
            submissions.c.ruleset == draft.ruleset,
            submissions.c.period_from == draft.period_from,
            submissions.c.period_to == draft.period_to,
            submissions.c.state.in_(SENT),
        )
        .order_by(submissions.c.revision.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    street = draft_of(found)
    return Beside(f"{street.unit}.json", (street.document or "").encode())


def with_street(form: Form, cells: Cells, beside: Beside | None) -> Cells:
    """``cells``, with the street's file named where a form names it."""
    sheet = form.table("subject")
    if beside is None or sheet is None:
        return cells
    row = next((n for n, one in enumerate(sheet.rows) if one.item == "includes.1"), None)
    return cells if row is None else {**cells, ("subject", row, "value"): beside.name}


def examined(
    loaded: Loaded,
    form: Form,
    cells: Cells,
    files: Sequence[FileRecord] | None,
    beside: Beside | None,
    *,
    lenient: bool,
) -> Answered:
    """What is to be said of a form as it is filled in now; leniently, a faulty answer is set aside."""
    filled = read_page(form, with_street(form, cells, beside), SHOWN)
    contents = {} if beside is None else {beside.name: beside.content}
    return examine_answers(filled, loaded.catalogue, files, contents, lenient=lenient)


def document_of(submission: Submission) -> bytes:
    """A submission as its file: what is kept once it is submitted."""
    return json_bytes(as_data(submission))


def received(draft: Draft, files: Sequence[FileRecord] | None) -> Received:
    """What was submitted, as it was then; raises ``SubmissionError``."""
    loaded = rules(draft.ruleset, draft.ruleset_version)
    return received_under(loaded, draft, files)


def received_under(loaded: Loaded, draft: Draft, files: Sequence[FileRecord] | None) -> Received:
    """What was submitted, read for another ruleset or version."""
    beside: Mapping[str, str] = orjson.loads(draft.beside) if draft.beside else {}
    contents = {name: text.encode() for name, text in beside.items()}
    return receive_kept(
        (draft.document or "").encode(), f"{draft.unit}.json", loaded.catalogue, files, contents
    )


def assessment_of(
    loaded: Loaded,
    found: Received,
    *,
    reviews: Sequence[Review] = (),
    supersedes: str | None = None,
    plan: bool = True,
    as_of: date | None = None,
) -> dict[str, Any]:
    """The assessment, as ``duibiao score`` makes it."""
    said: tuple[Observation, ...] = tuple(
        standing(loaded.versions, loaded.ruleset.version, found.submission.period.to)
    )
    return assess(
        loaded.ruleset,
        loaded.catalogue,
        found.submission,
        as_of=as_of,
        observations=(*found.observations, *said),
        files=found.files,
        reviews=reviews,
        supersedes=supersedes,
        wanted=Wanted() if plan else None,
    ).document


def keep(
    change: Transaction,
    draft: Draft,
    doer: Doer,
    document: dict[str, Any],
    purpose: str,
    scorecard: str | None = None,
) -> int:
    """Keep an assessment as it was made; its number."""
    found = change.execute(
        insert(assessments).values(
            submission=draft.id,
            purpose=purpose,
            stage=document["stage"],
            ruleset=document["ruleset"]["id"],
            ruleset_version=document["ruleset"]["version"],
            digest=document["digest"],
            document=gzip.compress(json_bytes(document), mtime=0),
            scorecard=scorecard,
            login=doer.login,
            made_at=change.now,
        )
    )
    return int(found.inserted_primary_key[0])


class Kept(NamedTuple):
    """An assessment that was kept: its number, purpose, moment, and its bytes."""

    id: int
    purpose: str
    made_at: str
    scorecard: str | None
    content: bytes

    @property
    def document(self) -> dict[str, Any]:
        """The assessment as data."""
        found: dict[str, Any] = orjson.loads(self.content)
        return found


def kept(connection: Connection, submission: int) -> list[Kept]:
    """Every assessment of a submission, the latest first."""
    rows = connection.execute(
        select(assessments).where(assessments.c.submission == submission).order_by(assessments.c.id.desc())
    )
    return [
        Kept(row.id, row.purpose, row.made_at, row.scorecard, gzip.decompress(row.document)) for row in rows
    ]
