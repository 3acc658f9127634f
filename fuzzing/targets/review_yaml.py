"""Reviews in YAML: read, checked against the submission and the rules, and applied where they are sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from fuzzing import world
from fuzzing.mutating.trees import mutated_yaml
from fuzzing.target import Target, refuse

REVIEW = """\
review: 1
submission: {id: demo-meal-01}
ruleset: {id: meal-service-2026, version: "1.0.0"}
stage: inspection
reviewer: {role: provincial_inspector, unit: 省民政厅, number: "0042"}
date: "2027-01-10"
method: on_site
corrections:
  - {count: meal_seats, claimed: 36, verified: 30, reason: 现场清点}
rejected_evidence:
  - {id: E1, reason: 照片不是本次活动}
decisions:
  - {criterion: meal-1-2, outcome: not_satisfied, earned: "0", reason: 没有公示, method: documents, date: "2027-01-11"}
  - {criterion: meal-1-1, outcome: partly_satisfied, earned: "1", reason: 抽查}
confirmations:
  - {criterion: meal-2-2, reason: 属实}
"""


def seeds() -> list[bytes]:
    """A review by hand, and the skeleton that the program makes with everything in it that can be written."""
    lines = world.review_form(".yaml").decode().splitlines()
    bare = [
        line.replace("# - ", "- ", 1)
        .replace("reason: }", "reason: 理由}")
        .replace('role: , unit: "", number: ""', 'role: expert, unit: 省民政厅, number: "0042"')
        for line in lines
        if not line.startswith("#")
    ]
    return [REVIEW.encode(), "\n".join(bare[:70]).encode(), "\n".join(lines[:40]).encode()]


def reader() -> Callable[[bytes], object]:
    """Read it as a file."""
    return opened(world.scratch() / "review.yaml")


def opened(path: Path) -> Callable[[bytes], object]:
    """What reads an input as a review in the file ``path``."""
    from evaluator.loading import chain_problems, open_review
    from evaluator.scored import scored

    loaded, submission = world.meal(), world.submission()

    def read(content: bytes) -> None:
        path.write_bytes(content)
        found = open_review(path)
        problems = list(found.problems)
        if found.review is not None and found.source is not None:
            problems.extend(chain_problems([(found.review, found.source)], loaded, submission))
        refuse(problems)
        assert found.review is not None
        scored(loaded.ruleset, loaded.catalogue, submission, reviews=(found.review,))

    return read


def score(name: str, folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """The review under this name, and the commands that read it."""
    (folder / name).write_bytes(content)
    given = (str(world.MEAL / "submission.yaml"), "--rules", str(world.MEAL))
    return (
        ("score", *given, "--review", name, "--format", "json,html", "--out", "out"),
        ("review", "read", name, "-o", "kept.yaml", "--lang", "en"),
    )


TARGET = Target(seeds, mutated_yaml, reader, lambda folder, content: score("review.yaml", folder, content))
