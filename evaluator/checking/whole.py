"""Everything that keeps a ruleset from being used, in one pass over it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.catalogue import Catalogue
from evaluator.checking.bases import basis_faults
from evaluator.checking.dates import head_faults, threshold_dates
from evaluator.checking.identifiers import repeated
from evaluator.checking.nesting import nesting_faults
from evaluator.checking.points import idle_points, percentage_faults
from evaluator.checking.references import prerequisite_faults, use_faults, veto_grade_faults
from evaluator.errors import Fault
from evaluator.ruleset import Ruleset
from evaluator.superseding import superseding_faults


def ruleset_faults(ruleset: Ruleset, catalogue: Catalogue) -> Iterator[Fault]:
    """Faults inside ``ruleset.yaml``: identifiers, references, prerequisites, steps."""
    yield from repeated((section.id, ("sections", s, "id")) for s, section in enumerate(ruleset.sections))
    yield from repeated((criterion.id, (*path, "id")) for path, _, criterion in ruleset.criteria())
    grades = enumerate(ruleset.scoring.grades)
    yield from repeated((grade.id, ("scoring", "grades", n, "id")) for n, grade in grades)
    yield from head_faults(ruleset)
    yield from percentage_faults(ruleset)
    needed = {name for _, _, criterion in ruleset.criteria() for name in criterion.requires}
    for path, _, criterion in ruleset.criteria():
        for use in criterion.uses():
            yield from use_faults(use, path, ruleset, catalogue)
        for where, check in criterion.checks():
            inside = where[0] in ("applies_when", "deduct")
            yield from nesting_faults(check, (*path, *where), catalogue, criterion, inside=inside)
        yield from basis_faults(criterion, path)
        yield from threshold_dates(criterion, path, ruleset)
        yield from idle_points(criterion, path, needed)
    yield from prerequisite_faults(ruleset)
    yield from veto_grade_faults(ruleset)
    yield from superseding_faults(ruleset)
    for place, _, line in ruleset.taken():
        for use in line.own_uses():
            yield from use_faults(use, place, ruleset, catalogue)
        for where, check in line.checks():
            for use in check.uses():
                yield from use_faults(use._replace(path=(*where, *use.path)), place, ruleset, catalogue)
            yield from nesting_faults(check, (*place, *where), catalogue, None, inside=True)
