"""The ranking of what is concluded, made by the engine from the submissions and the reviews that were signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from evaluator.assessment import shown_by
from evaluator.errors import Language
from evaluator.ranking import Entry, Extent, Ranking, Tally
from evaluator.ranking import ranked as ranked_by_engine
from evaluator.ranking.entering import Entering, State, entry_of
from evaluator.ruleset import full_points
from evaluator.scored import scored
from evaluator.versions import standing
from scorecards.model import Report
from scorecards.ranking import ranking_report
from scorecards.ranking_book import write_ranking_xlsx
from workbench import attachments, drafts, judging, reviewing
from workbench.permissions import Account
from workbench.sampling import Standard, latest, standard_of, standards

CONCLUDED = ("concluded",)


def offered(connection: Connection, account: Account, lang: Language) -> list[Standard]:
    """The standards and periods of which something in reach is concluded."""
    return standards(latest(connection, account, CONCLUDED), lang)


def ranking_of(connection: Connection, account: Account, standard: str, region: str) -> Ranking | None:
    """The ranking for a standard and period (in ``region``, where one is named); None where nothing is concluded."""
    chosen = [
        one
        for one in latest(connection, account, CONCLUDED)
        if standard_of(one) == standard and (not region or f"/{region}/" in one.path)
    ]
    if not chosen:
        return None
    loaded = drafts.rules(chosen[0].ruleset, chosen[0].ruleset_version)
    entering = Entering(loaded.ruleset, loaded.catalogue)
    criteria = loaded.ruleset.by_id()
    found: list[Entry] = []
    came_to: Counter[tuple[str, tuple[str, ...], State]] = Counter()
    for draft in chosen:
        files = attachments.records(attachments.of_submission(connection, draft.id))
        received = judging.received(draft, files)
        chain = reviewing.chain_of(reviewing.stages_of(connection, draft.id))
        judged = scored(loaded.ruleset, loaded.catalogue, received.submission, reviews=chain)
        said = standing(loaded.versions, loaded.ruleset.version, received.submission.period.to)
        row = entering.row(
            received.submission,
            shown_by(received.submission, judged),
            judged,
            (*received.observations, *said),
        )
        found.append(entry_of(row, [one.id for one in loaded.ruleset.sections]))
        for name, number in zip(criteria, entering.numbers(judged.stands.judgement), strict=True):
            came_to[name, row.region, entering.listed[number]] += 1

    def tallies() -> Iterator[Tally]:
        for (name, where, state), number in came_to.items():
            yield Tally(
                name,
                where,
                state.outcome,
                Fraction(full_points(criteria[name], loaded.ruleset.scoring)),
                Extent(Fraction(state.earned_floor), Fraction(state.earned_ceiling)),
                None if state.short is None else Fraction(state.short),
                state.of,
                state.short_by,
                number,
            )

    return ranked_by_engine(found, tallies(), loaded.ruleset, loaded.catalogue)


def report(found: Ranking, lang: Language) -> Report:
    """The briefing, with every number: for those who review."""
    return ranking_report(found.document, lang)


def workbook(found: Ranking, folder: Path, lang: Language) -> bytes:
    """The ranking as a workbook; ``folder`` is where its pieces lie while it is made."""
    with TemporaryDirectory(dir=folder) as made:
        path = Path(made) / "ranking.xlsx"
        write_ranking_xlsx(found, path, lang, folder=Path(made))
        return path.read_bytes()
