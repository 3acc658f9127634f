"""Statements that can still be put in place."""

from __future__ import annotations

from evaluator.entries import Statement
from evaluator.planning.change import Change, planned_id
from evaluator.planning.options import Option, gaps, worth_choosing
from evaluator.planning.world import World

_FILE = "plan"


def statement_options(name: str, world: World) -> tuple[Option, ...]:
    """The one way to put ``name`` in place."""
    short = gaps(world.leaves(name).values())
    if not short or not world.open:
        return ()
    attached = any(leaf.finding.required is not None and leaf.finding.required.details[0] for leaf in short)
    said = next((one for one in world.submission.statements if one.type == name), None)
    files = said.files if said is not None and said.files else ((_FILE,) if attached else ())
    yes = Statement(id=said.id if said else planned_id(name, 1), type=name, value=True, files=files)
    option = Option("put", Change("statements", name, (yes,)), world.last, 1, attached=attached)
    return worth_choosing([option], name, world)
