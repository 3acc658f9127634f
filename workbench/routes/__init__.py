"""The pages, a file for each group of them."""

from workbench.routes import administration, auditing, community, health, openid, security, signing_in

ROUTERS = (
    signing_in.router,
    openid.router,
    community.router,
    administration.router,
    security.router,
    auditing.router,
    health.router,
)
