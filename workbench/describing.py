"""The OpenAPI document: every page with each answer that it may give. Answers that many share are stated once, here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from evaluator.assessment_document import VERSION
from workbench.visits import SESSION, Needs

_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
HTML: dict[str, Any] = {"text/html": _TEXT}
PLAIN: dict[str, Any] = {"text/plain": _TEXT}
JSON: dict[str, Any] = {"application/json": {"schema": {"type": "object"}}}
_BYTES: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_LOCATION = {"schema": {"type": "string"}, "description": "A path of this server."}
_ABOUT = (
    "The pages of the workbench. Whoever signs in gets a session's cookie; each request that changes something bears the "
    "session's token, in the header X-CSRF-Token or the field csrf. A browser that asks for a part of a page (HX-Request) is "
    "sent on with 204 and HX-Redirect instead of 303."
)
# What each status means, and how it is said.
_ANSWERS: Mapping[int, dict[str, Any]] = {
    200: {"description": "The page.", "content": HTML},
    204: {
        "description": "Done, for a part of a page: go on at HX-Redirect.",
        "headers": {"HX-Redirect": _LOCATION},
    },
    303: {"description": "Go on at Location.", "headers": {"Location": _LOCATION}},
    400: {
        "description": "The request cannot be understood, or asks for another host.",
        "content": {**HTML, **PLAIN},
    },
    401: {"description": "Nobody is signed in, or the sign-in failed.", "content": HTML},
    403: {"description": "Not for this role, or not from a page of this session.", "content": HTML},
    404: {"description": "There is no such thing, or not for this account.", "content": HTML},
    409: {"description": "Somebody else changed it, or it can no longer be changed.", "content": HTML},
    413: {"description": "The request is too large.", "content": PLAIN},
    422: {"description": "Something is missing or wrong: the page says what.", "content": HTML},
    429: {"description": "Too many attempts: wait.", "content": HTML},
    503: {"description": "Scorecards cannot be set at present.", "content": HTML},
    502: {"description": "The sign-in service gives no answer that can be used.", "content": HTML},
}


def also(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a page answers besides what all answer."""
    return {status: _ANSWERS[status] for status in statuses}


def file_of(*types: str) -> dict[int | str, dict[str, Any]]:
    """A page that answers with a file of one of these media types."""
    return {200: {"description": "The file.", "content": dict.fromkeys(types, _BYTES)}}


def json_or_page(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Refusals in JSON where the page's own script reads them."""
    return {status: {**_ANSWERS[status], "content": {**JSON, **HTML}} for status in statuses}


def needs_of(route: APIRoute) -> Needs | None:
    """What a page demands of whoever asks for it; None where it does not say."""
    return next((one.call for one in route.dependant.dependencies if isinstance(one.call, Needs)), None)


class DescribedPages(FastAPI):
    """An application whose document says what its pages answer."""

    pages: list[APIRoute]

    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = _described(self)
        return self.openapi_schema


def _described(app: DescribedPages) -> dict[str, Any]:
    document = get_openapi(
        title="Duibiao workbench 对标工作台", version=VERSION, description=_ABOUT, routes=app.routes
    )
    for route in app.pages:
        for method in route.methods or ():
            operation = document["paths"][route.path_format][method.lower()]
            operation["summary"] = (route.endpoint.__doc__ or route.name).partition("\n")[0].rstrip(".")
            operation["responses"] = _answers(route, method, operation["responses"])
            needs = needs_of(route)
            if needs is not None and needs.access != "nothing":
                operation["security"] = [{"session": []} if method == "GET" else {"session": [], "csrf": []}]
                operation["x-needs"] = needs.access
    parts = document.setdefault("components", {})
    for name in ("HTTPValidationError", "ValidationError"):
        parts.get("schemas", {}).pop(name, None)
    parts["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": SESSION},
        "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
    }
    return document


def _answers(route: APIRoute, method: str, stated: Mapping[str, Any]) -> dict[str, Any]:
    own = {int(status): dict(one) for status, one in stated.items() if status != "422"}
    own |= {int(status): dict(one) for status, one in route.responses.items()}
    needs = needs_of(route)
    shared = {400, 422}
    if needs is not None and needs.access != "nothing":
        shared |= {401, 403} | ({303} if method == "GET" else set())
    if method != "GET":
        shared |= {403, 413}
        # Whatever is changed may have been changed by somebody else, and is gone on from.
        shared |= {303, 409} if needs is not None and needs.access != "nothing" else set()
    if "{" in route.path:
        shared.add(404)
    if 303 in own or 303 in shared:
        shared.add(204)
    found = {status: _ANSWERS[status] for status in shared} | own
    for status in (204, 303):
        if status in found:
            found[status] = _ANSWERS[status]
    if found.get(200, {}).get("description") == "Successful Response":
        found[200]["description"] = _ANSWERS[200]["description"]
    return {str(status): found[status] for status in sorted(found)}
