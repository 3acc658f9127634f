"""A small province with an account of every role: what the tests of pages begin with. No unit or account is real."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2 as httpx
from fastapi.testclient import TestClient

from workbench import accounts as keeping
from workbench import units
from workbench.app import build
from workbench.audit import PROGRAM, Deed
from workbench.permissions import Role
from workbench.serving import Workbench
from workbench.settings import Settings
from workbench.visits import SESSION

UNITS = (
    ("yn", "云南省", "province", None),
    ("km", "昆明市", "city", "yn"),
    ("panlong", "盘龙区", "district", "km"),
    ("cuihu", "翠湖街道", "street", "panlong"),
    ("cuihu-an", "翠湖岸社区", "community", "cuihu"),
    ("cuihu-dong", "翠湖东社区", "community", "cuihu"),
    ("wuhua", "五华区", "district", "km"),
    ("longquan", "龙泉街道", "street", "wuhua"),
    ("longquan-lu", "龙泉路社区", "community", "longquan"),
)
ACCOUNTS: dict[str, tuple[Role, str | None]] = {
    "community": ("community", "cuihu-an"),
    "neighbour": ("community", "cuihu-dong"),
    "street": ("street", "cuihu"),
    "street-review": ("street_reviewer", "cuihu"),
    "district-review": ("district_reviewer", "panlong"),
    "other-district": ("district_reviewer", "wuhua"),
    "inspector": ("inspector", "yn"),
    "inspector2": ("inspector", "yn"),
    "policy": ("policy_officer", "yn"),
    "policy2": ("policy_officer", "yn"),
    "sysadmin": ("system_admin", None),
    "secadmin": ("security_admin", None),
    "audadmin": ("audit_admin", None),
}
PASSWORD = "一二三四五六七八九十-Test"


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=5)
        return self.now

    def pass_(self, minutes: float) -> None:
        """Let so many minutes go by."""
        self.now += timedelta(minutes=minutes)


class Province:
    """A server with the units and accounts above; ``client`` signs in without the page, ``as_`` says who asks."""

    def __init__(self, folder: Path, database: Any = None) -> None:
        self.clock = Clock()
        self.app = build(Settings(folder, database, hosts=("testserver",), clock=self.clock))
        self.workbench: Workbench = self.app.state.workbench
        with self.workbench.database.write() as change:
            for one in UNITS:
                units.make(change, *one)
            for login, (role, unit) in ACCOUNTS.items():
                keeping.make_account(change, login, role, unit)
            change.tell(PROGRAM, Deed("test.begin", "system"))

    def client(self, login: str | None, lang: str = "zh") -> TestClient:
        """A browser in which ``login`` is signed in; every request of it bears the token against forgery."""
        found = TestClient(self.app, follow_redirects=False, raise_server_exceptions=True)
        found.cookies.set("duibiao_lang", lang)
        if login is not None:
            with self.workbench.database.write() as change:
                session = keeping.begin_session(change, self.workbench.database, login)
                change.tell(PROGRAM, Deed("test.sign_in", f"account:{login}"))
            found.cookies.set(SESSION, session.token)
            account = keeping.session_of(self.workbench.database, session.token)
            assert account is not None
            found.headers["X-CSRF-Token"] = account.csrf
        return found

    def close(self) -> None:
        """Give the database back."""
        self.workbench.close()


@contextmanager
def province(folder: Path, database: Any = None) -> Iterator[Province]:
    """A province in ``folder``."""
    made = Province(folder, database)
    try:
        yield made
    finally:
        made.close()


def begin(client: TestClient, ruleset: str = "kunming-model-community", year: int = 2025) -> str:
    """Begin a submission; its path."""
    answer = client.post(
        "/submissions/new",
        data={"ruleset": ruleset, "first": f"{year}-01-01", "last": f"{year}-12-31", "earlier": ""},
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def went_well(answer: httpx.Response) -> httpx.Response:
    """The answer, which is no refusal."""
    assert answer.status_code < 400, answer.text
    return answer
