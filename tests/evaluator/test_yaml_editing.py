"""The least change of a text: what is not changed keeps its bytes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings

from evaluator.loading import RULES, ruleset_ids
from evaluator.loading.editing import NotEditable, as_text, edited
from evaluator.reading import read_yaml
from evaluator.ruleset import Ruleset
from evaluator.table.tree import tree
from tests.evaluator.building import data
from tests.evaluator.strategies import rulesets

# What stands in the file, what it is to say, what then stands there.
EDITS = [
    ("a value", "a: 1 # one\nb: 2\n", "{a: 3, b: 2}", "a: 3 # one\nb: 2\n"),
    ("a text keeps its quotes", 'a: "x"\nb: y\n', '{a: "z", b: w}', 'a: "z"\nb: w\n'),
    ("a text that needs quotes gets them", "a: x\n", '{a: "1: 2"}', 'a: "1: 2"\n'),
    ("null", "a: null\n", '{a: "2026-01-01"}', 'a: "2026-01-01"\n'),
    ("a key that had no value", "a:\nb: 2\n", "{a: 1, b: 2}", "a: 1\nb: 2\n"),
    ("a key added to a block", "a: 1\n# end\n", "{a: 1, b: 2}", "a: 1\nb: 2\n# end\n"),
    ("a key added to brackets", "x: {a: 1}  # note\n", "{x: {a: 1, b: 2}}", "x: {a: 1, b: 2}  # note\n"),
    ("a key taken from a block", "a: 1\nb: 2 # two\nc: 3\n", "{a: 1, c: 3}", "a: 1\nc: 3\n"),
    ("a key taken from brackets", "x: {a: 1, b: 2, c: 3}\n", "{x: {b: 2}}", "x: {b: 2}\n"),
    ("an item added to brackets", "x: [a, c]\n", "{x: [a, b, c]}", "x: [a, b, c]\n"),
    ("an item taken from brackets", "x: [a, b, c]\n", "{x: [a, b]}", "x: [a, b]\n"),
    ("the last item", "x: [a]\n", "{x: []}", "x: []\n"),
    ("a list that was empty", "x: []\ny: 1\n", "{x: [{id: a, m: 1}], y: 1}", "x: [{id: a, m: 1}]\ny: 1\n"),
    (
        "an item and its comment",
        "x:\n  - id: a\n  # of b\n  - id: b\n  - id: c\n",
        "{x: [{id: a}, {id: c}]}",
        "x:\n  - id: a\n  - id: c\n",
    ),
    (
        "an item added",
        "x:\n  - id: a\n  # of c\n  - id: c\n",
        "{x: [{id: a}, {id: b}, {id: c}]}",
        "x:\n  - id: a\n  - {id: b}\n  # of c\n  - id: c\n",
    ),
    (
        "items that change places",
        "x:\n  # of a\n  - id: a\n  # of b\n  - id: b\n",
        "{x: [{id: b}, {id: a}]}",
        "x:\n  # of b\n  - id: b\n  # of a\n  - id: a\n",
    ),
    ("the first key of an item", "x:\n  - n: 1\n    m: 2\n", "{x: [{m: 2}]}", "x:\n  - m: 2\n"),
    ("a folded text", "a: >\n  one\n  two\nb: 2\n", "{a: x, b: 2}", "a: x\nb: 2\n"),
    (
        "brackets over several lines",
        "x: {a: [1,\n  2], # why\n  b: 3}\n",
        "{x: {a: [1, 2], b: 4}}",
        "x: {a: [1,\n  2], # why\n  b: 4}\n",
    ),
    ("a file without a last line break", "a: 1\nb: 2", "{a: 1, b: 2, c: 3}", "a: 1\nb: 2\nc: 3"),
    ("lines that end as on Windows", "a: 1\r\nb: 2\r\n", "{a: 1, b: 2, c: 3}", "a: 1\r\nb: 2\r\nc: 3\r\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "new", "wanted"), [one[1:] for one in EDITS], ids=[one[0] for one in EDITS])
def test_a_change_touches_nothing_else(text, new, wanted) -> None:
    old = read_yaml(text, "x").data
    assert edited(text, old, data(new)) == wanted
    assert read_yaml(wanted, "x").data == data(new)


def test_what_stands_twice_by_an_anchor_is_refused() -> None:
    text = "a: &x {b: 1}\nc: *x\n"
    with pytest.raises(NotEditable):
        edited(text, read_yaml(text, "x").data, {"a": {"b": 2}, "c": {"b": 1}})


@settings(max_examples=10, deadline=None)
@given(rulesets(), rulesets())
def test_any_ruleset_can_be_made_of_any_other(one: Ruleset, other: Ruleset) -> None:
    old, new = tree(one), tree(other)
    text = edited(as_text(old), old, new)
    assert tree(Ruleset.model_validate(read_yaml(text, "x").data)) == new


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in leaves(one, (*path, key))]
    if isinstance(value, list):
        return [leaf for n, one in enumerate(value) for leaf in leaves(one, (*path, n))]
    return [path] if isinstance(value, str) and path[-1] not in ("id", "kind") else []


@pytest.mark.parametrize("name", ruleset_ids())
def test_one_scalar_of_a_real_ruleset_changes_one_line(name: str) -> None:
    text = (RULES / name / "ruleset.yaml").read_text(encoding="utf-8")
    old = tree(Ruleset.model_validate(read_yaml(text, "x").data))
    for path in leaves(old)[::150]:
        new = deepcopy(old)
        target = new
        for part in path[:-1]:
            target = target[part]
        target[path[-1]] = "改过的：值"
        lines = list(zip(text.splitlines(), edited(text, old, new).splitlines(), strict=True))
        changed = [after for before, after in lines if before != after]
        assert len(changed) == 1
        assert "改过的：值" in changed[0]
