"""Which of several arrivals stands: duplicates, and the later of two submissions of one subject and period. Pure.

No clock is asked and no time stamp of a file: copying changes those. The later one is told by its data date, else by a
revision that the names state (decision 16); else a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from evaluator.errors import Words
from evaluator.intake.entries import Entry
from evaluator.submission import natural

_REVISION = re.compile(
    r"(?P<base>.*?)[\s_\-（(]*(?:v|ver|rev|第|修订版?|更正版?)[\s.]?(?P<number>\d{1,3})(?:版|稿|次)?[)）]?",
    re.IGNORECASE,
)


def compare_entries(entries: Sequence[Entry]) -> None:
    """Set down which of ``entries`` are duplicates, superseded, or for a person to decide between."""
    for same in _grouped(entries, lambda one: one.digest):
        _duplicates(same)
    standing = [one for one in entries if one.status != "duplicate"]
    for same in _grouped(standing, _occasion):
        _revisions(same)


def _grouped(entries: Iterable[Entry], key: Callable[[Entry], Any]) -> list[list[Entry]]:
    groups: dict[Any, list[Entry]] = {}
    for one in entries:
        groups.setdefault(key(one), []).append(one)
    return [group for group in groups.values() if len(group) > 1]


def _occasion(one: Entry) -> tuple[str, Any, Any]:
    assert one.submission is not None
    return one.submission.subject.id, one.submission.period.from_, one.submission.period.to


def _duplicates(same: list[Entry]) -> None:
    """Of submissions with one content the one with the most files stands; the first by name where they are equal."""
    first, *others = sorted(same, key=lambda one: (len(one.files), natural(one.sent.name)))
    for one in others:
        one.status, one.of = "duplicate", first.sent.name
        exactly = one.sent.digest == first.sent.digest
        zh = f"与 {first.sent.name} {'完全相同' if exactly else '填报内容相同'}"
        en = f"{'identical to' if exactly else 'the same content as'} {first.sent.name}"
        one.reasons.insert(0, Words(zh, en))


def _revisions(same: list[Entry]) -> None:
    """Of several submissions of one subject and period the latest stands, where one is told to be the latest."""
    names = {one.submission.subject.name for one in same if one.submission is not None}
    if len(names) > 1:
        for one in same:
            _unclear(one, Words("单位标识相同而名称不同", "one id, different names"))
        return
    last = max(one.day for one in same)
    latest = [one for one in same if one.day == last]
    chosen = latest[0] if len(latest) == 1 else _latest_by_name(latest)
    if chosen is None:
        others = "、".join(one.sent.name for one in latest)
        for one in latest:
            _unclear(
                one,
                Words(
                    f"同一单位同一评估期有几份，看不出哪份在后：{others}",
                    f"several of one subject and period, and none is told to be the later one: {others}",
                ),
            )
    for one in same:
        if one is not chosen and (chosen is not None or one not in latest):
            _supersede(one, chosen or latest[0], by_name=one.day == last)


def revision(name: str) -> tuple[str, int]:
    """What a file's name says before its revision, and the revision; 1 where it states none.

    >>> revision("翠湖岸_v2.xlsx"), revision("翠湖岸（第3版）.yaml"), revision("翠湖岸12.yaml")
    (('翠湖岸', 2), ('翠湖岸', 3), ('翠湖岸12', 1))
    """
    stem = re.sub(r"\.(ya?ml|json|xlsx|zip)$", "", name, flags=re.IGNORECASE)
    found = _REVISION.fullmatch(stem)
    return (found["base"].casefold(), int(found["number"])) if found else (stem.casefold(), 1)


def _latest_by_name(entries: Sequence[Entry]) -> Entry | None:
    stated = [(*revision(one.sent.name), one) for one in entries]
    numbers = [number for _, number, _ in stated]
    if len({base for base, _, _ in stated}) > 1 or numbers.count(max(numbers)) > 1:
        return None
    return max(stated, key=lambda one: one[1])[2]


def _unclear(one: Entry, why: Words) -> None:
    one.status = "to_confirm"
    one.reasons.insert(0, why)


def _supersede(one: Entry, by: Entry, *, by_name: bool) -> None:
    one.status, one.of = "superseded", by.sent.name
    zh = f"被 {by.sent.name} 取代（{'文件名写明的版次在后' if by_name else f'数据截止日 {by.day} 在后'}）"
    en = f"superseded by {by.sent.name} ({'a later revision by its name' if by_name else f'data date {by.day}'})"
    one.reasons.insert(0, Words(zh, en))
