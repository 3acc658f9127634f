"""Reviews while they are written: the stages over a submission, their entries one by one, and what the engine finds wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

import orjson
from sqlalchemy import Connection, insert, select, update

from evaluator.digests import ruleset_digest, submission_digest
from evaluator.errors import InputError, Language, Place, Problem, Words
from evaluator.json_text import json_bytes
from evaluator.loading import Loaded, Received, chain_problems, given_review
from evaluator.loading.reviews import Placed
from evaluator.reading import Path, Source, read_json
from evaluator.review import ENTRIES, Review, ReviewStage, review_digest
from evaluator.reviewing.standing import in_chain
from evaluator.submission import Submission
from evaluator.validating import validate
from workbench.audit import Deed
from workbench.drafts import Draft, account_doer
from workbench.permissions import Account, Role
from workbench.storage.database import Transaction
from workbench.storage.tables import review_entries, reviews, submissions
from workbench.visits import Refused

STAGES: tuple[ReviewStage, ...] = ("preliminary", "inspection", "final")
# Which stages whoever has a role may open, write and sign.
STAGES_OF: Mapping[Role, tuple[ReviewStage, ...]] = {
    "street_reviewer": ("preliminary",),
    "district_reviewer": ("preliminary",),
    "inspector": ("inspection", "final"),
}
UNDER_REVIEW = ("submitted", "reviewing", "concluded")
# What is kept beside the entries of the contract: how and when in general, and who takes part.
HEAD = ("head", "review")
REVIEWERS = "reviewers"
SHOWN = "复核"
_FIELDS = {
    "verified": Words("核实为", "verified"),
    "claimed": Words("自报", "claimed"),
    "reason": Words("理由", "reason"),
    "date": Words("日期", "date"),
    "method": Words("方法", "method"),
    "earned": Words("核定得分", "points"),
    "outcome": Words("判定", "outcome"),
    "level": Words("档次", "level"),
    "number": Words("工号", "staff number"),
    "unit": Words("单位", "unit"),
}

Key = tuple[str, str]
Data = dict[str, Any]


class Stage(NamedTuple):
    """One stage of review over a submission; ``document`` is its file once it is signed."""

    id: int
    stage: ReviewStage
    state: str
    login: str
    opened_at: str
    signed_at: str | None
    document: str | None
    assessment: int | None

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state == "open"


class Said(NamedTuple):
    """What a reviewer wrote of one thing, as it stands; None where it was taken back."""

    entry: Data | None
    version: int
    login: str
    changed_at: str


class Found(NamedTuple):
    """A problem of an entry: of which, in which of its fields."""

    key: Key | None
    field: str
    problem: Problem


class Checked(NamedTuple):
    """A review as far as it can be read, and every problem of it."""

    review: Review | None
    data: Data
    found: tuple[Found, ...]

    def of(self, key: Key) -> list[Found]:
        """The problems of one entry."""
        return [one for one in self.found if one.key == key]


Entries = Mapping[Key, Said]


def stages_of(connection: Connection, submission: int) -> list[Stage]:
    """The stages of a submission so far, in their order."""
    rows = connection.execute(
        select(*(reviews.c[name] for name in Stage._fields)).where(reviews.c.submission == submission)
    )
    return sorted((Stage(*row) for row in rows), key=lambda one: STAGES.index(one.stage))


def said_in(connection: Connection, review: int) -> dict[Key, Said]:
    """Every entry of a stage."""
    rows = connection.execute(select(review_entries).where(review_entries.c.review == review))
    return {
        (row.list, row.about): Said(
            None if row.entry is None else orjson.loads(row.entry), row.version, row.login, row.changed_at
        )
        for row in rows
    }


def openable(account: Account, draft: Draft, stages: Sequence[Stage]) -> list[ReviewStage]:
    """The stages that ``account`` may open now: none while another is open, none before one that there is."""
    if draft.state not in UNDER_REVIEW or any(one.is_open for one in stages):
        return []
    last = max((STAGES.index(one.stage) for one in stages), default=-1)
    return [one for one in STAGES_OF.get(account.role, ()) if STAGES.index(one) > last]


def written_by(account: Account, stages: Sequence[Stage]) -> Stage | None:
    """The open stage, where ``account`` may write it."""
    allowed = STAGES_OF.get(account.role, ())
    return next((one for one in stages if one.is_open and one.stage in allowed), None)


def may_return(account: Account, draft: Draft, stages: Sequence[Stage]) -> bool:
    """Whether ``account`` may give the submission back: nobody gives back what those above are looking at."""
    allowed = [STAGES.index(one) for one in STAGES_OF.get(account.role, ())]
    last = max((STAGES.index(one.stage) for one in stages), default=-1)
    return draft.state in ("submitted", "reviewing") and bool(allowed) and max(allowed) >= last


def role_of(account: Account) -> str:
    """What a review calls the role."""
    if account.role == "street_reviewer":
        return "street_reviewer"
    if account.role == "district_reviewer":
        is_city = account.unit is not None and account.unit.kind == "city"
        return "municipal_inspector" if is_city else "district_inspector"
    return "provincial_inspector"


def open_stage(
    change: Transaction, draft: Draft, account: Account, stage: ReviewStage, number: str, head: Data
) -> int:
    """Begin a stage of review; raises ``Refused`` where it may not begin, ``InputError`` where who or when is faulty."""
    if stage not in openable(account, draft, stages_of(change.connection, draft.id)):
        raise Refused(
            409,
            Words(
                "这一阶段现在不能开始：前一阶段还没有签发，或已经开始",
                "this stage cannot begin now: the one before is not signed, or it has begun already",
            ),
        )
    found = change.execute(
        insert(reviews).values(
            submission=draft.id, stage=stage, state="open", login=account.login, opened_at=change.now
        )
    )
    review = int(found.inserted_primary_key[0])
    put(change, review, HEAD, head, account.login, 0)
    join(change, review, account, number)
    change.execute(
        update(submissions)
        .where(submissions.c.id == draft.id)
        .values(state="reviewing", version=submissions.c.version + 1)
    )
    change.tell(account_doer(account), Deed("review.open", draft.object, detail={"stage": stage}))
    return review


def join(change: Transaction, review: int, account: Account, number: str) -> None:
    """Note with which staff number an account takes part."""
    key = (REVIEWERS, account.login)
    known = said_in(change.connection, review).get(key)
    unit = "" if account.unit is None else account.unit.name
    entry = {"role": role_of(account), "unit": unit, "number": number.strip()}
    if known is None or known.entry != entry:
        put(change, review, key, entry, account.login, 0 if known is None else known.version)


def put(change: Transaction, review: int, key: Key, entry: Data | None, login: str, seen: int) -> None:
    """Keep an entry whose version was ``seen``."""
    now = {
        "entry": None if entry is None else orjson.dumps(entry).decode(),
        "version": seen + 1,
        "login": login,
        "changed_at": change.now,
    }
    same = (
        review_entries.c.review == review,
        review_entries.c.list == key[0],
        review_entries.c.about == key[1],
    )
    if seen == 0:
        change.execute(insert(review_entries).values(review=review, list=key[0], about=key[1], **now))
    else:
        change.execute(update(review_entries).where(*same).values(**now))


def mark_of(entries: Entries) -> str:
    """What changes whenever an entry does: who signs, signs what was on the page."""
    return ".".join(str(number) for number in (len(entries), sum(one.version for one in entries.values())))


def chain_of(stages: Sequence[Stage]) -> tuple[Review, ...]:
    """The reviews that are signed, in order."""
    signed = [one.document for one in stages if one.document is not None]
    return in_chain(validate(Review, read_json(text, SHOWN)) for text in signed)


def checked(
    loaded: Loaded,
    found: Received,
    stages: Sequence[Stage],
    stage: Stage,
    entries: Entries,
    signer: str,
    lang: Language = "zh",
) -> Checked:
    """The review that ``entries`` make, over those signed before it, and every problem that the engine finds in it.

    ``signer`` is the login of who stands first.
    """
    earlier = [one for one in stages if one.document is not None and one.id != stage.id]
    data, keys = _data_of(loaded, found.submission, chain_of(earlier), stage, entries, signer)
    source, paths = _source(data, lang)
    opened = given_review(source)
    problems = list(opened.problems)
    if opened.review is not None and not problems:
        before = [_placed(one.document or "") for one in earlier]
        problems = chain_problems([*before, (opened.review, source)], loaded, found.submission)
    located = [_located(one, paths, keys) for one in dict.fromkeys(problems)]
    return Checked(None if located else opened.review, data, tuple(located))


def _placed(document: str) -> Placed:
    source = read_json(document, SHOWN)
    return validate(Review, source), source


def _data_of(
    loaded: Loaded,
    submission: Submission,
    earlier: Sequence[Review],
    stage: Stage,
    entries: Entries,
    signer: str,
) -> tuple[Data, dict[tuple[str, int], Key]]:
    """The file of a review, and of which entry each item of its lists is."""
    people = {
        about: said.entry
        for (listed, about), said in sorted(entries.items())
        if listed == REVIEWERS and said.entry is not None
    }
    wrote = {
        said.login for (listed, _), said in entries.items() if listed in ENTRIES and said.entry is not None
    }
    others = [people[login] for login in people if login != signer and login in wrote]
    head = entries[HEAD].entry if HEAD in entries else None
    data: Data = {
        "review": 1,
        "submission": {"id": submission.subject.id, "digest": submission_digest(submission)},
        "ruleset": {
            "id": loaded.ruleset.ruleset,
            "version": loaded.ruleset.version,
            "digest": ruleset_digest(loaded.ruleset, loaded.catalogue),
        },
        "stage": stage.stage,
        "reviewer": people.get(signer) or {},
    }
    if others:
        data["also"] = others
    data.update(head or {})
    if earlier:
        data["follows"] = [review_digest(one) for one in earlier]
    keys: dict[tuple[str, int], Key] = {}
    for name in ENTRIES:
        listed = sorted(
            (about, said)
            for (kind, about), said in entries.items()
            if kind == name and said.entry is not None
        )
        for about, said in listed:
            entry = cast("Data", said.entry)
            number = (people.get(said.login) or {}).get("number")
            by = {"by": number} if others and number and said.login in {signer, *people} else {}
            keys[name, len(data.setdefault(name, []))] = (name, about)
            data[name].append({**entry, **by})
    return data, keys


def _source(data: Data, lang: Language) -> tuple[Source, dict[Place, Path]]:
    """``data`` as the readers take it: every path has a place of its own, by which its problems are found again."""
    places: dict[Path, Place] = {(): Place(SHOWN)}
    names: dict[Path, str] = {}

    def walk(value: Any, path: Path) -> None:
        items = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for key, one in items:
            inner = (*path, key)
            places[inner] = Place(SHOWN, sheet="/".join(str(part) for part in inner))
            walk(one, inner)
        if isinstance(value, dict):
            # A field that is missing has its place, too.
            for key, words in _FIELDS.items():
                names[*path, key] = words.in_language(lang)
                places.setdefault(
                    (*path, key), Place(SHOWN, sheet="/".join(str(part) for part in (*path, key)))
                )

    walk(data, ())
    return Source(SHOWN, data, "", places, (), names), {place: path for path, place in places.items()}


def _located(problem: Problem, paths: Mapping[Place, Path], keys: Mapping[tuple[str, int], Key]) -> Found:
    path = paths.get(problem.place, ())
    if len(path) >= 2 and (path[0], path[1]) in keys:
        return Found(keys[path[0], path[1]], str(path[2]) if len(path) > 2 else "", problem)  # type: ignore[index]  # of a list
    return Found(None, str(path[-1]) if path else "", problem)


def document_of(checked_: Checked) -> bytes:
    """The file of a review, as it is signed; raises ``InputError`` where anything in it is faulty."""
    if checked_.found or checked_.review is None:
        raise InputError([one.problem for one in checked_.found])
    return json_bytes(checked_.data)
