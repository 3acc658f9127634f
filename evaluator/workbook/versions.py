"""A form that was made from another version of a ruleset: what is new since, and what is asked for no more. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.catalogue import Catalogue
from evaluator.digests import ruleset_digest
from evaluator.errors import Place, Words
from evaluator.ruleset import Ruleset
from evaluator.windows import Span, first_day, last_day, month_number
from evaluator.workbook.asked import Key, asked, asked_of_a_street, only_states
from evaluator.workbook.form import RulesetMark
from evaluator.workbook.read import Note
from evaluator.workbook.reading import FilledForm

_MOST_NAMED = 8


def changes(form: FilledForm, mark: RulesetMark, ruleset: Ruleset, catalogue: Catalogue) -> Iterator[Note]:
    """A note naming both versions of ``ruleset`` and the items that came and went since; nothing where it is the same."""
    if ruleset_digest(ruleset, catalogue) == mark.digest:
        return
    start = month_number(ruleset.effective.from_)
    span = Span(first_day(start), last_day(start + ruleset.period.months - 1))
    wanted = asked([(ruleset, catalogue)], span)
    if only_states(form.about.kind, [ruleset]):
        wanted = asked_of_a_street(wanted, catalogue)
    now = {key for key in wanted.items if not _retired(key, catalogue)}
    then = {(item.kind, item.id) for item in form.about.items if mark.id in item.rulesets}
    new = [catalogue.label(name) for kind, name in sorted(now - then)]
    labels = {(item.kind, item.id): item.label for item in form.about.items}
    gone = [labels[key] for key in sorted(then - now)]
    zh = f"这张表按 {mark.id} {mark.version} 版制作，现在是 {ruleset.version} 版"
    en = f"the form was made from {mark.id} {mark.version}; the version here is {ruleset.version}"
    if new:
        zh += f"；新增：{_listed(one.zh for one in new)}，表里没有，可用 duibiao convert 换成新表再补填"
        en += f"; new: {', '.join(one.en for one in new[:_MOST_NAMED])}: convert the form to fill these in"
    if gone:
        zh += f"；不再用到：{_listed(gone)}"
        en += f"; no longer asked for: {', '.join(gone[:_MOST_NAMED])}"
    if not new and not gone:
        zh += "；要填的内容没有变化"
        en += "; what is asked for is the same"
    yield Note(Place(form.source.file), "", Words(zh, en))


def _retired(key: Key, catalogue: Catalogue) -> bool:
    kind, name = key
    item = catalogue.items(kind).get(name)
    return item is not None and item.retired is not None


def _listed(names: Iterable[str]) -> str:
    listed = list(names)
    more = f"等 {len(listed)} 项" if len(listed) > _MOST_NAMED else ""
    return "、".join(listed[:_MOST_NAMED]) + more
