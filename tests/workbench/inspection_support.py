"""A workbench with a small tree of units, an account of each role, and submissions that wait for review."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from PIL import Image
from sqlalchemy import insert, update

from evaluator.loading import load_submission
from evaluator.loading.preparing import prepared_alone
from workbench import accounts, attachments, drafts, judging
from workbench.app import build
from workbench.audit import PROGRAM, Deed, Doer
from workbench.permissions import Account
from workbench.serving import Workbench
from workbench.settings import Settings
from workbench.storage.tables import submissions, units
from workbench.visits import SESSION

RULES = "kunming-model-community"
EXAMPLE = Path("examples") / RULES / "middling.yaml"
NOW = datetime(2026, 1, 15, 2, 0, tzinfo=UTC)
# id, name, kind, parent, path, region
TREE = (
    ("yn", "云南省民族宗教事务委员会", "province", None, "/yn/", "[]"),
    ("pl", "盘龙区民族宗教事务局", "district", "yn", "/yn/pl/", "[]"),
    ("lh", "联盟街道办事处", "street", "pl", "/yn/pl/lh/", "[]"),
    ("qy", "青云街道办事处", "street", "pl", "/yn/pl/qy/", "[]"),
    ("cuihu-an", "翠湖岸社区", "community", "lh", "/yn/pl/lh/cuihu-an/", '["云南省","昆明市","盘龙区"]'),
    ("qingyun-1", "青云一社区", "community", "qy", "/yn/pl/qy/qingyun-1/", '["云南省","昆明市","盘龙区"]'),
)
ACCOUNTS = (
    ("com1", "community", "cuihu-an"),
    ("str1", "street", "lh"),
    ("rev1", "street_reviewer", "lh"),
    ("dis1", "district_reviewer", "pl"),
    ("insp1", "inspector", "yn"),
    ("insp2", "inspector", "yn"),
    ("pol1", "policy_officer", "yn"),
    ("sys1", "system_admin", None),
    ("sec1", "security_admin", None),
    ("aud1", "audit_admin", None),
)


class Bench:
    """A server in this process."""

    def __init__(self, settings: Settings) -> None:
        self.app = build(settings)
        self.workbench: Workbench = self.app.state.workbench
        self._seed()

    def _seed(self) -> None:
        with self.workbench.database.write() as change:
            for identifier, name, kind, parent, path, region in TREE:
                change.execute(
                    insert(units).values(
                        id=identifier, name=name, kind=kind, parent=parent, path=path, region=region
                    )
                )
            for login, role, unit in ACCOUNTS:
                accounts.make_account(change, login, role, unit)  # type: ignore[arg-type]  # one of the roles
            change.tell(PROGRAM, Deed("seed", "tests"))

    def submitted(self, unit: str = "cuihu-an", example: Path = EXAMPLE) -> int:
        """A submission of ``unit`` that waits for review; its number."""
        loaded = drafts.rules(RULES, _version())
        submission = load_submission(example)
        subject = submission.subject.model_copy(update={"id": unit})
        document = judging.document_of(submission.model_copy(update={"subject": subject}))
        account = Account("com1", "community", None)
        period = (submission.period.from_, submission.period.to)
        with self.workbench.database.write() as change:
            number = drafts.begin(change, account, unit, loaded, period)
            change.execute(
                update(submissions)
                .where(submissions.c.id == number)
                .values(state="submitted", document=document.decode(), submitted_at=change.now)
            )
            draft = drafts.find(change.connection, number)
            assert draft is not None
            found = judging.assessment_of(loaded, judging.received(draft, None))
            judging.keep(change, draft, Doer("com1", "community"), found, "self_check")
        return number

    def attached(self, number: int, name: str, content: bytes) -> int:
        """A file of a submission; its number."""
        found = prepared_alone(name, content)
        assert not isinstance(found, list), found
        record, kept = found
        self.workbench.evidence.keep(kept)
        with self.workbench.database.write() as change:
            attachments.keep(change, number, record, "com1")
            change.tell(PROGRAM, Deed("seed", "tests"))
        with self.workbench.database.read() as connection:
            return next(one.id for one in attachments.of_submission(connection, number) if one.name == name)

    def client(self, login: str) -> Browser:
        """A browser in which ``login`` is signed in."""
        with self.workbench.database.write() as change:
            session = accounts.begin_session(change, self.workbench.database, login)
            change.tell(PROGRAM, Deed("session.begin", f"account:{login}"))
        found = accounts.session_of(self.workbench.database, session.token)
        assert found is not None
        client = TestClient(self.app, base_url="http://localhost", follow_redirects=False)
        client.cookies.set(SESSION, session.token)
        return Browser(client, found.csrf)

    def audit(self) -> list[dict[str, Any]]:
        """Every entry of the audit log."""
        from workbench.audit import entries

        with self.workbench.database.read() as connection:
            return list(entries(connection))


class Browser:
    """A client that sends the token of its session."""

    def __init__(self, client: TestClient, csrf: str) -> None:
        self.http, self.csrf = client, csrf

    def get(self, path: str) -> Any:
        """A page."""
        return self.http.get(path)

    def post(self, path: str, **fields: Any) -> Any:
        """A form sent."""
        return self.http.post(path, data={"csrf": self.csrf, **fields})

    def open(
        self, number: int, stage: str = "inspection", staff_number: str = "A-17", day: str = "2025-12-10"
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

    def sign(self, number: int) -> Any:
        """The stage signed, as it stands on the page."""
        page = self.get(f"/inspection/{number}/sign").text
        mark = page.split('name="mark" value="')[1].split('"')[0]
        return self.post(f"/inspection/{number}/sign", mark=mark, declared="true", lang="zh")


def _version() -> str:
    from evaluator.loading import load_ruleset

    return load_ruleset(RULES).ruleset.version


@contextmanager
def bench(folder: Path, seal: Path | None = None) -> Iterator[Bench]:
    """A server whose data lies in ``folder``."""
    found = Bench(Settings(folder, clock=lambda: NOW, seal=seal))
    try:
        yield found
    finally:
        found.workbench.close()


def picture() -> bytes:
    """A photograph."""
    stream = BytesIO()
    Image.new("RGB", (320, 240), (120, 160, 90)).save(stream, "JPEG")
    return stream.getvalue()


def last_day() -> date:
    """The last day of the example's period."""
    return load_submission(EXAMPLE).period.to
