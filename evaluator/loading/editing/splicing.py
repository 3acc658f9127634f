"""The least change of a text that makes it say something else: pieces are cut out and put in, nothing is written anew.

A comment above an item of a list belongs to it: it goes and moves with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import yaml

from evaluator.loading.editing.layout import entry, flow, item, ordered, scalar
from evaluator.loading.editing.moving import moved
from evaluator.loading.editing.nodes import (
    Node,
    end,
    has_aliases,
    is_flow,
    line_end,
    line_start,
    root_of,
    start,
    with_comments,
)

_MISSING = object()


class NotEditable(Exception):
    """The text is written so that a piece of it cannot be changed alone (anchors, or no mapping at all)."""


class _Splice(NamedTuple):
    start: int
    end: int
    text: str


def edited(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """``text``, whose content is ``old``, such that it says ``new``; raises ``NotEditable``."""
    if old == new:
        return text
    text, old = moved(text, old, new)
    root = root_of(text)
    if not isinstance(root, yaml.MappingNode) or has_aliases(root):
        raise NotEditable
    editor = _Editor(text)
    editor.mapping(root, old, new)
    return editor.done()


class _Editor:
    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.splices: list[_Splice] = []

    def done(self) -> str:
        text = self.text
        for one in sorted(self.splices, key=lambda one: (one.start, one.end), reverse=True):
            text = text[: one.start] + one.text + text[one.end :]
        return text

    def _splice(self, first: int, last: int, text: str) -> None:
        self.splices.append(_Splice(first, last, text.replace("\n", self.newline)))

    def change(self, node: Node, behind: int, old: Any, new: Any, indent: int) -> None:
        """Make ``node`` say ``new``; ``behind`` is where its key or dash ends, ``indent`` where its key stands."""
        if old == new:
            return
        if (
            isinstance(node, yaml.MappingNode)
            and isinstance(old, dict)
            and isinstance(new, dict)
            and new
            and node.value
        ):
            self.mapping(node, old, new)
        elif (
            isinstance(node, yaml.SequenceNode)
            and isinstance(old, list)
            and isinstance(new, list)
            and new
            and node.value
        ):
            self.sequence(node, behind, old, new, indent)
        else:
            self.replace(node, behind, new, indent)

    def replace(self, node: Node, behind: int, new: Any, indent: int) -> None:
        """Write a value in place of another."""
        if isinstance(node, yaml.ScalarNode) and not isinstance(new, dict | list):
            style = node.style if node.style in ("'", '"') else None
            written = scalar(new, style)
            first = start(node)
            gap = "" if first > behind or self.text[behind - 1 : behind] in (" ", "") else " "
            self._splice(first, end(node, self.text), gap + written)
            return
        lines = entry("x", new, indent)
        inside = lines[0].strip().removeprefix("x:") if len(lines) == 1 else "\n" + "\n".join(lines[1:])
        if self._is_in_flow(node):
            inside = f" {flow(new)}"
        self._splice(behind, end(node, self.text), inside)

    def _is_in_flow(self, node: Node) -> bool:
        # What stands on a line with other things cannot be opened into a block.
        before = self.text[line_start(self.text, start(node)) : start(node)]
        return "{" in before or "[" in before

    # --- mappings

    def mapping(self, node: yaml.MappingNode, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        pairs = {key.value: (key, value) for key, value in node.value}
        gone = [key for key in pairs if key in old and key not in new]
        if len(gone) == len(pairs):
            raise NotEditable
        self._cut(
            [(pairs[key][0], pairs[key][1]) for key in pairs],
            [key in gone for key in pairs],
            flow_style=is_flow(node),
        )
        before: str | None = None
        added: dict[str | None, list[str]] = {}
        for key, value in ordered(new).items():
            if key in pairs:
                before = key
                name, one = pairs[key]
                was = old.get(key, _MISSING)
                if was is _MISSING:
                    self.replace(one, self._colon(name), value, name.start_mark.column)
                else:
                    self.change(one, self._colon(name), was, value, name.start_mark.column)
            else:
                added.setdefault(before, []).append(key)
        kept = [key for key in pairs if key not in gone]
        for before, keys in added.items():
            self._add_keys(
                node, pairs, before if before in kept else None, kept[0], {key: new[key] for key in keys}
            )

    def _add_keys(
        self,
        node: Node,
        pairs: Mapping[str, tuple[Node, Node]],
        before: str | None,
        first: str,
        more: Mapping[str, Any],
    ) -> None:
        if is_flow(node):
            written = ", ".join(f"{scalar(key)}: {flow(value)}" for key, value in more.items())
            if before is None:
                self._splice(start(pairs[first][0]), start(pairs[first][0]), f"{written}, ")
            else:
                at = max(end(pairs[before][1], self.text), self._colon(pairs[before][0]))
                self._splice(at, at, f", {written}")
            return
        # Behind the key before it, or else behind the first: what names a mapping stays at its head.
        name, value = pairs[before or first]
        indent = name.start_mark.column
        at = line_end(self.text, max(end(value, self.text), self._colon(name)))
        at -= self.text[at - 1 : at] == "\r"
        self._splice(
            at, at, "".join(f"\n{line}" for key, one in more.items() for line in entry(key, one, indent))
        )

    def _colon(self, key: Node) -> int:
        return self.text.index(":", end(key, self.text)) + 1

    # --- sequences

    def sequence(
        self, node: yaml.SequenceNode, behind: int, old: list[Any], new: list[Any], indent: int
    ) -> None:
        matched = list(_matched(old, new))
        kept = {i for i, _ in matched}
        if not kept:
            self.replace(node, behind, new, indent)
            return
        nodes: list[Node] = node.value
        self._cut(
            [(one, one) for one in nodes],
            [i not in kept for i in range(len(nodes))],
            flow_style=is_flow(node),
        )
        for i, j in matched:
            dash = start(nodes[i])
            self.change(nodes[i], dash, old[i], new[j], nodes[i].start_mark.column - 2)
        by_new = {j: i for i, j in matched}
        before: int | None = None
        added: dict[int | None, list[Any]] = {}
        for j, value in enumerate(new):
            if j in by_new:
                before = by_new[j]
            else:
                added.setdefault(before, []).append(value)
        for at, values in added.items():
            self._add_items(node, nodes, at, min(kept), values)

    def _add_items(
        self, node: Node, nodes: list[Node], before: int | None, first: int, values: Sequence[Any]
    ) -> None:
        if is_flow(node):
            written = ", ".join(map(flow, values))
            if before is None:
                self._splice(start(nodes[first]), start(nodes[first]), f"{written}, ")
            else:
                at = end(nodes[before], self.text)
                self._splice(at, at, f", {written}")
            return
        column = self._dash(nodes[first])
        lines = [line for value in values for line in item(value, column)]
        if before is None:
            at = with_comments(self.text, start(nodes[first]))
            self._splice(at, at, "".join(f"{line}\n" for line in lines))
            return
        at = line_end(self.text, end(nodes[before], self.text))
        at -= self.text[at - 1 : at] == "\r"
        self._splice(at, at, "".join(f"\n{line}" for line in lines))

    def _dash(self, node: Node) -> int:
        first = line_start(self.text, start(node))
        return self.text.index("-", first) - first

    # --- what goes

    def _cut(self, spans: Sequence[tuple[Node, Node]], gone: Sequence[bool], *, flow_style: bool) -> None:
        """Cut out entries, given by the nodes that they begin and end with."""
        for first, last in _runs(gone):
            begin, stop = start(spans[first][0]), end(spans[last][1], self.text)
            if flow_style:
                if last + 1 < len(spans):
                    stop = start(spans[last + 1][0])
                elif first > 0:
                    begin = end(spans[first - 1][1], self.text)
                self._splice(begin, stop, "")
                continue
            head = self.text[line_start(self.text, begin) : begin]
            is_item = spans[first][0] is spans[first][1]
            if not is_item and head.strip():
                # The first key of an item, behind its dash: the next key takes its place.
                self._splice(begin, start(spans[last + 1][0]), "")
                continue
            begin = with_comments(self.text, begin) if is_item else line_start(self.text, begin)
            stop = min(line_end(self.text, stop) + 1, len(self.text))
            self._splice(begin, stop, "")


def _runs(gone: Sequence[bool]) -> Iterator[tuple[int, int]]:
    first: int | None = None
    for n, one in enumerate([*gone, False]):
        if one and first is None:
            first = n
        elif not one and first is not None:
            yield first, n - 1
            first = None


def _matched(old: list[Any], new: list[Any]) -> Iterator[tuple[int, int]]:
    """Which of the old items each new one continues: by identifier, else those that are alike, in order."""
    name = _identifier([*old, *new])
    if name is not None:
        places = {name(one): n for n, one in enumerate(old)}
        last = -1
        for j, one in enumerate(new):
            i = places.get(name(one), -1)
            # One that was moved past another is written anew.
            if i > last:
                yield i, j
                last = i
        return
    before, after = (
        [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in side] for side in (old, new)
    )
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind in ("equal", "replace"):
            yield from zip(range(i1, i2), range(j1, j2), strict=False)


def _identifier(items: Sequence[Any]) -> Callable[[Any], Any] | None:
    for key in ("id", "item"):
        if items and all(isinstance(one, dict) and key in one for one in items):
            return lambda one, key=key: one[key]  # type: ignore[misc]  # bound at once
    return None
