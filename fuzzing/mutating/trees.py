"""YAML and JSON: trees in which a key may stand twice, changed and written out again in one style or another."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from fuzzing import oddities
from fuzzing.choices import Choices
from fuzzing.mutating import raw, texts

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Of larger files only the text is changed: a tree of them is no more telling.
_LARGEST = 60_000
_DEEPEST = 60


class Bare(str):
    """A scalar as it is written, without quotes."""

    __slots__ = ()


class Pairs(list[list[Any]]):
    """A mapping as pairs of key and value, so that a key may stand twice."""

    __slots__ = ()


class Slot(NamedTuple):
    """A place in a tree: the list that holds the value, and where in it."""

    holder: list[Any]
    at: int
    of: list[Any]  # the list that ``holder`` is an item of, where that is a pair of a mapping

    @property
    def value(self) -> Any:
        return self.holder[self.at]


def mutated_yaml(content: bytes, choices: Choices) -> bytes:
    """A YAML file with one to four changes of its tree, or of its text."""
    return _mutated(content, choices, parsed_yaml, _as_yaml)


def mutated_json(content: bytes, choices: Choices) -> bytes:
    """A JSON file with one to four changes of its tree, or of its text."""
    return _mutated(content, choices, parsed_json, _as_json)


def _mutated(
    content: bytes, choices: Choices, parsed: Callable[[bytes], Any], written: Callable[[Any, Choices], str]
) -> bytes:
    kind = choices.below(16)
    if kind == 15:
        return raw.mutated(content, choices)
    tree = parsed(content) if kind < 13 else None
    if not isinstance(tree, list):
        return texts.mutated(content, choices)
    root: list[Any] = [_copied(tree)]
    for _ in range(1 + choices.below(4)):
        change(root, choices)
    made = written(root[0], choices).encode("utf-8", "surrogatepass")
    return texts.mutated(made, choices) if choices.one_in(8) else made


def change(root: list[Any], choices: Choices) -> None:
    """Change one place of the tree in ``root``, a list of one."""
    slots = list(_slots(root))
    slot = choices.pick(slots)
    kind = choices.below(12)
    value = slot.value
    if kind < 3:
        _put(slot, _odd(choices))
    elif kind == 3:
        _put(slot, oddities.within(value, choices) if isinstance(value, str) else _odd(choices))
    elif kind == 4:
        _put(slot, _copied(choices.pick(slots).value))
    elif kind == 5:
        _drop(slot)
    elif kind == 6:
        _again(slot, choices)
    elif kind == 7:
        _rename(slot, slots, choices)
    elif kind == 8:
        _put(slot, _wrapped(value, choices))
    elif kind == 9:
        other = choices.pick(slots)
        mine, theirs = _copied(value), _copied(other.value)
        _put(slot, theirs)
        _put(other, mine)
    elif kind == 10 and isinstance(value, list):
        at = choices.below(len(value) + 1)
        value[:] = [*value[at:], *value[:at]] if choices.one_in(2) else value[:at]
    else:
        _put(slot, _odd_scalar(choices))


def _slots(root: list[Any]) -> Iterator[Slot]:
    waiting: list[Slot] = [Slot(root, 0, root)]
    while waiting:
        slot = waiting.pop()
        yield slot
        value = slot.value
        if isinstance(value, Pairs):
            waiting.extend(Slot(pair, 1, value) for pair in value)
        elif isinstance(value, list):
            waiting.extend(Slot(value, n, value) for n in range(len(value)))


def _put(slot: Slot, value: Any) -> None:
    # An earlier change may have taken the place away.
    if slot.at < len(slot.holder):
        slot.holder[slot.at] = value


def _drop(slot: Slot) -> None:
    if slot.of is not slot.holder:
        slot.of[:] = [pair for pair in slot.of if pair is not slot.holder]
    elif len(slot.holder) > 1:
        del slot.holder[slot.at]


def _again(slot: Slot, choices: Choices) -> None:
    times = 1 + (choices.below(400) if choices.one_in(10) else choices.below(3))
    times = min(times, 20_000 // max(1, _size(slot.value)))
    if slot.of is not slot.holder:
        slot.of.extend([slot.holder[0], _copied(slot.value)] for _ in range(min(times, 3)))
    elif len(slot.holder) > 1 or times < 3:
        slot.holder.extend(_copied(slot.value) for _ in range(times))


def _rename(slot: Slot, slots: list[Slot], choices: Choices) -> None:
    if slot.of is slot.holder:
        return
    keys = [one.holder[0] for one in slots if one.of is not one.holder]
    slot.holder[0] = choices.pick(keys) if choices.one_in(2) else oddities.text(choices)


def _wrapped(value: Any, choices: Choices) -> Any:
    deep = 1 + choices.below(2) if not choices.one_in(10) else 30 + choices.below(200)
    for _ in range(deep):
        value = [value] if choices.one_in(2) else Pairs([["a", value]])
    return value


def _odd(choices: Choices) -> Any:
    kind = choices.below(10)
    if kind == 0:
        return [_odd_scalar(choices) for _ in range(choices.below(3))]
    if kind == 1:
        return Pairs([[oddities.text(choices), _odd_scalar(choices)] for _ in range(choices.below(3))])
    return _odd_scalar(choices)


def _odd_scalar(choices: Choices) -> str:
    kind = choices.below(4)
    if kind == 0:
        return Bare(choices.pick(oddities.NUMBERS))
    if kind == 1:
        return Bare(choices.pick(oddities.BARE))
    return oddities.text(choices)


def _copied(tree: Any) -> Any:
    if isinstance(tree, Pairs):
        return Pairs([[key, _copied(value)] for key, value in tree])
    return [_copied(one) for one in tree] if isinstance(tree, list) else tree


def _size(tree: Any) -> int:
    return (
        1 + sum(map(_size, tree))
        if isinstance(tree, list)
        else 1
        if not isinstance(tree, str)
        else 1 + len(tree) // 50
    )


# --- Reading ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def parsed_yaml(content: bytes) -> Any:
    """The tree of a YAML file; None where it is none, or too large."""
    if len(content) > _LARGEST:
        return None
    try:
        return _of_node(yaml.compose(content.decode(), Loader=_Loader), 0)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _of_node(node: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(node, yaml.MappingNode):
        return Pairs([[_key(key), _of_node(value, depth + 1)] for key, value in node.value])
    if isinstance(node, yaml.SequenceNode):
        return [_of_node(one, depth + 1) for one in node.value]
    if node is None:
        return None
    return Bare(node.value) if not node.style else str(node.value)


def _key(node: Any) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else "key"


@lru_cache(maxsize=64)
def parsed_json(content: bytes) -> Any:
    """The tree of a JSON file; None where it is none, or too large."""
    if len(content) > _LARGEST:
        return None
    try:
        found = json.loads(
            content, object_pairs_hook=_pairs, parse_int=Bare, parse_float=Bare, parse_constant=Bare
        )
        return _bare(found)
    except (ValueError, RecursionError):
        return None


def _pairs(items: list[tuple[str, Any]]) -> Pairs:
    return Pairs([[key, value] for key, value in items])


def _bare(tree: Any) -> Any:
    if isinstance(tree, Pairs):
        return Pairs([[key, _bare(value)] for key, value in tree])
    if isinstance(tree, list):
        return [_bare(one) for one in tree]
    return tree if isinstance(tree, str) else Bare(json.dumps(tree))


# --- Writing ------------------------------------------------------------------------------------------------------


def _as_json(tree: Any, choices: Choices) -> str:
    ascii_only = choices.one_in(4)
    parts: list[str] = []
    _write_flow(tree, parts, ascii_only=ascii_only)
    return "".join(parts)


def _as_yaml(tree: Any, choices: Choices) -> str:
    if choices.one_in(4):
        return _as_json(tree, choices)
    parts: list[str] = []
    _write_block(tree, parts, 0)
    return "".join(parts)


def _write_flow(tree: Any, parts: list[str], *, ascii_only: bool) -> None:
    if isinstance(tree, Pairs):
        parts.append("{")
        for n, (key, value) in enumerate(tree):
            parts.append(", " if n else "")
            parts.append(_quoted(key, ascii_only=ascii_only))
            parts.append(": ")
            _write_flow(value, parts, ascii_only=ascii_only)
        parts.append("}")
    elif isinstance(tree, list):
        parts.append("[")
        for n, one in enumerate(tree):
            parts.append(", " if n else "")
            _write_flow(one, parts, ascii_only=ascii_only)
        parts.append("]")
    else:
        parts.append(str(tree) if isinstance(tree, Bare) else _quoted(tree, ascii_only=ascii_only))


def _quoted(text: str, *, ascii_only: bool) -> str:
    return json.dumps(text, ensure_ascii=ascii_only)


def _write_block(tree: Any, parts: list[str], depth: int) -> None:
    if not isinstance(tree, list) or not tree or depth > _DEEPEST:
        _write_flow(tree, parts, ascii_only=False)
        parts.append("\n")
        return
    if depth:
        parts.append("\n")
    pad = "  " * depth
    for one in tree:
        if isinstance(tree, Pairs):
            key, value = one
            plain = isinstance(key, str) and key.isascii() and key.replace("_", "").isalnum()
            parts.append(f"{pad}{key if plain else _quoted(key, ascii_only=False)}: ")
        else:
            value = one
            parts.append(f"{pad}- ")
        _write_block(value, parts, depth + 1)
