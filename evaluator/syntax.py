"""Why a YAML text does not parse, said as a person would who looks at the lines: the likely cause and its mend. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from evaluator.errors import Words
from evaluator.persons import echo

_KEY = r"[ ]*(?:-[ ]+)?(?:\{[ ]*)?([A-Za-z0-9_][\w-]*)"
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')
_FAR_BACK = 300
# A longer line is no one's handwriting, and the patterns below would take minutes over a line of megabytes.
_LONGEST_LINE = 2000

ANY_CAUSE = Words(
    "常见原因：冒号写成了全角“：”，冒号后没有空格，行首用了制表符（Tab），缩进与上下行不齐，引号或括号没有成对",
    "likely causes: a full-width colon, no space after a colon, a tab, uneven indentation, an unclosed quote or bracket",
)

ANY_JSON_CAUSE = Words(
    "常见原因：引号、冒号或逗号是全角的，两项之间缺少逗号，最后一项后面多了逗号，括号没有成对",
    "likely causes: a full-width mark, a missing comma, a comma after the last item, an unclosed bracket",
)
_UNCLOSED = (
    Words("括号没有成对，或两项之间缺少英文逗号", "an unclosed bracket, or no comma between two items"),
    Words("补上 }、] 或英文逗号", "write the missing }, ] or comma"),
)


class Cause(NamedTuple):
    """A likely cause: the 1-based column, what is wrong, and the mend."""

    column: int
    what: Words
    mend: Words


def likely_cause(
    text: str, problem: str, stopped: tuple[int, int], began: tuple[int, int]
) -> tuple[int, Cause] | None:
    r"""The nearest line that shows a usual mistake, at or above the line where the parser ``stopped``.

    ``began`` is where the bracket or text opens that it was reading; lines and columns are 1-based.

    >>> at, cause = likely_cause("counts:\n  buildings：40\n  families: 9\n", "could not find", (3, 3), (2, 3))
    >>> at, cause.column, cause.mend.en
    (2, 12, 'write an ASCII colon and a space: “buildings: ”')
    """
    lines = [line if len(line) <= _LONGEST_LINE else "" for line in text.splitlines()[: stopped[0]]]
    quotes = 0
    for number in range(len(lines), max(0, len(lines) - _FAR_BACK), -1):
        here = lines[number - 1]
        if not here.strip() or here.lstrip().startswith("#"):
            continue
        quotes += here.count('"')
        for look in _ON_ANY_LINE:
            found = look(here)
            # A text in quotes may run over several lines: then the quotes since it began are even in number.
            if found is not None and (look is not _odd_quote or quotes % 2):
                return number, found
    if "could not find expected ':'" in problem and began[0] <= len(lines):
        return began[0], Cause(
            began[1],
            Words("这一行没有冒号", "no colon on this line"),
            Words("写成“键: 值”", "write it as “key: value”"),
        )
    if "',' or" in problem and began[0] <= len(lines):
        found = _in_plain_text(lines[began[0] - 1])
        if found is not None:
            return began[0], found
    if "',' or" in problem and began[0] < stopped[0]:
        return began[0], Cause(began[1], *_UNCLOSED)
    found = next(_where_it_stopped(lines, problem, stopped[1]), None) if lines else None
    return None if found is None else (len(lines), found)


def glued_key(key: str) -> Cause | None:
    """Why ``key`` holds its value too: a full-width colon, or none of the space that goes after a colon."""
    return _wide_colon(key) or _no_space(key)


def _tab(line: str) -> Cause | None:
    found = re.match(r"[ ]*\t", line)
    if found is None:
        return None
    return Cause(
        found.end(),
        Words("行首用了制表符（Tab）", "a tab at the beginning of the line"),
        Words("缩进只用空格", "indent with spaces"),
    )


def _wide_blank(line: str) -> Cause | None:
    found = re.match(r"[ \t]*[\u00a0\u3000]", line) or re.match(_KEY + ":[ ]*[\u00a0\u3000]", line)
    if found is None:
        return None
    return Cause(
        found.end(),
        Words("这里是全角空格或不间断空格", "a full-width or no-break space"),
        Words("改成普通空格", "write a plain space"),
    )


def _wide_colon(line: str) -> Cause | None:
    found = re.match(_KEY + "[ ]*：", line)
    if found is None:
        return None
    shown = echo(found[1])
    return Cause(
        found.end(),
        Words(f"{shown} 后面的冒号是全角的“：”", f"the colon after {shown} is full-width"),
        Words(f"改成英文冒号，后面空一格：“{shown}: ”", f"write an ASCII colon and a space: “{shown}: ”"),
    )


def _no_space(line: str) -> Cause | None:
    found = re.match(_KEY + r":(?=[^\s:/\\])", line)
    if found is None:
        return None
    shown = echo(found[1])
    return Cause(
        found.end(),
        Words(f"{shown} 的冒号后面没有空格", f"no space after the colon of {shown}"),
        Words(f"冒号后面空一格：“{shown}: ”", f"write a space after the colon: “{shown}: ”"),
    )


def _no_space_after_dash(line: str) -> Cause | None:
    found = re.match(r"[ ]*-(?=[{\[\"A-Za-z｛])", line)
    if found is None:
        return None
    return Cause(
        found.end(),
        Words("“-”后面没有空格", "no space after the dash"),
        Words("“-”后面空一格", "write a space after the dash"),
    )


def _odd_quote(line: str) -> Cause | None:
    rest = _QUOTED.sub(lambda found: "x" * len(found[0]), line)
    place = rest.find('"')
    # Inside plain text a quote is a mark like any other: only one that opens a value can be left open.
    if place < 0 or not re.search(r"(?:^|[:\-,\[{])[ ]*$", rest[:place]):
        return None
    return Cause(
        place + 1,
        Words("引号没有成对", "a quote that is not closed"),
        Words('前后各用一个英文引号 "', 'put one " before and one after'),
    )


def _wide_mark(line: str) -> Cause | None:
    rest = _QUOTED.sub(lambda found: "x" * len(found[0]), line)
    found = re.match(r"[ ]*(?:-[ ]*)?([｛［【])", rest)
    if found is None and re.match(r"[ ]*(?:-[ ]*)?\{", rest):
        found = re.search(r"(?<=[\"x\d])[ ]*([，｝])(?=[ ]*(?:\w+[ ]*[:：]|$))", rest)
    if found is None:
        return None
    narrow = {"｛": "{", "［": "[", "【": "[", "，": ", ", "｝": "}"}[found[1]]
    return Cause(
        found.start(1) + 1,
        Words(f"这里的“{found[1]}”是全角的", f"“{found[1]}” is full-width"),
        Words(f"改成英文的“{narrow}”", f"write “{narrow}”"),
    )


_ON_ANY_LINE: tuple[Callable[[str], Cause | None], ...] = (
    _tab,
    _wide_blank,
    _wide_colon,
    _no_space_after_dash,
    _no_space,
    _wide_mark,
    _odd_quote,
)


def _in_plain_text(line: str) -> Cause | None:
    """A mark that ends a text without quotes inside brackets, though it is meant as a part of it."""
    bare = _QUOTED.sub(lambda found: "x" * len(found[0]), line)
    quote = Words("给整段文字加上英文引号", "put the whole text in quotes")
    for pattern, zh, en in _ENDS_TEXT:
        found = re.search(pattern, bare)
        if found is not None:
            return Cause(found.start(1) + 1, Words(zh, en), quote)
    return None


_ENDS_TEXT = (
    (
        r"[:,{\[][^#]*[^\s,:{\[][ ]+(#)[^\[{]*[}\]]",
        "文字里有“ #”，后面的都被当作说明",
        "“ #” inside a text begins a comment",
    ),
    (r"[^\s:,\[\]{}\-]({)", "文字里有“{”", "a brace inside a text"),
    (r"[{,][ ]*\w+: [^,:{}\[\]]*[^\x00-\x7f](:) ", "文字里有英文冒号", "a colon inside a text"),
)


def _where_it_stopped(lines: list[str], problem: str, column: int) -> Iterator[Cause]:
    line, before = lines[-1], next((one for one in reversed(lines[:-1]) if one.strip()), "")
    bare = _QUOTED.sub(lambda found: "x" * len(found[0]), line)
    if "escape" in problem:
        yield Cause(
            column,
            Words("双引号里的反斜杠写法不对", "a backslash inside double quotes"),
            Words("改用 / 或写成两个反斜杠", "write / or two backslashes"),
        )
    opening = re.search(r"(?:^|[:,\[{-])[ ]+([%@`*&!])", bare[:column])
    if opening is not None:
        yield Cause(
            opening.start(1) + 1,
            Words(f"文字不能以 {opening[1]} 开头", f"a text cannot begin with {opening[1]}"),
            Words("给整段文字加上英文引号", "put the whole text in quotes"),
        )
    if "',' or" in problem and line[: column - 1].rstrip().endswith('"'):
        yield Cause(
            column,
            Words("引号里面又有英文引号", "a quote inside a quoted text"),
            Words("里面的改成中文引号“”", "use other quotes inside"),
        )
    if "',' or" in problem:
        yield Cause(column, *_UNCLOSED)
    if re.search(r"[}\]\"x][ ]*[,，][ ]*$", bare):
        yield Cause(
            len(line.rstrip()),
            Words("行末多了逗号", "a comma at the end of the line"),
            Words("删去逗号", "leave the comma out"),
        )
    inner = "mapping values" in problem and re.search(r":[ ].*:[ ]", bare)
    if _indent(line) != _indent(before) and not inner:
        yield Cause(
            _indent(line) + 1,
            Words("这一行与上一行的缩进不一致", "this line is not indented like the one before"),
            Words(
                "同一层的各行，行首空格数要一样", "lines of one level begin with the same number of spaces"
            ),
        )
    if line.lstrip().startswith("- ") != before.lstrip().startswith("- "):
        yield Cause(
            _indent(line) + 1,
            Words("行首的“- ”与上一行不一致", "the dash does not go with the line before"),
            Words(
                "列表的每一项都以“- ”开头，其余各行不加",
                "each item of a list begins with a dash, other lines do not",
            ),
        )
    if "mapping values" in problem:
        yield Cause(
            column,
            Words("文字里有英文冒号", "a colon inside a text"),
            Words("给整段文字加上英文引号，或改用全角冒号", "put the whole text in quotes"),
        )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
