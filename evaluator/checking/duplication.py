"""Evidence that is counted twice for the same thing. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.checking.applicability import exclusive
from evaluator.checking.canonical import judged_by, line_as, same_as
from evaluator.checking.walking import Standing
from evaluator.checks.group import Group
from evaluator.errors import Fault, Words
from evaluator.ruleset import Criterion, Path, Ruleset


def duplication_faults(ruleset: Ruleset) -> Iterator[Fault]:
    """Criteria that are judged by the same check, unless no subject falls under both; lines of one criterion that do the same."""
    before: dict[str, list[Criterion]] = {}
    for path, _, criterion in ruleset.criteria():
        yield from _lines(criterion, path)
        if not any(True for use in criterion.uses() if use.path[:1] != ("applies_when",)):
            continue
        same = before.setdefault(judged_by(criterion), [])
        other = next((one for one in same if not exclusive(one, criterion)), None)
        if other is not None:
            what = Words(
                f"与 {other.id} 的检查相同，同一份佐证算了两次",
                f"the same check as that of {other.id}: the same evidence counts twice",
            )
            mend = Words(
                "合并为一个指标；面向不同对象的，用 applies_when 分开",
                "make one of them, or part them by applies_when",
            )
            yield Fault("counted_twice", (*path, "id"), what, mend)
        same.append(criterion)


def _lines(criterion: Criterion, path: Path) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for n, line in enumerate(criterion.deduct or ()):
        key = line_as(line)
        if key in seen:
            what = Words(
                f"这一条与第 {seen[key] + 1} 条扣的是同一件事",
                f"line {seen[key] + 1} takes points for the same",
            )
            yield Fault("repeated_line", (*path, "deduct", n), what, Words("只留一条", "keep one of them"))
        seen.setdefault(key, n)


def repeated_member_faults(one: Standing) -> Iterator[Fault]:
    """A member that stands twice in a group."""
    if not isinstance(one.check, Group):
        return
    seen: set[str] = set()
    for where, member in one.check.members():
        key = same_as(member)
        # Ratings without evidence are told apart by the criterion alone.
        if key in seen and any(True for _ in member.uses()):
            what = Words("组合里有两项相同的检查", "a member of the group stands twice")
            yield Fault("repeated_member", (*one.path, *where), what, Words("只留一项", "keep one of them"))
        seen.add(key)
