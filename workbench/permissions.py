"""Who may do what: roles, what each may do, and over which units. Whatever is not stated here is refused.

The administrators are three, apart (三员分立): one keeps units, accounts and the system, one gives roles and locks accounts, one
reads the audit log. None of them sees what is submitted, and none of the others administers anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from evaluator.errors import Words

Role = Literal[
    "community",
    "street",
    "street_reviewer",
    "district_reviewer",
    "inspector",
    "policy_officer",
    "system_admin",
    "security_admin",
    "audit_admin",
    "local",
]
Permission = Literal[
    "fill",  # state evidence for one's own unit, and submit it
    "see_results",  # of the units in one's reach
    "review",  # decide on submissions, sign off, issue scorecards
    "rank",
    "browse_rules",
    "edit_rules",
    "publish_rules",  # what another has proposed
    "manage_units",
    "manage_accounts",
    "operate",
    "grant_roles",
    "read_audit",
]
ROLES: Mapping[Role, Words] = {
    "community": Words("社区填报员", "community"),
    "street": Words("街道填报员", "street"),
    "street_reviewer": Words("街道审核员", "street reviewer"),
    "district_reviewer": Words("区县审核员", "district reviewer"),
    "inspector": Words("省级验收员", "provincial inspector"),
    "policy_officer": Words("标准管理员", "policy officer"),
    "system_admin": Words("系统管理员", "system administrator"),
    "security_admin": Words("安全管理员", "security administrator"),
    "audit_admin": Words("审计管理员", "audit administrator"),
    "local": Words("本机使用者", "this machine"),
}
_REVIEWING: frozenset[Permission] = frozenset({"see_results", "review", "rank", "browse_rules"})
MAY: Mapping[Role, frozenset[Permission]] = {
    "community": frozenset({"fill", "see_results", "browse_rules"}),
    "street": frozenset({"fill", "see_results", "browse_rules"}),
    "street_reviewer": _REVIEWING,
    "district_reviewer": _REVIEWING,
    "inspector": _REVIEWING,
    "policy_officer": frozenset({"browse_rules", "edit_rules", "publish_rules"}),
    "system_admin": frozenset({"manage_units", "manage_accounts", "operate"}),
    "security_admin": frozenset({"grant_roles"}),
    "audit_admin": frozenset({"read_audit"}),
    "local": frozenset({"fill", "see_results", "browse_rules"}),
}
# The kinds of unit that an account of each role may belong to; none for the administrators: they belong to the system.
UNITS: Mapping[Role, tuple[str, ...]] = {
    "community": ("community",),
    "street": ("street",),
    "street_reviewer": ("street",),
    "district_reviewer": ("district", "zone", "city"),
    "inspector": ("province",),
    "policy_officer": ("province",),
    "system_admin": (),
    "security_admin": (),
    "audit_admin": (),
    "local": ("community", "street", "district", "zone", "city"),
}
# A city or district that is judged itself fills its form like a community.
FILLING = ("community", "street", "district", "zone", "city")
ADMINISTRATORS: tuple[Role, ...] = ("system_admin", "security_admin", "audit_admin")


class Unit(NamedTuple):
    """An institution in the tree; ``path`` are the ids from the root down: ``/yn/km/``."""

    id: str
    name: str
    kind: str
    parent: str | None
    path: str


class Account(NamedTuple):
    """Who is signed in: login, role, unit; ``csrf`` is what each form of the session bears."""

    login: str
    role: Role
    unit: Unit | None
    csrf: str = ""

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it at all; over which unit is another question."""
        return permission in MAY[self.role]

    def reaches(self, path: str) -> bool:
        """Whether the unit at ``path`` is this account's own or, for those who review, below it."""
        if self.unit is None:
            return False
        if self.may("review"):
            return path.startswith(self.unit.path)
        return path == self.unit.path


def belongs(role: Role, kind: str | None) -> bool:
    """Whether an account of ``role`` may belong to a unit of ``kind`` (None: to none)."""
    if role == "community":
        return kind in FILLING and kind != "street"
    return kind in UNITS[role] if UNITS[role] else kind is None
