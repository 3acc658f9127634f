"""Faults of form, each told once and of the key that is to be mended. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from evaluator.errors import Fault, nearest
from evaluator.ruleset import Path

# The keys to look for, the likeliest first; of several that stand there an empty list is meant before the first.
_KEYS: dict[str, tuple[str, ...]] = {
    "absolute_total": ("model",),
    "always_met": ("at_least",),
    "bad_levels": ("levels",),
    "bad_points": ("best_of", "points"),
    "bad_scale": ("to",),
    "basis_of_veto": ("veto",),
    "below_at_least": ("each_below",),
    "cap_of_each": ("cap",),
    "each_needs_check": ("each", "check"),
    "empty_check": ("deduct", "best_of", "earn"),
    "empty_group": ("all", "any", "of"),
    "empty_list": ("anchors", "duty_of"),
    "grade_of_veto": ("veto_grade", "veto_effect"),
    "grades_out_of_order": ("grades",),
    "idle_by": ("by",),
    "idle_credit": ("credit", "steps", "scale"),
    "idle_starts": ("starts",),
    "idle_veto_effect": ("veto_effect",),
    "impossible_number": ("at_least",),
    "long_anchor": ("anchors",),
    "lose_all": ("lose",),
    "never_holds": ("in",),
    "no_lowest_grade": ("grades",),
    "no_steps": ("steps",),
    "nothing_expected": ("expect",),
    "misplaced_expectation": ("expect",),
    "of_needs_number": ("of", "at_least"),
    "one_check": ("deduct", "best_of", "earn", "check"),
    "percent_of_number": ("at_least", "at_most", "above", "below", "equals"),
    "proportional_needs_at_least": ("credit",),
    "repeated_part": ("contains",),
    "reversed_period": ("to",),
    "step_of_below": ("step", "part_step"),
    "two_credits": ("credit", "scale"),
    "unknown_grade": ("pass",),
    "veto_on_may": ("veto",),
    "whole_events": ("at_least",),
}


def narrowed(fault: Fault, data: Any) -> Fault:
    """``fault`` at the key of ``data`` that it speaks of, where its code tells which."""
    here = standing_at(data, fault.path)
    standing = [key for key in _KEYS.get(fault.code, ()) if isinstance(here, dict) and key in here]
    if not standing or not isinstance(here, dict):
        return fault
    key = next((key for key in standing if here[key] == []), standing[0])
    if fault.code == "percent_of_number":
        key = next((key for key in standing if "%" in str(here[key])), key)
    return fault._replace(path=(*fault.path, key))


def told_once(faults: Iterable[Fault]) -> Iterator[Fault]:
    """``faults`` without the missing keys that stand there under a misspelt name."""
    listed = list(faults)
    misspelt: dict[Path, list[str]] = {}
    for fault in listed:
        if fault.code == "extra_forbidden":
            misspelt.setdefault(fault.path[:-1], []).append(str(fault.path[-1]))
    for fault in listed:
        near = misspelt.get(fault.path[:-1], ()) if fault.code == "missing" else ()
        if nearest(str(fault.path[-1]) if fault.path else "", near) is None:
            yield fault


def standing_at(data: Any, path: Path) -> Any:
    """What stands in ``data`` at ``path``, parts that do not stand there skipped."""
    # A union's tag does not stand in the file.
    for part in path:
        known = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)
        if known and (isinstance(data, dict) or int(part) < len(data)):
            data = data[part]
    return data
