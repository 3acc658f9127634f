"""What a ranking sums up: figures, regions, criteria, years."""

from __future__ import annotations

from fractions import Fraction
from statistics import median, quantiles

from hypothesis import given
from hypothesis import strategies as st

from evaluator.exact import printed
from evaluator.ranking.figures import HALF, Sample, Values, quantile, weighted_median
from tests.evaluator.ranking.entries import PLACES, entry, rank, tally

NUMBERS = st.lists(st.fractions(0, 100, max_denominator=60), min_size=1, max_size=30)


@given(NUMBERS)
def test_medians_are_exact(numbers: list[Fraction]) -> None:
    sample = Sample(Values())
    for one in numbers:
        sample.add(one)
    assert quantile(sample.ordered(), HALF) == median(numbers)
    assert weighted_median({one: numbers.count(one) for one in numbers}) == median(numbers)


@given(NUMBERS.filter(lambda one: len(one) > 1))
def test_quartiles_are_those_of_a_spreadsheet(numbers: list[Fraction]) -> None:
    ordered = sorted(numbers)
    wanted = quantiles(ordered, n=4, method="inclusive")
    assert [quantile(ordered, Fraction(n, 4)) for n in (1, 2, 3)] == wanted


def test_a_median_of_two_is_the_mean_and_never_contradicts_a_bound() -> None:
    whole = rank(entry("a", "89.99"), entry("b", "90.0099")).document["whole"]
    assert whole["floor"]["median"] == "89.99995"
    assert whole["floor"]["median"] == printed(Fraction("89.99995"), [Fraction(90)])


def test_regions_are_told_at_each_level_and_what_lies_in_no_part_apart() -> None:
    found = rank(
        entry("a", 95, region=PLACES[0]),
        entry("b", 50, region=PLACES[0]),
        entry("c", 91, region=PLACES[1]),
        entry("d", 70, region=("云南省",)),
        entry("e", 92, region=()),
    ).document
    assert [(one["path"], one["subjects"], one["accepted"]["yes"]) for one in found["regions"]] == [
        (["云南省"], 4, 2),
        (["云南省", "昆明市"], 2, 1),
        (["云南省", "曲靖市"], 1, 1),
        (["云南省", ""], 1, 0),
        ([""], 1, 1),
    ]
    city = found["regions"][1]
    assert city["pass_rate"] == {"floor": "50.00", "ceiling": "50.00"}
    assert city["floor"] == {"min": "50.00", "q1": "61.25", "median": "72.50", "q3": "83.75", "max": "95.00"}


def test_what_is_undecided_counts_as_neither_passed_nor_failed() -> None:
    whole = rank(entry("a", 95), entry("b", 85, 95), entry("c", 50)).document["whole"]
    assert whole["accepted"] == {"yes": 1, "no": 1, "undecided": 1}
    assert whole["pass_rate"] == {"floor": "33.33", "ceiling": "66.67"}


def test_a_pass_rate_is_never_printed_as_all_or_nothing_where_it_is_not() -> None:
    many = [entry(f"e{n:05}", 95) for n in range(20_001)]
    assert rank(*many[:-1], entry("z", 50)).document["whole"]["pass_rate"]["floor"] == "99.995"


def test_subjects_within_two_points_of_a_bound_are_near_it_both_ends_included() -> None:
    found = rank(entry("a", 88), entry("b", "87.99"), entry("c", 92), entry("d", "92.01"), entry("e", 61))
    assert found.document["near"] == [
        {"grade": "model", "below": 1, "above": 1},
        {"grade": "rectify", "below": 0, "above": 1},
    ]
    near = {one["id"]: one["near"] for one in found.rows()}
    assert near["a"] == [{"grade": "model", "difference": "-2.00"}]
    assert near["b"] == near["d"] == []


def test_points_lost_for_certain_and_points_open_are_kept_apart() -> None:
    found = rank(
        entry("a", 95),
        tallies=(
            tally("c1", "satisfied", 5, 60),
            tally("c1", "not_satisfied", 3, 0, short=Fraction(2), of="model_buildings"),
            tally("c1", "not_satisfied", 1, 0, short=Fraction(9), of="model_buildings"),
            tally("c1", "partly_satisfied", 1, 30, 45),
            tally("c1", "needs_review", 2, 0, 60),
            tally("c1", "not_applicable", 4, 0),
        ),
    ).document["criteria"]
    (one,) = found
    assert one["applied"] == 12
    assert one["outcomes"]["not_applicable"] == 4
    assert (one["failing"], one["waiting"]) == (5, 2)
    assert one["lost"] == {"certain": "255", "open": "135"}
    assert one["of_applied"] == {"failing_rate": "41.67", "mean_certain": "21.25", "mean_open": "11.25"}
    assert one["of_all"]["failing_rate"] == "31.25"
    (short,) = one["short"]
    assert (short["of"], short["subjects"], short["median"], short["max"]) == ("model_buildings", 4, "2", "9")
    assert short["label"] == {"zh": "文明楼组数", "en": "Model buildings"}


def test_the_criterion_that_costs_most_comes_first() -> None:
    found = rank(
        entry("a", 95), tallies=(tally("c1", "not_satisfied", 1, 0), tally("c2", "not_satisfied", 2, 0))
    )
    assert [one["id"] for one in found.document["criteria"]] == ["c2", "c1"]


def test_what_differs_among_the_subjects_is_told() -> None:
    found = rank(entry("a", 95), entry("b", 94, stage="final"), entry("c", 93)).document
    assert found["mixed"] == [
        {
            "of": "stage",
            "values": [{"value": ["inspection"], "subjects": 2}, {"value": ["final"], "subjects": 1}],
        }
    ]
    assert found["common"]["stage"] is None
    assert found["common"]["kind"] == ["community"]


def test_the_year_before_is_matched_by_id_the_latest_of_several() -> None:
    before = (
        entry("a", 80, period=("2023-01-01", "2023-12-31")),
        entry("a", 85, period=("2024-01-01", "2024-12-31"), digest="sha256:later"),
        entry("b", 95),
        entry("gone", 91),
    )
    found = rank(entry("a", 92), entry("b", "94.5"), entry("new", 70), previous=before)
    years = found.document["years"]
    assert (years["matched"], years["new"], years["gone"]) == (2, 1, 1)
    assert years["directions"] == {"up": 1, "down": 1, "same": 0, "unscored": 0}
    assert (years["newly_accepted"], years["no_longer_accepted"]) == (1, 0)
    assert years["median_change"] == "3.25"
    assert years["last"]["subjects"] == 3
    rows = {one["id"]: one["last"] for one in found.rows()}
    assert rows["a"] == {
        "floor": "85.00",
        "ceiling": "85.00",
        "grade": "rectify",
        "accepted": False,
        "rank": 3,
        "change": "7.00",
    }
    assert rows["new"] is None
    assert [(one["id"], one["last"]["rank"]) for one in found.gone()] == [("gone", 2)]


def test_nobody_at_all_is_a_ranking_too() -> None:
    found = rank()
    assert found.document["whole"]["subjects"] == 0
    assert found.document["whole"]["floor"] is None
    assert list(found.rows()) == []


def test_the_list_for_publication_holds_name_region_and_grade_of_those_accepted_in_no_order_of_rank() -> None:
    found = rank(entry("b", 91), entry("a", 99), entry("z", 99), entry("c", 50), entry("d", 89, 91))
    assert list(found.published()) == [
        {"name": f"社区{name}", "region": list(PLACES[0]), "grade": "model"} for name in ("a", "b", "z")
    ]
