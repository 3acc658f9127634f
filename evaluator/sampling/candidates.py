"""A submission as it takes part in the draw: its region, its own score, and what speaks for a visit. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.digests import submission_digest
from evaluator.errors import Words
from evaluator.evaluate import Judgement, program
from evaluator.exact import decimal, printed
from evaluator.facts import facts_of
from evaluator.finding import Interval
from evaluator.integrity import Observation, integrity
from evaluator.ruleset import Ruleset
from evaluator.score import Result, score
from evaluator.submission import Submission

# Score points around the pass mark that count as near.
NEAR = 3
# A count has risen suddenly where it is more than so many times that of the period before, and at least so many more.
RISE_FACTOR, RISE_LEAST = 2, 10


class Risk(NamedTuple):
    """One reason to look closer, with its weight (decision 16)."""

    code: str
    weight: int
    text: Words


class FileSent(NamedTuple):
    """One file that came with a submission, and the evidence that names it."""

    digest: str
    evidence: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """One submission in the draw.

    ``risen`` are the counts that rose suddenly; ``shared`` the evidence of which a file was sent with another submission as well.
    """

    id: str
    name: str
    region: tuple[str, ...]
    digest: str
    score: Interval | None
    grade: str | None
    risks: tuple[Risk, ...]
    risen: tuple[str, ...]
    files: tuple[FileSent, ...]
    shared: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """The sum of the risks' weights."""
        return sum(one.weight for one in self.risks)


# What these findings say is a risk, or a reason to check a criterion, of its own.
TOLD_OTHERWISE = ("statement_without_files", "count_jump")


def candidate(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    *,
    as_of: date | None = None,
    observations: Iterable[Observation] = (),
    files: Iterable[FileSent] = (),
) -> Candidate:
    """``submission`` scored as a self-check, without the whole assessment: a draw looks at hundreds of them."""
    facts = facts_of(submission, as_of or submission.as_of or submission.period.to)
    judgement = program(ruleset, catalogue, submission.period.span).judge(facts)
    result = score(ruleset, judgement)
    found = [
        one
        for one in integrity(ruleset, catalogue, submission, facts, judgement, observations)
        if one["code"] not in TOLD_OTHERWISE
    ]
    risen = tuple(_risen(submission))
    risks = [
        *_vetoes(ruleset, judgement, result),
        *_near(ruleset, result),
        *_rises(risen, submission, catalogue),
    ]
    if found:
        zh, en = f"填报提示 {len(found)} 条", f"{len(found)} integrity findings"
        risks.append(Risk("integrity", 1, Words(zh, en)))
    return Candidate(
        submission.subject.id,
        submission.subject.name,
        submission.subject.region,
        submission_digest(submission),
        None if result.score is None else result.score.score,
        _lowest_grade(ruleset, result),
        tuple(risks),
        risen,
        tuple(files),
    )


def _lowest_grade(ruleset: Ruleset, result: Result) -> str | None:
    """The grade that the confirmed score reaches."""
    if result.score is None:
        return None
    floor = result.score.score.floor
    return next(grade.id for grade in ruleset.scoring.grades if floor >= grade.at_least.value)


def _vetoes(ruleset: Ruleset, judgement: Judgement, result: Result) -> Iterator[Risk]:
    if result.vetoes:
        titles = [ruleset.by_id()[name].title for name in result.vetoes]
        zh, en = "、".join(one.zh for one in titles), ", ".join(one.en for one in titles)
        yield Risk("veto_failed", 4, Words(f"一票否决项未达标：{zh}", f"failed vetoes: {en}"))
    undecided = sum(
        one.criterion.veto and one.credit is not None and one.credit.floor < one.credit.ceiling
        for one in judgement.verdicts
    )
    if undecided:
        zh, en = f"{undecided} 项一票否决项待定", f"{undecided} vetoes undecided"
        yield Risk("veto_undecided", 2, Words(zh, en))


def _near(ruleset: Ruleset, result: Result) -> Iterator[Risk]:
    if result.score is None:
        return
    line, floor = ruleset.scoring.pass_line, result.score.score.floor
    if abs(floor - line) <= NEAR:
        shown, mark = printed(floor, (line,)), decimal(line)
        zh = f"自评 {shown} 分，距达标线 {mark} 分不超过 {NEAR} 分"
        yield Risk("near_threshold", 3, Words(zh, f"{shown}, within {NEAR} of the pass mark {mark}"))


def _risen(submission: Submission) -> Iterator[str]:
    for name, before in sorted(submission.previous.counts.items()):
        now = submission.counts.get(name)
        if now is not None and now > before * RISE_FACTOR and now - before >= RISE_LEAST:
            yield name


def _rises(risen: tuple[str, ...], submission: Submission, catalogue: Catalogue) -> Iterator[Risk]:
    if not risen:
        return
    told = [
        (catalogue.label(name), decimal(submission.previous.counts[name]), decimal(submission.counts[name]))
        for name in risen
    ]
    zh = "、".join(f"{label.zh}由 {before} 增至 {now}" for label, before, now in told)
    en = ", ".join(f"{label.en} from {before} to {now}" for label, before, now in told)
    yield Risk("sudden_rise", 2, Words(f"比上期骤增：{zh}", f"sudden rise: {en}"))


def with_shared_files(candidates: Iterable[Candidate]) -> list[Candidate]:
    """``candidates``, where a file that two of them sent is a risk of both."""
    listed = list(candidates)
    senders: dict[str, set[str]] = {}
    for one in listed:
        for file in one.files:
            senders.setdefault(file.digest, set()).add(one.id)
    return [_sharing(one, senders) for one in listed]


def _sharing(one: Candidate, senders: Mapping[str, set[str]]) -> Candidate:
    shared = {file.digest: file.evidence for file in one.files if len(senders[file.digest]) > 1}
    if not shared:
        return one
    others = sorted({other for digest in shared for other in senders[digest]} - {one.id})
    zh = f"{len(shared)} 个文件与{'、'.join(others)}的相同"
    risk = Risk("shared_files", 4, Words(zh, f"{len(shared)} files are also those of {', '.join(others)}"))
    evidence = dict.fromkeys(name for names in shared.values() for name in names)
    return one._replace(risks=(*one.risks, risk), shared=tuple(evidence))
