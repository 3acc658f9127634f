"""Where formulas on other sheets find what people fill in: references as text. The interface of the live judgement. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.workbook.form import Form, Sheet, SheetId


class EventRows(NamedTuple):
    """The rows that hold events on one sheet: column ranges of equal length.

    ``types`` holds the type's id or ``""``, ``dates`` a true date or ``""``, ``none`` a 1 where the row says that there is none,
    ``faulty`` a 1 where something stands in the row that cannot be read.
    """

    types: str
    dates: str
    none: str
    faulty: str


class DocumentRows(NamedTuple):
    """The rows that hold documents on one sheet: column ranges of ``length`` rows, as ``EventRows`` has them.

    ``present`` holds a 1 where the row describes a document, ``attached`` a 1 where it names a file, the k-th of ``parts`` a 1
    where the k-th part that the catalogue declares for the type is written. The form has columns only for parts that are asked
    for, numbered for each type apart, so that ``parts`` differs between types; for any other part it is a range without a 1.
    """

    length: int
    types: str
    present: str
    none: str
    issued: str
    valid_to: str
    attached: str
    parts: tuple[str, ...]
    faulty: str


class Addresses:
    """The cells of a form: single cells, and ranges for lists, with their sheets.

    ``as_of`` may be empty: then the period's last day is meant. Events and documents of one type may stand on two sheets, the
    subject's own and the street's.
    """

    def __init__(self, form: Form, catalogue: Catalogue) -> None:
        self._form, self._catalogue = form, catalogue
        self._known = {(table.id, row.item) for table in form.tables() for row in table.rows if row.item}

    @property
    def period_from(self) -> str:
        """The cell of the period's first day."""
        return self._one("subject", "from", "value") or ""

    @property
    def period_to(self) -> str:
        """The cell of the period's last day."""
        return self._one("subject", "to", "value") or ""

    @property
    def as_of(self) -> str:
        """The cell of the data date."""
        return self._one("subject", "as_of", "value") or ""

    def attribute(self, name: str) -> str | None:
        """The cell of an attribute of the subject; None where the form has none."""
        return self._one("subject", f"attributes.{name}", "value")

    @property
    def includes(self) -> tuple[str, ...]:
        """The cells that name forms of the street from which evidence is included."""
        names = sorted(
            item for sheet, item in self._known if sheet == "subject" and item.startswith("includes.")
        )
        return tuple(cell for name in names if (cell := self._one("subject", name, "value")))

    def elsewhere(self, item: str) -> bool:
        """Whether a street, district, city or province holds or issues ``item``, for a community."""
        return any(one.street for one in self._form.items if one.id == item)

    def counts(self, item: str) -> tuple[str, ...]:
        """The cells that state the count ``item`` for this period."""
        return self._some("counts", item, "now")

    def previous(self, item: str) -> tuple[str, ...]:
        """The cells that state the count ``item`` for the period before."""
        return self._some("counts", item, "before")

    def statements(self, item: str) -> tuple[tuple[str, str], ...]:
        """The cells of the statement ``item``: 是, 否, ``""`` or what else is written; and a 1 where a file supports it."""
        said, attached = (self._one("statements", item, key) for key in ("_said", "_attached"))
        return ((said, attached),) if said is not None and attached is not None else ()

    def events(self, item: str) -> tuple[EventRows, ...]:
        """The rows among which events of the type ``item`` stand."""
        found = []
        for table in self._tables("events", "street"):
            day, faulty = ("_day", "_faulty") if table.id == "events" else ("_day_issued", "_faulty_event")
            found.append(EventRows(*map(table.down, ("_type", day, "_none", faulty))))
        return tuple(found)

    def documents(self, item: str) -> tuple[DocumentRows, ...]:
        """The rows among which documents of the type ``item`` stand."""
        known = next((one.parts for one in self._form.items if (one.kind, one.id) == ("documents", item)), ())
        numbers = {part: n for n, part in enumerate(known, 1)}
        declared = self._catalogue.documents[item].parts
        return tuple(
            DocumentRows(
                len(table.rows),
                types=table.down("_type"),
                present=table.down("_present"),
                none=table.down("_none"),
                issued=table.down("_day_issued"),
                valid_to=table.down("_day_valid"),
                attached=table.down("_attached"),
                parts=tuple(_part(table, numbers.get(part, 0)) for part in declared),
                faulty=table.down("_faulty"),
            )
            for table in self._tables("documents", "street")
        )

    def _tables(self, *names: SheetId) -> Iterator[Sheet]:
        return (table for table in self._form.tables() if table.id in names)

    def _one(self, sheet: SheetId, item: str, key: str) -> str | None:
        table = self._form.table(sheet)
        if table is None or (sheet, item) not in self._known:
            return None
        # Looked up by its id: people sort rows, and drag what they typed in the wrong place to the right one.
        return f'INDEX({table.down(key)},MATCH("{item}",{table.down("item")},0))'

    def _some(self, sheet: SheetId, item: str, key: str) -> tuple[str, ...]:
        found = self._one(sheet, item, key)
        return () if found is None else (found,)


def _part(table: Sheet, number: int) -> str:
    # The ids of preset rows are never 1.
    return table.down(f"_has.{number}" if table.has(f"_has.{number}") else "item")
