"""What an OSCAL document refers to and what it defines, for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scorecards.oscal.writing import NS

Node = dict[str, Any]
_REFERENCES = ("observation-uuid", "subject-uuid", "actor-uuid", "party-uuid", "component-uuid")


def members(value: Any) -> Iterator[tuple[str, Any]]:
    """Every member of every object, with its name."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(key, str):
            yield key, one
        if isinstance(one, dict | list):
            yield from members(one)


def defined(document: Node) -> list[str]:
    """Every UUID that is given to something."""
    return [one for key, one in members(document) if key == "uuid"]


def referred(document: Node) -> set[str]:
    """Every UUID that is pointed to, those of resources but for the ``#``."""
    found = {one for key, one in members(document) if key in _REFERENCES}
    found |= {one for key, listed in members(document) if key == "party-uuids" for one in listed}
    found |= {one.removeprefix("#") for key, one in members(document) if key == "href" and one[0] == "#"}
    return found | {one["value"] for one in properties(document) if one["name"] == "parent"}


def properties(document: Any) -> list[Node]:
    """Every property."""
    return [one for key, listed in members(document) if key == "props" for one in listed]


def said(node: Node) -> dict[str, str]:
    """The properties of one object that are our own; of those that repeat, the last."""
    return {one["name"]: one["value"] for one in node.get("props", ()) if one["ns"] == NS}


def included(result: Node) -> tuple[list[str], list[str]]:
    """The controls that were reviewed, and those that were left out of them."""
    selections = result["reviewed-controls"]["control-selections"]
    return (
        [one["control-id"] for selection in selections for one in selection["include-controls"]],
        [one["control-id"] for selection in selections for one in selection.get("exclude-controls", ())],
    )
