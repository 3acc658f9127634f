"""A stored submission assessed again under another version of its rules; what was assessed before stays as it is."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, literal, select

from evaluator.errors import ReviewError, RulesetError, Words
from evaluator.facts import STAGES
from evaluator.loading import Loaded, chain_problems
from evaluator.loading.files import read_text
from evaluator.packages.records import FileRecord
from evaluator.review import Review
from evaluator.reviewing.restating import restated
from evaluator.reviewing.standing import in_chain
from evaluator.validating import validate
from workbench import attachments, drafts, judging, rulesets
from workbench.audit import Deed, Doer
from workbench.permissions import Account
from workbench.serving import Workbench
from workbench.storage.tables import assessments, audit, reviews, submissions, units
from workbench.visits import Refused, not_found

PURPOSE = "replay"


class Kept(NamedTuple):
    """An assessment that was kept, with the submission that it is of."""

    id: int
    draft: drafts.Draft
    purpose: str
    stage: str
    ruleset: str
    version: str
    made_at: str
    content: bytes

    @property
    def document(self) -> dict[str, Any]:
        """The assessment as data."""
        found: dict[str, Any] = orjson.loads(self.content)
        return found


def within_reach(connection: Connection, identifier: int, account: Account) -> Kept:
    """The assessment with this number, for whoever reviews its unit or keeps the rules; raises ``Refused``."""
    row = connection.execute(select(assessments).where(assessments.c.id == identifier)).one_or_none()
    draft = None if row is None else drafts.find(connection, row.submission)
    if row is None or draft is None or draft.document is None or not _may_see(account, draft):
        raise not_found()
    return Kept(
        row.id,
        draft,
        row.purpose,
        row.stage,
        row.ruleset,
        row.ruleset_version,
        row.made_at,
        gzip.decompress(row.document),
    )


def _may_see(account: Account, draft: drafts.Draft) -> bool:
    return account.may("edit_rules") or (account.may("review") and account.reaches(draft.path))


def refuse_others(account: Account) -> None:
    """Refuse roles that neither review nor keep the rules."""
    if not (account.may("edit_rules") or account.may("review")):
        raise Refused(403, Words("您的角色不能做这件事", "your role may not do this"))


class Listed(NamedTuple):
    """An assessment in a list."""

    id: int
    name: str
    period_from: str
    period_to: str
    purpose: str
    stage: str
    version: str
    made_at: str


def listed(connection: Connection, ruleset: str, account: Account, most: int = 500) -> list[Listed]:
    """The assessments of submitted revisions under a ruleset that ``account`` may replay, the latest first."""
    query = (
        select(
            assessments.c.id,
            units.c.name,
            submissions.c.period_from,
            submissions.c.period_to,
            assessments.c.purpose,
            assessments.c.stage,
            assessments.c.ruleset_version,
            assessments.c.made_at,
        )
        .join(submissions, assessments.c.submission == submissions.c.id)
        .join(units, submissions.c.unit == units.c.id)
        .where(assessments.c.ruleset == ruleset, submissions.c.document.is_not(None))
        .order_by(assessments.c.id.desc())
        .limit(most)
    )
    if not account.may("edit_rules"):
        own = "" if account.unit is None else account.unit.path
        query = query.where(units.c.path.startswith(own, autoescape=True), literal(own != ""))
    return [Listed(*tuple(row)) for row in connection.execute(query)]


class Replayed(NamedTuple):
    """An assessment that was made again, and the criteria whose ratings and decisions no longer fit."""

    document: dict[str, Any]
    left_out: tuple[str, ...]


def replay(workbench: Workbench, doer: Doer, old: Kept, version: str, *, reviewed: bool) -> int:
    """Assess the submission of ``old`` under ``version`` and keep the result; its number.

    ``reviewed`` takes the signed reviews that ``old`` was made over, too. Raises ``InputError`` where they do not fit.
    """
    if version not in rulesets.versions(old.ruleset):
        raise not_found()
    with workbench.database.read() as connection:
        files = attachments.records(attachments.of_submission(connection, old.draft.id))
        texts = _signed(connection, old) if reviewed else []
    found = assessed(old, rulesets.rules(old.ruleset, version), files, texts)
    with workbench.database.write() as change:
        number = judging.keep(change, old.draft, doer, found.document, PURPOSE)
        detail = {
            "of": old.id,
            "from": old.version,
            "ruleset": old.ruleset,
            "version": version,
            "reviews": len(texts),
            "left_out": list(found.left_out),
            "digest": found.document["digest"],
        }
        change.tell(doer, Deed("assessment.replay", f"assessment:{number}", detail=detail))
    return number


def assessed(old: Kept, loaded: Loaded, files: Sequence[FileRecord] | None, texts: Sequence[str]) -> Replayed:
    """The assessment of what was submitted under ``loaded``, over the reviews in ``texts`` as they stand there."""
    found = judging.received_under(loaded, old.draft, files)
    before = rulesets.rules(old.ruleset, old.version)
    sources = [read_text(text.encode(), "review.json") for text in texts]
    sources.sort(key=lambda one: STAGES.index(one.data["stage"]))
    made = restated(
        in_chain(validate(Review, one) for one in sources),
        (before.ruleset, before.catalogue),
        (loaded.ruleset, loaded.catalogue),
    )
    problems = chain_problems([*zip(made.reviews, sources, strict=True)], loaded, found.submission)
    if problems:
        raise ReviewError(dict.fromkeys(problems))
    return Replayed(judging.assessment_of(loaded, found, reviews=made.reviews), made.left_out)


def _signed(connection: Connection, old: Kept) -> list[str]:
    """The signed reviews up to the stage of ``old``."""
    rows = connection.execute(
        select(reviews.c.stage, reviews.c.document).where(
            reviews.c.submission == old.draft.id,
            reviews.c.state == "signed",
            reviews.c.document.is_not(None),
        )
    ).all()
    last = STAGES.index(old.stage)
    return [one.document for one in rows if STAGES.index(one.stage) <= last]


def left_out(connection: Connection, identifier: int) -> list[str]:
    """The criteria whose ratings and decisions a replay left out."""
    detail = connection.execute(
        select(audit.c.detail).where(
            audit.c.object == f"assessment:{identifier}", audit.c.action == "assessment.replay"
        )
    ).scalar_one_or_none()
    found: list[str] = [] if detail is None else orjson.loads(detail).get("left_out", [])
    return found


def score_of(document: dict[str, Any]) -> str:
    """The confirmed and the attainable score, as one text."""
    score = document["score"]
    if score is None:
        return "–"
    return score["floor"] if score["floor"] == score["ceiling"] else f"{score['floor']}–{score['ceiling']}"


def usable_versions(ruleset: str) -> list[str]:
    """The versions that can be read here, the latest first."""
    found = []
    for version in reversed(rulesets.versions(ruleset)):
        try:
            rulesets.rules(ruleset, version)
        except RulesetError:
            continue
        found.append(version)
    return found
