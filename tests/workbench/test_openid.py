"""Signing in by an OpenID provider: only who is bound, only by a token that can be believed, and nothing kept of a person."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import select, update

from evaluator.errors import InputError
from tests.workbench.identity_provider import CLIENT, SECRET, IdentityProvider, identity_provider
from tests.workbench.province import Province, went_well
from workbench import accounts as keeping
from workbench import audit as chain
from workbench.audit import PROGRAM, Deed
from workbench.beginning import first_link
from workbench.openid import Provider
from workbench.openid_settings import load_openid
from workbench.storage.tables import accounts, metadata
from workbench.visits import SESSION

ROOT = Path(__file__).resolve().parents[2]


def settings_file(folder: Path, issuer: str, more: str = "") -> Path:
    secret = folder / "secret"
    secret.write_text(SECRET + "\n")
    secret.chmod(0o600)
    path = folder / "openid.yaml"
    path.write_text(
        f"openid: 1\nissuer: {issuer}\nclient_id: {CLIENT}\nclient_secret_file: secret\n"
        f"label: {{zh: 省统一认证, en: Provincial sign-in}}\n{more}"
    )
    return path


@pytest.fixture
def provider(server: Province, tmp_path: Path) -> Iterator[IdentityProvider]:
    """A provider that ``server`` knows."""
    with identity_provider(server.clock) as made:
        server.workbench.openid = Provider(load_openid(settings_file(tmp_path, made.issuer)), server.clock)
        yield made


def sent_back(browser: Any, begun: Any) -> str:
    """The path with which the provider sends the browser back."""
    assert begun.status_code == 303, begun.text
    answer = httpx.get(begun.headers["location"])
    assert answer.status_code == 302
    parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


def sign_in(browser: Any, then: str = "/") -> Any:
    return browser.get(sent_back(browser, browser.get("/openid/sign-in", params={"then": then})))


def link_of(server: Province, login: str) -> str:
    with server.workbench.database.write() as change:
        token = keeping.make_link(change, server.workbench.database, login)
        change.tell(PROGRAM, Deed("test.link", f"account:{login}"))
    return token


def bind(server: Province, login: str) -> Any:
    browser = server.client(None)
    token = link_of(server, login)
    assert f"/openid/bind/{token}" in went_well(browser.get(f"/link/{token}")).text
    return browser.get(sent_back(browser, browser.get(f"/openid/bind/{token}")))


def last_entry(server: Province) -> dict[str, Any]:
    with server.workbench.database.read() as connection:
        return list(chain.entries(connection))[-1]


def test_whoever_is_bound_signs_in(server: Province, provider: IdentityProvider):
    """By the one-time link once, from then on by the provider alone; the first page is the one that was asked for."""
    bound = bind(server, "community")
    assert bound.headers["location"] == "/"
    assert SESSION in bound.headers["set-cookie"]
    browser = server.client(None)
    assert "省统一认证" in browser.get("/sign-in").text
    done = sign_in(browser, "/submissions")
    assert done.headers["location"] == "/submissions"
    assert went_well(browser.get("/submissions")).status_code == 200
    entry = last_entry(server)
    assert (entry["login"], entry["action"]) == ("community", "session.begin")
    assert provider.fetched == ["discovery", "keys"]


def test_nothing_of_a_person_is_kept(server: Province, provider: IdentityProvider):
    """Name and mail that the provider tells all the same are nowhere in the database; the subject itself is not, either."""
    bind(server, "community")
    sign_in(server.client(None))
    with server.workbench.database.read() as connection:
        kept = "".join(str(connection.execute(select(table)).all()) for table in metadata.sorted_tables)
        identity = connection.execute(
            select(accounts.c.identity).where(accounts.c.login == "community")
        ).scalar_one()
    assert re.fullmatch("sha256:[0-9a-f]{64}", identity)
    for text in ("示例姓名", "example@example.invalid", "sub-1"):
        assert text not in kept


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"nonce": "other"}, "nonce"),
        ({"nonce": None}, "token"),
        ({"aud": "other"}, "audience"),
        ({"aud": [CLIENT, "other"]}, "audience"),
        ({"azp": "other"}, "audience"),
        ({"iss": "https://elsewhere.example"}, "token"),
        ({"exp": 1}, "expired"),
        ({"exp": None}, "token"),
        ({"iat": 4_000_000_000}, "token"),
        ({"sub": None}, "token"),
        ({"sub": "x" * 256}, "subject"),
        ({"sub": 7}, "token"),
    ],
    ids=str,
)
def test_a_token_that_says_something_else_is_not_believed(
    server: Province, provider: IdentityProvider, change: dict[str, Any], why: str
):
    """Another nonce, audience or issuer, one that has expired or is of the future, no subject: nobody is signed in."""
    bind(server, "community")
    provider.change = change
    browser = server.client(None)
    refused = sign_in(browser)
    assert refused.status_code == 401
    assert "set-cookie" not in refused.headers
    entry = last_entry(server)
    assert entry["action"] == "session.refuse"
    assert why in entry["detail"]


def test_a_token_of_another_key_is_not_believed(server: Province, provider: IdentityProvider):
    """Signed by a key that the provider does not publish, even under the name of one that it does."""
    bind(server, "community")
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    refused = sign_in(server.client(None))
    assert refused.status_code == 401
    assert "signature" in last_entry(server)["detail"]


def test_a_provider_may_change_its_keys(server: Province, provider: IdentityProvider):
    """A token of a new key makes the server fetch the keys anew."""
    bind(server, "community")
    provider.key = provider.published = RSAKey.generate_key(2048, {"kid": "two"})
    server.clock.pass_(1)
    assert sign_in(server.client(None)).status_code == 303


def test_what_comes_back_is_good_once_and_in_one_browser(server: Province, provider: IdentityProvider):
    """Not twice, not elsewhere, not with another state or cookie, not after ten minutes."""
    bind(server, "community")
    browser = server.client(None)
    path = sent_back(browser, browser.get("/openid/sign-in"))
    cookie = browser.cookies.get("duibiao_openid")
    assert server.client(None).get(path).status_code == 401
    assert browser.get(re.sub("state=[^&]+", "state=other", path)).status_code == 401
    changed = server.client(None)
    changed.cookies.set("duibiao_openid", f"x{cookie}")
    assert changed.get(path).status_code == 401
    assert browser.get(path).status_code == 303
    again = server.client(None)
    again.cookies.set("duibiao_openid", cookie)
    assert again.get(path).status_code == 401
    late = server.client(None)
    path = sent_back(late, late.get("/openid/sign-in"))
    server.clock.pass_(11)
    assert late.get(path).status_code == 401


def test_an_unknown_identity_is_told_how_to_be_bound(server: Province, provider: IdentityProvider):
    """It gets no account of itself, and nothing of it is noted but that it was refused."""
    provider.subject = "sub-unknown"
    refused = sign_in(server.client(None))
    assert refused.status_code == 403
    assert "一次性链接" in refused.text
    assert '"unbound"' in last_entry(server)["detail"]


def test_a_locked_account_does_not_sign_in(server: Province, provider: IdentityProvider):
    """Locking ends what is open, and the provider opens nothing new."""
    bind(server, "community")
    browser = server.client(None)
    sign_in(browser)
    went_well(
        server.client("secadmin").post("/security/community/lock", data={"reason": "离岗", "locked": "true"})
    )
    assert browser.get("/submissions").status_code == 401
    assert sign_in(server.client(None)).status_code == 403
    assert '"locked"' in last_entry(server)["detail"]


def test_a_link_binds_once_and_one_identity_to_one_account(server: Province, provider: IdentityProvider):
    """Used, it is void; an identity that is bound is not bound to another account; another site cannot begin it."""
    browser, token = server.client(None), link_of(server, "community")
    elsewhere = browser.get(f"/openid/bind/{token}", headers={"sec-fetch-site": "cross-site"})
    assert elsewhere.status_code == 403
    first = sent_back(browser, browser.get(f"/openid/bind/{token}"))
    assert browser.get(first).status_code == 303
    assert browser.get(f"/openid/bind/{token}").status_code == 404
    assert bind(server, "neighbour").status_code == 409


def test_failures_make_the_next_attempt_wait(server: Province, provider: IdentityProvider):
    """As many as for passwords from one address, and the provider is not asked."""
    browser = server.client(None)
    for _ in range(keeping.MOST_FAILURES["address"]):
        browser.get("/openid/callback", params={"state": "x", "code": "y"})
    assert browser.get("/openid/sign-in").status_code == 429
    assert browser.get("/openid/callback").status_code == 429
    assert provider.fetched == []


def test_a_provider_that_is_down_is_told_in_words(server: Province, tmp_path: Path):
    """Nobody listens there: a page says so at once, and the password still signs in."""
    path = settings_file(tmp_path, "http://127.0.0.1:1")
    server.workbench.openid = Provider(load_openid(path), server.clock)
    answer = server.client(None).get("/openid/sign-in")
    assert answer.status_code == 502
    assert "没有回应" in answer.text
    assert 'name="password"' in server.client(None).get("/sign-in").text


def test_a_provider_that_hangs_holds_no_page(server: Province, provider: IdentityProvider, monkeypatch):
    """After the wait a page says so; the next click does not wait again."""
    monkeypatch.setattr("workbench.openid._WAIT_SECONDS", 0.3)
    provider.slow = 1.5
    for least, most in ((0.2, 1.4), (0, 0.25)):
        start = time.monotonic()
        assert server.client(None).get("/openid/sign-in").status_code == 502
        assert least <= time.monotonic() - start < most


def test_a_provider_in_disorder_is_told_in_words(server: Province, provider: IdentityProvider):
    """It answers with an error, or speaks for another issuer."""
    provider.status = 503
    assert server.client(None).get("/openid/sign-in").status_code == 502
    provider.status, provider.issuer = 200, "https://elsewhere.example"
    assert server.client(None).get("/openid/sign-in").status_code == 502


def test_without_passwords_only_the_provider_signs_in(
    server: Province, provider: IdentityProvider, tmp_path: Path
):
    """The form is gone, its address refuses, a link only binds; the first administrator is bound by the first link."""
    file = settings_file(tmp_path, provider.issuer, "password: false\n")
    server.workbench.openid = Provider(load_openid(file), server.clock)
    browser = server.client(None)
    assert 'name="password"' not in browser.get("/sign-in").text
    data = {"login": "community", "password": "x" * 12}
    assert browser.post("/sign-in", data=data).status_code == 403
    link = first_link(server.workbench)
    assert link is not None
    assert 'name="password"' not in browser.get(link).text
    assert browser.post(link, data={"password": "abcdef-12345", "again": "abcdef-12345"}).status_code == 403
    token = link.rpartition("/")[2]
    assert browser.get(sent_back(browser, browser.get(f"/openid/bind/{token}"))).status_code == 303
    assert first_link(server.workbench) is None


def test_an_identity_of_another_provider_is_another(
    server: Province, provider: IdentityProvider, tmp_path: Path
):
    """The same subject of another issuer signs nobody in."""
    bind(server, "community")
    with identity_provider(server.clock) as other:
        server.workbench.openid = Provider(load_openid(settings_file(tmp_path, other.issuer)), server.clock)
        assert sign_in(server.client(None)).status_code == 403


def test_without_a_provider_there_is_no_such_page(server: Province):
    """Neither to sign in nor to bind nor to come back to."""
    browser = server.client(None)
    for path in ("/openid/sign-in", "/openid/bind/x", "/openid/callback"):
        assert browser.get(path).status_code == 404
    assert "openid" not in browser.get("/sign-in").text


BAD = {
    "openid: 1\nissuer: http://id.example.org\nclient_id: x\nclient_secret_file: secret\n": (2, "https"),
    "openid: 1\nissuer: https://id.example.org\nclient_id: x\n": (1, "没有写密钥"),
    "openid: 1\nissuer: https://id.example.org\nclient_id: x\nclient_secret: a\nclient_secret_file: secret\n": (
        5,
        "两处",
    ),
    "openid: 1\nissuer: https://id.example.org\nclient_id: x\nclient_secret: a\n": (4, "chmod 600"),
    "openid: 1\nissuer: https://id.example.org\nclient_id: x\nclient_secret_file: secret\npasword: no\n": (
        5,
        "pasword",
    ),
    "openid: 1\nissuer: ftp://id\nclient_id: x\nclient_secret_file: secret\n": (2, "issuer"),
}


@pytest.mark.parametrize(("text", "told"), BAD.items(), ids=[str(n) for n in range(len(BAD))])
def test_every_problem_of_the_settings_has_its_line(tmp_path: Path, text: str, told: tuple[int, str]):
    """In words, at the line where it stands."""
    (tmp_path / "secret").write_text("x")
    (tmp_path / "secret").chmod(0o600)
    path = tmp_path / "openid.yaml"
    path.write_text(text)
    path.chmod(0o644)
    with pytest.raises(InputError) as caught:
        load_openid(path)
    assert any(one.place.line == told[0] and told[1] in str(one) for one in caught.value.problems), (
        caught.value.problems
    )


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path):
    """A file of its own, for its owner alone."""
    path = settings_file(tmp_path, "https://id.example.org")
    (tmp_path / "secret").chmod(0o644)
    with pytest.raises(InputError) as caught:
        load_openid(path)
    assert caught.value.problems[0].code == "open_to_others"


def test_the_database_takes_an_identity_once(either: Province):
    """Two accounts are never bound to one, whatever a page overlooks."""
    with pytest.raises(Exception, match=r"(?i)unique"), either.workbench.database.write() as change:
        change.execute(update(accounts).values(identity="sha256:x"))


def test_the_server_is_not_started_with_faulty_settings(tmp_path: Path):
    """``serve --openid`` lists the faults with their lines, exits with 2 and makes no data folder."""
    path = tmp_path / "openid.yaml"
    path.write_text("openid: 1\nissuer: http://id.example.org\nclient_id: x\n")
    done = subprocess.run(
        [sys.executable, "cli.py", "serve", "--data", tmp_path / "data", "--port", "0", "--openid", path],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "openid.yaml:2" in done.stderr
    assert not (tmp_path / "data").exists()
