"""Which two assessments are not to be compared, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluator.comparing.matching import pairs
from evaluator.errors import Words
from evaluator.persons import echo

Json = dict[str, Any]
Refusal = tuple[str, Words, Words]


def incomparable(before: Json, after: Json, *, different_subjects: bool = False) -> Iterator[Refusal]:
    """A code, what is wrong and the mend for each reason not to compare."""
    subjects = [one["submission"]["subject"] for one in (before, after)]
    if subjects[0]["id"] != subjects[1]["id"] and not different_subjects:
        first, second = (echo(one["name"]) for one in subjects)
        yield (
            "other_subject",
            Words(
                f"两份结果不是同一个单位：{first}、{second}",
                f"the assessments are of two subjects: {first}, {second}",
            ),
            Words("确实要比的，加 --different-subjects", "if that is meant, add --different-subjects"),
        )
    if not any(pair.before is not None and pair.after is not None for pair in pairs(before, after)):
        first, second = (one["ruleset"]["id"] for one in (before, after))
        yield (
            "no_common_criterion",
            Words(
                f"{first} 与 {second} 没有一项指标能对应",
                f"{first} and {second} have no criterion in common",
            ),
            Words(
                "只比同一套标准，或指标写明 supersedes 的前后两版",
                "compare one standard, or two editions whose criteria say what they supersede",
            ),
        )
