"""The pages, a file for each group of them."""

from workbench.routes import (
    administration,
    auditing,
    community,
    health,
    rule_drafts,
    rules,
    security,
    signing_in,
)

ROUTERS = (
    signing_in.router,
    community.router,
    rule_drafts.router,
    rules.router,
    administration.router,
    security.router,
    auditing.router,
    health.router,
)
