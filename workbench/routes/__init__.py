"""The pages, a file for each group of them."""

from workbench.routes import community, health, signing_in

ROUTERS = (signing_in.router, community.router, health.router)
