"""Who is ranked, and where."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.ranking import Entry, Extent, Ranking
from evaluator.ranking.standing import reasons
from tests.evaluator.ranking.entries import entry, rank

SCORES = st.integers(0, 12).map(lambda n: Fraction(100 * n, 12))


@st.composite
def crowds(draw: st.DrawFn) -> list[Entry]:
    """A few entries, many of them with equal scores, some that cannot be ranked."""
    made = []
    for n in range(draw(st.integers(0, 12))):
        if draw(st.integers(0, 9)) == 0:
            made.append(entry(f"e{n:02}", None))
            continue
        low, high = sorted((draw(SCORES), draw(SCORES)))
        high = high if draw(st.booleans()) else low
        vetoes = draw(st.sampled_from([(), (), (), ("c1",)]))
        waits = draw(st.sampled_from([(), (), (), ("c2",)]))
        made.append(entry(f"e{n:02}", low, high, vetoes=vetoes, open_vetoes=waits))
    return made


def ranks(ranking: Ranking) -> list[tuple[str, int | None]]:
    return [(one["id"], one["place"] and one["place"]["rank"]) for one in ranking.rows()]


def test_ties_share_a_rank_and_the_next_ranks_are_skipped() -> None:
    found = rank(entry("a", 95), entry("b", 92), entry("c", 92), entry("d", 91))
    assert ranks(found) == [("a", 1), ("b", 2), ("c", 2), ("d", 4)]


def test_scores_that_print_alike_but_differ_are_no_tie_and_print_apart() -> None:
    found = rank(entry("a", "92.5012"), entry("b", "92.4988"), entry("c", "92.5"), entry("d", "92.5"))
    assert ranks(found) == [("a", 1), ("c", 2), ("d", 2), ("b", 4)]
    assert [one["score"]["floor"] for one in found.rows()] == ["92.501", "92.50", "92.50", "92.499"]


def test_the_ceiling_does_not_decide_a_rank() -> None:
    found = rank(entry("low", 91, 99), entry("high", 92, 92))
    assert ranks(found) == [("high", 1), ("low", 2)]


def test_best_and_worst_rank_tell_what_is_still_possible() -> None:
    found = rank(entry("a", 95, 95), entry("b", 91, 99), entry("c", 90, 93))
    assert [one["place"] for one in found.rows()] == [
        {"rank": 1, "best": 1, "worst": 2},
        {"rank": 2, "best": 1, "worst": 3},
        {"rank": 3, "best": 2, "worst": 3},
    ]


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (entry("a", 95), ()),
        (entry("a", 30), ()),
        (entry("a", 89, 91), ("grade_open",)),
        (entry("a", 95, vetoes=("c1",)), ("veto_failed",)),
        (entry("a", 95, open_vetoes=("c1",)), ("veto_open",)),
        (entry("a", 30, open_vetoes=("c1",)), ("veto_open",)),
        (entry("a", 89, 91, vetoes=("c1",)), ("veto_failed", "grade_open")),
        (entry("a", None), ("nothing_applies",)),
        (entry("a", 95)._replace(accepted=None), ("acceptance_open",)),
    ],
)
def test_only_what_is_decided_is_ranked(one: Entry, wanted: tuple[str, ...]) -> None:
    assert reasons(one) == wanted


def test_an_undecided_grade_says_which_grades_are_possible() -> None:
    (row,) = rank(entry("a", 55, 91)).rows()
    assert row["reasons"] == [{"code": "grade_open", "grades": ["not_ready", "model"]}]


def test_a_subject_that_limits_its_grade_by_a_failed_veto_is_not_ranked() -> None:
    one = entry("a", 95)._replace(vetoes=("c1",), grade="rectify", accepted=True)
    (row,) = rank(one).rows()
    assert row["place"] is None
    assert row["reasons"] == [{"code": "veto_failed", "criteria": ["c1"]}]


def test_integrity_findings_change_no_rank() -> None:
    plain, flagged = entry("b", 92), entry("a", 92, integrity=("same_day", "same_day"))
    found = rank(plain, flagged)
    assert ranks(found) == [("a", 1), ("b", 1)]
    assert next(found.rows())["integrity"] == [{"code": "same_day", "number": 2}]


def test_a_source_that_changes_between_passes_is_told_not_guessed() -> None:
    class Fickle:
        passes = 0

        def __iter__(self):  # type: ignore[no-untyped-def]
            self.passes += 1
            return iter([entry(f"a{self.passes}", 95)])

    from evaluator.ranking import ranked
    from tests.evaluator.ranking.entries import CATALOGUE, RULES

    with pytest.raises(ValueError, match="others than before"):
        ranked(Fickle(), (), RULES, CATALOGUE)


@given(crowds())
def test_ranks_are_standard_competition_ranks(entries: list[Entry]) -> None:
    scores = {one.id: one.score.floor for one in entries if one.score is not None}
    for row in rank(*entries).rows():
        if row["place"]:
            above = [one for one in entries if not reasons(one) and scores[one.id] > scores[row["id"]]]
            assert row["place"]["rank"] == len(above) + 1
            assert row["place"]["best"] <= row["place"]["rank"] <= row["place"]["worst"]


@given(crowds(), st.randoms())
def test_the_order_in_which_entries_come_changes_nothing(entries: list[Entry], chance) -> None:  # type: ignore[no-untyped-def]
    mixed = list(entries)
    chance.shuffle(mixed)
    first, second = rank(*entries), rank(*mixed)
    assert list(first.rows()) == list(second.rows())
    assert first.document == second.document
    assert list(first.published()) == list(second.published())


@given(crowds())
def test_every_entry_is_ranked_or_not_exactly_once(entries: list[Entry]) -> None:
    rows = list(rank(*entries).rows())
    assert sorted(one["id"] for one in rows) == sorted(one.id for one in entries)
    assert all(bool(one["reasons"]) == (one["place"] is None) for one in rows)
    # All who are ranked come first.
    assert [one["place"] is None for one in rows] == sorted(one["place"] is None for one in rows)


@given(crowds())
def test_rows_are_the_same_however_few_are_held_at_once(entries: list[Entry]) -> None:
    from tests.evaluator.ranking.entries import CATALOGUE, RULES

    few = Ranking(entries, (), RULES, CATALOGUE, held=2)
    assert list(few.rows()) == list(rank(*entries).rows())


def test_deviations_come_with_the_greatest_first() -> None:
    def claimed(name: str, floor: int, said: int) -> Entry:
        return entry(name, floor, claimed=Extent(Fraction(said), Fraction(100)))

    found = rank(claimed("a", 95, 96), claimed("b", 61, 92), claimed("c", 90, 80), entry("d", 91))
    assert [(one["id"], one["claimed"]["difference"]) for one in found.deviations()] == [
        ("b", "-31.00"),
        ("c", "10.00"),
        ("a", "-1.00"),
    ]


def test_two_of_one_subject_are_both_ranked_and_said() -> None:
    found = rank(entry("a", 95), entry("a", 91, digest="sha256:other"))
    assert [one[1] for one in ranks(found)] == [1, 2]
    assert found.document["repeated"] == 1
