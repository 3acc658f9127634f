"""A ruleset of so many criteria on the shared catalogue, with its clauses and cases: sound, as varied as the built-in ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evaluator.catalogue import Catalogue


class Made(NamedTuple):
    """One criterion: what it checks, and facts that satisfy it and that do not."""

    check: str
    number: bool
    good: str
    bad: str


HEAD = """ruleset: {id}
version: "1.0.0"
title: {{zh: 量测用规则, en: Rules to measure with}}
subject: [community]
standard: {{title: 量测用标准, issuer: null, issued: null}}
effective: {{from: "2011-01-01", to: null, basis: editorial}}
period: {{months: 12}}
scoring:
  model: points
  grades:
    - {{id: model, title: {{zh: 示范, en: Model}}, at_least: "90", basis: editorial}}
    - {{id: not_ready, title: {{zh: 暂不具备, en: Not ready}}, at_least: "0", basis: editorial}}
  pass: model
sections:
"""
SECTION = """  - id: part-{n}
    title: {{zh: 第{n}部分, en: Part {n}}}
    criteria:
"""
CRITERION = """      - id: large-{n}
        clause: "{n}"
        anchors: [要点{n}, 台账]
        title: {{zh: 第{n}项工作按要求开展, en: Work number {n} is done as required}}
        requirement: {{zh: 第{n}项工作有人负责、有计划、有记录，记录能够说明做了什么、什么时候做的}}
        level: must
        points: "2"
        basis: {{{threshold}points: editorial, level: source}}
        duty_of: [community]
        method: documents
        check: {check}
        remedy: {{zh: 由社区安排第{n}项工作，印发通知，留存照片、纪要和签到表之外的记录}}
"""
CASES = """format: 1
defaults: {stage: inspection, period: {from: "2025-01-01", to: "2025-12-31"}}
cases:
"""
CASE = """  - name: 第{n}项：{what}
    criterion: large-{n}
    given: {given}
    expect: {{outcome: {outcome}}}
"""


def _made(catalogue: Catalogue) -> Iterator[Made]:
    for name, item in catalogue.documents.items():
        if "community" in item.subjects and item.retired is None:
            parts = ", ".join(list(item.parts)[:3])
            paper = f'{{issued: "2025-03-01", valid_to: "2026-03-01", contains: [{parts}]}}'
            check = f"{{kind: document, documents: {name}, state: in_force, contains: [{parts}]}}"
            yield Made(check, False, f"{{documents: {{{name}: [{paper}]}}}}", f"{{none: [{name}]}}")
    for name, event in catalogue.events.items():
        if "community" in event.subjects and event.retired is None:
            held = f'{{events: {{{name}: ["2025-02-01", "2025-08-01"]}}}}'
            yield Made(
                f"{{kind: cadence, events: {name}, every: half_year}}", True, held, f"{{none: [{name}]}}"
            )
    for name, count in catalogue.counts.items():
        for whole in count.at_most:
            if "community" in count.subjects:
                check = f'{{kind: ratio, numerator: {name}, denominator: {whole}, at_least: "5%"}}'
                good, bad = (f"{{counts: {{{name}: {part}, {whole}: 100}}}}" for part in (10, 1))
                yield Made(check, True, good, bad)
    for name, statement in catalogue.statements.items():
        if "community" in statement.subjects:
            check = f"{{kind: statement, statement: {name}, attachment: required}}"
            good, bad = (f"{{statements: {{{name}: {said}}}}}" for said in ("true", "false"))
            yield Made(check, False, good, bad)


def write_ruleset(folder: Path, catalogue: Catalogue, number: int) -> Path:
    """The folder of a ruleset of ``number`` criteria, each with its clause and two cases."""
    made = list(_made(catalogue))
    assert len(made) >= number, "the catalogue has too few items"
    step = len(made) / number
    chosen = [made[int(n * step)] for n in range(number)]
    target = folder / f"large-{number}"
    target.mkdir(parents=True)
    rules, cases, clauses = [HEAD.format(id=target.name)], [CASES], ["clauses:\n"]
    for n, one in enumerate(chosen, 1):
        if n % 10 == 1:
            rules.append(SECTION.format(n=n // 10 + 1))
        threshold = "threshold: source, " if one.number else ""
        rules.append(CRITERION.format(n=n, check=one.check, threshold=threshold))
        clauses.append(f'  - {{id: "{n}", heading: 第{n}项, normative: true}}\n')
        cases.append(CASE.format(n=n, what="做到了", given=one.good, outcome="satisfied"))
        cases.append(CASE.format(n=n, what="没有做到", given=one.bad, outcome="not_satisfied"))
    for name, lines in (("ruleset", rules), ("clauses", clauses), ("cases", cases)):
        (target / f"{name}.yaml").write_text("".join(lines), encoding="utf-8")
    return target
