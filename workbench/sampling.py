"""The plan of a sample, drawn by the engine from the submissions within an inspector's reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection

from evaluator.errors import Language
from evaluator.loading import Loaded, Received
from evaluator.sampling import FileSent, candidate, plan, with_shared_files
from evaluator.sampling.plan import Wanted
from evaluator.submission import natural
from evaluator.workbook.asked import only_states
from scorecards.model import Report
from scorecards.sampling import plan_report
from scorecards.wording import Wording
from workbench import attachments, drafts, judging
from workbench.drafts import Draft
from workbench.permissions import Account
from workbench.storage.tables import submissions, units

Json = dict[str, Any]


class Wish(NamedTuple):
    """How many to visit, how many criteria to check in each, and the seed of the lots."""

    communities: int
    criteria: int
    seed: str


class Standard(NamedTuple):
    """A standard at a version, for one period, under which something was submitted."""

    value: str
    label: str


def latest(connection: Connection, account: Account, states: tuple[str, ...]) -> list[Draft]:
    """The latest revision of each submission in reach that is in one of these states."""
    if account.unit is None:
        return []
    rows = connection.execute(
        drafts.chosen()
        .where(units.c.path.startswith(account.unit.path, autoescape=True), submissions.c.state.in_(states))
        .order_by(submissions.c.revision)
    )
    found = {
        (one.unit, one.ruleset, one.period_from, one.period_to): one for one in map(drafts.draft_of, rows)
    }
    return sorted(found.values(), key=lambda one: natural(one.unit))


def standard_of(draft: Draft) -> str:
    """How a form calls the standard, version and period of a submission."""
    return f"{draft.ruleset}@{draft.ruleset_version}/{draft.period_from}/{draft.period_to}"


def standards(found: list[Draft], lang: Language) -> list[Standard]:
    """The standards of these submissions, the latest period first."""
    say = Wording(lang)
    named = {standard_of(one): one for one in found}
    return [
        Standard(
            value,
            f"{say.line(drafts.rules(one.ruleset, one.ruleset_version).ruleset.title.model_dump()).text}"
            f" {one.ruleset_version} · {say.span(one.period_from, one.period_to)}",
        )
        for value, one in sorted(named.items(), key=lambda item: (item[1].period_to, item[0]), reverse=True)
    ]


def offered(connection: Connection, account: Account, lang: Language) -> list[Standard]:
    """The standards from whose submissions ``account`` can draw."""
    return standards(latest(connection, account, drafts.SENT), lang)


def drawn(connection: Connection, account: Account, standard: str, region: str, wish: Wish) -> Json | None:
    """The plan for what was submitted in reach (of ``region``, where one is named); None where there is nothing."""
    chosen = [
        one
        for one in latest(connection, account, drafts.SENT)
        if standard_of(one) == standard and (not region or f"/{region}/" in one.path)
    ]
    inputs = {one.submission.subject.id: (loaded, one) for loaded, one in _received(connection, chosen)}
    if not inputs:
        return None
    candidates = with_shared_files(
        candidate(
            loaded.ruleset,
            loaded.catalogue,
            received.submission,
            observations=received.observations,
            files=[FileSent(one.digest, one.evidence) for one in received.files or ()],
        )
        for loaded, received in inputs.values()
    )
    number = min(wish.communities, len(inputs))
    wanted = Wanted(number, number // 3, wish.criteria, wish.seed)
    return plan(
        candidates,
        next(iter(inputs.values()))[0].ruleset,
        wanted,
        lambda subject: judging.assessment_of(*inputs[subject], plan=False),
    )


def _received(connection: Connection, chosen: list[Draft]) -> Iterator[tuple[Loaded, Received]]:
    for draft in chosen:
        loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
        if not only_states(draft.kind, [loaded.ruleset]):
            files = attachments.records(attachments.of_submission(connection, draft.id))
            yield loaded, judging.received(draft, files)


def report(found: Json, lang: Language) -> Report:
    """The plan as it is printed."""
    return plan_report(found, lang)
