"""The content of a new ruleset: two criteria with their evidence, clauses and cases, all marked 示例."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

Json = dict[str, Any]
WINDOWS, GUIDED = "example_windows", "example_windows_with_guide"
TELEPHONE = "example_complaints_telephone"


class Wish(NamedTuple):
    """What a new ruleset is to be: ``title`` in Chinese and English, ``since`` the ISO date from which it is in force."""

    id: str
    title: tuple[str, str]
    subject: tuple[str, ...]
    model: str
    since: str


def ruleset(wish: Wish) -> Json:
    """``ruleset.yaml``."""
    absolute: Json = {"total": "5", "not_applicable": "full"} if wish.model == "absolute" else {}
    return {
        "ruleset": wish.id,
        "version": "1.0.0",
        "supersedes": None,
        "title": _both(*wish.title),
        "subject": list(wish.subject),
        "standard": {"title": "示例标准（改成标准的全名）", "issuer": None, "issued": None},
        "effective": {"from": wish.since, "to": None, "basis": "editorial"},
        "period": {"months": 12},
        "scoring": {
            "model": wish.model,
            **absolute,
            "grades": [
                {
                    "id": "passed",
                    "title": _both("合格", "Passed"),
                    "at_least": _pass_line(wish),
                    "basis": "editorial",
                },
                {"id": "failed", "title": _both("不合格", "Failed"), "at_least": "0", "basis": "editorial"},
            ],
            "pass": "passed",
        },
        "sections": [
            {
                "id": "service",
                "title": _both("服务（示例）", "Service (example)"),
                "criteria": _criteria(wish),
            }
        ],
    }


def _pass_line(wish: Wish) -> str:
    # What the first criterion earns alone.
    return "50" if wish.model == "flat" else "80"


def _criterion(wish: Wish, number: int, title: Json, points: str, **more: Any) -> Json:
    return {
        "id": f"{wish.id}-{number}",
        "clause": str(number),
        "anchors": more["anchors"],
        "title": title,
        "requirement": more["requirement"],
        "level": "must",
        "points": points,
        "basis": {
            **({"threshold": "editorial"} if more["measured"] else {}),
            "points": "editorial",
            "level": "editorial",
        },
        "duty_of": ["district" if one == "zone" else one for one in wish.subject],
        "method": "on_site",
        "check": more["check"],
        "remedy": more["remedy"],
    }


def _criteria(wish: Wish) -> list[Json]:
    return [
        _criterion(
            wish,
            1,
            _both("公示办事指南的窗口达到比例（示例）", "Share of windows with a posted guide (example)"),
            "4",
            anchors=["办事指南"],
            requirement={"zh": "九成以上的服务窗口公示了办事指南（示例）"},
            measured=True,
            check={"kind": "ratio", "numerator": GUIDED, "denominator": WINDOWS, "at_least": "90%"},
            remedy={"zh": "在还没有公示的窗口张贴办事指南，拍照留存"},
        ),
        _criterion(
            wish,
            2,
            _both("公布监督电话（示例）", "Complaints telephone published (example)"),
            "1",
            anchors=["监督电话"],
            requirement={"zh": "在服务场所公布单位的监督电话（示例）"},
            measured=False,
            check={"kind": "statement", "statement": TELEPHONE},
            remedy={"zh": "在服务场所公布单位的监督电话，拍照留存"},
        ),
    ]


def clauses() -> Json:
    """``clauses.yaml``."""
    return {
        "clauses": [
            {"id": "1", "heading": "服务窗口（示例）", "normative": True},
            {"id": "2", "heading": "监督（示例）", "normative": True},
            {
                "id": "3",
                "heading": "组织领导（示例）",
                "normative": True,
                "not_assessed": {"zh": "示例：写明为什么不评，如这是上级的职责"},
            },
            {"id": "4", "heading": "附则（示例）", "normative": False},
        ]
    }


def cases(wish: Wish) -> Json:
    """``cases.yaml``: on each number and on either side of it, nothing to count, nothing submitted, and the whole."""
    share, telephone = f"{wish.id}-1", f"{wish.id}-2"
    points = ("1", "1") if wish.model == "flat" else ("4", "1")
    none: Json = {"outcome": "not_satisfied", "earned": "0"}
    alone: tuple[tuple[str, str, Json, Json], ...] = (
        (
            "一百个窗口有九十个公示，恰为九成，达标",
            share,
            _given(90),
            {"outcome": "satisfied", "earned": points[0]},
        ),
        ("一百个窗口有九十一个公示，达标", share, _given(91), {"outcome": "satisfied", "earned": points[0]}),
        ("一百个窗口有八十九个公示，差一个，未达标", share, _given(89), {**none, "shortfall": "1"}),
        ("没有填报窗口数，验收时按未提交佐证计", share, {}, {"outcome": "no_evidence", "earned": "0"}),
        ("没有服务窗口，不适用", share, _given(0, 0), {"outcome": "not_applicable"}),
        ("公布了监督电话，达标", telephone, _said(True), {"outcome": "satisfied", "earned": points[1]}),
        ("没有公布监督电话，未达标", telephone, _said(False), none),
    )
    line = _pass_line(wish)
    failed = str(100 - int(line))
    together: tuple[tuple[str, Json, Json], ...] = (
        ("两项都做到，合格", {**_given(90), **_said(True)}, _total("100", "passed")),
        ("只做到第一项，恰在合格线上", {**_given(90), **_said(False)}, _total(line, "passed")),
        ("两项都没有做到，不合格", {**_given(89), **_said(False)}, _total("0", "failed")),
        ("没有服务窗口，公布了监督电话，合格", {**_given(0, 0), **_said(True)}, _total("100", "passed")),
    )
    if failed != line:
        only = ("只做到第二项，不合格", {**_given(89), **_said(True)}, _total(failed, "failed"))
        together = (*together, only)
    listed: list[Json] = [
        {"name": f"示例：{name}", "criterion": criterion, "given": given, "expect": expect}
        for name, criterion, given, expect in alone
    ]
    listed += [
        {"name": f"示例：整套规则，{name}", "given": given, "expect": expect}
        for name, given, expect in together
    ]
    start = date.fromisoformat(wish.since)
    # The last day of twelve months; one of 29 February ends on the 27th of the year after.
    end = date(start.year + 1, start.month, min(start.day, 28 if start.month == 2 else 31)) - timedelta(1)
    period = {"from": start.isoformat(), "to": end.isoformat()}
    return {
        "format": 1,
        "defaults": {"stage": "inspection", "period": period},
        "cases": listed,
        "unnoticed": _unnoticed(wish),
    }


def _unnoticed(wish: Wish) -> list[Json]:
    """The changes of this sample that no case can notice, as ``rules test --mutate`` names them."""
    line = _pass_line(wish)
    found: list[Json] = [
        {
            "change": f"scoring.grades#1.at_least {line} → {int(line) - 1}",
            "reason": {"zh": "示例只有两项指标，没有哪种得分正好在两条分数线之间"},
        }
    ]
    if wish.model == "flat":
        found += [
            {"criterion": f"{wish.id}-{n}", "change": change, "reason": {"zh": "各项等权，分值不起作用"}}
            for n, change in ((1, "points 4 → 5"), (1, "points 4 → 3"), (2, "points 1 → 2"))
        ]
    return found


def _given(guided: int, windows: int = 100) -> Json:
    return {"counts": {WINDOWS: windows, GUIDED: guided}}


def _said(value: bool) -> Json:
    return {"statements": {TELEPHONE: value}}


def _total(score: str, grade: str) -> Json:
    return {"score": score, "grade": grade, "accepted": grade == "passed", "vetoes": []}


def catalogue(wish: Wish) -> Json:
    """``catalogue.yaml``: the items that the criteria read."""
    subjects = list(wish.subject)
    return {
        "catalogue": 1,
        "counts": {
            GUIDED: {
                "label": _both("公示了办事指南的服务窗口数（示例）", "Windows with a posted guide (example)"),
                "unit": _both("个", "windows"),
                "help": {"zh": "在窗口处张贴了现行办事指南的才算"},
                "action": _both("再为 {n} 个窗口公示办事指南", "post the guide at {n} more windows"),
                "subjects": subjects,
                "at_most": [WINDOWS],
            },
            WINDOWS: {
                "label": _both("服务窗口总数（示例）", "Service windows (example)"),
                "unit": _both("个", "windows"),
                "help": {"zh": "对外办事的固定窗口，按数据截止日计"},
                "subjects": subjects,
            },
        },
        "statements": {
            TELEPHONE: {
                "label": _both("已公布监督电话（示例）", "Complaints telephone published (example)"),
                "help": {"zh": "服务场所显著处公布了单位的监督电话"},
                "subjects": subjects,
                "public_telephone": True,
            }
        },
    }


def _both(zh: str, en: str) -> Json:
    return {"zh": zh, "en": en}
