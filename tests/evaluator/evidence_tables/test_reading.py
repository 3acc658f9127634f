"""Evidence tables: rows of subjects, in whatever order and type they come, are submissions like any other."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.digests import submission_digest
from evaluator.emitting import as_data
from evaluator.loading.evidence_tables import opening, sorting
from evaluator.loading.evidence_tables.opening import evidence_tables
from tests.evaluator.building import CATALOGUE, submitted
from tests.evaluator.evidence_tables.making import YEAR, folder, read, subject

WHOLE = """
submission: 1
subject: {id: a, name: 甲社区, kind: community, region: [云南省, 昆明市], attributes: {class: urban}}
period: {from: "2025-01-01", to: "2025-12-31"}
as_of: "2025-10-15"
counts: {buildings: 40, budget: "12.5"}
sources: {buildings: 年报}
previous: {counts: {buildings: 39, incidents: 1}}
events: [{id: E1, type: meeting, date: "2025-03-12", title: 例会, expected: 20, present: 18, files: [e1.jpg, e2.jpg]}]
documents:
  - {id: D1, type: plan, title: 计划, number: 社发〔2025〕1号, issued: "2025-01-08", valid_to: "2025-12-31",
     contains: [goals], page: 第1页, pages: {goals: 第2页}, files: [d1.pdf]}
statements: [{id: S1, type: desk, value: false, note: 筹建中, files: [s1.jpg]}]
none: [training]
units: {quarter: [{id: Q1, name: 一号小区, counts: {visits: 3}, statements: {desk: true}}]}
ratings: [{criterion: c-1, level: 3, reason: 自评}]
"""
TABLES = {
    "subjects": [
        subject("a", name="甲社区", region=["云南省", "昆明市"], attributes={"class": "urban"}, as_of="2025-10-15")
    ],
    "counts": [
        {"subject": "a", "item": "buildings", "value": "40", "previous": 39, "source": "年报"},
        {"subject": "a", "item": "budget", "value": "12.5", "previous": None, "source": None},
        {"subject": "a", "item": "incidents", "value": None, "previous": 1, "source": None},
    ],
    "events": [
        {"subject": "a", "id": "E1", "type": "meeting", "date": date(2025, 3, 12), "title": "例会", "expected": 20,
         "present": 18, "files": ["e1.jpg", "e2.jpg"]},
    ],
    "documents": [
        {"subject": "a", "id": "D1", "type": "plan", "title": "计划", "number": "社发〔2025〕1号", "issued": "2025-01-08",
         "valid_to": "2025-12-31", "contains": ["goals"], "page": "第1页", "pages": "goals=第2页", "files": "d1.pdf"},
    ],
    "statements": [
        {"subject": "a", "id": "S1", "type": "desk", "value": False, "note": "筹建中", "files": ["s1.jpg"]}
    ],
    "none": [{"subject": "a", "type": "training"}],
    "units": [{"subject": "a", "kind": "quarter", "id": "Q1", "name": "一号小区"}],
    "unit_counts": [{"subject": "a", "kind": "quarter", "unit": "Q1", "item": "visits", "value": 3}],
    "unit_statements": [{"subject": "a", "kind": "quarter", "unit": "Q1", "item": "desk", "value": True}],
    "ratings": [{"subject": "a", "criterion": "c-1", "level": 3, "reason": "自评"}],
}  # fmt: skip


def test_the_tables_say_what_the_file_says(tmp_path) -> None:
    (found,) = read(folder(tmp_path, **TABLES))
    assert found.problems == ()
    assert as_data(found.submission) == as_data(submitted(WHOLE))
    assert submission_digest(found.submission) == submission_digest(submitted(WHOLE))


def test_subjects_alone_have_submitted_nothing(tmp_path) -> None:
    (found,) = read(folder(tmp_path))
    assert as_data(found.submission) == {
        "submission": 1,
        "subject": {"id": "a", "name": "a社区", "kind": "community"},
        "period": {"from": "2025-01-01", "to": "2025-12-31"},
    }


@pytest.mark.parametrize(
    "column",
    [
        pa.array([40, 3], pa.int8()),
        pa.array([40, 3], pa.uint64()),
        pa.array([Decimal(40), Decimal(3)], pa.decimal128(20, 12)),
        pa.array([Decimal(40), Decimal(3)], pa.decimal256(50, 0)),
        pa.array(["40", "3"], pa.large_string()),
        pa.array(["40", "3"]).dictionary_encode(),
        pa.array(["40", "3"], pa.string_view()),
    ],
    ids=lambda one: str(one.type),
)
def test_numbers_come_in_every_exact_type(tmp_path, column) -> None:
    counts = pa.table({"subject": ["a", "a"], "item": ["buildings", "incidents"], "value": column})
    (found,) = read(folder(tmp_path, counts=counts))
    assert found.submission.counts == {"buildings": 40, "incidents": 3}


def test_a_decimal_is_taken_to_its_last_place(tmp_path) -> None:
    value = pa.array([Decimal("0.000000000001"), Decimal("12.50")], pa.decimal128(27, 12))
    counts = pa.table({"subject": ["a", "a"], "item": ["budget", "area"], "value": value})
    (found,) = read(folder(tmp_path, counts=counts))
    assert found.submission.counts == {"budget": Fraction(1, 10**12), "area": Fraction(25, 2)}


@pytest.mark.parametrize("kind", [pa.date32(), pa.date64(), pa.string()], ids=str)
def test_days_are_dates_or_texts(tmp_path, kind) -> None:
    days = pa.array([date(2025, 3, 12)]).cast(kind)
    events = pa.table({"subject": ["a"], "id": ["E1"], "type": ["meeting"], "date": days})
    (found,) = read(folder(tmp_path, events=events))
    assert found.submission.events[0].date == date(2025, 3, 12)


@pytest.mark.parametrize(
    "files",
    [
        pa.array([["a.jpg", "b.jpg"], None, []]),
        pa.array([["a.jpg", "b.jpg"], None, []], pa.large_list(pa.large_string())),
        pa.array(["a.jpg; b.jpg", None, ""]),
        pa.array(["a.jpg；b.jpg", None, " ; "], pa.large_string()),
    ],
    ids=lambda one: str(one.type),
)
def test_lists_are_lists_or_parted_by_semicolons(tmp_path, files) -> None:
    events = pa.table(
        {
            "subject": ["a"] * 3,
            "id": ["E1", "E2", "E3"],
            "type": ["meeting"] * 3,
            "date": ["2025-03-12"] * 3,
            "files": files,
        }
    )
    (found,) = read(folder(tmp_path, events=events))
    assert [one.files for one in found.submission.events] == [("a.jpg", "b.jpg"), (), ()]


@pytest.mark.parametrize(
    "attributes",
    [
        pa.array([{"class": "urban", "area": None}, None]),
        pa.array([[("class", "urban")], None], pa.map_(pa.string(), pa.string())),
        pa.array(["class=urban", None]),
        pa.array(["class = urban;", ""], pa.large_string()),
    ],
    ids=lambda one: str(one.type),
)
def test_attributes_are_a_struct_a_map_or_text(tmp_path, attributes) -> None:
    subjects = pa.Table.from_pylist([subject("a"), subject("b")]).append_column("attributes", attributes)
    one, other = read(folder(tmp_path, subjects=subjects))
    assert (one.submission.subject.attributes, other.submission.subject.attributes) == (
        {"class": "urban"},
        {},
    )


def test_a_column_of_nulls_alone_says_nothing(tmp_path) -> None:
    events = [
        {"subject": "a", "id": "E1", "type": "meeting", "date": "2025-03-12", "title": None, "files": None}
    ]
    (found,) = read(folder(tmp_path, events=events))
    assert as_data(found.submission)["events"] == [{"id": "E1", "type": "meeting", "date": "2025-03-12"}]


def many(names: str, order: str) -> dict[str, list[dict[str, object]]]:
    """Each of the subjects ``names`` with two meetings; the rows of these in ``order``, the second after all of the first."""
    events = [
        {"subject": name, "id": f"E{n}", "type": "meeting", "date": f"2025-0{n}-01", "title": f"{name}{n}"}
        for n in (1, 2)
        for name in order
    ]
    return {"subjects": [subject(name) for name in names], "events": events}


@pytest.mark.parametrize("rows_at_once", [3, 1000])
def test_rows_in_any_order_find_their_subjects(tmp_path, monkeypatch, rows_at_once) -> None:
    monkeypatch.setattr(sorting, "ROWS_AT_ONCE", rows_at_once)
    found = read(folder(tmp_path, **many("cabdefgh", "hgabcdef")))
    assert [one.id for one in found] == list("cabdefgh")
    assert [[event.title for event in one.submission.events] for one in found] == [
        [f"{name}1", f"{name}2"] for name in "cabdefgh"
    ]


def test_rows_in_the_order_of_the_subjects_are_read_where_they_lie(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(opening, "sorted_groups", None)
    rows = sorted(many("cab", "cab")["events"], key=lambda one: "cab".index(one["subject"]))
    found = read(folder(tmp_path, subjects=[subject(name) for name in "cab"], events=rows))
    assert [len(one.submission.events) for one in found] == [2, 2, 2]


def test_a_copy_in_order_is_gone_afterwards(tmp_path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with evidence_tables(folder(tmp_path, **many("ab", "ba")), scratch) as found:
        assert [one.suffix for one in scratch.rglob("events*")] == [".parquet"]
        assert found.number == 2
    assert list(scratch.iterdir()) == []


def test_a_subject_may_have_several_periods_where_the_tables_say_of_which_a_row_is(tmp_path) -> None:
    last = {"period_from": "2024-01-01", "period_to": "2024-12-31"}
    counts = [
        {"subject": "a", "item": "buildings", "value": 40, "period_from": date(2025, 1, 1)},
        {"subject": "a", "item": "buildings", "value": 39, "period_from": date(2024, 1, 1)},
    ]
    found = read(folder(tmp_path, subjects=[subject("a", **YEAR), subject("a", **last)], counts=counts))
    assert [one.submission.counts for one in found] == [{"buildings": 40}, {"buildings": 39}]


def test_parts_are_read_apart_and_in_any_order(tmp_path) -> None:
    path = folder(tmp_path, **many("abcdefg", "abcdefg"))
    whole = [one.submission for one in read(path)]
    with evidence_tables(path) as found:
        parts = list(found.parts(3))
        reading = opening.part_reader(found.layout, CATALOGUE)
        back = [one.submission for part in reversed(parts) for one in list(reading(part))[::-1]]
    assert (len(parts), back[::-1]) == (3, whole)


def test_a_table_without_rows_or_row_groups_is_one(tmp_path) -> None:
    path = folder(tmp_path, subjects=[subject("a")])
    schema = pa.schema({"subject": pa.string(), "type": pa.string()})
    pq.ParquetWriter(path / "none.parquet", schema).close()
    assert read(path)[0].submission.none == ()
    subjects = pa.Table.from_pylist([subject("a")]).slice(0, 0)
    assert read(folder(tmp_path, subjects=subjects)) == []


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from(["a", "a", "b", "c", "x", None]), min_size=3, max_size=12),
    st.permutations(["a", "b", "c"]),
)
def test_every_row_comes_to_its_subject_once_and_strays_are_counted(owners, order) -> None:
    events = [
        {"subject": owner, "id": f"E{n}", "type": "meeting", "date": "2025-03-12"}
        for n, owner in enumerate(owners)
    ]
    schema = pa.schema({name: pa.string() for name in ("subject", "id", "type", "date")})
    with tempfile.TemporaryDirectory() as path:
        table = pa.Table.from_pylist(events, schema=schema)
        found = read(folder(Path(path), subjects=[subject(name) for name in order], events=table))
    for one in found[:3]:
        assert [event.id for event in one.submission.events] == [
            f"E{n}" for n, owner in enumerate(owners) if owner == one.id
        ]
    assert len(found) - 3 == len({"x", None} & set(owners))
