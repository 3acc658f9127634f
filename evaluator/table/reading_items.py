"""The sheets of evidence → the catalogue of a ruleset's own; what all rulesets share is only compared. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluator.catalogue import KINDS, Catalogue
from evaluator.errors import Problem, Words
from evaluator.reading import Path
from evaluator.table.cells import Wrong, squeezed
from evaluator.table.columns import ITEMS, values_of
from evaluator.table.entries import Entry, entries
from evaluator.table.form import KEY
from evaluator.table.gathering import Gathering
from evaluator.table.items import Items
from evaluator.table.knowing import proposed
from evaluator.table.names import OWN, SHARED
from evaluator.table.plan import labels_of, shared_row
from evaluator.workbook.opening import Book


class ItemReader:
    """Puts the items of the sheets 数据, 活动, 文件, 事项, 单元 into ``gathering``."""

    def __init__(self, book: Book, shared: Catalogue, gathering: Gathering) -> None:
        self.book, self.shared, self.all = book, shared, gathering

    def read(self) -> None:
        """Every item."""
        labels = labels_of(self.shared)
        for kind in KINDS:
            own: dict[str, Any] = {}
            rows = entries(self.book, kind, self.all.problems)
            present = {row.text("id") for row in rows}
            taken = present | {one for _, one, _ in self.shared.all()}
            for row in rows:
                identifier = row.text("id")
                if squeezed(row.text("from_where")) == squeezed(SHARED.zh):
                    self._untouched(kind, row, labels)
                    continue
                if not identifier:
                    identifier = proposed(row.text("label.en"), taken)
                    taken.add(identifier)
                self.all.kept(row, present)
                path: Path = ("catalogue", kind, identifier)
                if identifier in own or identifier in self.shared.items(kind):
                    what = Words(f"编号 {identifier} 已经有了", f"the id {identifier} is taken")
                    mend = Words("换一个编号，或空着", "choose another, or leave it empty")
                    self.all.problems.append(Problem("repeated_id", row.place("id"), what, mend))
                    continue
                own[identifier] = self.all.record(row, ITEMS[kind], values_of(kind), path)
                self.all.mark(path, path, row, "id")
            if own:
                self.all.data["catalogue"][kind] = own
        if self.all.data["catalogue"]:
            self.all.data["catalogue"] = {"catalogue": 1, **self.all.data["catalogue"]}

    def _untouched(self, kind: str, row: Entry, labels: Mapping[str, str]) -> None:
        identifier = row.text("id")
        expected = shared_row(self.shared, kind, identifier, labels)
        if expected is None:
            what = Words(f"共用目录里没有 {identifier}", f"the shared catalogue has no {identifier}")
            mend = Words(
                f"删去这一行；是本规则自己的，来源写“{OWN.zh}”",
                f"delete this row, or write {OWN.zh} as its source",
            )
            self.all.problems.append(Problem("unknown_item", row.place("id"), what, mend))
            return
        for key in row.columns:
            if (
                key != KEY
                and key in expected.keys() | row.cells.keys()
                and squeezed(row.text(key)) != squeezed(expected.get(key, ""))
            ):
                what = Words("共用目录的佐证不在这里改", "items that all rulesets share are not changed here")
                mend = Words(
                    "改回原样；要另立口径，在下面加一行新的", "restore it; for another meaning add a new row"
                )
                self.all.problems.append(Problem("shared_item", row.place(key), what, mend))

    def resolve_wholes(self, items: Items) -> None:
        """What a count is part of, by its label."""
        for identifier, item in self.all.data["catalogue"].get("counts", {}).items():
            found = []
            for text in item.get("at_most", ()):
                one = items.known("counts").resolve(text)
                if isinstance(one, Wrong):
                    place = self.all.places["catalogue", "counts", identifier, "at_most"]
                    self.all.problems.append(Problem(one.code, place, one.what, one.mend))
                else:
                    found.append(one)
            if "at_most" in item:
                item["at_most"] = found
