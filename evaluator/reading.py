"""Text → plain data with places: YAML and JSON read alike, strictly, within bounds; opens nothing.

Scalars are text, except ``true``, ``false``, ``null`` and whole counts. Duplicate keys, tags, deep nesting and the
expansion of anchors beyond a bound are refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from math import inf
from typing import Any, NamedTuple

import yaml

from evaluator.errors import Fault, InputError, Place, Problem, Words
from evaluator.json_items import holds_more_items, nests_deeper
from evaluator.limits import in_force, raising
from evaluator.persons import echo
from evaluator.syntax import ANY_CAUSE, ANY_JSON_CAUSE, likely_cause

Path = tuple[str | int, ...]
MOST_PROBLEMS = 1000
_SPLIT = Words("分成几份，或只留与申报有关的", "split it, or keep only what it is about")
_NEST_LESS = Words("减少嵌套，一层套一层的括号要成对", "nest less; close every bracket")
# A JSON escape of half a pair: no text that could be printed or hashed.
_LONE_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_COUNT = re.compile(r"0|[1-9][0-9]{0,14}")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


Places = Mapping[Path, Place]


class Source(NamedTuple):
    """A file's data and text; ``places`` finds where a path stands.

    A workbook has ``cells`` instead of text, ``names`` for what people call what stands at a path, and ``faults``: what could not
    be read, with its raw text in the data.
    """

    file: str
    data: Any
    text: str = ""
    cells: Places | None = None
    faults: tuple[Fault, ...] = ()
    names: Mapping[Path, str] | None = None

    def places(self) -> Places:
        """The place of every key and item (a text is read again: only needed where there are problems)."""
        if self.cells is not None:
            return self.cells
        try:
            marks = _Builder(self.text, self.file, None, marks=True).build()[1]
        except InputError:
            return {}
        return {path: Place(self.file, *mark) for path, mark in marks.items()}

    def called(self, path: Path) -> str:
        """What people call what stands at ``path``, in a workbook; empty where it has no name."""
        names = self.names or {}
        return next((names[path[:n]] for n in range(len(path), 0, -1) if path[:n] in names), "")

    def problem(self, code: str, path: Path, what: Words, mend: Words | None = None) -> Problem:
        """A problem at ``path``; where the path itself is not in the file, at the nearest one above it."""
        return Problem(code, place_of(path, self.places(), self.file), what, mend)


def place_of(path: Path, places: Places, file: str) -> Place:
    """The place of ``path``; parts that do not stand in the file (such as a union's tag) are skipped."""
    known: Path = ()
    for part in path:
        if (*known, part) in places:
            known = (*known, part)
    # A workbook says by its own root where what stands nowhere belongs.
    return places.get(known, Place(file, 1, 1))


def read_yaml(text: str, file: str, items: str = "most_items") -> Source:
    """``text`` as data; raises ``InputError`` with every fault of syntax that can be told.

    ``items`` is the limit of how many may stand in it.
    """
    return Source(file, _Builder(text, file, items).build()[0], text)


def read_json(text: str, file: str, items: str = "most_items") -> Source:
    """``text`` as data, read like YAML: numbers that are not whole counts stay text.

    ``items`` is the limit of how many may stand in it.
    """
    repeated: list[str] = []
    most, deepest = getattr(in_force(), items), in_force().deepest_nesting
    content = text.encode("utf-8", "surrogatepass")
    if holds_more_items(content, most):
        # Whoever is told to raise a limit must not be told of the next one then.
        if nests_deeper(content, deepest):
            raise InputError([_too_deep(file, 1, 1)])
        raise InputError([Problem("too_large", Place(file, 1, 1), *_too_many(items))])

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) != len(items):
            keys = [key for key, _ in items]
            repeated.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return found

    try:
        data = json.loads(
            text,
            object_pairs_hook=pairs,
            parse_float=str,
            parse_constant=str,
            parse_int=lambda s: int(s) if len(s) < 16 else s,
        )
    except json.JSONDecodeError as error:
        what = Words("JSON 语法有误", f"JSON syntax: {error.msg}")
        place = Place(file, error.lineno, error.colno)
        raise InputError([Problem("syntax", place, what, ANY_JSON_CAUSE)]) from None
    except RecursionError:
        raise InputError([_too_deep(file, 1, 1)]) from None
    if _depth_over(data, deepest):
        raise InputError([_too_deep(file, 1, 1)])
    half = _LONE_SURROGATE.search(text) if "\\u" in text else None
    if half is not None:
        line = text.count("\n", 0, half.start()) + 1
        column = half.start() - text.rfind("\n", 0, half.start())
        what = Words(f"{half[0]} 只是半个字符", f"{half[0]} is half a character")
        mend = Words("重新录入这段文字", "type this text anew")
        raise InputError([Problem("half_character", Place(file, line, column), what, mend)])
    if repeated:
        _Builder(text, file, items).build()  # JSON is YAML, and there the second key has a place
        raise InputError(Problem("duplicate_key", Place(file), *_repeated(key)) for key in repeated)
    return Source(file, data, text)


def _depth_over(data: Any, limit: int) -> bool:
    level = [data]
    for _ in range(limit):
        level = [
            child
            for one in level
            if isinstance(one, dict | list)
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _repeated(key: str) -> tuple[Words, Words]:
    shown = echo(key)
    return (
        Words(f"键 {shown} 重复", f"the key {shown} stands twice"),
        Words("只保留一处", "keep one of them"),
    )


def _without_dash(key: str) -> tuple[Words, Words]:
    shown = echo(key)
    return (
        Words(
            f"键 {shown} 重复：像是新的一项，前面少了“- ”",
            f"the key {shown} stands twice: a new item without its dash?",
        ),
        Words(
            f"写成“- {shown}:”，与上一项的“-”对齐；不是新的一项的，只保留一处",
            f"write “- {shown}:” below the dash before; if it is no new item, keep one of them",
        ),
    )


def _too_deep(file: str, line: int, column: int) -> Problem:
    deepest = in_force().deepest_nesting
    what = Words(f"嵌套超过 {deepest} 层", f"nested deeper than {deepest} levels")
    return Problem("too_deep", Place(file, line, column), what, raising("deepest_nesting", _NEST_LESS))


def _too_many(limit: str) -> tuple[Words, Words | None]:
    most = getattr(in_force(), limit)
    return Words(f"内容超过 {most} 项", f"more than {most} items"), raising(limit, _SPLIT)


class _Frame:
    # One open mapping or sequence while the events go by.
    __slots__ = ("anchor", "before", "children", "dashless", "key", "path", "start")

    def __init__(
        self, children: dict[str, Any] | list[Any], path: Path, anchor: str | None, before: int
    ) -> None:
        self.children, self.path, self.anchor, self.before = children, path, anchor, before
        self.key: str | None = None
        self.dashless = False


class _Stop(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Builder:
    """Builds data from YAML events without recursion."""

    def __init__(self, text: str, file: str, items: str | None, *, marks: bool = False) -> None:
        self.text, self.file, self.marks = text, file, marks
        self.places: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.stack: list[_Frame] = []
        self.nodes = 0
        # What has been read once is within its limits.
        self.items, self.deepest = items, in_force().deepest_nesting
        self.most: float = inf if items is None else getattr(in_force(), items)
        self.root: Any = None

    def build(self) -> tuple[Any, dict[Path, tuple[int, int]]]:
        try:
            self._read()
        except yaml.MarkedYAMLError as error:
            self.problems.append(self._syntax(error))
        except yaml.reader.ReaderError as error:
            line = self.text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
            what = Words("文件中有不允许的控制字符", "the file holds a control character")
            mend = Words("删去它；文件另存为 UTF-8 文本", "delete it; save the file as text in UTF-8")
            self.problems.append(Problem("syntax", Place(self.file, line), what, mend))
        except _Stop as stop:
            self.problems.append(stop.problem)
        if self.problems and not self.marks:
            raise InputError(self.problems)
        return self.root, self.places

    def _syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        marks = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
        places = [(mark.line + 1, mark.column + 1) for mark in marks] or [(1, 1)]
        problem = str(error.problem or error)
        found = likely_cause(self.text, problem, places[0], places[-1])
        if found is None:
            what = Words("YAML 语法有误", f"YAML syntax: {problem}")
            return Problem("syntax", Place(self.file, *places[0]), what, ANY_CAUSE)
        line, cause = found
        return Problem("syntax", Place(self.file, line, cause.column), cause.what, cause.mend)

    def _read(self) -> None:
        loader = _Loader(self.text)
        documents = 0
        try:
            while True:
                event = loader.get_event()
                kind = type(event)
                if kind is yaml.ScalarEvent:
                    self._scalar(event)
                elif kind is yaml.MappingStartEvent:
                    self._open({}, event)
                elif kind is yaml.SequenceStartEvent:
                    self._open([], event)
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    self._close()
                elif kind is yaml.AliasEvent:
                    self._alias(event)
                elif kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        self._stop(
                            "second_document",
                            event,
                            Words("一个文件里有多份文档（---）", "more than one document in the file"),
                            Words("一份文件只写一份", "one file, one document"),
                        )
                elif kind is yaml.StreamEndEvent:
                    return
        finally:
            loader.dispose()

    def _stop(self, code: str, event: Any, what: Words, mend: Words | None = None) -> None:
        mark = event.start_mark
        raise _Stop(Problem(code, Place(self.file, mark.line + 1, mark.column + 1), what, mend))

    def _count(self, event: Any, more: int = 1) -> None:
        self.nodes += more
        if self.nodes > self.most and self.items is not None:
            self._stop("too_large", event, *_too_many(self.items))
        if len(self.stack) > self.deepest:
            raise _Stop(_too_deep(self.file, event.start_mark.line + 1, event.start_mark.column + 1))

    def _scalar(self, event: Any) -> None:
        self._count(event)
        if event.tag is not None and event.tag != "!":
            self._stop(
                "tag",
                event,
                Words("不支持 YAML 标签", "YAML tags are refused"),
                Words("删去标签", "leave the tag out"),
            )
        value: Any = event.value
        if event.implicit[0] and not event.style:
            if value in _WORDS:
                value = _WORDS[value]
            elif _COUNT.fullmatch(value):
                value = int(value)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.children, dict) and frame.key is None:
            self._key(frame, event)
            return
        self._mark(event)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._put(value)

    def _key(self, frame: _Frame, event: Any) -> None:
        key = event.value
        assert isinstance(frame.children, dict)
        frame.key = key
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if key in frame.children:
            if frame.dashless:
                return  # the other keys of that item
            in_list = len(self.stack) > 1 and isinstance(self.stack[-2].children, list)
            frame.dashless = in_list and len(frame.children) > 1 and key == next(iter(frame.children))
            words = _without_dash if frame.dashless else _repeated
            self.problems.append(Problem("duplicate_key", Place(self.file, *place), *words(key)))
            if len(self.problems) > MOST_PROBLEMS:
                what = Words(f"问题超过 {MOST_PROBLEMS} 处", f"more than {MOST_PROBLEMS} problems")
                self._stop(
                    "many_faults",
                    event,
                    what,
                    Words("先改列出的，再检查一次", "mend those that are listed first"),
                )
        elif self.marks:
            self.places[*frame.path, key] = place

    def _mark(self, event: Any) -> None:
        if self.marks and self.stack and isinstance(self.stack[-1].children, list):
            mark = event.start_mark
            self.places[self._path()] = (mark.line + 1, mark.column + 1)

    def _path(self) -> Path:
        if not self.stack:
            return ()
        frame = self.stack[-1]
        return (*frame.path, len(frame.children) if isinstance(frame.children, list) else str(frame.key))

    def _open(self, children: dict[str, Any] | list[Any], event: Any) -> None:
        self._count(event)
        if event.tag is not None:
            self._stop(
                "tag",
                event,
                Words("不支持 YAML 标签", "YAML tags are refused"),
                Words("删去标签", "leave the tag out"),
            )
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.children, dict) and frame.key is None:
            self._stop("key", event, Words("键只能是文字", "a key must be text"))
        self._mark(event)
        self.stack.append(_Frame(children, self._path() if self.marks else (), event.anchor, self.nodes))

    def _close(self) -> None:
        frame = self.stack.pop()
        if frame.anchor:
            self.anchors[frame.anchor] = (frame.children, self.nodes - frame.before + 1)
        self._put(frame.children)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            shown = echo(event.anchor)
            self._stop(
                "alias",
                event,
                Words(f"*{shown} 引用的锚点不存在", f"*{shown} refers to no anchor"),
                Words("以 * 开头的文字要加英文引号", "a text that begins with * goes in quotes"),
            )
        value, size = self.anchors[event.anchor]
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.children, dict) and frame.key is None:
            self._stop("key", event, Words("键只能是文字", "a key must be text"))
        self._count(event, size)
        self._put(value)

    def _put(self, value: Any) -> None:
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if isinstance(frame.children, list):
            frame.children.append(value)
        else:
            frame.children.setdefault(str(frame.key), value)
            frame.key = None
