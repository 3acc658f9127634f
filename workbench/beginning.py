"""The first start: the account that begins everything, and on one's own machine the only one there is."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from workbench.accounts import make_account, make_link
from workbench.audit import PROGRAM, Deed
from workbench.serving import Workbench
from workbench.storage.tables import accounts
from workbench.visits import LOCAL

FIRST_LOGIN = "sysadmin"


def first_link(workbench: Workbench) -> str | None:
    """The path of the one-time link of the first administrator, made anew until it was used; None where it was."""
    database = workbench.database
    with database.read() as connection:
        number = connection.execute(select(func.count()).select_from(accounts)).scalar_one()
        first = connection.execute(
            select(accounts.c.login).where(accounts.c.login == FIRST_LOGIN)
        ).one_or_none()
        used = connection.execute(
            select(accounts.c.login).where(accounts.c.password.is_not(None)).limit(1)
        ).one_or_none()
    if workbench.settings.local:
        if number == 0:
            with database.write() as change:
                change.execute(
                    insert(accounts).values(
                        login=LOCAL,
                        role="local",
                        unit=None,
                        password=None,
                        is_active=True,
                        made_at=change.now,
                    )
                )
                change.tell(PROGRAM, Deed("account.make", f"account:{LOCAL}", detail={"role": "local"}))
        return None
    if used is not None or (number and not first):
        return None
    with database.write() as change:
        if number == 0:
            make_account(change, FIRST_LOGIN, "system_admin", None)
            change.tell(
                PROGRAM, Deed("account.make", f"account:{FIRST_LOGIN}", detail={"role": "system_admin"})
            )
        token = make_link(change, database, FIRST_LOGIN)
        change.tell(PROGRAM, Deed("link.make", f"account:{FIRST_LOGIN}"))
    return f"/link/{token}"
