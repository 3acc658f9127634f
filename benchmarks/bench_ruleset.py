"""The benchmarks' ruleset: exactly 100 checks on a catalogue of its own. Written once and committed under ``benchmarks/rules``.

    python -m benchmarks.bench_ruleset

The mix of kinds follows the built-in rulesets, with more ratios, numbers and cadences than they have: those cost more to judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "rules" / "bench-100"
NUMBER = 100

TOPICS = {
    "fire_safety": "消防安全",
    "waste_sorting": "垃圾分类",
    "greening": "绿化养护",
    "elderly_care": "养老服务",
    "public_health": "公共卫生",
    "reading": "全民阅读",
    "fitness": "全民健身",
    "legal_education": "法治宣传",
    "mediation": "纠纷调解",
    "emergency_response": "应急管理",
    "property": "物业服务",
    "parking": "停车管理",
    "accessibility": "无障碍环境",
    "employment": "就业服务",
    "volunteering": "志愿服务",
    "consultation": "议事协商",
    "finance": "财务公开",
    "convenience": "便民服务",
    "childcare": "托育服务",
    "heritage": "非遗传承",
}
PARTS = {"goals": "目标", "tasks": "任务", "duties": "分工", "deadline": "时限", "budget": "经费"}
VALIDITIES = ("year", "until_replaced", "dated")


class Made(NamedTuple):
    """One criterion: what it checks in words and as YAML, and facts that satisfy it and that do not."""

    zh: str
    check: str
    good: str
    bad: str
    numbered: bool = True


def catalogue() -> Iterator[str]:
    """The catalogue's lines: for each topic two counts, an event, two documents and a statement."""
    yield "catalogue: 1\ncounts:\n"
    for name, zh in TOPICS.items():
        yield (
            f"  {name}_sites:\n    label: {{zh: {zh}点位数, en: Sites of {name}}}\n    unit: {{zh: 个, en: sites}}\n"
            f"    help: {{zh: 评估期末正在使用的{zh}点位总数}}\n    subjects: [community]\n    whole_number: true\n"
            f"  {name}_sites_ready:\n    label: {{zh: 达到要求的{zh}点位数, en: Sites of {name} in order}}\n"
            f"    unit: {{zh: 个, en: sites}}\n    help: {{zh: 上述点位中设施完好、有人值守的}}\n"
            f'    action: {{zh: "再整治 {{n}} 个{zh}点位", en: "put {{n}} more sites in order"}}\n'
            f"    subjects: [community]\n    at_most: [{name}_sites]\n    whole_number: true\n"
        )
    yield "events:\n"
    for name, zh in TOPICS.items():
        yield (
            f"  {name}_activity:\n    label: {{zh: {zh}活动, en: Activity on {name}}}\n"
            f"    help: {{zh: 有主题、有日期、有记录的一场{zh}活动}}\n    subjects: [community]\n    held_by: community\n"
        )
    yield "documents:\n"
    for n, (name, zh) in enumerate(TOPICS.items()):
        for form, word, valid in (("plan", "年度计划", "year"), ("rules", "管理制度", VALIDITIES[n % 3])):
            yield (
                f"  {name}_{form}:\n    label: {{zh: {zh}{word}, en: {form.capitalize()} for {name}}}\n"
                f"    help: {{zh: 社区印发的{zh}{word}，写明目标和任务}}\n    subjects: [community]\n    issued_by: community\n"
                f"    valid: {valid}\n    parts:\n"
            )
            for part, said in PARTS.items():
                yield f"      {part}: {{zh: {said}, en: {part}}}\n"
    yield "statements:\n"
    for name, zh in TOPICS.items():
        yield (
            f"  {name}_desk:\n    label: {{zh: 已设{zh}受理点, en: Desk for {name}}}\n"
            f"    help: {{zh: 有固定地点，公示受理内容和时间}}\n    subjects: [community]\n"
        )


def criteria() -> list[Made]:
    """The hundred criteria."""
    names = list(TOPICS)
    made = [*_ratios(names), *_quantities(names), *_cadences(names), *_documents(names)]
    made += [*_statements(names), *_changes(names), *_groups(names)]
    assert len(made) == NUMBER
    return made


def _ratios(names: list[str]) -> Iterator[Made]:
    ways = ('at_least: "60%"', 'at_least: "80%", credit: proportional', 'above: "50%"', 'at_least: "95%"')
    for n, name in enumerate(names[:14]):
        top, whole, way = f"{name}_sites_ready", f"{name}_sites", ways[n % 4]
        check = f"kind: ratio, numerator: {top}, denominator: {whole}, {way}"
        good, bad = (f"counts: {{{whole}: 20, {top}: {part}}}" for part in (20, 0))
        yield Made(f"{TOPICS[name]}点位达标率", check, good, bad)


def _quantities(names: list[str]) -> Iterator[Made]:
    for n, name in enumerate(names[:6]):
        check = f'kind: quantity, count: {name}_sites, at_least: "{5 + 5 * n}"'
        yield Made(
            f"{TOPICS[name]}点位数", check, f"counts: {{{name}_sites: 90}}", f"counts: {{{name}_sites: 1}}"
        )
    for n, name in enumerate(names[2:10]):
        limit = f'at_least: "{1 + n % 4}"' if n != 5 else 'at_most: "6"'
        few = ", ".join(f'"2025-0{month}-10"' for month in (2, 4, 6, 8))
        many = ", ".join(f'"2025-03-{day:02}"' for day in range(1, 10))
        good, bad = f"events: {{{name}_activity: [{few}]}}", f"none: [{name}_activity]"
        if "most" in limit:
            bad = f"events: {{{name}_activity: [{many}]}}"
        yield Made(f"{TOPICS[name]}活动次数", f"kind: quantity, events: {name}_activity, {limit}", good, bad)
    for n, name in enumerate(names[16:]):
        papers = ", ".join('{issued: "2025-03-01"}' for _ in range(2))
        yield Made(
            f"{TOPICS[name]}计划份数",
            f'kind: quantity, documents: {name}_plan, at_least: "{1 + n % 2}"',
            f"documents: {{{name}_plan: [{papers}]}}",
            f"none: [{name}_plan]",
        )


def _cadences(names: list[str]) -> Iterator[Made]:
    ways = ("month", "quarter", "half_year", "quarter, credit: all_or_nothing", "year, months: [9, 10]")
    held = ", ".join(f'"2025-{month:02}-20"' for month in range(1, 13))
    for n, name in enumerate(names[10:20]):
        way = ways[n % 5] + (', at_least: "2"' if n == 7 else "")
        days = held if n != 7 else f"{held}, {held}"
        yield Made(
            f"{TOPICS[name]}活动按期举办",
            f"kind: cadence, events: {name}_activity, every: {way}",
            f"events: {{{name}_activity: [{days}]}}",
            f"none: [{name}_activity]",
        )


def _documents(names: list[str]) -> Iterator[Made]:
    parts = list(PARTS)
    for n, name in enumerate(names[:16]):
        contains = ", ".join(parts[: n % 4])
        ways = (
            f"state: in_force, contains: [{contains}]" if contains else "state: in_force",
            "state: in_force, attachment: required",
            "state: issued",
            'issued_by: "06-30"',
        )
        yield _document(name, "plan", ways[n % 4])
    for n, name in enumerate(names[4:20]):
        contains = ", ".join(parts[1 : 2 + n % 4])
        ways = (
            f"state: in_force, attachment: required, contains: [{contains}]",
            f"state: in_force, contains: [{contains}]",
        )
        yield _document(name, "rules", ways[n % 2])


def _document(name: str, form: str, way: str) -> Made:
    paper = (
        f'{{issued: "2025-02-01", valid_to: "2026-06-30", contains: [{", ".join(PARTS)}], files: [a.pdf]}}'
    )
    return Made(
        f"{TOPICS[name]}{'年度计划' if form == 'plan' else '管理制度'}",
        f"kind: document, documents: {name}_{form}, {way}",
        f"documents: {{{name}_{form}: [{paper}]}}",
        f"none: [{name}_{form}]",
        numbered="issued_by" in way,
    )


def _statements(names: list[str]) -> Iterator[Made]:
    for n, name in enumerate(names[:14]):
        support = ", attachment: required" if n % 2 else ""
        good, bad = (f"statements: {{{name}_desk: {said}}}" for said in ("true", "false"))
        check = f"kind: statement, statement: {name}_desk{support}"
        yield Made(f"{TOPICS[name]}受理点", check, good, bad, numbered=False)


def _changes(names: list[str]) -> Iterator[Made]:
    ways = (("rises", ', by: "5%"', 60, 40), ("not_below", "", 40, 30), ("falls", "", 20, 40))
    for name, (way, by, good, bad) in zip(
        names[12:16], (*ways, ("not_above", ', by: "10%"', 44, 60)), strict=True
    ):
        count = f"{name}_sites"
        yield Made(
            f"{TOPICS[name]}点位数与上年相比",
            f"kind: change, count: {count}, direction: {way}{by}",
            *(f"counts: {{{count}: {now}}}, previous: {{counts: {{{count}: 40}}}}" for now in (good, bad)),
        )


def _groups(names: list[str]) -> Iterator[Made]:
    for n, name in enumerate(names[:8]):
        other, desk = names[n + 8], names[n + 12]
        members = (
            f"{{kind: document, documents: {name}_rules, state: in_force, contains: [tasks]}}",
            f'{{kind: quantity, events: {other}_activity, at_least: "2"}}',
            f"{{kind: statement, statement: {desk}_desk}}",
        )
        form = ("all", "any", "of", "all")[n % 4]
        more = (', at_least: "2"' if form == "of" else "") + (
            ", credit: all_or_nothing" if n % 4 == 3 else ""
        )
        paper = f'{name}_rules: [{{issued: "2025-02-01", valid_to: "2026-06-30", contains: [tasks]}}]'
        good = (
            f'documents: {{{paper}}}, events: {{{other}_activity: ["2025-02-01", "2025-08-01"]}}, '
            f"statements: {{{desk}_desk: true}}"
        )
        bad = f"none: [{name}_rules, {other}_activity], statements: {{{desk}_desk: false}}"
        yield Made(
            f"{TOPICS[name]}制度、活动和受理点",
            f"kind: group, {form}: [{', '.join(members)}]{more}",
            good,
            bad,
        )


HEAD = """# Written by benchmarks/bench_ruleset.py: rules to measure with, no standard of anyone's.
ruleset: bench-100
version: "1.0.0"
title: {zh: 量测用规则（一百项）, en: Rules to measure with (one hundred)}
subject: [community]
standard: {title: 量测用标准, issuer: null, issued: null}
effective: {from: "2011-01-01", to: null, basis: editorial}
period: {months: 12}
scoring:
  model: points
  grades:
    - {id: excellent, title: {zh: 优秀, en: Excellent}, at_least: "90", basis: editorial}
    - {id: qualified, title: {zh: 合格, en: Qualified}, at_least: "60", basis: editorial}
    - {id: not_ready, title: {zh: 暂不具备, en: Not ready}, at_least: "0", basis: editorial}
  pass: qualified
sections:
"""
CRITERION = """      - id: bench-{n:03}
        clause: "{n}"
        anchors: [{zh}]
        title: {{zh: {zh}, en: "Work number {n} is done as required"}}
        requirement: {{zh: {zh}符合要求，有记录能够说明做了什么、什么时候做的}}
        level: must
        points: "{points}"
        basis: {{{threshold}points: editorial, level: editorial}}
        duty_of: [community]
        method: documents
        check: {{{check}}}
        remedy: {{zh: 由社区安排{zh}工作，印发通知，留存照片和纪要}}
"""
CASES = """format: 1
defaults: {stage: inspection, period: {from: "2025-01-01", to: "2025-12-31"}}
cases:
"""


def write(folder: Path = FOLDER) -> None:
    """Write the ruleset's folder."""
    rules, cases, clauses = [HEAD], [CASES], ["clauses:\n"]
    for n, one in enumerate(criteria(), 1):
        if n % 10 == 1:
            title = f"{{zh: 第{n // 10 + 1}部分, en: Part {n // 10 + 1}}}"
            rules.append(f"  - id: part-{n // 10 + 1}\n    title: {title}\n    criteria:\n")
        threshold = "threshold: editorial, " if one.numbered else ""
        rules.append(CRITERION.format(n=n, zh=one.zh, check=one.check, threshold=threshold, points=1 + n % 3))
        clauses.append(f'  - {{id: "{n}", heading: {one.zh}, normative: true}}\n')
        for what, given, outcome in (
            ("做到了", one.good, "satisfied"),
            ("没有做到", one.bad, "not_satisfied"),
        ):
            cases.append(
                f"  - name: 第{n}项：{one.zh}，{what}\n    criterion: bench-{n:03}\n"
                f"    given: {{{given}}}\n    expect: {{outcome: {outcome}}}\n"
            )
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"ruleset": rules, "cases": cases, "clauses": clauses, "catalogue": catalogue()}
    for name, lines in texts.items():
        (folder / f"{name}.yaml").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write()
