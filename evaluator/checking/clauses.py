"""Criteria against ``clauses.yaml``: what cites nothing, and what nothing cites. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from evaluator.checking.identifiers import repeated
from evaluator.errors import Fault, Words, did_you_mean, nearest
from evaluator.ruleset import Clauses, Path, Ruleset


def citation_faults(ruleset: Ruleset, clauses: Clauses) -> Iterator[Fault]:
    """Criteria that cite a clause or item that ``clauses.yaml`` does not have (paths in ``ruleset.yaml``)."""
    known = {clause.id: clause for clause in clauses.clauses}
    for path, _, criterion in ruleset.criteria():
        clause = known.get(criterion.clause)
        if clause is None:
            what = Words(
                f"clauses.yaml 中没有条款 {criterion.clause}",
                f"clauses.yaml has no clause {criterion.clause}",
            )
            yield Fault("unknown_clause", (*path, "clause"), what, _meant(criterion.clause, known))
            continue
        items = {one.item for one in clause.items}
        if criterion.item is None and items:
            what = Words(f"条款 {clause.id} 分项，要写 item", f"clause {clause.id} has items: say which")
            yield Fault("item_missing", (*path, "clause"), what, did_you_mean("", items))
        if criterion.item is not None and criterion.item not in items:
            what = Words(
                f"条款 {clause.id} 没有分项 {criterion.item}",
                f"clause {clause.id} has no item {criterion.item}",
            )
            yield Fault("unknown_item_of_clause", (*path, "item"), what, did_you_mean(criterion.item, items))
        if criterion.printed != clause.printed:
            what = Words("印刷编号与 clauses.yaml 不一致", "the printed number differs from clauses.yaml")
            yield Fault("printed_number", (*path, "clause"), what)


def _meant(number: str, known: Iterable[str]) -> Words:
    # 七（一） and 七(一) look alike.
    plain = {_plain(one): one for one in known}
    alike = plain.get(_plain(number))
    if alike is not None:
        return Words(
            f"写成 {alike}，括号和数字的全角、半角要一样",
            f"write {alike}: the same width of brackets and digits",
        )
    near = nearest(number, plain.values())
    if near is None:
        return Words("核对条款号，或在 clauses.yaml 中补上", "check the number, or add it to clauses.yaml")
    return Words(f"是否想写 {near}", f"did you mean {near}?")


def _plain(number: str) -> str:
    return unicodedata.normalize("NFKC", number)


def clause_faults(ruleset: Ruleset, clauses: Clauses) -> Iterator[Fault]:
    """Normative clauses that are neither cited nor explained, and clauses that stand twice (paths in ``clauses.yaml``)."""
    yield from repeated((one.id, ("clauses", n, "id")) for n, one in enumerate(clauses.clauses))
    # One that is cited in brackets of another width is told where it is cited.
    cited = {(_plain(criterion.clause), criterion.item) for _, _, criterion in ruleset.criteria()}
    for n, clause in enumerate(clauses.clauses):
        if not clause.normative or clause.not_assessed is not None:
            if any(name == _plain(clause.id) for name, _ in cited):
                what = Words(
                    f"条款 {clause.id} 写明不评价，却被指标引用",
                    f"clause {clause.id} is not assessed, yet cited",
                )
                yield Fault("cited_yet_excused", ("clauses", n), what)
            continue
        if not clause.items and (_plain(clause.id), None) not in cited:
            yield _uncited(clause.id, ("clauses", n))
        for m, item in enumerate(clause.items):
            if item.normative and item.not_assessed is None and (_plain(clause.id), item.item) not in cited:
                yield _uncited(f"{clause.id} {item.item}", ("clauses", n, "items", m))


def _uncited(name: str, path: Path) -> Fault:
    what = Words(f"条款 {name} 没有指标引用", f"no criterion cites clause {name}")
    return Fault(
        "uncited_clause",
        path,
        what,
        Words("补充指标，或写 not_assessed 说明原因", "add a criterion, or say not_assessed"),
    )
