"""What the form's sheets and columns are called in English. The form itself is Chinese, and so is its help."""

from __future__ import annotations

from collections.abc import Mapping

from evaluator.catalogue import Catalogue
from evaluator.workbook.form import Item

SHEETS: Mapping[str, str] = {
    "subject": "The institution",
    "results": "Self-rating",
    "counts": "Figures",
    "events": "Events and meetings",
    "documents": "Documents",
    "statements": "Statements",
    "units": "Units",
    "street": "Stated by the street",
}
COLUMNS: Mapping[str, str] = {
    "have": "Is there one?",
    "date": "Date",
    "title": "Title",
    "expected": "Expected to attend",
    "present": "Attended",
    "files": "Files",
    "number": "Document number",
    "issued": "Issued on",
    "valid_to": "Valid until",
    "page": "Page or paragraph",
    "value": "Answer",
    "note": "Note",
    "now": "This period",
    "before": "Period before",
    "source": "Taken from",
    "id": "Number of the entry",
    "name": "Name",
    "rating": "Own level",
    "reason": "Reason for it",
}
_KINDS = {"unit.counts": "counts", "unit.statements": "statements"}


def label_of(item: Item, catalogue: Catalogue) -> str:
    """What an item is called in English."""
    known = catalogue.items(_KINDS.get(item.kind, item.kind)).get(item.id)
    english = None if known is None else known.label.en
    return english or item.label
