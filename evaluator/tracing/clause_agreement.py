"""``clauses.yaml`` against the official text: the same clauses, in the same order, under the same headings."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.checking import clause_faults
from evaluator.errors import Words
from evaluator.ruleset import Clause, Clauses, Path, Ruleset
from evaluator.tracing.discrepancies import Discrepancy
from evaluator.tracing.marks import Style
from evaluator.tracing.parts import Standing, part_name
from evaluator.tracing.plain import bare
from evaluator.tracing.requirement_words import requirement_words
from evaluator.tracing.splitting import PREAMBLE, TextClause

# Clauses of these kinds have a heading of their own; elsewhere clauses.yaml names the clause in its own words.
_HEADED: tuple[Style, ...] = ("decimal", "chapter", "section", "part")
# These may merely gather the clauses below them, and need not be listed then.
_GATHERING: tuple[Style, ...] = ("annex", "book", "chapter", "section", "part")
_SHOWN = 12


def clause_discrepancies(ruleset: Ruleset, clauses: Clauses, standing: Standing) -> Iterator[Discrepancy]:
    """Every way in which the listed clauses are not those of the text."""
    yield from _missing(ruleset, clauses, standing)
    yield from _unlisted(standing)
    yield from _order(clauses, standing)
    for n, clause in enumerate(clauses.clauses):
        if clause.id in standing.found:
            path: Path = ("clauses", n)
            yield from _heading(clause, standing.found[clause.id], path)
            yield from _items(clause, standing, path)
            yield from _demands(clause, standing, path)
    for fault in clause_faults(ruleset, clauses):
        if fault.code == "uncited_clause":
            listed = clauses.clauses[int(fault.path[1])]
            item = listed.items[int(fault.path[3])].item if len(fault.path) > 3 else None
            name = part_name(listed.id, item)
            yield Discrepancy(fault.code, "error", "clauses", fault.path, fault.what, fault.mend, clause=name)


def _missing(ruleset: Ruleset, clauses: Clauses, standing: Standing) -> Iterator[Discrepancy]:
    for n, clause in enumerate(clauses.clauses):
        if clause.id in standing.found:
            continue
        citing = [one.id for _, _, one in ruleset.criteria() if one.clause == clause.id]
        what = Words(f"原文没有条款 {clause.id}", f"the text has no clause {clause.id}")
        if citing:
            what = Words(
                f"{what.zh}，引用它的指标：{'、'.join(citing)}", f"{what.en}, cited by {', '.join(citing)}"
            )
        printed = _misprinted(clause, standing)
        mend = Words("核对条款号，核对原文是否完整", "check the number, and whether the text is complete")
        if printed:
            mend = Words(
                f"“{clause.heading}”在原文印作 {printed}：若是误印，在 clauses.yaml 这一条写 "
                f'printed: "{printed}"，引用它的指标也写',
                f"“{clause.heading}” is printed as {printed}: where that is a misprint, state it as printed in "
                f"clauses.yaml and in the criteria that cite it",
            )
        yield Discrepancy(
            "clause_not_in_text", "error", "clauses", ("clauses", n, "id"), what, mend, clause=clause.id
        )


def _misprinted(clause: Clause, standing: Standing) -> str:
    # The number under which a clause of this heading stands in the text.
    same_heading = [
        one for one in standing.unlisted if one.heading and bare(one.heading) == bare(clause.heading)
    ]
    return same_heading[0].printed if len(same_heading) == 1 else ""


def _unlisted(standing: Standing) -> Iterator[Discrepancy]:
    listed = {one.above for one in standing.found.values()}
    for one in standing.unlisted:
        lines = one.lines[1:] if one.alone else one.lines
        demands = requirement_words(standing.text.passage(lines).text)
        shown = f"{one.id} {one.heading}".strip()
        if one.style == "unnumbered":
            if demands and one.id == PREAMBLE:
                what = Words(
                    f"前言里有“{demands[0]}”，clauses.yaml 没有列出前言",
                    f"the preamble says “{demands[0]}”; clauses.yaml does not list it",
                )
                mend = Words(
                    "列出 {id: 前言, …}；不评的写 normative: false 和 not_assessed",
                    "list {id: 前言, …}; where it is not assessed say normative: false and not_assessed",
                )
                yield Discrepancy(
                    "demanding_preamble", "warning", "text", one.lines[0] + 1, what, mend, clause=one.id
                )
            continue
        if one.style in _GATHERING and one.id in listed and not demands:
            continue
        what = Words(f"clauses.yaml 没有列出条款 {shown}", f"clauses.yaml does not list clause {shown}")
        mend = Words("在 clauses.yaml 按次序补上这一条", "add it to clauses.yaml in its place")
        yield Discrepancy("clause_unlisted", "error", "text", one.lines[0] + 1, what, mend, clause=one.id)


def _order(clauses: Clauses, standing: Standing) -> Iterator[Discrepancy]:
    last, before = -1, ""
    for n, clause in enumerate(clauses.clauses):
        one = standing.found.get(clause.id)
        if one is None:
            continue
        if one.lines[0] < last:
            what = Words(
                f"原文里 {clause.id} 在 {before} 之前", f"in the text {clause.id} stands before {before}"
            )
            mend = Words("照原文的次序排列", "list them in the order of the text")
            yield Discrepancy(
                "clause_order", "error", "clauses", ("clauses", n), what, mend, clause=clause.id
            )
        else:
            last, before = one.lines[0], clause.id


def _heading(clause: Clause, one: TextClause, path: Path) -> Iterator[Discrepancy]:
    if one.style not in _HEADED or not one.alone or bare(clause.heading) in bare(one.heading):
        return
    what = Words(
        f"条款 {clause.id} 的标题写作“{clause.heading}”，原文是“{one.heading}”",
        f"clause {clause.id} is headed “{clause.heading}” here, “{one.heading}” in the text",
    )
    yield Discrepancy("heading_differs", "error", "clauses", (*path, "heading"), what, clause=clause.id)


def _items(clause: Clause, standing: Standing, path: Path) -> Iterator[Discrepancy]:
    for m, item in enumerate(clause.items):
        if standing.part(clause, item.item) is None:
            what = Words(
                f"原文的 {clause.id} 没有分项 {item.item}",
                f"clause {clause.id} of the text has no item {item.item}",
            )
            mend = Words(
                f"这一条共有 {len(standing.items(clause))} 个分项：{_headings(clause, standing)}",
                f"it has {len(standing.items(clause))} items: {_headings(clause, standing)}",
            )
            place = (*path, "items", m, "item")
            yield Discrepancy(
                "item_not_in_text",
                "error",
                "clauses",
                place,
                what,
                mend,
                clause=part_name(clause.id, item.item),
            )
    marked = standing.items(clause)
    dashes = any(one.style == "dash" for one in marked)
    if len(marked) == len(clause.items) or not (dashes or (clause.items and marked)):
        return
    what = Words(
        f"原文的 {clause.id} 有 {len(marked)} 个分项，clauses.yaml 列了 {len(clause.items)} 个",
        f"clause {clause.id} of the text has {len(marked)} items; clauses.yaml lists {len(clause.items)}",
    )
    mend = Words(f"原文依次是：{_headings(clause, standing)}", f"in order: {_headings(clause, standing)}")
    yield Discrepancy("items_differ", "error", "clauses", path, what, mend, clause=clause.id)


def _headings(clause: Clause, standing: Standing) -> str:
    return "、".join(one.heading[:_SHOWN] for one in standing.items(clause)) or "—"


def _demands(clause: Clause, standing: Standing, path: Path) -> Iterator[Discrepancy]:
    if clause.normative or clause.not_assessed is not None:
        return
    one = standing.found[clause.id]
    lines = standing.own_lines(clause)
    words = requirement_words(standing.text.passage(lines[1:] if one.alone else lines).text)
    if words:
        zh = f"条款 {clause.id} 写作 normative: false，原文里有“{'”“'.join(words[:3])}”"
        en = f"clause {clause.id} is not normative here, yet its text says “{'”, “'.join(words[:3])}”"
        mend = Words(
            "是要求的，改为 normative: true；不是的，写 not_assessed 说明原因",
            "make it normative, or say in not_assessed why it is none",
        )
        yield Discrepancy(
            "demands_yet_not_normative",
            "warning",
            "clauses",
            (*path, "normative"),
            Words(zh, en),
            mend,
            clause=clause.id,
        )
