"""The application: every page with what it demands, what stands before them, and what is said where one cannot be shown."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from evaluator.errors import InputError, Words
from workbench.describing import DescribedPages, needs_of
from workbench.guarding import BoundedRequests, SafeAnswers
from workbench.metrics import Counted, Metrics
from workbench.routes import ROUTERS
from workbench.serving import Workbench
from workbench.settings import Settings
from workbench.visits import Refused, SignInNeeded, Visit

_log = logging.getLogger("duibiao.workbench")
_STATIC = Path(__file__).parent / "static"
_SAID = {
    400: Words("请求看不懂", "the request cannot be understood"),
    403: Words("不允许", "not allowed"),
    404: Words("没有这一页", "there is no such page"),
    405: Words("不允许", "not allowed"),
    413: Words("内容太大", "too large"),
    422: Words("填写的内容不完整或不对，请返回检查", "something is missing or wrong: go back and check it"),
    429: Words("尝试太多次，请等一会儿再试", "too many attempts: wait a while"),
    500: Words(
        "系统出错，没有保存。已记入日志，请把编号告诉系统管理员",
        "an error of the system; nothing was kept: tell the administrator its number",
    ),
}


def build(settings: Settings) -> FastAPI:
    """The application of a server with ``settings``; its database is opened at once."""
    workbench = Workbench(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        workbench.close()

    app = DescribedPages(
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        # The description of the pages is for those who are signed in (workbench.routes.health).
        openapi_url=None,
    )
    app.state.workbench = workbench
    app.state.local_token = secrets.token_urlsafe(32)
    app.pages = pages()
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*settings.hosts], www_redirect=False)
    app.add_middleware(BoundedRequests, largest=settings.largest_body)
    app.add_middleware(SafeAnswers, https=settings.https)
    app.state.metrics = Metrics()
    app.add_middleware(Counted, metrics=app.state.metrics)
    _explain(app)
    unguarded = [route.path for route in pages() if needs_of(route) is None]
    if unguarded:
        raise AssertionError(f"pages that do not say whom they are for: {unguarded}")
    return app


def pages() -> list[APIRoute]:
    """Every page of the workbench."""
    return [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def _explain(app: FastAPI) -> None:
    def visited(request: Request) -> Visit:
        found: Visit | None = getattr(request.state, "visit", None)
        return found or Visit(request, app.state.workbench, None)

    def shown(request: Request, status: int, words: Words, number: str = "") -> Response:
        visit = visited(request)
        return visit.page("refused.html", status, what=words, number=number)

    @app.exception_handler(SignInNeeded)
    def sign_in(request: Request, _error: SignInNeeded) -> Response:
        if app.state.workbench.settings.local:
            return Visit(request, app.state.workbench, None).go("/begin")
        visit = Visit(request, app.state.workbench, None)
        if request.method == "GET" and not visit.is_htmx and "text/html" in request.headers.get("accept", ""):
            return visit.go(f"/sign-in?then={request.url.path}")
        return shown(request, 401, Words("请先登录", "sign in first"))

    @app.exception_handler(Refused)
    def refuse(request: Request, error: Refused) -> Response:
        return shown(request, error.status, error.words)

    @app.exception_handler(InputError)
    def input_error(request: Request, error: InputError) -> Response:
        return visited(request).problems(error.problems)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, _error: RequestValidationError) -> Response:
        return shown(request, 422, _SAID[422])

    @app.exception_handler(AnyHTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        return shown(request, error.status_code, _SAID.get(error.status_code, _SAID[400]))

    @app.exception_handler(Exception)
    def failure(request: Request, error: Exception) -> Response:
        number = uuid4().hex[:8]
        # The route, never what was sent: that may be what the person guard exists for.
        _log.error(
            "%s %s %s: %s", number, request.method, request.url.path, type(error).__name__, exc_info=error
        )
        return shown(request, 500, _SAID[500], number)
