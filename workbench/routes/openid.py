"""Signing in by an OpenID provider, and binding an account to whoever follows its one-time link."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from evaluator.errors import Words
from workbench import accounts as keeping
from workbench.audit import Deed, Doer
from workbench.describing import also
from workbench.moments import written
from workbench.openid import MINUTES, Begun, NotBelieved, Provider
from workbench.routes.health import local_path
from workbench.routes.signing_in import VOID, WAIT, remember
from workbench.visits import Needs, Refused, Visit, not_found

router = APIRouter(default_response_class=HTMLResponse)
Anyone = Annotated[Visit, Depends(Needs("nothing"))]
Text = Annotated[str, Query(max_length=4000)]
STATE = "duibiao_openid"
_BACK = "/openid/callback"
_DOWN = Words(
    "统一身份认证现在没有回应，或回应有误。请过一会儿再试，或请系统管理员检查",
    "the sign-in service gives no answer that can be used: try again in a while, or ask the system administrator",
)
_FAILED = Words(
    "登录没有完成，或这一步已经做过、已过期。请回到登录页重新开始",
    "the sign-in was not completed, was used already, or has expired: begin again on the page to sign in",
)
_UNBOUND = Words(
    "这个身份没有绑定可用的账号。请系统管理员发一个一次性链接，打开它来绑定",
    "no account that may sign in is bound to this identity: ask the system administrator for a one-time link and follow it",
)
_TAKEN = Words(
    "这个身份已经绑定了另一个账号，一个身份只绑定一个",
    "this identity is bound to another account: one is bound to one",
)


@router.get("/openid/sign-in", status_code=303, responses=also(404, 429, 502))
def sign_in(visit: Anyone, then: str = "/") -> Response:
    """Send the browser to the provider."""
    return _sent_on(visit, _provider(visit).begin(local_path(then)))


@router.get("/openid/bind/{token}", status_code=303, responses=also(403, 429, 502))
def bind(visit: Anyone, token: str) -> Response:
    """Send the browser to the provider; who signs in there is bound to the account of the one-time link."""
    provider = _provider(visit)
    # Another site must not bind whoever comes by to an account of its own: our page says to which it is.
    if visit.request.headers.get("sec-fetch-site") not in (None, "none", "same-origin"):
        raise Refused(
            403, Words("请打开一次性链接，从那里绑定", "open the one-time link and bind from there")
        )
    _login_of(visit, token)
    return _sent_on(visit, provider.begin("/", token))


@router.get(_BACK, responses=also(303, 401, 403, 404, 409, 429, 502))
def callback(visit: Anyone, state: Text = "", code: Text = "", iss: Text = "") -> Response:
    """Where the provider sends the browser back to."""
    provider = _provider(visit)
    _may_try(visit)
    begun = provider.opened(visit.request.cookies.get(STATE, ""))
    if begun is None or not _is_first_use(visit, begun, state):
        raise _refused(visit, "state", 401, _FAILED)
    # Without a code the provider has refused, or the person has; another issuer than ours has sent none of ours.
    if not code or iss not in ("", provider.settings.issuer):
        raise _refused(visit, "refused", 401, _FAILED)
    try:
        identity = provider.identity(begun, code, _back(visit))
    except NotBelieved as error:
        if error.is_providers:
            raise Refused(502, _DOWN) from None
        raise _refused(visit, error.why, 401, _FAILED) from None
    answer = _bound(visit, begun.link, identity) if begun.link else _signed_in(visit, begun, identity)
    answer.delete_cookie(STATE, path=_BACK)
    return answer


def _signed_in(visit: Visit, begun: Begun, identity: str) -> Response:
    database = visit.workbench.database
    with database.read() as connection:
        login = keeping.login_of_identity(connection, identity)
        account = None if login is None else keeping.account_of(connection, login)
    if account is None:
        raise _refused(visit, "unbound" if login is None else "locked", 403, _UNBOUND, login or "?")
    with database.write() as change:
        session = keeping.begin_session(change, database, account.login)
        change.tell(
            Doer(account.login, account.role),
            Deed("session.begin", f"account:{account.login}", detail={"from": visit.address, "by": "openid"}),
        )
    answer = visit.go(begun.then)
    remember(answer, session.token, visit)
    return answer


def _bound(visit: Visit, token: str, identity: str) -> Response:
    database = visit.workbench.database
    with database.write() as change:
        login = keeping.login_of_link(change.connection, token, change.now)
        if login is None:
            raise Refused(404, VOID)
        holder = keeping.login_of_identity(change.connection, identity)
        if holder not in (None, login):
            raise Refused(409, _TAKEN)
        keeping.bind(change, login, identity)
        account = keeping.account_of(change.connection, login)
        change.tell(
            Doer(login, "-" if account is None else account.role),
            Deed("identity.bind", f"account:{login}", detail={"from": visit.address}),
        )
        session = None if account is None else keeping.begin_session(change, database, login)
    if session is None:
        return visit.page("waiting.html", login=login)
    answer = visit.go("/")
    remember(answer, session.token, visit)
    return answer


def _sent_on(visit: Visit, begun: Begun) -> Response:
    provider = _provider(visit)
    _may_try(visit)
    try:
        address = provider.address(begun, _back(visit))
    except NotBelieved:
        raise Refused(502, _DOWN) from None
    answer = visit.go(address)
    # Lax: the provider sends the browser back from another site.
    answer.set_cookie(
        STATE,
        provider.sealed(begun),
        max_age=MINUTES * 60,
        path=_BACK,
        httponly=True,
        samesite="lax",
        secure=visit.workbench.settings.https,
    )
    return answer


def _provider(visit: Visit) -> Provider:
    found = visit.workbench.openid
    if found is None:
        raise not_found()
    return found


def _back(visit: Visit) -> str:
    base = str(visit.request.base_url).rstrip("/")
    if visit.workbench.settings.https:
        base = "https://" + base.partition("://")[2]
    return base + _BACK


def _may_try(visit: Visit) -> None:
    database = visit.workbench.database
    with database.read() as connection:
        if keeping.waits(connection, None, visit.address, keeping.since(database)):
            raise Refused(429, WAIT)


def _is_first_use(visit: Visit, begun: Begun, state: str) -> bool:
    if not keeping.is_same(begun.state, state):
        return False
    database = visit.workbench.database
    with database.unlogged() as change:
        return keeping.use_once(change, begun.state, keeping.since(database))


def _refused(visit: Visit, why: str, status: int, words: Words, login: str = "?") -> Refused:
    database = visit.workbench.database
    with database.write() as change:
        keeping.note_failure(change, None, visit.address, keeping.since(database))
        detail = {"from": visit.address, "by": "openid", "why": why}
        change.tell(Doer(login, "-"), Deed("session.refuse", f"account:{login}", detail=detail))
    return Refused(status, words)


def _login_of(visit: Visit, token: str) -> str:
    with visit.workbench.database.read() as connection:
        login = keeping.login_of_link(connection, token, written(visit.workbench.clock()))
    if login is None:
        raise Refused(404, VOID)
    return login
