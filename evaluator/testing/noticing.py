"""Which one-step changes of the rules no case notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from evaluator.cases import CaseFile, Unnoticed
from evaluator.catalogue import Catalogue
from evaluator.checking import ruleset_faults
from evaluator.evaluate import Program, program
from evaluator.exact import Exact
from evaluator.model import Model
from evaluator.ruleset import Criterion, Ruleset
from evaluator.testing.altering import Path, altered
from evaluator.testing.mutations import Change, changes, here_of
from evaluator.testing.neighbours import Sort
from evaluator.testing.running import Ran, differs_now, judged_otherwise, ran, scored_otherwise
from evaluator.windows import Span

# What deductions take is no matter of adding up, nor is which day picks a dated threshold.
_COMPILED = {"deductions", "transition"}


class Mutant(NamedTuple):
    """A ruleset with one change, in ``criterion`` or (None) in the scoring or a section."""

    criterion: str | None
    change: Change
    ruleset: Ruleset

    @property
    def name(self) -> tuple[str | None, str]:
        """What an explanation in the case file names."""
        return self.criterion, self.change.name


class Noticing(NamedTuple):
    """The changes that were tried: ``noticed`` how many, those that were not, those explained, and what is explained in vain.

    ``outdated`` are positions in the case file's ``unnoticed``, with whether such a change exists at all.
    """

    tried: int
    noticed: int
    unnoticed: tuple[Mutant, ...]
    explained: tuple[tuple[Mutant, Unnoticed], ...]
    outdated: tuple[tuple[int, Unnoticed, bool], ...]


def noticing(cases: CaseFile, ruleset: Ruleset, catalogue: Catalogue) -> Noticing:
    """Try every one-step change of ``ruleset`` on ``cases``, all of which come out as they say."""
    seen = Cases(ran(cases, ruleset, catalogue), ruleset, catalogue)
    tried = noticed = 0
    faults = _faults(ruleset, catalogue)
    left: list[Mutant] = []
    known: dict[tuple[str | None, str], bool] = {}
    for mutant in mutants(ruleset, catalogue):
        if seen.notice(mutant):
            tried, noticed = tried + 1, noticed + 1
            known[mutant.name] = True
        elif faults.issuperset(_faults(mutant.ruleset, catalogue)):
            tried += 1
            known[mutant.name] = False
            left.append(mutant)
    reasons = {(one.criterion, one.change): one for one in cases.unnoticed}
    return Noticing(
        tried,
        noticed,
        tuple(one for one in left if one.name not in reasons),
        tuple((one, reasons[one.name]) for one in left if one.name in reasons),
        tuple(
            (n, one, (one.criterion, one.change) in known)
            for n, one in enumerate(cases.unnoticed)
            if known.get((one.criterion, one.change), True)
        ),
    )


class Cases:
    """The cases of a ruleset by what they can see."""

    def __init__(self, every: Iterable[Ran], ruleset: Ruleset, catalogue: Catalogue) -> None:
        self.every = tuple(every)
        self.ruleset, self.catalogue = ruleset, catalogue
        self._of: dict[str, list[Ran]] = {name: [] for name in ruleset.by_id()}
        for one in sorted(self.every, key=lambda one: one.case.criterion is None):
            for name in one.verdicts:
                self._of[name].append(one)
        self._needed_by = _needed_by(ruleset)
        self._lately: dict[Sort, Ran] = {}

    def that_see(self, criterion: str | None) -> Iterable[Ran]:
        """The cases that ``criterion`` has a part in: those of it alone first, those of the whole ruleset last."""
        return self.every if criterion is None else self._of[criterion]

    def notice(self, mutant: Mutant) -> bool:
        """Whether a case comes out otherwise by ``mutant``."""
        cases = self.that_see(mutant.criterion)
        # A case of the whole that noticed a change of this sort will most likely notice the next: scoring is dear.
        lately = self._lately.get(mutant.change.sort)
        if lately is not None and mutant.criterion is not None:
            alone = [one for one in cases if one.case.criterion is not None]
            cases = [
                *alone,
                lately,
                *(one for one in cases if one.judgement is not None and one is not lately),
            ]
        found = next(self.noticing(mutant, cases), None)
        if found is not None and found.judgement is not None:
            self._lately[mutant.change.sort] = found
        return found is not None

    def noticing(self, mutant: Mutant, among: Iterable[Ran] | None = None) -> Iterator[Ran]:
        """The cases (of ``among``, or of all) that come out otherwise by ``mutant``."""
        cases = self.that_see(mutant.criterion) if among is None else among
        compiled: dict[Span, Program] = {}
        for one in cases:
            if self._differs(one, mutant, compiled):
                yield one

    def _differs(self, one: Ran, mutant: Mutant, compiled: dict[Span, Program]) -> bool:
        if mutant.criterion is None:
            if not {*mutant.change.path, *mutant.change.values} & _COMPILED:
                return scored_otherwise(one, mutant.ruleset)
            if one.facts.span not in compiled:
                compiled[one.facts.span] = Program(mutant.ruleset, self.catalogue, one.facts.span)
            return judged_otherwise(one, compiled[one.facts.span])
        if one.facts.span not in compiled:
            plain = program(self.ruleset, self.catalogue, one.facts.span)
            compiled[one.facts.span] = plain.altered(mutant.ruleset, (mutant.criterion,))
        changed = compiled[one.facts.span]
        return differs_now(one, changed, self._needed_by[mutant.criterion])


def mutants(ruleset: Ruleset, catalogue: Catalogue) -> Iterator[Mutant]:
    """Every ruleset that is one step from ``ruleset`` and that the rules' types do not refuse."""
    months = ruleset.period.months
    for path, _, criterion in ruleset.criteria():
        for change in changes(criterion, months):
            if _in_whole_steps(here_of(criterion, change.path), change, catalogue):
                continue
            other = altered(criterion, change.path, change.values)
            if other is not None:
                yield Mutant(criterion.id, change, with_criterion(ruleset, path, other))
    for change in _of_scoring(ruleset, months):
        whole = altered(ruleset, change.path, change.values)
        if whole is not None:
            yield Mutant(None, change, whole)


def _in_whole_steps(model: Model, change: Change, catalogue: Catalogue) -> bool:
    # A whole number is either 0 or at least 1: in between there is nothing to be proportional to.
    item = catalogue.counts.get(getattr(model, "count", None) or "")
    least = getattr(model, "at_least", None)
    one = isinstance(least, Exact) and least.value == 1
    return "credit" in change.values and one and item is not None and item.whole_number


def _of_scoring(ruleset: Ruleset, months: int) -> Iterator[Change]:
    dated = any(_is_dated(criterion) for _, _, criterion in ruleset.criteria())
    for change in changes(ruleset, months, ("scoring",)):
        if "transition" in change.values and not dated:
            continue
        if "grades" in change.values:
            continue  # its line is shifted instead
        yield change
    lines = [grade.id for grade in ruleset.scoring.grades]
    at = lines.index(ruleset.scoring.pass_)
    for other in (*lines[at - 1 : at], *lines[at + 1 : at + 2]):
        yield Change("choice", ("scoring",), {"pass_": other}, f"scoring.pass {lines[at]} → {other}")
    for n in range(len(ruleset.sections)):
        yield from _of_section(ruleset, n, months)


def _of_section(ruleset: Ruleset, n: int, months: int) -> Iterator[Change]:
    name = ruleset.sections[n].id
    for change in changes(ruleset, months, ("sections", n)):
        if "criteria" in change.path or "criteria" in change.values:
            continue
        yield change._replace(name=change.name.replace(f"sections#{n + 1}", f"sections.{name}"))


def _is_dated(model: object) -> bool:
    if isinstance(model, Model):
        return any(_is_dated(getattr(model, name)) for name in type(model).model_fields)
    if isinstance(model, tuple):
        return any(map(_is_dated, model))
    return isinstance(model, dict) and any(isinstance(one, date) for one in model)


def with_criterion(ruleset: Ruleset, path: Path, criterion: Criterion) -> Ruleset:
    """``ruleset`` with ``criterion`` at ``path`` (``sections, 0, criteria, 3``)."""
    _, s, _, c = path
    section = ruleset.sections[s]
    criteria = (*section.criteria[:c], criterion, *section.criteria[c + 1 :])
    changed = section.model_copy(update={"criteria": criteria})
    sections = (*ruleset.sections[:s], changed, *ruleset.sections[s + 1 :])
    return ruleset.model_copy(update={"sections": sections})


def _needed_by(ruleset: Ruleset) -> Mapping[str, tuple[str, ...]]:
    # Each criterion, then those that require it, through others too, prerequisites first.
    requires = {name: criterion.requires for name, criterion in ruleset.by_id().items()}
    found: dict[str, tuple[str, ...]] = {}
    for name in requires:
        touched = [name]
        more = True
        while more:
            new = [one for one, needs in requires.items() if one not in touched and set(needs) & set(touched)]
            touched.extend(sorted(new, key=lambda one: len(set(requires[one]) & set(new))))
            more = bool(new)
        found[name] = tuple(touched)
    return found


def _faults(ruleset: Ruleset, catalogue: Catalogue) -> set[tuple[str, Path]]:
    # What ``rules check`` refuses, nobody could publish: a change that makes such a fault need not be noticed by a case.
    return {(one.code, one.path) for one in ruleset_faults(ruleset, catalogue)}
