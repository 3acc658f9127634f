"""The content of a new ruleset: one criterion with its evidence, its clause and its cases, all marked 示例."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

Json = dict[str, Any]
WINDOWS, GUIDED = "example_windows", "example_windows_with_guide"


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
                {"id": "passed", "title": _both("合格", "Passed"), "at_least": "80", "basis": "editorial"},
                {"id": "failed", "title": _both("不合格", "Failed"), "at_least": "0", "basis": "editorial"},
            ],
            "pass": "passed",
        },
        "sections": [
            {
                "id": "service",
                "title": _both("服务（示例）", "Service (example)"),
                "criteria": [_criterion(wish)],
            }
        ],
    }


def _criterion(wish: Wish) -> Json:
    return {
        "id": f"{wish.id}-1",
        "clause": "1",
        "anchors": ["办事指南"],
        "title": _both(
            "公示办事指南的窗口达到比例（示例）", "Share of windows with a posted guide (example)"
        ),
        "requirement": {"zh": "九成以上的服务窗口公示了办事指南（示例）"},
        "level": "must",
        "points": "5",
        "basis": {"threshold": "editorial", "points": "editorial", "level": "editorial"},
        "duty_of": ["district" if one == "zone" else one for one in wish.subject],
        "method": "on_site",
        "check": {"kind": "ratio", "numerator": GUIDED, "denominator": WINDOWS, "at_least": "90%"},
        "remedy": {"zh": "在还没有公示的窗口张贴办事指南，拍照留存"},
    }


def clauses() -> Json:
    """``clauses.yaml``."""
    return {
        "clauses": [
            {"id": "1", "heading": "服务窗口（示例）", "normative": True},
            {
                "id": "2",
                "heading": "附则（示例）",
                "normative": True,
                "not_assessed": {"zh": "示例：写明为什么不评，如这是上级的职责"},
            },
            {"id": "3", "heading": "解释（示例）", "normative": False},
        ]
    }


def cases(wish: Wish) -> Json:
    """``cases.yaml``: on the threshold, on either side, nothing to count, nothing submitted, and the whole."""
    full = "1" if wish.model == "flat" else "5"
    start = date.fromisoformat(wish.since)
    # The last day of twelve months; one of 29 February ends on the 28th of the year after.
    end = date(start.year + 1, start.month, min(start.day, 28 if start.month == 2 else 31)) - timedelta(1)
    told: Sequence[tuple[str, int | None, Json]] = (
        ("十个窗口有九个公示，恰为九成，达标", 9, {"outcome": "satisfied", "earned": full}),
        ("十个窗口全部公示，达标", 10, {"outcome": "satisfied", "earned": full}),
        (
            "十个窗口有八个公示，差一个，未达标",
            8,
            {"outcome": "not_satisfied", "earned": "0", "shortfall": "1"},
        ),
        ("没有填报，验收时按未提交佐证计", None, {"outcome": "no_evidence", "earned": "0"}),
    )
    criterion = f"{wish.id}-1"
    listed: list[Json] = [
        {"name": f"示例：{name}", "criterion": criterion, "given": _given(guided), "expect": expect}
        for name, guided, expect in told
    ]
    listed.append(
        {
            "name": "示例：没有服务窗口，不适用",
            "criterion": criterion,
            "given": {"counts": {WINDOWS: 0, GUIDED: 0}},
            "expect": {"outcome": "not_applicable"},
        }
    )
    passed = {"score": "100", "grade": "passed", "accepted": True}
    listed.append({"name": "示例：整套规则，全部公示，合格", "given": _given(10), "expect": passed})
    period = {"from": start.isoformat(), "to": end.isoformat()}
    return {"format": 1, "defaults": {"stage": "inspection", "period": period}, "cases": listed}


def _given(guided: int | None) -> Json:
    return {} if guided is None else {"counts": {WINDOWS: 10, GUIDED: guided}}


def catalogue(wish: Wish) -> Json:
    """``catalogue.yaml``: the two counts that the criterion reads."""
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
    }


def _both(zh: str, en: str) -> Json:
    return {"zh": zh, "en": en}
