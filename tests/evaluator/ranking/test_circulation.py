"""Small counts are hidden in what circulates, and cannot be worked out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from evaluator.ranking import for_circulation
from evaluator.ranking.adding_up import _Counts
from evaluator.ranking.suppression import LEAST, Sum, marks
from tests.evaluator.ranking.entries import Crowd, entry, rank, ranked_crowd


def solved(
    counts: dict[Any, int], sums: list[Sum], hidden: dict[Any, str], key: Any, **more: Any
) -> tuple[int, int]:
    """The least and greatest value of ``key`` that any attacker could still think possible: all sums at once."""
    unprinted, unlabelled = more.get("unprinted", ()), more.get("unlabelled", ())
    names = list(counts)
    bounds = []
    for name in names:
        if name in unprinted or (name in hidden and name in unlabelled):
            bounds.append((0, None))
        elif name in hidden:
            bounds.append((0, LEAST - 1) if hidden[name] == "<10" else (LEAST, None))
        else:
            bounds.append((counts[name], counts[name]))
    rows = [[(name == one.total) - (name in one.parts) for name in names] for one in sums]
    ends = []
    for sign in (1, -1):
        goal = [sign * (name == key) for name in names]
        ends.append(linprog(goal, A_eq=rows or None, b_eq=[0] * len(rows) or None, bounds=bounds))
    assert all(one.status in (0, 3) for one in ends)
    low = round(ends[0].fun)
    return low, round(-ends[1].fun) if ends[1].status == 0 else low + 99


def protected(counts: dict[Any, int], sums: list[Sum], **more: Any) -> None:
    """No count from 1 to 9 is shown, nor has it fewer than two values that are possible."""
    hidden = marks(counts, sums, **more)
    for key, count in counts.items():
        if 0 < count < LEAST:
            low, high = solved(counts, sums, hidden, key, **more)
            assert low < high, (key, counts, hidden)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_no_part_of_a_total_follows_from_the_others(parts: list[int]) -> None:
    counts: dict[Any, int] = dict(enumerate(parts))
    counts["all"] = sum(parts)
    protected(counts, [Sum("all", tuple(range(len(parts))))])


@settings(max_examples=25)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=4),
        min_size=1,
        max_size=4,
    )
)
def test_no_number_accepted_in_a_tree_of_regions_follows(tree: list[list[tuple[int, int]]]) -> None:
    made = _Counts()
    regions = []
    for n, parts in enumerate(tree):
        yes, no = (sum(one[side] for one in parts) for side in (0, 1))
        regions.append(_region([f"r{n}"], yes, no))
        regions += [_region([f"r{n}", f"p{m}"], *one) for m, one in enumerate(parts)]
    top = [one for one in regions if len(one["path"]) == 1]
    yes = sum(one["accepted"]["yes"] for one in top)
    whole = _region([], yes, sum(one["subjects"] for one in top) - yes)
    made.counts["subjects", ()] = whole["subjects"]
    made.part(("subjects", ()), ("accepted", ()), yes)
    made.regions(whole, regions)
    protected(made.counts, made.sums, unprinted=made.unprinted, unlabelled=made.unlabelled)


def _region(path: list[str], yes: int, no: int) -> dict[str, Any]:
    return {"path": path, "subjects": yes + no, "accepted": {"yes": yes}}


def test_a_single_small_count_takes_another_with_it() -> None:
    assert marks({"a": 3, "b": 40, "c": 50, "all": 93}, [Sum("all", ("a", "b", "c"))]) == {
        "a": "<10",
        "b": "*",
    }


def test_two_small_counts_that_can_only_be_nine_each_hide_their_total() -> None:
    assert marks({"a": 9, "b": 9, "all": 18}, [Sum("all", ("a", "b"))]) == {
        "a": "<10",
        "b": "<10",
        "all": "*",
    }


def test_nought_is_hidden_but_may_follow() -> None:
    assert marks({"a": 0, "b": 40, "all": 40}, [Sum("all", ("a", "b"))]) == {"a": "<10"}


@pytest.mark.parametrize("number", [0, 2, 9, 10, 60])
def test_no_count_from_1_to_9_stands_anywhere_in_what_circulates(number: int) -> None:
    chance = random.Random(number)
    crowd = Crowd(number)
    found = ranked_crowd(crowd, previous=Crowd(number + chance.randrange(9), seed=2), refused=3)
    for path, value in _numbers(found.circulated):
        assert not 0 < value < LEAST, path


def _numbers(value: Any, path: str = "") -> Iterator[tuple[str, int]]:
    """Every number in ``value`` that is a count: not ranks, not titles, not the bounds of steps."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in ("ranking", "ruleset", "longest", "depth", "first", "from", "to"):
                yield from _numbers(one, f"{path}.{key}")
    elif isinstance(value, list):
        for one in value:
            yield from _numbers(one, f"{path}[]")
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path, value


@pytest.mark.parametrize("number", [11, 35])
def test_no_count_of_a_whole_ranking_follows_from_the_rest(number: int) -> None:
    document = ranked_crowd(Crowd(number), previous=Crowd(number, seed=3)).document
    made = _Counts()
    made.whole(document)
    made.regions(document["whole"], document["regions"])
    made.years(document["years"])
    protected(made.counts, made.sums, unprinted=made.unprinted, unlabelled=made.unlabelled)


def test_the_whole_number_is_told_where_nothing_hangs_on_it() -> None:
    assert ranked_crowd(Crowd(90)).circulated["whole"]["subjects"] == 90


def test_figures_of_fewer_than_ten_are_left_out() -> None:
    few = rank(*(entry(f"e{n}", 80 + n) for n in range(9))).circulated
    assert few["whole"]["subjects"] == "<10"
    assert few["whole"]["floor"] is None
    ten = rank(*(entry(f"e{n}", 80 + n) for n in range(10))).circulated
    assert ten["whole"]["subjects"] == 10
    assert ten["whole"]["floor"]["median"] == "84.50"


def test_a_pass_rate_is_left_out_where_it_tells_a_small_number() -> None:
    many = [entry(f"e{n:02}", 95) for n in range(30)]
    few_failed = rank(*many, *(entry(f"x{n}", 50) for n in range(4))).circulated["whole"]
    assert few_failed["pass_rate"]["floor"] is None
    enough = rank(*many, *(entry(f"x{n:02}", 50) for n in range(14))).circulated["whole"]
    assert enough["pass_rate"]["floor"] == "68.18"


def test_names_circulate_without_scores_and_only_where_there_are_enough() -> None:
    many = rank(*(entry(f"e{n:02}", 95) for n in range(30))).circulated["first"]
    assert set(many["ranked"][0]) == {"place", "id", "name", "region"}
    assert many["unranked"] is None
    assert rank(entry("a", 95)).circulated["first"]["ranked"] is None


def test_what_is_internal_holds_every_number() -> None:
    document = rank(entry("a", 95), entry("b", 50)).document
    assert document["whole"]["accepted"] == {"yes": 1, "no": 1, "undecided": 0}
    assert "circulated" not in document
    assert for_circulation(document)["circulated"] is True
