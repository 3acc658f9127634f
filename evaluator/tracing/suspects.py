"""What waits to be confirmed: what changed since it was, what never was, and what is left over of it."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.errors import Words
from evaluator.tracing.discrepancies import Discrepancy
from evaluator.tracing.parts import part_name
from evaluator.tracing.pinning import criterion_changes
from evaluator.tracing.traced import Traced

_CONFIRM = Words("核对后用 --confirm 确认", "compare, then confirm with --confirm")


def suspects(found: Traced) -> Iterator[Discrepancy]:
    """Everything of a comparison that somebody has to look at and to confirm."""
    ruleset, pins = found.given.ruleset, found.pins
    if found.given.pins is None or not (pins.criteria or pins.clauses):
        what = Words("还没有一项指标与原文核对确认过", "nothing has been confirmed against the text yet")
        mend = Words(
            "逐项核对后用 --confirm 指标标识 --on 日期 确认；全部核对过的用 --confirm-all --on 日期",
            "compare, then confirm: --confirm ID --on DATE; all of them with --confirm-all --on DATE",
        )
        yield Discrepancy("nothing_confirmed", "suspect", "ruleset", ("sections",), what, mend)
        return
    yield from criterion_changes(ruleset, pins, found.statuses)
    new = [name for name, status in found.statuses.items() if status == "new"]
    if new:
        what = Words(
            f"{len(new)} 项指标没有确认过：{'、'.join(new)}",
            f"{len(new)} criteria were never confirmed: {', '.join(new)}",
        )
        yield Discrepancy("not_confirmed", "suspect", "ruleset", ("sections",), what, _CONFIRM)
    yield from _uncited_changes(found)
    yield from _left_over(found)
    yield from _whole_text(found)


def _uncited_changes(found: Traced) -> Iterator[Discrepancy]:
    paths = {clause.id: ("clauses", n) for n, clause in enumerate(found.given.clauses.clauses)}
    new = [name for name in found.uncited if name not in found.pins.clauses]
    if new:
        what = Words(
            f"{len(new)} 条没有指标引用的条款没有确认过：{'、'.join(new)}",
            f"{len(new)} clauses that no criterion cites were never confirmed: {', '.join(new)}",
        )
        yield Discrepancy("clause_not_confirmed", "suspect", "clauses", ("clauses",), what, _CONFIRM)
    for name, part in found.uncited.items():
        pin = found.pins.clauses.get(name)
        if pin is not None and pin.clause != part.fingerprint:
            what = Words(
                f"原文的 {name} 在 {pin.confirmed} 确认之后改了，没有指标引用它",
                f"{name} of the text changed after it was confirmed on {pin.confirmed}; no criterion cites it",
            )
            mend = Words(
                "看是否要补充指标，再用 --confirm 确认", "see whether it needs a criterion, then confirm it"
            )
            yield Discrepancy(
                "uncited_clause_changed", "suspect", "clauses", paths[part.clause], what, mend, clause=name
            )


def _left_over(found: Traced) -> Iterator[Discrepancy]:
    listed = {
        part_name(clause.id, item)
        for clause in found.given.clauses.clauses
        for item in (None, *(one.item for one in clause.items))
    }
    for kind, known in (("criteria", found.statuses), ("clauses", listed)):
        for name in getattr(found.pins, kind):
            if name in known:
                continue
            what = Words(
                f"trace.yaml 确认过的 {name} 已经不在了", f"{name}, which trace.yaml confirms, is no more"
            )
            mend = Words(
                f"知道它为何删去的，用 --confirm {name} 销去", f"strike it out with --confirm {name}"
            )
            yield Discrepancy("left_over", "suspect", "trace", (kind, name), what, mend)


def _whole_text(found: Traced) -> Iterator[Discrepancy]:
    pin = found.pins.text
    if pin is None:
        what = Words("全文还没有确认过", "the text as a whole was never confirmed")
        mend = Words(
            "各条都确认、没有错误之后，它随最后一次确认记下",
            "it is recorded once all is confirmed without errors",
        )
        yield Discrepancy("text_not_confirmed", "suspect", "trace", (), what, mend)
    elif pin.digest != found.digest:
        changed = changed_clauses(found)
        zh = (
            f"：{'、'.join(changed)}"
            if changed
            else "，但各条的文字没有变（只是空格、页眉、目次或未列出的段落）"
        )
        en = (
            f": {', '.join(changed)}"
            if changed
            else ", yet no clause's wording (only blanks, page heads, contents or what is not listed)"
        )
        what = Words(
            f"原文与确认时的 {pin.file} 不同{zh}",
            f"the text differs from {pin.file}, which was confirmed{en}",
        )
        mend = Words(
            "逐条核对后确认；全部核对过的用 --confirm-all --on 日期",
            "confirm what you compared; all with --confirm-all --on DATE",
        )
        yield Discrepancy("text_changed", "suspect", "trace", ("text",), what, mend)


def changed_clauses(found: Traced) -> tuple[str, ...]:
    """The clauses and items whose words differ from those that were confirmed, in order; last those that are not there."""
    changed = {
        part.name: min(part.lines)
        for name, part in found.parts.items()
        if part is not None
        and (pin := found.pins.criteria.get(name)) is not None
        and pin.clause != part.fingerprint
    }
    for name, part in found.uncited.items():
        pinned = found.pins.clauses.get(name)
        if pinned is not None and pinned.clause != part.fingerprint:
            changed[name] = min(part.lines)
    absent = [one.id for one in found.given.clauses.clauses if one.id not in found.standing.found]
    return (*sorted(changed, key=changed.__getitem__), *absent)
