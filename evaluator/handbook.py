"""A ruleset in words: what ``rules show`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.catalogue import Catalogue
from evaluator.errors import Language, Words
from evaluator.evaluate import program
from evaluator.facts import no_facts
from evaluator.finding import Finding
from evaluator.ruleset import Criterion, Ruleset
from evaluator.wording import Wording

LEVELS = {"must": Words("应", "must"), "should": Words("宜", "should"), "may": Words("鼓励", "may")}
_BASES = {"source": Words("标准原文", "the standard"), "editorial": Words("本规则集所定", "ours")}


def lines(ruleset: Ruleset, catalogue: Catalogue, language: Language) -> Iterator[str]:
    """The ruleset line by line: head, grades, then each section's criteria with clause, level, points and requirement."""
    say = language == "zh"
    titles = {name: Words(one.title.zh, one.title.en) for name, one in ruleset.by_id().items()}
    wording = Wording(catalogue, titles)
    yield f"{ruleset.ruleset}@{ruleset.version}  {ruleset.title.zh if say else ruleset.title.en}"
    unknown = "标准文本未写明" if say else "not stated in the text"
    issuer, issued = ruleset.standard.issuer or unknown, ruleset.standard.issued or unknown
    yield f"{ruleset.standard.title} · {issuer} · {issued}"
    if ruleset.standard.note is not None:
        yield ruleset.standard.note.zh if say else ruleset.standard.note.en or ruleset.standard.note.zh
    for grade in ruleset.scoring.grades:
        mark = (
            (" ← 达标线" if say else " ← needed for acceptance") if grade.id == ruleset.scoring.pass_ else ""
        )
        yield f"  {grade.title.zh if say else grade.title.en} ≥ {grade.at_least}{mark}"
    found = _requirements(ruleset, catalogue)
    for section in ruleset.sections:
        yield ""
        yield f"## {section.title.zh if say else section.title.en}"
        for criterion in section.criteria:
            yield from _criterion(criterion, found[criterion.id], wording, language)


def _requirements(ruleset: Ruleset, catalogue: Catalogue) -> dict[str, list[tuple[str, Finding]]]:
    span = ruleset.first_period()
    judgement = program(ruleset, catalogue, span).judge(no_facts(span))
    return {verdict.criterion.id: list(verdict.findings) for verdict in judgement.verdicts}


def _criterion(
    criterion: Criterion, findings: list[tuple[str, Finding]], wording: Wording, language: Language
) -> Iterator[str]:
    say = language == "zh"
    title = criterion.title.zh if say else criterion.title.en
    item = f" {criterion.item}" if criterion.item else ""
    level = LEVELS[criterion.level].in_language(language)
    points = f"{criterion.points} 分" if say else f"{criterion.points} points"
    yield f"- {criterion.id}  {criterion.clause}{item}  {title}  [{level}, {points}]"
    yield f"    {criterion.requirement.zh if say or not criterion.requirement.en else criterion.requirement.en}"
    for role, finding in findings:
        for text in _asked(finding, wording):
            head = ("适用条件：" if say else "applies when: ") if role == "applies_when" else ""
            yield f"    {head}{text.in_language(language)}"
    if criterion.basis.threshold is not None:
        basis = _BASES[criterion.basis.threshold].in_language(language)
        yield f"    {'数值依据：' if say else 'the number is from: '}{basis}"


def _asked(finding: Finding, wording: Wording) -> Iterator[Words]:
    words = wording.required(finding)
    if words is not None:
        yield words
    for member in finding.members:
        yield from _asked(member, wording)
