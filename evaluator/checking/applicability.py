"""Conditions and groups that contradict themselves, and attributes that look misspelt. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from evaluator.catalogue import Catalogue
from evaluator.checking.canonical import measured_as, same_as
from evaluator.checking.measures import measure_of
from evaluator.checking.walking import Standing, every_check
from evaluator.checks import Check
from evaluator.checks.group import Group
from evaluator.checks.subject import SubjectCheck
from evaluator.crediting import Comparisons
from evaluator.errors import Fault, Words
from evaluator.exact import Exact
from evaluator.ruleset import Criterion, Path, Ruleset

# Below this two words are different words.
_ALIKE = 0.8


def subjects_of(check: Check | None) -> dict[str, frozenset[str]]:
    """What must hold of each attribute of the subject for ``check`` to hold; nothing where it asks for none."""
    found: dict[str, frozenset[str]] = {}
    for _, one in _joined(check, ()):
        if isinstance(one, SubjectCheck):
            wanted = frozenset(one.in_)
            found[one.attribute] = found.get(one.attribute, wanted) & wanted
    return found


def exclusive(one: Criterion, other: Criterion) -> bool:
    """Whether no subject can fall under both criteria."""
    mine, theirs = subjects_of(one.applies_when), subjects_of(other.applies_when)
    return any(name in theirs and not wanted & theirs[name] for name, wanted in mine.items())


def _joined(check: Check | None, path: Path) -> Iterator[tuple[Path, Check]]:
    # What all must hold together.
    if isinstance(check, Group) and check.all_ is not None:
        for n, member in enumerate(check.all_):
            yield from _joined(member, (*path, "all", n))
    elif check is not None:
        yield path, check


def contradiction_faults(one: Standing, catalogue: Catalogue, months: int) -> Iterator[Fault]:
    """A group of ``all`` whose members cannot hold together."""
    if not isinstance(one.check, Group) or one.check.all_ is None:
        return
    subjects: dict[str, frozenset[str]] = {}
    limits: dict[str, list[tuple[str, Exact]]] = {}
    for n, member in enumerate(one.check.all_):
        path: Path = (*one.path, "all", n)
        if isinstance(member, SubjectCheck):
            before = subjects.get(member.attribute)
            wanted = frozenset(member.in_)
            if before is not None and not before & wanted:
                zh = f"属性 {member.attribute} 不能既是 {'、'.join(sorted(before))}，又是 {'、'.join(sorted(wanted))}"
                en = f"the attribute {member.attribute} cannot be both {', '.join(before)} and {', '.join(wanted)}"
                yield _contradiction(one, path, zh, en)
                return
            subjects[member.attribute] = wanted if before is None else before & wanted
        elif isinstance(member, Comparisons):
            measure = measure_of(member, catalogue, months)
            own = [limit for limit in member.stated() if not isinstance(getattr(member, limit[0]), dict)]
            together = limits.setdefault(measured_as(member), [])
            alone_possible = measure is not None and not measure.numbers.that(own).empty
            if measure is not None and alone_possible and measure.numbers.that([*together, *own]).empty:
                text = "、".join(f"{name} {limit}" for name, limit in [*together, *own])
                yield _contradiction(
                    one, path, f"同一个数不能同时 {text}", f"one number cannot be {text} at once"
                )
                return
            if alone_possible:
                together.extend(own)


def _contradiction(one: Standing, path: Path, zh: str, en: str) -> Fault:
    code, lead = "never_met", Words("永远达不到", "can never be met")
    if one.condition:
        code, lead = "never_applies", Words("适用条件永远不成立", "the condition never holds")
    mend = Words("几种情形任一即可的，用 any", "use any where one of them is enough")
    return Fault(code, path, Words(f"{lead.zh}：{zh}", f"{lead.en}: {en}"), mend)


def condition_faults(ruleset: Ruleset) -> Iterator[Fault]:
    """A criterion that applies only where its own check already holds."""
    for path, _, criterion in ruleset.criteria():
        if criterion.applies_when is None or criterion.check is None:
            continue
        wanted = same_as(criterion.check)
        if any(same_as(one) == wanted for _, one in _joined(criterion.applies_when, ())):
            what = Words(
                "适用条件就是检查本身：适用的必然达标，不达标的都成了不适用",
                "the condition is the check itself: whatever applies is satisfied",
            )
            mend = Words("条件改写为什么情况下才有这项要求", "say in the condition who has this duty at all")
            yield Fault("condition_is_the_check", (*path, "applies_when"), what, mend)


def attribute_faults(ruleset: Ruleset) -> Iterator[Fault]:
    """An attribute, or one of its values, that stands once and looks like one that stands more often."""
    found = [(one.path, one.check) for one in every_check(ruleset) if isinstance(one.check, SubjectCheck)]
    names = Counter(check.attribute for _, check in found)
    values = Counter((check.attribute, value) for _, check in found for value in check.in_)
    for path, check in found:
        meant = _meant(check.attribute, names)
        if meant is not None:
            yield _odd((*path, "attribute"), check.attribute, meant)
        for n, value in enumerate(check.in_):
            others = Counter({one: times for (name, one), times in values.items() if name == check.attribute})
            meant = _meant(value, others)
            if meant is not None:
                yield _odd((*path, "in", n), value, meant)


def _meant(name: str, times: Counter[str]) -> str | None:
    if times[name] > 1 or len(name) < 4 or re.search(r"\d", name):
        return None
    near = (one for one, often in times.items() if often > 1 and not re.search(r"\d", one))
    return next((one for one in near if SequenceMatcher(None, name, one).ratio() >= _ALIKE), None)


def _odd(path: Path, name: str, meant: str) -> Fault:
    what = Words(
        f"{name} 只出现一次，与多次出现的 {meant} 只差一点",
        f"{name} stands once, and {meant}, which is nearly the same, more often",
    )
    return Fault("odd_attribute", path, what, Words(f"是否想写 {meant}", f"did you mean {meant}?"))
