"""Whom a draft of rules affects among what was submitted to this server, as ``rules impact`` tells it."""

from __future__ import annotations

from typing import Any, NamedTuple

from evaluator.errors import InputError, Problem
from evaluator.impact.alike import readable
from evaluator.impact.judging import Judging
from evaluator.impact.summing import impact
from evaluator.loading import Loaded
from workbench import attachments, drafts, judging
from workbench.serving import Workbench
from workbench.storage.tables import submissions


class Told(NamedTuple):
    """What the change does (``{"impact": 1, …}``; None where nothing was submitted), and what could not be read."""

    found: dict[str, Any] | None
    refused: list[tuple[str, tuple[Problem, ...]]]


def impact_of(workbench: Workbench, old: Loaded, new: Loaded) -> Told:
    """What a change from ``old`` to ``new`` does to every submission under that ruleset: one of each unit and period."""
    rules = (old.ruleset, old.catalogue), (new.ruleset, new.catalogue)
    told_apart = Judging(*rules)
    both = old._replace(catalogue=readable(old.catalogue, new.catalogue))
    units, refused = [], []
    with workbench.database.read() as connection:
        query = (
            drafts.chosen()
            .where(
                submissions.c.ruleset == old.ruleset.ruleset,
                submissions.c.state.in_(drafts.SENT),
                submissions.c.document.is_not(None),
            )
            .order_by(submissions.c.unit, submissions.c.period_to, submissions.c.revision.desc())
        )
        found = [drafts.draft_of(row) for row in connection.execute(query)]
        latest = {(one.unit, one.period_from, one.period_to): one for one in reversed(found)}
        files = {
            one.id: attachments.records(attachments.of_submission(connection, one.id))
            for one in latest.values()
        }
    for draft in sorted(latest.values(), key=lambda one: (one.unit, one.period_to)):
        if draft.kind not in new.ruleset.subject:
            continue
        try:
            submission = judging.received_under(both, draft, files[draft.id]).submission
        except InputError as error:
            refused.append((draft.name, error.problems))
            continue
        units.append(told_apart.unit(submission))
    if not units:
        return Told(None, refused)
    # The report speaks of files that were refused; here they are named beside it.
    return Told({**impact(told_apart, units), "refused": [], "ignored": 0}, refused)
