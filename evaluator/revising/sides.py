"""One side of a difference: a ruleset with its catalogue, and how it puts into words what a check asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from evaluator.alternatives import BestOf
from evaluator.assessment_document import wording_of
from evaluator.catalogue import Catalogue
from evaluator.checks import Check
from evaluator.checks.group import Group
from evaluator.checks.subject import SubjectCheck
from evaluator.crediting import Context
from evaluator.deductions import Deduction
from evaluator.errors import Words
from evaluator.exact import Exact
from evaluator.facts import no_facts
from evaluator.model import Model, Use
from evaluator.ruleset import Criterion, Ruleset
from evaluator.windows import Span
from evaluator.wording import Wording


class Side:
    """A ruleset with its catalogue."""

    def __init__(self, ruleset: Ruleset, catalogue: Catalogue) -> None:
        self.ruleset, self.catalogue = ruleset, catalogue
        self.wording: Wording = wording_of(ruleset, catalogue)
        start = ruleset.effective.from_
        # A year that starts where the ruleset begins to be in force: deadlines find their day in it.
        self.span = Span(start, date(start.year + 1, start.month, min(start.day, 28)))
        self.nothing = no_facts(self.span)

    def label(self, name: str) -> Words:
        """The label of an item of the catalogue."""
        return self.wording.label(name)

    def labels(self, names: Iterable[str]) -> Words:
        """The labels of several items."""
        found = [self.label(name) for name in names]
        return listed(found)

    def asks(self, check: Check, points: Fraction | None = None) -> Words:
        """What ``check`` asks for, with that of its members."""
        context = Context(self.span, self.span.start, self.catalogue, points)
        words = self.wording.required(check.compile(context)(self.nothing)) or Words("", "")
        if not isinstance(check, Group):
            return words
        return named(words, listed([self.asks(one) for _, one in check.members()], "；", "; "))

    def does(self, criterion: Criterion) -> Words:
        """How ``criterion`` is judged: its check, its lines of deduction, its alternatives, in words."""
        points = criterion.points.value
        if criterion.check is not None:
            return self.asks(criterion.check, points)
        found: list[Words] = []
        for name in type(criterion).model_fields:
            value = getattr(criterion, name)
            if isinstance(value, tuple) and value and isinstance(value[0], Model):
                found.extend(self.line(one) for one in value)
        return listed(found, "；", "; ")

    def line(self, line: Model) -> Words:
        """A line that takes or earns points, in words."""
        what = self.occasion(line)
        if isinstance(line, BestOf):
            points = str(line.points)
            return Words(f"{what.zh}得 {points} 分", f"{what.en}: {points} points")
        amount = self.amount(line)
        return Words(f"{what.zh}{amount.zh}", f"{what.en}: {amount.en}")

    def occasion(self, line: Model) -> Words:
        """For what a line takes or earns points."""
        for name in type(line).model_fields:
            value = getattr(line, name)
            if name == "each" and value is not None:
                item = value.count or value.events or value.documents
                label, unit = self.label(item), self.wording.unit(item)
                return Words(f"每有一{unit.zh}{label.zh}", f"each of {label.en}")
            if isinstance(value, Model) and hasattr(value, "kind"):
                words = self.asks(value)  # type: ignore[arg-type]  # what has a kind is a check
                return Words(_OCCASIONS.get(name, ("“{}”", ""))[0].format(words.zh), words.en)
        return Words("", "")

    def amount(self, line: Model) -> Words:
        """How many points a line takes or earns, up to how many."""
        zh, en = [], []
        step = getattr(line, "step", None)
        if step is not None:
            zh.append(f"每差 {step} ")
            en.append(f"each {step} off")
        if isinstance(line, Deduction):
            lose = line.lose
            zh.append("扣光" if lose == "all" else f"扣 {lose} 分")
            en.append("all points lost" if lose == "all" else f"{lose} points lost")
        elif getattr(line, "points", None) is not None:
            zh.append(f"得 {line.points} 分")  # type: ignore[attr-defined]  # just seen
            en.append(f"{line.points} points")  # type: ignore[attr-defined]
        cap = getattr(line, "cap", None)
        if cap is not None:
            zh.append(f"，最多 {cap} 分")
            en.append(f"at most {cap}")
        return Words("".join(zh), ", ".join(en))

    def parts(self, document: str, parts: Iterable[str]) -> Words:
        """Contents of a document by their labels."""
        return self.wording.parts(document, tuple(parts))


_OCCASIONS = {
    "unless": ("“{}”未做到的", ""),
    "each_missed": ("“{}”每缺一次", ""),
    "each_below": ("“{}”未达到的", ""),
    "each_above": ("“{}”超过的", ""),
    "when": ("“{}”做到的", ""),
}


class Two(NamedTuple):
    """Both sides."""

    old: Side
    new: Side


def listed(texts: Iterable[Words], zh: str = "、", en: str = ", ") -> Words:
    """Texts in a row; empty ones are left out."""
    found = [one for one in texts if one.zh]
    return Words(zh.join(one.zh for one in found), en.join(one.en for one in found))


def named(head: Words, text: Words) -> Words:
    """``head: text``, whichever of them there is."""
    if not head.zh or not text.zh:
        return head if head.zh else text
    return Words(f"{head.zh}：{text.zh}", f"{head.en}: {text.en}")


def same(text: str) -> Words:
    """A number or an identifier, that both languages write alike."""
    return Words(text, text)


def points_of(number: Exact | str | None) -> Words | None:
    """So many points."""
    if number is None:
        return None
    return Words("全部分值", "all points") if number == "all" else Words(f"{number} 分", f"{number} points")


def walked(model: object) -> Iterable[Model]:
    """``model`` and every model inside it, whatever its fields are called."""
    if isinstance(model, Model):
        yield model
        for name in type(model).model_fields:
            yield from walked(getattr(model, name))
    elif isinstance(model, tuple) and not isinstance(model, Exact):
        for one in model:
            yield from walked(one)


def evidence_of(criterion: Criterion) -> frozenset[tuple[str, str]]:
    """What a criterion draws on, as kind and id: items of the catalogue, attributes of the subject, and levels given to it."""
    found: set[tuple[str, str]] = {(use.kind, use.id) for use in criterion.uses()}
    found.update(("attributes", one.attribute) for one in walked(criterion) if isinstance(one, SubjectCheck))
    return frozenset(found)


def uses_of(ruleset: Ruleset) -> Iterable[Use]:
    """Every use of a catalogue item by a ruleset: by its criteria, and by lines of deduction wherever they stand."""
    for _, _, criterion in ruleset.criteria():
        yield from criterion.uses()
    for holder in (ruleset.scoring, *ruleset.sections):
        for line in walked(holder):
            if isinstance(line, Deduction):
                yield from line.own_uses()
                for _, check in line.checks():
                    yield from check.uses()
