"""The tree of institutions."""

from __future__ import annotations

import re
from collections.abc import Sequence

import orjson
from sqlalchemy import Connection, insert, select

from evaluator.errors import Words
from evaluator.model import IDENTIFIER
from evaluator.persons import found_in
from workbench.permissions import Unit
from workbench.storage.database import Transaction
from workbench.storage.tables import units

KINDS = {
    "province": Words("省（自治区、直辖市）", "province"),
    "city": Words("市（州）", "city"),
    "district": Words("区县", "district"),
    "zone": Words("功能区", "zone"),
    "street": Words("街道（乡镇）", "street"),
    "community": Words("社区", "community"),
}
# Which kinds may stand directly below which; None: at the top.
BELOW: dict[str | None, tuple[str, ...]] = {
    None: ("province", "city", "district", "zone", "street", "community"),
    "province": ("city", "district", "zone"),
    "city": ("district", "zone", "street"),
    "district": ("street", "community"),
    "zone": ("street", "community"),
    "street": ("community",),
    "community": (),
}
LONGEST_NAME = 60


def unit_of(connection: Connection, identifier: str) -> Unit | None:
    """The unit with this id."""
    row = connection.execute(select(units).where(units.c.id == identifier)).one_or_none()
    return None if row is None else Unit(row.id, row.name, row.kind, row.parent, row.path)


def faults_of(
    connection: Connection, identifier: str, name: str, kind: str, parent: str | None
) -> list[Words]:
    """Everything that is wrong with a new unit."""
    found = []
    if re.fullmatch(IDENTIFIER, identifier) is None:
        zh = "单位编号只用小写字母、数字、- 和 _，不超过 64 字"
        found.append(Words(zh, "the id: small letters, digits, - and _, at most 64"))
    elif unit_of(connection, identifier) is not None:
        found.append(Words(f"单位编号 {identifier} 已经有了", f"there is a unit {identifier} already"))
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        found.append(
            Words(f"单位名称要填，不超过 {LONGEST_NAME} 字", f"a name of at most {LONGEST_NAME} characters")
        )
    elif found_in(name):
        found.append(Words("单位名称里有个人信息", "the name holds something about a person"))
    above = None if parent is None else unit_of(connection, parent)
    if parent is not None and above is None:
        found.append(Words("没有这个上级单位", "there is no such unit above"))
    elif kind not in BELOW[None if above is None else above.kind]:
        found.append(Words("上级单位下面不能设这一类单位", "no unit of this kind stands below that one"))
    return found


def faults_of_region(names: Sequence[str]) -> list[Words]:
    """What is wrong with the names of a region, from the province down."""
    if any(len(one) > LONGEST_NAME or not one.isprintable() or found_in(one) for one in names):
        return [
            Words(
                "所在地区只写省、市、区县、街道的名称", "the region: only names of administrative divisions"
            )
        ]
    return []


def make(
    change: Transaction,
    identifier: str,
    name: str,
    kind: str,
    parent: str | None,
    region: Sequence[str] | None = None,
) -> Unit:
    """A new unit; its region is the names of the units above it unless it is stated."""
    above = None if parent is None else unit_of(change.connection, parent)
    path = f"{'/' if above is None else above.path}{identifier}/"
    if region is None:
        region = [] if above is None else names_down_to(change.connection, above)
    change.execute(
        insert(units).values(
            id=identifier,
            name=name,
            kind=kind,
            parent=parent,
            path=path,
            region=orjson.dumps(list(region)).decode(),
        )
    )
    return Unit(identifier, name, kind, parent, path)


def names_down_to(connection: Connection, unit: Unit) -> list[str]:
    """The names from the root down to ``unit``."""
    names = {
        row.id: row.name
        for row in connection.execute(
            select(units.c.id, units.c.name).where(units.c.id.in_(unit.path.strip("/").split("/")))
        )
    }
    return [names[one] for one in unit.path.strip("/").split("/")]
