"""What changed in the catalogue, of the items that either ruleset uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluator.canonical import plain_data
from evaluator.errors import Words
from evaluator.revising.asked import evidence_asked
from evaluator.revising.change import Change, Entry, both, changed
from evaluator.revising.fields import field_changes, text_change
from evaluator.revising.sides import Two, listed
from evaluator.revising.words import KINDS, aspect

# What a submission of before may break, or mean something else by.
_BREAKING = {"unit", "at_most", "whole_number"}


def item_entries(two: Two) -> Iterator[Entry]:
    """Each item that both rulesets use and declare otherwise; those that only one uses are told with its criteria."""
    used = evidence_asked(two.old.ruleset) & evidence_asked(two.new.ruleset)
    for name in sorted({one for _, one in used}):
        kinds = two.old.catalogue.kind_of(name), two.new.catalogue.kind_of(name)
        if kinds[0] is None or kinds[1] is None:
            continue
        items = two.old.catalogue.items(kinds[0])[name], two.new.catalogue.items(kinds[1])[name]
        title = two.new.label(name)
        said = Words(f"{KINDS[kinds[1]].zh}：{title.zh}", f"{KINDS[kinds[1]].en}: {title.en}")
        yield Entry("item", "same", (name,), (name,), "", said, tuple(_changes(*items, two)))


def _changes(old: Any, new: Any, two: Two) -> Iterator[Change]:
    if old.help.zh != new.help.zh:
        # A program cannot tell a polished definition from another one: what is counted may differ.
        found = text_change("help", old.help, new.help, "judgement")
        yield found._replace(effect="depends", part="minor", code="definition_changed")
    elif old.help != new.help:
        yield text_change("help", old.help, new.help)
    if getattr(old, "unit", None) != getattr(new, "unit", None):
        yield from _breaking("unit", *both(lambda one: Words(one.unit.zh, one.unit.en), old, new))
    for field in ("at_most", "whole_number"):
        if getattr(old, field, None) != getattr(new, field, None):
            yield from _breaking(field, *both(lambda one, field=field: _said(field, one, two), old, new))  # type: ignore[misc]  # bound at once
    if getattr(old, "parts", None) != getattr(new, "parts", None):
        yield from _parts(old.parts, new.parts)
    yield from field_changes(old, new, two, {"help", "parts", *_BREAKING}, _named)


def _named(field: str) -> str:
    # Who issues a document is no deadline.
    return "held_by" if field == "issued_by" else field


def _said(field: str, item: Any, two: Two) -> Words | None:
    if field == "whole_number":
        return Words("是", "yes") if item.whole_number else Words("否", "no")
    return listed([two.new.label(one) for one in item.at_most]) if item.at_most else None


def _breaking(field: str, old: Words | None, new: Words | None) -> Iterator[Change]:
    reason = Words(
        "已收的申报可能因此不合规或另有所指", "submissions of before may break this, or mean something else"
    )
    yield changed(aspect(field), old, new, "definition_changed", "depends")._replace(
        part="major", reason=reason
    )


def _parts(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    gone = [name for name in old if name not in new]
    if gone:
        words = listed([Words(old[name].zh, old[name].en) for name in gone])
        yield from _breaking("parts", words, None)
    fresh = [name for name in new if name not in old]
    if fresh:
        words = listed([Words(new[name].zh, new[name].en) for name in fresh])
        yield changed(aspect("parts"), None, words, "definition_changed", "neutral")
    for name in old.keys() & new.keys():
        if plain_data(old[name]) != plain_data(new[name]):
            yield text_change("parts", old[name], new[name])
