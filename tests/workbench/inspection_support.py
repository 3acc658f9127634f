"""Submissions that wait for review in the province of the tests, and browsers of those who review them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import update

from evaluator.loading import load_ruleset, load_submission
from evaluator.loading.preparing import prepared_alone
from tests.workbench.province import Province
from workbench import attachments, drafts, judging
from workbench.audit import PROGRAM, Deed, Doer, entries
from workbench.permissions import Account
from workbench.storage.tables import submissions

RULES = "kunming-model-community"
EXAMPLE = Path("examples") / RULES / "middling.yaml"


def submitted(server: Province, unit: str = "cuihu-an", example: Path = EXAMPLE) -> int:
    """A submission of ``unit`` that waits for review; its number."""
    loaded = load_ruleset(RULES)
    submission = load_submission(example)
    subject = submission.subject.model_copy(update={"id": unit})
    document = judging.document_of(submission.model_copy(update={"subject": subject}))
    period = (submission.period.from_, submission.period.to)
    with server.workbench.database.write() as change:
        number = drafts.begin(change, Account("community", "community", None), unit, loaded, period)
        change.execute(
            update(submissions)
            .where(submissions.c.id == number)
            .values(state="submitted", document=document.decode(), submitted_at=change.now)
        )
        draft = drafts.find(change.connection, number)
        assert draft is not None
        found = judging.assessment_of(loaded, judging.received(draft, None))
        judging.keep(change, draft, Doer("community", "community"), found, "self_check")
    return number


def document_of(server: Province, number: int) -> str:
    """What was submitted, as its file."""
    with server.workbench.database.read() as connection:
        draft = drafts.find(connection, number)
    assert draft is not None
    return draft.document or ""


def attached(server: Province, number: int, name: str, content: bytes) -> int:
    """A file of a submission; its number."""
    found = prepared_alone(name, content)
    assert not isinstance(found, list), found
    record, kept = found
    server.workbench.evidence.keep(kept)
    with server.workbench.database.write() as change:
        attachments.keep(change, number, record, "community")
        change.tell(PROGRAM, Deed("test.attach", f"submission:{number}"))
    with server.workbench.database.read() as connection:
        return next(one.id for one in attachments.of_submission(connection, number) if one.name == name)


def log(server: Province) -> list[dict[str, Any]]:
    """Every entry of the audit log."""
    with server.workbench.database.read() as connection:
        return list(entries(connection))


class Reviewing:
    """A browser of somebody who reviews."""

    def __init__(self, server: Province, login: str, lang: str = "zh") -> None:
        self.http = server.client(login, lang)

    def get(self, path: str) -> Any:
        """A page."""
        return self.http.get(path)

    def post(self, path: str, **fields: Any) -> Any:
        """A form sent."""
        return self.http.post(path, data=fields)

    def open(
        self, number: int, stage: str = "inspection", staff_number: str = "A-17", day: str = "2026-01-10"
    ) -> Any:
        """A stage begun."""
        return self.post(
            f"/inspection/{number}/open", stage=stage, staff_number=staff_number, day=day, method="on_site"
        )

    def say(
        self, number: int, criterion: str, list_: str, about: str, *, seen: int = 0, **fields: Any
    ) -> Any:
        """An entry of the review sent."""
        return self.post(
            f"/inspection/{number}/criteria/{criterion}", list=list_, about=about, seen=str(seen), **fields
        )

    def mark(self, number: int) -> str:
        """What the page to sign on says of the state of the review."""
        page = str(self.get(f"/inspection/{number}/sign").text)
        return page.split('name="mark" value="')[1].split('"', maxsplit=1)[0]

    def sign(self, number: int) -> Any:
        """The stage signed, as it stands on the page."""
        return self.post(f"/inspection/{number}/sign", mark=self.mark(number), declared="true", lang="zh")


def picture() -> bytes:
    """A photograph."""
    stream = BytesIO()
    Image.new("RGB", (320, 240), (120, 160, 90)).save(stream, "JPEG")
    return stream.getvalue()
