"""A piece that carries its bytes is judged as it would be beside its files."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evaluator.loading import load_ruleset
from evaluator.loading.batch.asking import Asked
from evaluator.loading.batch.judging import Done, Job, Known, make_judge
from evaluator.loading.batch.reviews import by_subject
from evaluator.loading.batch.sources import listed

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "kunming-model-community"
RULES = load_ruleset("kunming-model-community")
LINES = [
    json.dumps(
        {"submission": 1, "subject": {"id": f"s-{n}", "name": "示例社区", "kind": "community"}, **more}
    )
    for n, more in enumerate([{"period": {"from": "2025-01-01", "to": "2025-12-31"}}] * 5 + [{"nix": 1}])
]


def judged(pieces) -> list[Done]:
    judge = make_judge(
        Asked(RULES, None, None, False, "none"), Known(), by_subject((), RULES.ruleset.ruleset)
    )
    return [judge(Job(n, piece)) for n, piece in enumerate(pieces)]


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    for path in EXAMPLES.glob("*.yaml"):
        shutil.copy(path, folder)
    (folder / "lines.jsonl").write_text("\n\n".join(LINES), encoding="utf-8")
    (folder / "nix.json").write_text("nix")
    return folder


@pytest.mark.parametrize("apart", [False, True])
def test_no_file_is_needed_where_the_bytes_are(sources, apart) -> None:
    pieces = listed([sources], sources, forms=2, lines=4).pieces
    if apart:
        pieces = tuple(one for piece in pieces for one in piece.apart())
    beside = judged(pieces)
    carried = [piece.carried() for piece in pieces]
    again = [one for piece in carried for one in piece.apart()]
    shutil.rmtree(sources)
    assert judged(carried) == beside
    assert sum(len(one.marks) for one in judged(again)) == 3 + 6 + 1
    assert judged(pieces) != beside


def test_a_package_is_left_where_it_is(sources) -> None:
    package = sources / "package"
    package.mkdir()
    shutil.copy(EXAMPLES / "middling.yaml", package / "submission.yaml")
    (piece,) = listed([package], sources, forms=2, lines=4).pieces
    assert piece.carried().contents == (None,)


def test_what_is_gone_is_refused_by_who_was_to_read_it(sources) -> None:
    pieces = listed([sources / "lines.jsonl"], sources, forms=2, lines=4).pieces
    (sources / "lines.jsonl").unlink()
    assert judged([piece.carried() for piece in pieces]) == judged(pieces)


def test_what_tables_say_is_carried_with_where_each_of_it_stands(tmp_path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    year = {"period_from": "2025-01-01", "period_to": "2025-12-31", "kind": "community", "name": "示例社区"}
    rows = {
        "subjects": [{"id": "s-1", **year}, {"id": "s-2", **year}],
        "events": [
            {"subject": "s-1", "id": "E1", "type": "unity_month", "date": "2025-09-10"},
            {"subject": "s-2", "id": "E1", "type": "unity_month", "date": "9月"},
            {"subject": "s-3", "id": "E1", "type": "unity_month", "date": "2025-09-10"},
        ],
    }
    for name, written in rows.items():
        pq.write_table(pa.Table.from_pylist(written), tables / f"{name}.parquet")
    pieces = listed([tables], tmp_path, forms=2, lines=4).pieces
    beside = judged(pieces)
    carried = pickle.loads(pickle.dumps([piece.carried() for piece in pieces]))
    shutil.rmtree(tables)
    assert judged(carried) == beside
    places = [place for piece in carried for one in piece.apart() for place in one.places()]
    assert list(map(str, places)) == [str(place) for piece in pieces for place in piece.places()]
    assert len(places) == 3
