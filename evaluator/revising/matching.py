"""Which criteria of one ruleset answer to which of the other: by id, by ``supersedes``, else by clause and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evaluator.canonical import plain_data
from evaluator.revising.change import Match
from evaluator.revising.sides import evidence_of
from evaluator.ruleset import Criterion, Ruleset

Evidence = frozenset[tuple[str, str]]


class Matched(NamedTuple):
    """Criteria that answer to each other: one and one, one and several, several and one, or one alone."""

    match: Match
    old: tuple[Criterion, ...]
    new: tuple[Criterion, ...]


def matches(old: Ruleset, new: Ruleset) -> list[Matched]:
    """Every criterion of either ruleset once: in the order of ``new``, then those of ``old`` that are no more."""
    return list(_Matching(old.by_id(), new.by_id()).found())


class _Matching:
    def __init__(self, old: dict[str, Criterion], new: dict[str, Criterion]) -> None:
        self.old, self.new = old, new
        self.evidence = {id(one): evidence_of(one) for criteria in (old, new) for one in criteria.values()}
        # New id → old id, with how it was found.
        self.pairs: dict[str, tuple[str, Match]] = {name: (name, "same") for name in new if name in old}
        self._continued()
        self._replaced()
        self.pieces = self._inside(self.rest_new(), self.old, self.answer_in_new(), self.new)
        apart = {name for names in self.pieces.values() for name in names}
        apart.update(self.answer_in_new().get(whole, "") for whole in self.pieces)
        loose = {name: one for name, one in self.rest_old().items() if name not in self.pieces}
        into = {name: one for name, one in self.new.items() if name not in apart}
        self.merged = self._inside(loose, into, self.answer_in_old(), self.old)

    def answer_in_new(self) -> dict[str, str]:
        """The new id that continues an old one."""
        return {theirs: ours for ours, (theirs, _) in self.pairs.items()}

    def answer_in_old(self) -> dict[str, str]:
        """The old id that a new one continues."""
        return {ours: theirs for ours, (theirs, _) in self.pairs.items()}

    def rest_old(self) -> dict[str, Criterion]:
        """The criteria of the old ruleset without an answer."""
        taken = {name for name, _ in self.pairs.values()}
        return {name: one for name, one in self.old.items() if name not in taken}

    def rest_new(self) -> dict[str, Criterion]:
        """The criteria of the new ruleset without an answer."""
        return {name: one for name, one in self.new.items() if name not in self.pairs}

    def _continued(self) -> None:
        for name, one in self.rest_new().items():
            if one.supersedes in self.rest_old():
                self.pairs[name] = (str(one.supersedes), "superseded")
        # The newer edition may have been given as OLD.
        for name, one in self.rest_old().items():
            if one.supersedes in self.rest_new():
                self.pairs[str(one.supersedes)] = (name, "superseded")

    def _replaced(self) -> None:
        """Pairs of the same clause that draw on the same evidence, or do the same without any."""
        for name, one in self.rest_new().items():
            fits = [theirs for theirs, other in self.rest_old().items() if self._alike(other, one)]
            rivals = [ours for ours, other in self.rest_new().items() if self._alike(other, one)]
            if len(fits) == 1 and len(rivals) == 1:
                self.pairs[name] = (fits[0], "replaced")

    def _alike(self, one: Criterion, other: Criterion) -> bool:
        if (one.clause, one.item) != (other.clause, other.item):
            return False
        drawn = self.evidence[id(one)], self.evidence[id(other)]
        if drawn[0] or drawn[1]:
            return drawn[0] == drawn[1]
        return bool(plain_data(one.check) == plain_data(other.check))

    def _inside(
        self,
        loose: dict[str, Criterion],
        wholes: dict[str, Criterion],
        answers: dict[str, str],
        beside: dict[str, Criterion],
    ) -> dict[str, list[str]]:
        """By whole: the loose criteria of the same clause that draw on a part of its evidence, which its own answer left."""
        found: dict[str, list[str]] = {}
        for name, one in loose.items():
            drawn = self.evidence[id(one)]
            for whole, other in wholes.items():
                if not drawn or one.clause != other.clause or not drawn <= self.evidence[id(other)]:
                    continue
                kept = self.evidence[id(beside[answers[whole]])] if whole in answers else frozenset()
                if not drawn <= kept:
                    found.setdefault(whole, []).append(name)
                    break
        # A single loose one beside no answer is a replacement that asks less: neither split nor merged.
        return {whole: names for whole, names in found.items() if len(names) > 1 or whole in answers}

    def found(self) -> Iterator[Matched]:
        answers = self.answer_in_old()
        split = {name: whole for whole, names in self.pieces.items() for name in names}
        told: set[str] = set()
        for name, one in self.new.items():
            whole = split.get(name, answers.get(name, ""))
            if name in self.merged:
                gone = [self.old[other] for other in (answers.get(name), *self.merged[name]) if other]
                yield Matched("merged", tuple(gone), (one,))
            elif whole in self.pieces:
                if whole not in told:
                    told.add(whole)
                    first = self.answer_in_new().get(whole)
                    pieces = [first, *self.pieces[whole]] if first else self.pieces[whole]
                    ordered = sorted(pieces, key=list(self.new).index)
                    yield Matched("split", (self.old[whole],), tuple(self.new[other] for other in ordered))
            elif name in self.pairs:
                theirs, match = self.pairs[name]
                yield Matched(match, (self.old[theirs],), (one,))
            else:
                yield Matched("added", (), (one,))
        gone_into = {other for names in self.merged.values() for other in names}
        for name, one in self.rest_old().items():
            if name not in self.pieces and name not in gone_into:
                yield Matched("dropped", (one,), ())
