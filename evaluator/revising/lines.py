"""What changed in lines that take or earn points: deductions, alternatives, points per occurrence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from evaluator.canonical import plain_data
from evaluator.deductions import Deduction
from evaluator.errors import Words
from evaluator.exact import Exact
from evaluator.model import Model, Title
from evaluator.revising.aligning import aligned
from evaluator.revising.asking import Asking
from evaluator.revising.change import Change, Effect, by_size, changed, told
from evaluator.revising.checks import check_changes
from evaluator.revising.sides import named, points_of, same
from evaluator.revising.words import PART_STEP, aspect

_UNBOUNDED = Words("不设", "none")
_OPPOSITE: dict[Effect, Effect] = {"stricter": "looser", "looser": "stricter"}


def line_changes(old: Sequence[Model], new: Sequence[Model], field: str, at: Asking) -> Iterator[Change]:
    """Every change between the lines that stand under ``field`` (``deduct``, ``best_of``, ``earn`` …)."""
    takes = any(isinstance(one, Deduction) for one in (*old, *new))
    more: Effect = "stricter" if takes else "looser"
    for before, after in aligned(old, new):
        if before is None and after is not None:
            yield changed(aspect(field), None, at.two.new.line(after), "line_added", more)
        elif after is None and before is not None:
            text = at.two.old.line(before)
            yield changed(aspect(field), text, None, "line_dropped", _OPPOSITE[more])
        elif before is not None and after is not None and plain_data(before) != plain_data(after):
            yield from _between(before, after, field, more, at)
    if [plain_data(one) for one in old] != [plain_data(one) for one in new] and sorted(
        map(repr, map(plain_data, old))
    ) == sorted(map(repr, map(plain_data, new))):
        yield told(
            aspect("order"), Words("原顺序", "before"), Words("新顺序", "after"), "reordered", "wording"
        )


def _between(old: Any, new: Any, field: str, more: Effect, at: Asking) -> Iterator[Change]:
    if type(old) is not type(new):
        yield changed(aspect(field), at.two.old.line(old), at.two.new.line(new), "line_changed", "depends")
        return
    head = at.two.old.occasion(old)
    for name in type(old).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if isinstance(before, Title) and isinstance(after, Title):
            yield told(aspect("title"), Words(*_texts(before)), Words(*_texts(after)), "title", "wording")
        elif hasattr(before, "kind") and hasattr(after, "kind"):
            yield from check_changes(before, after, at.inside(before))
        elif name in ("lose", "cap", "points", "step", "part_step"):
            yield _amount(before, after, name, more, head)
        else:
            yield changed(
                aspect(field), at.two.old.line(old), at.two.new.line(new), "line_changed", "depends"
            )
            return


def _amount(old: Any, new: Any, name: str, more: Effect, head: Words) -> Change:
    what = named(head, aspect(name))
    if name == "part_step":
        ways = list(PART_STEP)  # from the one that counts least
        effect, _ = by_size(ways.index(old), ways.index(new), more, _OPPOSITE[more])
        return changed(what, PART_STEP[old], PART_STEP[new], "line_changed", effect)
    if name == "step":
        # A longer step is taken less often.
        effect, verb = by_size(old.value, new.value, _OPPOSITE[more], more)
        return changed(what, same(str(old)), same(str(new)), "line_" + verb, effect, verb)
    texts = points_of(old) or _UNBOUNDED, points_of(new) or _UNBOUNDED
    if isinstance(old, Exact) and isinstance(new, Exact):
        effect, verb = by_size(old.value, new.value, more, _OPPOSITE[more])
        return changed(what, *texts, "line_" + verb, effect, verb)
    # No cap, or all points: more than any number.
    unbounded = new is None or new == "all"
    return changed(what, *texts, "line_changed", more if unbounded else _OPPOSITE[more])


def _texts(title: Title) -> tuple[str, str]:
    return title.zh, title.en
