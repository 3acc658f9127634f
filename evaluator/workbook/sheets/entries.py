"""What the sheets of events, documents and the street have in common: a preset row for each type, then blank rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from evaluator.errors import Words
from evaluator.reading import Path
from evaluator.workbook.cells import Odd, answer_of, blank, text_of
from evaluator.workbook.form import Choices, Column, Item, Row, Value
from evaluator.workbook.gathering import Gathered, Named, Record
from evaluator.workbook.making import Making, asks
from evaluator.workbook.read import Read, Wrong, plainly

ID_PROMPT = "可以空着，由程序编号。要在佐证目录里引用的才填，只用字母、数字、-、_ 和 .，全表不重复。"
HAVE_PROMPT = "有就填“有”（填了日期或标题的可以不填）；确实没有填“无”；还不清楚就空着。"
FILES_PROMPT = (
    "只写文件名，一行一个（Alt+Enter 换行）或用；分开；也可以把图片嵌入单元格。文件名里不要写姓名和电话。"
)
ITEM = Column("item", "标识", 4, "id", hidden=True)
ID = Column("id", "编号", 7, "text", centred=True, prompt=ID_PROMPT)
HAVE = Column("have", "有无", 6.5, "have", centred=True, choices=Choices(("有", "无")), prompt=HAVE_PROMPT)
TITLE = Column("title", "标题", 32, "text", prompt="活动或文件的名称，不写姓名、电话。")
FILES = Column("files", "佐证文件", 20, "files", prompt=FILES_PROMPT)
ASKS = Column("asks", "要求", 26)
SERVES = Column("serves", "用于指标", 48)
DITTO = "同上"
# What a row bears instead of an item's id where it only tells people something.
NOTE = "#"


def helper(key: str) -> Column:
    """A hidden column of formulas that bring what people type into one form, for the live judgement."""
    return Column(f"_{key}", key, 8, "formula", hidden=True)


def choosing(columns: tuple[Column, ...], choices: Choices) -> tuple[Column, ...]:
    """``columns`` with the list from which the type is chosen."""
    return tuple(column._replace(choices=choices) if column.key == "label" else column for column in columns)


def preset(
    making: Making, item: Item, entries: list[dict[str, Value]], rows: int, fixed: Mapping[str, Value]
) -> Iterator[Row]:
    """The rows of one type: what is filled in, that there is none, and blank ones up to ``rows``."""
    help_ = making.catalogue.items(item.kind)[item.id].help.zh
    servings = making.servings(item.kind, item.id)
    filled = list(entries)
    if item.id in making.filled.evidence.none:
        filled.insert(0, {"have": "无"})
    filled += [{}] * (rows - len(filled))
    for n, values in enumerate(filled):
        same = {"label": item.label, "asks": asks(servings), **fixed}
        serves = DITTO if n else making.serves(servings)
        prompts = {"have": f"{help_}\n{HAVE_PROMPT}", "date": help_, "issued": help_, "title": help_}
        yield Row(item.id, {**same, "serves": serves, **values}, locked=frozenset({"label"}), prompts=prompts)


def said(entry: Any) -> dict[str, Value]:
    """The cells that an event and a document have in common."""
    return {"id": entry.id, "have": "有", "title": entry.title}


Reader = Callable[[Gathered, Record, Item | None, Path, dict[str, Any]], None]


def read_entries(
    into: Gathered, records: Iterable[Record], filled: tuple[str, ...], readers: Mapping[str, Reader]
) -> None:
    """Read rows that state events or documents, each by the reader of its kind, and those that say that there is none."""
    kinds = tuple(readers)
    for record in records:
        if not record.filled((*filled, "have")):
            _note_idle(into, record)
            continue
        named = into.named(record, kinds)
        kind = kinds[0] if named.item is None else named.item.kind
        if says_none(record):
            read_none(into, record, named, filled)
            continue
        entries: list[dict[str, Any]] = into.data.setdefault(kind, [])
        entry: dict[str, Any] = {}
        path: Path = (kind, len(entries))
        entries.append(entry)
        into.at(path, into.place(record, ""))
        into.put(entry, record, "id", (*path, "id"), id_of)
        entry["type"] = into.settle(named, record, (*path, "type"))
        into.take(record, "have", (*path, "have"), have_of)
        readers[kind](into, record, named.item, path, entry)


def id_of(raw: Any) -> Read:
    """An entry's id, in half-width letters and digits; what else it may hold the submission's types say."""
    read = text_of(raw)
    plain = unicodedata.normalize("NFKC", str(read.value)).strip()
    if read.wrong is not None:
        return read
    return Read(plain, None if plain == str(read.value).strip() else plainly(plain))


def have_of(raw: Any) -> Read:
    """Whether there is such a thing."""
    return answer_of(raw, "有", "无")


def says_none(record: Record) -> bool:
    """Whether the row says that there is none of its type."""
    raw = record.raw("have")
    return not isinstance(raw, Odd) and not blank(raw) and have_of(raw).value is False


def read_none(into: Gathered, record: Record, named: Named, filled: tuple[str, ...]) -> None:
    """Read a row that says that there is none of its type; it must hold nothing else."""
    none: list[str] = into.data.setdefault("none", [])
    path: Path = ("none", len(none))
    into.take(record, "have", path, have_of)
    none.append(into.settle(named, record, (*path, "type")))
    if record.filled(filled):
        what = Words("填了“无”，又填了内容", "this row says that there is none, yet holds something")
        mend = Words(
            "有就把“无”改成“有”，没有就清空这一行其他的格", "correct the answer, or empty the other cells"
        )
        into.wrong(path, Wrong("none_yet_some", what, mend))


def _note_idle(into: Gathered, record: Record) -> None:
    if record.filled(("id",)) or (record.filled(("label",)) and not record.filled(("item",))):
        zh, en = "这一行只有编号或类型，没有内容，未计入", "only an id or a type: this row states nothing"
        into.note(into.place(record, "label"), zh, en)
