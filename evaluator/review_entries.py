"""What an inspector writes about one thing, always with a reason: corrections of what was submitted, and decisions."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from evaluator.entry_forms import EvidenceId
from evaluator.exact import Exact
from evaluator.model import (
    ExactNumber,
    Identifier,
    IsoDate,
    Line,
    Model,
    Quantity,
    Tuple,
    clean_text,
    refusal,
)
from evaluator.ruleset import Method

_STAFF_NUMBER = r"[A-Za-z-]{0,15}[0-9][A-Za-z0-9-]{0,15}"


def _staff_number(value: Any) -> Any:
    # What stands here instead may be a name: it is not repeated.
    text = clean_text(value)
    if isinstance(text, str) and re.fullmatch(_STAFF_NUMBER, text) is None:
        raise refusal(
            "no_staff_number",
            "这不是工号",
            "this is no staff number",
            mend_zh="写单位编的工号，如 0042、A-17，要有数字；不写姓名",
            mend_en="write the number that the unit gives its staff, such as 0042 or A-17, with a digit; no name",
        )
    return text


def _points(value: Exact) -> Exact:
    if value.percent:
        raise refusal(
            "percent_of_points",
            "得分写分数，不写百分比",
            "points are written as a number, not as a percentage",
            mend_zh='写成 "3" 或 "2.5"',
            mend_en='write "3" or "2.5"',
        )
    return value


_Number = Annotated[str, Field(pattern=f"^{_STAFF_NUMBER}$")]
StaffNumber = Annotated[_Number, BeforeValidator(_staff_number, json_schema_input_type=_Number | int)]
Points = Annotated[ExactNumber, AfterValidator(_points)]
Decided = Literal["satisfied", "partly_satisfied", "not_satisfied", "not_applicable", "needs_review"]


ThingKind = Literal["count", "previous", "statement", "event", "document"]


class Thing(NamedTuple):
    """What a correction corrects: its kind, its identifier, and where there are several, the unit and the field."""

    kind: ThingKind
    id: str
    unit: str = ""
    field: str = ""


class Entry(Model):
    """One entry of a review.

    ``method`` and ``date`` are the review's own where an entry states none; ``by`` is the staff number of the reviewer who
    wrote it, where several stand behind the review.
    """

    method: Method | None = None
    date: IsoDate | None = None
    reason: Line
    by: StaffNumber | None = None


class _Correction(Entry):
    @property
    def thing(self) -> Thing:
        """What it corrects."""
        raise NotImplementedError


class CountCorrection(_Correction):
    """A count of this period, of the subject or of one of its units; ``claimed`` is absent where none was submitted."""

    count: Identifier
    unit: EvidenceId | None = None
    claimed: Quantity | None = None
    verified: Quantity

    @property
    def thing(self) -> Thing:
        return Thing("count", self.count, self.unit or "")


class PreviousCorrection(_Correction):
    """A count of the period before."""

    previous: Identifier
    claimed: Quantity | None = None
    verified: Quantity

    @property
    def thing(self) -> Thing:
        return Thing("previous", self.previous)


class StatementCorrection(_Correction):
    """A yes or no, by the type of the statement."""

    statement: Identifier
    unit: EvidenceId | None = None
    claimed: bool | None = None
    verified: bool

    @property
    def thing(self) -> Thing:
        return Thing("statement", self.statement, self.unit or "")


class EventCorrection(_Correction):
    """The day of an event."""

    event: EvidenceId
    claimed: IsoDate
    verified: IsoDate

    @property
    def thing(self) -> Thing:
        return Thing("event", self.event)


class _DocumentCorrection(_Correction):
    document: EvidenceId
    field: str

    @property
    def thing(self) -> Thing:
        return Thing("document", self.document, field=self.field)


class DocumentDateCorrection(_DocumentCorrection):
    """The day of issue or the last day of validity of a document; null where it states none."""

    field: Literal["issued", "valid_to"]
    claimed: IsoDate | None = None
    verified: IsoDate | None


class DocumentPartsCorrection(_DocumentCorrection):
    """The parts that a document really has."""

    field: Literal["contains"]
    claimed: Tuple[Identifier] = ()
    verified: Tuple[Identifier]


class DocumentCopyCorrection(_DocumentCorrection):
    """Whether the document itself is there to be read: an attachment, or the paper that the inspector saw."""

    field: Literal["attachment"]
    claimed: bool
    verified: bool


_FIELDS = {"issued": "its date", "valid_to": "its date", "contains": "its parts", "attachment": "its copy"}


def _which(value: Any) -> str | None:
    # The tags are no keys of a file: a place in the file is found without them.
    if isinstance(value, _Correction):
        thing = value.thing
        return _FIELDS[thing.field] if thing.kind == "document" else f"a {thing.kind}"
    if not isinstance(value, dict):
        return None
    for name in ("count", "previous", "statement", "event"):
        if name in value:
            return f"a {name}"
    return _FIELDS.get(str(value.get("field")), "its date") if "document" in value else None


AnyCorrection: TypeAlias = (
    CountCorrection
    | PreviousCorrection
    | StatementCorrection
    | EventCorrection
    | DocumentDateCorrection
    | DocumentPartsCorrection
    | DocumentCopyCorrection
)
Correction: TypeAlias = Annotated[
    Annotated[CountCorrection, Tag("a count")]
    | Annotated[PreviousCorrection, Tag("a previous")]
    | Annotated[StatementCorrection, Tag("a statement")]
    | Annotated[EventCorrection, Tag("a event")]
    | Annotated[DocumentDateCorrection, Tag("its date")]
    | Annotated[DocumentPartsCorrection, Tag("its parts")]
    | Annotated[DocumentCopyCorrection, Tag("its copy")],
    Discriminator(
        _which,
        custom_error_type="nothing_corrected",
        custom_error_message="nothing corrected",
        custom_error_context={
            "zh": "没有写更正的是什么",
            "en": "it does not say what is corrected",
            "mend_zh": "写 count（数据）、previous（上期数据）、statement（事项）、event（活动）或 document（文件）之一",
            "mend_en": "write one of count, previous, statement, event, document",
        },
    ),
]


class OnEvidence(Entry):
    """A word on one piece of evidence: an event, a document or a statement by its id, a count by its identifier."""

    id: EvidenceId


class LevelGiven(Entry):
    """An inspector's level for a criterion that is rated."""

    criterion: Identifier
    level: int


class Decision(Entry):
    """The last resort: the outcome of a criterion, whatever the machine says.

    ``earned`` is in the criterion's points; only ``partly_satisfied`` needs it.
    """

    criterion: Identifier
    outcome: Decided
    earned: Points | None = None


class Confirmation(Entry):
    """What was claimed for a criterion was verified and is so: it changes nothing."""

    criterion: Identifier
