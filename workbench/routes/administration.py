"""Units and accounts, kept by the system administrator: institutions in a tree, logins without any power of their own."""

from __future__ import annotations

import csv
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import Connection, select, update

from evaluator.errors import Words
from workbench import accounts as keeping
from workbench import units as tree
from workbench.audit import Deed
from workbench.describing import also
from workbench.permissions import ADMINISTRATORS, Role
from workbench.storage.tables import accounts, units
from workbench.visits import Needs, Refused, Visit, not_found

router = APIRouter(default_response_class=HTMLResponse)
Units = Annotated[Visit, Depends(Needs("manage_units"))]
Accounts = Annotated[Visit, Depends(Needs("manage_accounts"))]
Text = Annotated[str, Form(max_length=200)]
MOST_LINES = 5000
_KNOWN = select(accounts.c.login, accounts.c.role)
_LAST = Words(
    "这是最后一名安全管理员，没有人能再解锁：请先设第二名安全管理员",
    "this is the last security administrator, whom nobody could unlock: have a second one first",
)
_KINDS = {words.zh: kind for kind, words in tree.KINDS.items()} | {
    "省": "province",
    "市": "city",
    "区": "district",
    "县": "district",
    "街道": "street",
    "乡镇": "street",
    "乡": "street",
    "镇": "street",
}


@router.get("/administration")
def overview(visit: Units) -> Response:
    """Every unit and account."""
    return _page(visit)


@router.post("/administration/units", status_code=303)
def make_unit(visit: Units, identifier: Text, name: Text, kind: Text, parent: Text = "") -> Response:
    """A new unit below another, or at the top."""
    return _make_units(visit, [[identifier, name, kind, parent]])


@router.post("/administration/units/list", status_code=303)
def make_units(visit: Units, lines: Annotated[str, Form(max_length=400_000)]) -> Response:
    """Many units at once, pasted from a spreadsheet: id, name, kind, id of the unit above."""
    text = lines.replace("，", ",")
    try:
        rows = list(csv.reader(text.splitlines(), delimiter="\t" if "\t" in text else ","))
    except csv.Error:
        raise Refused(422, Words("这不是一张表", "this is no table")) from None
    rows = [row for row in rows if any(one.strip() for one in row)]
    if not rows:
        raise Refused(422, Words("一个单位也没有", "there is no unit in it"))
    return _make_units(visit, rows)


def _make_units(visit: Visit, rows: list[list[str]]) -> Response:
    problems: list[Words] = []
    made: list[str] = []
    if len(rows) > MOST_LINES:
        raise Refused(422, Words(f"一次最多 {MOST_LINES} 个单位", f"at most {MOST_LINES} units at a time"))
    with visit.workbench.database.write() as change:
        point = change.connection.begin_nested()
        for n, row in enumerate(rows, 1):
            cells = [*(one.strip() for one in row), "", "", ""][:4]
            identifier, name, kind, parent = cells
            kind = _KINDS.get(kind, kind)
            found = tree.faults_of(change.connection, identifier, name, kind, parent or None)
            if len(rows) > 1:
                found = [Words(f"第 {n} 行：{one.zh}", f"line {n}: {one.en}") for one in found]
            problems.extend(found)
            if not found:
                tree.make(change, identifier, name, kind, parent or None)
                made.append(identifier)
        if problems:
            point.rollback()
            change.tell(visit.doer, Deed("unit.refuse", "units", detail={"problems": len(problems)}))
        else:
            point.commit()
            for one in made:
                change.tell(visit.doer, Deed("unit.make", f"unit:{one}"))
    return _page(visit, problems=problems) if problems else visit.go("/administration")


@router.post("/administration/accounts")
def make_account(visit: Accounts, login: Text, unit: Text = "") -> Response:
    """A new account without a role, and its one-time link: shown now and never again."""
    return _make(visit, login, None, unit or None)


@router.post("/administration/administrators", responses=also(404))
def make_administrator(visit: Accounts, login: Text, role: Text) -> Response:
    """The first security and audit administrators: only as long as there is none. Later ones get their role from security."""
    if role not in ("security_admin", "audit_admin"):
        raise not_found()
    return _make(visit, login, "security_admin" if role == "security_admin" else "audit_admin", None)


def _make(visit: Visit, login: str, role: Role | None, unit: str | None) -> Response:
    login, token = login.strip().lower(), ""
    with visit.workbench.database.write() as change:
        problem = _fault_of(change.connection, login, unit)
        if role is not None and role not in _lacking(change.connection):
            problem = Words(
                "已经有了；再增加的由安全管理员授予角色",
                "there is one: further ones get their role from the security administrator",
            )
        if problem is None:
            keeping.make_account(change, login, role, unit)
            token = keeping.make_link(change, visit.workbench.database, login)
        action, which = (
            ("account.make", f"account:{login}") if problem is None else ("account.refuse", "account")
        )
        change.tell(visit.doer, Deed(action, which, detail={"unit": unit, "role": role}))
    if problem is not None:
        return _page(visit, problems=[problem])
    return _page(visit, link=(login, f"/link/{token}"))


@router.post("/administration/accounts/{login}/link")
def renew_link(visit: Accounts, login: str) -> Response:
    """A new one-time link for whoever forgot the password.

    Whoever holds the link holds the account: one with a role is locked until the security administrator opens it again, so that
    nobody who keeps accounts comes into another's role unseen.
    """
    with visit.workbench.database.write() as change:
        known = change.execute(_KNOWN.where(accounts.c.login == login)).one_or_none()
        if known is None:
            raise not_found()
        if known.role == "security_admin" and len(_active(change.connection, known.role)) == 1:
            raise Refused(409, _LAST)
        token = keeping.make_link(change, visit.workbench.database, login)
        is_locked = known.role is not None and login != visit.account.login
        if is_locked:
            change.execute(update(accounts).where(accounts.c.login == login).values(is_active=False))
            keeping.end_sessions_of(change, login)
        change.tell(visit.doer, Deed("link.make", f"account:{login}", detail={"locked": is_locked}))
    return _page(visit, link=(login, f"/link/{token}"))


def _fault_of(connection: Connection, login: str, unit: str | None) -> Words | None:
    fault = keeping.fault_of_login(login)
    if (
        fault is None
        and connection.execute(select(accounts.c.login).where(accounts.c.login == login)).first()
    ):
        fault = Words(f"账号 {login} 已经有了", f"there is an account {login} already")
    if fault is None and unit is not None and tree.unit_of(connection, unit) is None:
        fault = Words("没有这个单位", "there is no such unit")
    return fault


def _active(connection: Connection, role: str) -> list[str]:
    held = select(accounts.c.login).where(accounts.c.role == role, accounts.c.is_active)
    return list(connection.execute(held).scalars())


def _lacking(connection: Connection) -> list[Role]:
    held = set(connection.execute(select(accounts.c.role).where(accounts.c.is_active)).scalars())
    return [role for role in ADMINISTRATORS if role not in held]


def _page(visit: Visit, problems: list[Words] | None = None, link: tuple[str, str] | None = None) -> Response:
    with visit.workbench.database.read() as connection:
        listed = connection.execute(select(units).order_by(units.c.path)).all()
        people = connection.execute(
            select(
                accounts.c.login,
                accounts.c.role,
                accounts.c.is_active,
                (accounts.c.password.is_not(None) | accounts.c.identity.is_not(None)).label("is_set"),
                units.c.name,
            )
            .outerjoin(units, accounts.c.unit == units.c.id)
            .order_by(accounts.c.login)
        ).all()
        lacking = _lacking(connection)
    return visit.page(
        "administration.html",
        422 if problems else 200,
        units=listed,
        accounts=people,
        kinds=tree.KINDS,
        lacking=lacking,
        problems=problems or [],
        link=link,
        origin=str(visit.request.base_url).rstrip("/"),
    )
