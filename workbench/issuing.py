"""A review signed off: its file frozen, the assessment with it kept, the scorecard issued and, where there is a seal, sealed."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import update

from evaluator.errors import InputError, Language, Words
from evaluator.json_text import json_bytes
from evaluator.loading import Loaded
from evaluator.review import Review
from workbench import judging, reviewing
from workbench.audit import Deed
from workbench.drafts import Draft
from workbench.inspection import Matter
from workbench.reviewing import Checked, Stage
from workbench.serving import Workbench
from workbench.storage.database import Transaction
from workbench.storage.tables import reviews, submissions
from workbench.visits import Refused, Visit, stale

Json = dict[str, Any]
_NOT_SET = Words(
    "评分表没有生成成功，什么都没有保存，请再签发一次",
    "the scorecard could not be set and nothing was kept: sign again",
)


class Signed(NamedTuple):
    """A review as it is signed: its file, the assessment made with it, the digest of the scorecard."""

    stage: Stage
    mark: str
    file: bytes
    document: Json
    scorecard: str


def obstacles(matter: Matter) -> list[Words]:
    """What keeps a review from being signed, besides the problems of its entries."""
    stage = matter.stage
    if stage is None or stage.stage != "final":
        return []
    waiting = [one["id"] for one in matter.present["criteria"] if _waits_for_a_person(one)]
    if not waiting:
        return []
    zh = f"审定要有结论，还有 {len(waiting)} 项待人工核验：{'、'.join(waiting)}"
    return [
        Words(
            zh, f"the final review decides; {len(waiting)} criteria wait for a person: {', '.join(waiting)}"
        )
    ]


def _waits_for_a_person(criterion: Json) -> bool:
    return "person" in criterion["waits"] and criterion["outcome"] != "not_applicable"


def made(workbench: Workbench, matter: Matter, stage: Stage, checked: Checked, lang: Language) -> Signed:
    """Everything that signing keeps; raises ``InputError`` where the review or the seal is faulty."""
    file = reviewing.document_of(checked)
    chain = [*matter.chain, *([checked.review] if checked.review is not None else [])]
    document = assessment_with(matter.loaded, matter, chain)
    try:
        pdf = workbench.press.submit(scorecard_of, document, lang, workbench.settings.seal).result()
    except BrokenProcessPool:
        workbench.stop_press()
        raise Refused(503, _NOT_SET) from None
    if isinstance(pdf, list):
        raise InputError(pdf)
    return Signed(stage, reviewing.mark_of(matter.entries), file, document, workbench.evidence.keep(pdf))


def assessment_with(loaded: Loaded, matter: Matter, chain: list[Review]) -> Json:
    """The assessment after a chain of reviews; it supersedes none: the command line makes the same of the same files."""
    return judging.assessment_of(loaded, matter.received, reviews=chain)


def scorecard_of(document: Json, lang: Language, seal: Path | None) -> Any:
    """The scorecard as it is issued, or every problem of the seal. Runs in a process of its own."""
    from scorecards.issuing import issued  # noqa: PLC0415 - heavy, and for this process alone

    content = issued(document, lang, attached=json_bytes(document))
    if seal is None:
        return content
    from workbench.sealing import sealed  # noqa: PLC0415

    try:
        return sealed(content, seal)
    except InputError as error:
        return list(error.problems)


def keep(change: Transaction, visit: Visit, draft: Draft, signed: Signed) -> int:
    """Keep a signed review; raises ``Refused`` where it was changed or signed meanwhile."""
    stages = reviewing.stages_of(change.connection, draft.id)
    now = next((one for one in stages if one.id == signed.stage.id), None)
    said = reviewing.said_in(change.connection, signed.stage.id)
    if draft.state != "reviewing" or now is None or not now.is_open or reviewing.mark_of(said) != signed.mark:
        raise stale()
    number = judging.keep(change, draft, visit.doer, signed.document, "review", signed.scorecard)
    change.execute(
        update(reviews)
        .where(reviews.c.id == now.id)
        .values(state="signed", signed_at=change.now, document=signed.file.decode(), assessment=number)
    )
    state = "reviewing" if now.stage == "preliminary" else "concluded"
    change.execute(
        update(submissions)
        .where(submissions.c.id == draft.id)
        .values(state=state, version=submissions.c.version + 1)
    )
    detail = {"stage": now.stage, "assessment": signed.document["digest"], "scorecard": signed.scorecard}
    change.tell(visit.doer, Deed("review.sign", draft.object, detail=detail))
    return number
