"""Signing in, one-time links, sessions, and what stands before every page."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tests.workbench.province import PASSWORD, Province, begin, went_well
from workbench import accounts as keeping
from workbench.audit import PROGRAM, Deed
from workbench.beginning import first_link
from workbench.storage.tables import accounts, links, sessions
from workbench.visits import SESSION


def set_password(server: Province, login: str) -> None:
    with server.workbench.database.write() as change:
        keeping.set_password(change, login, PASSWORD)
        change.tell(PROGRAM, Deed("test.password", f"account:{login}"))


def test_the_first_start_gives_one_link_that_works_once(tmp_path):
    """The printed link sets the administrator's password, signs in, and is void afterwards."""
    from fastapi.testclient import TestClient

    from workbench.app import build
    from workbench.settings import Settings

    app = build(Settings(tmp_path, hosts=("testserver",)))
    link = first_link(app.state.workbench)
    browser = TestClient(app, follow_redirects=False)
    assert "sysadmin" in browser.get(link).text
    done = browser.post(link, data={"password": PASSWORD, "again": PASSWORD})
    assert done.status_code == 303
    assert browser.get("/").headers["location"] == "/administration"
    assert browser.get(link).status_code == 404
    assert first_link(app.state.workbench) is None
    app.state.workbench.close()


def test_a_wrong_password_says_the_same_as_an_unknown_login(server: Province):
    """Nobody learns from the answer which logins there are."""
    set_password(server, "community")
    browser = server.client(None)
    known = browser.post("/sign-in", data={"login": "community", "password": "falsch-falsch"})
    unknown = browser.post("/sign-in", data={"login": "nobody", "password": "falsch-falsch"})
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace("community", "?") == unknown.text.replace("nobody", "?")


def test_the_right_password_signs_in_and_out(server: Province):
    """The session's cookie is for this server alone, out of reach of scripts; signing out ends it."""
    set_password(server, "community")
    browser = server.client(None)
    done = browser.post(
        "/sign-in", data={"login": "Community ", "password": PASSWORD, "then": "/submissions"}
    )
    assert done.headers["location"] == "/submissions"
    cookie = done.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    page = went_well(browser.get("/submissions")).text
    token = re.search(r'data-csrf="([^"]+)"', page)[1]
    assert browser.post("/sign-out", data={"csrf": token}).headers["location"] == "/sign-in"
    assert (
        browser.get("/submissions", headers={"accept": "text/html"})
        .headers["location"]
        .startswith("/sign-in")
    )


def test_five_failures_make_the_next_attempt_wait(server: Province):
    """After five failures even the right password waits a quarter of an hour."""
    set_password(server, "community")
    browser = server.client(None)
    for _ in range(5):
        browser.post("/sign-in", data={"login": "community", "password": "falsch-falsch"})
    assert browser.post("/sign-in", data={"login": "community", "password": PASSWORD}).status_code == 429
    server.clock.pass_(keeping.FAILURE_MINUTES + 1)
    assert browser.post("/sign-in", data={"login": "community", "password": PASSWORD}).status_code == 303


def test_a_session_ends_when_it_is_not_used_or_grows_old(server: Province):
    """Half an hour without a request, or twelve hours in all, and it is over."""
    browser = server.client("community")
    server.clock.pass_(keeping.IDLE_MINUTES - 1)
    assert browser.get("/submissions").status_code == 200
    server.clock.pass_(keeping.IDLE_MINUTES + 1)
    assert browser.get("/submissions").status_code == 401
    other = server.client("community")
    for _ in range(30):
        server.clock.pass_(25)
        last = other.get("/submissions").status_code
    assert last == 401


def test_a_locked_account_is_out_at_once(server: Province):
    """Locking ends the sessions of an account, and its password no longer signs in."""
    set_password(server, "community")
    browser = server.client("community")
    went_well(
        server.client("secadmin").post("/security/community/lock", data={"reason": "离岗", "locked": "true"})
    )
    assert browser.get("/submissions").status_code == 401
    refused = server.client(None).post("/sign-in", data={"login": "community", "password": PASSWORD})
    assert refused.status_code == 401


def test_what_is_kept_signs_nobody_in(server: Province):
    """The database holds digests of tokens and argon2id hashes of passwords."""
    set_password(server, "community")
    server.client("community")
    with server.workbench.database.read() as connection:
        kept = connection.execute(
            select(accounts.c.password).where(accounts.c.login == "community")
        ).scalar_one()
        token = connection.execute(select(sessions.c.token)).scalars().first()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert re.fullmatch("[0-9a-f]{64}", token)
    browser = server.client(None)
    browser.cookies.set(SESSION, token)
    assert browser.get("/submissions").status_code == 401


@pytest.mark.parametrize(
    ("password", "why"), [("short", "10"), ("community-2026", "账号"), ("aaaaaaaaaaaa", "简单")]
)
def test_a_weak_password_is_refused_with_its_reason(server: Province, password: str, why: str):
    """Too short, holding the login name, or of too few different characters."""
    with server.workbench.database.write() as change:
        token = keeping.make_link(change, server.workbench.database, "community")
        change.tell(PROGRAM, Deed("test.link", "account:community"))
    refused = server.client(None).post(f"/link/{token}", data={"password": password, "again": password})
    assert refused.status_code == 422
    assert why in refused.text


def test_a_link_expires(server: Province):
    """A day later it is void."""
    with server.workbench.database.write() as change:
        token = keeping.make_link(change, server.workbench.database, "community")
        change.tell(PROGRAM, Deed("test.link", "account:community"))
    server.clock.pass_(keeping.LINK_MINUTES + 1)
    assert server.client(None).get(f"/link/{token}").status_code == 404
    with server.workbench.database.read() as connection:
        assert token not in connection.execute(select(links.c.token)).scalars().all()


def test_a_forged_request_is_refused(server: Province):
    """Without the session's token, or from another site, nothing is done."""
    browser = server.client("community")
    begin(browser)
    token = browser.headers.pop("X-CSRF-Token")
    assert (
        browser.post("/submissions/1/rows", data={"sheet": "events", "item": "publicity_session"}).status_code
        == 403
    )
    browser.headers["X-CSRF-Token"] = token
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert browser.post("/sign-out", headers=elsewhere).status_code == 403
    assert browser.post("/sign-out", headers={"origin": "https://elsewhere.example"}).status_code == 403


def test_signing_in_goes_nowhere_else(server: Province):
    """The address to go on with is one of this server."""
    set_password(server, "community")
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"):
        done = server.client(None).post(
            "/sign-in", data={"login": "community", "password": PASSWORD, "then": elsewhere}
        )
        assert done.headers["location"] == "/"


def test_every_answer_says_what_a_browser_may_do(server: Province):
    """No inline script or style, no frame of others, no guessing of types, nothing kept: on pages, refusals, files alike."""
    browser = server.client("community")
    for path in ("/submissions", "/nix", "/health", "/static/app.js", "/sign-in"):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_no_page_has_a_script_or_style_of_its_own(server: Province):
    """The policy would stop it: none is written."""
    browser = server.client("community")
    path = begin(browser)
    for each in (
        "/submissions",
        path,
        f"{path}/form/events",
        f"{path}/results",
        f"{path}/submit",
        "/submissions/new",
    ):
        text = went_well(browser.get(each)).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text), each


def test_another_host_is_refused(server: Province):
    """A name that the server was not started for is no way in."""
    assert (
        server.client("community").get("/submissions", headers={"host": "elsewhere.example"}).status_code
        == 400
    )


def test_a_request_that_is_too_large_is_refused(server: Province):
    """By its stated size before it is read, and by its real size where it states none."""
    browser = server.client("community")
    path = begin(browser)
    large = b"x" * (server.workbench.settings.largest_body + 1)
    refused = browser.post(
        f"{path}/files", content=large, headers={"content-type": "application/octet-stream"}
    )
    assert refused.status_code == 413
    pieces = (large[n : n + 1_000_000] for n in range(0, len(large), 1_000_000))
    assert (
        browser.post(
            f"{path}/files", content=pieces, headers={"content-type": "multipart/form-data; boundary=x"}
        ).status_code
        == 413
    )


def test_an_error_of_the_system_tells_a_number_and_no_more(server: Province, monkeypatch, caplog):
    """The page shows a number, the log has the rest."""
    from fastapi.testclient import TestClient

    from workbench import drafts

    def fail(*_):
        raise ValueError("secret")

    signed_in = server.client("community")
    browser = TestClient(server.app, follow_redirects=False, raise_server_exceptions=False)
    browser.cookies = signed_in.cookies
    monkeypatch.setattr(drafts, "of_unit", fail)
    answer = browser.get("/submissions")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    number = re.search(r"<code>([0-9a-f]{8})</code>", answer.text)[1]
    assert number in caplog.text


def test_one_changes_one_s_own_password(server: Province):
    """The old one is asked for; all other sessions end; guesses are counted."""
    set_password(server, "community")
    browser, other = server.client("community"), server.client("community")
    new = {"password": "correct-horse-battery", "again": "correct-horse-battery"}
    assert "不对" in browser.post("/password", data={"old": "falsch-falsch", **new}).text
    assert browser.post("/password", data={"old": PASSWORD, **new}).status_code == 303
    assert browser.get("/submissions").status_code == 200
    assert other.get("/submissions").status_code == 401
    sign_in = {"login": "community", "password": "correct-horse-battery"}
    assert server.client(None).post("/sign-in", data=sign_in).status_code == 303
