"""The cases of a ruleset, judged once and kept: what each came to, and what it has otherwise than it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from evaluator.cases import (
    Case,
    CaseFile,
    Difference,
    differences_of_one,
    differences_of_whole,
    facts_of_case,
)
from evaluator.catalogue import Catalogue
from evaluator.checking import case_faults, ruleset_faults
from evaluator.evaluate import Judgement, Program, Verdict, program
from evaluator.facts import Facts
from evaluator.ruleset import Ruleset
from evaluator.score import Result, score


class Ran(NamedTuple):
    """One case, the ``number``-th (from 0) of its file, as it came out.

    ``verdicts`` are those that were judged: of the criterion and what it requires, or of all criteria; ``result`` is the score
    of a case of the whole ruleset.
    """

    number: int
    case: Case
    facts: Facts
    verdicts: Mapping[str, Verdict]
    result: Result | None
    differences: tuple[Difference, ...]
    judgement: Judgement | None = None


def usable(ruleset: Ruleset | None, catalogue: Catalogue | None, cases: CaseFile | None) -> bool:
    """Whether ``cases`` can be judged: all three are whole, and name nothing that there is not."""
    if ruleset is None or catalogue is None or cases is None:
        return False
    return not any(ruleset_faults(ruleset, catalogue)) and not any(case_faults(ruleset, cases, catalogue))


def ran(cases: CaseFile, ruleset: Ruleset, catalogue: Catalogue) -> tuple[Ran, ...]:
    """Every case of ``cases``, judged by ``ruleset``."""
    found = []
    orders: dict[str, tuple[str, ...]] = {}
    for number, case in enumerate(cases.cases):
        facts = facts_of_case(case, cases.defaults, ruleset)
        compiled = program(ruleset, catalogue, facts.span)
        if case.criterion is None:
            found.append(_whole(number, case, facts, compiled))
            continue
        if case.criterion not in orders:
            wanted = compiled.prerequisites(case.criterion)
            orders[case.criterion] = tuple(name for name in compiled.order if name in wanted)
        verdicts = compiled.judge_again(orders[case.criterion], facts, {})
        differs = differences_of_one(case.expect, verdicts[case.criterion], ruleset.scoring)
        found.append(Ran(number, case, facts, verdicts, None, differs))
    return tuple(found)


def _whole(number: int, case: Case, facts: Facts, compiled: Program) -> Ran:
    judgement = compiled.judge(facts)
    result = score(compiled.ruleset, judgement)
    verdicts = {one.criterion.id: one for one in judgement.verdicts}
    differs = differences_of_whole(case.expect, judgement, result)
    return Ran(number, case, facts, verdicts, result, differs, judgement)


def differs_now(one: Ran, compiled: Program, names: Iterable[str]) -> bool:
    """Whether a case comes out otherwise than it says where the criteria ``names`` are judged anew, by ``compiled``."""
    verdicts = compiled.judge_again(
        (name for name in names if name in one.verdicts), one.facts, dict(one.verdicts)
    )
    if one.case.criterion is not None:
        scoring = compiled.ruleset.scoring
        return bool(differences_of_one(one.case.expect, verdicts[one.case.criterion], scoring))
    assert one.judgement is not None
    judgement = one.judgement._replace(
        verdicts=tuple(verdicts[v.criterion.id] for v in one.judgement.verdicts)
    )
    return bool(differences_of_whole(one.case.expect, judgement, score(compiled.ruleset, judgement)))


def judged_otherwise(one: Ran, compiled: Program) -> bool:
    """Whether a case comes out otherwise than it says where everything is judged anew, by ``compiled``."""
    if one.case.criterion is not None:
        return differs_now(one, compiled, compiled.order)
    judgement = compiled.judge(one.facts)
    return bool(differences_of_whole(one.case.expect, judgement, score(compiled.ruleset, judgement)))


def scored_otherwise(one: Ran, ruleset: Ruleset) -> bool:
    """Whether a case comes out otherwise than it says where ``ruleset`` only scores otherwise."""
    if one.case.criterion is not None:
        verdict = one.verdicts[one.case.criterion]
        return bool(differences_of_one(one.case.expect, verdict, ruleset.scoring))
    assert one.judgement is not None
    return bool(differences_of_whole(one.case.expect, one.judgement, score(ruleset, one.judgement)))
