"""What was filled in, one row an item: whether it is there, whether it can be read, and its value."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.workbook.addresses import Addresses, DocumentRows, EventRows
from evaluator.workbook.judging.cells import Ledger, added
from evaluator.workbook.judging.lines import ID, KIND, VALUE
from evaluator.workbook.judging.period import Period

# Columns of an item's row, beside its value.
_FAULT, _KNOWN, _MORE = 3, 4, 5
# Larger numbers are no counts of anything, and doubles no longer hold their products exactly.
_LARGEST = "1000000000000"


class Item(NamedTuple):
    """References to an item: ``value`` (0 where it is unknown), ``fault`` and ``known`` (1 or 0).

    An item of which everything is known is ``known``: a number or an answer is written, a type has an entry or is said to be
    none. The value of a type of events is how many count, of a type of documents how many are dated in the period; ``undated`` is
    how many have no date, ``entries`` how many there are, of a statement how many files support it.
    """

    value: str
    fault: str
    known: str
    undated: str = "0"
    entries: str = "0"


class Items:
    """The items that rulesets use, each written once."""

    def __init__(self, ledger: Ledger, addresses: Addresses, catalogue: Catalogue, period: Period) -> None:
        self._ledger, self._addresses, self._catalogue, self._period = ledger, addresses, catalogue, period
        self._made: dict[tuple[str, str], Item] = {}

    def get(self, kind: str, name: str) -> Item:
        """The item ``name`` of ``kind``: counts, events, documents or statements."""
        if (kind, name) not in self._made:
            row = self._ledger.take()
            self._ledger.put(row, ID, name)
            self._ledger.put(row, KIND, kind)
            make = {
                "counts": self._count,
                "events": self._events,
                "documents": self._documents,
                "statements": self._statement,
            }[kind]
            self._made[kind, name] = make(row, name)
        return self._made[kind, name]

    def _raw(self, row: int, cells: tuple[str, ...]) -> str:
        text = '""'
        for cell in reversed(cells):
            text = f'IF(TRIM({cell})="",{text},{cell})'
        return self._ledger.formula(row, _MORE, f'IFERROR({text},"#")')

    def _count(self, row: int, name: str) -> Item:
        cells = self._addresses.counts(name)
        raw = self._raw(row, cells)
        whole = self._catalogue.counts[name].whole_number
        unreadable = f"OR({raw}<0,{raw}>{_LARGEST}{f',{raw}<>INT({raw})' if whole else ''})"
        faults = [f'IF({raw}="",0,IF(ISNUMBER({raw}),IF({unreadable},1,0),1))', *_differing(cells)]
        for other in self._catalogue.counts[name].at_most:
            if self._addresses.counts(other):
                wider = self.get("counts", other)
                faults.append(f"IF(AND(ISNUMBER({raw}),{wider.known}=1),IF({raw}>{wider.value},1,0),0)")
        fault = self._ledger.formula(row, _FAULT, f"IFERROR(MAX({','.join(faults)}),1)")
        known = self._ledger.formula(row, _KNOWN, f'IF(AND({raw}<>"",{fault}=0),1,0)')
        return Item(self._ledger.formula(row, VALUE, f"IF({known}=1,{raw},0)"), fault, known)

    def _statement(self, row: int, name: str) -> Item:
        cells = self._addresses.statements(name)
        raw = self._raw(row, tuple(cell for cell, _ in cells))
        twice = [f'IF(AND(TRIM({a})<>"",TRIM({b})<>""),1,0)' for (a, _), (b, _) in pairwise(cells)]
        faults = [f'IF({raw}="",0,IF(OR({raw}="是",{raw}="否"),0,1))', *twice]
        fault = self._ledger.formula(row, _FAULT, f"IFERROR(MAX({','.join(faults)}),1)")
        known = self._ledger.formula(row, _KNOWN, f'IF(AND({raw}<>"",{fault}=0),1,0)')
        value = self._ledger.formula(row, VALUE, f'IF(AND({known}=1,{raw}="是"),1,0)')
        attached = [f'IF(TRIM({file})<>"",1,0)' for _, file in cells]
        return Item(value, fault, known, entries=self._ledger.formula(row, _MORE + 1, added(attached)))

    def _events(self, row: int, name: str) -> Item:
        places, put = self._addresses.events(name), self._ledger.formula
        one = f'"{name}"'
        entries, fault, known = self._entries(row, name, places, [f'{p.dates},">0"' for p in places])
        start, horizon = self._period.start, self._period.horizon
        counted = added(
            f'COUNTIFS({p.types},{one},{p.dates},">="&{start},{p.dates},"<="&{horizon})' for p in places
        )
        return Item(put(row, VALUE, counted), fault, known, entries=entries)

    def _documents(self, row: int, name: str) -> Item:
        places, put = self._addresses.documents(name), self._ledger.formula
        one = f'"{name}"'
        entries, fault, known = self._entries(row, name, places, [f"{p.present},1" for p in places])
        start, horizon = self._period.start, self._period.horizon
        counted = added(
            f'COUNTIFS({p.types},{one},{p.present},1,{p.issued},">="&{start},{p.issued},"<="&{horizon})'
            for p in places
        )
        dated = added(f'COUNTIFS({p.types},{one},{p.present},1,{p.issued},">0")' for p in places)
        undated = put(row, _MORE + 2, f"{entries}-({dated})")
        return Item(put(row, VALUE, counted), fault, known, undated, entries)

    def _entries(
        self, row: int, name: str, places: Sequence[EventRows | DocumentRows], there: Sequence[str]
    ) -> tuple[str, str, str]:
        """How many entries of a type there are (``there`` says of each place which are), whether they are faulty, and known."""
        put, one = self._ledger.formula, f'"{name}"'
        listed = zip(places, there, strict=True)
        entries = put(row, _MORE, added(f"COUNTIFS({p.types},{one},{held})" for p, held in listed))
        none = put(row, _MORE + 1, added(f"COUNTIFS({p.types},{one},{p.none},1)" for p in places))
        wrong = added(f"COUNTIFS({p.types},{one},{p.faulty},1)" for p in places)
        fault = put(row, _FAULT, f"IF(OR({wrong}>0,AND({entries}>0,{none}>0)),1,0)")
        return entries, fault, put(row, _KNOWN, f"IF({entries}+{none}>0,1,0)")


def _differing(cells: tuple[str, ...]) -> list[str]:
    # A number that two sheets state has to be the same.
    return [f'IF(AND(TRIM({a})<>"",TRIM({b})<>""),IF({a}={b},0,1),0)' for a, b in pairwise(cells)]
