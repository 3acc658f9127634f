"""A comparison with the official text as JSON data; the text itself only where it is to be shown beside the criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evaluator.errors import Problem, Words
from evaluator.ruleset import Clause, Criterion
from evaluator.tracing.discrepancies import Discrepancy
from evaluator.tracing.fingerprints import criterion_fingerprint
from evaluator.tracing.parts import Part
from evaluator.tracing.splitting import TextClause
from evaluator.tracing.traced import Traced

Json = dict[str, Any]
Placed = Iterable[tuple[Discrepancy, Problem]]


def trace_document(traced: Traced, placed: Placed, encoding: str) -> Json:
    """``{"trace": 1, …}``: digests, statuses and discrepancies; of the text headings and line numbers alone."""
    ruleset, pins = traced.given.ruleset, traced.pins
    pin = pins.text
    return {
        "trace": 1,
        "ruleset": {"id": ruleset.ruleset, "version": ruleset.version, "title": _text(ruleset.title)},
        "standard": ruleset.standard.title,
        "text": {
            "file": traced.given.file,
            "encoding": encoding,
            "lines": len(traced.text.lines),
            "digest": traced.digest,
            "confirmed": None if pin is None else {"file": pin.file, "digest": pin.digest},
        },
        "corrections": [_correction(one, traced) for one in traced.corrections],
        "criteria": [_criterion(one, traced) for _, _, one in ruleset.criteria()],
        "clauses": [_clause(one, traced) for one in traced.given.clauses.clauses],
        "discrepancies": [_discrepancy(one, problem) for one, problem in placed],
    }


def with_text(document: Json, traced: Traced, judged: Mapping[str, Sequence[Words]]) -> Json:
    """``document`` with every clause of the text in order: its lines, and the characters that are cited or corrected.

    ``judged`` is how each criterion is judged, in lines, to be compared with the text.
    """
    listed = {one.id: name for name, one in traced.standing.found.items()}
    folded = {id(one): name for name, below in traced.standing.folded.items() for one in below}
    blocks: list[Json] = []
    marks = _marks(traced)
    for one in traced.text.clauses:
        name = listed.get(one.id) or folded.get(id(one))
        blocks.append(
            {
                "listed": name,
                "clause": one.id,
                "heading": one.heading,
                "style": one.style,
                "lines": _lines(one, traced, *marks),
            }
        )
    criteria = [
        {**one, "judged": [{"zh": words.zh, "en": words.en} for words in judged.get(one["id"], ())]}
        for one in document["criteria"]
    ]
    return {**document, "criteria": criteria, "blocks": blocks}


def _lines(
    one: TextClause, traced: Traced, cited: dict[int, list[int]], corrected: dict[int, list[Json]]
) -> list[Json]:
    return [
        {
            "line": n + 1,
            "text": traced.text.lines[n],
            "cited": cited.get(n, []),
            "corrected": corrected.get(n, []),
        }
        for n in one.lines
    ]


def _marks(traced: Traced) -> tuple[dict[int, list[int]], dict[int, list[Json]]]:
    """By line: the columns of cited terms, and of what is read otherwise."""
    cited: dict[int, set[int]] = {}
    for _, _, criterion in traced.given.ruleset.criteria():
        part = traced.parts[criterion.id]
        for anchor in criterion.anchors if part is not None else ():
            for line, column in part.passage.places(anchor) if part is not None else ():
                cited.setdefault(line, set()).add(column)
    corrected: dict[int, list[Json]] = {}
    for replaced in traced.standing.replaced:
        line = replaced.origin[0][0]
        columns = [column for n, column in replaced.origin if n == line]
        corrected.setdefault(line, []).append(
            {"from": min(columns), "to": max(columns) + 1, "read_as": replaced.correction.read_as}
        )
    for clause in traced.text.clauses:
        if clause.correction is not None:
            line = clause.lines[0]
            text = traced.text.lines[line]
            start = len(text) - len(text.lstrip())
            corrected.setdefault(line, []).append(
                {
                    "from": start,
                    "to": start + _printed_length(text[start:], clause.printed),
                    "read_as": clause.id,
                }
            )
    return {line: sorted(columns) for line, columns in cited.items()}, corrected


def _printed_length(text: str, printed: str) -> int:
    # As many characters of the line as hold the printed number, blanks between them included.
    left = len(printed)
    for n, one in enumerate(text):
        if left <= 0:
            return n
        left -= 0 if one.isspace() else 1
    return len(text)


def _correction(one: Any, traced: Traced) -> Json:
    return {
        "clause": one.clause,
        "line": one.line or _line_of(one, traced),
        "printed": one.printed,
        "read_as": one.read_as,
        "reason": _text(one.reason),
        "listed": one in traced.pins.corrections,
    }


def _line_of(one: Any, traced: Traced) -> int | None:
    for clause in traced.text.clauses:
        if clause.correction is one or clause.correction == one:
            return clause.lines[0] + 1
    for replaced in traced.standing.replaced:
        if replaced.correction == one:
            return replaced.origin[0][0] + 1
    return None


def _criterion(criterion: Criterion, traced: Traced) -> Json:
    part, pin = traced.parts[criterion.id], traced.pins.criteria.get(criterion.id)
    return {
        "id": criterion.id,
        "clause": criterion.clause,
        "item": criterion.item,
        "title": _text(criterion.title),
        "requirement": _text(criterion.requirement),
        "anchors": list(criterion.anchors),
        "level": criterion.level,
        "veto": criterion.veto,
        "points": str(criterion.points),
        "basis": {name: value for name, value in criterion.basis.model_dump().items() if value is not None},
        "lines": _span(part),
        "status": traced.statuses[criterion.id],
        "confirmed": None if pin is None else pin.confirmed.isoformat(),
        "fingerprints": {
            "clause": None if part is None else part.fingerprint,
            "criterion": criterion_fingerprint(criterion),
        },
    }


def _clause(clause: Clause, traced: Traced) -> Json:
    one = traced.standing.found.get(clause.id)
    items = [
        {
            "item": item.item,
            "lines": _span(traced.standing.part(clause, item.item)),
            "cited_by": _cited_by(clause.id, item.item, traced),
            "not_assessed": _text(item.not_assessed),
            "status": _standing(clause, item.item, item.normative, item.not_assessed is not None, traced),
        }
        for item in clause.items
    ]
    return {
        "id": clause.id,
        "heading": clause.heading,
        "printed": clause.printed,
        "lines": None if one is None else _span(traced.standing.part(clause, None)),
        "normative": clause.normative,
        "not_assessed": _text(clause.not_assessed),
        "cited_by": _cited_by(clause.id, None, traced),
        "status": "items"
        if items
        else _standing(clause, None, clause.normative, clause.not_assessed is not None, traced),
        "items": items,
    }


def _standing(clause: Clause, item: str | None, normative: bool, excused: bool, traced: Traced) -> str:
    """``absent``, ``cited``, ``excused``, ``background`` (not normative) or ``uncited``, which is a fault."""
    if traced.standing.part(clause, item) is None:
        return "absent"
    if _cited_by(clause.id, item, traced):
        return "cited"
    if excused:
        return "excused"
    return "uncited" if normative and clause.normative else "background"


def _cited_by(clause: str, item: str | None, traced: Traced) -> list[str]:
    return [
        one.id for _, _, one in traced.given.ruleset.criteria() if (one.clause, one.item) == (clause, item)
    ]


def _span(part: Part | None) -> list[int] | None:
    return None if part is None else [min(part.lines) + 1, max(part.lines) + 1]


def _discrepancy(one: Discrepancy, problem: Problem) -> Json:
    place = problem.place
    return {
        "code": one.code,
        "level": one.level,
        "place": {"file": place.file, "line": place.line, "column": place.column},
        "criterion": one.criterion,
        "clause": one.clause,
        "what": _text(one.what),
        "mend": _text(one.mend),
    }


def _text(words: Words | Any | None) -> Json | None:
    if words is None:
        return None
    return {"zh": words.zh, "en": words.en} if words.en else {"zh": words.zh}
