"""What changed in the evidence of a criterion on one occasion: added, dropped, altered, no longer counted. Pure.

An item is the same where it says the same, whatever its id: rows of a form are sorted and numbered anew. Else it is the same, and
altered, where type, title and date are, or id and type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from evaluator.errors import Words
from evaluator.submission import natural

Json = Mapping[str, Any]
Rows = Mapping[str, Json]
Told = tuple[str, Words]
_STATED = {
    "title": Words("名称", "title"),
    "number": Words("文号", "number"),
    "date": Words("日期", "date"),
    "valid_to": Words("有效期至", "valid to"),
    "value": Words("内容", "value"),
    "files": Words("附件", "files"),
}
_VALUES = {"yes": Words("是", "yes"), "no": Words("否", "no")}
_MOST_NAMED = 6


class Evidence(NamedTuple):
    """The rows of both assessments by id, and which entry of the later one each entry of the earlier one is."""

    before: Rows
    after: Rows
    same: Mapping[str, str]


def evidence_of(before: Json, after: Json) -> Evidence:
    """The evidence of two assessments, its entries matched."""
    old, new = ({row["id"]: row for row in document["evidence"]} for document in (before, after))
    return Evidence(old, new, _matched(_entries(old), _entries(new)))


def _entries(rows: Rows) -> Rows:
    return {name: row for name, row in rows.items() if row["kind"] != "count"}


def _matched(old: Rows, new: Rows) -> dict[str, str]:
    """The entry of ``new`` that each of ``old`` is; what is alike in more is matched first."""
    same: dict[str, str] = {}
    for likeness in _LIKENESSES:
        left: dict[Any, list[str]] = {}
        taken = set(same.values())
        for name, row in new.items():
            if name not in taken:
                left.setdefault(likeness(row), []).append(name)
        for name, row in old.items():
            if name not in same and left.get(likeness(row)):
                same[name] = left[likeness(row)].pop(0)
    return same


def _content(row: Json) -> tuple[Any, ...]:
    stated = (tuple(row[key]) if key == "files" else row[key] for key in _STATED)
    return row["kind"], row["type"], *stated


_LIKENESSES: tuple[Callable[[Json], tuple[Any, ...]], ...] = (
    lambda row: (row["id"], *_content(row)),
    _content,
    lambda row: (row["kind"], row["type"], row["title"], row["date"]),
    # A type is stated once, so it is the same statement; else an id tells.
    lambda row: (row["kind"], row["type"], row["kind"] == "statement" or row["id"]),
)


def evidence_changes(before: Json, after: Json, evidence: Evidence) -> Iterator[Told]:
    """A code and a sentence for each change of the evidence that counted for one criterion."""
    then, now, same = evidence
    used = _used(before), _used(after)
    items = {name for one in (before, after) for finding in one["findings"] for name in finding["of"]}
    yield from _numbers(used[0] | used[1] | items, then, now)
    came_from = {new_name: old_name for old_name, new_name in same.items()}
    old, new = _in_order(used[0], then), _in_order(used[1], now)
    yield from _named(
        "added", Words("新增佐证", "evidence added"), [one for one in new if one not in came_from], now
    )
    yield from _named(
        "dropped", Words("不再有的佐证", "evidence gone"), [one for one in old if one not in same], then
    )
    known = dict.fromkeys(
        [*(same[one] for one in old if one in same), *(one for one in new if one in came_from)]
    )
    altered = [one for one in known if _content(then[came_from[one]]) != _content(now[one])]
    for name in altered:
        yield "altered", _alteration(then[came_from[name]], now[name])
    for name in known:
        if name not in altered and name not in new:
            yield "not_counted", _no_longer(now[name])
    counted = [one for one in known if one not in altered and came_from[one] not in old]
    yield from _named("counted", Words("现在计入", "counts now"), counted, now)


def _used(criterion: Json) -> set[str]:
    return {name for finding in criterion["findings"] for name in finding["evidence"]}


def _in_order(names: Iterable[str], rows: Rows) -> list[str]:
    """The entries among ``names``, in the order of their ids."""
    return sorted((one for one in names if one in rows and rows[one]["kind"] != "count"), key=natural)


def _numbers(names: Iterable[str], then: Rows, now: Rows) -> Iterator[Told]:
    for name in sorted(names):
        row = now.get(name) or then.get(name)
        if row is None or row["kind"] != "count":
            continue
        old, new = (_value(one.get(name)) for one in (then, now))
        if old != new:
            label = row["label"]
            yield (
                "number",
                Words(
                    f"{label['zh']}由 {old.zh} 改为 {new.zh}",
                    f"{label.get('en') or label['zh']}: {old.en} before, {new.en} now",
                ),
            )


def _value(row: Json | None) -> Words:
    if row is None:
        return Words("未填", "not stated")
    return Words(str(row["value"]), str(row["value"]))


def _named(code: str, what: Words, names: list[str], rows: Rows) -> Iterator[Told]:
    if not names:
        return
    shown = [_one(rows[name]) for name in names[:_MOST_NAMED]]
    zh, en = "、".join(one.zh for one in shown), ", ".join(one.en for one in shown)
    if len(names) > _MOST_NAMED:
        zh, en = f"{zh}等 {len(names)} 件", f"{en} and {len(names) - _MOST_NAMED} more"
    yield code, Words(f"{what.zh}：{zh}", f"{what.en}: {en}")


def _one(row: Json) -> Words:
    label = row["label"]
    day = f"，{row['date']}" if row["date"] else ""
    day_en = f", {row['date']}" if row["date"] else ""
    return Words(
        f"{row['id']}（{label['zh']}{day}）", f"{row['id']} ({label.get('en') or label['zh']}{day_en})"
    )


def _no_longer(row: Json) -> Words:
    words, why = _one(row), row["reason"] or {"zh": "", "en": ""}
    return Words(
        f"不再计入：{words.zh}" + (f"，{why['zh']}" if why["zh"] else ""),
        f"counts no more: {words.en}" + (f", {why['en']}" if why.get("en") else ""),
    )


def _alteration(then: Json, now: Json) -> Words:
    """What an item says otherwise than before."""
    told = [
        Words(
            f"{words.zh}由“{_shown(then[key]).zh}”改为“{_shown(now[key]).zh}”",
            f"{words.en} {_shown(then[key]).en} before, {_shown(now[key]).en} now",
        )
        for key, words in _STATED.items()
        if then[key] != now[key]
    ]
    zh, en = "，".join(one.zh for one in told), ", ".join(one.en for one in told)
    return Words(f"{now['id']} {zh}", f"{now['id']}: {en}")


def _shown(value: Any) -> Words:
    if isinstance(value, list):
        value = "、".join(value)
    return Words("无", "none") if not value else _VALUES.get(value, Words(str(value), str(value)))
