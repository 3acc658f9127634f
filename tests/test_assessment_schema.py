"""The schema of assessments: every assessment that is made fits it key by key, and a wrong or missing one does not."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from evaluator import assess, load_ruleset, load_submission
from evaluator.planning.plan import Wanted
from evaluator.planning.rectification import Item, Returned
from evaluator.review import Review
from evaluator.schemas import schema

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SCHEMA = schema("assessment")
VALIDATOR = Draft202012Validator(SCHEMA)
WRITTEN = {"method": "on_site", "date": "2025-12-10", "reason": "现场"}


def closed(value: Any) -> Any:
    """The schema with no key allowed beside those that it names."""
    if isinstance(value, dict):
        made = {key: closed(one) for key, one in value.items()}
        if made.get("additionalProperties") is True and "properties" in made:
            made["additionalProperties"] = False
        return made
    return [closed(one) for one in value] if isinstance(value, list) else value


CLOSED = Draft202012Validator(closed(SCHEMA))


@cache
def planned(name: str) -> str:
    path = EXAMPLES / name
    loaded = load_ruleset(path.parent.name)
    submission = load_submission(path, loaded.catalogue)
    return json.dumps(assess(loaded.ruleset, loaded.catalogue, submission, wanted=Wanted()).document)


@cache
def reviewed() -> str:
    loaded = load_ruleset("kunming-model-community")
    submission = load_submission(EXAMPLES / "kunming-model-community" / "middling.yaml", loaded.catalogue)
    review = Review.model_validate(
        {
            "review": 1,
            "submission": {"id": submission.subject.id},
            "stage": "inspection",
            "ruleset": {"id": loaded.ruleset.ruleset, "version": loaded.ruleset.version},
            "reviewer": {"role": "provincial_inspector", "unit": "省民族宗教事务委员会", "number": "0042"},
            "corrections": [
                {"count": "model_buildings", "claimed": 1, "verified": 2, **WRITTEN},
                {"event": "E06", "claimed": "2025-06-01", "verified": "2025-06-02", **WRITTEN},
            ],
            "rejected_evidence": [{"id": "E07", **WRITTEN}],
            "ratings": [{"criterion": "km-4-6", "level": 2, **WRITTEN}],
            "decisions": [{"criterion": "km-2-6", "outcome": "not_satisfied", **WRITTEN}],
            "confirmations": [{"criterion": "km-1-1", **WRITTEN}],
        }
    )
    item = Item(1, "event:coordination_group_meeting", ("km-7-3",), "done")
    returned = Returned(
        "cuihu-an", "kunming-model-community", date(2025, 10, 1), "sha256:" + "0" * 64, (item,)
    )
    document = assess(
        loaded.ruleset,
        loaded.catalogue,
        submission,
        reviews=[review],
        returned=returned,
        supersedes="sha256:" + "1" * 64,
    ).document
    return json.dumps(document)


NAMES = [*sorted(str(path.relative_to(EXAMPLES)) for path in EXAMPLES.glob("*/*.yaml")), "reviewed"]


def document(name: str) -> Any:
    return json.loads(reviewed() if name == "reviewed" else planned(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_key_of_an_assessment_stands_in_the_schema(name: str) -> None:
    assert [f"{one.json_path}: {one.message[:200]}" for one in CLOSED.iter_errors(document(name))] == []


def test_a_key_that_a_later_version_adds_is_allowed() -> None:
    made = document("reviewed")
    made["new"] = made["criteria"][0]["new"] = 1
    assert VALIDATOR.is_valid(made)


def shapes(value: Any) -> set[tuple[str, ...]]:
    """The paths of keys in ``value``, whatever their places in lists."""
    found: set[tuple[str, ...]] = set()
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        own = (key,) if isinstance(key, str) else ()
        found |= {own} if own else set()
        if isinstance(one, dict | list):
            found |= {(*own, *path) for path in shapes(one)}
    return found


def pruned(value: Any) -> Any:
    """``value`` with only those entries of its lists that have a key which none before them has."""
    if isinstance(value, dict):
        return {key: pruned(one) for key, one in value.items()}
    if not isinstance(value, list):
        return value
    known: set[tuple[str, ...]] = set()
    kept = []
    for one in value:
        if isinstance(one, dict | list) and not shapes(one) <= known:
            known |= shapes(one)
            kept.append(pruned(one))
        elif not isinstance(one, dict | list):
            kept.append(one)
    return kept


def keys(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every key, once for each kind of entry."""
    known: set[tuple[str, ...]] = set()
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(key, str):
            yield (*path, key)
        if isinstance(one, dict | list):
            for found in keys(one, (*path, key)):
                if isinstance(key, str) or shape(found) not in known:
                    known.add(shape(found))
                    yield found


def shape(path: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(part for part in path if isinstance(part, str))


# Where any key may stand, and keys that are absent in other assessments.
FREE = {"parts", "attributes"}
OPTIONAL = {
    ("stages",),
    ("supersedes",),
    ("plan",),
    ("rectification",),
    ("criteria", "machine"),
    ("criteria", "stages"),
    ("criteria", "stages", "machine"),
    ("criteria", "review"),
    ("criteria", "changes"),
    ("criteria", "basis", "threshold"),
    ("criteria", "basis", "veto"),
    ("criteria", "findings", "windows"),
    ("criteria", "findings", "unit"),
    ("evidence", "changes"),
    ("evidence", "source"),
    ("evidence", "expected"),
    ("evidence", "present"),
    ("evidence", "page"),
    ("evidence", "pages"),
    ("ruleset", "standard", "note"),
    ("criteria", "veto_effect"),
    ("criteria", "veto_grade"),
    ("sections", "lost"),
    ("deductions", "section"),
}
# Texts of rule files, and units that a standard names, may be in Chinese alone.
CHINESE_ALONE = ("requirement", "remedy", "note", "text", "responsible", "supporting")
SMALL = pruned(document("reviewed"))
# The last of each, since the entries of lists that come later have more.
PATHS = list({shape(path): path for path in keys(SMALL) if not FREE & set(path[:-1])}.values())


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        value = value[part]
    return value


@cache
def validator_of(key: str) -> Draft202012Validator:
    return Draft202012Validator({"$defs": SCHEMA["$defs"], **SCHEMA["properties"][key]})


def fits(made: Any, path: tuple[Any, ...]) -> bool:
    """Whether ``made`` fits around ``path``: of a list of the top, that entry alone is looked at."""
    if len(path) == 1:
        return VALIDATOR.is_valid(made)
    part = made[path[0]]
    return validator_of(path[0]).is_valid([part[path[1]]] if isinstance(part, list) else part)


def test_a_key_that_is_missing_does_not_fit() -> None:
    made = copy.deepcopy(SMALL)
    accepted = set()
    for path in PATHS:
        owner = at(made, path[:-1])
        kept = dict(owner)
        del owner[path[-1]]
        if fits(made, path):
            accepted.add(shape(path))
        owner.clear()
        owner.update(kept)
    assert {path for path in accepted if path[-1] != "en" or path[-2] not in CHINESE_ALONE} <= OPTIONAL


def test_a_value_of_another_type_does_not_fit() -> None:
    made = copy.deepcopy(SMALL)
    for path in PATHS:
        owner = at(made, path[:-1])
        kept = owner[path[-1]]
        owner[path[-1]] = 0.5 if isinstance(kept, dict | list) else {"x": 1}
        assert not fits(made, path), path
        owner[path[-1]] = kept
    assert VALIDATOR.is_valid(made)
