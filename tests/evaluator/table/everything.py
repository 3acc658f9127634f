"""A ruleset that uses every idiom, with clauses and a catalogue of its own; small enough to read."""

from __future__ import annotations

from pathlib import Path

RULESET = """\
# The head comment stays.
ruleset: everything
version: "1.0.0"
supersedes: null
title: {zh: 样样都有, en: Everything}
subject: [community]
standard: {title: 试验标准, issuer: null, issued: "2011-08", note: {zh: 说明}}
effective: {from: "2010-01-01", to: null, basis: editorial}
period: {months: 12}
scoring:
  model: absolute
  total: "100"
  not_applicable: full
  grades:
    - {id: passed, title: {zh: 合格, en: Passed}, at_least: "80", basis: source}
    - {id: failed, title: {zh: 不合格, en: Failed}, at_least: "0", basis: source}
  pass: passed
  deductions:
    cap: "10"
    lines:
      - {title: {zh: 发生事件, en: Incidents}, each: {count: mass_incidents}, lose: "5"}   # five each
      - {title: {zh: 没有制度, en: No rules}, unless: {kind: document, documents: own_rules}, lose: "2.50", cap: "2.50"}
sections:
  - id: first
    title: {zh: 第一类, en: First}
    cap: "40"
    criteria:
      # This comment belongs to e-1.
      - id: e-1
        clause: "4.10"
        anchors: [楼组, "甲、乙"]
        title: {zh: 分日期, en: Dated}
        requirement: {zh: 中途提高}
        level: must
        veto: true
        points: "5"
        basis: {threshold: source, points: editorial, level: editorial, veto: editorial}
        duty_of: [community, street]
        responsible: [市民委, "甲、乙联合办公室"]
        method: documents
        check: {kind: ratio, numerator: own_rooms, denominator: buildings, at_least: {"2010-01-01": "5%", "2026-01-01": "12.5%"}, when_zero: needs_review, minimum_sample: "20"}
        remedy: {zh: 增加}
      - id: e-2
        clause: "4.11"
        item: 第二项
        printed: "4.1.1"
        anchors: [档]
        title: {zh: 分档, en: Steps}
        requirement: {zh: 越多越好}
        level: must
        points: "10"
        basis: {threshold: source, points: source, level: source}
        duty_of: [city]
        method: survey
        requires: [e-1]
        check:
          kind: ratio
          numerator: own_rooms
          denominator: buildings
          steps: [{at_least: "95%", points: "10"}, {above: "90%", points: "8"}, {at_least: "50%", credit: "50%"}]
        remedy: {zh: 增加}
      - id: e-3
        clause: "4.11"
        item: "3"
        printed: "4.1.1"
        anchors: [线]
        title: {zh: 线性, en: Scale}
        requirement: {zh: 线性}
        level: should
        nature: prohibition
        points: "10"
        basis: {threshold: editorial, points: source, level: source}
        duty_of: [city]
        method: interview
        applies_when: {kind: subject, attribute: class, in: [rural, suburb]}
        check: {kind: quantity, count: mass_incidents, scale: {from: "10", to: "2"}}
        remedy: {zh: 减少}
      - id: e-4
        clause: "4.12"
        anchors: [扣]
        title: {zh: 扣分, en: Deductions}
        requirement: {zh: 扣}
        level: must
        points: "10"
        basis: {threshold: source, points: source, level: source}
        duty_of: [city]
        method: documents
        deduct:
          - {unless: {kind: document, documents: own_rules, issued_by: "08-31", attachment: required, contains: [goals]}, lose: all}
          - {each: {events: own_day}, lose: "0.5", cap: "1"}
          - {each_missed: {kind: cadence, events: own_day, every: half_year, at_least: "2", months: [3, 9], starts: 3}, lose: "0.25"}
          - each_missed:
              kind: group
              each: own_point
              check: {kind: group, all: [{kind: statement, statement: own_notice}, {kind: quantity, count: own_rooms, at_least: "1", at_most: "9"}]}
            lose: "1"
          - {each_below: {kind: ratio, numerator: own_rooms, denominator: buildings, at_least: "90%"}, step: "1%", lose: "2", part_step: proportional}
        remedy: {zh: 改}
  - id: second
    title: {zh: 第二类, en: Second}
    criteria:
      - id: e-5
        clause: "4.12"
        anchors: [取]
        title: {zh: 取最高, en: Best}
        requirement: {zh: 取最高}
        level: may
        points: "5"
        basis: {threshold: source, points: source, level: source}
        duty_of: [city]
        method: on_site
        best_of:
          - {check: {kind: rating, levels: [{level: 1, credit: "0", text: {zh: 差}}, {level: 3, credit: "1", text: {zh: 好, en: good}}]}, points: "5"}
          - {check: {kind: group, of: [{kind: statement, statement: own_notice, attachment: required}, {kind: change, count: own_rooms, direction: rises, by: "5%"}], at_least: "1"}, points: "2"}
        remedy: {zh: 改}
      - id: e-6
        clause: "4.12"
        anchors: [比例]
        title: {zh: 按比例, en: Proportional}
        requirement: {zh: 按比例}
        level: must
        points: "5"
        basis: {threshold: source, points: source, level: source}
        duty_of: [city]
        method: on_site
        credit: proportional
        check: {kind: quantity, events: own_day, at_least: "4"}
        remedy: {zh: 改}
      - id: e-7
        clause: "4.12"
        anchors: [组合]
        title: {zh: 组合, en: Groups}
        requirement: {zh: 组合}
        level: must
        points: "5"
        basis: {threshold: source, points: source, level: source}
        duty_of: [city]
        method: on_site
        check:
          kind: group
          credit: all_or_nothing
          all:
            - kind: group
              any:
                - {kind: quantity, documents: own_rules, equals: "1"}
                - {kind: cadence, events: own_day, every: quarter, credit: all_or_nothing}
            - kind: group
              of: [{kind: statement, statement: own_notice}, {kind: statement, statement: own_hotline}]
              steps: [{at_least: "2", credit: "1"}, {at_least: "1", credit: "40%"}]
        remedy: {zh: 改}
"""
CLAUSES = """\
clauses:
  - {id: "4.1", heading: 工作主线, normative: false}
  - {id: "4.10", heading: 楼组, normative: true}
  - {id: "4.11", heading: 分项的, normative: true, printed: "4.1.1", items: [{item: 第二项}, {item: "3", heading: 第三项}, {item: 旁的, normative: false}]}
  - {id: "4.12", heading: 其余, normative: true}
  - {id: "6.4", heading: 上级评价, normative: true, not_assessed: {zh: 这是上级的职责, en: not ours}}
"""
CATALOGUE = """\
catalogue: 1
counts:
  own_rooms:
    label: {zh: 阅览室数, en: Reading rooms}
    unit: {zh: 个, en: rooms}
    help: {zh: 对居民开放的}
    action: {zh: "再开放 {n} 个", en: "open {n} more"}
    subjects: [community]
    at_most: [buildings]
    whole_number: false
events:
  own_day: {label: {zh: 开放日, en: Open day}, help: {zh: 一天计一次, en: one a day}, subjects: [community], held_by: community}
documents:
  own_rules:
    label: {zh: 管理制度, en: Rules}
    help: {zh: 写明时间}
    subjects: [community]
    issued_by: community
    valid: until_replaced
    parts: {goals: {zh: 目标、方向, en: goals}, tasks: {zh: 任务, en: tasks}}
statements:
  own_notice: {label: {zh: 已公示, en: Notice}, help: {zh: 在入口}, subjects: [community]}
  own_hotline: {label: {zh: 热线, en: Hotline}, help: {zh: 号码}, subjects: [community], public_telephone: true, retired: null}
units:
  own_point: {label: {zh: 阅览点, en: Point}, help: {zh: 一个一行}}
"""
CASES = """\
format: 1
defaults: {stage: inspection, period: {from: "2025-01-01", to: "2025-12-31"}}
cases:
  # about e-6
  - name: 四次
    criterion: e-6
    given: {events: {own_day: ["2025-02-01",
      "2025-03-01", "2025-04-01", "2025-05-01"]}}
    expect: {outcome: satisfied}
  # about e-7
  - name: 什么也没有
    criterion: e-7
    given: {}
    expect: {outcome: no_evidence}
"""


def written(folder: Path) -> Path:
    """The ruleset in a folder named after it below ``folder``."""
    target = folder / "everything"
    target.mkdir(parents=True)
    for name, text in (
        ("ruleset", RULESET),
        ("clauses", CLAUSES),
        ("catalogue", CATALOGUE),
        ("cases", CASES),
    ):
        (target / f"{name}.yaml").write_text(text, encoding="utf-8")
    return target
