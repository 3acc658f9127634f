"""Dates in force: those of the ruleset and of its thresholds. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.checking.walking import Standing
from evaluator.checks import Check
from evaluator.checks.group import Group
from evaluator.crediting import COMPARISONS
from evaluator.errors import Fault, Words
from evaluator.ruleset import Criterion, Path, Ruleset


def threshold_dates(criterion: Criterion, path: Path, ruleset: Ruleset) -> Iterator[Fault]:
    """Dated thresholds that leave the ruleset's first days without one."""
    start = ruleset.effective.from_
    for where, check in criterion.checks():
        for inner, threshold in _thresholds(check):
            if isinstance(threshold, dict) and min(threshold) > start:
                zh = f"分日期的阈值最早为 {min(threshold)}，晚于规则集生效日 {start}"
                en = f"the earliest dated threshold, {min(threshold)}, is later than the ruleset's start, {start}"
                mend = Words("补上生效日起的阈值", "add the value in force from the start")
                yield Fault("late_threshold", (*path, *where, *inner), Words(zh, en), mend)


def _thresholds(check: Check) -> Iterator[tuple[Path, object]]:
    if isinstance(check, Group):
        for where, member in check.members():
            for inner, threshold in _thresholds(member):
                yield (*where, *inner), threshold
    for name in COMPARISONS:
        yield (name,), getattr(check, name, None)


def head_faults(ruleset: Ruleset) -> Iterator[Fault]:
    """Who is judged, and from when to when."""
    if not ruleset.subject:
        what = Words("subject 为空，没有单位可评", "subject is empty: nobody is judged")
        yield Fault("empty_list", ("subject",), what, Words("写明评哪一类单位", "say who is judged"))
    effective = ruleset.effective
    if effective.to is not None and effective.to < effective.from_:
        what = Words("适用时间的止日早于起日", "the time in force ends before it begins")
        yield Fault(
            "reversed_effect", ("effective", "to"), what, Words("对调 from 与 to", "exchange from and to")
        )


def idle_dates(one: Standing, ruleset: Ruleset) -> Iterator[Fault]:
    """Dated thresholds that no day in force ever picks."""
    start, end = ruleset.effective.from_, ruleset.effective.to
    for name, threshold in _own_thresholds(one.check):
        if not isinstance(threshold, dict):
            continue
        days = sorted(threshold)
        picked = max((day for day in days if day <= start), default=days[0])
        for day in days:
            path = (*one.path, name, day.isoformat())
            if end is not None and day > end:
                what = Words(
                    f"{day} 起的阈值用不上：规则集 {end} 就停用了",
                    f"the threshold from {day} is never used: the ruleset ends on {end}",
                )
                yield Fault("threshold_out_of_force", path, what, _CHECK_DATES)
            elif day < picked:
                what = Words(
                    f"{day} 起的阈值用不上：{start} 生效时，已是 {picked} 起的一档",
                    f"the threshold from {day} is never used: on {start} that from {picked} holds already",
                )
                yield Fault("threshold_out_of_force", path, what, _CHECK_DATES)


_CHECK_DATES = Words("核对日期，或删去这一档", "check the date, or leave this one out")


def _own_thresholds(check: Check) -> Iterator[tuple[str, object]]:
    for name in COMPARISONS:
        yield name, getattr(check, name, None)
