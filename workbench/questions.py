"""What a reviewer can say of one criterion and its evidence: questions, each with how it is answered, and answers as entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, cast

from evaluator.errors import Language, Words
from evaluator.exact import decimal
from evaluator.review import ENTRIES
from evaluator.review_entries import Thing
from evaluator.reviewing.claims import claimed
from evaluator.reviewing.entries import levels_of
from evaluator.reviewing.standing import NOTHING, standings
from evaluator.reviewing.uses import Read, reads
from evaluator.reviewing.words import FIELDS, METHODS, NO, OUTCOMES, YES, label_of, labelled, said
from evaluator.ruleset import Criterion, full_points
from evaluator.workbook.cells import number_of
from workbench.attachments import Attachment
from workbench.inspection import Matter

Json = dict[str, Any]
_DECIDED = ("satisfied", "partly_satisfied", "not_satisfied", "not_applicable", "needs_review")
_FIELD_KINDS = {
    "issued": "day_or_none",
    "valid_to": "day_or_none",
    "contains": "parts",
    "attachment": "answer",
}
# The words of an entry's keys, in the order in which they are shown.
KEYS: Mapping[str, Words] = {
    "claimed": Words("自报", "claimed"),
    "verified": Words("核实为", "verified"),
    "level": Words("档次", "level"),
    "outcome": Words("判定", "outcome"),
    "earned": Words("核定得分", "points"),
    "method": Words("方法", "method"),
    "date": Words("日期", "date"),
    "reason": Words("理由", "reason"),
}


_FACTS: Mapping[str, Words] = {
    "claim": Words("自报", "claimed"),
    "note": Words("说明", "note"),
    "day": Words("日期", "day"),
    "document_number": Words("文号", "number"),
    **FIELDS,
}


class Question(NamedTuple):
    """One thing that can be said: of which list of the review and about what, its words, what was claimed, how it is answered."""

    list: str
    about: str
    label: str
    kind: str
    claim: str = ""
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    thing: Thing | None = None

    @property
    def key(self) -> tuple[str, str]:
        """By what its answer is kept."""
        return self.list, self.about

    @property
    def anchor(self) -> str:
        """The name of its form in the page."""
        return "".join(letter if letter.isalnum() else "-" for letter in f"{self.list}-{self.about}")


class File(NamedTuple):
    """A file of a piece of evidence; ``submission`` is the one that has it, None where nobody sent it."""

    name: str
    submission: int | None = None
    attachment: Attachment | None = None

    @property
    def shown_as(self) -> str:
        """``picture``, ``pdf``, ``link`` or ``absent``."""
        if self.attachment is None:
            return "absent"
        return {"jpg": "picture", "png": "picture", "pdf": "pdf"}.get(self.attachment.record.type, "link")


class Piece(NamedTuple):
    """One piece of evidence of a criterion, its files, and what can be said of it."""

    id: str
    label: str
    facts: tuple[tuple[str, str], ...]
    files: tuple[File, ...]
    questions: tuple[Question, ...]
    accepted: bool = True
    reason: str = ""


class _About(NamedTuple):
    thing: Thing


def of_criterion(matter: Matter, criterion: Criterion, lang: Language) -> list[Question]:
    """What can be said of the criterion itself."""
    name = criterion.id
    full = decimal(full_points(criterion, matter.loaded.ruleset.scoring))
    found = [Question("confirmations", name, "", "confirmation")]
    levels = levels_of(criterion)
    if levels:
        options = tuple(
            (str(one.level), f"{one.level} · {one.text.zh if lang == 'zh' else one.text.en or one.text.zh}")
            for one in levels
        )
        found.append(Question("ratings", name, "", "level", options=options))
    decided = tuple((one, OUTCOMES[one].in_language(lang)) for one in _DECIDED)
    found.append(Question("decisions", name, "", "decision", claim=full, options=decided))
    return found


def pieces_of(
    matter: Matter, criterion: Criterion, lang: Language, of_street: Mapping[str, tuple[int, Attachment]]
) -> list[Piece]:
    """The evidence of a criterion: each entry with its files, then what the units state."""
    own = {one.name: one for one in matter.files}
    told = {(row["kind"], row["id"]): row for row in matter.present["evidence"]}
    found: list[Piece] = []
    for read in sorted(reads(criterion)):
        found.extend(_Pieces(matter, lang, own, of_street, told).of(read))
    return found


def files_named(matter: Matter) -> set[str]:
    """The names of all files that evidence names and this submission does not have."""
    own = {one.name for one in matter.files}
    return {name for _, _, one in matter.received.submission.entries() for name in one.files} - own


class _Pieces:
    def __init__(
        self,
        matter: Matter,
        lang: Language,
        own: Mapping[str, Attachment],
        of_street: Mapping[str, tuple[int, Attachment]],
        told: Mapping[tuple[str, str], Json],
    ) -> None:
        self.matter, self.lang, self.own, self.of_street, self.told = matter, lang, own, of_street, told
        self.submission, self.catalogue = matter.received.submission, matter.loaded.catalogue
        stood = standings(matter.chain)
        self.before = stood[-1] if stood else NOTHING

    def of(self, read: Read) -> Iterator[Piece]:
        if read.of_unit:
            yield from self._of_units(read)
        elif read.kind in ("counts", "previous"):
            yield self._count(read)
        elif read.kind == "statements":
            yield self._statement(read.id)
        elif read.kind in ("events", "documents"):
            for one in getattr(self.submission, read.kind):
                if one.type == read.id:
                    yield self._event(one) if read.kind == "events" else self._document(one)

    def _question(self, thing: Thing, kind: str, label: str = "", **more: Any) -> Question:
        claim = claimed(thing, self.submission)
        text = said(cast("Any", _About(thing)), claim, self.catalogue, self.submission).in_language(self.lang)
        about = (
            f"{thing.kind}:{thing.id}"
            + (f"@{thing.unit}" if thing.unit else "")
            + (f".{thing.field}" if thing.field else "")
        )
        words = label or label_of(thing, self.submission, self.catalogue).in_language(self.lang)
        return Question("corrections", about, words, kind, text, thing=thing, **more)

    def _accepting(self, identifier: str) -> Iterator[Question]:
        yield Question("rejected_evidence", identifier, "", "evidence")
        if identifier in self.before.rejected:
            yield Question("accepted_evidence", identifier, "", "evidence")

    def _piece(
        self,
        identifier: str,
        kind: str,
        label: str,
        questions: Iterable[Question],
        files: Sequence[str] = (),
        **facts: str,
    ) -> Piece:
        row = self.told.get((kind, identifier), {})
        reason = row.get("reason") or {}
        return Piece(
            identifier,
            label,
            tuple((_FACTS[name].in_language(self.lang), value) for name, value in facts.items() if value),
            tuple(self._file(name) for name in files),
            tuple(questions),
            bool(row.get("accepted", True)),
            str(reason.get(self.lang) or reason.get("zh") or ""),
        )

    def _file(self, name: str) -> File:
        if name in self.own:
            return File(name, self.matter.draft.id, self.own[name])
        if name in self.of_street:
            number, attachment = self.of_street[name]
            return File(name, number, attachment)
        return File(name)

    def _count(self, read: Read) -> Piece:
        kind = "count" if read.kind == "counts" else "previous"
        thing = Thing(kind, read.id)  # type: ignore[arg-type]  # one of the two
        item = self.catalogue.counts.get(read.id)
        unit = item.unit if item is not None else None
        question = self._question(
            thing, "number", unit="" if unit is None else str(unit.zh if self.lang == "zh" else unit.en)
        )
        questions = [question]
        if kind == "count" and read.id in self.submission.counts:
            questions.extend(self._accepting(read.id))
        return self._piece(read.id, kind, question.label, questions, claim=question.claim)

    def _statement(self, name: str) -> Piece:
        one = next((one for one in self.submission.statements if one.type == name), None)
        question = self._question(Thing("statement", name), "answer", options=self._answers())
        if one is None:
            return self._piece(name, "statement", question.label, [question], claim=question.claim)
        return self._piece(
            one.id,
            "statement",
            question.label,
            [question, *self._accepting(one.id)],
            one.files,
            claim=question.claim,
            note=one.note or "",
        )

    def _answers(self) -> tuple[tuple[str, str], ...]:
        return (("yes", YES.in_language(self.lang)), ("no", NO.in_language(self.lang)))

    def _event(self, one: Any) -> Piece:
        label = labelled(one, self.catalogue).in_language(self.lang)
        question = self._question(Thing("event", one.id), "day")
        return self._piece(
            one.id, "event", label, [question, *self._accepting(one.id)], one.files, day=one.date.isoformat()
        )

    def _document(self, one: Any) -> Piece:
        label = labelled(one, self.catalogue).in_language(self.lang)
        item = self.catalogue.documents.get(one.type)
        parts = {} if item is None else item.parts
        titles = tuple((name, title.zh if self.lang == "zh" else title.en) for name, title in parts.items())
        questions = []
        for field, kind in _FIELD_KINDS.items():
            options = titles if kind == "parts" else self._answers() if kind == "answer" else ()
            if kind != "parts" or titles:
                questions.append(
                    self._question(
                        Thing("document", one.id, field=field),
                        kind,
                        FIELDS[field].in_language(self.lang),
                        options=options,
                    )
                )
        said_ = {question.about: question.claim for question in questions}
        facts = {
            "document_number": one.number or "",
            "issued": "" if one.issued is None else one.issued.isoformat(),
            "valid_to": "" if one.valid_to is None else one.valid_to.isoformat(),
            "contains": said_.get(f"document:{one.id}.contains", ""),
        }
        return self._piece(
            one.id, "document", label, [*questions, *self._accepting(one.id)], one.files, **facts
        )

    def _of_units(self, read: Read) -> Iterator[Piece]:
        if read.kind not in ("counts", "statements"):
            return
        kind = "count" if read.kind == "counts" else "statement"
        for units in self.submission.units.values():
            for unit in units:
                if read.id in getattr(unit, read.kind):
                    thing = Thing(kind, read.id, unit.id)  # type: ignore[arg-type]  # one of the two
                    how = "number" if kind == "count" else "answer"
                    question = self._question(thing, how, options=() if kind == "count" else self._answers())
                    yield self._piece(
                        f"{unit.id}.{read.id}", "unit", question.label, [question], claim=question.claim
                    )


class Answer(NamedTuple):
    """What was sent for a question: the texts of the form by their fields."""

    verified: tuple[str, ...] = ()
    level: str = ""
    outcome: str = ""
    earned: str = ""
    method: str = ""
    date: str = ""
    reason: str = ""


class Wrong(NamedTuple):
    """A field that cannot be read, and why."""

    field: str
    words: Words


def entry_of(question: Question, answer: Answer, matter: Matter) -> tuple[Json, list[Wrong]]:
    """The entry of the review that an answer states, and what of it cannot be read."""
    found: Json = {}
    wrong: list[Wrong] = []
    if question.thing is not None:
        found.update(_of_thing(question.thing, matter))
        value = _verified(question, answer.verified, wrong)
        if value is not _NOTHING:
            found["verified"] = value
    elif question.list in ("rejected_evidence", "accepted_evidence"):
        found["id"] = question.about
    else:
        found["criterion"] = question.about
    if question.kind == "level":
        found["level"] = int(answer.level) if answer.level.isdecimal() else None
    if question.kind == "decision":
        found["outcome"] = answer.outcome or None
        if answer.earned.strip():
            found["earned"] = answer.earned.strip()
    for name in ("method", "date"):
        text = getattr(answer, name).strip()
        if text:
            found[name] = text
    reason = " ".join(answer.reason.split())
    if reason:
        found["reason"] = reason
    else:
        wrong.append(Wrong("reason", Words("写明理由", "state the reason")))
    return found, wrong


_NOTHING = object()


def _of_thing(thing: Thing, matter: Matter) -> Json:
    found: Json = {thing.kind: thing.id}
    if thing.unit:
        found["unit"] = thing.unit
    if thing.field:
        found["field"] = thing.field
    claim = _plain(claimed(thing, matter.received.submission))
    return found if claim is None else {**found, "claimed": claim}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return decimal(value) if isinstance(value, Fraction) else value


def _verified(question: Question, texts: Sequence[str], wrong: list[Wrong]) -> Any:
    text = texts[0].strip() if texts else ""
    if question.kind == "parts":
        return [one for one in texts if one]
    if question.kind == "answer":
        return {"yes": True, "no": False}.get(text, _NOTHING)
    if question.kind == "day_or_none" and not text:
        return None
    if not text:
        return _NOTHING
    if question.kind == "number":
        read = number_of(text, units=(question.unit,) if question.unit else ())
        if read.wrong is not None:
            wrong.append(Wrong("verified", read.wrong.what))
            return _NOTHING
        return read.value
    return text


def answer_of(entry: Mapping[str, Any]) -> Answer:
    """An entry as the fields of its form."""
    verified = entry.get("verified")
    texts: tuple[str, ...] = ()
    if isinstance(verified, bool):
        texts = ("yes" if verified else "no",)
    elif isinstance(verified, list):
        texts = tuple(str(one) for one in verified)
    elif verified is not None:
        texts = (str(verified),)
    return Answer(texts, *(str(entry.get(name) or "") for name in Answer._fields[1:]))


def told(question: Question, entry: Mapping[str, Any] | None, lang: Language) -> list[tuple[str, str]]:
    """An entry in words, field by field; nothing of one that was taken back."""
    if entry is None:
        return []
    names = dict(question.options)
    found = []
    for key, words in KEYS.items():
        if key not in entry or key == "claimed":
            continue
        value = entry[key]
        if key == "verified":
            value = _said_as(value, names, lang)
        elif key == "method":
            value = METHODS[value].in_language(lang) if value in METHODS else value
        elif key == "outcome":
            value = OUTCOMES[value].in_language(lang) if value in OUTCOMES else value
        found.append((words.in_language(lang), str(value)))
    return found


def _said_as(value: Any, names: Mapping[str, str], lang: Language) -> str:
    if isinstance(value, bool):
        return (YES if value else NO).in_language(lang)
    if isinstance(value, list):
        return ("、" if lang == "zh" else ", ").join(names.get(str(one), str(one)) for one in value) or "—"
    return "—" if value is None else str(value)


def question_in(questions: Iterable[Question], name: str, about: str) -> Question | None:
    """The question whose answer is kept by these."""
    known = name in ENTRIES
    return next((one for one in questions if known and one.key == (name, about)), None)
