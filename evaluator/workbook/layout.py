"""The plan of a form: its sheets, rows and items, from rulesets and from what is filled in already. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evaluator.assessment import VERSION, ruleset_digest
from evaluator.catalogue import Catalogue
from evaluator.ruleset import Ruleset
from evaluator.windows import Span, first_day, last_day, month_number
from evaluator.workbook.asked import asked
from evaluator.workbook.form import Form, Page, RulesetMark, Sheet
from evaluator.workbook.making import Filled, Making, items_of
from evaluator.workbook.sheets import (
    counts,
    documents,
    events,
    files,
    pages,
    results,
    statements,
    street,
    subject,
    units,
)

# A period as long as the standards judge, for a form that does not state its own.
_ANY_YEAR = date(2001, 1, 1)


def planned(rulesets: Sequence[tuple[Ruleset, Catalogue]], catalogue: Catalogue, filled: Filled) -> Form:
    """The form for ``rulesets``, each with its catalogue; ``catalogue`` knows every item, ``filled`` is what it holds already."""
    found = asked(rulesets, _span(rulesets, filled))
    making = Making(found, catalogue, filled, items_of(found, catalogue, filled), len(rulesets) > 1)
    # A street states what it did for its communities; it is not judged itself.
    judging = [ruleset for ruleset, _ in rulesets if filled.kind in ruleset.subject]
    own = (
        subject.plan(making),
        *([results.plan(making, judging)] if judging or filled.ratings else []),
        counts.plan(making),
        events.plan(making),
        documents.plan(making),
        statements.plan(making),
        units.plan(making),
        *([street.plan(making)] if making.kind in ("community", "street") else []),
        files.plan(making),
    )
    titles = [ruleset.title.zh for ruleset, _ in rulesets]
    sheets: tuple[Sheet | Page, ...] = (
        pages.guide(making, titles, own),
        *own,
        pages.pledge(own[0]),
    )
    marks = tuple(
        RulesetMark(ruleset.ruleset, ruleset.version, ruleset_digest(ruleset, known))
        for ruleset, known in rulesets
    )
    return Form(sheets, making.items, filled.kind, marks, VERSION)


def _span(rulesets: Sequence[tuple[Ruleset, Catalogue]], filled: Filled) -> Span:
    if filled.start is not None and filled.end is not None:
        return Span(filled.start, filled.end)
    months = max((ruleset.period.months for ruleset, _ in rulesets), default=12)
    start = month_number(filled.start or _ANY_YEAR)
    return Span(first_day(start), last_day(start + months - 1))
