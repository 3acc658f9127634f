"""Evidence that a street states once for all its communities: joined to each community's own. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.errors import Fault, Words
from evaluator.submission import Submission


def include_faults(submission: Submission, other: Submission) -> Iterator[Fault]:
    """Where ``other``, included by ``submission``, says what that says already (paths in ``other``)."""
    if other.includes:
        yield _clash(
            "nested_include",
            ("includes",),
            "被引用的文件不能再引用别的文件",
            "an included file cannot include others",
        )
    ids = {one.id for _, _, one in submission.entries()}
    for name, n, entry in other.entries():
        if entry.id in ids:
            yield _clash(
                "repeated_id",
                (name, n, "id"),
                f"编号 {entry.id} 与申报文件重复",
                f"the id {entry.id} stands in the submission too",
            )
    said = {statement.type for statement in submission.statements}
    for n, statement in enumerate(other.statements):
        if statement.type in said:
            yield _clash(
                "repeated_statement",
                ("statements", n, "type"),
                f"事项 {statement.type} 已在申报文件中",
                f"the statement {statement.type} stands in the submission too",
            )
    for name, number in other.counts.items():
        if submission.counts.get(name, number) != number:
            yield _clash(
                "differing_count",
                ("counts", name),
                f"数据项 {name} 与申报文件不一致",
                f"the count {name} differs from the submission's",
            )


def _clash(code: str, where: tuple[str | int, ...], zh: str, en: str) -> Fault:
    return Fault(code, where, Words(zh, en))


def joined(submission: Submission, other: Submission) -> Submission:
    """``submission`` with the evidence of ``other``; its own counts come first."""
    kinds = dict.fromkeys((*submission.units, *other.units))
    return submission.model_copy(
        update={
            "counts": {**other.counts, **submission.counts},
            "sources": {**other.sources, **submission.sources},
            "events": (*submission.events, *other.events),
            "documents": (*submission.documents, *other.documents),
            "statements": (*submission.statements, *other.statements),
            "none": tuple(dict.fromkeys((*submission.none, *other.none))),
            "units": {kind: (*submission.units.get(kind, ()), *other.units.get(kind, ())) for kind in kinds},
            "includes": (),
        }
    )
