"""What evidence a ruleset asks for that the other did not: nobody was ever asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.checks.document import DocumentCheck
from evaluator.errors import Words
from evaluator.revising.change import Change
from evaluator.revising.sides import Side, Two, evidence_of, listed, named, uses_of, walked
from evaluator.revising.words import KINDS, aspect
from evaluator.ruleset import Criterion, Ruleset

Name = tuple[str, str]


def evidence_asked(ruleset: Ruleset) -> frozenset[Name]:
    """Everything that ``ruleset`` asks for, as kind and id."""
    found: set[Name] = {(use.kind, use.id) for use in uses_of(ruleset)}
    for _, _, criterion in ruleset.criteria():
        found |= evidence_of(criterion)
    return frozenset(found)


def parts_asked(models: Iterable[object]) -> frozenset[Name]:
    """The contents of documents that these ask for, as document and part."""
    return frozenset(
        (one.documents, part)
        for model in models
        for one in walked(model)
        if isinstance(one, DocumentCheck)
        for part in one.contains
    )


class Asked:
    """What the old side asked for; ``newly`` tells what a criterion of the new side asks beyond it."""

    def __init__(self, two: Two) -> None:
        self.new: Side = two.new
        self.evidence = evidence_asked(two.old.ruleset)
        self.parts = parts_asked([two.old.ruleset])

    def newly(self, criterion: Criterion) -> Iterator[Change]:
        """Evidence and contents that old submissions cannot hold."""
        items = sorted(evidence_of(criterion) - self.evidence)
        if items:
            words = listed([named(KINDS[kind], self.new.label(name)) for kind, name in items])
            yield _asks("asks", "evidence_asked", words)
        known = {name for _, name in items}
        parts = sorted(one for one in parts_asked([criterion]) - self.parts if one[0] not in known)
        if parts:
            words = listed(
                [
                    Words(
                        f"{self.new.label(name).zh}的{label.zh}", f"{label.en} in {self.new.label(name).en}"
                    )
                    for name, part in parts
                    for label in [self.new.parts(name, [part])]
                ]
            )
            yield _asks("asks_parts", "parts_asked", words)


def _asks(name: str, code: str, words: Words) -> Change:
    reason = Words(
        "原来没有要过，已收的申报里没有", "it was never asked for: the submissions of before do not hold it"
    )
    return Change(code, aspect(name), None, words, "stricter", "judgement", "major", "changed", reason)
