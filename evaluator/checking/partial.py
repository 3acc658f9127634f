"""The sound part of a ruleset that has faults of form: so that one misspelt key hides no other fault. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from evaluator.checking.narrowing import standing_at
from evaluator.errors import Fault, did_you_mean
from evaluator.model import IDENTIFIER
from evaluator.ruleset import Path

# What only the whole ruleset shows: a criterion that was left out would be missed.
OF_THE_WHOLE = frozenset(
    {
        "uncited_clause", "idle_cap", "total_not_reached", "total_exceeded", "grade_not_reached",
        "changed_id", "removed_id", "odd_attribute",
    }
)  # fmt: skip


# What stands in for a part of the head that is at fault, and says as little as can be.
_TEXT = {"zh": "…", "en": "…"}
_HEAD: dict[str, Any] = {
    "ruleset": "unnamed",
    "version": "0.0.0",
    "supersedes": None,
    "title": _TEXT,
    "subject": [],
    "standard": {"title": "…", "issuer": None, "issued": None},
    "effective": {"from": "2900-12-31", "basis": "editorial"},
    "period": {"months": 120},
    "scoring": {
        "model": "points",
        "grades": [{"id": "lowest", "title": _TEXT, "at_least": "0", "basis": "editorial"}],
        "pass": "lowest",
    },
}
# What the rest of the ruleset cannot show without that part.
_NEEDS = {
    "effective": frozenset({"threshold_out_of_force", "late_threshold"}),
    "scoring": frozenset({"may_without_bonus", "unknown_grade", "idle_veto_grade"}) | OF_THE_WHOLE,
    "supersedes": frozenset({"bad_supersedes"}),
}


class Part(NamedTuple):
    """The data that is left; for each section the numbers that its criteria have in the file; what was left out of either.

    ``left_out`` are identifiers of criteria, ``replaced`` the keys of the head for which something else stands in.
    """

    data: dict[str, Any]
    numbers: tuple[tuple[int, ...], ...]
    left_out: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()

    def in_the_file(self, faults: Iterable[Fault], data: Any) -> Iterator[Fault]:
        """``faults`` of the part with their paths in the file, which holds ``data``, less what a part cannot show."""
        for fault in faults:
            path = fault.path
            if path[:1] == ("sections",) and len(path) > 3 and path[2] == "criteria":
                number = self.numbers[int(path[1])][int(path[3])]
                path = (*path[:3], number, *path[4:])
            there = fault._replace(path=path)
            if self.left_out and fault.code == "unknown_criterion":
                yield from self._unknown(there, data)
            elif not self._cannot_show(fault):
                yield there

    def _cannot_show(self, fault: Fault) -> bool:
        if self.left_out and fault.code in OF_THE_WHOLE:
            return True
        return fault.path[0] in self.replaced or any(
            fault.code in _NEEDS.get(key, ()) for key in self.replaced
        )

    def _unknown(self, fault: Fault, data: Any) -> Iterator[Fault]:
        # A criterion that was left out is there all the same, and may be the one that is meant.
        value = standing_at(data, fault.path)
        name = value if isinstance(value, str) else str(fault.path[-1])
        # One whose own identifier is at fault may be any that is looked for.
        if name not in self.left_out and all(re.fullmatch(IDENTIFIER, one) for one in self.left_out):
            kept = {_id(one) for section in self.data["sections"] for one in section["criteria"]}
            yield fault._replace(mend=did_you_mean(name, kept | self.left_out))


def all_of(data: dict[str, Any]) -> Part | None:
    """``data`` whole; None where it has no sections with criteria."""
    sections = data.get("sections")
    if not isinstance(sections, list) or not all(isinstance(_criteria(one), list) for one in sections):
        return None
    return Part(data, tuple(tuple(range(len(_criteria(one)))) for one in sections))


def _criteria(section: Any) -> Any:
    return section.get("criteria") if isinstance(section, dict) else None


def sounder(part: Part, faults: Iterable[Fault]) -> Part | None:
    """``part`` without the criteria that have ``faults`` of form, and without unknown keys; None where sections are at fault."""
    left_out: set[Path] = set()
    replaced: set[str] = set()
    unknown: set[Path] = set()
    for fault in faults:
        if fault.code == "extra_forbidden":
            unknown.add(fault.path)
        elif fault.path[:1] == ("sections",) and len(fault.path) >= 4 and fault.path[2] == "criteria":
            left_out.add(fault.path[:4])
        elif fault.path and fault.path[0] in _HEAD:
            replaced.add(str(fault.path[0]))
        else:
            return None
    sections, numbers = [], []
    names = {_id(standing_at(part.data, path)) for path in left_out}
    for s, section in enumerate(part.data["sections"]):
        kept = [
            n for n, _ in enumerate(section["criteria"]) if ("sections", s, "criteria", n) not in left_out
        ]
        numbers.append(tuple(part.numbers[s][n] for n in kept))
        place: Path = ("sections", s)
        inside = [_without(section["criteria"][n], (*place, "criteria", n), unknown) for n in kept]
        known = {key: value for key, value in section.items() if (*place, key) not in unknown}
        sections.append({**known, "criteria": inside})
    head = {
        key: _without(value, (key,), unknown)
        for key, value in part.data.items()
        if key != "sections" and (key,) not in unknown
    }
    head.update({key: _HEAD[key] for key in replaced})
    return Part(
        {**head, "sections": sections}, tuple(numbers), part.left_out | names, part.replaced | replaced
    )


def _id(criterion: Any) -> str:
    return str(criterion.get("id")) if isinstance(criterion, dict) else ""


def _without(data: Any, path: Path, unknown: set[Path]) -> Any:
    # A path may name the kind of a check, which does not stand in the file.
    if isinstance(data, dict):
        return {
            key: _without(value, (*path, key), unknown)
            for key, value in data.items()
            if not _is_among((*path, key), unknown)
        }
    if isinstance(data, list):
        return [_without(value, (*path, n), unknown) for n, value in enumerate(data)]
    return data


def _is_among(path: Path, unknown: set[Path]) -> bool:
    return any(_reads_as(path, one) for one in unknown if one[-1] == path[-1])


def _reads_as(path: Path, named: Path) -> bool:
    rest = iter(named)
    return all(part in rest for part in path)


def sound_cases(data: Any, faults: Iterable[Fault]) -> tuple[dict[str, Any], tuple[int, ...]] | None:
    """``cases.yaml`` without the cases that have ``faults``, and the numbers of those left; None where its head is at fault."""
    left_out: set[Any] = set()
    for fault in faults:
        if fault.path[:1] != ("cases",) or len(fault.path) < 2:
            return None
        left_out.add(fault.path[1])
    kept = tuple(n for n in range(len(data["cases"])) if n not in left_out)
    return {**data, "cases": [data["cases"][n] for n in kept]}, kept


def at_their_numbers(faults: Iterable[Fault], numbers: tuple[int, ...]) -> Iterator[Fault]:
    """``faults`` of the sound cases with their paths in the file."""
    for fault in faults:
        if fault.path[:1] == ("cases",) and len(fault.path) > 1:
            yield fault._replace(path=("cases", numbers[int(fault.path[1])], *fault.path[2:]))
        else:
            yield fault
