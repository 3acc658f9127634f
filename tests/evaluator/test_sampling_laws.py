"""What holds of every draw: exactly as many as asked for, fair to the strata, the same from whatever order."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from evaluator.sampling.drawing import Drawn, apportioned, draw, lot

SIZES = st.dictionaries(st.integers(0, 30), st.integers(1, 40), min_size=1, max_size=12)
SEEDS = st.sampled_from(["2025", "二〇二五年", "x"])


class One(NamedTuple):
    """A candidate that a draw needs to know no more of."""

    id: str
    stratum: str
    weight: int


CANDIDATES = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from("abcd"), st.integers(0, 3)),
    min_size=1,
    max_size=60,
    unique_by=lambda one: one[0],
).map(lambda rows: [One(f"s{n}", stratum, weight) for n, stratum, weight in rows])


def drawn(candidates: list[One], seats: int, for_risk: int, seed: str) -> Drawn[One, str]:
    return draw(candidates, lambda one: one.stratum, seats, for_risk, seed)


@given(SIZES, st.integers(1, 500), SEEDS)
def test_places_are_given_out_exactly_and_within_one_of_each_share(
    sizes: dict[int, int], seats: int, seed: str
) -> None:
    found = apportioned(sizes, seats, lambda key: lot(seed, str(key)))
    whole = sum(sizes.values())
    assert sum(found.values()) == min(seats, whole)
    for key, size in sizes.items():
        assert found[key] <= size
        assert abs(found[key] - Fraction(size * min(seats, whole), whole)) < 1


@given(SIZES, st.integers(1, 500))
def test_a_stratum_goes_without_only_where_that_would_rob_another_of_its_share(
    sizes: dict[int, int], seats: int
) -> None:
    found = apportioned(sizes, seats, str)
    whole = sum(sizes.values())
    least = sum(max(1, size * seats // whole) for size in sizes.values())
    assert least > seats or min(found.values()) >= 1


@given(CANDIDATES, st.integers(1, 70), st.integers(0, 30), SEEDS)
def test_exactly_as_many_are_drawn_as_asked_for_and_nobody_twice(
    candidates: list[One], seats: int, for_risk: int, seed: str
) -> None:
    found = drawn(candidates, seats, for_risk, seed)
    ids = [one.id for one in (*found.by_lot, *found.for_risk)]
    assert len(ids) == len(set(ids)) == min(seats, len(candidates))
    assert len(found.for_risk) <= for_risk
    assert {one.id for one in found.by_lot} <= {one.id for one in candidates}


@given(CANDIDATES, st.integers(1, 70), st.integers(0, 30), SEEDS)
def test_the_lots_are_in_proportion_to_the_strata(
    candidates: list[One], seats: int, for_risk: int, seed: str
) -> None:
    found = drawn(candidates, seats, for_risk, seed)
    for stratum in {one.stratum for one in candidates}:
        size = sum(one.stratum == stratum for one in candidates)
        got = sum(one.stratum == stratum for one in found.by_lot)
        assert (found.sizes[stratum], found.seats[stratum]) == (size, got)
        assert abs(got - Fraction(size * len(found.by_lot), len(candidates))) < 1


@given(CANDIDATES, st.integers(1, 70), st.integers(0, 30), SEEDS, st.randoms())
def test_the_order_of_the_inputs_changes_nothing(
    candidates: list[One], seats: int, for_risk: int, seed: str, chance: object
) -> None:
    shuffled = list(candidates)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = drawn(candidates, seats, for_risk, seed), drawn(shuffled, seats, for_risk, seed)
    assert set(one.by_lot) == set(other.by_lot)
    assert one.for_risk == other.for_risk
    assert dict(one.seats) == dict(other.seats)


@given(CANDIDATES, st.integers(1, 70), st.integers(0, 30), SEEDS)
def test_no_greater_risk_is_left_out_for_a_smaller_one(
    candidates: list[One], seats: int, for_risk: int, seed: str
) -> None:
    found = drawn(candidates, seats, for_risk, seed)
    assume(found.for_risk)
    picked = {one.id for one in (*found.by_lot, *found.for_risk)}
    least = min(one.weight for one in found.for_risk)
    assert least > 0
    assert all(one.weight <= least for one in candidates if one.id not in picked)


@given(CANDIDATES, st.integers(1, 70), SEEDS)
def test_the_lots_see_nothing_of_the_risks(candidates: list[One], seats: int, seed: str) -> None:
    plain = [one._replace(weight=0) for one in candidates]
    by_lot = drawn(candidates, seats, 0, seed).by_lot
    assert [one.id for one in by_lot] == [one.id for one in drawn(plain, seats, 5, seed).by_lot]


def test_another_seed_draws_others() -> None:
    candidates = [One(f"s{n}", "a", 0) for n in range(100)]
    one, other = ({one.id for one in drawn(candidates, 10, 0, seed).by_lot} for seed in ("2025", "2026"))
    assert one != other
    assert len(one & other) < 5


def test_every_candidate_is_drawn_about_as_often_as_any_other() -> None:
    candidates = [One(f"s{n}", "a", 0) for n in range(20)]
    times = dict.fromkeys((one.id for one in candidates), 0)
    for seed in range(400):
        for one in drawn(candidates, 5, 0, str(seed)).by_lot:
            times[one.id] += 1
    # 100 expected of each; the standard deviation is 8.7.
    assert 65 < min(times.values()) <= max(times.values()) < 135


def test_a_lot_is_the_published_one() -> None:
    """The algorithm is a promise: a plan of last year can be drawn again."""
    text = b"duibiao-sample-1\x002025\x00demo-01"
    assert lot("2025", "demo-01") == hashlib.sha256(text).hexdigest()
    assert lot("2025", "demo-01").startswith("8f9a16c15d39078a")
    assert lot("种", "e\u0301") == lot("种", "é"), "in NFC"
