"""Every operation of the OpenAPI document, tried with made-up requests by an account of each role: what was answered otherwise.

``python -m tests.workbench.described [--examples N] [--seed S]`` (script/api-trial): at length, in both databases.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig

from tests.workbench import postgresql
from tests.workbench.province import Province, begin, province
from workbench import accounts
from workbench.audit import PROGRAM, Deed
from workbench.guarding import HEADERS
from workbench.storage.database import database_url
from workbench.visits import SESSION

# One account of each role, and nobody.
LOGINS = (
    None,
    "community",
    "street",
    "street-review",
    "district-review",
    "inspector",
    "policy",
    "sysadmin",
    "secadmin",
    "audadmin",
)
# What leads to something that is there, or was; without it hardly any made-up request would get as far as a row.
_KNOWN: dict[str, tuple[Any, ...]] = {
    "number": (1, 2, 3, 2**31 - 1),
    "file": (1, 2),
    "sheet": ("counts", "events", "statements", "subject", "documents", "street", "files"),
    "unit": ("cuihu-an", "yn", "cuihu"),
    "login": ("community", "sysadmin"),
    "key": ("now", "date", "title", "value", "files", "label", "source", "note"),
    "ruleset": ("kunming-model-community",),
    "item": ("publicity_session",),
    "row": (0, 1, 200),
    "version": (1, 2),
    "declared": (True,),
    "parent": ("yn", "panlong"),
    "kind": ("community", "street", "社区"),
    "role": ("inspector", "audit_admin", ""),
    "locked": (True, False),
    "object": ("system",),
}
# Fields that lead somewhere only together.
_TOGETHER: dict[str, dict[str, Any]] = {
    "/submissions/{number}/cells": {"sheet": "counts", "row": 0, "key": "now"},
    "/submissions/{number}/rows": {"sheet": "events", "item": "publicity_session"},
}
_HOSTILE = (
    "\0",
    "a\0b",
    "\ufffe\u202e",
    "'\";--",
    "{{7*7}}",
    "../" * 20,
    "9" * 400,
    "-1",
    "1e400",
    "NaN",
    "\r\nx: y",
)


def prepared(server: Province) -> None:
    """A draft with a file, and a submission."""
    from tests.workbench.test_backing_up import use

    use(server)
    begin(server.client("community"), year=2023)


class Trial:
    """Requests to one server by one account; every answer that the document does not state is a fault."""

    def __init__(self, server: Province, number: int, chance: random.Random) -> None:
        self.server, self.number, self.chance = server, number, chance
        config = SchemathesisConfig(
            projects=ProjectsConfig(
                default=ProjectConfig(generation=GenerationConfig(with_security_parameters=False))
            )
        )
        self.schema = schemathesis.openapi.from_dict(server.app.openapi(), config=config)
        self.requests = 0
        self.answers: set[tuple[str, int]] = set()

    def faults(self, login: str | None) -> Iterator[str]:
        """What was answered otherwise than stated."""
        self.login = login
        self.browser = TestClient(self.server.app, follow_redirects=False, raise_server_exceptions=True)
        with self.browser:
            for found in self.schema.get_all_operations():
                operation = found.ok()
                try:
                    self._try(operation)
                except Exception as error:  # noqa: BLE001 - each is a fault of the page
                    text = "".join(traceback.format_exception(error))[-3000:]
                    yield f"{login}: {operation.method.upper()} {operation.path}: {text}"

    def _try(self, operation: Any) -> None:
        needs = operation.definition.raw.get("x-needs")
        allowed = self._account().may(needs) if self.login and needs not in (None, "session") else True
        # A page that is not for this role refuses whatever is sent: one example shows it.
        number = self.number if allowed else 1
        argon = operation.path in ("/sign-in", "/link/{token}") and operation.method == "post"

        @seed(self.chance.randrange(2**32))
        @settings(
            max_examples=min(number, 2) if argon and number < 50 else number,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def tried(case: Any) -> None:
            self._lead(case)
            self._send(case)

        tried()

    def _account(self) -> Any:
        with self.server.workbench.database.read() as connection:
            return accounts.account_of(connection, self.login)

    def _lead(self, case: Any) -> None:
        for part in (case.path_parameters, case.query, case.body):
            if isinstance(part, dict):
                for name, known in _KNOWN.items():
                    # The file of a form is not the number of one.
                    if name in part and not isinstance(part[name], list) and self.chance.random() < 0.6:
                        part[name] = self.chance.choice(known)
        if isinstance(case.body, dict) and self.chance.random() < 0.5:
            case.body.update(_TOGETHER.get(case.operation.path, {}))
        for part in (case.query, case.body):
            if isinstance(part, dict) and part and self.chance.random() < 0.15:
                name = self.chance.choice(list(part))
                if isinstance(part[name], str):
                    part[name] = self.chance.choice(_HOSTILE)

    def _send(self, case: Any) -> None:
        if self.login is not None and case.operation.path not in ("/sign-in", "/link/{token}"):
            self._sign_in()
        asked = case.as_transport_kwargs(base_url="http://testserver")
        # The document is of the pages: a path that a proxy or router would resolve elsewhere is not one of them.
        wanted = {key: asked.get(key) for key in ("method", "url", "params", "data", "files", "json")}
        headers = {str(name): str(value) for name, value in (asked.get("headers") or {}).items()}
        answer = self._asked(wanted, headers)
        self.requests += 1
        self.answers.add((f"{case.operation.method} {case.operation.path}", answer.status_code))
        stated = case.operation.definition.raw["responses"]
        assert str(answer.status_code) in stated, (answer.status_code, wanted, answer.text[:300])
        assert answer.status_code < 500
        media = answer.headers.get("content-type", "").partition(";")[0]
        expected = {one.partition(";")[0] for one in stated[str(answer.status_code)].get("content", {})}
        assert media in expected or (not expected and not answer.content), (answer.status_code, media, wanted)
        missing = [name for name in HEADERS if name not in answer.headers]
        assert not missing, missing

    def _asked(self, wanted: dict[str, Any], headers: dict[str, str]) -> Any:
        import requests

        # Serialized as Schemathesis would send it, over the client of the tests.
        ready = requests.Request(
            **{key: value for key, value in wanted.items() if value is not None}
        ).prepare()
        headers = {**headers, **dict(ready.headers)}
        headers.pop("Content-Length", None)
        body = ready.body.encode() if isinstance(ready.body, str) else ready.body
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self.browser.request(
                ready.method or "GET",
                ready.url or "",
                content=body,
                headers={**headers, "X-CSRF-Token": self.browser.headers.get("X-CSRF-Token", "")},
            )

    def _sign_in(self) -> None:
        """Locks, roles and signing out end sessions: begin another one, in the role of before."""
        database = self.server.workbench.database
        token = self.browser.cookies.get(SESSION)
        if token and accounts.session_of(database, token) is not None:
            return
        with database.write() as change:
            session = accounts.begin_session(change, database, str(self.login))
            change.tell(PROGRAM, Deed("test.sign_in", f"account:{self.login}"))
        self.browser.cookies.clear()
        self.browser.cookies.set(SESSION, session.token)
        account = accounts.session_of(database, session.token)
        assert account is not None, f"{self.login} was locked"
        self.browser.headers["X-CSRF-Token"] = account.csrf


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    stated = parser.parse_args()
    number = 0
    with postgresql.server() as address:
        for kind in ("sqlite", "postgresql"):
            for login in LOGINS:
                url = None
                if kind == "postgresql":
                    name = "t-" + re.sub(r"\W", "-", str(login))
                    url = database_url(postgresql.new_database(address, name))
                with tempfile.TemporaryDirectory() as folder, province(Path(folder), url) as server:
                    prepared(server)
                    trial = Trial(server, stated.examples, random.Random(stated.seed))
                    for fault in trial.faults(login):
                        number += 1
                        sys.stdout.write(f"{kind} {fault}\n\n")
                    sys.stdout.write(f"{kind} {login}: {trial.requests} requests\n")
                    sys.stdout.flush()
    sys.exit(1 if number else 0)


if __name__ == "__main__":
    main()
