"""The one-step changes of a rule: each threshold, operator, window, level … a little otherwise.

They go by the types of the fields, so that a kind of check that is new is changed like the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from evaluator.crediting import COMPARISONS, Comparisons
from evaluator.exact import Exact
from evaluator.model import Model
from evaluator.ruleset import Criterion
from evaluator.testing.altering import DROPPED, Path, shown_path
from evaluator.testing.neighbours import Sort, alternatives, text_of
from evaluator.windows import LENGTH


class Change(NamedTuple):
    """One change: ``values`` for the fields of what stands at ``path`` of a criterion or ruleset.

    ``name`` is how people and ``unnoticed`` in a case file call it: ``check.at_least 5% → 6%``.
    """

    sort: Sort
    path: Path
    values: Mapping[str, Any]
    name: str


# What a criterion says of itself that no case can see: it moves no outcome, no points.
SILENT = frozenset(
    {
        "anchors", "basis", "clause", "duty_of", "en", "heading", "id", "item", "kind", "method", "nature", "printed",
        "remedy", "requirement", "responsible", "standard", "supersedes", "text", "title", "zh",
    }
)  # fmt: skip
_NEIGHBOURS = {
    "at_least": ("above", "at_most"),
    "above": ("at_least", "below"),
    "at_most": ("below", "at_least"),
    "below": ("at_most", "above"),
    "equals": ("at_least", "at_most"),
}


def changes(root: Model, months: int, start: Path = ()) -> Iterator[Change]:
    """Every one-step change of what stands at ``start`` of ``root``; ``months`` is the length of the period that is judged.

    Some of them the rules' own types refuse (see ``altered``).
    """
    here = _at(root, start)
    for one in _of_model(root, start, here, months):
        if not _idle(one, here_of(root, one.path), months):
            yield one


def here_of(root: Model, path: Path) -> Model:
    """The model that stands at ``path``."""
    found = _at(root, path)
    assert isinstance(found, Model)
    return found


def _at(root: Any, path: Path) -> Any:
    for part in path:
        root = getattr(root, part) if isinstance(part, str) else root[part]
    return root


def _of_model(root: Model, path: Path, model: Model, months: int) -> Iterator[Change]:
    where = shown_path(root, path)
    if isinstance(model, Comparisons):
        yield from _operators(where, path, model)
    yield from _forms(where, path, model)
    if isinstance(model, Criterion):
        yield from _veto(path, model)
    for name, field in type(model).model_fields.items():
        if name in SILENT or (isinstance(model, Criterion) and name in ("credit", "veto")):
            continue  # credit beside a check is the same as inside it
        value = getattr(model, name)
        at = f"{where}.{field.alias or name}".removeprefix(".")
        for sort, new, text in alternatives(name, value, field.annotation, months):
            yield Change(sort, path, {name: new}, f"{at} {text}")
        if _may_drop(field.default, value):
            yield Change("dropped", path, {name: DROPPED}, f"{at} {text_of(value)} → -")
        if isinstance(value, Model):
            yield from _of_model(root, (*path, name), value, months)
        elif type(value) is tuple:
            yield from _of_list(root, path, name, value, months)


def _of_list(root: Model, path: Path, name: str, value: tuple[Any, ...], months: int) -> Iterator[Change]:
    at = shown_path(root, (*path, name))
    for n, one in enumerate(value):
        rest = (*value[:n], *value[n + 1 :])
        if isinstance(one, Model):
            yield from _of_model(root, (*path, name, n), one, months)
            if rest:
                yield Change("dropped", path, {name: rest}, f"{at}#{n + 1} → -")
            continue
        if rest:
            yield Change("dropped", path, {name: rest}, f"{at} {one} → -")
        if name == "months":
            for other in (one % 12 + 1, (one - 2) % 12 + 1):
                if other not in value:
                    moved = (*value[:n], other, *value[n + 1 :])
                    yield Change("window", path, {name: moved}, f"{at} {one} → {other}")


def _operators(where: str, path: Path, model: Comparisons) -> Iterator[Change]:
    for name in COMPARISONS:
        value = getattr(model, name)
        if value is None:
            continue
        at = f"{where}.{name}".removeprefix(".")
        for other in _NEIGHBOURS[name]:
            if getattr(model, other) is None:
                yield Change("operator", path, {name: DROPPED, other: value}, f"{at} → {other}")


def _forms(where: str, path: Path, model: Model) -> Iterator[Change]:
    for name, other in (("all_", "any_"), ("any_", "all_")):
        members = getattr(model, name, None)
        if isinstance(members, tuple) and len(members) > 1:
            at = f"{where}.{name[:-1]}".removeprefix(".")
            values = {name: DROPPED, other: members, "credit": DROPPED}
            yield Change("operator", path, values, f"{at} → {other[:-1]}")


def _veto(path: Path, model: Criterion) -> Iterator[Change]:
    basis = model.basis.model_copy(update={"veto": None if model.veto else "editorial"})
    now = f"veto {str(model.veto).lower()} → {str(not model.veto).lower()}"
    yield Change("veto", path, {"veto": not model.veto, "basis": basis}, now)


def _may_drop(default: Any, value: Any) -> bool:
    if default is None:
        return value is not None
    return default == () and type(value) is tuple and len(value) == 1 and not isinstance(value[0], Model)


def _idle(change: Change, model: Model, months: int) -> bool:
    """Whether ``change`` says the same in other words."""
    values: Any = change.values
    kind = getattr(model, "kind", "")
    if "credit" in values and change.path and str(change.path[-1]).startswith("each_"):
        return True  # the line counts what is missed or lacking, not its credit
    if kind == "statement" and "attachment" in values:
        return True  # a yes without support stays a yes
    if kind == "document" and "state" in values and getattr(model, "issued_by", None) is not None:
        return getattr(model, "state", None) is None  # its deadline says when it counts
    if kind == "document" and "state" in values:
        stated = {getattr(model, "state", None), None if values["state"] is DROPPED else values["state"]}
        return stated == {None, "in_force"}
    if "credit" in values and kind == "cadence":
        return LENGTH.get(getattr(model, "every", ""), months) >= months
    if "credit" in values and kind == "quantity" and getattr(model, "count", None) is None:
        least = getattr(model, "at_least", None)
        return isinstance(least, Exact) and least.value == 1  # none, or enough
    if "credit" in values and kind == "group":
        members = getattr(model, "all_", None) or getattr(model, "of", None) or (None, None)
        return len(members) < 2
    return False
