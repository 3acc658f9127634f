"""One value ↔ the text of one cell: written so that people can edit it, read back as the same value or refused. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from evaluator.answers import answer
from evaluator.emitting import flow
from evaluator.errors import InputError, Words
from evaluator.exact import parse_exact
from evaluator.reading import read_yaml
from evaluator.table.names import NO, YES, words_of
from evaluator.table.shapes import Shape
from evaluator.workbook.amounts import digits_of
from evaluator.workbook.cells import Odd, Raw

_BETWEEN = re.compile(r"[、；;，,\n]")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\s*起\s*[:：]?\s*(.+)")
_LOOSE_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_BRACKETED = re.compile(r"(.*?)\s*[\[［【]([^\[\]［］【】]*)[\]］】]", re.DOTALL)
# Quoted, because it holds a mark that parts others.
_PIECE = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?:[、；;，,\n]|$)|([^、；;，,\n]*)(?:[、；;，,\n]|$)')
_PARTED = " | "
_AS_TEXT = Words("把单元格设为文本格式，重新填写", "format the cell as text and type it anew")


class Wrong(NamedTuple):
    """Why a cell cannot be read."""

    code: str
    what: Words
    mend: Words | None = None


Resolve = Callable[[str], str]


def text_of(value: Any, shape: Shape, key: str, labels: Mapping[str, str] | None = None) -> str:
    """The text of ``value``; ``labels`` are what people call the identifiers that it holds."""
    if value is None:
        return ""
    kind, labels = shape.kind, labels or {}
    if kind == "yes":
        return (YES if value else NO).zh
    if kind in ("choice", "lose"):
        return _worded(str(value), key)
    if kind == "choices":
        return "、".join(_worded(str(one), key) for one in value)
    if kind in ("texts", "wholes"):
        return "、".join(_quoted(referred(_worded(str(one), key), labels)) for one in value)
    if kind == "dated" and isinstance(value, Mapping):
        return "；".join(f"{day} 起 {number}" for day, number in value.items())
    if kind == "parts":
        return "\n".join(_PARTED.join((name, one["zh"], one["en"])) for name, one in value.items())
    if kind == "data":
        return flow(value)
    return referred(_worded(str(value), key), labels)


def referred(identifier: str, labels: Mapping[str, str]) -> str:
    """An identifier with its label before it: ``会议 [meeting]``."""
    return f"{labels[identifier]} [{identifier}]" if identifier in labels else identifier


def _worded(value: str, key: str) -> str:
    words = words_of(key).get(value)
    return words.zh if words is not None else value


def _quoted(text: str) -> str:
    return (
        '"' + text.replace('"', '""') + '"'
        if _BETWEEN.search(text) or '"' in text or text != text.strip()
        else text
    )


def pieces(text: str) -> list[str]:
    """The parts of a list: parted by 、；， or lines; one that holds such a mark stands in quotes.

    >>> pieces('市民委、市公安局；"甲、乙"')
    ['市民委', '市公安局', '甲、乙']
    """
    found = []
    for quoted, plain in _PIECE.findall(text):
        one = quoted.replace('""', '"') if quoted else plain.strip()
        if one:
            found.append(one)
    return found


def value_of(raw: Raw, shape: Shape, key: str, *, percent: bool, resolve: Resolve) -> Any:
    """The value that a filled cell holds, or a ``Wrong``; ``resolve`` turns what people call something into its identifier.

    What is no such value is given as its text where the model itself says best what is wrong with it.
    """
    if isinstance(raw, Odd):
        what = Words(
            "单元格里没有值，只有公式、错误或图片",
            "the cell holds a formula, an error or a picture, no value",
        )
        return Wrong("no_value", what, Words("直接填写内容", "type the value itself"))
    kind = shape.kind
    # A standard may have been issued in a month: so this is a text, but a date in it is a date.
    if kind == "date" or (key == "standard.issued" and isinstance(raw, date)):
        return _day(raw)
    if isinstance(raw, datetime | date | time) or not isinstance(raw, str | int | float | bool):
        what = Words(
            "表格软件把填的内容当成了日期或时间", "the spreadsheet took what was typed for a date or a time"
        )
        return Wrong("not_text", what, _AS_TEXT)
    text = shown(raw, percent=percent)
    if kind == "yes":
        said = raw if isinstance(raw, bool) else answer(text)
        return (
            said
            if said is not None
            else Wrong(
                "no_answer",
                Words(f"“{text}”不是“是”或“否”", "neither yes nor no"),
                Words("填“是”或“否”", "write 是 or 否"),
            )
        )
    if kind == "text":
        return resolve(_chosen(text, key))
    if kind in ("choice", "lose"):
        return _number(_chosen(text, key)) if kind == "lose" else _chosen(text, key)
    if kind == "exact":
        return _number(text)
    if kind == "dated":
        return _dated(text)
    if kind == "whole":
        return _whole(text)
    return _several(text, shape, key, resolve)


def _several(text: str, shape: Shape, key: str, resolve: Resolve) -> Any:
    if shape.kind == "choices":
        return [_chosen(one, key) for one in pieces(text)]
    if shape.kind == "wholes":
        return [_whole(one.removesuffix("月")) for one in pieces(text)]
    if shape.kind == "texts":
        return [resolve(_chosen(one, key)) for one in pieces(text)]
    if shape.kind == "parts":
        return _parts(text)
    try:
        return read_yaml(text, "").data
    except InputError as error:
        return Wrong("syntax", error.problems[0].what, error.problems[0].mend)


def shown(raw: str | float | bool, *, percent: bool = False) -> str:
    """What a person sees in the cell: a number that is shown as a percentage is one."""
    if isinstance(raw, bool):
        return (YES if raw else NO).zh
    if isinstance(raw, int | float):
        return f"{digits_of(raw * 100)}%" if percent else digits_of(raw)
    return unicodedata.normalize("NFC", raw).strip()


def bracketed(text: str) -> tuple[str, str]:
    """What stands before brackets, and in them: ``会议 [meeting]`` → label, identifier; either may be empty."""
    found = _BRACKETED.fullmatch(text.strip())
    return (found[1].strip(), found[2].strip()) if found else (text.strip(), "")


def _chosen(text: str, key: str) -> str:
    words = words_of(key)
    if text in words:
        return text
    plain = squeezed(text)
    return next(
        (value for value, one in words.items() if plain in (squeezed(one.zh), squeezed(one.en))), text
    )


def squeezed(text: str) -> str:
    """``text`` without blanks, case and width, to compare by."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _number(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").removesuffix("分")
    # Digits grouped by a spreadsheet are the same number; anything else is for the model to refuse.
    plain = plain.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?%?", plain) else plain
    return plain if parse_exact(plain) is not None else text


def _dated(text: str) -> Any:
    if "起" not in text:
        return _number(text)
    found = {}
    for one in filter(None, (piece.strip() for piece in re.split(r"[；;\n]", text))):
        dated = _DATED.fullmatch(unicodedata.normalize("NFKC", one))
        if dated is None or dated[1] in found:
            what = Words(
                f"“{one}”不是分日期的数，或日期重复", f"{one!r} is no dated number, or its date stands twice"
            )
            mend = Words(
                "写成“2011-01-01 起 5%；2026-01-01 起 8%”", "write 2011-01-01 起 5%；2026-01-01 起 8%"
            )
            return Wrong("bad_dated", what, mend)
        found[dated[1]] = _number(dated[2])
    return found


def _whole(text: str) -> Any:
    plain = unicodedata.normalize("NFKC", text).strip()
    return int(plain) if re.fullmatch(r"\d{1,15}", plain) else text


def _day(raw: Raw) -> Any:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    found = _LOOSE_DATE.fullmatch(text)
    if found is None:
        return text
    year, month, day = found.groups()
    return f"{year}-{int(month):02}-{int(day):02}"


def _parts(text: str) -> Any:
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = [one.strip() for one in re.split(r"[|｜]", line)]
        if len(parts) != 3 or not all(parts) or parts[0] in found:
            what = Words(
                f"“{line}”没有写成三段，或编号重复", f"{line!r} has not three parts, or its id stands twice"
            )
            mend = Words("一行一项，写成“goals | 目标 | goals”", "write one a line: goals | 目标 | goals")
            return Wrong("bad_part", what, mend)
        found[parts[0]] = {"zh": parts[1], "en": parts[2]}
    return found


def first_wrong(values: Iterable[Any]) -> Wrong | None:
    """The first of ``values`` that is wrong."""
    return next((one for one in values if isinstance(one, Wrong)), None)


def known_words(key: str, values: Sequence[str]) -> list[str]:
    """The words to choose from for ``values``."""
    return [_worded(value, key) for value in values]
