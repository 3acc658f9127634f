"""The plan of a form: its sheets, rows and items, from rulesets and from what is filled in already. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evaluator.assessment_document import VERSION
from evaluator.catalogue import Catalogue
from evaluator.digests import ruleset_digest
from evaluator.ruleset import Ruleset
from evaluator.windows import Span, first_day, last_day, month_number
from evaluator.workbook.asked import asked, asked_of_a_street, only_states
from evaluator.workbook.form import Form, Page, Row, RulesetMark, Sheet
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
from evaluator.workbook.sheets.entries import NOTE

# A period as long as the standards judge, for a form that does not state its own.
_ANY_YEAR = date(2001, 1, 1)
# A street's form has what a street states, and no sheets that it would leave empty.
_OF_A_STREET = ("subject", "street", "files")


def planned(rulesets: Sequence[tuple[Ruleset, Catalogue]], catalogue: Catalogue, filled: Filled) -> Form:
    """The form for ``rulesets``, each with its catalogue; ``catalogue`` knows every item, ``filled`` is what it holds already."""
    found = asked(rulesets, _span(rulesets, filled))
    judged = [ruleset for ruleset, _ in rulesets]
    states = only_states(filled.kind, judged)
    if states:
        found, judged = asked_of_a_street(found, catalogue), []
    parted = states or filled.kind == "community"
    items = items_of(found, catalogue, filled, parted=parted)
    making = Making(found, catalogue, filled, items, len(rulesets) > 1, states)
    own = (
        subject.plan(making),
        results.plan(making, judged),
        counts.plan(making),
        events.plan(making),
        documents.plan(making),
        statements.plan(making),
        units.plan(making),
        *([street.plan(making)] if parted else []),
        files.plan(making),
    )
    if states:
        own = tuple(sheet for sheet in own if sheet.id in _OF_A_STREET or any(map(_is_named, sheet.rows)))
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


def _is_named(row: Row) -> bool:
    return row.item not in ("", NOTE)


def _span(rulesets: Sequence[tuple[Ruleset, Catalogue]], filled: Filled) -> Span:
    if filled.start is not None and filled.end is not None:
        return Span(filled.start, filled.end)
    months = max((ruleset.period.months for ruleset, _ in rulesets), default=12)
    start = month_number(filled.start or _ANY_YEAR)
    return Span(first_day(start), last_day(start + months - 1))
