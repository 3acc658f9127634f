"""What differs between two states of the rule files, in words: a line a change. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from evaluator.canonical import digest, plain_data
from evaluator.errors import Words
from evaluator.table.labelling import labelled
from evaluator.table.names import ITEM_KINDS, name, word

Kind = Literal["changed", "added", "removed", "moved"]


class Change(NamedTuple):
    """One change; ``what`` is said of ``where`` (``指标 km-2-6 …``), where ``where`` does not say all."""

    kind: Kind
    where: Words
    what: Words

    def in_language(self, language: str) -> str:
        """One line."""
        where, what = (self.where.zh, self.what.zh) if language == "zh" else (self.where.en, self.what.en)
        return f"{where}{'：' if language == 'zh' else ': '}{what}" if what else where


_LISTS = {
    "grades": Words("等级", "grade"),
    "sections": Words("类目", "section"),
    "criteria": Words("指标", "criterion"),
    "clauses": Words("条款", "clause"),
    "items": Words("分项", "item"),
    "cases": Words("用例", "case"),
    **{kind: Words(words.zh, words.en.lower().removesuffix("s")) for kind, words in ITEM_KINDS.items()},
}
_NEW, _GONE, _MOVED = Words("新增", "added"), Words("删除", "removed"), Words("换了位置", "moved")
_NOTHING = Words("（空）", "(empty)")


def changes(old: Mapping[str, Any], new: Mapping[str, Any], labels: Mapping[str, str]) -> list[Change]:
    """Every change from ``old`` to ``new``: the data of ``ruleset``, ``clauses`` and ``catalogue``; ``labels`` are of items."""
    if not old:
        rules = new["ruleset"]
        number = sum(len(section["criteria"]) for section in rules["sections"])
        title = rules["title"]
        what = Words(f"{title['zh']}，{number} 项指标", f"{title['en']}, {number} criteria")
        return [
            Change("added", Words(f"新建规则集 {rules['ruleset']}", f"new ruleset {rules['ruleset']}"), what)
        ]
    old, new = labelled(old, new, labels)
    found = [
        *_criteria(old["ruleset"], new["ruleset"]),
        *_mapping(_bare(old["ruleset"]), _bare(new["ruleset"]), _HEAD, ""),
        *_mapping(old["clauses"], new["clauses"], _WHOLE, ""),
    ]
    for kind in ITEM_KINDS:
        found += _entries(kind, _items(old["catalogue"], kind), _items(new["catalogue"], kind), "item")
    return found


_WHOLE, _HEAD = Words("", ""), Words("总体", "head")


def _bare(rules: Mapping[str, Any]) -> dict[str, Any]:
    """A ruleset without its criteria, which are told of apart: they keep their names wherever they go."""
    sections = [
        {key: one for key, one in section.items() if key != "criteria"}
        for section in rules.get("sections", ())
    ]
    return {**rules, "sections": sections}


def _items(catalogue: Mapping[str, Any], kind: str) -> list[Any]:
    return [{"id": one, **item} for one, item in catalogue.get(kind, {}).items()]


def _criteria(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    yield from _entries("criteria", _all_criteria(old), _all_criteria(new), "criterion")


def _all_criteria(rules: Mapping[str, Any]) -> list[Any]:
    return [
        {**one, "section": section["title"]["zh"]}
        for section in rules.get("sections", ())
        for one in section["criteria"]
    ]


def _entries(kind: str, old: Sequence[Any], new: Sequence[Any], prefix: str) -> Iterator[Change]:
    key = "item" if kind == "items" else "id"
    before, after = ({one[key]: one for one in side} for side in (old, new))
    for one, entry in after.items():
        where = _called(kind, one, entry)
        if one not in before:
            yield Change("added", Words(f"{_NEW.zh}{where.zh}", f"{_NEW.en} {where.en}"), _WHOLE)
        else:
            yield from _mapping(before[one], entry, where, prefix)
    for one, entry in before.items():
        if one not in after:
            where = _called(kind, one, entry)
            yield Change("removed", Words(f"{_GONE.zh}{where.zh}", f"{_GONE.en} {where.en}"), _WHOLE)
    common = [one for one in before if one in after]
    ordered = [one for one in after if one in before]
    if common != ordered:
        yield Change(
            "moved", Words(f"{_LISTS[kind].zh}的次序", f"the order of {_LISTS[kind].en} entries"), _MOVED
        )


def _called(kind: str, one: str, entry: Mapping[str, Any]) -> Words:
    title = entry.get("title") or entry.get("label") or {"zh": entry.get("heading", "")}
    zh = title.get("zh") or ""
    said = _LISTS[kind]
    return Words(f"{said.zh} {one}{f'《{zh}》' if zh else ''}", f"{said.en} {one}")


def _mapping(old: Mapping[str, Any], new: Mapping[str, Any], where: Words, prefix: str) -> Iterator[Change]:
    for key in dict.fromkeys((*new, *old)):
        path = f"{prefix}.{key}" if prefix else key
        yield from _value(old.get(key), new.get(key), where, path, key)


def _value(old: Any, new: Any, where: Words, path: str, key: str) -> Iterator[Change]:
    if old == new:
        return
    if (
        isinstance(old, dict | None)
        and isinstance(new, dict | None)
        and not (old is None and new is None)
        and not _is_dated(old, new)
    ):
        yield from _mapping(old or {}, new or {}, where, path)
    elif key in _LISTS and _named(old or []) and _named(new or []):
        yield from _entries(key, old or [], new or [], _PREFIXES.get(key, key))
    elif _has_mappings(old) or _has_mappings(new):
        yield from _lines(old or [], new or [], where, path)
    else:
        called = _field(path)
        yield Change("changed", where, Words(
            f"{called.zh} {_shown(old, path).zh} → {_shown(new, path).zh}",
            f"{called.en} {_shown(old, path).en} → {_shown(new, path).en}",
        ))  # fmt: skip


_PREFIXES = {"sections": "section", "clauses": "clause", "items": "clause"}


def _lines(old: Sequence[Any], new: Sequence[Any], where: Words, path: str) -> Iterator[Change]:
    before, after = ([digest(plain_data(one)) for one in side] for side in (old, new))
    called = _field(path)
    for _, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        common = min(i2 - i1, j2 - j1)
        for n in range(common):
            yield from _value(old[i1 + n], new[j1 + n], where, path, "")
        for one in old[i1 + common : i2]:
            yield Change("removed", where, _of_a_row(_GONE, called, one))
        for one in new[j1 + common : j2]:
            yield Change("added", where, _of_a_row(_NEW, called, one))


def _of_a_row(said: Words, called: Words, data: Any) -> Words:
    brief = _brief(data)
    return Words(f"{said.zh}{called.zh}（{brief.zh}）", f"{said.en} {called.en} ({brief.en})")


def _brief(data: Any) -> Words:
    """The words of what a row says."""
    if not isinstance(data, dict):
        return _shown(data, "")
    parts = [
        _shown(one, key) if not isinstance(one, dict | list) else _brief(one) for key, one in data.items()
    ]
    return Words("，".join(one.zh for one in parts if one.zh), ", ".join(one.en for one in parts if one.en))


def _field(path: str) -> Words:
    """What a change is called: with the use of the row that it stands in."""
    parts = path.split(".")
    whole = name(path)
    rows = [
        part
        for part in parts[:-1]
        if part in ("check", "applies_when", "deduct", "best_of", "earn", "lines", "steps", "levels")
    ]
    if parts[-1] in ("zh", "en") or not rows:
        return whole
    # Both ends of a scale are named with it: "from" alone has no name.
    last = (
        name(".".join(parts[-2:]) if parts[-2] == "scale" else parts[-1]) if parts[-1] not in rows else whole
    )
    uses = [name(part) for part in dict.fromkeys(rows)]
    return Words(
        " ".join([*(one.zh for one in uses), last.zh]), " ".join([*(one.en for one in uses), last.en])
    )


def _shown(value: Any, path: str) -> Words:
    if value is None or value == []:
        return _NOTHING
    if isinstance(value, bool):
        return Words("是", "yes") if value else Words("否", "no")
    if isinstance(value, list):
        several = [_shown(one, path) for one in value]
        return Words("、".join(one.zh for one in several), ", ".join(one.en for one in several))
    if isinstance(value, dict):
        dated = "；".join(f"{day} 起 {one}" for day, one in value.items())
        return Words(dated, dated)
    key = path.rpartition(".")[2]
    if key == "kind":
        return name(f"kind.{value}" if value == "subject" else str(value))
    return word(path, str(value))


def _is_dated(*values: Any) -> bool:
    return any(isinstance(one, dict) and one and all(key[:4].isdecimal() for key in one) for one in values)


def _named(items: Any) -> bool:
    return isinstance(items, list) and all(
        isinstance(one, dict) and ("id" in one or "item" in one) for one in items
    )


def _has_mappings(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)
