"""Where things stand in the text of a YAML file: nodes with their ends, the lines and comments that belong to them."""

from __future__ import annotations

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Node = yaml.Node


def root_of(text: str) -> Node | None:
    """The root of the file."""
    return yaml.compose(text, Loader=_Loader)


def has_aliases(node: Node, seen: set[int] | None = None) -> bool:
    """Whether anything stands once in the text and twice in the data."""
    seen = set() if seen is None else seen
    if id(node) in seen:
        return True
    seen.add(id(node))
    return any(has_aliases(one, seen) for one in _inside(node))


def _inside(node: Node) -> list[Node]:
    if isinstance(node, yaml.MappingNode):
        return [one for pair in node.value for one in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def start(node: Node) -> int:
    """Where the node begins."""
    return int(node.start_mark.index)


def end(node: Node, text: str) -> int:
    """Where its content ends: a block's own end is only found where the next thing begins."""
    inside = _inside(node)
    if inside and not is_flow(node):
        return end(inside[-1], text)
    stop = int(node.end_mark.index)
    return start(node) + len(text[start(node) : stop].rstrip()) if _is_block_scalar(node) else stop


def _is_block_scalar(node: Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def is_flow(node: Node) -> bool:
    """Whether a collection is written in brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def line_start(text: str, at: int) -> int:
    """The first character of the line."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Behind the last character of the line, without its break."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def with_comments(text: str, at: int) -> int:
    """The beginning of the line of ``at``, or of the comments and blank lines right above it."""
    first = line_start(text, at)
    while first > 0:
        above = line_start(text, first - 1)
        line = text[above : first - 1].strip()
        if line and not line.startswith("#"):
            break
        first = above
    return first
