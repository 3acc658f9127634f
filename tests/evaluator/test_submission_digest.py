"""The digest of a submission is that of its content in canonical form, whichever way it is made; order never matters."""

from __future__ import annotations

import hashlib
from datetime import date
from fractions import Fraction
from typing import Any

import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evaluator.canonical import plain_data
from evaluator.digests import submission_digest
from evaluator.entries import Document, Event, Statement, Unit
from evaluator.submission import Previous, SelfRating, Submission, by_id, in_order, natural
from tests.evaluator.building import submitted

# Ids that count alike, or stand otherwise as texts than as numbers.
IDS = ["E1", "E01", "E2", "E10", "e2", "A.1", "1"]
NAMES = ["buildings", "a", "a-b", "a_b", "b1", "b10"]
TEXTS = st.sampled_from(
    [
        "甲",
        "a",
        '"',
        "\\",
        "\x7f",
        "\n",
        "\u2028",
        "\u00e9",
        "e\u0301",
        "\u0338=",
        "=\u0338",
        "\uac00\u11a8",
        "😀",
    ]
)
NUMBERS = st.sampled_from([0, 40, 2**53 - 1, 2**53, 2**64, Fraction(25, 2), Fraction(2**60, 7)])
DAYS = st.none() | st.just(date(2025, 3, 12))
PARTS = st.lists(st.sampled_from(NAMES), max_size=3).map(tuple)
FILES = st.lists(TEXTS, max_size=2).map(tuple)
COUNTS = st.dictionaries(st.sampled_from(NAMES), NUMBERS, max_size=3)
ENTRY = {"id": st.sampled_from(IDS), "type": st.sampled_from(NAMES), "files": FILES}
LINE = st.none() | TEXTS


def listed(entry: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(entry, max_size=3, unique_by=lambda one: one.id).map(tuple)


SUBMISSIONS = st.fixed_dictionaries(
    {},
    optional={
        "counts": COUNTS,
        "previous": st.builds(lambda counts: Previous.model_construct(counts=counts), COUNTS),
        "sources": st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=2),
        "events": listed(
            st.builds(
                Event, date=st.just(date(2025, 1, 2)), title=LINE, expected=st.none() | st.just(0), **ENTRY
            )
        ),
        "documents": listed(
            st.builds(
                Document,
                title=LINE,
                number=LINE,
                issued=DAYS,
                contains=PARTS,
                page=LINE,
                pages=st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=2),
                **ENTRY,
            )
        ),
        "statements": listed(st.builds(Statement, value=st.booleans(), note=LINE, **ENTRY)),
        "none": PARTS,
        "units": st.dictionaries(
            st.sampled_from(NAMES),
            listed(
                st.builds(
                    Unit,
                    id=st.sampled_from(IDS),
                    name=LINE,
                    counts=COUNTS,
                    statements=st.dictionaries(st.sampled_from(NAMES), st.booleans(), max_size=2),
                )
            ),
            max_size=2,
        ),
        "ratings": st.lists(
            st.builds(
                SelfRating.model_construct,
                criterion=st.sampled_from(["c-1", "c-2", "c-10"]),
                level=st.sampled_from([3, -1, 2**53, -(2**53)]),
                reason=TEXTS,
            ),
            max_size=2,
        ).map(tuple),
    },
).map(lambda fields: submitted("{}").model_copy(update=fields))


def reference(submission: Submission) -> str:
    return "sha256:" + hashlib.sha256(rfc8785.dumps(plain_data(in_order(submission)))).hexdigest()


@settings(max_examples=200, deadline=None)
@given(SUBMISSIONS)
@example(submitted("{}").model_copy(update={"counts": {"buildings": 2**53}}))
@example(submitted("{}").model_copy(update={"previous": Previous.model_construct(counts={"a": 2**53})}))
@example(submitted("{}").model_copy(update={"units": {"a": (Unit("E1", None, {"a": 2**53}),)}}))
@example(submitted("{}").model_copy(update={"events": (Event("E1", "a", date(2025, 1, 2), "e\u0301"),)}))
@example(
    submitted("{}").model_copy(
        update={"documents": (Document("E1", "a", contains=("b", "a", "b"), pages={}),)}
    )
)
def test_the_digest_is_that_of_the_content_in_canonical_form(submission) -> None:
    assert submission_digest(submission) == reference(submission)


def sorted_anew(submission: Submission) -> dict[str, Any]:
    """What ``in_order`` is to come to, in the simplest words."""
    papers = [
        one.model_copy(update={"contains": tuple(sorted({*one.contains}))}) for one in submission.documents
    ]
    empty = [kind for kind, units in submission.units.items() if not units]
    return {
        "events": tuple(sorted(submission.events, key=by_id)),
        "documents": tuple(sorted(papers, key=by_id)),
        "statements": tuple(sorted(submission.statements, key=by_id)),
        "none": tuple(sorted({*submission.none, *empty})),
        "units": {kind: tuple(sorted(one, key=by_id)) for kind, one in submission.units.items() if one},
        "ratings": tuple(sorted(submission.ratings, key=lambda one: natural(one.criterion))),
    }


@settings(max_examples=200, deadline=None)
@given(SUBMISSIONS)
@example(submitted("{}").model_copy(update={"units": {"a": ()}}))
@example(submitted("{}").model_copy(update={"none": ("a", "a")}))
@example(submitted("{}").model_copy(update={"documents": (Document("E1", "a", contains=("a", "a")),)}))
def test_what_is_left_as_it_is_stands_in_order(submission) -> None:
    found = in_order(submission)
    assert {name: getattr(found, name) for name in sorted_anew(submission)} == sorted_anew(submission)
    assert in_order(found) == found
