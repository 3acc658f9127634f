"""An assessment as it is read back, and what shows that it is as it was written: its digest, and a score that follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from evaluator.accounting import ENDS, account
from evaluator.algorithms import algorithm_of
from evaluator.assessment_parts import (
    CriterionRead,
    DeductionRead,
    EvidenceRead,
    IntegrityRead,
    Read,
    ReviewRead,
    RulesetRead,
    ScoreRead,
    SectionRead,
    Stage,
    SubmissionRead,
)
from evaluator.canonical import digest
from evaluator.characters import disguise_in, said_of
from evaluator.errors import Fault, Words
from evaluator.exact import Number
from evaluator.model import Digest, Identifier, IsoDate

Json = dict[str, Any]


class AssessmentFile(Read):
    """``{"assessment": 1, …}`` as ``duibiao score`` writes it."""

    assessment: Literal[1]
    digest: Digest
    stage: Stage
    as_of: IsoDate
    ruleset: RulesetRead
    submission: SubmissionRead
    reviews: list[ReviewRead]
    supersedes: Digest | None = None
    score: ScoreRead | None
    grade: Identifier | None
    accepted: bool | None
    vetoes: list[Identifier]
    sections: list[SectionRead]
    criteria: list[CriterionRead]
    evidence: list[EvidenceRead]
    deductions: list[DeductionRead]
    integrity: list[IntegrityRead]


def not_an_assessment(data: Any) -> Fault | None:
    """What keeps ``data`` from being an assessment of this format as it was written, or None."""
    if not isinstance(data, dict) or "assessment" not in data:
        what = Words("这不是评估结果", "this is no assessment")
        mend = Words("用 duibiao score 写出的 .json", "use a .json that duibiao score wrote")
        return Fault("no_assessment", (), what, mend)
    if data["assessment"] != 1:
        what = Words("评估结果的格式版本不认识", "this version of the format is not known")
        return Fault("unknown_format", ("assessment",), what)
    stated = data.get("digest")
    if digest({key: value for key, value in data.items() if key != "digest"}, algorithm_of(stated)) != stated:
        what = Words(
            "内容与校验码不符，写出之后被改动过", "the content does not match its digest: it was altered"
        )
        mend = Words("用原来的文件，或重新评分", "use the file as it was written, or score again")
        return Fault("altered", ("digest",), what, mend)
    return None


def disguises(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """The texts of ``data`` that would look other than they are: the digest shows who wrote them to nobody."""
    if isinstance(data, str):
        found = disguise_in(data)
        if found is not None:
            yield Fault("hidden_character", path, *said_of(found))
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from disguises(value, (*path, key))


def contradictions(document: Json) -> Iterator[Fault]:
    """Where an assessment of the right shape contradicts itself: ids that repeat, a score that its criteria do not make."""
    ids = [one["id"] for one in document["criteria"]]
    sections = {one["id"] for one in document["sections"]}
    if len(set(ids)) != len(ids) or any(one["section"] not in sections for one in document["criteria"]):
        what = Words("指标重复，或不属于任何类目", "a criterion stands twice or in no section")
        yield Fault("contradiction", ("criteria",), what)
        return
    scoring = document["ruleset"]["scoring"]
    grades = {one["id"] for one in scoring["grades"]}
    if scoring["pass"] not in grades or not {document["grade"]} <= {*grades, None}:
        what = Words("等次不在规则集的等次之中", "a grade that the ruleset does not have")
        yield Fault("contradiction", ("grade",), what)
    for end in ENDS:
        made, stated = account(document, end), document["score"]
        total: Number | None = None if made is None else made.score
        if (None if stated is None else stated["exact"][end]) != (None if total is None else str(total)):
            what = Words("总分与各项指标的得分对不上", "the score does not follow from the criteria")
            mend = Words("用本版程序重新评分", "score again with this version of the program")
            yield Fault("contradiction", ("score", "exact", end), what, mend)
