"""Many submissions judged on several processors: in their order, and whatever one of them does to its process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from evaluator.loading import shared_catalogue
from evaluator.loading.crowds import Crowd, judged
from evaluator.submission import Submission

ONE = """submission: 1
subject: {{id: {id}, name: 甲社区, kind: {kind}}}
period: {{from: "2025-01-01", to: "2025-12-31"}}
"""


def make_judge(deadly: str) -> Callable[[Submission], str]:
    def judge(submission: Submission) -> str:
        if submission.subject.id == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return submission.subject.id

    return judge


@pytest.fixture
def sent(tmp_path) -> list[Path]:
    found = [tmp_path / f"{n}.yaml" for n in range(60)]
    for n, path in enumerate(found):
        path.write_text(ONE.format(id=f"s{n}", kind="street" if n == 3 else "community"), encoding="utf-8")
    return found


def crowd(deadly: str = "") -> Crowd:
    return Crowd(make_judge, (deadly,), shared_catalogue(), ("community",))


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_each_is_judged_once_in_the_order_of_the_files_however_many_processes_there_are(sent, jobs) -> None:
    found = list(judged(sent, crowd(), jobs))
    assert [one.path for one in found] == sent
    assert [one.result for one in found] == [None if n == 3 else f"s{n}" for n in range(60)]
    assert [one.code for one in found[3].problems] == ["other_subject"]


def test_one_that_ends_its_process_is_told_and_the_rest_is_judged(sent) -> None:
    found = list(judged(sent, crowd("s30"), 2))
    assert [one.path for one in found] == sent
    assert [one.result for one in found] == [None if n in (3, 30) else f"s{n}" for n in range(60)]
    assert [one.code for one in found[30].problems] == ["program_error"]
    assert found[30].problems[0].place.file.endswith("30.yaml")
