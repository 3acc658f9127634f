"""Worked cases against the ruleset and the catalogue, and criteria without them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from evaluator.catalogue import Catalogue
from evaluator.checking.identifiers import repeated
from evaluator.checking.words import KIND_WORDS
from evaluator.errors import Fault, Words, did_you_mean
from evaluator.ruleset import Path, Ruleset

if TYPE_CHECKING:
    from evaluator.cases import CaseFile, Given


def case_faults(ruleset: Ruleset, cases: CaseFile, catalogue: Catalogue) -> Iterator[Fault]:
    """Cases of unknown criteria or items, cases of one name, cases without a period (paths in ``cases.yaml``)."""
    known = ruleset.by_id()
    yield from repeated((one.name, ("cases", n, "name")) for n, one in enumerate(cases.cases))
    yield from _without_period(cases)
    told: dict[str, frozenset[Path]] = {}
    for n, case in enumerate(cases.cases):
        path: Path = ("cases", n)
        named: list[tuple[str, Path]] = [(name, ("given", "ratings", name)) for name in case.given.ratings]
        named += [(name, ("expect", "outcomes", name)) for name in case.expect.outcomes]
        if case.criterion is not None:
            named.append((case.criterion, ("criterion",)))
        for name, where in named:
            if name not in known:
                what = Words(f"指标 {name} 不存在", f"there is no criterion {name}")
                yield Fault("unknown_criterion", (*path, *where), what, did_you_mean(name, known))
        above = [one.name for one in cases.cases[:n]]
        if case.based_on is not None and case.based_on not in above:
            what = Words(f"前面没有用例“{case.based_on}”", f"no case further up is called {case.based_on!r}")
            yield Fault("unknown_case", (*path, "based_on"), what, did_you_mean(case.based_on, above))
        found = {fault.path[2:]: fault for fault in _given(case.given, (*path, "given"), catalogue)}
        # What a case takes from another is told of where it is written.
        inherited = told.get(case.based_on or "", frozenset())
        told[case.name] = frozenset(found)
        yield from (fault for where, fault in found.items() if where not in inherited)
    for n, reason in enumerate(cases.unnoticed):
        if reason.criterion is not None and reason.criterion not in known:
            what = Words(f"指标 {reason.criterion} 不存在", f"there is no criterion {reason.criterion}")
            mend = did_you_mean(reason.criterion, known)
            yield Fault("unknown_criterion", ("unnoticed", n, "criterion"), what, mend)


def _without_period(cases: CaseFile) -> Iterator[Fault]:
    # One line in the defaults mends all of them: it is told once.
    lacking = [n for n, case in enumerate(cases.cases) if case.period is None]
    if lacking and cases.defaults.period is None:
        others = (
            Words("", "")
            if len(lacking) == 1
            else Words(f"，共 {len(lacking)} 个用例如此", f" ({len(lacking)} such cases)")
        )
        what = Words(f"没有写评估期{others.zh}", f"the case has no period{others.en}")
        mend = Words("在 defaults 中写 period", "write period in defaults")
        yield Fault("no_period", ("cases", lacking[0]), what, mend)


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
