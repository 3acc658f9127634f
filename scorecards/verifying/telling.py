"""The answers of verifying as text: what was verified, what could not be, what is wrong; one screen for one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluator.errors import Language, Words

Json = Mapping[str, Any]
VERDICTS: Mapping[str, Words] = {
    "agrees": Words("内容一致", "agrees"),
    "layout_differs": Words("内容一致，排版程序不同", "content agrees, the layout engine differs"),
    "other_rules": Words("所依规则不同", "made under other rules"),
    "mismatch": Words("与所给的材料不符", "does not belong to what was given"),
    "altered": Words("被改动过", "altered"),
    "unverified": Words("不能核验", "cannot be verified"),
    "unreadable": Words("读不出来", "cannot be read"),
}
_GROUPS = (
    ("agrees", Words("已核实：", "Verified:"), "✓"),
    ("unknown", Words("未能核实：", "Not verified:"), "?"),
    ("wrong", Words("不对：", "Wrong:"), "✗"),
)
_GOOD = ("agrees", "layout_differs")
_STAGES: Mapping[str, Words] = {
    "self_check": Words("自查", "self-check"),
    "preliminary": Words("初审", "preliminary review"),
    "inspection": Words("验收", "inspection"),
    "final": Words("审定", "final review"),
}


def answers_as_text(document: Json, lang: Language) -> str:
    """All answers: a whole account of one file; of several a line each, the accounts of those that fail, and a summary."""
    files = document["files"]
    if len(files) == 1:
        return "\n".join(_account(files[0], lang)) + "\n"
    lines = [_line(one, lang) for one in files]
    for one in files:
        if one["verdict"] not in _GOOD:
            lines.extend(("", *_account(one, lang)))
    lines.extend(("", _summary(document["summary"], len(files), lang)))
    return "\n".join(lines) + "\n"


def _line(one: Json, lang: Language) -> str:
    name = "" if one["assessment"] is None else f"　{_plain(one['assessment']['subject']['name'])}"
    stop = "：" if lang == "zh" else ": "
    return f"{_plain(one['file'])}{stop}{VERDICTS[one['verdict']].in_language(lang)}{name}"


def _account(one: Json, lang: Language) -> Iterator[str]:
    stop = "：" if lang == "zh" else ": "
    yield f"{_plain(one['file'])}{stop}{VERDICTS[one['verdict']].in_language(lang)}"
    if one["assessment"] is not None:
        yield _told(one["assessment"], lang)
    for state, head, mark in _GROUPS:
        own = [check for check in one["checks"] if check["state"] == state]
        if own:
            yield head.in_language(lang)
            yield from (f"  {mark} {_plain(check['text'][lang])}" for check in own)


def _told(told: Json, lang: Language) -> str:
    score = told["score"]
    stage = _STAGES[told["stage"]].in_language(lang)
    name, title = _plain(told["subject"]["name"]), _plain(told["ruleset"]["title"][lang])
    if lang == "zh":
        points = (
            "没有适用的指标"
            if score is None
            else f"已确认 {score['floor']} 分，最高可达 {score['ceiling']} 分"
        )
        return f"所附结果：{name} · {title} · {stage} · 截至 {told['as_of']} · {points}"
    points = (
        "nothing applies" if score is None else f"{score['floor']} confirmed, {score['ceiling']} attainable"
    )
    return f"attached: {name} · {title} · {stage} · as of {told['as_of']} · {points}"


def _summary(counted: Json, number: int, lang: Language) -> str:
    parts: Sequence[str] = [
        f"{VERDICTS[name].in_language(lang)} {times}" for name, times in counted.items() if times
    ]
    return f"共 {number} 份：{'，'.join(parts)}" if lang == "zh" else f"{number} files: {', '.join(parts)}"


def _plain(text: str) -> str:
    """``text`` on one line: what would move the cursor or turn the direction is shown as its code."""
    return "".join(
        one if one.isprintable() or one == "\u3000" else one.encode("unicode_escape").decode() for one in text
    )
