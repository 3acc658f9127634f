"""From the difference of two rulesets (its JSON) to the table of a revision: clause, before, after, note, effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from scorecards.digests import short_digest
from scorecards.labels import Pairs
from scorecards.model import Fact, Part, Report, Row, Table, cell, number, row, table
from scorecards.numbering import numbered
from scorecards.wording import Json, Language, Line, Wording

EFFECTS: Pairs = MappingProxyType(
    {
        "stricter": ("从严", "Stricter"),
        "looser": ("从宽", "Looser"),
        "depends": ("视情况", "Depends"),
        "neutral": ("不变", "None"),
    }
)
_NATURES = (
    ("judgement", "影响判定的改动", "Changes of judgement"),
    ("particulars", "不影响判定的事项", "Particulars that change no outcome"),
    ("wording", "只改文字", "Wording only"),
)


def revision_report(difference: Json, lang: Language = "zh") -> Report:
    """The report of a difference (the parsed JSON, ``{"ruleset_difference": 1, …}``)."""
    say = Wording(lang)
    old, new = difference["old"], difference["new"]
    title = say.line(new["title"]).text
    parts = [
        Part(say(zh, en), (Line(_counted(chosen, say)),), _table(chosen, say))
        for nature, zh, en in _NATURES
        if (chosen := list(_changes(difference, nature)))
    ]
    return Report(
        lang=lang,
        title=Line(say(f"修订对照表：{title}", f"Table of the revision: {title}")),
        subtitle=_subtitle(old, new, say),
        running=say(
            f"修订对照表\u3000{short_digest(old['digest'])}，{short_digest(new['digest'])}",
            f"Revision\u3000{short_digest(old['digest'])}, {short_digest(new['digest'])}",
        ),
        facts=tuple(_facts(difference, say)),
        parts=numbered([*parts, *_points(difference, say), _reading(say)], say),
        remarks=(Line(say("两套规则没有不同。", "The two rulesets do not differ.")),)
        if difference["same"]
        else (),
        wide=True,
    )


def _subtitle(old: Json, new: Json, say: Wording) -> str:
    if old["id"] != new["id"]:
        return say(f"{old['id']} 与 {new['id']}", f"{old['id']} and {new['id']}")
    return say(
        f"{old['version']} 版与 {new['version']} 版", f"versions {old['version']} and {new['version']}"
    )


def _facts(difference: Json, say: Wording) -> Iterator[Fact]:
    for side, zh, en in (("old", "修订前", "Before"), ("new", "修订后", "After")):
        one = difference[side]
        text = f"{one['id']}@{one['version']}" + say(
            f"，{one['criteria']} 项指标", f", {one['criteria']} criteria"
        )
        yield Fact(say(zh, en), (Line(text),))
    yield Fact(say("改动", "Changes"), (Line(totals(difference, say)),), wide=True)
    yield Fact(say("版本号", "Version"), (say.line(difference["version"]["text"]),), wide=True)


def totals(difference: Json, say: Wording) -> str:
    """How many changes there are of each nature, and of those of judgement how many of each effect."""
    natures, effects = difference["counts"]["natures"], difference["counts"]["effects"]
    found = [f"{say(zh, en)} {natures[name]}" for name, zh, en in _NATURES if name in natures]
    if effects:
        shares = say.join(f"{say.pick(EFFECTS[name])} {effects[name]}" for name in EFFECTS if name in effects)
        found[0] += say(f"（{shares}）", f" ({shares})")
    return say.join(found) or say("没有", "none")


def _changes(difference: Json, nature: str) -> Iterator[tuple[Json, Json]]:
    for entry in difference["entries"]:
        for change in entry["changes"]:
            if change["nature"] == nature:
                yield entry, change


def _counted(chosen: list[tuple[Json, Json]], say: Wording) -> str:
    places = len({id(entry) for entry, _ in chosen})
    return say(f"{places} 处，{len(chosen)} 项改动。", f"{len(chosen)} changes in {places} places.")


def _table(chosen: Iterable[tuple[Json, Json]], say: Wording) -> Table:
    heads = (
        say("条款/指标", "Clause, criterion"),
        say("修订前", "Before"),
        say("修订后", "After"),
        say("说明", "Note"),
        say("影响", "Effect"),
    )
    rows = (_row(entry, change, say) for entry, change in chosen)
    return table("revision", heads, rows, say("无。", "None."), (20, 27, 27, 19, 7))


def _row(entry: Json, change: Json, say: Wording) -> Row:
    name = f"{entry['clause']} {say.line(entry['title']).text}".strip()
    sides = (say.line(change[side]) if change[side] else Line("—") for side in ("old", "new"))
    what = say.line(change["aspect"]).text if change["aspect"]["zh"] else say("阈值", "threshold")
    if change["old"] is None:
        what = say(f"新增{what}", f"new {what}")
    elif change["new"] is None:
        what = say(f"取消{what}", f"dropped {what}")
    note = [Line(what)]
    if change["reason"] is not None:
        note.append(say.line(change["reason"]))
    return row(
        cell(say.standard(name)),
        *(cell(one) for one in sides),
        cell(*note),
        number(say.pick(EFFECTS[change["effect"]])),
    )


def _points(difference: Json, say: Wording) -> Iterator[Part]:
    moved = [one for one in difference["points"] if one["old"] != one["new"]]
    if not moved:
        return
    heads = say("类目", "Section"), say("修订前分值", "Points before"), say("修订后分值", "Points after")
    rows = [row(cell(say.line(one["title"])), number(one["old"]), number(one["new"])) for one in moved]
    intro = say(
        "分值有变的类目；鼓励项不计在内。", "Sections whose points changed, without what is encouraged."
    )
    yield Part(
        say("类目的分值", "Points of sections"),
        (Line(intro),),
        table("points", heads, rows, widths=(60, 20, 20)),
    )


def _reading(say: Wording) -> Part:
    found = (
        say(
            "从严、从宽只就这一条要求本身而言：同样的佐证，改后得分不会高于（或低于）改前。"
            "对总分和等级的影响，用 duibiao rules impact 测算。",
            "Stricter and looser speak of the one requirement: the same evidence earns no more (or no less) of it. "
            "What follows for scores and grades is what duibiao rules impact tells.",
        ),
        say(
            "视情况：有的单位得分升高、有的降低，或程序不能一概而论。",
            "Depends: some earn more and some less, or it cannot be said of all.",
        ),
        say(
            "统计口径和档次含义的文字改动，程序分不出是否改变了判定，一律列为影响判定。",
            "Whether a rewritten definition changes what is counted no program can tell: it stands among changes of judgement.",
        ),
    )
    return Part(say("怎样读这张表", "How to read this table"), tuple(Line(one) for one in found))
