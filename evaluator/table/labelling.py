"""Rule files with what people call the items, parts and grades that they name, to be told of. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluator.table.cells import referred
from evaluator.table.records import ITEM_KEYS


def labelled(
    old: Mapping[str, Any], new: Mapping[str, Any], labels: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both sides with labels in their rulesets; ``labels`` are of items, and of parts under ``document.part``."""
    known = {**labels, **_grades(old), **_grades(new)}
    before, after = ({**side, "ruleset": _labelled(side.get("ruleset", {}), known)} for side in (old, new))
    return before, after


def _labelled(data: Any, labels: Mapping[str, str]) -> Any:
    """``data`` with what people call the items that it names."""
    if isinstance(data, dict):
        return {key: _with_label(key, one, data, labels) for key, one in data.items()}
    return [_labelled(one, labels) for one in data] if isinstance(data, list) else data


def _with_label(key: str, value: Any, around: Mapping[str, Any], labels: Mapping[str, str]) -> Any:
    if isinstance(value, str) and key in ITEM_KEYS:
        return referred(value, labels)
    if isinstance(value, str) and key in ("veto_grade", "pass"):
        return labels.get(f"grade {value}", value)
    if key == "contains":
        return [labels.get(f"{around.get('documents')}.{one}", one) for one in value]
    return _labelled(value, labels)


def _grades(side: Mapping[str, Any]) -> dict[str, str]:
    grades = side.get("ruleset", {}).get("scoring", {}).get("grades", ())
    return {f"grade {one['id']}": one["title"]["zh"] for one in grades}
