"""The inspector's form as YAML: everything that can be said stands in it as a comment, to be uncommented and filled. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluator.errors import Language
from evaluator.review_form.evidence_sheets import counts, documents, events, statements
from evaluator.review_form.layout import Sheet
from evaluator.review_form.matter import Matter
from evaluator.review_form.planning import criteria
from evaluator.reviewing.entries import levels_of
from evaluator.reviewing.words import METHODS, OUTCOMES, ROLES, STAGES
from evaluator.workbook.form import Row

_HEAD = {
    "zh": (
        "要用的行，删去行首的 # 再填写；没有动过的不生效。",
        "每一条都要写 reason（理由）。method 和 date 写在开头，或写在每一条上。不写姓名、证件号、电话。",
    ),
    "en": (
        "Uncomment the lines that you need and fill them; what stays a comment says nothing.",
        "Every entry needs its reason. State method and date at the top or in each entry. No names, no numbers of persons.",
    ),
}


def skeleton(matter: Matter, lang: Language) -> str:
    """The form as text."""
    return "\n".join([*_top(matter, lang), *_evidence(matter, lang), *_verdicts(matter, lang)]) + "\n"


def _top(matter: Matter, lang: Language) -> Iterator[str]:
    about, name = matter.about("review"), matter.submission.subject.name
    title = matter.document["ruleset"]["title"][lang]
    stage = STAGES[matter.stage].in_language(lang)
    yield _comment(f"{name} · {title} · {stage}")
    yield from map(_comment, _HEAD[lang])
    yield _comment("role: " + _choices(ROLES, lang))
    yield _comment("method: " + _choices(METHODS, lang))
    yield "review: 1"
    yield f"submission: {{id: {about.submission}, digest: {_quoted(about.submission_digest)}}}"
    rules = f"id: {about.ruleset}, version: {_quoted(about.version)}, digest: {_quoted(about.ruleset_digest)}"
    yield f"ruleset: {{{rules}}}"
    yield f"stage: {matter.stage}"
    for key in ("follows", "settles"):
        if getattr(about, key):
            yield f"{key}: [{', '.join(map(_quoted, getattr(about, key)))}]"
    yield 'reviewer: {role: , unit: "", number: ""}'
    yield '# also: [{role: , unit: "", number: ""}]'
    yield "date:"
    yield "method:"


def _choices(words: Any, lang: Language) -> str:
    joint = "、" if lang == "zh" else ", "
    return joint.join(f"{name} {pair.in_language(lang)}" for name, pair in words.items())


def _evidence(matter: Matter, lang: Language) -> Iterator[str]:
    made = {
        sheet.id: sheet for sheet in (plan(matter, lang) for plan in (counts, events, documents, statements))
    }
    yield "corrections:"
    for sheet in made.values():
        for row in sheet.rows:
            yield from _about(row, sheet)
            for line in _corrections(row, sheet):
                yield f"  # - {{{line}, verified: , reason: }}"
    rejected = matter.before.rejected
    ids = [name for sheet in made.values() for row in sheet.rows if (name := _evidence_id(row)) is not None]
    # A third says of what the two differ on whether it counts.
    accepted = ids if matter.settles else list(rejected)
    for key, names in (
        ("rejected_evidence", [one for one in ids if one not in rejected]),
        ("accepted_evidence", accepted),
    ):
        if names:
            yield f"{key}:"
            yield from (f"  # - {{id: {name}, reason: }}" for name in names)


def _about(row: Row, sheet: Sheet) -> Iterator[str]:
    shown = [row.values.get(key) for key in ("label", "scope", "title", "before") if sheet.has(key)]
    yield "  " + _comment(" ".join(str(one) for one in shown if one))


def _corrections(row: Row, sheet: Sheet) -> Iterator[str]:
    kind, _, rest = row.item.partition(":")
    kind, _, unit = kind.partition("@")
    name = rest.partition(":")[0]
    of_unit = f", unit: {unit}" if unit else ""
    if sheet.id != "documents":
        claim = row.values.get("claim")
        yield f"{kind}: {name}{of_unit}" + (f", claimed: {_value(str(claim))}" if claim is not None else "")
        return
    for field in ("issued", "valid_to", "contains", "attachment"):
        if field == "contains" and "verified.contains" in row.locked:
            continue
        claim = row.values.get(f"claim.{field}")
        if field == "contains":
            claimed = f", claimed: [{', '.join(str(claim or '').split())}]"
        else:
            claimed = f", claimed: {_value(str(claim))}" if claim is not None else ""
        yield f"document: {name}, field: {field}{claimed}"


def _evidence_id(row: Row) -> str | None:
    if "accept" in row.locked:
        return None
    return row.item.rpartition(":")[2]


def _verdicts(matter: Matter, lang: Language) -> Iterator[str]:
    known = matter.ruleset.by_id()
    rows = criteria(matter, lang).rows
    yield "ratings:"
    for row in rows:
        if levels_of(known[row.item]):
            yield from _criterion(row, lang)
            yield f"  # - {{criterion: {row.item}, level: , reason: }}"
    yield _comment(
        "outcome: " + _choices({name: OUTCOMES[name] for name in OUTCOMES if name != "no_evidence"}, lang)
    )
    yield "decisions:"
    for row in rows:
        yield from _criterion(row, lang)
        yield f'  # - {{criterion: {row.item}, outcome: , earned: "", reason: }}'


def _criterion(row: Row, lang: Language) -> Iterator[str]:
    shown = [row.values.get(key) for key in ("clause", "label", "machine", "need", "why", "before")]
    joint = "；" if lang == "zh" else "; "
    yield "  " + _comment(joint.join(str(one) for one in shown if one))


def _comment(text: str) -> str:
    return "# " + " ".join(text.split())


def _value(text: str) -> str:
    return text if text in ("true", "false") or text.isdecimal() else _quoted(text)


def _quoted(text: str) -> str:
    return f'"{text}"'
