"""Submissions in YAML, read with what they include and scored: ``inspect``, ``score``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fuzzing import world
from fuzzing.mutating.trees import mutated_yaml
from fuzzing.target import Target, refuse

if TYPE_CHECKING:
    from evaluator.catalogue import Catalogue

STREET = """\
submission: 1
subject: {id: street-1, name: 示例街道, kind: street}
period: {from: "2026-01-01", to: "2026-12-31"}
events:
  - {id: J1, type: menu_published, date: "2026-08-01", files: [J1.jpg]}
"""


def seeds() -> list[bytes]:
    """The example, once in full, once a line of each kind; and one that includes another."""
    whole = (world.MEAL / "submission.yaml").read_bytes()
    small = SMALL.encode()
    return [small, whole, small.replace(b"events:", b"includes: [street.yaml]\nevents:")]


def reader() -> Callable[[bytes], object]:
    """Read it as a file beside ``street.yaml``, and score what is sound."""
    folder = world.scratch() / "submission"
    folder.mkdir(exist_ok=True)
    (folder / "street.yaml").write_text(STREET, encoding="utf-8")
    return examined(folder / "submission.yaml")


def examined(path: Path, more_items: Catalogue | None = None) -> Callable[[bytes], object]:
    """What reads an input as the file ``path``, and scores it; one in sixteen is put into words as well."""
    from evaluator.assessment import assess
    from evaluator.loading import examine
    from evaluator.scored import scored

    loaded = world.meal()
    catalogue = loaded.catalogue if more_items is None else loaded.catalogue.joined(more_items)

    def read(content: bytes) -> None:
        path.write_bytes(content)
        found = examine(path, catalogue)
        refuse(found.problems)
        assert found.submission is not None
        if found.submission.subject.kind not in loaded.ruleset.subject:
            return
        scored(loaded.ruleset, loaded.catalogue, found.submission)
        if len(content) % 16 == 0:
            assert found.received is not None
            more = found.received.observations
            assess(loaded.ruleset, loaded.catalogue, found.submission, observations=more)

    return read


def score(name: str, folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """The file under this name, and the commands that read it."""
    (folder / name).write_bytes(content)
    (folder / "street.yaml").write_text(STREET, encoding="utf-8")
    given = ("--rules", str(world.MEAL))
    return (
        ("score", name, *given, "--format", "json,html,xlsx", "--out", "out"),
        ("score", name, *given, "--lenient", "--format", "json", "--out", "out", "--lang", "en"),
        ("inspect", name),
    )


SMALL = """\
submission: 1
subject: {id: demo-meal-01, name: 示例社区, kind: community, region: [示例省, 示例市, 示例区], attributes: {class: urban}}
period: {from: "2026-01-01", to: "2026-12-31"}
as_of: "2026-10-31"
counts:
  meal_seats: 36
  meal_days: 252
  meal_answers: 140
  meal_answers_satisfied: "121"
sources: {meal_days: 台账}
previous: {counts: {meals_served: 21000}}
units:
  residential_quarter:
    - {id: Q1, name: 一号小区, statements: {meal_point_served: true}}
    - {id: Q2, name: 二号小区, statements: {meal_point_served: false}}
events:
  - {id: E1, type: menu_published, date: "2026-01-05", title: 公布菜单, files: [E1_20260105_1.jpg]}
  - {id: E2, type: menu_published, date: "2026-02-02", expected: 30, present: 28}
documents:
  - {id: D1, type: food_safety_rules, title: 食品安全制度, number: 示社〔2026〕3号, issued: "2026-01-08", files: [D1.pdf]}
statements:
  - {id: S1, type: barrier_free_way, value: true, note: 有坡道}
none: [seasonal_meal]
"""
TARGET = Target(
    seeds, mutated_yaml, reader, lambda folder, content: score("submission.yaml", folder, content)
)
