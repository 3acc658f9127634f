"""The faults of a ruleset that its types alone cannot show: references, clauses, cases. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from evaluator.catalogue import Catalogue, CountItem, DocumentItem, EventItem, StatementItem
from evaluator.checks import Check
from evaluator.checks.cadence import Cadence
from evaluator.checks.document import DocumentCheck
from evaluator.checks.group import Group
from evaluator.checks.lateness import Lateness
from evaluator.checks.quantity import Quantity
from evaluator.checks.ratio import Ratio
from evaluator.checks.statement import StatementCheck
from evaluator.crediting import COMPARISONS, Graded
from evaluator.deductions import Deduction
from evaluator.errors import Fault, Words, did_you_mean
from evaluator.exact import Exact
from evaluator.model import Use
from evaluator.ruleset import Clauses, Criterion, Path, Ruleset
from evaluator.superseding import superseding_faults

if TYPE_CHECKING:
    from evaluator.cases import CaseFile, Given


KIND_WORDS = {
    "counts": Words("数据项", "count"),
    "previous": Words("数据项", "count"),
    "events": Words("活动类型", "event type"),
    "documents": Words("文件类型", "document type"),
    "statements": Words("事项", "statement"),
    "units": Words("单元类型", "kind of unit"),
}


def ruleset_faults(ruleset: Ruleset, catalogue: Catalogue) -> Iterator[Fault]:
    """Faults inside ``ruleset.yaml``: identifiers, references, prerequisites, steps."""
    yield from _repeated((section.id, ("sections", s, "id")) for s, section in enumerate(ruleset.sections))
    yield from _repeated((criterion.id, (*path, "id")) for path, _, criterion in ruleset.criteria())
    grades = enumerate(ruleset.scoring.grades)
    yield from _repeated((grade.id, ("scoring", "grades", n, "id")) for n, grade in grades)
    yield from _head(ruleset)
    yield from _percentages(ruleset)
    known = ruleset.by_id()
    needed = {name for criterion in known.values() for name in criterion.requires}
    for path, _, criterion in ruleset.criteria():
        for use in criterion.uses():
            yield from _use(use, path, ruleset, catalogue)
        for where, check in criterion.checks():
            inside = where[0] in ("applies_when", "deduct")
            yield from _check(check, (*path, *where), catalogue, criterion, inside=inside)
        for n, name in enumerate(criterion.requires):
            if name not in known:
                what = Words(f"前提指标 {name} 不存在", f"the required criterion {name} does not exist")
                yield Fault("unknown_criterion", (*path, "requires", n), what, did_you_mean(name, known))
        if criterion.basis.threshold is None and any(_has_number(check) for _, check in criterion.checks()):
            what = Words("有阈值，但没有写 basis.threshold", "a threshold without basis.threshold")
            mend = Words("写明 source（标准原文）或 editorial（我们所定）", "say source or editorial")
            yield Fault("basis_missing", (*path, "basis"), what, mend)
        yield from _dated(criterion, path, ruleset)
        if not criterion.points.value and not criterion.veto and criterion.id not in needed:
            what = Words(
                "分值为 0，又不是一票否决，也不是谁的前提",
                "it has no points, is no veto and nothing requires it",
            )
            yield Fault(
                "idle_points",
                (*path, "points"),
                what,
                Words("写分值，或删去这项", "give it points, or leave it out"),
            )
    yield from _circles(ruleset)
    yield from _grades_left(ruleset)
    yield from superseding_faults(ruleset)
    for place, _, line in ruleset.taken():
        for use in line.own_uses():
            yield from _use(use, place, ruleset, catalogue)
        for where, check in line.checks():
            for use in check.uses():
                yield from _use(use._replace(path=(*where, *use.path)), place, ruleset, catalogue)
            yield from _check(check, (*place, *where), catalogue, None, inside=True)


def _head(ruleset: Ruleset) -> Iterator[Fault]:
    if not ruleset.subject:
        what = Words("subject 为空，没有单位可评", "subject is empty: nobody is judged")
        yield Fault("empty_list", ("subject",), what, Words("写明评哪一类单位", "say who is judged"))
    effective = ruleset.effective
    if effective.to is not None and effective.to < effective.from_:
        what = Words("适用时间的止日早于起日", "the time in force ends before it begins")
        yield Fault(
            "reversed_effect", ("effective", "to"), what, Words("对调 from 与 to", "exchange from and to")
        )


def _percentages(ruleset: Ruleset) -> Iterator[Fault]:
    # "90%" would be read as nine tenths of a point.
    scoring = ruleset.scoring
    stated: list[tuple[Path, object]] = [(("scoring", "total"), scoring.total)]
    stated.extend(
        (("scoring", "grades", n, "at_least"), grade.at_least) for n, grade in enumerate(scoring.grades)
    )
    if scoring.bonus is not None:
        stated.append((("scoring", "bonus", "cap"), scoring.bonus.cap))
    if scoring.deductions is not None:
        stated.append((("scoring", "deductions", "cap"), scoring.deductions.cap))
    for path, _, line in ruleset.taken():
        stated += [((*path, "lose"), line.lose), ((*path, "cap"), line.cap)]
    stated.extend((("sections", n, "cap"), section.cap) for n, section in enumerate(ruleset.sections))
    for path, _, criterion in ruleset.criteria():
        stated.extend(_losses(criterion.deduct or (), (*path, "deduct")))
        for n, one in enumerate(criterion.earn or ()):
            stated.append(((*path, "earn", n, "cap"), one.cap))
        best = enumerate(criterion.best_of or ())
        stated.extend(((*path, "best_of", n, "points"), one.points) for n, one in best)
    for path, exact in stated:
        if isinstance(exact, Exact) and exact.percent:
            what = Words(f"这里写分数，不写百分比：{exact}", f"points are not a percentage: {exact}")
            yield Fault("percent_of_score", path, what, Words("去掉 %", "drop the %"))


def _losses(lines: Iterable[Deduction], path: Path) -> Iterator[tuple[Path, object]]:
    for n, line in enumerate(lines):
        yield (*path, n, "lose"), line.lose
        yield (*path, n, "cap"), line.cap


def _repeated(ids: Iterable[tuple[str, Path]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for name, path in ids:
        if name in seen:
            what = Words(f"标识 {name} 重复", f"the identifier {name} stands twice")
            yield Fault("repeated_id", path, what, Words("改用没有用过的标识", "use a new one"))
        seen.add(name)


def _use(use: Use, path: Path, ruleset: Ruleset, catalogue: Catalogue) -> Iterator[Fault]:
    kind = "counts" if use.kind == "previous" else use.kind
    items, words = catalogue.items(kind), KIND_WORDS[use.kind]
    where = (*path, *use.path)
    if use.id not in items:
        other = catalogue.kind_of(use.id)
        what = Words(f"目录中没有{words.zh} {use.id}", f"the catalogue has no {words.en} {use.id}")
        if other is not None:
            mend = Words(
                f"{use.id} 是{KIND_WORDS[other].zh}", f"{use.id} is declared as {KIND_WORDS[other].en}"
            )
        else:
            mend = did_you_mean(use.id, items)
        yield Fault("unknown_item", where, what, mend)
        return
    item = items[use.id]
    if item.retired is not None:
        what = Words(f"{words.zh} {use.id} 已停用", f"the {words.en} {use.id} is retired")
        yield Fault("retired_item", where, what)
    if isinstance(item, CountItem | EventItem | DocumentItem | StatementItem):
        absent = [kind for kind in ruleset.subject if kind not in item.subjects]
        if absent:
            what = Words(
                f"{words.zh} {use.id} 不由 {'、'.join(absent)} 填报",
                f"the {words.en} {use.id} is not for {', '.join(absent)}",
            )
            mend = Words("在目录的 subjects 中加上", "add it to the item's subjects")
            yield Fault("item_not_for_subject", where, what, mend)


def _check(
    check: Check,
    path: Path,
    catalogue: Catalogue,
    criterion: Criterion | None,
    *,
    inside: bool,
    unit: bool = False,
) -> Iterator[Fault]:
    if isinstance(check, DocumentCheck):
        item = catalogue.documents.get(check.documents)
        for n, part in enumerate(check.contains if item is not None else ()):
            if item is not None and part not in item.parts:
                what = Words(
                    f"文件 {check.documents} 没有内容 {part}",
                    f"the document {check.documents} has no part {part}",
                )
                yield Fault("unknown_part", (*path, "contains", n), what, did_you_mean(part, item.parts))
    if isinstance(check, Graded) and check.steps:
        for n, step in enumerate(check.steps):
            if step.points is None:
                continue
            if inside or criterion is None:
                what = Words("这里的分档只能写 credit", "a step here states credit, not points")
                yield Fault("step_points", (*path, "steps", n, "points"), what)
            elif step.points.value > criterion.points.value:
                what = Words("分档得分超过指标分值", "a step earns more than the criterion's points")
                yield Fault("step_points", (*path, "steps", n, "points"), what)
    if (
        unit
        and not isinstance(check, Ratio | StatementCheck | Group)
        and not (isinstance(check, Quantity) and check.count)
    ):
        what = Words("单元内只能检查数据项和事项", "inside a unit only counts and statements can be checked")
        yield Fault("not_in_unit", (*path, "kind"), what)
    if isinstance(check, Group):
        for where, member in check.members():
            inner = unit or check.each is not None
            yield from _check(member, (*path, *where), catalogue, criterion, inside=True, unit=inner)


def _has_number(check: Check) -> bool:
    if isinstance(check, Group):
        return any(_has_number(member) for _, member in check.members())
    if isinstance(check, DocumentCheck):
        return check.issued_by is not None
    return isinstance(check, Ratio | Quantity | Cadence | Lateness)


def _dated(criterion: Criterion, path: Path, ruleset: Ruleset) -> Iterator[Fault]:
    start = ruleset.effective.from_
    for where, check in criterion.checks():
        for inner, threshold in _thresholds(check):
            if isinstance(threshold, dict) and min(threshold) > start:
                zh = f"分日期的阈值最早为 {min(threshold)}，晚于规则集生效日 {start}"
                en = f"the earliest dated threshold, {min(threshold)}, is later than the ruleset's start, {start}"
                mend = Words("补上生效日起的阈值", "add the value in force from the start")
                yield Fault("late_threshold", (*path, *where, *inner), Words(zh, en), mend)


def _thresholds(check: Check) -> Iterator[tuple[Path, object]]:
    if isinstance(check, Group):
        for where, member in check.members():
            for inner, threshold in _thresholds(member):
                yield (*where, *inner), threshold
    for name in COMPARISONS:
        yield (name,), getattr(check, name, None)


def _grades_left(ruleset: Ruleset) -> Iterator[Fault]:
    grades = {grade.id: n for n, grade in enumerate(ruleset.scoring.grades)}
    for path, _, criterion in ruleset.criteria():
        name = criterion.veto_grade
        if name is not None and name not in grades:
            what = Words(f"veto_grade 所写的等级 {name} 不存在", f"veto_grade names an unknown grade {name}")
            yield Fault("unknown_grade", (*path, "veto_grade"), what, did_you_mean(name, grades))
        elif name is not None and not grades[name]:
            what = Words(
                f"{name} 已是最高等级，这项一票否决不起作用",
                f"{name} is the best grade: this veto has no effect",
            )
            mend = Words("写低一些的等级", "name a lower grade")
            yield Fault("idle_veto_grade", (*path, "veto_grade"), what, mend)


def _circles(ruleset: Ruleset) -> Iterator[Fault]:
    requires = {criterion.id: criterion.requires for _, _, criterion in ruleset.criteria()}
    for path, _, criterion in ruleset.criteria():
        seen, queue = set[str](), list(criterion.requires)
        while queue:
            name = queue.pop()
            if name in seen:
                continue
            seen.add(name)
            queue.extend(requires.get(name, ()))
        if criterion.id in seen:
            what = Words(
                f"{criterion.id} 的前提绕回了自身", f"the prerequisites of {criterion.id} lead back to it"
            )
            yield Fault(
                "circle", (*path, "requires"), what, Words("删去其中一个 requires", "leave one of them out")
            )


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
            yield Fault("unknown_clause", (*path, "clause"), what, did_you_mean(criterion.clause, known))
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


def clause_faults(ruleset: Ruleset, clauses: Clauses) -> Iterator[Fault]:
    """Normative clauses that are neither cited nor explained, and clauses that stand twice (paths in ``clauses.yaml``)."""
    yield from _repeated((one.id, ("clauses", n, "id")) for n, one in enumerate(clauses.clauses))
    cited = {(criterion.clause, criterion.item) for _, _, criterion in ruleset.criteria()}
    for n, clause in enumerate(clauses.clauses):
        if not clause.normative or clause.not_assessed is not None:
            if any(name == clause.id for name, _ in cited):
                what = Words(
                    f"条款 {clause.id} 写明不评价，却被指标引用",
                    f"clause {clause.id} is not assessed, yet cited",
                )
                yield Fault("cited_yet_excused", ("clauses", n), what)
            continue
        if not clause.items and (clause.id, None) not in cited:
            yield _uncited(clause.id, ("clauses", n))
        for m, item in enumerate(clause.items):
            if item.normative and item.not_assessed is None and (clause.id, item.item) not in cited:
                yield _uncited(f"{clause.id} {item.item}", ("clauses", n, "items", m))


def _uncited(name: str, path: Path) -> Fault:
    what = Words(f"条款 {name} 没有指标引用", f"no criterion cites clause {name}")
    return Fault(
        "uncited_clause",
        path,
        what,
        Words("补充指标，或写 not_assessed 说明原因", "add a criterion, or say not_assessed"),
    )


def case_faults(ruleset: Ruleset, cases: CaseFile, catalogue: Catalogue) -> Iterator[Fault]:
    """Cases of unknown criteria or items, cases of one name, cases without a period (paths in ``cases.yaml``)."""
    known = ruleset.by_id()
    yield from _repeated((one.name, ("cases", n, "name")) for n, one in enumerate(cases.cases))
    for n, case in enumerate(cases.cases):
        path: Path = ("cases", n)
        for name in (case.criterion, *case.given.ratings, *case.expect.outcomes):
            if name is not None and name not in known:
                what = Words(f"指标 {name} 不存在", f"there is no criterion {name}")
                yield Fault("unknown_criterion", (*path, "criterion"), what, did_you_mean(name, known))
        if case.period is None and cases.defaults.period is None:
            what = Words("没有写评估期", "the case has no period")
            yield Fault("no_period", path, what, Words("在 defaults 中写 period", "write period in defaults"))
        above = [one.name for one in cases.cases[:n]]
        if case.based_on is not None and case.based_on not in above:
            what = Words(f"前面没有用例“{case.based_on}”", f"no case further up is called {case.based_on!r}")
            yield Fault("unknown_case", (*path, "based_on"), what, did_you_mean(case.based_on, above))
        yield from _given(case.given, (*path, "given"), catalogue)
    for n, reason in enumerate(cases.unnoticed):
        if reason.criterion is not None and reason.criterion not in known:
            what = Words(f"指标 {reason.criterion} 不存在", f"there is no criterion {reason.criterion}")
            mend = did_you_mean(reason.criterion, known)
            yield Fault("unknown_criterion", ("unnoticed", n, "criterion"), what, mend)


def _given(given: Given, path: Path, catalogue: Catalogue) -> Iterator[Fault]:
    types = {**catalogue.events, **catalogue.documents, **catalogue.units}
    named: list[tuple[str, Path, Iterable[str], Mapping[str, object]]] = [
        ("counts", ("counts",), given.counts, catalogue.counts),
        ("counts", ("previous", "counts"), given.previous.counts, catalogue.counts),
        ("events", ("events",), given.events, catalogue.events),
        ("documents", ("documents",), given.documents, catalogue.documents),
        ("statements", ("statements",), given.statements, catalogue.statements),
        ("units", ("units",), given.units, catalogue.units),
    ]
    for kind, units in given.units.items():
        for n, unit in enumerate(units):
            place: Path = ("units", kind, n)
            named.append(("counts", (*place, "counts"), unit.counts, catalogue.counts))
            named.append(("statements", (*place, "statements"), unit.statements, catalogue.statements))
    for kind, where, names, known in named:
        for name in names:
            if name not in known:
                yield _unknown(KIND_WORDS[kind], name, (*path, *where, name), known)
    for n, name in enumerate(given.none):
        if name not in types:
            yield _unknown(
                Words("活动或文件类型", "type of events or documents"), name, (*path, "none", n), types
            )
    for name, papers in given.documents.items():
        item = catalogue.documents.get(name)
        for n, paper in enumerate(papers):
            for m, part in enumerate(paper.contains):
                if item is not None and part not in item.parts:
                    what = Words(f"文件 {name} 没有内容 {part}", f"the document {name} has no part {part}")
                    where = ("documents", name, n, "contains", m)
                    yield Fault("unknown_part", (*path, *where), what, did_you_mean(part, item.parts))


def _unknown(words: Words, name: str, path: Path, known: Mapping[str, object]) -> Fault:
    what = Words(f"目录中没有{words.zh} {name}", f"the catalogue has no {words.en} {name}")
    return Fault("unknown_item", path, what, did_you_mean(name, known))


def coverage_faults(ruleset: Ruleset, cases: CaseFile) -> Iterator[Fault]:
    """Criteria without a case that satisfies them, or without one that does not (paths in ``ruleset.yaml``)."""
    outcomes: dict[str, set[str]] = {}
    for case in cases.cases:
        if case.criterion is not None and case.expect.outcome is not None:
            outcomes.setdefault(case.criterion, set()).add(case.expect.outcome)
    for path, _, criterion in ruleset.criteria():
        found = outcomes.get(criterion.id, set())
        if "satisfied" not in found:
            what = Words(f"{criterion.id} 没有达标的用例", f"{criterion.id} has no case that satisfies it")
            yield Fault(
                "no_satisfied_case",
                (*path, "id"),
                what,
                Words("在 cases.yaml 中补充", "add one to cases.yaml"),
            )
        if not found & {"not_satisfied", "partly_satisfied"}:
            what = Words(f"{criterion.id} 没有未达标的用例", f"{criterion.id} has no case that fails it")
            yield Fault(
                "no_failing_case", (*path, "id"), what, Words("在 cases.yaml 中补充", "add one to cases.yaml")
            )
