"""How much of an input is read: every bound that a user may meet and may have to raise, its default, and how far it may be set.

A limit only ever refuses: what is read within it comes to the same under any other. Readers ask ``in_force()`` once a file. What
each bounds, and why, is worded in ``evaluator.limits_table``; docs/limits.md prints it with what was measured.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeVar

from evaluator.errors import Words

T = TypeVar("T")
KILOBYTE, MEGABYTE, GIGABYTE = 1024, 1024**2, 1024**3
Unit = Literal["bytes", "pixels", "number"]


class Limits(NamedTuple):
    """The value of every limit; the defaults are those of this record. Sizes are in bytes."""

    largest_submission: int = 8 * MEGABYTE
    most_items: int = 200_000
    deepest_nesting: int = 40
    most_includes: int = 10
    largest_workbook: int = 64 * MEGABYTE
    workbook_unpacked: int = 16 * MEGABYTE
    workbook_pictures: int = 128 * MEGABYTE
    workbook_parts: int = 5_000
    workbook_rows: int = 5_000
    workbook_cells: int = 4_000_000
    largest_rectification: int = 4 * MEGABYTE
    package_files: int = 5_000
    package_file: int = 100 * MEGABYTE
    package_total: int = 2 * GIGABYTE
    package_ratio: int = 100
    document_parts: int = 20_000
    photo_pixels: int = 120_000_000
    table_row_group: int = 128 * MEGABYTE
    table_subject_rows: int = 20_000
    largest_rule_file: int = 4 * MEGABYTE
    rule_items: int = 200_000
    largest_bundle: int = 32 * MEGABYTE
    largest_official_text: int = 2 * MEGABYTE
    official_text_lines: int = 50_000
    official_text_clauses: int = 5_000
    impact_values: int = 50
    largest_assessment: int = 16 * MEGABYTE
    assessment_items: int = 1_000_000
    largest_scorecard: int = 48 * MEGABYTE
    scorecard_unpacked: int = 96 * MEGABYTE
    scorecard_objects: int = 60_000
    scorecard_assessment: int = 768 * KILOBYTE
    scorecard_items: int = 40_000
    scorecards_at_once: int = 100_000


DEFAULTS = Limits()
# As far as a limit may be raised: beyond it a machine of a few gigabytes, or a recursion, would not hold.
CEILINGS = Limits(
    largest_submission=64 * MEGABYTE,
    most_items=2_000_000,
    deepest_nesting=100,
    most_includes=100,
    largest_workbook=512 * MEGABYTE,
    workbook_unpacked=128 * MEGABYTE,
    workbook_pictures=GIGABYTE,
    workbook_parts=50_000,
    workbook_rows=50_000,
    workbook_cells=40_000_000,
    largest_rectification=32 * MEGABYTE,
    package_files=50_000,
    package_file=GIGABYTE,
    package_total=64 * GIGABYTE,
    package_ratio=1_000,
    document_parts=60_000,
    photo_pixels=1_000_000_000,
    table_row_group=8 * GIGABYTE,
    table_subject_rows=200_000,
    largest_rule_file=32 * MEGABYTE,
    rule_items=2_000_000,
    largest_bundle=256 * MEGABYTE,
    largest_official_text=16 * MEGABYTE,
    official_text_lines=400_000,
    official_text_clauses=40_000,
    impact_values=1_000,
    largest_assessment=128 * MEGABYTE,
    assessment_items=10_000_000,
    largest_scorecard=512 * MEGABYTE,
    scorecard_unpacked=GIGABYTE,
    scorecard_objects=600_000,
    scorecard_assessment=64 * MEGABYTE,
    scorecard_items=2_000_000,
    scorecards_at_once=1_000_000,
)
KEYS = Limits._fields
_IN_BYTES = frozenset(
    "largest_submission largest_workbook workbook_unpacked workbook_pictures largest_rectification package_file "
    "package_total table_row_group largest_rule_file largest_bundle largest_official_text largest_assessment "
    "largest_scorecard scorecard_unpacked scorecard_assessment".split()
)
_in_force = DEFAULTS


def in_force() -> Limits:
    """The limits of this process."""
    return _in_force


def put_in_force(limits: Limits) -> Limits:
    """Let ``limits`` hold for this process from now on; returns those before. For whoever starts it: a command, a worker."""
    global _in_force
    before, _in_force = _in_force, limits
    return before


def differing(limits: Limits) -> dict[str, int]:
    """The values of ``limits`` that are not the defaults, by key."""
    pairs = zip(KEYS, limits, DEFAULTS, strict=True)
    return {key: value for key, value, default in pairs if value != default}


def made_within(limits: Limits, make: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    """``make(*arguments)`` in another process, where the limits of the one that asks hold from then on."""
    put_in_force(limits)
    return make(*arguments)


def unit_of(key: str) -> Unit:
    """What the limit ``key`` counts."""
    if key in _IN_BYTES:
        return "bytes"
    return "pixels" if key == "photo_pixels" else "number"


def least_of(key: str) -> int:
    """As far as the limit ``key`` may be lowered."""
    return KILOBYTE if key in _IN_BYTES else 1


def written(value: int, unit: Unit) -> str:
    """A value as people read it, and as a file of limits may say it.

    >>> written(64 * MEGABYTE, "bytes"), written(120_000_000, "pixels"), written(200_000, "number")
    ('64 MB', '120 MP', '200,000')
    """
    scales: dict[Unit, tuple[tuple[int, str], ...]] = {
        "bytes": ((GIGABYTE, " GB"), (MEGABYTE, " MB"), (KILOBYTE, " KB"), (1, " B")),
        "pixels": ((10**6, " MP"),),
        "number": (),
    }
    for scale, name in scales[unit]:
        if value >= scale and value % scale == 0:
            return f"{value // scale}{name}"
    return f"{value:,}"


def raising(key: str, first: Words | None = None) -> Words | None:
    """The mend of a refusal by the limit ``key``: ``first`` what the sender can do, then how whoever runs this can raise it."""
    value: int = getattr(_in_force, key)
    if value >= getattr(CEILINGS, key):
        return first
    now = written(value, unit_of(key))
    zh = f"如确有需要，在 limits.yaml 里把 {key} 调大（现为 {now}），见 duibiao limits"
    en = f"if it has to be, raise {key} in limits.yaml (now {now}): see duibiao limits"
    return Words(f"{first.zh}；{zh}", f"{first.en}; {en}") if first else Words(zh, en)
