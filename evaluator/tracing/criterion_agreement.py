"""Criteria against the official text: the clause is there, the anchors stand in it, and so do the figures said to be its."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaluator.errors import Words, did_you_mean
from evaluator.ruleset import Clause, Criterion, Path, Ruleset
from evaluator.tracing.discrepancies import Discrepancy
from evaluator.tracing.figures import figures, stated
from evaluator.tracing.numbering import same
from evaluator.tracing.parts import ITEM_MARK, Part, Standing, part_name
from evaluator.tracing.plain import plain

_SHOWN = 6


def cited_parts(
    ruleset: Ruleset, clauses: Mapping[str, Clause], standing: Standing
) -> dict[str, Part | None]:
    """What each criterion cites, by its identifier; None where the text has no such thing."""
    known: dict[tuple[str, str | None], Part | None] = {}
    found: dict[str, Part | None] = {}
    for _, _, criterion in ruleset.criteria():
        key = (criterion.clause, criterion.item)
        if key not in known:
            clause = clauses.get(criterion.clause)
            known[key] = standing.part(clause, criterion.item) if clause is not None else None
        found[criterion.id] = known[key]
    return found


def criterion_discrepancies(
    ruleset: Ruleset, clauses: Mapping[str, Clause], standing: Standing, parts: Mapping[str, Part | None]
) -> Iterator[Discrepancy]:
    """Every criterion that the text does not bear out."""
    for path, _, criterion in ruleset.criteria():
        part = parts[criterion.id]
        if part is None and criterion.clause in clauses and criterion.clause not in standing.found:
            continue  # said of the clause, with all that cite it
        if part is None:
            yield _absent(criterion, path, clauses, standing)
            continue
        yield from _anchors(criterion, path, part, clauses, standing)
        if criterion.basis.threshold == "source":
            printed = standing.found[criterion.clause].printed
            yield from _figures(criterion, path, part, plain(printed))


def _absent(
    criterion: Criterion, path: Path, clauses: Mapping[str, Clause], standing: Standing
) -> Discrepancy:
    name = part_name(criterion.clause, criterion.item)
    clause = clauses.get(criterion.clause)
    if clause is None:
        what = Words(
            f"{criterion.id} 引用的条款 {criterion.clause} 不在 clauses.yaml 中",
            f"{criterion.id} cites clause {criterion.clause}, which clauses.yaml does not list",
        )
        mend = did_you_mean(same(criterion.clause), map(same, clauses)) if len(clauses) < 400 else None
        return Discrepancy(
            "unknown_clause", "error", "ruleset", (*path, "clause"), what, mend, criterion.id, name
        )
    what = Words(
        f"{criterion.id} 引用的分项 {criterion.item} 不在原文的 {criterion.clause} 中",
        f"{criterion.id} cites item {criterion.item}, which clause {criterion.clause} of the text does not have",
    )
    headings = [one.heading for one in standing.items(clause)]
    mend = Words(f"这一条共有 {len(headings)} 个分项", f"it has {len(headings)} items")
    return Discrepancy(
        "cited_item_missing", "error", "ruleset", (*path, "item"), what, mend, criterion.id, name
    )


def _anchors(
    criterion: Criterion, path: Path, part: Part, clauses: Mapping[str, Clause], standing: Standing
) -> Iterator[Discrepancy]:
    for n, anchor in enumerate(criterion.anchors):
        if plain(anchor) in part.passage.text:
            continue
        elsewhere = _elsewhere(anchor, clauses, standing)
        shown = "、".join(elsewhere[:_SHOWN])
        if len(elsewhere) > _SHOWN:
            shown += " …"
        what = Words(
            f"{criterion.id}：“{anchor}”不在原文的 {part.name} 中",
            f"{criterion.id}: “{anchor}” does not stand in {part.name}",
        )
        if elsewhere:
            mend = Words(
                f"它在 {shown}；核对条款号或换一个短词",
                f"it stands in {shown}: check the clause, or use another term",
            )
        else:
            mend = Words(
                "原文各条都没有；照原文写这个短词，原文误印的写进更正清单",
                "no clause has it: write the term as the text does, or list a misprint under corrections",
            )
        yield Discrepancy(
            "anchor_not_in_clause",
            "error",
            "ruleset",
            (*path, "anchors", n),
            what,
            mend,
            criterion.id,
            part.name,
        )


def _elsewhere(anchor: str, clauses: Mapping[str, Clause], standing: Standing) -> list[str]:
    """The clauses and items in which a term stands."""
    sought = plain(anchor)
    found: list[str] = []
    for clause in clauses.values():
        whole = standing.part(clause, None)
        if whole is None or sought not in whole.passage.text:
            continue
        items = [
            part_name(clause.id, item.item)
            for item in clause.items
            if (part := standing.part(clause, item.item)) is not None and sought in part.passage.text
        ]
        found.extend(items or [clause.id])
    return found


def _figures(criterion: Criterion, path: Path, part: Part, printed: str) -> Iterator[Discrepancy]:
    # The clause's own number, or that of the item, is none of its figures.
    text, lead = part.passage.text, part.lead.removeprefix(printed)
    own = text.removeprefix(printed) if part.item is None else ITEM_MARK.sub("", text)
    found = figures(f"{lead}。{own}")
    for one in stated(criterion, found):
        if not one.stands:
            what = Words(
                f"{criterion.id}：basis.threshold 写作 source，{one.shown} 却不是 {part.name} 里的数",
                f"{criterion.id}: basis.threshold is source, yet {one.shown} is no number of {part.name}",
            )
            mend = Words("照原文改数；是我们定的，写 editorial", "use the text's number, or say editorial")
            yield Discrepancy(
                "figure_not_in_clause",
                "error",
                "ruleset",
                (*path, "basis"),
                what,
                mend,
                criterion.id,
                part.name,
            )
