"""What the new rules ask for and the old ones never did: of it, what was not submitted says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from evaluator.checks.document import DocumentCheck
from evaluator.entries import Document
from evaluator.facts import Facts
from evaluator.revising.asked import Name, evidence_asked, parts_asked
from evaluator.revising.sides import evidence_of, walked
from evaluator.ruleset import Criterion, Ruleset


class Fresh(NamedTuple):
    """What one criterion newly asks for: evidence, contents of documents, and attachments of documents."""

    evidence: frozenset[Name]
    parts: frozenset[Name]
    attached: frozenset[str]

    def absent(self, facts: Facts) -> tuple[Name, ...]:
        """The evidence of it that ``facts`` do not hold."""
        return tuple(sorted(one for one in self.evidence if not _there(facts, *one)))

    def silent(self, facts: Facts) -> tuple[Name, ...]:
        """The contents and attachments of it that no document that is there shows, as ``parts`` and ``attachments``."""
        found = [
            ("parts", f"{document}.{part}")
            for document, part in sorted(self.parts)
            if any(part not in paper.contains for paper in facts.documents.get(document, ()))
        ]
        bare = (
            ("attachments", document)
            for document in sorted(self.attached)
            if not all(map(facts.attached, facts.documents.get(document, ())))
        )
        return (*found, *bare)

    def supposed(self, facts: Facts) -> Facts:
        """``facts`` as if their documents showed all that was never asked of them."""
        documents = {
            name: [self._supposed(name, paper) for paper in papers]
            for name, papers in facts.documents.items()
        }
        shown = {paper.id: True for name in self.attached for paper in facts.documents.get(name, ())}
        return facts.replaced(documents=documents, seen={**facts.seen, **shown})

    def _supposed(self, name: str, paper: Document) -> Document:
        parts = {part for document, part in self.parts if document == name}
        return paper.model_copy(update={"contains": tuple(sorted(parts.union(paper.contains)))})


def fresh(old: Ruleset, new: Ruleset) -> dict[str, Fresh]:
    """By criterion of ``new``: what it asks for beyond everything that ``old`` asks for; only those that ask something."""
    asked, parts, attached = evidence_asked(old), parts_asked([old]), frozenset(_attached(old))
    found = {
        criterion.id: Fresh(
            evidence_of(criterion) - asked,
            parts_asked([criterion]) - parts,
            frozenset(_attached(criterion)) - attached,
        )
        for _, _, criterion in new.criteria()
    }
    return {name: one for name, one in found.items() if any(one)}


def _attached(model: Ruleset | Criterion) -> Iterator[str]:
    return (one.documents for one in walked(model) if isinstance(one, DocumentCheck) and one.attachment)


def _there(facts: Facts, kind: str, name: str) -> bool:
    if kind in ("events", "documents"):
        return name in facts.complete
    held: Mapping[str, object] = getattr(facts, kind)
    if name in held:
        return True
    # What is asked of every unit stands in the units.
    return any(name in getattr(unit, kind) for units in facts.units.values() for _, unit in units)
