"""What a subject can still do: one action is one piece of work on one evidence item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evaluator.planning.change import Change
from evaluator.planning.counts import count_options, unreported_wholes
from evaluator.planning.documents import document_options
from evaluator.planning.events import event_options
from evaluator.planning.options import Option
from evaluator.planning.statements import statement_options
from evaluator.planning.units import unit_options
from evaluator.planning.world import World, leaves_of

_ONE = {"counts": "count", "events": "event", "documents": "document", "statements": "statement"}


class Action(NamedTuple):
    """One piece of work on one evidence item, with the options of which one is chosen.

    ``id`` names the item (``document:annual_publicity_plan``), so that it stays the same from one assessment to the next;
    ``elements`` are what it bears on.
    """

    id: str
    item: str
    options: tuple[Option, ...]
    elements: tuple[str, ...]


class Chosen(NamedTuple):
    """An action with the option that was chosen."""

    action: Action
    option: Option

    @property
    def change(self) -> Change:
        return self.option.change


def actions_of(world: World) -> tuple[Action, ...]:
    """Every action that betters some check, in the order in which the ruleset first asks for it."""
    if not world.open:
        return ()
    return tuple(action for action in _actions(world) if action.options)


def _actions(world: World) -> Iterator[Action]:
    assumed = unreported_wholes(world)
    for item, kind in _items(world).items():
        elements = world.reach[item]
        if kind == "counts":
            options = count_options(item, world, assumed)
        elif kind == "events":
            options = event_options(item, world)
        elif kind == "documents":
            options = document_options(item, world)
        else:
            options = statement_options(item, world)
        yield Action(f"{_ONE[kind]}:{item}", item, options, elements)
    for unit, item in _of_units(world):
        yield Action(f"unit:{unit}:{item}", item, unit_options(unit, item, world), world.reach[item])


def _items(world: World) -> dict[str, str]:
    """The items that some check reads (not only as a condition), with their kinds."""
    found: dict[str, str] = {}
    for name, element in world.elements():
        for leaf in leaves_of(name, element):
            if leaf.condition or leaf.unit:
                continue
            for item in leaf.finding.of:
                kind = world.catalogue.kind_of(item)
                if kind in _ONE:
                    found[item] = kind
    return found


def _of_units(world: World) -> dict[tuple[str, str], None]:
    return {
        (leaf.unit, item): None
        for name, element in world.elements()
        for leaf in leaves_of(name, element)
        if leaf.unit and not leaf.condition
        for item in leaf.finding.of
        if world.catalogue.kind_of(item) in _ONE
    }
