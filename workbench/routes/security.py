"""Roles and locks, kept by the security administrator, who makes no account and sees no submission."""

from __future__ import annotations

from typing import Annotated, cast, get_args

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import delete, func, select, update

from evaluator.errors import Words
from workbench import accounts as keeping
from workbench.audit import Deed
from workbench.permissions import Role, belongs
from workbench.storage.database import Transaction
from workbench.storage.tables import accounts, attempts, sessions, units
from workbench.visits import Needs, Refused, Visit, not_found

router = APIRouter(default_response_class=HTMLResponse)
Security = Annotated[Visit, Depends(Needs("grant_roles"))]
Text = Annotated[str, Form(max_length=200)]


@router.get("/security")
def overview(visit: Security) -> Response:
    """Every account with its role, state, sessions, and the roles that its unit allows."""
    since = keeping.since(visit.workbench.database)
    with visit.workbench.database.read() as connection:
        rows = connection.execute(
            select(accounts.c.login, accounts.c.role, accounts.c.is_active, units.c.name, units.c.kind)
            .outerjoin(units, accounts.c.unit == units.c.id)
            .order_by(accounts.c.role.is_not(None), accounts.c.login)
        ).all()
        open_: dict[str, int] = dict(
            connection.execute(select(sessions.c.login, func.count()).group_by(sessions.c.login)).all()
        )
        failed: dict[str, int] = dict(
            connection.execute(
                select(attempts.c.key, func.count()).where(attempts.c.at > since).group_by(attempts.c.key)
            ).all()
        )
    allowed = {
        row.login: [role for role in get_args(Role) if role != "local" and belongs(role, row.kind)]
        for row in rows
    }
    return visit.page("security.html", accounts=rows, allowed=allowed, sessions=open_, failed=failed)


@router.post("/security/{login}/role", status_code=303)
def give_role(visit: Security, login: str, role: Text, reason: Text) -> Response:
    """Give an account a role, or take it (an empty role); its sessions end."""
    with visit.workbench.database.write() as change:
        kind = _kind_of(change, visit, login)
        if role and (role not in get_args(Role) or not belongs(cast("Role", role), kind)):
            raise Refused(
                422, Words("这个单位的账号不能有这个角色", "an account of this unit cannot have this role")
            )
        _needs_reason(reason)
        change.execute(update(accounts).where(accounts.c.login == login).values(role=role or None))
        keeping.end_sessions_of(change, login)
        change.tell(
            visit.doer, Deed("role.give" if role else "role.take", f"account:{login}", reason, {"role": role})
        )
    return visit.go("/security")


@router.post("/security/{login}/lock", status_code=303)
def lock(visit: Security, login: str, reason: Text, locked: Annotated[bool, Form()] = False) -> Response:
    """Lock an account, or open it again; its sessions end."""
    with visit.workbench.database.write() as change:
        _kind_of(change, visit, login)
        _needs_reason(reason)
        change.execute(update(accounts).where(accounts.c.login == login).values(is_active=not locked))
        change.execute(delete(attempts).where(attempts.c.key == f"login:{login}"))
        keeping.end_sessions_of(change, login)
        change.tell(
            visit.doer, Deed("account.lock" if locked else "account.unlock", f"account:{login}", reason)
        )
    return visit.go("/security")


def _kind_of(change: Transaction, visit: Visit, login: str) -> str | None:
    found = change.execute(
        select(accounts.c.login, units.c.kind)
        .outerjoin(units, accounts.c.unit == units.c.id)
        .where(accounts.c.login == login)
    ).one_or_none()
    if found is None:
        raise not_found()
    if login == visit.account.login:
        raise Refused(403, Words("不能改自己的角色和状态", "nobody changes a role or lock of their own"))
    kind: str | None = found.kind
    return kind


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(422, Words("请写明理由", "state the reason"))
