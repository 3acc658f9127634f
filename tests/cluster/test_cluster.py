"""A Dask cluster of real processes does what this process would have done, whatever becomes of its workers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster_jobs import alone, judging, obeying

from evaluator.assessment_document import VERSION
from evaluator.emitting import as_data
from evaluator.errors import EnvironmentFault, InputError
from evaluator.loading import load_ruleset, load_submission
from evaluator.loading.cluster import Cluster
from evaluator.loading.cluster.working import Installation
from evaluator.loading.workers import JobLost
from evaluator.submission import Submission

ROOT = Path(__file__).resolve().parents[2]
DUIBIAO = Path(sys.executable).with_name("duibiao")
RULES = load_ruleset("kunming-model-community")
HERE = Installation("0.1.0", "1", "3.11", "digest")


def submissions(number: int) -> Iterator[Submission]:
    """The examples again and again, each time with another name and other counts."""
    examples = (ROOT / "examples" / RULES.ruleset.ruleset).glob("*.yaml")
    found = [load_submission(path, RULES.catalogue) for path in sorted(examples)]
    for n in range(number):
        one = found[n % len(found)]
        subject = one.subject.model_copy(update={"id": f"community-{n}"})
        counts = {**one.counts, "model_buildings": n % 41}
        yield one.model_copy(update={"subject": subject, "counts": counts})


def test_a_worker_killed_midway_changes_no_result(dask) -> None:
    crowd = list(submissions(320))
    chunks = [crowd[n : n + 16] for n in range(0, 320, 16)]
    arguments = RULES.ruleset, RULES.catalogue
    judge = judging(*arguments)
    serially = [one for chunk in chunks for one in judge(chunk)[2]]
    found, killed, later = [], None, set()
    with Cluster(dask.address) as workers:
        for n, (pid, made, judged) in enumerate(workers.run(judging, arguments, chunks)):
            assert made == 1
            found.extend(judged)
            later.add(pid)
            if n == 5:
                killed = pid
                os.kill(pid, signal.SIGKILL)
                later.clear()
    assert len(set(serially)) == 320 + 20
    assert sorted(found) == sorted(serially)
    assert later - {killed}


def test_a_process_does_one_job_at_a_time_however_many_threads_it_has(dask) -> None:
    with Cluster(dask.address) as workers:
        assert sorted(workers.run(alone, (0.01,), range(20))) == list(range(20))


def test_jobs_are_taken_as_workers_become_free(dask) -> None:
    taken = 0

    def jobs():
        nonlocal taken
        for n in range(200):
            taken += 1
            yield str(n)

    with Cluster(dask.address) as workers:
        ahead = [taken - done for done, _ in enumerate(workers.run(obeying, (), jobs()))]
    assert len(ahead) == 200
    assert max(ahead) <= 2 * 2 + 1


def test_a_job_that_raises_ends_the_run_with_that_exception(dask) -> None:
    with Cluster(dask.address) as workers:
        with pytest.raises(InputError) as raised:
            list(workers.run(obeying, (), ["1", "raise", "2"]))
        assert str(raised.value) == "a.yaml:7: [code] 坏"
        assert list(workers.run(obeying, (), ["again"])) == ["again"]


def test_a_job_that_kills_each_worker_is_named_and_the_rest_is_done(dask) -> None:
    jobs = [*map(str, range(10)), "die", *map(str, range(10, 20))]
    with Cluster(dask.address) as workers:
        found = list(workers.run(obeying, (), jobs))
    lost = [one.job for one in found if isinstance(one, JobLost)]
    assert lost == ["die"]
    assert sorted(one for one in found if isinstance(one, str)) == sorted(map(str, range(20)))


def test_nothing_stays_on_the_cluster_when_the_iterator_is_closed(dask, until) -> None:
    distributed = pytest.importorskip("distributed")
    with Cluster(dask.address) as workers:
        results = workers.run(obeying, (), ["sleep0.1"] * 50)
        assert next(results) == "sleep0.1"
        results.close()
    with distributed.Client(scheduler_file=dask.address, set_as_default=False) as client:
        until(lambda: client.run_on_scheduler(lambda dask_scheduler: not dask_scheduler.tasks))


def test_a_lost_scheduler_is_said(scheduler) -> None:
    scheduler.worker("--no-nanny")
    with Cluster(scheduler.address, timeout=5) as workers:
        results = workers.run(obeying, (), ["sleep0.05"] * 1000)
        assert next(results) == "sleep0.05"
        scheduler.scheduler.kill()
        with pytest.raises(EnvironmentFault) as raised:
            list(results)
    assert raised.value.code == "scheduler_lost"


def test_a_cluster_without_workers_is_refused_and_so_is_one_of_other_versions(scheduler, tmp_path) -> None:
    with pytest.raises(EnvironmentFault) as raised, Cluster(scheduler.address, patience=0.2):
        pass
    assert raised.value.code == "no_workers"
    assert "dask worker tcp://127.0.0.1:" in raised.value.mend.zh
    absent, older = tmp_path / "absent" / "evaluator", tmp_path / "older" / "evaluator"
    absent.mkdir(parents=True)
    (absent / "__init__.py").write_text("raise ImportError")
    scheduler.worker("--no-nanny", before=absent.parent)
    for package in ("commands", "evaluator", "scorecards"):
        shutil.copytree(ROOT / package, older.parent / package)
    document = older / "assessment_document.py"
    document.write_text(document.read_text().replace(f'VERSION = "{VERSION}"', 'VERSION = "0.0.1"'))
    scheduler.worker("--no-nanny", before=older.parent)
    wait_for_workers(scheduler, 2)
    with pytest.raises(EnvironmentFault) as raised, Cluster(scheduler.address):
        pass
    assert raised.value.code == "unlike_workers"
    assert "：没有装 duibiao，或版本太旧" in raised.value.what.zh
    assert f"：duibiao 0.0.1（本机 {VERSION}）" in raised.value.what.zh


@pytest.mark.parametrize(
    ("other", "zh", "en"),
    [
        (HERE._replace(version="0.0.1"), "duibiao 0.0.1（本机 0.1.0）", "duibiao 0.0.1 (here 0.1.0)"),
        (HERE._replace(python="3.10", code=""), "Python 3.10（本机 3.11）", "Python 3.10 (here 3.11)"),
        (HERE._replace(semantics="0"), "判定办法 0（本机 1）", "semantics 0 (here 1)"),
        (
            HERE._replace(code=""),
            "duibiao 0.1.0 的程序文件与本机不同",
            "duibiao 0.1.0 with other program files than here",
        ),
    ],
)
def test_whatever_could_change_a_result_is_compared(other, zh, en) -> None:
    assert other.against(HERE) == (zh, en)
    assert HERE.against(HERE) is None


def wait_for_workers(started, number: int) -> None:
    import distributed

    with distributed.Client(scheduler_file=started.address, set_as_default=False) as client:
        client.wait_for_workers(number, timeout=30)


@pytest.mark.parametrize("protocol", ["tcp", "tls"])
def test_an_address_where_nobody_listens_is_refused_at_once(protocol) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    began = time.monotonic()
    with pytest.raises(EnvironmentFault) as raised, Cluster(f"{protocol}://127.0.0.1:{port}", timeout=30):
        pass
    assert raised.value.code == "no_scheduler"
    assert "那里没有程序在听" in raised.value.what.zh
    assert time.monotonic() - began < 20


def test_an_address_where_something_else_listens_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(EnvironmentFault, match="不像 Dask 调度器那样回答"), Cluster(address, timeout=0.3):
            pass


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("http://10.0.0.5:8786", "cluster_address"),
        ("tcp://10.0.0.5", "cluster_address"),
        ("tcp://10.0.0.5:99999", "cluster_address"),
        ("", "cluster_address"),
        ("nix.json", "no_file"),
        (str(ROOT), "no_file"),
        (str(ROOT / "pyproject.toml"), "cluster_address"),
    ],
)
def test_what_is_no_address_is_refused(named, code) -> None:
    with pytest.raises(InputError) as raised:
        Cluster(named)
    (problem,) = raised.value.problems
    assert problem.code == code
    assert "tcp://" in problem.mend.zh


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("tcp://10.0.0.5:8786", "tcp://10.0.0.5:8786"),
        ("tls://scheduler.example:8786/", "tls://scheduler.example:8786"),
        ("10.0.0.5:8786", "tcp://10.0.0.5:8786"),
        ("tcp://[fe80::1]:8786", "tcp://[fe80::1]:8786"),
    ],
)
def test_addresses_are_read_as_dask_writes_them(named, address) -> None:
    assert str(Cluster(named).address) == address


def test_without_distributed_it_says_how_to_get_it(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(EnvironmentFault, match="pip install 'duibiao\\[cluster\\]'"),
        Cluster("tcp://127.0.0.1:1"),
    ):
        pass


def test_a_batch_on_a_cluster_writes_what_one_here_writes(dask, tmp_path) -> None:
    lines = b"".join(json.dumps(as_data(one)).encode() + b"\n" for one in submissions(40))
    (tmp_path / "all.jsonl").write_bytes(lines)
    for name, where in (("here", ("--jobs", "1")), ("there", ("--dask", dask.address))):
        arguments = (
            "batch",
            tmp_path / "all.jsonl",
            "--rules",
            RULES.ruleset.ruleset,
            "--out",
            tmp_path / name,
            *where,
        )
        done = subprocess.run([DUIBIAO, *arguments], capture_output=True, check=False)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr.decode()
    for name in ("assessments.jsonl", "results.parquet", "criteria.parquet", "refused.json"):
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes(), name
