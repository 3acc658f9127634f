"""Templates → pages: escaped, without a script or style of their own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from workbench.moments import shown
from workbench.permissions import ROLES

if TYPE_CHECKING:
    from workbench.visits import Visit


@lru_cache(maxsize=1)
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("workbench"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["moment"] = shown
    found.globals["ROLES"] = ROLES
    found.globals["least_of"] = _least_of
    return found


def _least_of(document: dict[str, Any]) -> str:
    """The points of the grade that acceptance needs."""
    scoring = document["ruleset"]["scoring"]
    return str(next(one["at_least"] for one in scoring["grades"] if one["id"] == scoring["pass"]))


def render(template: str, visit: Visit, context: dict[str, Any]) -> str:
    """The text of a page for ``visit``."""
    return (
        _environment()
        .get_template(template)
        .render(
            visit=visit,
            say=visit.say,
            words=visit.words,
            lang=visit.lang,
            account=visit.account if visit.is_signed_in else None,
            csrf=visit.account.csrf if visit.is_signed_in else "",
            local=visit.workbench.settings.local,
            openid=None if visit.workbench.openid is None else visit.workbench.openid.settings,
            has_passwords=visit.workbench.has_passwords,
            **context,
        )
    )
