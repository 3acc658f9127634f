"""Items of lists that change their place take their text and the comments above it along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

import yaml

from evaluator.loading.editing.nodes import Node, end, is_flow, line_end, root_of, with_comments

_Path = tuple[str | int, ...]


class _List(NamedTuple):
    path: _Path
    ids: list[str]


def moved(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """``text`` and ``old`` with the items that both have in the order, and under the parents, that they have in ``new``."""
    data = deepcopy(dict(old))
    text = _between_sections(text, data, new)
    for path in list(_lists(data, ())):
        wanted = _at(new, _by_id(data, path))
        if isinstance(wanted, list):
            text = _in_order(
                text, data, path, [one["id"] for one in wanted if isinstance(one, dict) and "id" in one]
            )
    return text, data


def _lists(data: Any, path: _Path) -> Iterator[_Path]:
    # The outermost first: what is inside moves along.
    if isinstance(data, list):
        if data and all(isinstance(one, dict) and "id" in one for one in data):
            yield path
        for n, one in enumerate(data):
            yield from _lists(one, (*path, n))
    elif isinstance(data, dict):
        for key, one in data.items():
            yield from _lists(one, (*path, key))


def _by_id(data: Any, path: _Path) -> _Path:
    """``path`` with identifiers in place of positions."""
    found: list[str | int] = []
    for part in path:
        data = data[part]
        found.append(
            data["id"] if isinstance(part, int) and isinstance(data, dict) and "id" in data else part
        )
    return tuple(found)


def _at(data: Any, path: _Path) -> Any:
    for part in path:
        if isinstance(data, list):
            data = next((one for one in data if isinstance(one, dict) and one.get("id") == part), None)
        else:
            data = data.get(part) if isinstance(data, dict) else None
    return data


def _node(root: Node | None, path: _Path) -> Node | None:
    for part in path:
        if isinstance(root, yaml.SequenceNode) and isinstance(part, int):
            root = root.value[part]
        elif isinstance(root, yaml.MappingNode):
            root = next((value for key, value in root.value if key.value == part), None)
        else:
            return None
    return root


def _chunks(text: str, node: Node | None) -> list[tuple[int, int]]:
    """The lines of each item of a block list, with the comments above it; empty where it is none."""
    if not isinstance(node, yaml.SequenceNode) or is_flow(node):
        return []
    found = []
    for one in node.value:
        stop = line_end(text, end(one, text)) + 1
        found.append((with_comments(text, one.start_mark.index), min(stop, len(text))))
    return found


def _in_order(text: str, data: dict[str, Any], path: _Path, wanted: list[str]) -> str:
    """The items of one list in the order of ``wanted``; those that it does not name keep their places."""
    items: Any = data
    for part in path:
        items = items[part]
    ids = [one["id"] for one in items]
    slots = [n for n, one in enumerate(ids) if one in wanted]
    order = sorted(slots, key=lambda n: wanted.index(ids[n]))
    if order == slots:
        return text
    chunks = _chunks(text, _node(root_of(text), path))
    if len(chunks) != len(ids) or len(set(ids)) != len(ids):
        return text
    sources = dict(zip(slots, order, strict=True))
    pieces = [text[slice(*chunks[sources.get(n, n)])] for n in range(len(ids))]
    pieces = [one if one.endswith("\n") else f"{one}\n" for one in pieces]
    items[:] = [items[sources.get(n, n)] for n in range(len(ids))]
    return text[: chunks[0][0]] + "".join(pieces) + text[chunks[-1][1] :]


def _between_sections(text: str, data: dict[str, Any], new: Mapping[str, Any]) -> str:
    """Criteria that go to another section."""
    homes = {
        one["id"]: section["id"] for section in new.get("sections", ()) for one in section.get("criteria", ())
    }
    while True:
        found = next(_strays(data, homes), None)
        if found is None:
            return text
        source, n, target = found
        root = root_of(text)
        sections = data["sections"]
        chunks = _chunks(text, _node(root, ("sections", source, "criteria")))
        there = _chunks(text, _node(root, ("sections", target, "criteria")))
        if not there or len(chunks) < 2:
            # Nothing to go to, or nothing left behind: written anew there.
            homes.pop(sections[source]["criteria"][n]["id"])
            continue
        (first, last), at = chunks[n], there[-1][1]
        piece = text[first:last] if text[first:last].endswith("\n") else f"{text[first:last]}\n"
        text = (
            text[:first] + text[last:at] + piece + text[at:]
            if at > first
            else text[:at] + piece + text[at:first] + text[last:]
        )
        sections[target]["criteria"].append(sections[source]["criteria"].pop(n))


def _strays(data: Mapping[str, Any], homes: Mapping[str, str]) -> Iterator[tuple[int, int, int]]:
    places = {section["id"]: n for n, section in enumerate(data.get("sections", ()))}
    for s, section in enumerate(data.get("sections", ())):
        for n, one in enumerate(section.get("criteria", ())):
            home = homes.get(one["id"], section["id"])
            if home != section["id"] and home in places:
                yield s, n, places[home]
