"""What an inspector looks at: the submissions that wait, and one of them as it was submitted, reviewed so far and judged now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from evaluator.errors import Language, Words
from evaluator.loading import Loaded, Received
from evaluator.review import Review
from evaluator.submission import natural
from evaluator.workbook.asked import only_states
from scorecards.conclusion import conclusion
from scorecards.entries import Entry, entries
from scorecards.wording import Wording
from workbench import attachments, drafts, judging, reviewing
from workbench.attachments import Attachment
from workbench.drafts import Draft
from workbench.permissions import Account, Unit
from workbench.reviewing import Checked, Said, Stage
from workbench.storage.tables import submissions, units
from workbench.visits import Refused, not_found

Json = dict[str, Any]
ON_A_PAGE = 50
# What is listed where nobody asks for another state.
WAITING = "waiting"
LISTED: Mapping[str, tuple[str, ...]] = {
    WAITING: ("submitted", "reviewing"),
    "submitted": ("submitted",),
    "reviewing": ("reviewing",),
    "concluded": ("concluded",),
    "returned": ("returned",),
    "all": ("submitted", "reviewing", "concluded", "returned"),
}


class Filter(NamedTuple):
    """Which submissions are asked for; an empty text asks for all."""

    region: str = ""
    ruleset: str = ""
    period: str = ""
    state: str = WAITING
    page: int = 1


class Choice(NamedTuple):
    """One value that a filter may have, and how it is shown."""

    value: str
    label: str


class Line(NamedTuple):
    """One submission in the list, with the figures of its self-check; what a street states for its communities is not judged."""

    draft: Draft
    figures: Figures | None
    stage: str | None
    is_judged: bool


class Figures(NamedTuple):
    """Confirmed, attainable, pass mark, still needed; None where nothing applies."""

    floor: str | None
    ceiling: str | None
    least: str
    needed: str | None


class Listed(NamedTuple):
    """A page of the list, what the filters offer, and how many there are in each state."""

    lines: list[Line]
    number: int
    counts: Mapping[str, int]
    regions: list[Choice]
    standards: list[Choice]
    periods: list[Choice]


def listed(connection: Connection, account: Account, wanted: Filter, lang: Language) -> Listed:
    """The submissions in reach of ``account`` that ``wanted`` asks for, whoever waits longest first."""
    top = account.unit
    if top is None:
        return Listed([], 0, {}, [], [], [])
    reach = [units.c.path.startswith(top.path, autoescape=True), submissions.c.state.in_(LISTED["all"])]
    joined = submissions.join(units, submissions.c.unit == units.c.id)
    asked = [*reach]
    if wanted.region:
        asked.append(units.c.path.contains(f"/{wanted.region}/", autoescape=True))
    if wanted.ruleset:
        asked.append(submissions.c.ruleset == wanted.ruleset)
    if wanted.period:
        asked.append(submissions.c.period_to == wanted.period)
    counts = {
        row.state: row.number
        for row in connection.execute(
            select(submissions.c.state, func.count().label("number"))
            .select_from(joined)
            .where(*asked)
            .group_by(submissions.c.state)
        )
    }
    states = LISTED.get(wanted.state, LISTED[WAITING])
    rows = connection.execute(
        drafts.chosen()
        .where(*asked, submissions.c.state.in_(states))
        .order_by(submissions.c.submitted_at, submissions.c.id)
        .limit(ON_A_PAGE)
        .offset((wanted.page - 1) * ON_A_PAGE)
    )
    found = [drafts.draft_of(row) for row in rows]
    offered = connection.execute(
        select(submissions.c.ruleset, submissions.c.ruleset_version, submissions.c.period_to)
        .select_from(joined)
        .where(*reach)
        .distinct()
    ).all()
    return Listed(
        [_line(connection, one) for one in found],
        sum(counts.get(one, 0) for one in states),
        counts,
        regions_below(connection, top),
        _standards(offered, lang),
        [Choice(one, one) for one in sorted({row.period_to for row in offered}, reverse=True)],
    )


def regions_below(connection: Connection, top: Unit) -> list[Choice]:
    """The units below ``top`` that others belong to, each below its own."""
    rows = connection.execute(
        select(units.c.id, units.c.name, units.c.path)
        .where(units.c.path.startswith(top.path, autoescape=True), units.c.kind != "community")
        .order_by(units.c.path)
    )
    deep = top.path.count("/")
    return [Choice(row.id, "\u3000" * (row.path.count("/") - deep) + row.name) for row in rows]


def _standards(rows: Iterable[Any], lang: Language) -> list[Choice]:
    latest: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: natural(row.ruleset_version)):
        latest[row.ruleset] = row.ruleset_version
    say = Wording(lang)
    return [
        Choice(name, say.line(drafts.rules(name, version).ruleset.title.model_dump()).text)
        for name, version in sorted(latest.items())
    ]


def _line(connection: Connection, draft: Draft) -> Line:
    made = judging.kept(connection, draft.id)
    own = next((one.document for one in made if one.purpose == "self_check"), None)
    stages = reviewing.stages_of(connection, draft.id)
    rules = drafts.rules(draft.ruleset, draft.ruleset_version).ruleset
    return Line(
        draft,
        None if own is None else figures_of(own),
        stages[-1].stage if stages else None,
        not only_states(draft.kind, [rules]),
    )


def figures_of(document: Json) -> Figures:
    """The four figures of an assessment."""
    found = [one.value for one in conclusion(document, entries(document, _ZH), _ZH).figures]
    nothing = document["score"] is None
    return Figures(
        None if nothing else found[0], None if nothing else found[1], found[2], None if nothing else found[3]
    )


_ZH = Wording("zh")


class Matter(NamedTuple):
    """A submission with its reviews.

    ``stage`` is the one that is open, ``entries`` what is written in it; ``may_write`` whether this account may. ``present`` is
    the assessment with what is reviewed so far, ``claimed`` that of the self-check.
    """

    draft: Draft
    loaded: Loaded
    received: Received
    files: list[Attachment]
    stages: list[Stage]
    stage: Stage | None
    entries: Mapping[reviewing.Key, Said]
    may_write: bool
    checked: Checked | None
    claimed: Json
    present: Json
    history: list[judging.Kept]

    @property
    def chain(self) -> tuple[Review, ...]:
        """The reviews that are signed."""
        return reviewing.chain_of(self.stages)

    def numbered(self, document: Json, lang: Language) -> dict[str, Entry]:
        """The criteria of an assessment by their ids, in the words of the scorecard."""
        return {str(one.data["id"]): one for one in entries(document, Wording(lang))}


def reviewed_draft(connection: Connection, number: int, account: Account) -> Draft:
    """A submission that was sent and is within reach; raises ``Refused`` as if there were none."""
    draft = drafts.within_reach(connection, number, account)
    if draft.document is None or draft.state not in LISTED["all"]:
        raise not_found()
    return draft


def matter_of(connection: Connection, draft: Draft, account: Account, lang: Language) -> Matter:
    """Everything that is known of a submission; raises ``Refused`` for one that is judged by no standard itself."""
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    if only_states(draft.kind, [loaded.ruleset]):
        raise not_found()
    files = attachments.of_submission(connection, draft.id)
    received = judging.received(draft, attachments.records(files))
    stages = reviewing.stages_of(connection, draft.id)
    history = judging.kept(connection, draft.id)
    claimed = next((one.document for one in history if one.purpose == "self_check"), None)
    if claimed is None:
        claimed = judging.assessment_of(loaded, received, plan=False)
    stage = next((one for one in stages if one.is_open), None) if draft.state == "reviewing" else None
    said: Mapping[reviewing.Key, Said] = {} if stage is None else reviewing.said_in(connection, stage.id)
    chain = reviewing.chain_of(stages)
    checked = None
    if stage is not None:
        checked = reviewing.checked(
            loaded, received, stages, stage, said, signer_of(stage, said, account), lang
        )
    if checked is not None and checked.review is not None:
        chain = (*chain, checked.review)
    present = judging.assessment_of(loaded, received, reviews=chain, plan=False) if chain else claimed
    may_write = stage is not None and reviewing.written_by(account, stages) == stage
    return Matter(
        draft, loaded, received, files, stages, stage, said, may_write, checked, claimed, present, history
    )


def signer_of(stage: Stage, said: Mapping[reviewing.Key, Said], account: Account) -> str:
    """Who stands first in a review that is looked at: this account where it takes part, else who opened it."""
    return account.login if (reviewing.REVIEWERS, account.login) in said else stage.login


class Row(NamedTuple):
    """One criterion in the list: as it is judged now, at the self-check, and whether anybody wrote about it."""

    entry: Entry
    claimed: Entry | None
    is_written: bool

    @property
    def waits_for_a_person(self) -> bool:
        """Whether only a person can decide it."""
        return "person" in self.entry.waits


def rows_of(matter: Matter, lang: Language) -> list[Row]:
    """The criteria in the order in which they are looked at: those that wait for a person first, then as in the ruleset."""
    now, then = matter.numbered(matter.present, lang), matter.numbered(matter.claimed, lang)
    written = written_criteria(matter)
    rows = [Row(one, then.get(name), name in written) for name, one in now.items()]
    # In the order of the self-check: a list that moves while one works through it loses the place.
    return sorted(rows, key=lambda one: (not _waited(one), one.entry.number))


def _waited(row: Row) -> bool:
    return row.claimed is not None and "person" in row.claimed.waits


def written_criteria(matter: Matter) -> frozenset[str]:
    """The criteria about which this stage says anything itself."""
    lists = ("ratings", "decisions", "confirmations")
    return frozenset(
        about for (name, about), said in matter.entries.items() if name in lists and said.entry is not None
    )


def neighbours(rows: Sequence[Row], criterion: str) -> tuple[Row | None, Row | None, Row | None]:
    """The criteria before and behind one in the list, and the next that waits for a person."""
    names = [str(one.entry.data["id"]) for one in rows]
    if criterion not in names:
        raise not_found()
    n = names.index(criterion)
    following = [*rows[n + 1 :], *rows[:n]]
    waiting = next((one for one in following if one.waits_for_a_person and not one.is_written), None)
    return rows[n - 1] if n else None, rows[n + 1] if n + 1 < len(rows) else None, waiting


def street_files(
    connection: Connection, draft: Draft, names: Iterable[str]
) -> dict[str, tuple[int, Attachment]]:
    """The files that the street sent and a community's evidence names: with the street's submission that has them."""
    wanted = set(names)
    if draft.kind != "community" or draft.parent is None or not wanted:
        return {}
    rows = connection.execute(
        select(submissions.c.id)
        .where(
            submissions.c.unit == draft.parent,
            submissions.c.ruleset == draft.ruleset,
            submissions.c.period_from == draft.period_from,
            submissions.c.period_to == draft.period_to,
            submissions.c.state.in_(drafts.SENT),
        )
        .order_by(submissions.c.revision)
    )
    return {
        one.name: (row.id, one)
        for row in rows
        for one in attachments.of_submission(connection, row.id)
        if one.name in wanted
    }


def day_in(text: str) -> str | None:
    """``text`` where it is a day, else None."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def only_where(may: bool) -> None:
    """Raise ``Refused`` unless this account may write the stage that is open."""
    if not may:
        raise Refused(
            409,
            Words(
                "没有可以填写的复核：还没有开始，或属于另一级的人员",
                "there is no review to write: none is open, or it is that of another level",
            ),
        )
