"""The submissions that the benchmarks judge are what they say: sound, varied, and the same each time."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from statistics import median

import orjson
import pytest

from benchmarks import bench_ruleset
from benchmarks.faults import FAULTS
from benchmarks.peers import ours
from benchmarks.peers.terms import OUTCOMES
from benchmarks.peers.work import work
from benchmarks.submissions import lines, ruleset, submissions
from evaluator.errors import SubmissionError
from evaluator.loading.submissions import submission_in


@pytest.mark.parametrize("name", ["bench-100", "sichuan-community-2022", "sichuan-city-2022"])
def test_the_careful_reader_accepts_every_one(name: str) -> None:
    """Typed, cross-checked with the catalogue, and with nothing of a person."""
    loaded = ruleset(name)
    for n, line in enumerate(lines(loaded, 25)):
        assert submission_in(line, f"{n}.json", loaded.catalogue).subject.kind == loaded.ruleset.subject[0]


def test_they_are_the_same_for_a_seed_and_no_others() -> None:
    """Also where more of them are asked for."""
    loaded = ruleset("bench-100")
    first = [*lines(loaded, 5, seed=1)]
    assert [*islice(lines(loaded, 1000, seed=1), 5)] == first
    assert not {*first} & {*lines(loaded, 5, seed=2)}


def test_they_vary_in_size_and_outcome() -> None:
    """Small and large ones; every outcome that a machine can reach."""
    loaded = ruleset("bench-100")
    made = [*submissions(loaded, 40)]
    events, documents = ([len(one[kind]) for one in made] for kind in ("events", "documents"))
    assert (min(events) < 25, max(events) > 110) == (True, True)
    assert (min(documents) < 32, max(documents) > 140) == (True, True)
    assert 55 < median(events) < 65
    assert 70 < median(documents) < 90
    engine = ours.engine(work(1))
    codes = (engine.judge(engine.prepare(orjson.dumps(one))) for one in made)
    outcomes = {OUTCOMES[code] for judged in codes for code in judged}
    assert outcomes == {*OUTCOMES}


def test_so_many_are_bad_as_are_asked_for() -> None:
    """Each kind of fault is refused; all others are read."""
    loaded, refused = ruleset("bench-100"), 0
    for n, line in enumerate(lines(loaded, 20, faulty=len(FAULTS))):
        try:
            submission_in(line, f"{n}.json", loaded.catalogue)
        except SubmissionError:
            refused += 1
    assert refused == len(FAULTS) == 7


def test_the_ruleset_is_what_its_script_writes(tmp_path: Path) -> None:
    """A hundred checks, of all kinds that measure what is submitted."""
    bench_ruleset.write(tmp_path / "bench-100")
    for path in bench_ruleset.FOLDER.iterdir():
        assert path.read_text() == (tmp_path / "bench-100" / path.name).read_text()
    kinds = [one.check.kind for one in ruleset("bench-100").ruleset.by_id().values() if one.check is not None]
    assert len(kinds) == 100
    assert {*kinds} == {"ratio", "quantity", "cadence", "document", "statement", "change", "group"}
