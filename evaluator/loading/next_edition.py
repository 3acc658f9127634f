"""A ruleset's files as the beginning of its next edition: the same text with new identifiers, which say what they continue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading.files import contents
from evaluator.loading.resolving import RULES, ruleset_ids
from evaluator.loading.rulesets import load_ruleset
from evaluator.model import IDENTIFIER
from evaluator.starting.files import KINDS, schema_line

_SCHEMA_LINE = re.compile(r"\A(\ufeff)?# yaml-language-server:.*\n")


class Splice(NamedTuple):
    """A replacement of the characters from ``start`` to ``end`` of a text."""

    start: int
    end: int
    text: str


def next_edition(folder: Path, identifier: str, criteria: Mapping[str, str], schemas: str) -> dict[str, str]:
    """The text of each file of ``folder`` by its name, as the ruleset ``identifier`` that continues it.

    ``criteria`` gives the new identifier of each criterion. Nothing but identifiers, ``supersedes``, ``version`` and the line
    for editors changes: comments and layout stay.
    """
    texts = {}
    for kind in KINDS:
        path = folder / f"{kind}.yaml"
        if kind == "catalogue" and not path.is_file():
            continue
        text = contents(path, "largest_rule_file").decode("utf-8-sig").replace("\r\n", "\n")
        if kind in ("ruleset", "cases"):
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            assert node is not None, "a folder without faults has no empty file"
            found = (
                _of_ruleset(node, identifier, criteria) if kind == "ruleset" else _of_cases(node, criteria)
            )
            text = _spliced(text, found)
        texts[path.name] = (
            schema_line(f"{schemas}/{kind}.schema.json") + "\n" + _SCHEMA_LINE.sub("", text, count=1)
        )
    return texts


def new_names(criteria: list[str], prefix: str) -> dict[str, str]:
    """A new identifier for each of ``criteria``: ``prefix`` in the place of the first word where all share it, else before them.

    >>> new_names(["km-1-1", "km-1-2"], "km2027")
    {'km-1-1': 'km2027-1-1', 'km-1-2': 'km2027-1-2'}
    >>> new_names(["desk", "hotline"], "km2027")
    {'desk': 'km2027-desk', 'hotline': 'km2027-hotline'}
    """
    words = [one.split("-") for one in criteria]
    same = len({one[0] for one in words}) == 1 and all(len(one) > 1 for one in words)
    return {old: "-".join([prefix, *one[same:]]) for old, one in zip(criteria, words, strict=True)}


def name_problems(names: Mapping[str, str], taken: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with new identifiers of criteria: too long, or one that another ruleset has (``taken``: whose)."""
    mend = Words("用 --prefix 另给一个前缀", "give another prefix with --prefix")
    for old, new in names.items():
        if not re.fullmatch(IDENTIFIER, new):
            what = Words(
                f"指标 {old} 的新标识 {new} 超过 64 字",
                f"the new id {new} of {old} is longer than 64 characters",
            )
            yield Problem("long_id", Place(new), what, mend)
    again = [new for new in names.values() if new in taken]
    if again:
        owners = list(dict.fromkeys(taken[new] for new in again))
        what = Words(
            f"指标的新标识有 {len(again)} 个已在 {'、'.join(owners)} 中，如 {again[0]}",
            f"{len(again)} of the new criterion ids stand in {', '.join(owners)} already, such as {again[0]}",
        )
        yield Problem("repeated_id", Place(again[0]), what, mend)


def taken_names(parent: Path) -> dict[str, str]:
    """The criterion ids of the installed rulesets and of those in ``parent``, with the id of the ruleset that has each."""
    folders = [
        *(RULES / name for name in ruleset_ids()),
        *sorted(path.parent for path in parent.glob("*/ruleset.yaml")),
    ]
    found: dict[str, str] = {}
    for folder in folders:
        try:
            ruleset = load_ruleset(str(folder), in_work=True).ruleset
        except InputError:
            continue  # what cannot be read is for rules check to say
        for name in ruleset.by_id():
            found.setdefault(name, ruleset.ruleset)
    return found


def _of_ruleset(node: yaml.Node, identifier: str, criteria: Mapping[str, str]) -> Iterator[Splice]:
    top = _keys(node)
    old = top["ruleset"].value
    yield _value(top["ruleset"], identifier)
    yield _value(top["version"], '"1.0.0"')
    yield _stated(node, "supersedes", old, after="version")
    for section in _entries(_keys(node).get("sections")):
        for criterion in _entries(_keys(section).get("criteria")):
            keys = _keys(criterion)
            name = keys["id"].value
            yield _value(keys["id"], criteria[name])
            yield _stated(criterion, "supersedes", name, after="id")
            yield from (_value(one, criteria[one.value]) for one in _entries(keys.get("requires")))


def _of_cases(node: yaml.Node, criteria: Mapping[str, str]) -> Iterator[Splice]:
    for case in _entries(_keys(node).get("cases")):
        keys = _keys(case)
        named = [keys["criterion"]] if "criterion" in keys else []
        expect, given = _keys(keys.get("expect")), _keys(keys.get("given"))
        named += _entries(expect.get("vetoes"))
        for mapping in (expect.get("outcomes"), given.get("ratings")):
            named += [key for key, _ in mapping.value] if isinstance(mapping, yaml.MappingNode) else []
        yield from (_value(one, criteria[one.value]) for one in named if one.value in criteria)
    for change in _entries(_keys(node).get("unnoticed")):
        of = _keys(change).get("criterion")
        if of is not None and of.value in criteria:
            yield _value(of, criteria[of.value])


def _keys(node: yaml.Node | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: value for key, value in node.value}


def _entries(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _value(node: yaml.Node, text: str) -> Splice:
    start, end = node.start_mark.index, node.end_mark.index
    return Splice(start, end, text if start < end else f" {text}")


def _stated(node: yaml.Node, key: str, value: str, *, after: str) -> Splice:
    """``key: value`` in the mapping ``node``: in the place of what it says there, else behind the key ``after``."""
    keys = _keys(node)
    if key in keys:
        return _value(keys[key], value)
    at = keys[after].end_mark.index
    assert isinstance(node, yaml.MappingNode)
    if node.flow_style:
        return Splice(at, at, f", {key}: {value}")
    column = next(one for one, _ in node.value if one.value == after).start_mark.column
    return Splice(at, at, f"\n{' ' * column}{key}: {value}")


def _spliced(text: str, splices: Iterator[Splice]) -> str:
    # What is inserted behind a value stands where that value ends: the value itself is replaced first.
    for one in sorted(splices, key=lambda splice: (splice.start, splice.end), reverse=True):
        text = text[: one.start] + one.text + text[one.end :]
    return text
