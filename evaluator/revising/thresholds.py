"""Thresholds, steps and scales in words, with the days from which they hold; and what kind of change it is."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from evaluator.crediting import COMPARISONS, Graded, Thresholds
from evaluator.errors import Words
from evaluator.exact import Exact
from evaluator.required_wording import asked
from evaluator.revising.change import Verb
from evaluator.revising.direction import dates_of, in_force
from evaluator.revising.sides import listed

_CREDIT = {
    "proportional": Words("，按比例给分", ", in proportion"),
    "all_or_nothing": Words("全部达到才得分", "all or nothing"),
    None: Words("按达到的份额给分", "by the share that is met"),
}


def graded_words(graded: Graded, unit: Words, points: Fraction | None) -> Words:
    """How a measured number becomes credit: ``不低于 5%``; dated, each with the day from which it holds."""
    credit = getattr(graded, "credit", None)
    days = dates_of(graded)
    texts = [asked(in_force(graded, day, points), unit, points) for day in days]
    if not texts[0].zh:
        return _CREDIT[credit]
    # What holds from the beginning of time is what the earliest date says.
    dated = list(zip(days[1:], texts[1:], strict=True))
    words = listed([_since(day, text) for day, text in dated], "；", "; ") if dated else texts[0]
    added = _CREDIT[credit] if credit == "proportional" else Words("", "")
    return Words(words.zh + added.zh, words.en + added.en)


def _since(day: date, text: Words) -> Words:
    return Words(f"{day} 起{text.zh}", f"from {day} {text.en}")


def dated_words(value: Exact | dict[date, Exact], form: Words) -> Words:
    """A perhaps dated number in ``form``, which holds ``{}``."""
    if isinstance(value, Exact):
        return Words(form.zh.format(value), form.en.format(value))
    return listed([_since(day, dated_words(one, form)) for day, one in value.items()], "；", "; ")


def moved(old: Thresholds, new: Thresholds) -> tuple[str, Verb]:
    """The code of a change of thresholds, and its verb: a number raised or lowered, or something else."""
    before, after = _only(old), _only(new)
    if before is None or after is None or old.credit != new.credit:
        return "credit_changed", "changed"
    if before[0] != after[0]:
        return "operator_changed", "changed"
    values = before[1], after[1]
    if not (isinstance(values[0], Exact) and isinstance(values[1], Exact)):
        return "threshold_dated", "changed"
    if values[0].value == values[1].value:
        return "threshold_changed", "changed"
    return (
        ("threshold_raised", "raised")
        if values[1].value > values[0].value
        else ("threshold_lowered", "lowered")
    )


def _only(graded: Thresholds) -> tuple[str, object] | None:
    stated = [(name, getattr(graded, name)) for name in COMPARISONS if getattr(graded, name) is not None]
    return stated[0] if len(stated) == 1 else None
