"""The pages, a file for each group of them."""

from workbench.routes import (
    administration,
    auditing,
    community,
    health,
    inspection,
    ranking,
    rule_drafts,
    rules,
    security,
    signing_in,
)

ROUTERS = (
    signing_in.router,
    community.router,
    inspection.router,
    ranking.router,
    rule_drafts.router,
    rules.router,
    administration.router,
    security.router,
    auditing.router,
    health.router,
)
