"""For those who run the server: whether it is well, what it does, which pages there are."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from sqlalchemy import text

from evaluator.assessment_document import VERSION
from workbench.visits import LANGUAGE, Needs, Visit

router = APIRouter()
Anyone = Annotated[Visit, Depends(Needs("nothing"))]


@router.get("/health", response_class=JSONResponse)
def health(visit: Anyone) -> Response:
    """Whether the server can read its database."""
    with visit.workbench.database.read() as connection:
        connection.execute(text("SELECT 1"))
    return JSONResponse({"status": "ok", "version": VERSION})


@router.get("/openapi.json", response_class=JSONResponse)
def openapi(request: Request, visit: Anyone) -> Response:
    """Every page, its fields and answers (OpenAPI 3.1)."""
    described: dict[str, Any] = request.app.openapi()
    return JSONResponse(described)


@router.get("/language/{lang}", response_class=PlainTextResponse)
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
