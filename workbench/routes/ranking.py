"""The ranking and the sums of what is concluded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from workbench import filling, inspection, ranking
from workbench.describing import also, file_of
from workbench.visits import Needs, Visit, not_found

router = APIRouter(default_response_class=HTMLResponse)
Ranker = Annotated[Visit, Depends(Needs("rank"))]
Asked = Annotated[str, Query(max_length=120)]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/ranking")
def ranked(visit: Ranker, standard: Asked = "", region: Asked = "") -> Response:
    """The ranking of the latest concluded assessments in reach, for one standard and period."""
    with visit.workbench.database.read() as connection:
        offered = ranking.offered(connection, visit.account, visit.lang)
        chosen = standard or (offered[0].value if offered else "")
        found = ranking.ranking_of(connection, visit.account, chosen, region)
        regions = (
            [] if visit.account.unit is None else inspection.regions_below(connection, visit.account.unit)
        )
    return visit.page(
        "ranking.html",
        offered=offered,
        regions=regions,
        standard=chosen,
        region=region,
        report=None if found is None else ranking.report(found, visit.lang),
        rows=[] if found is None else list(found.rows()),
    )


@router.get("/ranking.xlsx", responses=also(404) | file_of(_XLSX))
def workbook(visit: Ranker, standard: Asked, region: Asked = "") -> Response:
    """The same as a workbook, with every number."""
    with visit.workbench.database.read() as connection:
        found = ranking.ranking_of(connection, visit.account, standard, region)
    if found is None:
        raise not_found()
    content = ranking.workbook(found, visit.workbench.settings.data, visit.lang)
    return filling.download(content, "ranking.xlsx", _XLSX)
