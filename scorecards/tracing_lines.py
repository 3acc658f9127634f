"""From a comparison with the official text (its JSON) to lines for a terminal, and the words of its states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType

from scorecards.digests import short_digest
from scorecards.labels import Pairs
from scorecards.wording import Json, Language, Wording

STATUSES: Pairs = MappingProxyType(
    {
        "confirmed": ("已确认", "confirmed"),
        "new": ("未确认", "not confirmed"),
        "text_changed": ("原文改了", "text changed"),
        "criterion_changed": ("指标改了", "criterion changed"),
        "both_changed": ("原文和指标都改了", "text and criterion changed"),
        "fault": ("有误", "faulty"),
    }
)
LEVELS: Pairs = MappingProxyType(
    {
        "error": ("有误", "error"),
        "suspect": ("待确认", "to confirm"),
        "warning": ("留意", "note"),
    }
)
STANDINGS: Pairs = MappingProxyType(
    {
        "cited": ("有指标引用", "cited"),
        "excused": ("说明不评", "excused"),
        "background": ("不是要求", "no requirement"),
        "uncited": ("既无引用也无说明", "neither cited nor excused"),
        "absent": ("原文中没有", "not in the text"),
    }
)


def trace_lines(document: Json, lang: Language = "zh") -> Iterator[str]:
    """The comparison in lines: what was compared, the corrections used, what does not agree, and the sums."""
    say = Wording(lang)
    ruleset, text = document["ruleset"], document["text"]
    title = ruleset["title"]["zh"] if lang == "zh" else ruleset["title"]["en"]
    yield say(
        f"{title}（{ruleset['id']}@{ruleset['version']}）对照 {text['file']}",
        f"{title} ({ruleset['id']}@{ruleset['version']}) against {text['file']}",
    )
    yield _text(text, say)
    yield say("指标", "criteria") + say.colon + _sums(document["criteria"], STATUSES, say)
    yield say("条款", "clauses") + say.colon + _sums(list(standings(document)), STANDINGS, say)
    yield from _corrections(document, say)
    found = document["discrepancies"]
    for one in found:
        yield discrepancy_line(one, say)
    if not found:
        yield say("与原文一致，没有要处理的", "agrees with the text: nothing to do")
    else:
        levels = Counter(one["level"] for one in found)
        counts = say.comma.join(
            f"{say.pick(LEVELS[level])} {levels[level]}" for level in LEVELS if levels[level]
        )
        yield say(f"共 {len(found)} 处：{counts}", f"{len(found)} in all: {counts}")
    yield from doubt_of_the_text(document, say)


def _text(text: Json, say: Wording) -> str:
    confirmed = text["confirmed"]
    if confirmed is None:
        state = say("全文尚未确认", "not confirmed as a whole")
    elif confirmed["digest"] == text["digest"]:
        state = say("与确认时相同", "as confirmed")
    else:
        state = say("与确认时不同", "differs from what was confirmed")
    return say(
        f"原文：{text['lines']} 行，{text['encoding']} 编码，摘要 {short(text['digest'])}，{state}",
        f"text: {text['lines']} lines, {text['encoding']}, digest {short(text['digest'])}, {state}",
    )


def short(digest: str) -> str:
    """The first twelve digits of a digest."""
    return short_digest(digest)


def standings(document: Json) -> Iterator[Json]:
    """Each clause without items, and each item, with its ``status``."""
    for clause in document["clauses"]:
        if clause["status"] == "items":
            yield from clause["items"]
        else:
            yield clause


def _sums(found: list[Json], words: Pairs, say: Wording) -> str:
    counts = Counter(one["status"] for one in found)
    parts = [f"{say.pick(words[status])} {counts[status]}" for status in words if counts[status]]
    return say.comma.join([say(f"共 {len(found)}", f"{len(found)} in all"), *parts])


def _corrections(document: Json, say: Wording) -> Iterator[str]:
    found = document["corrections"]
    if not found:
        return
    yield say(
        f"更正（原文印错，按右边读）{len(found)} 处：",
        f"corrections (misprints, read as on the right): {len(found)}",
    )
    for one in found:
        line = (
            say(f"第 {one['line']} 行", f"line {one['line']}") if one["line"] else say("没有用上", "unused")
        )
        source = "" if one["listed"] else say("（尚未写入 trace.yaml）", " (not yet in trace.yaml)")
        reason = say.line(one["reason"]).text
        yield f"  {one['clause']} {line}{say.colon}{one['printed']} → {one['read_as']}{say('。', '. ')}{reason}{source}"


def discrepancy_line(one: Json, say: Wording) -> str:
    """A discrepancy as ``file:line:column: [code] level: what. mend``."""
    place = ":".join(str(part) for part in one["place"].values() if part is not None)
    text = f"{place}: [{one['code']}] {say.pick(LEVELS[one['level']])}{say.colon}{one['what'][say.lang]}"
    return text if one["mend"] is None else f"{text}{say('。', '. ')}{one['mend'][say.lang]}"


def doubt_of_the_text(document: Json, say: Wording) -> Iterator[str]:
    """What to look at first where nearly everything is faulty: another standard's text, or a part of this one."""
    faulty = sum(one["status"] == "fault" for one in document["criteria"])
    if faulty * 2 > len(document["criteria"]):
        yield say(
            "一半以上的指标对不上：请先核对给的是不是这个标准的全文",
            "more than half of the criteria do not agree: check first that this is the whole text of this standard",
        )
