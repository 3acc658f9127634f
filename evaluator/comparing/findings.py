"""What changed in the findings of a criterion: requirements, measured numbers, windows, what a later stage closed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from evaluator.errors import Words

Json = Mapping[str, Any]
Told = tuple[str, Words]
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_STATES = {
    "met": Words("达到", "met"),
    "missed": Words("错过", "missed"),
    "open": Words("未到期", "not yet due"),
    "cut": Words("残缺", "cut"),
}
_NOTHING = Words("未提交", "nothing submitted")


def finding_changes(before: Json, after: Json, *, same_rules: bool) -> Iterator[Told]:
    """A code and a sentence for each change between the findings of one criterion in two assessments."""
    old, new = _keyed(before), _keyed(after)
    if not same_rules and {key[:3] for key in old} != {key[:3] for key in new} and _applied(before, after):
        yield "check", Words("检查的内容改变", "what is checked has changed")
    for key, now in new.items():
        then = old.get(key)
        if then is not None:
            yield from _between(then, now)
        elif now["role"] == "requires":
            yield "prerequisite", _reason(now)
    for key, then in old.items():
        if key not in new and then["role"] == "requires":
            yield "prerequisite", Words("前提指标不再限制得分", "its prerequisites hold it back no more")


def _applied(before: Json, after: Json) -> bool:
    # What does not apply shows its condition alone.
    return "not_applicable" not in (before["outcome"], after["outcome"])


def _keyed(criterion: Json) -> dict[tuple[str, ...], Json]:
    """The findings by role, kind, items and unit; a number tells apart those that share all four."""
    found: dict[tuple[str, ...], Json] = {}
    for finding in criterion["findings"]:
        key = (finding["role"], finding["kind"], " ".join(finding["of"]), finding.get("unit", ""))
        number = 0
        while (*key, str(number)) in found:
            number += 1
        found[(*key, str(number))] = finding
    return found


def _between(then: Json, now: Json) -> Iterator[Told]:
    if then["role"] == "requires" and then["reason"] != now["reason"]:
        yield "prerequisite", _reason(now)
        return
    told = _text(then, "required") != _text(now, "required")
    if told:
        yield "required", _changed(Words("要求", "required"), _text(then, "required"), _text(now, "required"))
    for one in _windows(then, now):
        told = True
        yield one
    if then["role"] == "applies_when" or then["kind"] in ("group", "deduct", "best_of", "earn"):
        return  # its members tell
    if then["kind"] == "rating" and then["credit"] != now["credit"]:
        yield "rated", _reason(now)
    elif _closed(then, now):
        yield "closed", _reason(now)
    elif _text(then, "measured") != _text(now, "measured"):
        yield (
            "measured",
            _changed(Words("实测", "measured"), _text(then, "measured"), _text(now, "measured"), now),
        )
    elif then["credit"] != now["credit"] and not told:
        yield "measured", _changed(Words("情况", "finding"), _reason(then), _reason(now))


def _closed(then: Json, now: Json) -> bool:
    """Whether what was not submitted was undecided before, and is closed at a later stage."""
    return bool(
        then["waits"] == "evidence"
        and now["waits"] is None
        and now["credit"] is not None
        and now["credit"]["ceiling"] == "0"
        and then["measured"] is None
        and now["measured"] is None
    )


def _text(finding: Json, key: str) -> Words | None:
    one = finding[key]
    return None if one is None else _words(one["text"])


def _words(text: Json) -> Words:
    return Words(text["zh"], text.get("en") or text["zh"])


def _reason(finding: Json) -> Words:
    return _words(finding["reason"]) if finding["reason"] else Words("无", "none")


def _changed(what: Words, old: Words | None, new: Words | None, finding: Json | None = None) -> Words:
    then, now = old or _NOTHING, new or _NOTHING
    unit = (finding or {}).get("unit", "")
    zh = f"{unit}：{what.zh}" if unit else what.zh
    en = f"{unit}: {what.en}" if unit else what.en
    return Words(f"{zh}由“{then.zh}”变为“{now.zh}”", f"{en}: {then.en} before, {now.en} now")


def _windows(then: Json, now: Json) -> Iterator[Told]:
    """The windows that time alone moved on: still open before, over now, and no better filled."""
    old = {(one["from"], one["to"]): one for one in then.get("windows", ())}
    passed: dict[str, list[Json]] = {}
    for one in now.get("windows", ()):
        before = old.get((one["from"], one["to"]))
        if before is not None and before["state"] == "open" and one["state"] not in ("open", "met"):
            passed.setdefault(one["state"], []).append(one)
    for state, windows in passed.items():
        words = _STATES[state]
        zh = "、".join(_span(one).zh for one in windows)
        en = ", ".join(_span(one).en for one in windows)
        yield "window", Words(f"{zh}由未到期变为{words.zh}", f"{en}: not yet due before, {words.en} now")


def _span(window: Json) -> Words:
    start, end = date.fromisoformat(window["from"]), date.fromisoformat(window["to"])
    if (start.year, start.month) == (end.year, end.month):
        return Words(f"{start.year}年{start.month}月", f"{_MONTHS[start.month - 1]} {start.year}")
    until = f"{end.month}月" if start.year == end.year else f"{end.year}年{end.month}月"
    return Words(
        f"{start.year}年{start.month}月至{until}",
        f"{_MONTHS[start.month - 1]} {start.year} to {_MONTHS[end.month - 1]} {end.year}",
    )
