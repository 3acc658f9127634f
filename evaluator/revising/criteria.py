"""What changed in one criterion; what was added, dropped, split or merged."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.canonical import plain_data
from evaluator.errors import Words
from evaluator.revising.asked import Asked
from evaluator.revising.asking import Asking
from evaluator.revising.change import Change, Effect, Entry, both, changed, joined, told, turned
from evaluator.revising.checks import check_changes
from evaluator.revising.fields import field_changes
from evaluator.revising.lines import line_changes
from evaluator.revising.matching import Matched
from evaluator.revising.sides import Side, Two, listed, same
from evaluator.revising.words import aspect
from evaluator.ruleset import Criterion, Section

_FORMS = ("check", "deduct", "best_of", "earn")
# What the same lines come to with other points of the criterion.
_FROM = {
    "deduct": Words("从 {} 分起扣", "from {} points"),
    "best_of": Words("最高 {} 分", "{} points at most"),
    "earn": Words("累计至多 {} 分", "up to {} points"),
}


def criterion_entry(matched: Matched, two: Two, asked: Asked) -> Entry:
    """What changed in criteria that answer to each other; without changes where they do not differ."""
    shown = (matched.new or matched.old)[0]
    clause = shown.clause + (f" {shown.item}" if shown.item else "")
    old, new = ([one.id for one in side] for side in (matched.old, matched.new))
    title = Words(shown.title.zh, shown.title.en)
    if matched.match == "split":
        title = Words(matched.old[0].title.zh, matched.old[0].title.en)
    return Entry(
        "criterion",
        matched.match,
        tuple(old),
        tuple(new),
        clause,
        title,
        tuple(_changes(matched, two, asked)),
    )


def _changes(matched: Matched, two: Two, asked: Asked) -> Iterator[Change]:
    if matched.match == "added":
        yield from _added(matched.new[0], two, asked)
    elif matched.match == "dropped":
        yield _dropped(matched.old[0], two)
    elif matched.match in ("split", "merged"):
        yield from _regrouped(matched, two, asked)
    else:
        yield from _between(matched.old[0], matched.new[0], two, asked)


def _summary(criterion: Criterion, side: Side, *, titled: bool = False) -> Words:
    """What a criterion asks, and its points."""
    does, points = side.does(criterion), criterion.points
    head = f"{criterion.title.zh}：" if titled else "", f"{criterion.title.en}: " if titled else ""
    return Words(f"{head[0]}{does.zh}（{points} 分）", f"{head[1]}{does.en} ({points} points)")


def _added(criterion: Criterion, two: Two, asked: Asked) -> Iterator[Change]:
    effect: Effect = "looser" if criterion.level == "may" else "stricter"
    yield changed(aspect("criterion"), None, _summary(criterion, two.new), "added", effect)
    yield from asked.newly(criterion)


def _dropped(criterion: Criterion, two: Two) -> Change:
    effect: Effect = "stricter" if criterion.level == "may" else "looser"
    found = changed(aspect("criterion"), _summary(criterion, two.old), None, "dropped", effect)
    return found._replace(part="major")


def _regrouped(matched: Matched, two: Two, asked: Asked) -> Iterator[Change]:
    texts = (
        listed([_summary(one, two.old, titled=True) for one in matched.old], "；", "; "),
        listed([_summary(one, two.new, titled=True) for one in matched.new], "；", "; "),
    )
    reason = (
        Words(f"一项拆为 {len(matched.new)} 项", f"one criterion became {len(matched.new)}")
        if matched.match == "split"
        else Words(f"{len(matched.old)} 项并为一项", f"{len(matched.old)} criteria became one")
    )
    found = changed(aspect("criterion"), *texts, matched.match, "depends")
    gone = {one.id for one in matched.old} - {one.id for one in matched.new}
    yield found._replace(part="major" if gone else "minor", reason=reason)
    sums = both(lambda side: sum(one.points.value for one in side), matched.old, matched.new)
    if sums[0] != sums[1]:
        points = both(lambda one: Words(f"合计 {one} 分", f"{one} points together"), *sums)
        yield changed(aspect("points"), *points, "points_moved", "depends")
    for one in matched.new:
        yield from asked.newly(one)


def _between(old: Criterion, new: Criterion, two: Two, asked: Asked) -> Iterator[Change]:
    if old.id != new.id:
        renamed = told(Words("标识", "id"), same(old.id), same(new.id), "renamed", "particulars")
        yield renamed._replace(part="major")
    at = Asking(two, (old.points.value, new.points.value))
    yield from _judged(old, new, at)
    yield from asked.newly(new)
    yield from field_changes(old, new, two, {*_FORMS, "id", "supersedes", "credit", "applies_when"})


def _judged(old: Criterion, new: Criterion, at: Asking) -> Iterator[Change]:
    """The check or the lines, and the condition."""
    forms = both(lambda one: [form for form in _FORMS if getattr(one, form, None) is not None], old, new)
    if forms[0] != forms[1]:
        texts = at.two.old.does(old), at.two.new.does(new)
        yield changed(aspect("check"), *texts, "check_changed", "depends")
    elif old.check is not None and new.check is not None:
        yield from check_changes(old.check, new.check, at)
    else:
        for form in forms[0]:
            yield from line_changes(getattr(old, form), getattr(new, form), form, at)
            yield from _shares(old, new, form, at)
    yield from _condition(old, new, at)


def _shares(old: Criterion, new: Criterion, form: str, at: Asking) -> Iterator[Change]:
    # Lines state points: with other points of the criterion the same lines are another share of it.
    if at.points[0] != at.points[1] and plain_data(getattr(old, form)) == plain_data(getattr(new, form)):
        from_ = _FROM[form]
        texts = both(lambda one: Words(from_.zh.format(one.points), from_.en.format(one.points)), old, new)
        reason = Words(
            "各情形的分没有随分值调整，所占份额改变", "the lines kept their points: their shares changed"
        )
        yield changed(aspect(form), *texts, "shares_changed", "depends")._replace(reason=reason)


def _condition(one: Criterion, other: Criterion, at: Asking) -> Iterator[Change]:
    old, new = one.applies_when, other.applies_when
    if plain_data(old) == plain_data(new):
        return
    texts = (
        None if old is None else at.two.old.asks(old),
        None if new is None else at.two.new.asks(new),
    )
    if old is None or new is None:
        effect: Effect = "looser" if old is None else "stricter"
    else:
        effect = turned(joined(one.effect for one in check_changes(old, new, at.inside(old))))
    gains = _only_gains(one, at.two.old), _only_gains(other, at.two.new)
    if any(gains):
        effect = turned(effect) if all(gains) else "depends"
    yield changed(aspect("applies_when"), *texts, "applicability_changed", effect)


def _only_gains(criterion: Criterion, side: Side) -> bool:
    """Whether to be asked can only add points: what does not apply counts nothing, too."""
    nothing = criterion.level == "may" or side.ruleset.scoring.not_applicable == "zero"
    return nothing and not criterion.veto


def moved(old: Section, new: Section) -> Change | None:
    """A criterion that stands in another section now; it is judged otherwise only where a section bounds points."""
    if old.id == new.id:
        return None
    texts = both(lambda one: Words(one.title.zh, one.title.en), old, new)
    if any(_bounds(one) for one in (old, new)):
        return changed(aspect("moved"), *texts, "moved", "depends")
    return told(aspect("moved"), *texts, "moved", "particulars")


def _bounds(section: Section) -> bool:
    plain = {"id", "title", "criteria"}
    return any(getattr(section, name) for name in type(section).model_fields if name not in plain)
