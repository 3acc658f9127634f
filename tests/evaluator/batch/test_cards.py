"""Which scorecards were made, as it is told again by the next run."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from evaluator.loading.batch.cards import Card, Cards, Printed, Sheet
from evaluator.loading.batch.store import Store

CARDS = [Card(name, name, "", name.encode()) for name in ("s-0", "s-1")]


class Here:
    """Does the work in this process."""

    elsewhere = False

    def run(self, make, arguments, jobs) -> Iterator[Printed]:
        return map(make(*arguments), jobs)


def make_printer():
    def printed(sheet: Sheet) -> Printed:
        return Printed(sheet.name, sheet.kind, sheet.key, sheet.document)

    return printed


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with Store(tmp_path / "out") as store:
        yield store


def made(store: Store, cards: list[Card]) -> list[str]:
    """The scorecards that are made now."""
    found = Cards(store, ("html",), "zh").make(Here(), make_printer, (), cards)
    return [one.name for one in found if one is not None]


def test_one_that_was_made_when_the_batch_was_killed_goes_if_it_is_not_wanted_any_more(
    store,
) -> None:
    cards = Cards(store, ("html",), "zh")
    found = cards.make(Here(), make_printer, (), CARDS)
    next(found)
    log = store.work / "scorecards.jsonl"
    found.close()
    # As it stands when the file is in place and the line that says so is not written to its end.
    log.write_bytes(log.read_bytes()[:-9])
    assert made(store, CARDS[1:]) == ["s-1"]
    assert [path.name for path in cards.folder.iterdir()] == ["s-1.html"]


@pytest.mark.parametrize("line", ["5", "[1, 2, 3]", '["../../kept", "", 0]', '["s-0.html", 1]', "\0", "{}"])
def test_garbage_in_the_list_of_those_made_is_passed_over(store, line) -> None:
    kept = store.folder.parent / "kept"
    kept.touch()
    (store.work / "scorecards.jsonl").write_text(f"{line}\n")
    assert made(store, CARDS) == ["s-0", "s-1"]
    assert made(store, CARDS) == []
    assert kept.exists()


def test_a_half_written_line_costs_only_its_own_scorecard(store) -> None:
    assert made(store, CARDS) == ["s-0", "s-1"]
    log = store.work / "scorecards.jsonl"
    log.write_bytes(log.read_bytes()[:-9])
    assert made(store, CARDS) == ["s-1"]
    assert [json.loads(line)[0] for line in log.read_bytes().splitlines()] == ["s-0.html", "s-1.html"]
