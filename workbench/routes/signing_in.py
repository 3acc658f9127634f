"""Signing in and out, one-time links, and the first page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import select

from evaluator.errors import Words
from workbench import accounts as keeping
from workbench.audit import Deed, Doer
from workbench.describing import also
from workbench.moments import written
from workbench.routes.health import local_path
from workbench.storage.tables import accounts
from workbench.visits import SESSION, Needs, Refused, Visit, not_found

router = APIRouter(default_response_class=HTMLResponse)
Anyone = Annotated[Visit, Depends(Needs("nothing"))]
SignedIn = Annotated[Visit, Depends(Needs("session"))]
Text = Annotated[str, Form(max_length=200)]
_WRONG = Words("账号或密码不对", "the login name or the password is wrong")
WAIT = Words(
    f"失败太多次，请 {keeping.FAILURE_MINUTES} 分钟后再试，或请安全管理员处理",
    f"too many failures: try again in {keeping.FAILURE_MINUTES} minutes, or ask the security administrator",
)
VOID = Words(
    "这个链接已经用过、过期或不完整，请管理员重新发一个",
    "the link was used, has expired or is incomplete: ask for another",
)
# Where each permission leads first.
_FIRST_PAGES = (
    ("fill", "/submissions"),
    ("review", "/inspection"),
    ("edit_rules", "/rules"),
    ("manage_units", "/administration"),
    ("grant_roles", "/security"),
    ("read_audit", "/audit"),
)


@router.get("/", status_code=303)
def first(visit: SignedIn) -> Response:
    """The page that the account's role begins with."""
    return visit.go(next(path for permission, path in _FIRST_PAGES if visit.account.may(permission)))  # type: ignore[arg-type]  # literals


@router.get("/sign-in", responses=also(303))
def sign_in_page(visit: Anyone, then: str = "/") -> Response:
    """The page to sign in."""
    if visit.workbench.settings.local:
        return visit.go("/")
    return visit.page("sign_in.html", then=local_path(then), problem=None, login="")


@router.post("/sign-in", status_code=303, responses=also(401, 429))
def sign_in(visit: Anyone, login: Text, password: Text, then: Text = "/") -> Response:
    """Sign in, or say that login and password do not go together."""
    _needs_passwords(visit)
    database = visit.workbench.database
    login = login.strip().lower()
    with database.read() as connection:
        waits = keeping.waits(connection, login, visit.address, keeping.since(database))
        kept = connection.execute(
            select(accounts.c.password).where(accounts.c.login == login)
        ).scalar_one_or_none()
        account = keeping.account_of(connection, login)
    if waits:
        return visit.page("sign_in.html", 429, then=local_path(then), problem=WAIT, login=login)
    if not keeping.is_right(password, kept) or account is None:
        with database.write() as change:
            keeping.note_failure(change, login, visit.address, keeping.since(database))
            # A password typed into the wrong field must not stand in the log.
            known = login if kept is not None else "?"
            change.tell(
                Doer(known, "-"), Deed("session.refuse", f"account:{known}", detail={"from": visit.address})
            )
        return visit.page("sign_in.html", 401, then=local_path(then), problem=_WRONG, login=login)
    with database.write() as change:
        session = keeping.begin_session(change, database, login)
        change.tell(
            Doer(login, account.role),
            Deed("session.begin", f"account:{login}", detail={"from": visit.address}),
        )
    answer = visit.go(local_path(then))
    remember(answer, session.token, visit)
    return answer


def remember(answer: Response, token: str, visit: Visit) -> None:
    """Give the browser the session's token."""
    answer.set_cookie(SESSION, token, httponly=True, samesite="lax", secure=visit.workbench.settings.https)


@router.post("/sign-out", status_code=303)
def sign_out(visit: SignedIn) -> Response:
    """End the session."""
    with visit.workbench.database.write() as change:
        keeping.end_session(change, visit.request.cookies.get(SESSION, ""))
        change.tell(visit.doer, Deed("session.end", f"account:{visit.account.login}"))
    answer = visit.go("/sign-in")
    answer.delete_cookie(SESSION)
    return answer


@router.get("/password")
def password_page(visit: SignedIn) -> Response:
    """The page to change one's own password."""
    _with_passwords(visit)
    return visit.page("own_password.html", problem=None)


@router.post("/password")
def change_password(visit: SignedIn, old: Text, password: Text, again: Text) -> Response:
    """Change one's own password; every session of the account ends, and a new one begins."""
    _with_passwords(visit)
    database, login = visit.workbench.database, visit.account.login
    with database.read() as connection:
        waits = keeping.waits(connection, login, visit.address, keeping.since(database))
        kept = connection.execute(
            select(accounts.c.password).where(accounts.c.login == login)
        ).scalar_one_or_none()
    problem = WAIT if waits else keeping.fault_of_password(password, login)
    if problem is None and password != again:
        problem = Words("两次输入的密码不一样", "the two passwords differ")
    if problem is None and not keeping.is_right(old, kept):
        problem = Words("原来的密码不对", "the old password is wrong")
        with database.write() as change:
            keeping.note_failure(change, login, visit.address, keeping.since(database))
            change.tell(visit.doer, Deed("password.refuse", f"account:{login}"))
    if problem is not None:
        return visit.page("own_password.html", 422, problem=problem)
    with database.write() as change:
        keeping.set_password(change, login, password)
        session = keeping.begin_session(change, database, login)
        change.tell(visit.doer, Deed("password.set", f"account:{login}"))
    answer = visit.go("/")
    remember(answer, session.token, visit)
    return answer


def _with_passwords(visit: Visit) -> None:
    if visit.workbench.settings.local or not visit.workbench.has_passwords:
        raise not_found()


@router.get("/link/{token}")
def link_page(visit: Anyone, token: str) -> Response:
    """The page to set a password by a one-time link."""
    login = _login_of(visit, token)
    return visit.page("password.html", login=login, token=token, problem=None)


@router.post("/link/{token}", responses=also(303))
def use_link(visit: Anyone, token: str, password: Text, again: Text) -> Response:
    """Set the password of the account that the link is for, and sign in."""
    _needs_passwords(visit)
    database = visit.workbench.database
    login = _login_of(visit, token)
    problem = keeping.fault_of_password(password, login)
    if problem is None and password != again:
        problem = Words("两次输入的密码不一样", "the two passwords differ")
    if problem is not None:
        return visit.page("password.html", 422, login=login, token=token, problem=problem)
    with database.write() as change:
        keeping.set_password(change, login, password)
        account = keeping.account_of(change.connection, login)
        change.tell(
            Doer(login, "-" if account is None else account.role), Deed("password.set", f"account:{login}")
        )
        session = None if account is None else keeping.begin_session(change, database, login)
    if session is None:
        return visit.page("waiting.html", login=login)
    answer = visit.go("/")
    remember(answer, session.token, visit)
    return answer


def _needs_passwords(visit: Visit) -> None:
    if not visit.workbench.has_passwords:
        raise Refused(403, Words("这里不用密码登录", "nobody signs in by a password here"))


def _login_of(visit: Visit, token: str) -> str:
    with visit.workbench.database.read() as connection:
        login = keeping.login_of_link(connection, token, written(visit.workbench.clock()))
    if login is None:
        raise Refused(404, VOID)
    return login
