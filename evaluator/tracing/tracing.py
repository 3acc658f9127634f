"""A ruleset traced to the official text: what stands where, what does not agree, what waits to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.limits import in_force, raising
from evaluator.ruleset import Clauses, Ruleset
from evaluator.tracing.clause_agreement import clause_discrepancies
from evaluator.tracing.criterion_agreement import cited_parts, criterion_discrepancies
from evaluator.tracing.discrepancies import Discrepancy, Level
from evaluator.tracing.fingerprints import text_digest
from evaluator.tracing.numbering import same
from evaluator.tracing.parts import Part, Standing, standing
from evaluator.tracing.pinning import Status, disagreeing, implied, status_of
from evaluator.tracing.pins import NO_TRACE, Trace
from evaluator.tracing.splitting import split
from evaluator.tracing.suspects import suspects
from evaluator.tracing.traced import Given, Traced

_ORDER: tuple[Level, ...] = ("error", "suspect", "warning")

# More than any code of laws has.


def trace(given: Given) -> Traced:
    """Compares a ruleset with its official text; errors first, then what waits to be confirmed, then what is worth a look.

    Raises ``InputError`` where the text has no numbers, or more than any standard.
    """
    ruleset, clauses, pins = given.ruleset, given.clauses, given.pins or NO_TRACE
    corrections = (*pins.corrections, *implied(clauses, pins.corrections))
    text = split(given.text, corrections)
    if all(one.style == "unnumbered" for one in text.clauses):
        what = Words("没有认出一个条款编号", "no clause number was recognised")
        mend = Words(
            "编号可能是 Word 的自动编号，复制时丢了：在 Word 或 WPS 里另存为纯文本，编号就会写进文字",
            "numbers that Word makes by itself are lost in copying: save as plain text from Word, which writes them out",
        )
        raise InputError([Problem("no_clauses", Place(given.file), what, mend)])
    if len(text.clauses) > in_force().official_text_clauses:
        what = Words(
            f"认出了 {len(text.clauses)} 个编号，不像一份标准",
            f"{len(text.clauses)} numbers: this is no standard",
        )
        mend = Words("只给标准的正文和附录", "give the text of the standard alone")
        raise InputError(
            [Problem("too_many_clauses", Place(given.file), what, raising("official_text_clauses", mend))]
        )
    stands = standing(text, clauses, corrections)
    by_id = {one.id: one for one in clauses.clauses}
    parts = cited_parts(ruleset, by_id, stands)
    errors = [
        *_doubts(stands),
        *_corrections(stands, pins),
        *disagreeing(clauses, pins.corrections),
        *clause_discrepancies(ruleset, clauses, stands),
        *criterion_discrepancies(ruleset, by_id, stands, parts),
    ]
    blocked = blocked_criteria(ruleset, errors)
    statuses: dict[str, Status] = {
        criterion.id: "fault"
        if criterion.id in blocked
        else status_of(criterion, parts[criterion.id], pins.criteria.get(criterion.id))
        for _, _, criterion in ruleset.criteria()
    }
    found = Traced(
        given,
        stands,
        text_digest(text.lines),
        corrections,
        parts,
        _uncited(ruleset, clauses, stands),
        statuses,
        (),
    )
    every = [*errors, *suspects(found)]
    return found._replace(discrepancies=tuple(sorted(every, key=lambda one: _ORDER.index(one.level))))


def blocked_criteria(ruleset: Ruleset, discrepancies: Iterable[Discrepancy]) -> frozenset[str]:
    """The criteria that cannot be confirmed: an error is of theirs, or of the clause that they cite."""
    errors = [one for one in discrepancies if one.level == "error"]
    clauses = {same(one.clause) for one in errors if one.criterion is None and one.clause is not None}
    return frozenset(
        {one.criterion for one in errors if one.criterion is not None}
        | {criterion.id for _, _, criterion in ruleset.criteria() if same(criterion.clause) in clauses}
    )


def _uncited(ruleset: Ruleset, clauses: Clauses, stands: Standing) -> dict[str, Part]:
    cited = {(criterion.clause, criterion.item) for _, _, criterion in ruleset.criteria()}
    found: dict[str, Part] = {}
    for clause in clauses.clauses:
        items: list[str | None] = [one.item for one in clause.items]
        for item in items or [None]:
            part = stands.part(clause, item) if (clause.id, item) not in cited else None
            if part is not None:
                found[part.name] = part
    return found


def _doubts(stands: Standing) -> Iterator[Discrepancy]:
    for one in stands.text.doubts:
        yield Discrepancy(one.code, "error", "text", one.line + 1, one.what, one.mend, clause=one.clause)


def _corrections(stands: Standing, pins: Trace) -> Iterator[Discrepancy]:
    for correction, times in stands.unused:
        absent = not correction.of_number and same(correction.clause) not in map(same, stands.found)
        if correction not in pins.corrections or absent:
            continue  # the clause that is missing is reported itself
        n = pins.corrections.index(correction)
        if times:
            what = Words(
                f"“{correction.printed}”在 {correction.clause} 中有 {times} 处，不知更正哪一处",
                f"“{correction.printed}” stands {times} times in {correction.clause}",
            )
            mend = Words("用 line 写明原文第几行", "say which line with line")
            code = "correction_ambiguous"
        else:
            what = Words(
                f"更正没有用上：原文的 {correction.clause} 没有“{correction.printed}”",
                f"a correction without use: {correction.clause} has no “{correction.printed}”",
            )
            mend = Words("原文已经改正的，删去这一条更正", "leave it out where the text has been put right")
            code = "correction_unused"
        yield Discrepancy(code, "error", "trace", ("corrections", n), what, mend, clause=correction.clause)
