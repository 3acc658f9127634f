"""Rulesets that are checked together: what stands in two of them, and editions that are in force at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from evaluator.checking.editions import edition_faults
from evaluator.errors import Fault, Problem, Words
from evaluator.loading.checking import Checked
from evaluator.loading.files import placed, read


def repeated_criteria(checked: Iterable[Checked]) -> tuple[Problem, ...]:
    """Criterion ids that stand in two rulesets."""
    owners: dict[str, Path] = {}
    found = []
    for one in checked:
        for path, _, criterion in one.ruleset.criteria() if one.ruleset is not None else ():
            owner = owners.setdefault(criterion.id, one.folder)
            if owner != one.folder:
                what = Words(
                    f"指标 {criterion.id} 也在 {owner.name} 中",
                    f"the criterion {criterion.id} also stands in {owner.name}",
                )
                found.append((one.folder, Fault("repeated_id", (*path, "id"), what)))
    return tuple(problem for folder, fault in found for problem in _placed_in(folder, fault))


def overlapping_editions(checked: Iterable[Checked]) -> tuple[Problem, ...]:
    """Editions among ``checked`` that are in force at once."""
    checked = tuple(checked)
    known = {one.ruleset.ruleset: one.ruleset for one in checked if one.ruleset is not None}
    return tuple(
        problem
        for one in checked
        if one.ruleset is not None
        for fault in edition_faults(one.ruleset, known)
        for problem in _placed_in(one.folder, fault)
    )


def _placed_in(folder: Path, fault: Fault) -> Iterator[Problem]:
    yield from placed([fault], read(folder / "ruleset.yaml", "largest_rule_file"))
