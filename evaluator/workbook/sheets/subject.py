"""The sheet 单位信息: who fills the form, for which period; no person to contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from evaluator.errors import Words
from evaluator.model import IDENTIFIER, SUBJECTS
from evaluator.persons import echo
from evaluator.reading import Path
from evaluator.workbook.cells import Raw, day_of, shown, text_of
from evaluator.workbook.form import Choices, Column, Kind, Row, Sheet, Value
from evaluator.workbook.gathering import Gathered, Record, squeezed
from evaluator.workbook.making import Making
from evaluator.workbook.read import Read, Wrong
from evaluator.workbook.sheets.entries import ITEM, id_of

COLUMNS = (
    ITEM,
    Column("label", "项目", 20),
    Column("value", "填写", 38, "text"),
    Column("help", "说明", 54),
)
REGIONS = ("省（自治区、直辖市）", "市（州）", "区（县）", "街道（乡镇）")
_LEAST_INCLUDES = 3
_NUMBER = re.compile("[0-9]{1,4}")
_AS_OF_HELP = "佐证材料截至哪一天。空着就是评估期最后一天；这一天以后的活动和文件不计入。"
_INCLUDES_HELP = "街道已统一填报的，写街道申报文件的文件名，与本表放在同一文件夹；没有就空着。"
_KINDS = {words.zh: kind for kind, words in SUBJECTS.items()} | {
    "区": "district",
    "县": "district",
    "开发区": "zone",
    "园区": "zone",
    "城市": "city",
    "乡镇": "street",
}


def plan(making: Making) -> Sheet:
    """The rows of the sheet."""
    return Sheet("subject", COLUMNS, tuple(_rows(making)), landscape=False)


def _rows(making: Making) -> Iterator[Row]:
    filled = making.filled
    yield _row("name", "单位名称", filled.name, "全称，与公章一致。")
    id_help = "12 位统计用区划代码，或街道给的编号；只用小写字母、数字、- 和 _，每年不变。"
    yield _row("id", "单位编号", filled.id, id_help)
    kinds = Choices(tuple(words.zh for words in SUBJECTS.values()))
    yield _row("kind", "单位类别", SUBJECTS[filled.kind].zh, "从列表里选。", "choice", kinds)
    for n in range(max(len(REGIONS), len(filled.region))):
        label = REGIONS[n] if n < len(REGIONS) else f"所在地区（第 {n + 1} 级）"
        value = filled.region[n] if n < len(filled.region) else None
        yield _row(f"region.{n + 1}", label, value, "从大到小逐级填；不需要的空着。" if n == 0 else "")
    asked = making.asked.attributes
    for name in dict.fromkeys((*asked, *filled.attributes)):
        values = asked.get(name, ())
        help_ = f"单位属性；标准中用到的有：{'、'.join(values)}" if values else "单位属性"
        value = filled.attributes.get(name)
        if name == "kind":
            help_ = "空着就是上面的单位类别。"
            value = (
                filled.kind if value is None and filled.id is None else value
            )  # only of a form yet to be filled
        yield _row(f"attributes.{name}", f"单位属性 {name}", value, help_)
    yield _row("from", "评估期起", filled.start, "评估期的第一天，如 2026-01-01。", "date")
    yield _row("to", "评估期止", filled.end, "评估期的最后一天，如 2026-12-31。", "date")
    yield _row("as_of", "数据截止日", filled.as_of, _AS_OF_HELP, "date")
    # What a street states once is for its communities.
    room = _LEAST_INCLUDES if filled.kind == "community" else 0
    for n in range(max(room, len(filled.includes))):
        value = filled.includes[n] if n < len(filled.includes) else None
        yield _row(
            f"includes.{n + 1}", f"引用的街道申报文件 {n + 1}", value, _INCLUDES_HELP if n == 0 else ""
        )


def _row(
    item: str, label: str, value: Value, help_: str, kind: Kind = "text", choices: Choices | None = None
) -> Row:
    more = {} if choices is None else {"value": choices}
    values = {"label": label, "value": value, "help": help_}
    return Row(item, values, kinds={"value": kind}, choices=more, prompts={"value": help_})


def read(records: Iterable[Record], into: Gathered) -> None:
    """Read the rows of the sheet."""
    subject: dict[str, Any] = {}
    period: dict[str, Any] = {}
    into.data["subject"], into.data["period"] = subject, period
    regions: list[tuple[int, Record]] = []
    includes: list[tuple[int, Record]] = []
    for one in records:
        key = _key_of(one)
        record = one._replace(titles={"value": one.text("label")})
        group, _, name = key.partition(".")
        if group == "region":
            regions.append((_rank(name), record))
        elif group == "includes":
            includes.append((_rank(name), record))
        elif group == "attributes":
            attributes: dict[str, Any] = {}
            into.put(attributes, record, "value", ("subject", "attributes", name), text_of)
            if attributes:
                subject.setdefault("attributes", {}).update(attributes)
        elif key in ("from", "to"):
            into.put(
                period, record, "value", ("period", key), lambda raw: day_of(raw, from_1904=into.from_1904)
            )
        elif key == "as_of":
            into.put(
                into.data, record, "value", ("as_of",), lambda raw: day_of(raw, from_1904=into.from_1904)
            )
        elif key in ("name", "id"):
            into.put(subject, record, "value", ("subject", key), text_of if key == "name" else id_of)
        elif key == "kind":
            into.put(subject, record, "value", ("subject", "kind"), _kind_of)
    _complete(into, subject, period)
    _read_list(into, regions, subject, ("subject", "region"))
    _read_list(into, includes, into.data, ("includes",))


def _complete(into: Gathered, subject: dict[str, Any], period: dict[str, Any]) -> None:
    """Note what is missing or wrong, and put something harmless in its place: whatever else is wrong is found too."""
    bad = {fault.path for fault in into.faults}
    into.need(subject, ("subject", "name"), _missing("单位名称", "the name"), "-")
    into.need(subject, ("subject", "id"), _missing("单位编号", "the id"), "x")
    into.need(subject, ("subject", "kind"), _missing("单位类别", "the kind"), "")
    if ("subject", "kind") in bad or not subject["kind"]:
        subject["kind"] = into.kind if into.kind in SUBJECTS else "community"
    if not re.fullmatch(IDENTIFIER, str(subject["id"])):
        into.wrong(("subject", "id"), _BAD_ID, subject["id"])
        subject["id"] = "x"
    for key, zh, en in (("from", "评估期起", "the first day"), ("to", "评估期止", "the last day")):
        into.need(period, ("period", key), _missing(zh, en))
    if any(not period[key] or ("period", key) in bad for key in ("from", "to")):
        period.update({"from": "2000-01-01", "to": "2999-12-31"})
    elif period["to"] < period["from"]:
        into.wrong(("period", "to"), _REVERSED)
        period["to"] = "2999-12-31"
    if ("as_of",) in bad:
        del into.data["as_of"]


_BAD_ID = Wrong(
    "bad_id",
    Words("编号的写法不对", "the id is not written rightly"),
    Words("只用小写字母、数字、- 和 _，不超过 64 字", "lower-case letters, digits, - and _, at most 64"),
)
_REVERSED = Wrong(
    "reversed_period",
    Words("评估期的止日早于起日", "the period ends before it begins"),
    Words("核对评估期起、止", "check both days"),
)


def _missing(zh: str, en: str) -> Wrong:
    return Wrong("missing", Words(f"没有填{zh}", f"{en} is missing"), Words("请填写", "write it"))


def _rank(number: str) -> int:
    # What somebody made of the hidden number is no reason to leave out what stands beside it.
    return int(number) if _NUMBER.fullmatch(number) else 10**6


def _read_list(into: Gathered, records: list[tuple[int, Record]], holder: dict[str, Any], path: Path) -> None:
    found: list[Any] = []
    for _, record in sorted(records, key=lambda one: one[0]):
        value = into.take(record, "value", (*path, len(found)), text_of)
        if value is not None:
            found.append(value)
    if found:
        holder[str(path[-1])] = found


def _key_of(record: Record) -> str:
    hidden = record.text("item")
    if hidden:
        return hidden
    label = squeezed(record.text("label"))
    return next((key for key, one in _labels() if squeezed(one) == label), "")


def _labels() -> Iterator[tuple[str, str]]:
    yield from (("name", "单位名称"), ("id", "单位编号"), ("kind", "单位类别"))
    yield from ((f"region.{n}", label) for n, label in enumerate(REGIONS, 1))
    yield from (("from", "评估期起"), ("to", "评估期止"), ("as_of", "数据截止日"))
    yield from ((f"includes.{n}", f"引用的街道申报文件 {n}") for n in range(1, 11))


def _kind_of(raw: Raw) -> Read:
    written = shown(raw)
    kind = written if written in SUBJECTS else _KINDS.get(squeezed(written))
    if kind is not None:
        plain = written == SUBJECTS[kind].zh
        return Read(kind, None if plain else SUBJECTS[kind])
    what = Words(f"没有“{echo(written)}”这一类单位", f"there is no such kind of subject: {echo(written)}")
    names = "、".join(words.zh for words in SUBJECTS.values())
    return Read(
        written, wrong=Wrong("unknown_kind", what, Words(f"可选：{names}", f"known: {', '.join(SUBJECTS)}"))
    )
