"""A change as a sentence, in the words of clauses: 六(二) 文明楼组达到比例：由不低于 5% 提高到不低于 8%."""

from __future__ import annotations

from evaluator.errors import Words
from evaluator.revising.change import Change, Entry, Verb

_VERBS: dict[Verb, Words] = {
    "raised": Words("提高到", "raised to"),
    "lowered": Words("降低到", "lowered to"),
    "changed": Words("改为", "changed to"),
}
# What is long is told in the table, not in a sentence.
_LONG = {"requirement", "remedy", "definition_changed", "help", "action", "levels_reworded"}


def sentence(entry: Entry, change: Change) -> Words:
    """What changed, with the clause and the title of what it changed in."""
    clause = f"{entry.clause} " if entry.clause else ""
    said = said_of(change)
    return Words(f"{clause}{entry.title.zh}：{said.zh}", f"{clause}{entry.title.en}: {said.en}")


def said_of(change: Change) -> Words:
    """What changed: from what to what, what was added, or what was taken away."""
    old, new, what = change.old, change.new, change.aspect
    if change.code == "reordered":
        return Words("只调整了排列顺序", "only the order changed")
    if old is None and new is not None:
        return Words(f"新增{what.zh}：{new.zh}", f"new {what.en}: {new.en}")
    if new is None and old is not None:
        return Words(f"取消{what.zh}：{old.zh}", f"dropped {what.en}: {old.en}")
    if old is None or new is None or change.code in _LONG:
        return Words(f"{what.zh}有修改", f"{what.en} was rewritten")
    verb = _VERBS[change.verb]
    head = what.zh + " " * _figure(what.zh[-1:])
    return Words(
        f"{head}由{_apart(old.zh)}{verb.zh}{_before(new.zh)}",
        f"{what.en} {verb.en}".strip() + f" {new.en} (was {old.en})",
    )


def _apart(text: str) -> str:
    """``text`` as it stands within a Chinese sentence: figures stand apart from the words around them."""
    return f"{_before(text)} " if _figure(text[-1:]) else _before(text)


def _before(text: str) -> str:
    return f" {text}" if _figure(text[:1]) else text


def _figure(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter == "%")
