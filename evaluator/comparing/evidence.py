"""What changed in the evidence of a criterion within one period: added, dropped, altered, no longer counted. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evaluator.errors import Words
from evaluator.submission import natural

Json = Mapping[str, Any]
Evidence = Mapping[str, Json]
Told = tuple[str, Words]
_STATED = {
    "type": Words("类型", "type"),
    "title": Words("名称", "title"),
    "number": Words("文号", "number"),
    "date": Words("日期", "date"),
    "valid_to": Words("有效期至", "valid to"),
    "value": Words("内容", "value"),
    "files": Words("附件", "files"),
}
_VALUES = {"yes": Words("是", "yes"), "no": Words("否", "no")}
_MOST_NAMED = 6


def evidence_of(document: Json) -> Evidence:
    """The rows of an assessment's evidence by id."""
    return {row["id"]: row for row in document["evidence"]}


def evidence_changes(before: Json, after: Json, then: Evidence, now: Evidence) -> Iterator[Told]:
    """A code and a sentence for each change of the evidence that counted for one criterion."""
    old, new = _used(before), _used(after)
    items = {
        name for criterion in (before, after) for finding in criterion["findings"] for name in finding["of"]
    }
    yield from _numbers(old | new | items, then, now)
    entries = sorted((one for one in old | new if _is_entry(one, then, now)), key=natural)
    yield from _named(
        "added", Words("新增佐证", "evidence added"), [one for one in entries if one not in then], now
    )
    yield from _named(
        "dropped", Words("不再有的佐证", "evidence gone"), [one for one in entries if one not in now], then
    )
    both = [one for one in entries if one in then and one in now]
    altered = [one for one in both if any(then[one][key] != now[one][key] for key in _STATED)]
    for name in altered:
        yield "altered", _alteration(then[name], now[name])
    for name in both:
        if name in old and name not in new and name not in altered:
            why = now[name]["reason"] or {"zh": "", "en": ""}
            words = _one(now[name])
            zh = f"不再计入：{words.zh}" + (f"，{why['zh']}" if why["zh"] else "")
            en = f"counts no more: {words.en}" + (f", {why['en']}" if why.get("en") else "")
            yield "not_counted", Words(zh, en)
    counted = [one for one in both if one in new and one not in old and one not in altered]
    yield from _named("counted", Words("现在计入", "counts now"), counted, now)


def _used(criterion: Json) -> set[str]:
    return {name for finding in criterion["findings"] for name in finding["evidence"]}


def _is_entry(name: str, then: Evidence, now: Evidence) -> bool:
    row = now.get(name) or then.get(name)
    return row is not None and row["kind"] != "count"


def _numbers(names: Iterable[str], then: Evidence, now: Evidence) -> Iterator[Told]:
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


def _named(code: str, what: Words, names: list[str], rows: Evidence) -> Iterator[Told]:
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
