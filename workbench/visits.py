"""One request to a page: who asks, in which language, and whether they may. What no page states is refused."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import Depends, Form, HTTPException, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from evaluator.errors import Language, Problem, Words
from workbench.accounts import account_of, look_up, note_seen, session_of
from workbench.audit import PROGRAM, Doer
from workbench.pages import render
from workbench.permissions import Account, Permission
from workbench.serving import Workbench
from workbench.storage.tables import LARGEST_NUMBER

SESSION = "duibiao_session"
LANGUAGE = "duibiao_lang"
LOCAL = "local"
# A page that anybody sees, or anybody who is signed in.
Access = Permission | Literal["nothing", "session"]
# A page of the form that a browser without scripts sends as a whole has so many.
MOST_FIELDS = 10_000
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_SAFE = ("GET", "HEAD", "OPTIONS")


# The number of something that is kept, in a path, a question or a form.
Id = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
AskedId = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
Version = Annotated[int, Form(ge=0, le=LARGEST_NUMBER)]


class SignInNeeded(Exception):
    """Nobody is signed in."""


class Visit:
    """A request with what belongs to it."""

    def __init__(self, request: Request, workbench: Workbench, account: Account | None) -> None:
        self.request, self.workbench, self._account = request, workbench, account
        self.lang: Language = "en" if request.cookies.get(LANGUAGE) == "en" else "zh"

    @property
    def account(self) -> Account:
        """Who asks; raises ``SignInNeeded``."""
        if self._account is None:
            raise SignInNeeded
        return self._account

    @property
    def is_signed_in(self) -> bool:
        """Whether anybody is."""
        return self._account is not None

    @property
    def doer(self) -> Doer:
        """Who acts, for the audit log."""
        return PROGRAM if self._account is None else Doer(self._account.login, self._account.role)

    @property
    def is_htmx(self) -> bool:
        """Whether a part of a page is asked for."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def address(self) -> str:
        """The address that the request comes from."""
        return "" if self.request.client is None else self.request.client.host

    def say(self, zh: str, en: str) -> str:
        """One of two texts, by the language of the page."""
        return zh if self.lang == "zh" else en

    def words(self, words: Words) -> str:
        """The words in the language of the page."""
        return words.in_language(self.lang)

    def page(self, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """The page ``template`` with ``context``."""
        return HTMLResponse(render(template, self, context), status)

    def go(self, path: str) -> Response:
        """Send the browser to ``path`` of this server."""
        if self.is_htmx:
            return Response(status_code=204, headers={"HX-Redirect": path})
        return RedirectResponse(path, 303)

    def problems(self, problems: Iterable[Problem], status: int = 422) -> HTMLResponse:
        """A page that lists every problem."""
        return self.page("problems.html", status, problems=[one.in_language(self.lang) for one in problems])


class Refused(Exception):
    """Something asked for is refused: ``status`` and why, in both languages."""

    def __init__(self, status: int, words: Words) -> None:
        super().__init__(words.en)
        self.status, self.words = status, words


def not_found() -> Refused:
    """There is no such thing, or it is no business of this account: which of both is not said."""
    return Refused(
        404,
        Words("没有这一页，或者您的账号看不到它", "there is no such page, or your account may not see it"),
    )


def stale() -> Refused:
    """Somebody else changed it in the meantime."""
    return Refused(
        409,
        Words(
            "在您打开之后，别人已经改过。请重新打开这一页，看过新的内容再改",
            "somebody has changed it since you opened it: open the page anew and look at what it says now",
        ),
    )


class _Sent(NamedTuple):
    token: str
    is_text: bool


async def _sent(request: Request) -> _Sent:
    """The token against forged requests, in a header or the form; and whether all that was sent can be kept as text."""
    texts = [request.scope["path"], *(text for pair in request.query_params.multi_items() for text in pair)]
    token = request.headers.get("x-csrf-token")
    kind = request.headers.get("content-type", "").lower()
    if request.method not in _SAFE and kind.startswith(_FORMS):
        form = await request.form(max_fields=MOST_FIELDS)
        for name, value in form.multi_items():
            texts += (name, value if isinstance(value, str) else value.filename or "")
        stated = form.get("csrf", "")
        if token is None and isinstance(stated, str):
            token = stated
    return _Sent(token or "", all(map(_is_text, texts)))


def _is_text(stated: str) -> bool:
    # PostgreSQL keeps no NUL; no database keeps half a character.
    return "\0" not in stated and not any("\ud800" <= one <= "\udfff" for one in stated)


class Needs:
    """What a page demands of whoever asks for it; as a dependency it gives the ``Visit``."""

    def __init__(self, access: Access) -> None:
        self.access: Access = access

    async def __call__(self, request: Request, sent: Annotated[_Sent, Depends(_sent)]) -> Visit:
        workbench: Workbench = request.app.state.workbench
        visit = Visit(request, workbench, await _account(request, workbench))
        # What cannot be shown is told on a page of this visit.
        request.state.visit = visit
        _same_origin(request)
        if not sent.is_text:
            raise Refused(
                422, Words("内容里有不能保存的字符", "something holds characters that cannot be kept")
            )
        if self.access == "nothing":
            return visit
        account = visit.account
        if request.method not in _SAFE and not hmac.compare_digest(
            sent.token.encode(), account.csrf.encode()
        ):
            raise Refused(
                403,
                Words(
                    "页面已过期，请返回重新打开再提交",
                    "the page has expired: go back, open it anew and send it again",
                ),
            )
        if self.access != "session" and not account.may(self.access):
            raise Refused(403, Words("您的角色不能做这件事", "your role may not do this"))
        return visit


async def _account(request: Request, workbench: Workbench) -> Account | None:
    database = workbench.database
    if workbench.settings.local:
        with database.read() as connection:
            account = account_of(connection, LOCAL)
        # Without sessions the token is that of the process.
        return None if account is None else account._replace(csrf=request.app.state.local_token)
    token = request.cookies.get(SESSION)
    if not token:
        return None
    if not database.is_sqlite:
        return await run_in_threadpool(session_of, database, token)
    # A row of a file at hand is read sooner than a thread is woken; writing may have to wait, and does so elsewhere.
    found, is_due = look_up(database, token)
    if is_due:
        await run_in_threadpool(note_seen, database, token)
    return found


def _same_origin(request: Request) -> None:
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    if (site not in (None, "same-origin", "none")) or (
        origin not in (None, "null") and str(origin).partition("://")[2] != host
    ):
        raise HTTPException(403)
