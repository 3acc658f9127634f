"""The pages, a file for each group of them."""

from workbench.routes import (
    administration,
    auditing,
    community,
    health,
    inspection,
    ranking,
    security,
    signing_in,
)

ROUTERS = (
    signing_in.router,
    community.router,
    inspection.router,
    ranking.router,
    administration.router,
    security.router,
    auditing.router,
    health.router,
)
