"""Whether a form that LibreOffice worked out says what the engine says of the same submission."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from evaluator.assessment import Assessed, assess
from evaluator.catalogue import Catalogue
from evaluator.evaluate import Verdict
from evaluator.finding import Finding, Interval
from evaluator.ruleset import Ruleset
from evaluator.workbook.form import Form
from evaluator.workbook.judging.criteria import OUTCOMES
from evaluator.workbook.judging.lines import (
    AMOUNT,
    APPLIES,
    CEILING,
    EVIDENCE,
    FLOOR,
    ID,
    KIND,
    PERSON,
    TIME,
)
from evaluator.workbook.judging.painting import live
from evaluator.workbook.judging.workings import SHEET
from evaluator.workbook.layout import planned
from evaluator.workbook.making import Filled
from evaluator.workbook.writing import write_workbook
from tests.evaluator.workbook.filled import submissions
from tests.evaluator.workbook.libreoffice import Rows, cells_for, filled_in, worked_out

Shown = dict[str, Rows]
# Doubles hold a credit to fifteen digits, and a sum of a hundred of them to twelve.
_CREDIT, _SCORE = 1e-12, 1e-8


def blank(rulesets: Iterable[Ruleset], catalogue: Catalogue) -> tuple[Form, bytes]:
    """A form in which nothing is filled, with its live judgement."""
    listed = list(rulesets)
    form = planned([(one, catalogue) for one in listed], catalogue, Filled(listed[0].subject[0]))
    return form, write_workbook(form, catalogue, live(listed, catalogue))


def disagreements(
    folder: Path, rulesets: list[Ruleset], catalogue: Catalogue, number: int, seed: int = 0
) -> list[str]:
    """Where form and engine differ over ``number`` submissions: one form for all ``rulesets``; says how many."""
    form, empty = blank(rulesets, catalogue)
    sent, books = {}, {}
    for n, one in enumerate(submissions(rulesets, catalogue, number, seed)):
        cells, sent[f"{n}"] = cells_for(form, one)
        books[f"{n}"] = filled_in(empty, cells)
    shown = worked_out(folder, books)
    found, verdicts, findings = [], 0, 0
    for name, submission in sent.items():
        for ruleset in rulesets:
            assessed = assess(ruleset, catalogue, submission)
            found += [
                f"{ruleset.ruleset} {name}: {one}" for one in differences(shown[name], ruleset, assessed)
            ]
            verdicts += len(assessed.judgement.verdicts)
            findings += sum(len(one.findings) for one in assessed.judgement.verdicts)
    names = ", ".join(one.ruleset for one in rulesets)
    told = f"{number} submissions, {verdicts} verdicts, {findings} findings, {len(found)} differences"
    print(f"{names}: {told}")  # noqa: T201 - what script/live-sweep shows
    return found


def differences(shown: Shown, ruleset: Ruleset, assessed: Assessed) -> Iterator[str]:
    """Every criterion, finding and figure that the form shows otherwise than the engine."""
    workings = {row[ID]: row for row in shown[SHEET] if len(row) > TIME and row[KIND] != "calendar"}
    results = results_of(shown)
    for verdict, printed in zip(assessed.judgement.verdicts, assessed.document["criteria"], strict=True):
        name = verdict.criterion.id
        yield from _credit(name, verdict.credit, workings[name])
        yield from _told(name, "outcome", outcome_of(verdict), results[name]["outcome"])
        for key, end in (("earned", "floor"), ("attainable", "ceiling")):
            worth = "—" if verdict.credit is None else printed["earned"][end]
            yield from _told(f"{name} {key}", "points", worth, results[name][key])
        yield from _waits(verdict, workings[name])
        for role, finding in verdict.findings:
            if role != "requires":
                yield from _finding(f"{name}/{role}", finding, workings)
    yield from _figures(shown, ruleset, assessed, workings)


def results_of(shown: Shown) -> dict[str, dict[str, str]]:
    """The rows of 自查结果 by criterion, each by the keys of its columns; a ruleset's score by its title."""
    keys, _, *rows = shown["自查结果"]
    heads = [key.partition(":")[0] for key in keys]
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        one = dict(zip(heads, row, strict=False))
        found.setdefault(one["title"] if one["item"] == "#" else one["item"], one)
    return found


def outcome_of(verdict: Verdict) -> str:
    """The outcome as a scorecard words it: what only waits for its time is not called 未提交佐证."""
    undecided = verdict.credit is not None and verdict.credit.floor < verdict.credit.ceiling
    if verdict.outcome == "no_evidence" and undecided and "evidence" not in verdict.waits:
        return OUTCOMES["not_due"]
    return OUTCOMES[verdict.outcome]


def _told(where: str, what: str, wanted: object, found: str) -> Iterator[str]:
    same = str(wanted) == found
    if not same and what == "points":
        same = _number(str(wanted)) is not None and _number(str(wanted)) == _number(found)
    if not same:
        yield f"{where}: {what} {wanted}, shown {found}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _near(wanted: Fraction | int, text: str, within: float) -> bool:
    number = _number(text)
    return number is not None and abs(float(wanted) - number) <= within


def _credit(name: str, credit: Interval | None, row: list[str]) -> Iterator[str]:
    floor, ceiling = credit or (0, 0)
    wanted = (floor, ceiling, int(credit is not None))
    found = (row[FLOOR], row[CEILING], row[APPLIES])
    if not all(_near(one, text, _CREDIT) for one, text in zip(wanted, found, strict=True)):
        yield f"{name}: credit {wanted}, worked out {found}"


def _waits(verdict: Verdict, row: list[str]) -> Iterator[str]:
    for kind, column in (("person", PERSON), ("time", TIME), ("evidence", EVIDENCE)):
        if (kind in verdict.waits) != (row[column] == "1"):
            yield f"{verdict.criterion.id}: waits for {verdict.waits}, worked out {row[PERSON : EVIDENCE + 1]}"


def _finding(name: str, finding: Finding, workings: dict[str, list[str]]) -> Iterator[str]:
    row = workings[name]
    yield from _credit(name, finding.credit, row)
    wanted = None if finding.shortfall is None else finding.shortfall.amount
    if (wanted is None) != (row[AMOUNT] == "") or (
        wanted is not None and not _near(wanted, row[AMOUNT], _SCORE)
    ):
        yield f"{name}: short by {wanted}, worked out {row[AMOUNT] or None} ({finding.reason})"
    form = finding.required.details[0] if finding.kind == "group" and finding.required else ""
    for n, member in enumerate(finding.members):
        yield from _finding(f"{name}/{form}/{n}", member, workings)


def _figures(
    shown: Shown, ruleset: Ruleset, assessed: Assessed, workings: dict[str, list[str]]
) -> Iterator[str]:
    seen = results_of(shown)[ruleset.title.zh]
    score, document = assessed.result.score, assessed.document
    printed = ("—", "—") if score is None else (document["score"]["floor"], document["score"]["ceiling"])
    yield from _told("score", "points", printed[0], seen["earned"])
    yield from _told("score", "points", printed[1], seen["attainable"])
    if score is not None:
        ends = workings[f"{ruleset.ruleset} 得分"]
        for end, column in zip(score.score, (3, 4), strict=True):
            if not _near(end, ends[column], _SCORE):
                yield f"score: {end}, worked out {ends[column]}"
    line = ruleset.scoring.pass_line
    gap = "—" if score is None else _plain(max(Fraction(0), line - Fraction(printed[0])))
    requirement = seen["requirement"]
    if f"至少还需 {gap} 分" not in requirement or f"达标线 {_plain(line)} 分" not in requirement:
        yield f"gap: {gap}, shown {requirement}"
    count = sum(
        v.credit is not None and v.credit.floor < v.credit.ceiling for v in assessed.judgement.verdicts
    )
    if f"待定 {count} 项" not in seen["short"] or f"一票否决：{_vetoes(assessed)}" not in seen["short"]:
        yield f"open: {count}, vetoes {_vetoes(assessed)}, shown {seen['short']}"
    accepted = {True: ("已达标",), False: _REFUSED, None: _OPEN}[assessed.result.accepted]
    if seen["outcome"] not in accepted:
        yield f"accepted: {assessed.result.accepted}, shown {seen['outcome']}"


_REFUSED = ("一票否决项未达标，不能达标", "待定事项全部按最好情况计，也不能达标")
_OPEN = ("尚不能确定", "分数已不低于达标线，一票否决项尚未判定", "没有适用的指标，不计分")


def _vetoes(assessed: Assessed) -> str:
    vetoes = [one for one in assessed.judgement.verdicts if one.criterion.veto]
    if not vetoes:
        return "本标准未设"
    failed = len(assessed.result.vetoes)
    open_ = sum(one.outcome not in ("satisfied", "not_applicable") for one in vetoes) - failed
    return f"{failed} 项未通过" if failed else f"{open_} 项尚未判定" if open_ else "通过"


def _plain(number: Fraction) -> str:
    text = f"{float(number):.6f}".rstrip("0").rstrip(".")
    return text or "0"
