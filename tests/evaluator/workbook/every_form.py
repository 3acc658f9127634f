"""A ruleset that holds every form of check that formulas judge, beyond those that the shipped ones use."""

from __future__ import annotations

from evaluator.ruleset import Ruleset
from tests.evaluator.building import ruleset

_RATIO = "kind: ratio, numerator: model_buildings, denominator: buildings"
CRITERIA = f"""\
- {{check: {{{_RATIO}, at_least: 5%}}}}
- {{check: {{{_RATIO}, at_least: 30%, credit: proportional}}, points: "3"}}
- {{check: {{{_RATIO}, above: 50%, when_zero: satisfied}}, section: b}}
- {{check: {{{_RATIO}, at_most: 50%, when_zero: not_satisfied}}, section: b}}
- {{check: {{{_RATIO}, below: 50%, when_zero: needs_review}}, level: should}}
- {{check: {{{_RATIO}, at_least: 20%, at_most: 60%, minimum_sample: 20}}}}
- {{check: {{{_RATIO}, steps: [{{at_least: 95%, points: "2"}}, {{at_least: 90%, points: "1"}}]}}, points: "2"}}
- {{check: {{{_RATIO}, scale: {{from: 60%, to: 90%}}}}, veto: true, veto_effect: cap, veto_grade: rectify}}
- {{check: {{{_RATIO}, scale: {{from: 60%, to: 10%}}}}, points: "0.5"}}
- {{check: {{{_RATIO}, at_least: {{"2010-01-01": 5%, "2025-03-01": 8%, "2025-12-31": 12.5%}}}}}}
- {{check: {{kind: ratio, numerator: budget, denominator: area, at_least: "0.3"}}}}
- {{check: {{kind: ratio, numerator: budget, denominator: area, above: "0.3"}}}}
- {{check: {{kind: quantity, count: incidents, equals: 0}}, nature: prohibition, veto: true}}
- {{check: {{kind: quantity, count: visits, at_least: 20, at_most: 40}}, level: may}}
- {{check: {{kind: quantity, count: visits, above: 19, credit: null}}, level: may}}
- {{check: {{kind: quantity, count: budget, at_least: "2.5", credit: proportional}}}}
- {{check: {{kind: quantity, count: budget, below: "0.5"}}}}
- {{check: {{kind: quantity, count: visits, steps: [{{above: 40, credit: 1}}, {{at_least: 20, credit: 40%}}]}}}}
- {{check: {{kind: quantity, events: meeting, at_least: 3}}}}
- {{check: {{kind: quantity, events: meeting, at_least: 3, credit: proportional}}}}
- {{check: {{kind: quantity, events: meeting, at_most: 2}}, nature: prohibition}}
- {{check: {{kind: quantity, events: meeting, equals: 2}}}}
- {{check: {{kind: quantity, events: training, above: 1, below: 5}}}}
- {{check: {{kind: quantity, documents: rules, at_least: 2}}}}
- {{check: {{kind: quantity, documents: rules, at_least: 3, credit: proportional}}}}
- {{check: {{kind: quantity, documents: permit, at_most: 1}}}}
- {{check: {{kind: quantity, documents: permit, equals: 1}}}}
- {{check: {{kind: cadence, events: meeting, every: month}}}}
- {{check: {{kind: cadence, events: meeting, every: quarter, at_least: 2}}}}
- {{check: {{kind: cadence, events: meeting, every: quarter, starts: 2}}}}
- {{check: {{kind: cadence, events: training, every: half_year, credit: all_or_nothing}}}}
- {{check: {{kind: cadence, events: training, every: year, months: [9, 10], starts: 1}}}}
- {{check: {{kind: cadence, events: training, every: quarter, months: [3, 9]}}}}
- {{check: {{kind: cadence, events: training, every: half_year, months: [12, 1], starts: 4}}}}
- {{check: {{kind: cadence, events: training, every: month, months: [2, 6, 7]}}}}
- {{check: {{kind: cadence, events: training, every: period, at_least: 3}}}}
- {{check: {{kind: cadence, events: training, every: period, months: [6, 11]}}}}
- {{check: {{kind: document, documents: plan}}}}
- {{check: {{kind: document, documents: plan, contains: [goals, tasks], attachment: required}}}}
- {{check: {{kind: document, documents: plan, state: issued, contains: [tasks]}}}}
- {{check: {{kind: document, documents: rules, issued_by: "2025-06-30"}}}}
- {{check: {{kind: document, documents: rules, issued_by: "08-31", attachment: required}}}}
- {{check: {{kind: document, documents: rules, state: in_force, issued_by: "2025-06-30"}}}}
- {{check: {{kind: document, documents: permit}}}}
- {{check: {{kind: document, documents: permit, state: issued, attachment: required}}}}
- {{check: {{kind: document, documents: permit, state: issued, issued_by: "03-01"}}}}
- {{check: {{kind: statement, statement: desk}}}}
- {{check: {{kind: statement, statement: hotline, attachment: required}}, veto: true, veto_effect: end}}
- {{check: {{kind: rating, levels: [{{level: 1, credit: 0, text: {{zh: 差}}}}, {{level: 2, credit: 1, text: {{zh: 好}}}}]}}}}
- check: {{kind: group, all: [{{kind: statement, statement: desk}}, {{{_RATIO}, at_least: 5%}},
    {{kind: document, documents: plan}}]}}
- check: {{kind: group, any: [{{kind: statement, statement: desk}}, {{{_RATIO}, at_least: 90%}},
    {{kind: document, documents: rules}}]}}
- check: {{kind: group, of: [{{kind: statement, statement: desk}}, {{{_RATIO}, at_least: 90%, credit: proportional}},
    {{kind: document, documents: rules}}], at_least: 2}}
- check: {{kind: group, of: [{{kind: statement, statement: desk}}, {{{_RATIO}, at_least: 90%, credit: proportional}},
    {{kind: document, documents: rules}}], at_least: 2, credit: all_or_nothing}}
- check: {{kind: group, all: [{{kind: cadence, events: meeting, every: quarter}}, {{kind: statement, statement: hotline}},
    {{kind: group, any: [{{kind: document, documents: permit}}, {{{_RATIO}, above: 40%}}]}}], credit: all_or_nothing}}
- check: {{kind: group, all: [{{{_RATIO}, at_least: 5%}}]}}
- applies_when: {{kind: statement, statement: hotline}}
  check: {{kind: document, documents: plan}}
- applies_when: {{kind: quantity, count: buildings, at_least: 20}}
  check: {{kind: cadence, events: meeting, every: month}}
- applies_when: {{kind: group, any: [{{{_RATIO}, at_least: 50%}}, {{kind: document, documents: permit}}]}}
  requires: [c1]
  check: {{kind: quantity, events: meeting, at_least: 3}}
- requires: [c38, c47, c8]
  check: {{kind: document, documents: rules}}
- requires: [c57]
  check: {{kind: cadence, events: training, every: half_year}}
- requires: [c49]
  veto: true
  check: {{kind: statement, statement: desk}}
- check: {{kind: group, of: [{{{_RATIO}, at_least: 5%}}, {{{_RATIO}, at_least: 50%}}, {{kind: statement, statement: desk}}],
    at_least: 2}}
- applies_when: {{kind: statement, statement: hotline}}
  requires: [c49]
  check: {{kind: statement, statement: desk}}
- requires: [c19, c60]
  level: may
  check: {{kind: document, documents: plan, state: issued}}
"""

SCORINGS = (
    "{}",
    "{model: flat}",
    "{model: absolute, total: 80, not_applicable: full}",
    "{model: absolute, total: 80, not_applicable: zero, bonus: null}",
    "{bonus: {cap: '1'}, transition: period_start}",
)


def every_form(scoring: str = "{}", caps: str = '{b: "1"}') -> Ruleset:
    """The ruleset, with a scoring and the caps of its sections."""
    return ruleset(CRITERIA, scoring, caps)
