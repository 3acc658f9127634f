"""A rectification list that came back: what the engine finds closed, whatever the list claims."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, NamedTuple

from evaluator.errors import Words
from evaluator.planning.options import gaps
from evaluator.planning.plan import Plan
from evaluator.planning.world import Leaf, World
from evaluator.wording import Wording

Status = Literal["not_started", "in_progress", "done"]
State = Literal["closed", "unseen", "open", "missed", "to_verify", "not_needed"]
Json = dict[str, Any]
_KINDS = {
    "count": Words("数据", "count"),
    "event": Words("活动", "event"),
    "document": Words("文件", "document"),
    "statement": Words("事项", "statement"),
    "unit": Words("单元", "unit"),
}


class Item(NamedTuple):
    """One row of the list: its number, the action and the criteria it stands for, and the progress written beside it."""

    number: int
    action: str
    criteria: tuple[str, ...]
    status: Status | None


class Returned(NamedTuple):
    """A list that came back: of whom, under which ruleset, from the assessment of which day and digest."""

    subject: str
    ruleset: str
    as_of: date
    digest: str
    items: tuple[Item, ...]


def closing(returned: Returned, plan: Plan, told: Json, wording: Wording) -> Json:
    """The state of every item of the list as JSON: what docs/assessment.md says of ``rectification``.

    ``told`` is the plan as JSON: what is still to be done for an item is said in its words.
    """
    steps = {step["id"]: step["text"] for step in (*told["steps"], *told["further"])}
    listed = []
    for item in returned.items:
        state = state_of(item, returned.as_of, plan)
        listed.append(
            {
                "number": item.number,
                "id": item.action,
                "label": _label(item.action, wording),
                "criteria": list(item.criteria),
                "status": item.status,
                "state": state,
                "left": steps.get(item.action) if state in ("open", "unseen") else None,
            }
        )
    return {"digest": returned.digest, "as_of": returned.as_of.isoformat(), "items": listed}


def _label(action: str, wording: Wording) -> Json:
    kind, *_, name = action.split(":")
    label, what = wording.label(name), _KINDS.get(kind, Words("事项", "item"))
    return {"zh": f"{what.zh}：{label.zh}", "en": f"{what.en}: {label.en}"}


def state_of(item: Item, since: date, plan: Plan) -> State:
    """What has become of ``item`` since the day of its list, as the engine finds it at the end of the period."""
    world = plan.world
    name = item.action.split(":")[-1]
    unit = item.action.split(":")[1] if item.action.startswith("unit:") else ""
    own = [
        leaf
        for leaf in world.leaves(name).values()
        if leaf.key[0] in item.criteria
        and leaf.unit == unit
        and not leaf.condition
        and leaf.floor is not None
    ]
    if not own:
        return "not_needed"
    short = [leaf for leaf in own if not _done(leaf, since)]
    left = any(action.id == item.action for action in plan.actions) and bool(gaps(short, unit))
    if not short or (not left and world.open and all(leaf.floor for leaf in own)):
        return "closed"
    if _all_full(item.criteria, world):
        return "not_needed"
    if all(leaf.finding.waits == "person" for leaf in short):
        return "to_verify"
    if item.status == "done":
        return "unseen"
    return "open" if left else "missed"


def _done(leaf: Leaf, since: date) -> bool:
    """Whether a leaf is met, or whatever of its windows fell due since the list was made."""
    if leaf.floor == 1:
        return True
    due = [window for window in leaf.finding.windows if window.end > since]
    return bool(leaf.finding.windows) and all(window.state == "met" for window in due)


def _all_full(criteria: Iterable[str], world: World) -> bool:
    credits = [world.verdicts[name].credit for name in criteria if name in world.verdicts]
    return all(credit is None or credit.floor == 1 for credit in credits)
