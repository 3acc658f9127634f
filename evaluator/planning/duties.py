"""Who does a piece of work and who helps: as the standard names them, else by whose duty and whose evidence it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evaluator.errors import Words
from evaluator.model import SUBJECTS
from evaluator.planning.actions import Action
from evaluator.planning.options import Option
from evaluator.planning.world import World

_HOLDERS: dict[str, Words] = {**SUBJECTS, "province": Words("省", "province")}
_LEVELS = ("community", "street", "zone", "district", "city", "province")


class Sides(NamedTuple):
    """The responsible and the supporting units or sides; ``other`` is the side to be asked where it is not the subject's own."""

    responsible: tuple[Words | str, ...]
    supporting: tuple[Words | str, ...]
    other: Words | None


def sides_of(action: Action, option: Option, criteria: Iterable[str], world: World) -> Sides:
    """The sides of one action, over all criteria that it helps."""
    own = world.submission.subject.kind
    leading: dict[str, Words | str] = {}
    helping: dict[str, Words | str] = {}
    doing: set[str] = set()
    for name in criteria:
        criterion = world.criteria[name]
        side = _side(action, option, criterion.duty_of, world)
        doing.add(side)
        if criterion.responsible:
            leading.update((unit, unit) for unit in criterion.responsible)
            rest = {one for one in criterion.duty_of if one != own}
        else:
            leading[side] = _HOLDERS[side]
            rest = {one for one in criterion.duty_of if one != side}
        helping.update((one, _HOLDERS[one]) for one in criterion.duty_of if one in rest)
    supporting = tuple(one for side, one in helping.items() if side not in leading)
    # Whose duty a figure speaks of, the subject reports it itself.
    asked = doing if option.code != "report" else set()
    other = _HOLDERS[next(iter(asked))] if len(asked) == 1 and own not in asked else None
    return Sides(tuple(leading.values()), supporting, other)


def _side(action: Action, option: Option, duty_of: tuple[str, ...], world: World) -> str:
    """The side that issues or holds it, where it has that duty and is not below the subject; else the subject; else the first."""
    catalogue, kind = world.catalogue, option.change.kind
    own: str = world.submission.subject.kind
    side = own
    if kind == "documents" and action.item in catalogue.documents:
        side = catalogue.documents[action.item].issued_by
    elif kind == "events" and action.item in catalogue.events:
        side = catalogue.events[action.item].held_by
    if own in duty_of and _LEVELS.index(side) < _LEVELS.index(own):
        return own
    return next((one for one in (side, own) if one in duty_of), duty_of[0])
