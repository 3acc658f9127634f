"""For those who run the server: whether it is well, what it does, which pages there are."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from sqlalchemy import func, select, text

from evaluator.assessment_document import VERSION
from evaluator.errors import Words
from workbench.describing import also
from workbench.storage.migrating import revision_of
from workbench.storage.tables import audit, files, sessions
from workbench.visits import LANGUAGE, Needs, Refused, Visit

router = APIRouter()
_LOOPBACK = ("127.0.0.1", "::1")
Anyone = Annotated[Visit, Depends(Needs("nothing"))]


@router.get("/health", response_class=JSONResponse)
def health(visit: Anyone) -> Response:
    """Whether the server can read its database."""
    with visit.workbench.database.read() as connection:
        connection.execute(text("SELECT 1"))
    return JSONResponse({"status": "ok", "version": VERSION})


@router.get("/metrics", response_class=PlainTextResponse, responses=also(403))
def metrics(request: Request, visit: Anyone) -> Response:
    """What the server counted, for Prometheus on this machine and for the system administrator."""
    if visit.address not in _LOOPBACK and not (visit.is_signed_in and visit.account.may("operate")):
        raise Refused(
            403,
            Words(
                "只供本机的监测程序和系统管理员读取",
                "for monitoring on this machine and the system administrator",
            ),
        )
    return Response(request.app.state.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/system", response_class=HTMLResponse)
def system(visit: Annotated[Visit, Depends(Needs("operate"))]) -> Response:
    """What runs here, and how much it holds."""
    database = visit.workbench.database
    with database.read() as connection:
        numbers = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in (("files", files), ("entries", audit), ("sessions", sessions))
        }
        schema = revision_of(connection)
    return visit.page(
        "system.html", version=VERSION, database=database.url.get_backend_name(), schema=schema, **numbers
    )


@router.get("/openapi.json", response_class=JSONResponse)
def openapi(request: Request, visit: Anyone) -> Response:
    """Every page, its fields and answers (OpenAPI 3.1)."""
    described: dict[str, Any] = request.app.openapi()
    return JSONResponse(described)


@router.get("/language/{lang}", status_code=303, response_class=Response)
def language(visit: Anyone, lang: str, then: str = "/") -> Response:
    """Show pages in Chinese (``zh``) or English (``en``) from now on."""
    answer = visit.go(local_path(then))
    answer.set_cookie(
        LANGUAGE,
        "en" if lang == "en" else "zh",
        max_age=365 * 86400,
        httponly=True,
        samesite="lax",
        secure=visit.workbench.settings.https,
    )
    return answer


def local_path(stated: str) -> str:
    """``stated`` where it is a path of this server, else its first page."""
    plain = stated.startswith("/") and not stated.startswith(("//", "/\\")) and stated.isprintable()
    return stated if plain and stated.isascii() else "/"
