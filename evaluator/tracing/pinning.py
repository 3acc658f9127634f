"""What was confirmed against what is there: changed texts and changed criteria stay suspect until someone confirms them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from evaluator.errors import Fault, Words
from evaluator.model import Text
from evaluator.ruleset import Clauses, Criterion, Ruleset
from evaluator.tracing.corrections import Correction
from evaluator.tracing.discrepancies import Discrepancy
from evaluator.tracing.fingerprints import criterion_fingerprint
from evaluator.tracing.numbering import same
from evaluator.tracing.parts import Part
from evaluator.tracing.pins import CriterionPin, Trace

Status = Literal["confirmed", "new", "text_changed", "criterion_changed", "both_changed", "fault"]
_AS_PRINTED = Text(
    zh="原文编号误印，clauses.yaml 记为 printed", en="misprinted number, stated as printed in clauses.yaml"
)
_CONFIRM = Words("核对后用 --confirm 确认", "compare, then confirm with --confirm")


def status_of(criterion: Criterion, part: Part | None, pin: CriterionPin | None) -> Status:
    """How a criterion stands to what was confirmed of it; its errors apart."""
    if part is None:
        return "fault"
    if pin is None:
        return "new"
    text, own = pin.clause != part.fingerprint, pin.criterion != criterion_fingerprint(criterion)
    if text and own:
        return "both_changed"
    return "text_changed" if text else "criterion_changed" if own else "confirmed"


def stale(ruleset: Ruleset, clauses: Clauses, trace: Trace) -> Iterator[Fault]:
    """What ``trace.yaml`` alone tells to have changed since it was confirmed (paths in ``ruleset.yaml``); needs no text.

    Criteria that changed, that were never confirmed, and whose confirmation is left over; printed numbers on which
    ``clauses.yaml`` and the list of corrections do not agree.
    """
    for path, _, criterion in ruleset.criteria():
        pin = trace.criteria.get(criterion.id)
        if pin is None:
            what = Words(
                f"{criterion.id} 还没有与原文核对确认", f"{criterion.id} was never confirmed against the text"
            )
            yield Fault("not_confirmed", (*path, "id"), what, _TRACE)
        elif pin.criterion != criterion_fingerprint(criterion):
            what = Words(
                f"{criterion.id} 在 {pin.confirmed} 确认之后改过",
                f"{criterion.id} changed after it was confirmed on {pin.confirmed}",
            )
            yield Fault("criterion_changed", (*path, "id"), what, _TRACE)
    for name in trace.criteria.keys() - ruleset.by_id().keys():
        what = Words(
            f"trace.yaml 里有已不存在的指标 {name}", f"trace.yaml has a criterion that is no more: {name}"
        )
        yield Fault("left_over", ("sections",), what, _TRACE)
    for one in disagreeing(clauses, trace.corrections):
        yield Fault(one.code, ("sections",), one.what, one.mend)


_TRACE = Words(
    "用 duibiao rules trace 与原文核对后确认", "compare it with the text and confirm it: duibiao rules trace"
)


def implied(clauses: Clauses, corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The misprinted numbers that ``clauses.yaml`` states and the list of corrections lacks."""
    listed = {same(one.clause) for one in corrections if one.of_number}
    return tuple(
        Correction.model_construct(
            clause=one.id,
            line=None,
            printed=one.printed,
            read_as=one.id,
            reason=_AS_PRINTED,
        )
        for one in clauses.clauses
        if one.printed is not None and same(one.id) not in listed
    )


def disagreeing(clauses: Clauses, corrections: Iterable[Correction]) -> Iterator[Discrepancy]:
    """Corrected numbers that ``clauses.yaml`` does not state as ``printed``, or states otherwise."""
    printed = {same(one.id): one.printed for one in clauses.clauses}
    for n, one in enumerate(corrections):
        stated = printed.get(same(one.clause))
        if not one.of_number or (stated is not None and same(stated) == same(one.printed)):
            continue
        what = Words(
            f"更正清单说 {one.clause} 印作 {one.printed}，clauses.yaml 的 printed 是 {stated or '空的'}",
            f"the corrections say that {one.clause} is printed as {one.printed}; clauses.yaml says {stated or 'nothing'}",
        )
        mend = Words(
            f'两处写成一样：在 clauses.yaml 的 {one.clause} 写 printed: "{one.printed}"，引用它的指标也写',
            f'make them agree: printed: "{one.printed}" in clauses.yaml and in the criteria that cite it',
        )
        yield Discrepancy(
            "printed_disagrees", "error", "trace", ("corrections", n), what, mend, clause=one.clause
        )


def criterion_changes(
    ruleset: Ruleset, trace: Trace, statuses: Mapping[str, Status]
) -> Iterator[Discrepancy]:
    """Criteria that wait to be confirmed."""
    for path, _, criterion in ruleset.criteria():
        status, pin = statuses[criterion.id], trace.criteria.get(criterion.id)
        if status in _CHANGED and pin is not None:
            zh, en = _CHANGED[status]
            what = Words(
                f"{criterion.id}：{pin.confirmed} 确认之后，{zh.format(criterion.clause)}",
                f"{criterion.id}: {en.format(criterion.clause)} after it was confirmed on {pin.confirmed}",
            )
            yield _suspect(_CODES[status], (*path, "id"), what, criterion)


_CHANGED: dict[Status, Words] = {
    "text_changed": Words("原文的 {} 改了", "clause {} of the text changed"),
    "criterion_changed": Words("指标改了", "the criterion changed"),
    "both_changed": Words("原文的 {} 和指标都改了", "both clause {} of the text and the criterion changed"),
}
_CODES: dict[Status, str] = {
    "text_changed": "cited_clause_changed",
    "criterion_changed": "criterion_changed",
    "both_changed": "clause_and_criterion_changed",
}


def _suspect(code: str, where: tuple[str | int, ...], what: Words, criterion: Criterion) -> Discrepancy:
    return Discrepancy(code, "suspect", "ruleset", where, what, _CONFIRM, criterion.id, criterion.clause)
