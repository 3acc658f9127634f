"""The sound part of a ruleset that has faults of form: so that one misspelt key hides no other fault. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from evaluator.errors import Fault
from evaluator.ruleset import Path

# What only the whole ruleset shows: a criterion that was left out would be missed.
OF_THE_WHOLE = frozenset(
    {
        "unknown_criterion", "uncited_clause", "idle_cap", "total_not_reached", "total_exceeded", "grade_not_reached",
        "changed_id", "removed_id", "odd_attribute",
    }
)  # fmt: skip


class Part(NamedTuple):
    """The data that is left, and for each section the numbers that its criteria have in the file."""

    data: dict[str, Any]
    numbers: tuple[tuple[int, ...], ...]

    def in_the_file(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """``faults`` of the part with their paths in the file, less what a part cannot show."""
        for fault in faults:
            path = fault.path
            if fault.code in OF_THE_WHOLE:
                continue
            if path[:1] == ("sections",) and len(path) > 3 and path[2] == "criteria":
                number = self.numbers[int(path[1])][int(path[3])]
                path = (*path[:3], number, *path[4:])
            yield fault._replace(path=path)


def sound_part(data: Any, faults: Iterable[Fault]) -> Part | None:
    """``data`` without the criteria that have ``faults`` of form, and without unknown keys; None where the head is at fault."""
    left_out: set[Path] = set()
    unknown: set[Path] = set()
    for fault in faults:
        if fault.code == "extra_forbidden":
            unknown.add(fault.path)
        elif fault.path[:1] == ("sections",) and len(fault.path) >= 4 and fault.path[2] == "criteria":
            left_out.add(fault.path[:4])
        else:
            return None
    sections, numbers = [], []
    for s, section in enumerate(data.get("sections") or ()):
        criteria = section.get("criteria") if isinstance(section, dict) else None
        if not isinstance(criteria, list):
            return None
        kept = [n for n in range(len(criteria)) if ("sections", s, "criteria", n) not in left_out]
        numbers.append(tuple(kept))
        inside = [_without(criteria[n], ("sections", s, "criteria", n), unknown) for n in kept]
        sections.append(
            {
                key: inside if key == "criteria" else value
                for key, value in section.items()
                if ("sections", s, key) not in unknown
            }
        )
    head = {key: _without(value, (key,), unknown) for key, value in data.items() if (key,) not in unknown}
    return Part({**head, "sections": sections}, tuple(numbers))


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
