"""Submissions while they are filled in: the form of each, what was typed cell by cell, and what a cell was read as."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, cast

import orjson
from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from evaluator.errors import Words
from evaluator.loading import Loaded, submission_in
from evaluator.model import SubjectKind
from evaluator.workbook.form import Form, Sheet
from evaluator.workbook.layout import planned
from evaluator.workbook.making import Filled, filled_by
from evaluator.workbook.paging import Cells, ReadCell, is_filled_at, read_row, text_of_value
from workbench import rulesets
from workbench.audit import Deed, Doer
from workbench.permissions import Account
from workbench.storage.database import Transaction
from workbench.storage.tables import cells, files, submissions, units
from workbench.visits import Refused, not_found

# How messages call what is filled in here: a place reads 网页填报:数据!E5.
SHOWN = "网页填报"
LONGEST_TEXT = 4000
# So many rows may be added below those of the form.
MOST_ADDED = 200
MOST_CELLS = 20_000
# In these states a submission can be changed.
OPEN = ("draft",)
SENT = ("submitted", "reviewing", "concluded")
STATES = {
    "draft": Words("填报中", "being filled in"),
    "submitted": Words("已提交，待复核", "submitted, waits for review"),
    "reviewing": Words("复核中", "under review"),
    "returned": Words("已退回，见新的一稿", "returned: see the next revision"),
    "concluded": Words("已办结", "concluded"),
    "discarded": Words("已作废", "discarded"),
}


class Draft(NamedTuple):
    """One revision of a submission, with the unit that it is of."""

    id: int
    unit: str
    name: str
    kind: str
    path: str
    parent: str | None
    region: str
    ruleset: str
    ruleset_version: str
    period_from: str
    period_to: str
    revision: int
    previous: int | None
    state: str
    version: int
    base: str | None
    document: str | None
    document_digest: str | None
    beside: str | None
    made_at: str
    submitted_at: str | None
    note: str

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in OPEN

    @property
    def object(self) -> str:
        """How the audit log calls it."""
        return f"submission:{self.id}"


_COLUMNS = [
    *(submissions.c[name] if name in submissions.c else units.c[name] for name in Draft._fields),
]
_JOINED = select(*_COLUMNS).join(units, submissions.c.unit == units.c.id)


# Built once: these are asked for with every cell that is typed into.
_BY_NUMBER = _JOINED.where(submissions.c.id == bindparam("number"))
_OF_ROW = select(cells.c.key, cells.c.value, cells.c.version, cells.c.login, cells.c.changed_at).where(
    cells.c.submission == bindparam("of"), cells.c.sheet == bindparam("on"), cells.c.row == bindparam("at")
)
_NEW_CELL = insert(cells)
_CHANGED_CELL = (
    update(cells)
    .where(
        cells.c.submission == bindparam("of"),
        cells.c.sheet == bindparam("on"),
        cells.c.row == bindparam("at"),
        cells.c.key == bindparam("under"),
    )
    .values(
        value=bindparam("new_value"),
        version=bindparam("new_version"),
        login=bindparam("by"),
        changed_at=bindparam("now"),
    )
)
_TOUCHED = (
    update(submissions)
    .where(submissions.c.id == bindparam("number"), submissions.c.state == "draft")
    .values(version=submissions.c.version + 1)
)


def draft_of(row: Row[Any]) -> Draft:
    """The draft in a row of ``chosen``."""
    return Draft(*tuple(row))


def chosen() -> Any:
    """The query of every draft: add conditions and an order."""
    return _JOINED


def find(connection: Connection, identifier: int) -> Draft | None:
    """The submission with this number."""
    row = connection.execute(_BY_NUMBER, {"number": identifier}).one_or_none()
    return None if row is None else draft_of(row)


def within_reach(connection: Connection, identifier: int, account: Account) -> Draft:
    """The submission with this number, where ``account`` may see it; raises ``Refused`` as if there were none.

    Whoever reviews sees what was submitted, never what is being filled in.
    """
    draft = find(connection, identifier)
    if draft is None or not account.reaches(draft.path):
        raise not_found()
    if draft.is_open and account.unit is not None and draft.path != account.unit.path:
        raise not_found()
    if draft.is_open and not account.may("fill"):
        raise not_found()
    return draft


rules = rulesets.rules


def form_of(draft: Draft) -> Form:
    """The form of a submission, the same as long as it is filled in."""
    return _form(
        draft.ruleset,
        draft.ruleset_version,
        draft.kind,
        draft.unit,
        draft.name,
        draft.region,
        draft.period_from,
        draft.period_to,
        draft.base,
    )


@lru_cache(maxsize=512)
def _form(
    ruleset: str,
    version: str,
    kind: str,
    unit: str,
    name: str,
    region: str,
    first: str,
    last: str,
    base: str | None,
) -> Form:
    loaded = rules(ruleset, version)
    if base is not None:
        filled = filled_by(submission_in(base.encode(), "base.json", loaded.catalogue))
    else:
        filled = Filled(
            cast("SubjectKind", kind),
            unit,
            name,
            tuple(orjson.loads(region)),
            {},
            date.fromisoformat(first),
            date.fromisoformat(last),
        )
    return planned([(loaded.ruleset, loaded.catalogue)], loaded.catalogue, filled)


def may_be_filled(sheet: Sheet, row: int, key: str) -> bool:
    """Whether people write into this cell on a page.

    Of the subject only what the unit does not say already: its name, region and period stand in the tree of units.
    """
    if row >= len(sheet.rows):
        column = next((one for one in sheet.columns if one.key == key), None)
        open_ = not sheet.locked and sheet.id in ("events", "documents", "street", "units")
        return open_ and row < len(sheet.rows) + MOST_ADDED and column is not None and column.filled
    if sheet.id == "subject":
        item = sheet.rows[row].item
        return key == "value" and (item == "as_of" or item.startswith("attributes."))
    return sheet.id != "files" and is_filled_at(sheet, sheet.rows[row], key)


class Typed(NamedTuple):
    """What stands in a cell since it was last changed."""

    value: str
    version: int
    login: str
    changed_at: str


def typed_in(connection: Connection, submission: int) -> dict[tuple[str, int, str], Typed]:
    """Every cell that was typed into."""
    rows = connection.execute(select(cells).where(cells.c.submission == submission))
    return {
        (row.sheet, row.row, row.key): Typed(row.value, row.version, row.login, row.changed_at)
        for row in rows
    }


def values(typed: dict[tuple[str, int, str], Typed]) -> Cells:
    """The texts of the cells alone."""
    return {place: one.value for place, one in typed.items()}


class Saved(NamedTuple):
    """What became of a cell: its version now, what the reader makes of its row, and what somebody else typed since."""

    version: int
    read: ReadCell
    other: Typed | None = None


def save(
    change: Transaction, draft: Draft, account: Account, place: tuple[str, int, str], value: str, seen: int
) -> Saved:
    """Keep what was typed into a cell whose version was ``seen``; nothing where it changed since, or concerns a person.

    Raises ``Refused`` where nobody writes there.
    """
    name, row, key = place
    form = form_of(draft)
    sheet = next((one for one in form.tables() if one.id == name), None)
    if not draft.is_open or sheet is None or not may_be_filled(sheet, row, key) or len(value) > LONGEST_TEXT:
        raise Refused(422, Words("这一格不能填", "nobody writes into this cell"))
    same_row = {"of": draft.id, "on": name, "at": row}
    kept = {one_key: Typed(*typed) for one_key, *typed in change.execute(_OF_ROW, same_row)}
    before = kept.get(key)
    texts = {one: typed.value for one, typed in kept.items()} | {key: value}
    read = read_row(form, sheet, row, texts, SHOWN)
    if before is not None and before.value == value:
        return Saved(before.version, read)
    if (0 if before is None else before.version) != seen:
        return Saved(seen, read, before)
    if read.persons:
        return Saved(seen, read)
    if before is None:
        new = {"submission": draft.id, "sheet": name, "row": row, "key": key, "value": value}
        change.execute(_NEW_CELL, {**new, "version": 1, "login": account.login, "changed_at": change.now})
    else:
        now = {"new_value": value, "new_version": seen + 1, "by": account.login, "now": change.now}
        change.execute(_CHANGED_CELL, {**same_row, "under": key, **now})
    touch(change, draft)
    return Saved(seen + 1, read)


def touch(change: Transaction, draft: Draft) -> None:
    """Count a change of the submission; raises ``Refused`` where it is no longer open."""
    done = change.execute(_TOUCHED, {"number": draft.id})
    if done.rowcount != 1:
        raise Refused(409, Words("已经提交，不能再改", "it has been submitted and can no longer be changed"))


def value_at(form: Form, typed: Cells, place: tuple[str, int, str]) -> str:
    """What stands in a cell: what was typed, else what the form held."""
    name, row, key = place
    found = typed.get(place)
    if found is not None:
        return found
    sheet = next(one for one in form.tables() if one.id == name)
    return text_of_value(sheet.rows[row].values.get(key)) if row < len(sheet.rows) else ""


def begin(
    change: Transaction,
    account: Account,
    unit: str,
    loaded: Loaded,
    period: tuple[date, date],
    *,
    base: bytes | None = None,
    previous: Draft | None = None,
    note: str = "",
) -> int:
    """A new submission, or the next revision of ``previous``, with its cells; its number."""
    stated = {
        "unit": unit,
        "ruleset": loaded.ruleset.ruleset,
        "ruleset_version": loaded.ruleset.version,
        "period_from": period[0].isoformat(),
        "period_to": period[1].isoformat(),
    }
    same = [submissions.c[key] == stated[key] for key in ("unit", "ruleset", "period_from", "period_to")]
    last = change.execute(select(func.max(submissions.c.revision)).where(*same)).scalar_one()
    if last is not None and previous is None:
        raise Refused(
            409,
            Words(
                "这个单位、标准和评估期已经有一份申报",
                "there is a submission of this unit, standard and period already",
            ),
        )
    found = change.execute(
        insert(submissions).values(
            **stated,
            revision=(last or 0) + 1,
            previous=None if previous is None else previous.id,
            state="draft",
            base=(None if base is None else base.decode()) if previous is None else previous.base,
            made_at=change.now,
            note=note,
        )
    )
    number = int(found.inserted_primary_key[0])
    if previous is not None:
        copy_cells(change, previous.id, number)
    change.tell(
        account_doer(account),
        Deed("submission.begin", f"submission:{number}", note, {**stated, "revision": (last or 0) + 1}),
    )
    return number


def account_doer(account: Account) -> Doer:
    """Who acts, for the audit log."""
    return Doer(account.login, account.role)


def copy_cells(change: Transaction, source: int, target: int) -> None:
    """The cells and files of ``source`` for ``target``, too."""
    for table in (cells, files):
        kept = [one.name for one in table.c if one.name not in ("submission", "id")]
        for row in change.execute(
            select(*(table.c[name] for name in kept)).where(table.c.submission == source)
        ):
            change.execute(insert(table).values(submission=target, **dict(zip(kept, row, strict=True))))


def replace_base(change: Transaction, draft: Draft, base: bytes) -> None:
    """Begin the form anew from what ``base`` states: what was typed before is gone."""
    change.execute(delete(cells).where(cells.c.submission == draft.id))
    change.execute(update(submissions).where(submissions.c.id == draft.id).values(base=base.decode()))
    touch(change, draft)


def of_unit(connection: Connection, path: str) -> Iterable[Draft]:
    """Everything that the unit at ``path`` states, the latest period first."""
    query = _JOINED.where(units.c.path == path).order_by(
        submissions.c.period_to.desc(), submissions.c.ruleset, submissions.c.revision.desc()
    )
    return [draft_of(row) for row in connection.execute(query)]
