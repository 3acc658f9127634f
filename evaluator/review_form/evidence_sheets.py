"""The sheets of the inspector's form on which what was submitted is verified: counts, events, documents, statements. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from evaluator.entries import Document, Event
from evaluator.errors import Language, Words
from evaluator.exact import decimal
from evaluator.review_entries import AnyCorrection, Thing
from evaluator.review_form.columns import ACCEPT, CHANGES, NAMES, READMIT, REJECT, columns
from evaluator.review_form.layout import Sheet
from evaluator.review_form.matter import Matter, before_words
from evaluator.reviewing.claims import claimed
from evaluator.reviewing.uses import reads
from evaluator.reviewing.words import NO, NOT_SUBMITTED, YES, said
from evaluator.workbook.form import Choices, Column, Row, Value

_FIELDS = ("issued", "valid_to", "contains", "attachment")


def claim_text(value: Any) -> str | None:
    """A claim as the hidden columns carry it: ``130``, ``0.5``, ``true``, ``2025-03-12``, ``goals tasks``."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Fraction):
        return decimal(value)
    return " ".join(value) if isinstance(value, tuple) else str(value)


def item_of(thing: Thing, evidence: str = "") -> str:
    """What the hidden column says of a row: ``count:visits``, ``count@Q1:visits``, ``statement:desk:S01``."""
    kind = f"{thing.kind}@{thing.unit}" if thing.unit else thing.kind
    return f"{kind}:{thing.id}" + (f":{evidence}" if evidence else "")


def leave_out(matter: Matter) -> tuple[str, ...]:
    """The columns that say nothing here."""
    return () if matter.earlier or matter.settles else ("before",)


def settled(made: Iterable[Column], matter: Matter, lang: Language) -> tuple[Column, ...]:
    """The columns for a third, who sees what the two others said where else the stage before stands."""
    title = "两人的意见" if lang == "zh" else "The two"
    return tuple(
        one._replace(title=title, width=26) if matter.settles and one.key == "before" else one for one in made
    )


def _sheet(name: str, rows: Iterable[Row], matter: Matter, lang: Language) -> Sheet:
    made = settled(columns(name, lang, leave_out(matter)), matter, lang)
    listed = tuple(row for row in rows if not matter.settles or row.item in matter.opinions)
    return Sheet(name, NAMES[name].in_language(lang), made, listed, CHANGES[name])


def counts(matter: Matter, lang: Language) -> Sheet:
    """A row for each count that the rules use or that was submitted: of the subject, of the period before, of each unit."""
    return _sheet("counts", (_count(thing, matter, lang) for thing in _counted(matter)), matter, lang)


def _counted(matter: Matter) -> Iterator[Thing]:
    submission, used = matter.submission, _used(matter)
    for name in dict.fromkeys((*used[False, "counts"], *submission.counts)):
        yield Thing("count", name)
    for name in dict.fromkeys((*used[False, "previous"], *submission.previous.counts)):
        yield Thing("previous", name)
    for units in submission.units.values():
        for unit in units:
            for name in dict.fromkeys((*used[True, "counts"], *unit.counts)):
                yield Thing("count", name, unit.id)


def _used(matter: Matter) -> dict[tuple[bool, str], list[str]]:
    found: dict[tuple[bool, str], list[str]] = {
        (of_unit, kind): [] for of_unit in (False, True) for kind in ("counts", "previous", "statements")
    }
    for criterion in matter.ruleset.by_id().values():
        for one in sorted(reads(criterion)):
            if (one.of_unit, one.kind) in found and one.id not in found[one.of_unit, one.kind]:
                found[one.of_unit, one.kind].append(one.id)
    return found


def _count(thing: Thing, matter: Matter, lang: Language) -> Row:
    item, claim = matter.catalogue.counts.get(thing.id), claimed(thing, matter.submission)
    kind = "previous" if thing.kind == "previous" else "counts"
    values: dict[str, Value] = {
        "claim": claim_text(claim),
        "label": matter.catalogue.label(thing.id).model_dump()[lang],
        "scope": _scope(thing, matter, lang),
        "unit": (item.unit.zh if lang == "zh" else item.unit.en) if item is not None else None,
        "claimed": claim if isinstance(claim, int | Fraction) else NOT_SUBMITTED.in_language(lang),
        "serves": _serves(matter, kind, thing.id),
        "before": _before(thing, None if kind == "previous" or thing.unit else thing.id, matter, lang),
    }
    can_reject = kind == "counts" and not thing.unit and claim is not None
    return _row(item_of(thing), values, thing.id if can_reject else None, matter, lang)


def _scope(thing: Thing, matter: Matter, lang: Language) -> str:
    if thing.unit:
        units = (unit for units in matter.submission.units.values() for unit in units)
        name = next((unit.name for unit in units if unit.id == thing.unit), None)
        return f"{thing.unit} {name}" if name else thing.unit
    now, then = ("本期", "上期") if lang == "zh" else ("this period", "period before")
    return then if thing.kind == "previous" else now


def _serves(matter: Matter, kind: str, name: str) -> str | None:
    return "、".join(map(str, matter.serving().get((kind, name), ()))) or None


def _row(item: str, values: dict[str, Value], evidence: str | None, matter: Matter, lang: Language) -> Row:
    """A row whose evidence can be rejected, or accepted again where it stands rejected; closed where there is none."""
    if evidence is None:
        return Row(item, values, frozenset({"accept"}))
    words = [READMIT if evidence in matter.before.rejected else REJECT]
    if matter.settles:
        words = [REJECT, ACCEPT]
    return Row(item, values, choices={"accept": Choices(tuple(word.in_language(lang) for word in words))})


def _before(thing: Thing, evidence: str | None, matter: Matter, lang: Language) -> str | None:
    """What an earlier stage verified or rejected; in a third's form, what the two others said."""
    if matter.settles:
        words = matter.opinions.get(
            item_of(thing, evidence or "") if thing.kind == "statement" else item_of(thing)
        )
        return None if words is None else words.in_language(lang)
    found: list[str] = []
    for other, one in matter.before.corrections.items():
        if other[:3] == thing[:3]:
            entry: AnyCorrection = one.entry
            text = said(entry, entry.verified, matter.catalogue, matter.submission)
            found.append(before_words(one, text, lang) or "")
    if evidence in matter.before.rejected:
        found.append(before_words(matter.before.rejected[str(evidence)], REJECT, lang) or "")
    return "\n".join(found) or None


def events(matter: Matter, lang: Language) -> Sheet:
    """A row for each event."""
    return _sheet("events", (_event(one, matter, lang) for one in matter.submission.events), matter, lang)


def _event(one: Event, matter: Matter, lang: Language) -> Row:
    values: dict[str, Value] = {
        "claim": claim_text(one.date),
        "id": one.id,
        "label": matter.catalogue.label(one.type).model_dump()[lang],
        "title": one.title,
        "claimed": one.date.isoformat(),
        "files": str(len(one.files)) if one.files else None,
        "serves": _serves(matter, "events", one.type),
        "before": _before(Thing("event", one.id), one.id, matter, lang),
    }
    return _row(item_of(Thing("event", one.id)), values, one.id, matter, lang)


def documents(matter: Matter, lang: Language) -> Sheet:
    """A row for each document."""
    return _sheet(
        "documents", (_document(one, matter, lang) for one in matter.submission.documents), matter, lang
    )


def _document(one: Document, matter: Matter, lang: Language) -> Row:
    thing, item = Thing("document", one.id), matter.catalogue.documents.get(one.type)
    parts = {
        name: title.model_dump()[lang] for name, title in (item.parts if item is not None else {}).items()
    }
    joint, title = "、" if lang == "zh" else ", ", matter.catalogue.label(one.type).model_dump()[lang]
    values: dict[str, Value] = {
        **{
            f"claim.{field}": claim_text(claimed(thing._replace(field=field), matter.submission))
            for field in _FIELDS
        },
        "parts": "\n".join(f"{name}\t{label}" for name, label in parts.items()) or None,
        "id": one.id,
        "label": "\n".join(filter(None, (title, one.title, one.number))),
        "issued": one.issued.isoformat() if one.issued else None,
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
        "contains": joint.join(parts.get(name, name) for name in one.contains) or None,
        "attachment": (YES if one.files else NO).in_language(lang),
        "serves": _serves(matter, "documents", one.type),
        "before": _before(thing, one.id, matter, lang),
    }
    made = _row(item_of(thing), values, one.id, matter, lang)
    # A document of whose type the catalogue declares no parts has none to verify.
    return made if parts else made._replace(locked=frozenset({"verified.contains"}))


def statements(matter: Matter, lang: Language) -> Sheet:
    """A row for each statement that the rules use or that was submitted, of the subject and of each unit."""
    used, submission = _used(matter), matter.submission
    of_subject = dict.fromkeys((*used[False, "statements"], *(one.type for one in submission.statements)))
    things = [Thing("statement", name) for name in of_subject]
    for units in submission.units.values():
        for unit in units:
            names = dict.fromkeys((*used[True, "statements"], *unit.statements))
            things += [Thing("statement", name, unit.id) for name in names]
    return _sheet("statements", (_statement(thing, matter, lang) for thing in things), matter, lang)


def _statement(thing: Thing, matter: Matter, lang: Language) -> Row:
    claim = claimed(thing, matter.submission)
    own = (
        None
        if thing.unit
        else next((one for one in matter.submission.statements if one.type == thing.id), None)
    )
    words: Words = NOT_SUBMITTED if claim is None else YES if claim else NO
    values: dict[str, Value] = {
        "claim": claim_text(claim),
        "label": matter.catalogue.label(thing.id).model_dump()[lang],
        "scope": _scope(thing, matter, lang),
        "claimed": words.in_language(lang),
        "title": own.note if own is not None else None,
        "files": str(len(own.files)) if own is not None and own.files else None,
        "serves": _serves(matter, "statements", thing.id),
        "before": _before(thing, own.id if own is not None else None, matter, lang),
    }
    evidence = own.id if own is not None else ""
    return _row(item_of(thing, evidence), values, evidence or None, matter, lang)
