"""A person at a form of a review: what is typed into which cell, with openpyxl as the spreadsheet."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl

from evaluator.assessment import assess
from evaluator.errors import Language
from evaluator.exact import decimal
from evaluator.review import Review
from evaluator.review_form.layout import Form
from evaluator.review_form.matter import Matter
from evaluator.review_form.planning import plan
from evaluator.review_form.writing import write_form
from evaluator.reviewing.words import METHODS, OUTCOMES, ROLES
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission
from tests.evaluator.building import CATALOGUE

REVIEWERS = {
    "reviewer.role": "省级验收人员",
    "reviewer.unit": "省民族宗教事务委员会",
    "reviewer.number": "0042",
}


def matter(
    rules: Ruleset, submission: Submission, *earlier: Review, stage: str = "inspection", **more: Any
) -> Matter:
    """What a form is made from."""
    alone = assess(rules, CATALOGUE, submission, stage=stage, **more).document  # type: ignore[arg-type]
    document = assess(rules, CATALOGUE, submission, reviews=earlier, **more).document if earlier else alone
    return Matter(rules, CATALOGUE, submission, document, alone, stage, earlier)


class Desk:
    """An open workbook."""

    def __init__(self, form: Form | bytes) -> None:
        self.book = openpyxl.load_workbook(BytesIO(form if isinstance(form, bytes) else write_form(form)))

    def sheet(self, name: str) -> Any:
        """The sheet whose hidden row says ``name``."""
        return next(one for one in self.book if str(one["A1"].value) == f"item:{name}")

    def keys(self, name: str) -> dict[str, int]:
        """The columns of a sheet by their keys."""
        return {str(cell.value).partition(":")[0]: cell.column for cell in self.sheet(name)[1] if cell.value}

    def row(self, name: str, item: str) -> int | None:
        """The row of ``item``, if the sheet has it."""
        if all(str(one["A1"].value) != f"item:{name}" for one in self.book):
            return None
        cells = self.sheet(name)["A"]
        return next(
            (
                cell.row
                for cell in cells
                if str(cell.value or "").split(":S")[0] == item.split(":S", maxsplit=1)[0]
            ),
            None,
        )

    def type(self, name: str, item: str, **values: Any) -> None:
        """Type ``values`` into the row of ``item``; ``__`` in a key stands for a dot."""
        number = self.row(name, item)
        assert number is not None, (name, item)
        for key, value in values.items():
            self.sheet(name).cell(number, self.keys(name)[key.replace("__", ".")]).value = value

    def sign(self, **more: Any) -> Desk:
        """Fill in who reviews, how and when."""
        for item, value in {**REVIEWERS, "method": "实地察看", "date": "2026-01-10", **more}.items():
            self.type("reviewers", item, value=value)
        return self

    def hidden(self, sheet: Any) -> set[int]:
        """The columns of a sheet that people do not see."""
        return {
            n for one in sheet.column_dimensions.values() if one.hidden for n in range(one.min, one.max + 1)
        }

    def bytes(self) -> bytes:
        """The file as it is saved."""
        target = BytesIO()
        self.book.save(target)
        return target.getvalue()


def desk(
    rules: Ruleset, submission: Submission, *earlier: Review, lang: Language = "zh", **more: Any
) -> Desk:
    """The inspector's form, opened."""
    return Desk(plan(matter(rules, submission, *earlier, **more), lang))


def typed(at: Desk, review: Review, lang: Language = "zh") -> set[str]:
    """Type everything of ``review`` that the form has a row for; what it has none for, by identifier."""
    left: set[str] = set()
    at.sign(
        **{"reviewer.role": ROLES[review.reviewer.role].in_language(lang), "reviewer.unit": review.reviewer.unit,
           "reviewer.number": review.reviewer.number, "date": review.date.isoformat() if review.date else None,
           "method": METHODS[review.method].in_language(lang) if review.method else None}
    )  # fmt: skip

    def put(name: str, item: str, entry: Any, **values: Any) -> None:
        if at.row(name, item) is None:
            left.add(item)
            return
        how = {"date": entry.date.isoformat() if entry.date else None}
        how["method"] = METHODS[entry.method].in_language(lang) if entry.method else None
        at.type(name, item, reason=entry.reason, **how, **values)

    for one in review.corrections:
        thing = one.thing
        kind = f"{thing.kind}@{thing.unit}" if thing.unit else thing.kind
        key = f"verified__{thing.field}" if thing.field else "verified"
        put(_SHEETS[thing.kind], f"{kind}:{thing.id}", one, **{key: _shown(one.verified, thing.field, lang)})
    for one in review.rejected_evidence:
        put(*_row_of(one.id, at), one, accept=("不采信", "reject")[lang == "en"])
    for one in review.accepted_evidence:
        put(*_row_of(one.id, at), one, accept=("恢复采信", "accept again")[lang == "en"])
    for one in review.ratings:
        put("criteria", one.criterion, one, level=one.level)
    for one in review.decisions:
        words = OUTCOMES[one.outcome].in_language(lang)
        put(
            "criteria",
            one.criterion,
            one,
            decision=words,
            earned=None if one.earned is None else str(one.earned),
        )
    return left


_SHEETS = {
    "count": "counts",
    "previous": "counts",
    "event": "events",
    "document": "documents",
    "statement": "statements",
}


def _row_of(name: str, at: Desk) -> tuple[str, str]:
    for sheet in ("counts", "events", "documents", "statements"):
        for cell in (
            at.sheet(sheet)["A"] if any(str(one["A1"].value) == f"item:{sheet}" for one in at.book) else ()
        ):
            if str(cell.value or "").rpartition(":")[2] == name:
                return sheet, str(cell.value)
    return "events", f"event:{name}"


def _shown(value: Any, field: str, lang: Language) -> Any:
    if isinstance(value, bool):
        return _SAID[lang][bool(field)][value]
    if value is None:
        return "无" if lang == "zh" else "none"
    if isinstance(value, tuple):
        parts = CATALOGUE.documents["plan"].parts
        return "、".join(getattr(parts[name], lang) for name in value) or "无"
    return value if isinstance(value, int) else decimal(value) if isinstance(value, Fraction) else str(value)


_SAID = {"zh": (("否", "是"), ("无", "有")), "en": (("no", "yes"), ("no", "yes"))}
