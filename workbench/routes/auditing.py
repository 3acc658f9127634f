"""The audit log, read by the audit administrator alone: searched, verified, taken out as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from sqlalchemy import desc, func, select

from workbench import audit as chain
from workbench.describing import file_of
from workbench.storage.tables import LARGEST_NUMBER, audit
from workbench.visits import Needs, Visit

router = APIRouter(default_response_class=HTMLResponse)
Auditor = Annotated[Visit, Depends(Needs("read_audit"))]
Text = Annotated[str, Query(max_length=200)]
_A_PAGE = 100
_MOST_FAULTS = 100


@router.get("/audit")
def overview(
    visit: Auditor,
    login: Text = "",
    action: Text = "",
    about: Annotated[str, Query(alias="object", max_length=200)] = "",
    first: Text = "",
    last: Text = "",
    before: Annotated[int | None, Query(ge=1, le=LARGEST_NUMBER)] = None,
) -> Response:
    """The entries, the latest first, chosen by who, what, which object and when."""
    query = select(audit).order_by(desc(audit.c.n)).limit(_A_PAGE)
    for column, wanted in ((audit.c.login, login), (audit.c.object, about)):
        if wanted:
            query = query.where(column == wanted.strip())
    if action:
        query = query.where(audit.c.action.startswith(action.strip(), autoescape=True))
    if first:
        query = query.where(audit.c.at >= first)
    if last:
        query = query.where(audit.c.at <= f"{last}T24")
    if before is not None:
        query = query.where(audit.c.n < before)
    with visit.workbench.database.read() as connection:
        rows = connection.execute(query).all()
        actions = list(
            connection.execute(select(audit.c.action).distinct().order_by(audit.c.action)).scalars()
        )
        head = connection.execute(
            select(audit.c.n, audit.c.digest).order_by(desc(audit.c.n)).limit(1)
        ).one_or_none()
        number = connection.execute(select(func.count()).select_from(audit)).scalar_one()
    chosen = {"login": login, "action": action, "object": about, "first": first, "last": last}
    return visit.page(
        "audit.html",
        entries=rows,
        actions=actions,
        chosen=chosen,
        head=head,
        number=number,
        older=rows[-1].n if len(rows) == _A_PAGE else None,
        faults=None,
    )


@router.get("/audit/verify")
def verify(visit: Auditor) -> Response:
    """Go through the whole chain, and say where it breaks."""
    with visit.workbench.database.read() as connection:
        found = list(islice(chain.faults(chain.entries(connection)), _MOST_FAULTS))
        number = connection.execute(select(func.count()).select_from(audit)).scalar_one()
    return visit.page("audit_verified.html", faults=found, number=number)


@router.get("/audit/export", response_class=StreamingResponse, responses=file_of("application/x-ndjson"))
def export(visit: Auditor) -> Response:
    """Every entry as a line of JSON, the earliest first."""
    with visit.workbench.database.write() as change:
        change.tell(visit.doer, chain.Deed("audit.export", "audit"))

    def lines() -> Iterator[bytes]:
        with visit.workbench.database.read() as connection:
            for entry in chain.entries(connection):
                yield (chain.as_line(entry) + "\n").encode()

    headers = {"content-disposition": "attachment; filename=audit.jsonl"}
    return StreamingResponse(lines(), media_type="application/x-ndjson", headers=headers)
