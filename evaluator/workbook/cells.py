"""One cell → one typed value, with what it was read as: read rightly or refused, never guessed. Pure.

A raw value is what calamine gives: text, float, bool, date, datetime, time, timedelta; ``""`` is an empty cell.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from evaluator.answers import answer
from evaluator.errors import Words
from evaluator.workbook.amounts import digits_of, number_of_float, number_of_text
from evaluator.workbook.dates import day_of_date, day_of_number, day_of_text
from evaluator.workbook.read import Read, Wrong, plainly


class Odd(NamedTuple):
    """A cell that holds no value of its own: a formula without its result, an error, a picture (``text`` is its id)."""

    kind: Literal["uncached", "error", "picture", "lost_picture", "placed_by_excel"]
    text: str


Raw = str | int | float | bool | date | datetime | time | timedelta | Odd
# Beyond this a spreadsheet has lost digits of what was typed.
_MOST_DIGITS = 10**15
_ENDINGS = "jpg jpeg png gif bmp webp heic pdf doc docx wps xls xlsx et ppt pptx txt mp4 zip rar ofd tif tiff".split()
_ENDING = re.compile(rf"\.(?:{'|'.join(_ENDINGS)})$", re.IGNORECASE)
_SURELY = re.compile(r"[\n；;]")
_PERHAPS = re.compile(r"[、，,]")
_ENDING_WITHIN = re.compile(rf"\.(?:{'|'.join(_ENDINGS)})\s+\S", re.IGNORECASE)
_DATE_INSTEAD = Words(
    "表格软件把填的内容当成了日期或时间",
    "the spreadsheet took what was typed for a date or a time",
)
_WRITTEN = Words("已写明", "written")
_NOT_WRITTEN = Words("没有写明", "not written")
_AS_TEXT = Words("把单元格设为文本格式，重新填写", "format the cell as text and type it anew")


def blank(raw: Raw) -> bool:
    """Whether nothing is written."""
    return isinstance(raw, str) and not raw.strip()


def shown(raw: Raw) -> str:
    """What a person sees in the cell."""
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, int | float):
        return digits_of(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ", "minutes")
    if isinstance(raw, Odd):
        return raw.text
    return raw.strip() if isinstance(raw, str) else str(raw)


def text_of(raw: Raw) -> Read:
    """A text; a number typed where text is meant is its digits."""
    if isinstance(raw, str):
        return Read(raw)
    if isinstance(raw, bool):
        what = Words("这里要文字，不是 TRUE 或 FALSE", "text is meant here, not TRUE or FALSE")
        return Read(shown(raw), wrong=Wrong("not_text", what, _AS_TEXT))
    if isinstance(raw, int | float):
        if abs(raw) >= _MOST_DIGITS:
            what = Words(
                "数字超过 15 位，表格软件存不准", "more than 15 digits: the spreadsheet has lost some"
            )
            return Read(shown(raw), wrong=Wrong("digits_lost", what, _AS_TEXT))
        return Read(shown(raw))
    return Read(shown(raw), wrong=Wrong("not_text", _DATE_INSTEAD, _AS_TEXT))


def number_of(raw: Raw, *, units: tuple[str, ...] = (), percent: bool = False) -> Read:
    """An int, or a decimal as text; ``percent`` says that the cell shows a percentage."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        what = Words("这里要数", "a number is meant here") if isinstance(raw, bool) else _DATE_INSTEAD
        mend = Words(
            "把单元格设为常规格式，重新填数", "give the cell the general format and type the number anew"
        )
        return Read(shown(raw), wrong=Wrong("bad_number", what, mend))
    if isinstance(raw, str):
        return number_of_text(raw, units)
    return number_of_float(raw, percent=percent, units=units)


def whole_of(raw: Raw, units: tuple[str, ...] = ()) -> Read:
    """An int: an attendance, a level."""
    read = number_of(raw, units=units)
    if read.wrong is None and not isinstance(read.value, int):
        what = Words("这里要整数", "a whole number is meant here")
        return Read(shown(raw), wrong=Wrong("not_whole", what, Words("改为整数", "write a whole number")))
    return read


def day_of(raw: Raw, *, from_1904: bool = False) -> Read:
    """An ISO date."""
    if isinstance(raw, datetime):
        read = day_of_date(raw.date())
        return read if raw.time() == time() or read.wrong else read._replace(how=plainly(read.value))
    if isinstance(raw, date):
        return day_of_date(raw)
    if isinstance(raw, str):
        return day_of_text(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        what = Words("不是日期", "this is no date")
        return Read(
            shown(raw),
            wrong=Wrong("bad_date", what, Words("写成 2025-03-12 的样子", "write it as 2025-03-12")),
        )
    return day_of_number(raw, from_1904=from_1904)


def answer_of(raw: Raw, yes: str = "是", no: str = "否") -> Read:
    """A yes or no as bool; ``yes`` and ``no`` are the words that the form itself uses."""
    said = raw if isinstance(raw, bool) else answer(raw) if isinstance(raw, str) else None
    if said is None:
        mend = Words(f"填“{yes}”或“{no}”", f"write {yes} (yes) or {no} (no)")
        return Read(
            shown(raw), wrong=Wrong("no_answer", Words(f"不是“{yes}”或“{no}”", "neither yes nor no"), mend)
        )
    word = yes if said else no
    plain = isinstance(raw, str) and raw.strip() == word
    return Read(said, None if plain else Words(word, "yes" if said else "no"))


def mark_of(raw: Raw) -> Read:
    """Where a part of a document stands: the page as text, or a bool where only a yes or no is written."""
    said = raw if isinstance(raw, bool) else answer(raw) if isinstance(raw, str) else None
    if said is not None:
        plain = isinstance(raw, str) and raw.strip() in ("√", "否")
        return Read(said, None if plain else _WRITTEN if said else _NOT_WRITTEN)
    return text_of(raw)


def files_of(raw: Raw) -> Read:
    r"""Names of files, a line each or parted by ；; a name that holds such a mark goes in quotes.

    >>> files_of("a.jpg；b.pdf").value, files_of('"a；b.jpg"\nc.jpg').value
    (['a.jpg', 'b.pdf'], ['a；b.jpg', 'c.jpg'])
    """
    read = text_of(raw)
    if read.wrong is not None:
        return read
    text = unicodedata.normalize("NFC", read.value).strip()
    names, guessed = [], False
    for piece in _pieces(text):
        if piece.startswith('"') and piece.endswith('"') and len(piece) > 1:
            names.append(piece[1:-1].replace('""', '"').strip())
            continue
        parts = [part.strip() for part in _PERHAPS.split(piece)]
        if len(parts) > 1 and all(_ENDING.search(part) for part in parts):
            names.extend(parts)
            guessed = True
            continue
        if _ENDING_WITHIN.search(piece):
            what = Words("看起来是几个文件名写在了一起", "this looks like several names run together")
            mend = Words(
                "一行一个，或用；分开；确是一个文件名的，加上英文双引号",
                "write one a line, or put a single name in quotes",
            )
            return Read(read.value, wrong=Wrong("files_together", what, mend))
        names.append(piece)
    names = [name for name in names if name]
    how = Words(f"{len(names)} 个文件：{'；'.join(names)}", f"{len(names)} files: {'; '.join(names)}")
    return Read(names, how if guessed else None)


def files_text(names: tuple[str, ...] | list[str]) -> str | None:
    """The cell that ``files_of`` reads as ``names``."""
    return "\n".join(map(_quoted, names)) if names else None


def _quoted(name: str) -> str:
    plain = name[:1] != '"' and not _SURELY.search(name)
    if plain and files_of(name) == Read([name]):
        return name
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _pieces(text: str) -> list[str]:
    # Marks inside quotes part nothing.
    pieces, here, quoted = [], "", False
    for one in text:
        if (one == '"' and (quoted or not here.strip())) or (one == '"' and here.lstrip().startswith('"')):
            quoted = not quoted
        if not quoted and _SURELY.match(one):
            pieces.append(here.strip())
            here = ""
        else:
            here += one
    return [piece for piece in (*pieces, here.strip()) if piece]
