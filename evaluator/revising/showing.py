"""What changed in checks that look at what is there: document, statement, rating, subject."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.checks.document import DocumentCheck
from evaluator.checks.rating import Rating
from evaluator.checks.statement import StatementCheck
from evaluator.checks.subject import SubjectCheck
from evaluator.errors import Words
from evaluator.exact import decimal
from evaluator.revising.asking import Asking, attachment, item, narrowed, sooner
from evaluator.revising.change import Change, both, changed
from evaluator.revising.direction import effect_of
from evaluator.revising.sides import listed, same
from evaluator.revising.words import STATE, aspect


def document(old: DocumentCheck, new: DocumentCheck, at: Asking) -> Iterator[Change]:
    """The type, its state, the deadline, the attachment, and what it has to state."""
    yield from item(old, new, "documents", at)
    states = both(lambda one: one.state or ("" if one.issued_by else "in_force"), old, new)
    if states[0] != states[1]:
        yield changed(aspect("state"), *both(STATE.__getitem__, *states), "changed", "depends")
    if old.issued_by != new.issued_by:
        texts = both(lambda one: None if one is None else same(one), old.issued_by, new.issued_by)
        effect = sooner(old.issued_by, new.issued_by)
        yield changed(aspect("issued_by"), *texts, "deadline_moved", effect)
    yield from attachment(old, new)
    fresh = [one for one in new.contains if one not in old.contains]
    gone = [one for one in old.contains if one not in new.contains]
    if fresh:
        words = at.two.new.parts(new.documents, fresh)
        yield changed(aspect("contains"), None, words, "part_added", "stricter")
    if gone:
        words = at.two.old.parts(old.documents, gone)
        yield changed(aspect("contains"), words, None, "part_dropped", "looser")


def statement(old: StatementCheck, new: StatementCheck, at: Asking) -> Iterator[Change]:
    """The statement, and its attachment."""
    yield from item(old, new, "statement", at)
    yield from attachment(old, new)


def rating(old: Rating, new: Rating, _at: Asking) -> Iterator[Change]:
    """What the levels earn, and what they mean."""
    credits = both(lambda one: {level.level: level.credit.value for level in one.levels}, old, new)
    if credits[0] != credits[1]:
        alike = credits[0].keys() == credits[1].keys()
        effect = (
            effect_of(credits[0][level] - credits[1][level] for level in credits[0]) if alike else "depends"
        )
        yield changed(aspect("levels"), *both(_earning, old, new), "levels_changed", effect)
    meant = both(lambda one: {level.level: level.text for level in one.levels}, old, new)
    if any(meant[0][level] != meant[1][level] for level in meant[0].keys() & meant[1].keys()):
        # A person rates by these words: what they say is what is judged.
        yield changed(aspect("level_text"), *both(_meaning, old, new), "levels_reworded", "depends")


def _earning(one: Rating) -> Words:
    shares = [(level.level, decimal(level.credit.value * 100)) for level in one.levels]
    return Words(
        "；".join(f"{level} 档得 {share}%" for level, share in shares),
        "; ".join(f"level {level}: {share}%" for level, share in shares),
    )


def _meaning(one: Rating) -> Words:
    return Words(
        "；".join(f"{level.level} 档：{level.text.zh}" for level in one.levels),
        "; ".join(f"level {level.level}: {level.text.en or level.text.zh}" for level in one.levels),
    )


def subject(old: SubjectCheck, new: SubjectCheck, _at: Asking) -> Iterator[Change]:
    """The attribute, and the values that hold."""
    if old.attribute != new.attribute:
        texts = same(old.attribute), same(new.attribute)
        yield changed(aspect("attribute"), *texts, "evidence_changed", "depends")
    if set(old.in_) != set(new.in_):
        values = both(lambda one: listed(map(same, one.in_)), old, new)
        yield changed(aspect("values"), *values, "changed", narrowed(old.in_, new.in_))
