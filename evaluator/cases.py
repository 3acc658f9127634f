"""Worked cases: facts in, outcomes and score out; the form in which policy staff test rules."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BeforeValidator, model_validator

from evaluator.catalogue import Catalogue
from evaluator.entries import Unit
from evaluator.entry_forms import FileName
from evaluator.evaluate import Judgement, Verdict, program
from evaluator.exact import Number, parse_exact, plain
from evaluator.facts import Facts, Stage, facts_of
from evaluator.finding import Interval, Outcome, leaves
from evaluator.model import Identifier, IsoDate, Line, Model, Quantity, Text, Tuple, refusal
from evaluator.ruleset import Ruleset, Scoring
from evaluator.score import Result, earned, score
from evaluator.submission import Period, Previous, Submission


def _share(value: Any) -> Any:
    # Written "3/4", "0.5", "50%" or 1.
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str):
        top, slash, bottom = value.partition("/")
        if slash and top.isdecimal() and bottom.isdecimal() and int(bottom):
            return Fraction(int(top), int(bottom))
        exact = parse_exact(value)
        if exact is not None:
            return exact.value
    raise refusal("bad_share", f"“{str(value)[:20]}”不是数", f"{str(value)[:20]!r} is no number")


Share = Annotated[Any, BeforeValidator(_share, json_schema_input_type=str | int)]


class Range(Model):
    """An interval that is expected."""

    floor: Share
    ceiling: Share


def _range(value: Any) -> Any:
    return (
        {"floor": value, "ceiling": value}
        if isinstance(value, str | int) and not isinstance(value, bool)
        else value
    )


Expected = Annotated[Range, BeforeValidator(_range, json_schema_input_type=str | int | Range)]


def _document(value: Any) -> Any:
    return {"issued": value} if isinstance(value, str) else value


def _statement(value: Any) -> Any:
    return {"value": value} if isinstance(value, bool) else value


class GivenDocument(Model):
    """A document of a case: attached unless ``files`` is empty."""

    issued: IsoDate | None = None
    valid_to: IsoDate | None = None
    contains: Tuple[Identifier] = ()
    files: Tuple[FileName] = ("attachment.pdf",)


class GivenStatement(Model):
    """A statement of a case: supported unless ``files`` is empty."""

    value: bool
    files: Tuple[FileName] = ("photo.jpg",)


class Given(Model):
    """The facts of a case; what is not given is not submitted."""

    counts: dict[Identifier, Quantity] = {}
    previous: Previous = Previous()
    events: dict[Identifier, Tuple[IsoDate]] = {}
    documents: dict[
        Identifier,
        Tuple[
            Annotated[GivenDocument, BeforeValidator(_document, json_schema_input_type=str | GivenDocument)]
        ],
    ] = {}
    statements: dict[
        Identifier,
        Annotated[GivenStatement, BeforeValidator(_statement, json_schema_input_type=bool | GivenStatement)],
    ] = {}
    none: Tuple[Identifier] = ()
    units: dict[Identifier, Tuple[Unit]] = {}
    ratings: dict[Identifier, int] = {}
    attributes: dict[Identifier, Identifier] = {}


class Expect(Model):
    """What a case must come to; only what is written is compared."""

    outcome: Outcome | None = None
    earned: Expected | None = None
    credit: Expected | None = None
    missed: Tuple[Line] | None = None
    shortfall: Share | None = None
    score: Expected | None = None
    grade: Identifier | None = None
    accepted: bool | None = None
    vetoes: Tuple[Identifier] | None = None
    outcomes: dict[Identifier, Outcome] = {}

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise refusal("nothing_expected", "expect 里什么也没写", "a case expects something")
        return self


class Defaults(Model):
    """What every case has unless it says otherwise."""

    stage: Stage = "inspection"
    period: Period | None = None
    as_of: IsoDate | None = None


class Case(Model):
    """One worked case; without ``criterion`` the whole ruleset is scored.

    ``based_on`` names a case further up: what is given there is given here too, unless ``given`` says otherwise.
    """

    name: Line
    based_on: Line | None = None
    criterion: Identifier | None = None
    stage: Stage | None = None
    period: Period | None = None
    as_of: IsoDate | None = None
    given: Given = Given()
    expect: Expect

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        alone = {"outcome", "earned", "credit", "missed", "shortfall"}
        wrong = self.expect.model_fields_set & (
            {"score", "grade", "accepted", "vetoes", "outcomes"} if self.criterion else alone
        )
        if wrong:
            names = ", ".join(sorted(wrong))
            raise refusal(
                "misplaced_expectation",
                f"{names} {'只用于整套规则的用例' if self.criterion else '只用于单个指标的用例'}",
                f"{names}: for a case {'without' if self.criterion else 'with'} a criterion",
            )
        return self


class Unnoticed(Model):
    """A change of the rules that no case can or need notice, as ``rules test --mutate`` names it, and why.

    Without ``criterion`` it is a change of the scoring or of a section.
    """

    criterion: Identifier | None = None
    change: Line
    reason: Text


class CaseFile(Model):
    """``cases.yaml``."""

    format: Literal[1]
    defaults: Defaults = Defaults()
    cases: Tuple[Case]
    unnoticed: Tuple[Unnoticed] = ()

    @model_validator(mode="before")
    @classmethod
    def _given_in_full(cls, value: Any) -> Any:
        cases = value.get("cases") if isinstance(value, dict) else None
        return {**value, "cases": _in_full(cases)} if isinstance(cases, list) else value


def _in_full(cases: list[Any]) -> list[Any]:
    # What is faulty is left as it is, for the types to say so.
    given: dict[Any, dict[str, Any]] = {}
    found: list[Any] = []
    for case in cases:
        own = case.get("given", {}) if isinstance(case, dict) else None
        if not isinstance(own, dict) or not isinstance(case.get("name"), str):
            found.append(case)
            continue
        base = given.get(case["based_on"]) if isinstance(case.get("based_on"), str) else None
        whole = own if base is None else _over(base, own)
        given[case["name"]] = whole
        found.append(case if base is None else {**case, "given": whole})
    return found


def _over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The facts ``own`` over those of ``base``: item by item; what there is none of takes the place of what there was."""
    found = dict(base)
    for kind, items in own.items():
        under = base.get(kind)
        if kind != "none":
            found[kind] = {**under, **items} if isinstance(under, dict) and isinstance(items, dict) else items
    missing, before = own.get("none", []), base.get("none", [])
    if not isinstance(missing, list) or not isinstance(before, list):
        return {**found, "none": missing}
    stated = {name for kind in _TYPED if isinstance(own.get(kind), dict) for name in own[kind]}
    none = [name for name in before if name not in stated]
    found["none"] = [*none, *(name for name in missing if name not in none)]
    for kind in _TYPED:
        if isinstance(found.get(kind), dict):
            found[kind] = {name: one for name, one in found[kind].items() if name not in missing}
    return found


_TYPED = ("events", "documents", "units")


class Difference(NamedTuple):
    """Something that came out otherwise than a case says."""

    what: str
    wanted: str
    got: str


def run(case: Case, defaults: Defaults, ruleset: Ruleset, catalogue: Catalogue) -> tuple[Difference, ...]:
    """Judge ``case`` and list what differs; nothing where it comes out as expected."""
    facts = facts_of_case(case, defaults, ruleset)
    compiled = program(ruleset, catalogue, facts.span)
    if case.criterion is not None:
        return differences_of_one(case.expect, compiled.judge_one(case.criterion, facts), ruleset.scoring)
    judgement = compiled.judge(facts)
    return differences_of_whole(case.expect, judgement, score(ruleset, judgement))


def facts_of_case(case: Case, defaults: Defaults, ruleset: Ruleset) -> Facts:
    """What is known where ``case`` is judged."""
    period = case.period or defaults.period
    assert period is not None, "checked on loading"
    submission = submission_of(case.given, period, ruleset)
    as_of = case.as_of or defaults.as_of or period.to
    return facts_of(submission, as_of, case.stage or defaults.stage, case.given.ratings)


def differences_of_one(expect: Expect, verdict: Verdict, scoring: Scoring) -> tuple[Difference, ...]:
    """What a criterion's ``verdict`` has otherwise than a case expects."""
    return tuple(_differences(expect, verdict, scoring))


def differences_of_whole(expect: Expect, judgement: Judgement, result: Result) -> tuple[Difference, ...]:
    """What the whole ruleset's ``judgement`` and score have otherwise than a case expects."""
    return tuple(_total_differences(expect, judgement, result))


def submission_of(given: Given, period: Period, ruleset: Ruleset) -> Submission:
    """The submission that ``given`` describes, with identifiers in order (E1 …, D1 …, S1 …)."""
    held = [(name, day) for name, days in given.events.items() for day in days]
    papers = [(name, one) for name, several in given.documents.items() for one in several]
    return Submission.model_validate(
        {
            "submission": 1,
            "subject": {
                "id": "case",
                "name": "case",
                "kind": ruleset.subject[0],
                "attributes": given.attributes,
            },
            "period": {"from": period.from_, "to": period.to},
            "counts": given.counts,
            "previous": {"counts": given.previous.counts},
            "events": [{"id": f"E{n}", "type": name, "date": day} for n, (name, day) in enumerate(held, 1)],
            "documents": [
                {
                    "id": f"D{n}",
                    "type": name,
                    "issued": one.issued,
                    "valid_to": one.valid_to,
                    "contains": one.contains,
                    "files": one.files,
                }
                for n, (name, one) in enumerate(papers, 1)
            ],
            "statements": [
                {"id": f"S{n}", "type": name, "value": one.value, "files": one.files}
                for n, (name, one) in enumerate(given.statements.items(), 1)
            ],
            "none": given.none,
            "units": given.units,
        }
    )


def _differences(expect: Expect, verdict: Verdict, scoring: Scoring) -> Iterator[Difference]:
    if expect.outcome is not None and expect.outcome != verdict.outcome:
        yield Difference("outcome", expect.outcome, verdict.outcome)
    if expect.earned is not None:
        yield from _range_differs("earned", expect.earned, earned(verdict, scoring))
    if expect.credit is not None:
        if verdict.credit is None:
            yield Difference("credit", _shown(expect.credit), "not_applicable")
        else:
            yield from _range_differs("credit", expect.credit, verdict.credit)
    ends = [leaf for role, finding in verdict.findings if role != "applies_when" for leaf in leaves(finding)]
    if expect.missed is not None:
        missed = [f"{one.start}/{one.end}" for leaf in ends for one in leaf.windows if one.state == "missed"]
        if missed != list(expect.missed):
            yield Difference("missed", ", ".join(expect.missed), ", ".join(missed))
    if expect.shortfall is not None:
        amounts = [leaf.shortfall.amount for leaf in ends if leaf.shortfall is not None]
        if expect.shortfall not in amounts:
            yield Difference(
                "shortfall", plain(expect.shortfall), ", ".join(plain(one) for one in amounts) or "–"
            )


def _total_differences(expect: Expect, judgement: Judgement, result: Result) -> Iterator[Difference]:
    if expect.score is not None:
        if result.score is None:
            yield Difference("score", _shown(expect.score), "null")
        else:
            yield from _range_differs("score", expect.score, result.score.score)
    stated = expect.model_fields_set
    if "grade" in stated and expect.grade != result.grade:
        yield Difference("grade", str(expect.grade), str(result.grade))
    if "accepted" in stated and expect.accepted != result.accepted:
        yield Difference("accepted", str(expect.accepted), str(result.accepted))
    if expect.vetoes is not None and set(expect.vetoes) != set(result.vetoes):
        yield Difference("vetoes", ", ".join(expect.vetoes), ", ".join(result.vetoes))
    outcomes = {verdict.criterion.id: verdict.outcome for verdict in judgement.verdicts}
    for name, wanted in expect.outcomes.items():
        if outcomes.get(name) != wanted:
            yield Difference(name, wanted, outcomes.get(name, "–"))


def _range_differs(what: str, wanted: Range, got: Interval) -> Iterator[Difference]:
    if what == "score":
        # Written with two places in the file; the exact fraction may have more.
        same = all(_near(a, b) for a, b in ((wanted.floor, got.floor), (wanted.ceiling, got.ceiling)))
    else:
        same = (wanted.floor, wanted.ceiling) == (got.floor, got.ceiling)
    if not same:
        yield Difference(what, _shown(wanted), _interval_text(got.floor, got.ceiling))


def _near(wanted: Number, got: Number) -> bool:
    return wanted == got or plain(wanted) == plain(got)


def _shown(wanted: Range) -> str:
    return _interval_text(wanted.floor, wanted.ceiling)


def _interval_text(floor: Number, ceiling: Number) -> str:
    return str(floor) if floor == ceiling else f"[{floor}, {ceiling}]"
