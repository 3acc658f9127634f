"""What the sheets of a filled form say, gathered into a submission's data with the cell of every value. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from evaluator.errors import Fault, Place, Words, nearest
from evaluator.persons import echo
from evaluator.reading import Path, Source
from evaluator.workbook.cells import Odd, Raw, blank, number_of, shown, text_of
from evaluator.workbook.form import Item
from evaluator.workbook.read import Note, Read, Wrong

_CACHE = Words(
    "用 WPS 或 Excel 打开，保存一次再交；或直接填数值",
    "open the file in WPS or Excel and save it, or write the value itself",
)
_ODD = {
    "uncached": Wrong(
        "no_cached_value",
        Words("这里是公式，文件里没有存它的结果", "a formula whose result is not in the file"),
        _CACHE,
    ),
    "error": Wrong(
        "error_value",
        Words("这里是表格软件的错误值", "the spreadsheet shows an error here"),
        Words("改正公式，或直接填数值", "mend the formula, or write the value itself"),
    ),
    "picture": Wrong(
        "picture",
        Words("这里不能放图片", "no picture goes here"),
        Words("图片放到“佐证文件”一栏，或只填文件名", "put it into the column of files, or name the file"),
    ),
    "placed_by_excel": Wrong(
        "picture",
        Words("Excel 置于单元格内的图片读不出来", "a picture that Excel placed in a cell cannot be read"),
        Words("填文件名，或用 WPS 嵌入图片", "name the file, or place the picture with WPS"),
    ),
    "lost_picture": Wrong(
        "lost_picture",
        Words("单元格里的图片不在文件中，可能在另存时丢失了", "the picture in this cell is not in the file"),
        Words("重新插入图片，或填文件名", "insert it anew, or name the file"),
    ),
}


_NO_TYPE = Wrong(
    "no_type",
    Words("这一行没有写是哪一类", "the row does not say of which type it is"),
    Words("从下拉列表里选", "choose one from the list"),
)
SUPPORTED = ("events", "documents", "statements")


class Record(NamedTuple):
    """One row of a sheet: its 0-based position, and what stands in its columns by their keys.

    ``percents`` are the keys under which the spreadsheet shows a number as a percentage, ``titles`` what people call the columns.
    """

    sheet: str
    row: int
    cells: Mapping[str, Raw]
    columns: Mapping[str, int]
    percents: frozenset[str] = frozenset()
    titles: Mapping[str, str] = {}

    def raw(self, key: str) -> Raw:
        """What stands under ``key``; ``""`` where nothing does."""
        return self.cells.get(key, "")

    def text(self, key: str) -> str:
        """What stands under ``key`` as a person sees it."""
        return shown(self.raw(key))

    def filled(self, keys: Iterable[str]) -> bool:
        """Whether anything stands under one of ``keys``."""
        return any(not blank(self.cells.get(key, "")) for key in keys)


class Picture(NamedTuple):
    """A picture that WPS placed in a cell of an entry: its id in the file, and the entry's path."""

    id: str
    entry: Path
    place: Place


class Named(NamedTuple):
    """The item that a row speaks of; ``how`` is what its label was read as, where that is another than the form's."""

    item: Item | None
    how: str = ""
    wrong: Wrong | None = None


class Gathered:
    """Data under construction.

    ``cells`` places every path, ``faults`` say what could not be read, ``notes`` what was read otherwise than it is written.
    """

    def __init__(self, file: str, items: Iterable[Item], *, from_1904: bool = False) -> None:
        self.file, self.from_1904, self.kind = file, from_1904, ""
        self.data: dict[str, Any] = {"submission": 1}
        self.cells: dict[Path, Place] = {}
        self.names: dict[Path, str] = {}
        self.faults: list[Fault] = []
        self.notes: list[Note] = []
        self.pictures: list[Picture] = []
        self._items = tuple(items)
        self._by_id = {(item.kind, item.id): item for item in self._items}
        self._by_label: dict[str, list[Item]] = {}
        for item in self._items:
            self._by_label.setdefault(squeezed(item.label), []).append(item)

    def place(self, record: Record, key: str) -> Place:
        """The cell of ``record`` under ``key``; its whole row where there is no such column."""
        column = record.columns.get(key)
        return Place(self.file, record.row + 1, None if column is None else column + 1, record.sheet)

    def at(self, path: Path, place: Place) -> Place:
        """Note that ``path`` stands at ``place``, and what it is part of on the same sheet."""
        for n in range(1, len(path)):
            if path[:n] not in self.cells:
                self.cells[path[:n]] = Place(place.file, sheet=place.sheet)
        self.cells[path] = place
        return place

    def item(self, kind: str, name: str) -> Item | None:
        """The item of the form with this id."""
        return self._by_id.get((kind, name))

    def take(self, record: Record, key: str, path: Path, read: Callable[[Any], Read]) -> Any:
        """The value under ``key``, for ``path``; None where nothing is written. What is wrong with it is noted."""
        place = self.at(path, self.place(record, key))
        self.names[path] = record.titles.get(key, "")
        raw = record.raw(key)
        if isinstance(raw, Odd) and raw.kind == "picture" and path[0] in SUPPORTED:
            self.pictures.append(Picture(raw.text, path[:2], place))
            return None
        if isinstance(raw, Odd):
            self.wrong(path, _ODD[raw.kind])
            return raw.text
        if blank(raw):
            return None
        found = read(raw)
        if found.wrong is not None:
            self.wrong(path, found.wrong, found.value)
        elif found.how:
            self.notes.append(Note(place, echo(shown(raw)), found.how))
        return found.value

    def put(
        self, into: dict[str, Any], record: Record, key: str, path: Path, read: Callable[[Any], Read]
    ) -> None:
        """Take the value under ``key`` into ``into`` by the last part of ``path``, if there is one."""
        value = self.take(record, key, path, read)
        if value is not None:
            into[str(path[-1])] = value

    def need(self, into: dict[str, Any], path: Path, wrong: Wrong, instead: object = "") -> None:
        """Note ``wrong`` where the last part of ``path`` is not in ``into``; ``instead`` then stands there."""
        if str(path[-1]) not in into:
            self.wrong(path, wrong)
            into[str(path[-1])] = instead

    def wrong(self, path: Path, wrong: Wrong, written: object = None) -> None:
        """Note that what stands at ``path`` cannot be read."""
        zh, en = wrong.what
        if written is not None:
            text = echo(written)
            zh, en = f"“{text}”：{zh}", f"{text!r}: {en}"
        self.faults.append(Fault(wrong.code, path, Words(zh, en), wrong.mend))

    def note(self, place: Place, zh: str, en: str) -> None:
        """Note something that was not read."""
        self.notes.append(Note(place, "", Words(zh, en)))

    def named(self, record: Record, kinds: tuple[str, ...]) -> Named:
        """The item that the row speaks of, by its hidden id and by the label that people see; they must not contradict."""
        hidden, label = text_of(record.raw("item")).value.strip(), record.text("label")
        by_label = self._labelled(label, kinds)
        if not hidden:
            if by_label is not None:
                return Named(by_label)
            if not label:
                return Named(None, wrong=_NO_TYPE)
            return Named(Item(kinds[0], label, label), wrong=self._unknown(label, kinds))
        item = next((self._by_id[kind, hidden] for kind in kinds if (kind, hidden) in self._by_id), None)
        item = item or Item(kinds[0], hidden, hidden)
        if by_label is not None and by_label.id != item.id:
            what = Words(
                f"这一行写着“{echo(label)}”，表里登记的却是“{item.label}”",
                f"this row says {echo(label)!r}, but is that of {item.id}",
            )
            mend = Words(
                "改回原来的名称；要填别的，另用空行", "restore its name, and use a blank row for the other"
            )
            return Named(item, wrong=Wrong("contradicting_label", what, mend))
        return Named(item, how=item.label if by_label is None and label else "")

    def settle(self, named: Named, record: Record, path: Path) -> str:
        """The id that ``named`` found, for ``path``; what is wrong with it is noted there."""
        place = self.at(path, self.place(record, "label"))
        if named.wrong is not None:
            self.wrong(path, named.wrong)
        elif named.how:
            self.notes.append(Note(place, echo(record.text("label")), Words(named.how, named.how)))
        return "" if named.item is None else named.item.id

    def _labelled(self, label: str, kinds: tuple[str, ...]) -> Item | None:
        found = [item for item in self._by_label.get(squeezed(label), ()) if item.kind in kinds]
        by_id = (self._by_id[kind, label] for kind in kinds if (kind, label) in self._by_id)
        return found[0] if found else next(by_id, None)

    def _unknown(self, label: str, kinds: tuple[str, ...]) -> Wrong:
        near = nearest(label, [item.label for item in self._items if item.kind in kinds])
        what = Words(f"表里没有“{echo(label)}”这一项", f"the form has no {echo(label)!r}")
        if near is not None:
            return Wrong("unknown_label", what, Words(f"是否想选“{near}”", f"did you mean {near}?"))
        return Wrong("unknown_label", what, Words("从下拉列表里选", "choose one from the list"))

    def put_number(
        self, into: dict[str, Any], record: Record, key: str, path: Path, item: Item | None
    ) -> None:
        """As ``put``, a number of ``item``."""
        units = (item.unit,) if item is not None and item.unit else ()
        percent = key in record.percents
        self.put(into, record, key, path, lambda raw: number_of(raw, units=units, percent=percent))

    def repeated(self, record: Record, path: Path, seen: Iterable[str]) -> bool:
        """Whether an item, the last part of ``path``, has a row already; then that is noted."""
        if str(path[-1]) not in seen:
            return False
        what = Words("同一项填了两行", "this item has two rows")
        here: Path = (*path, record.row)
        self.at(here, self.place(record, "label"))
        self.wrong(here, Wrong("repeated_item", what, Words("只保留一行", "keep one of them")))
        return True

    def source(self) -> Source:
        """What was gathered, as data with the cell of every value."""
        return Source(self.file, self.data, cells=self.cells, faults=tuple(self.faults), names=self.names)

    def entries(self) -> Iterator[tuple[str, int, dict[str, Any]]]:
        """Every entry that can be supported by files: its list's name, its position, itself."""
        for name in SUPPORTED:
            for n, entry in enumerate(self.data.get(name, ())):
                yield name, n, entry


def squeezed(text: str) -> str:
    """A label without the blanks and the widths in which people vary it."""
    return "".join(unicodedata.normalize("NFKC", text).split())
