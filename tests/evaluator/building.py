"""Short YAML in, engine objects out: so that each test shows its whole input.

The catalogue below is the only thing that the tests do not show themselves.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from textwrap import dedent
from typing import Any

from pydantic import TypeAdapter

from evaluator.assessment import Assessed, assess
from evaluator.canonical import plain_data
from evaluator.cases import Given, submission_of
from evaluator.catalogue import Catalogue
from evaluator.checks import Check
from evaluator.crediting import Context
from evaluator.evaluate import Judgement, Verdict, program
from evaluator.facts import Facts, facts_of
from evaluator.finding import Finding, Interval, Window
from evaluator.reading import read_yaml
from evaluator.ruleset import Criterion, Ruleset
from evaluator.score import Result, score
from evaluator.submission import Period, Submission
from evaluator.wording import Wording

CATALOGUE_TEXT = """\
catalogue: 1
counts:
  buildings: {label: {zh: 楼组总数, en: Buildings}, unit: {zh: 个, en: buildings}, help: {zh: 总数}, subjects: [community]}
  model_buildings:
    {label: {zh: 文明楼组数, en: Model buildings}, unit: {zh: 个, en: buildings}, help: {zh: 部分}, subjects: [community],
     at_most: [buildings], action: {zh: "再创建 {n} 个楼组", en: "create {n} more model buildings"}}
  visits: {label: {zh: 走访次数, en: Visits}, unit: {zh: 次, en: visits}, help: {zh: 次数}, subjects: [community]}
  incidents: {label: {zh: 事件数, en: Incidents}, unit: {zh: 起, en: incidents}, help: {zh: 起数}, subjects: [community]}
  budget:
    {label: {zh: 经费, en: Budget}, unit: {zh: 万元, en: ten thousand yuan}, help: {zh: 可有小数}, subjects: [community],
     whole_number: false}
  area: {label: {zh: 面积, en: Area}, unit: {zh: 平方米, en: square metres}, help: {zh: 可有小数}, subjects: [community],
     whole_number: false}
events:
  meeting: {label: {zh: 会议, en: Meeting}, help: {zh: 例会}, subjects: [community], held_by: community}
  training:
    {label: {zh: 培训, en: Training}, help: {zh: 培训}, subjects: [community], held_by: community,
     action: {zh: "再办 {n} 期培训", en: "hold {n} more trainings"}}
documents:
  plan:
    {label: {zh: 年度计划, en: Yearly plan}, help: {zh: 每年一份}, subjects: [community], issued_by: community, valid: year,
     parts: {goals: {zh: 目标, en: goals}, tasks: {zh: 任务, en: tasks}}}
  rules: {label: {zh: 制度, en: Rules}, help: {zh: 长期有效}, subjects: [community], issued_by: community, valid: until_replaced}
  permit: {label: {zh: 许可, en: Permit}, help: {zh: 写明期限}, subjects: [community], issued_by: district, valid: dated}
statements:
  desk: {label: {zh: 设有受理点, en: Affairs desk}, help: {zh: 是或否}, subjects: [community]}
  hotline: {label: {zh: 开通热线, en: Hotline}, help: {zh: 是或否}, subjects: [community], public_telephone: true}
units:
  quarter: {label: {zh: 小区, en: Quarter}, help: {zh: 一个小区一行}}
"""

HEAD = """\
ruleset: trial
version: "1.0.0"
title: {zh: 试验, en: Trial}
subject: [community]
standard: {title: 试验标准, issuer: null, issued: null}
effective: {from: "2010-01-01", basis: editorial}
period: {months: 12}
"""

SCORING = """\
model: points
grades:
  - {id: model, title: {zh: 示范, en: Model}, at_least: "90", basis: editorial}
  - {id: rectify, title: {zh: 整改, en: Rectify}, at_least: "60", basis: editorial}
  - {id: not_ready, title: {zh: 暂不具备, en: Not ready}, at_least: "0", basis: editorial}
pass: model
bonus: {cap: "5"}
"""


@lru_cache(maxsize=4096)
def _data(text: str) -> Any:
    return read_yaml(dedent(text), "test.yaml").data


def data(text: str) -> Any:
    """YAML text as plain data."""
    return _data(text)


CATALOGUE = Catalogue.model_validate(data(CATALOGUE_TEXT))
WORDING = Wording(CATALOGUE, {})
_CHECK: TypeAdapter[Check] = TypeAdapter(Check)


def check_of(text: str) -> Check:
    """``{kind: …}`` as a check."""
    return _CHECK.validate_python(data(text))


def period_of(text: str) -> Period:
    """``2025-01-01/2025-12-31`` as a period."""
    start, end = text.split("/")
    return Period.model_validate({"from": start, "to": end})


def submission(
    given: str = "{}", period: str = "2025-01-01/2025-12-31", catalogue: Catalogue = CATALOGUE
) -> Submission:
    """What a case's ``given`` submits."""
    return submission_of(Given.model_validate(data(given)), period_of(period), ruleset("[]"))


def facts(
    given: str = "{}",
    stage: str = "inspection",
    period: str = "2025-01-01/2025-12-31",
    as_of: str | None = None,
) -> Facts:
    """What is known from a case's ``given``."""
    sent = submission(given, period)
    day = date.fromisoformat(as_of) if as_of else sent.period.to
    return facts_of(sent, day, stage, Given.model_validate(data(given)).ratings)  # type: ignore[arg-type]


def judge(
    check: str,
    given: str = "{}",
    stage: str = "inspection",
    period: str = "2025-01-01/2025-12-31",
    as_of: str | None = None,
    **context: Any,
) -> Finding:
    """What ``check`` finds in ``given``."""
    span = period_of(period).span
    whole = Context(span, span.end, CATALOGUE, criterion="c1")._replace(**context)
    return check_of(check).compile(whole)(facts(given, stage, period, as_of))


def credit(check: str, given: str = "{}", **more: Any) -> str:
    """The credit as text: ``1``, ``3/4``, ``[1/2, 1]``, or ``n/a``."""
    return shown(judge(check, given, **more).credit)


def shown(interval: Interval | None) -> str:
    """An interval as text: one number where both ends are the same."""
    if interval is None:
        return "n/a"
    floor, ceiling = interval
    return str(floor) if floor == ceiling else f"[{floor}, {ceiling}]"


def states(windows: tuple[Window, ...]) -> str:
    """The states of windows: ``met missed open``."""
    return " ".join(window.state for window in windows)


def criterion(text: str) -> dict[str, Any]:
    """A criterion from its telling keys; the others are filled in."""
    return {
        "clause": "1",
        "anchors": ["词"],
        "title": {"zh": "标题", "en": "Title"},
        "requirement": {"zh": "要求"},
        "level": "must",
        "points": "1",
        "basis": {"threshold": "source", "points": "editorial", "level": "editorial", "veto": "editorial"},
        "duty_of": ["community"],
        "method": "documents",
        "remedy": {"zh": "办法"},
        **data(text),
    }


def section(name: str, criteria: list[dict[str, Any]], cap: str | None = None) -> dict[str, Any]:
    """A section of ``criteria``."""
    return {"id": name, "title": {"zh": "类目", "en": "Section"}, "cap": cap, "criteria": criteria}


def ruleset(criteria: str, scoring: str = "", caps: str = "{}") -> Ruleset:
    """A ruleset of ``criteria`` (a YAML list of their telling keys); each goes to its ``section`` (default ``s``).

    ``scoring`` overrides keys of ``SCORING``; ``caps`` gives sections their caps.
    """
    sections: dict[str, list[dict[str, Any]]] = {}
    for position, one in enumerate(data(criteria), 1):
        telling = dict(one)
        name = telling.pop("section", "s")
        whole = {**criterion("{}"), "id": f"c{position}", **telling}
        sections.setdefault(name, []).append(whole)
    limits = data(caps)
    whole_scoring = {**data(SCORING), **(data(scoring) or {} if scoring else {})}
    return Ruleset.model_validate(
        {
            **data(HEAD),
            "scoring": {key: value for key, value in whole_scoring.items() if value is not None},
            "sections": [section(name, found, limits.get(name)) for name, found in sections.items()],
        }
    )


def judgement(
    rules: Ruleset,
    given: str = "{}",
    stage: str = "inspection",
    period: str = "2025-01-01/2025-12-31",
    as_of: str | None = None,
) -> Judgement:
    """The verdicts of ``rules`` on ``given``."""
    return program(rules, CATALOGUE, period_of(period).span).judge(facts(given, stage, period, as_of))


def verdicts(criteria: str, given: str = "{}", **more: Any) -> dict[str, Verdict]:
    """The verdicts by criterion."""
    found = judgement(ruleset(criteria), given, **more)
    return {verdict.criterion.id: verdict for verdict in found.verdicts}


def verdict(criterion_text: str, given: str = "{}", **more: Any) -> Verdict:
    """The verdict of a single criterion."""
    return verdicts(f"[{criterion_text}]", given, **more)["c1"]


def result(criteria: str, given: str = "{}", scoring: str = "", caps: str = "{}", **more: Any) -> Result:
    """The score of ``criteria`` on ``given``."""
    rules = ruleset(criteria, scoring, caps)
    return score(rules, judgement(rules, given, **more))


def assessed(
    criteria: str, given: str = "{}", scoring: str = "", stage: str = "self_check", as_of: str | None = None
) -> Assessed:
    """The assessment of ``criteria`` on ``given``."""
    rules = ruleset(criteria, scoring)
    ratings = Given.model_validate(data(given)).ratings
    day = date.fromisoformat(as_of) if as_of else None
    return assess(rules, CATALOGUE, submission(given), stage=stage, as_of=day, ratings=ratings)  # type: ignore[arg-type]


def submitted(text: str) -> Submission:
    """A submission from its whole YAML, without ``submission``, ``subject`` and ``period``."""
    return Submission.model_validate(
        {
            "submission": 1,
            "subject": {"id": "demo-01", "name": "示例社区", "kind": "community"},
            "period": {"from": "2025-01-01", "to": "2025-12-31"},
            **data(text),
        }
    )


__all__ = [
    "CATALOGUE",
    "CATALOGUE_TEXT",
    "WORDING",
    "Criterion",
    "assessed",
    "check_of",
    "credit",
    "criterion",
    "data",
    "facts",
    "judge",
    "judgement",
    "period_of",
    "plain_data",
    "result",
    "ruleset",
    "shown",
    "states",
    "submission",
    "submitted",
    "verdict",
    "verdicts",
]
