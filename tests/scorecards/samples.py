"""Assessments written by hand, so that the scorecard is tested without an engine: rich, plain and hostile ones."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from typing import Any

Assessment = dict[str, Any]

HOSTILE = (
    '<script>alert(1)</script><img src=file:///etc/passwd><link rel=stylesheet href="http://127.0.0.1:9/x.css">'
    "</style></td></table>{{ 7*7 }}{% raw %}&amp;\"'"
)
LONG = "关于印发二〇二五年度民族团结进步示范社区创建工作实施方案的通知" * 8
UNBROKEN = "https://example.invalid/" + "a1B2c3D4" * 40
RARE = "喆堃镕玥"

SECTIONS = [
    ("organisation", "组织领导", "Leadership and organisation"),
    ("publicity", "宣传教育", "Publicity and education"),
    ("rights", "权益保障", "Rights and interests"),
    ("services", "民族特色服务体系", "Services suited to minority residents"),
    ("participation", "发挥少数民族群众作用", "Participation of minority residents"),
    ("disputes", "矛盾纠纷妥善处理", "Handling of disputes"),
    ("mechanisms", "工作机制", "Working mechanisms"),
    ("guarantees", "保障措施", "Guarantees"),
]
TITLES = {
    "organisation": [
        ("社区民族工作协调小组", "Coordination group"),
        ("专人负责民族工作", "Person in charge"),
        ("居民小区联络员全覆盖", "A liaison officer for every quarter"),
        ("社区少数民族联谊会", "Friendship association"),
        ("工作经费列入预算", "Work budget"),
        ("创建工作方案", "Work plan"),
    ],
    "publicity": [
        ("年度宣传教育计划", "Yearly publicity plan"),
        ("每年两次学习宣传活动", "Two publicity sessions a year"),
        ("宣传动员会", "Mobilisation meeting"),
        ("民族团结宣传月", "Unity month"),
        ("民族团结文明楼组(单位)占比", "Share of model buildings"),
        ("民族团结文明家庭占比", "Share of model families"),
        ("黑板报和宣传栏", "Notice boards"),
    ],
    "rights": [
        ("权益维护中心", "Rights centre"),
        ("法律咨询和法律援助", "Legal advice and aid"),
        ("人民调解组织", "Mediation body"),
        ("城市管理法规宣传", "Publicity of municipal rules"),
        ("平等相待的规定", "Rules on equal treatment"),
        ("困难群体帮扶制度", "Support for people in need"),
    ],
    "services": [
        ("少数民族事务受理点", "Affairs desk"),
        ("服务和维权热线", "Service hotline"),
        ("服务联系卡", "Contact card"),
        ("少数民族之家:固定活动日", "Minority home: fixed day"),
        ("少数民族之家:固定场所", "Minority home: venue"),
        ("少数民族之家:活动经费", "Minority home: budget"),
        ("清真食品供应和监管", "Halal food supply"),
        ("殡葬服务", "Funeral services"),
    ],
    "participation": [
        ("参与社区活动的少数民族家庭占比", "Share of participating families"),
        ("重大事项听取意见", "Consultation on major matters"),
        ("吸收有特长的群众参与服务", "Residents in service bodies"),
        ("联谊会活动", "Association activities"),
        ("公益活动带头", "Public-benefit activities"),
        ("学习型社区创建", "Learning community"),
    ],
    "disputes": [
        ("目标管理责任制", "Responsibility system"),
        ("矛盾纠纷定期排查制度", "Regular check for disputes"),
        ("向上级汇报制度", "Reporting upwards"),
        ("流动人口服务", "Services for the floating population"),
        ("无群体性事件", "No mass incident"),
        ("依法调解记录", "Mediation records"),
    ],
    "mechanisms": [
        ("街道每半年专题会议", "Half-yearly street meeting"),
        ("街道每季度创建会议", "Quarterly street meeting"),
        ("协调小组每月例会", "Monthly coordination meeting"),
        ("学习培训制度", "Training system"),
        ("走访联谊制度", "Visiting system"),
        ("信息交流制度", "Information exchange"),
        ("信访接待制度", "Petition reception"),
        ("资料档案制度", "Archive system"),
    ],
    "guarantees": [
        ("创建经费纳入街道预算", "Funding in the street budget"),
        ("区级指导记录", "District guidance records"),
        ("督促检查通报", "Inspection notices"),
        ("特色经验总结", "Summary of experience"),
        ("推荐参加评比", "Recommendation for awards"),
    ],
}


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def interval(floor: str, ceiling: str | None = None) -> dict[str, str]:
    return {"floor": floor, "ceiling": floor if ceiling is None else ceiling}


def finding(
    kind: str, outcome: str, credit: dict[str, str] | None, reason: dict[str, str], **more: Any
) -> dict[str, Any]:
    base = {
        "kind": kind,
        "role": "check",
        "parent": None,
        "of": [],
        "outcome": outcome,
        "waits": None,
        "credit": credit,
        "measured": None,
        "required": None,
        "shortfall": None,
        "evidence": [],
        "reason": reason,
    }
    return {**base, **more}


def windows(spec: list[tuple[str, str, int, int, str]]) -> list[dict[str, Any]]:
    return [{"from": a, "to": b, "needed": n, "found": f, "state": s} for a, b, n, f, s in spec]


def months(found: list[int], states: str, year: int = 2025) -> list[dict[str, Any]]:
    ends = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    names = {"m": "met", "x": "missed", "o": "open", "c": "cut"}
    return [
        {
            "from": f"{year}-{i + 1:02}-01",
            "to": f"{year}-{i + 1:02}-{ends[i]}",
            "needed": 1,
            "found": found[i],
            "state": names[states[i]],
        }
        for i in range(12)
    ]


def _satisfied(evidence: list[str]) -> dict[str, Any]:
    return finding(
        "document",
        "satisfied",
        interval("1"),
        both("已提交现行有效的文件", "A document in force was submitted"),
        measured={"value": "1", "parts": {}, "text": both("有 1 份现行有效的文件", "1 document in force")},
        required={"value": None, "text": both("有现行有效的文件", "a document in force")},
        evidence=evidence,
    )


def _ratio() -> dict[str, Any]:
    return finding(
        "ratio",
        "not_satisfied",
        interval("0"),
        both("占比未达到 5%", "The share is below 5%"),
        of=["model_buildings", "buildings"],
        measured={
            "value": "1/40",
            "parts": {"model_buildings": 1, "buildings": 40},
            "text": both("1 ÷ 40 = 2.50%", "1 ÷ 40 = 2.50%"),
        },
        required={"value": "1/20", "text": both("不低于 5%", "at least 5%")},
        shortfall={
            "amount": "1",
            "of": "model_buildings",
            "possible": True,
            "text": both("再创建 1 个民族团结文明楼组(单位)", "create 1 more model building"),
        },
        evidence=["buildings", "model_buildings"],
    )


def _cadence() -> dict[str, Any]:
    return finding(
        "cadence",
        "no_evidence",
        interval("2/3", "11/12"),
        both(
            "12 个时段中已满足 8 个,错过 1 个,尚有 3 个未到期", "8 of 12 windows met, 1 missed, 3 still open"
        ),
        waits="time",
        measured={"value": "8", "parts": {}, "text": both("已满足 8 个月", "8 months met")},
        required={"value": "12", "text": both("每月至少 1 次,共 12 个月", "at least 1 a month, 12 months")},
        shortfall={
            "amount": "1",
            "of": "coordination_group_meeting",
            "possible": False,
            "text": both("2025年4月缺 1 次,不能补办", "April 2025: 1 short, cannot be made up"),
        },
        windows=months([1, 1, 2, 0, 1, 1, 1, 1, 1, 0, 0, 0], "mmmxmmmmmooo"),
        evidence=["E3", "E4", "E5"],
    )


def _quarters() -> dict[str, Any]:
    return finding(
        "cadence",
        "partly_satisfied",
        interval("3/4"),
        both("4 个季度中有 3 个满足,错过 1 个", "3 of 4 quarters met, 1 missed"),
        measured={"value": "3", "parts": {}, "text": both("已满足 3 个季度", "3 quarters met")},
        required={"value": "4", "text": both("每季度至少 1 次", "at least 1 a quarter")},
        shortfall={
            "amount": "1",
            "of": "street_promotion_meeting",
            "possible": False,
            "text": both("第二季度缺 1 次,不能补办", "second quarter: 1 short, cannot be made up"),
        },
        windows=windows(
            [
                ("2025-01-01", "2025-03-31", 1, 1, "met"),
                ("2025-04-01", "2025-06-30", 1, 0, "missed"),
                ("2025-07-01", "2025-09-30", 1, 2, "met"),
                ("2025-10-01", "2025-12-31", 1, 1, "met"),
            ]
        ),
        evidence=["E6", "E7"],
    )


def _half_years() -> dict[str, Any]:
    return finding(
        "cadence",
        "partly_satisfied",
        interval("1"),
        both("两个时段均已满足", "Both windows met"),
        measured={"value": "2", "parts": {}, "text": both("已满足 2 个半年", "2 half-years met")},
        required={"value": "2", "text": both("每半年至少 1 次", "at least 1 each half-year")},
        windows=windows(
            [
                ("2025-01-01", "2025-01-31", 1, 0, "cut"),
                ("2025-02-01", "2025-07-31", 1, 1, "met"),
                ("2025-08-01", "2025-12-31", 1, 1, "met"),
            ]
        ),
        evidence=["E8"],
    )


def _september() -> dict[str, Any]:
    return finding(
        "cadence",
        "satisfied",
        interval("1"),
        both("宣传月已开展", "The month was held"),
        measured={"value": "1", "parts": {}, "text": both("9 月开展 1 次", "held once in September")},
        required={"value": "1", "text": both("每年 9 月至少 1 次", "at least once each September")},
        windows=windows([("2025-09-01", "2025-09-30", 1, 1, "met")]),
        evidence=["E9"],
    )


def _missing(what: tuple[str, str]) -> dict[str, Any]:
    return finding(
        "statement",
        "no_evidence",
        interval("0", "1"),
        both(f"没有提交“{what[0]}”的说明或文件", f"Nothing was submitted for “{what[1]}”"),
        waits="evidence",
        required={"value": None, "text": both("有,并附照片或公示", "yes, with a photo or notice")},
        shortfall={
            "amount": "1",
            "of": "statement",
            "possible": True,
            "text": both("提交 1 份说明并附照片", "submit 1 statement with a photo"),
        },
    )


def _person() -> dict[str, Any]:
    return finding(
        "rating",
        "needs_review",
        interval("0", "1"),
        both("须由验收人员现场评定", "To be rated on site by an inspector"),
        waits="person",
        required={"value": None, "text": both("现场评定为三级", "rated level 3 on site")},
    )


def _partial() -> list[dict[str, Any]]:
    member = {"parent": 0}
    return [
        finding(
            "group",
            "partly_satisfied",
            interval("1/2"),
            both("两项材料中有一项合格", "1 of 2 proofs holds"),
            measured={"value": "1", "parts": {}, "text": both("2 项中满足 1 项", "1 of 2 holds")},
            required={"value": "2", "text": both("2 项都满足", "both hold")},
        ),
        {**_satisfied(["D2"]), **member},
        {
            **finding(
                "quantity",
                "not_satisfied",
                interval("0"),
                both("次数不足", "Too few"),
                measured={"value": "1", "parts": {}, "text": both("1 次", "1 session")},
                required={"value": "2", "text": both("至少 2 次", "at least 2 sessions")},
                shortfall={
                    "amount": "1",
                    "of": "publicity_session",
                    "possible": True,
                    "text": both("再举办 1 次学习宣传活动", "hold 1 more publicity session"),
                },
                evidence=["E1"],
            ),
            **member,
        },
    ]


def _not_applicable() -> list[dict[str, Any]]:
    return [
        finding(
            "statement",
            "not_satisfied",
            interval("0"),
            both("未认定有穆斯林服务需求,本项不适用", "No such service need was recognised"),
            role="applies_when",
            evidence=["S9"],
        )
    ]


# title (zh) → outcome, credit, waits, findings
_STATES: dict[str, tuple[str, dict[str, str] | None, list[str], Any]] = {
    "居民小区联络员全覆盖": ("not_satisfied", interval("0"), [], _ratio),
    "民族团结文明楼组(单位)占比": ("not_satisfied", interval("0"), [], _ratio),
    "民族团结文明家庭占比": ("not_satisfied", interval("0"), [], _ratio),
    "每年两次学习宣传活动": ("partly_satisfied", interval("1/2"), [], _partial),
    "协调小组每月例会": ("no_evidence", interval("2/3", "11/12"), ["time"], _cadence),
    "街道每季度创建会议": ("partly_satisfied", interval("3/4"), [], _quarters),
    "街道每半年专题会议": ("satisfied", interval("1"), [], _half_years),
    "民族团结宣传月": ("satisfied", interval("1"), [], _september),
    "服务和维权热线": ("no_evidence", interval("0", "1"), ["evidence"], _missing),
    "服务联系卡": ("no_evidence", interval("0", "1"), ["evidence"], _missing),
    "重大事项听取意见": ("needs_review", interval("0", "1"), ["person"], _person),
    "黑板报和宣传栏": ("needs_review", interval("0", "1"), ["person"], _person),
    "清真食品供应和监管": ("not_applicable", None, [], _not_applicable),
    "殡葬服务": ("not_applicable", None, [], _not_applicable),
    "推荐参加评比": ("no_evidence", interval("0", "1"), ["evidence"], _missing),
}
_NUMERALS = "一二三四五六七八"


def _plain(value: Fraction) -> str:
    """The printed decimal of an exact number with few places."""
    hundredths = value * 100
    text = f"{round(hundredths) / 100:.2f}"
    return text.rstrip("0").rstrip(".") if value.denominator == 1 else text


def _criterion(section: str, index: int, number: int, title: tuple[str, str]) -> dict[str, Any]:
    outcome, credit, waits, build = _STATES.get(
        title[0], ("satisfied", interval("1"), [], lambda: _satisfied([f"D{number % 40 + 1}"]))
    )
    made = build(title) if build is _missing else build()
    findings = made if isinstance(made, list) else [made]
    points = Fraction(1 if section == "guarantees" and index >= 3 else 2)
    level = "may" if points == 1 else ("should" if title[0] in ("无群体性事件", "走访联谊制度") else "must")
    share = (
        (Fraction(0), Fraction(0))
        if credit is None
        else (Fraction(credit["floor"]), Fraction(credit["ceiling"]))
    )
    threshold = {"threshold": "source"} if findings[0]["kind"] in ("ratio", "cadence") else {}
    return {
        "id": f"km-{section[:3]}-{number:02}",
        "section": section,
        "item": None,
        "printed": None,
        "clause": f"{'六七九'[number % 3]}({_NUMERALS[index % 8]})",
        "anchors": ["楼组"],
        "title": both(*title),
        "requirement": {"zh": f"{title[0]}须有文件、有记录,并在评估期内落实。"},
        "remedy": {"zh": f"由社区落实“{title[0]}”,保存文件、签到和照片。"},
        "level": level,
        "veto": title[0] == "无群体性事件",
        "nature": "prohibition" if title[0] == "无群体性事件" else "requirement",
        "basis": {**threshold, "points": "editorial", "level": "source" if number % 2 else "editorial"},
        "duty_of": ["street"] if title[0].startswith("街道") else ["community"],
        "responsible": [],
        "method": "on_site" if outcome == "needs_review" else "documents",
        "outcome": outcome,
        "waits": waits,
        "points": _plain(points),
        "credit": credit or interval("0"),
        "earned": {"floor": _plain(points * share[0]), "ceiling": _plain(points * share[1])},
        "findings": findings,
    }


def _evidence() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    base = {
        "title": None,
        "number": None,
        "date": None,
        "valid_to": None,
        "value": None,
        "unit": None,
        "files": [],
        "criteria": [],
        "accepted": True,
        "reason": None,
    }
    rows += [
        {
            **base,
            "id": f"D{i}",
            "kind": "document",
            "type": "annual_plan",
            "label": both("制度文件", "Rules and plans"),
            "title": f"关于建立社区民族工作第{i}项制度的通知",
            "number": f"示社发〔2025〕{i}号",
            "date": f"2025-0{i % 9 + 1}-{i % 28 + 1:02}",
            "files": [f"d{i}.pdf"],
        }
        for i in range(1, 41)
    ]
    rows += [
        {
            **base,
            "id": f"E{i}",
            "kind": "event",
            "type": "publicity_session",
            "label": both("学习宣传活动", "Publicity session"),
            "title": f"第{i}次民族政策学习宣传活动",
            "date": f"2025-0{i % 9 + 1}-{i % 28 + 1:02}",
            "files": [f"e{i}.jpg", f"e{i}-2.jpg"],
        }
        for i in range(1, 21)
    ]
    rows[41].update(title=f"宣讲员{RARE}主持的专题讲座")
    rows[45].update(
        accepted=False,
        date="2024-12-30",
        reason=both("活动日期不在评估期内", "The date lies outside the period"),
    )
    for ident, zh, en, value in (
        ("buildings", "楼组(单位)总数", "Buildings", "40"),
        ("model_buildings", "民族团结文明楼组(单位)数", "Model buildings", "1"),
    ):
        rows.append(
            {
                **base,
                "id": ident,
                "kind": "count",
                "type": ident,
                "label": both(zh, en),
                "value": value,
                "unit": both("个", "buildings"),
            }
        )
    rows.append(
        {
            **base,
            "id": "S9",
            "kind": "statement",
            "type": "muslim_service_need_recognised",
            "label": both("已认定有穆斯林服务需求", "Service need recognised"),
            "value": "false",
        }
    )
    return rows


def rich() -> Assessment:
    """A self-check of 52 criteria in every state, 63 evidence rows; undecided grade."""
    criteria: list[dict[str, Any]] = []
    for section, _, _ in SECTIONS:
        for index, title in enumerate(TITLES[section]):
            criteria.append(_criterion(section, index, len(criteria) + 1, title))
    evidence = _evidence()
    for item in evidence:
        item["criteria"] = [
            c["id"] for c in criteria if any(item["id"] in f["evidence"] for f in c["findings"])
        ]
    result: Assessment = {
        "assessment": 1,
        "engine": {"semantics": "1", "version": "0.1.0"},
        "digest": "sha256:" + "3f9c1a7e" * 8,
        "stage": "self_check",
        "as_of": "2025-10-15",
        "ruleset": {
            "id": "kunming-model-community",
            "version": "1.0.0",
            "digest": "sha256:" + "77ab03c4" * 8,
            "title": both(
                "昆明市民族团结进步示范社区创建评价", "Kunming model community for ethnic unity and progress"
            ),
            "standard": {
                "title": "关于开展联创共建民族团结进步示范社区的意见",
                "issuer": "昆明市民族事务委员会",
                "issued": None,
                "note": {"zh": "标准正文没有规定任何分值和等次,均由规则集编者确定。"},
            },
            "effective": {"from": "2011-01-01", "to": None, "basis": "editorial"},
            "period_months": 12,
            "scoring": {
                "model": "points",
                "total": None,
                "not_applicable": None,
                "transition": "period_end",
                "grades": [
                    {"id": "model", "title": both("示范", "Model"), "at_least": "90", "basis": "editorial"},
                    {"id": "good", "title": both("良好", "Good"), "at_least": "75", "basis": "editorial"},
                    {
                        "id": "basic",
                        "title": both("待提高", "To be improved"),
                        "at_least": "0",
                        "basis": "editorial",
                    },
                ],
                "pass": "model",
                "bonus_cap": "5",
                "deductions_cap": None,
            },
        },
        "submission": {
            "digest": "sha256:" + "c0ffee12" * 8,
            "subject": {
                "id": "demo-01",
                "name": "示例社区",
                "kind": "community",
                "region": ["云南省", "昆明市", "五华区"],
                "attributes": {"class": "urban"},
            },
            "period": {"from": "2025-01-01", "to": "2025-12-31"},
        },
        "reviews": [],
        "criteria": criteria,
        "evidence": evidence,
        "deductions": [],
        "vetoes": [],
        "integrity": [
            {
                "code": "outside_period",
                "evidence": ["E6"],
                "message": both(
                    "E6 的日期 2024-12-30 不在评估期内,不计入",
                    "E6 is dated 2024-12-30, outside the period; it does not count",
                ),
            },
            {
                "code": "yes_without_support",
                "evidence": ["S4"],
                "message": both("S4 填“是”但没有附件", "S4 says yes without an attachment"),
            },
        ],
    }
    return total(result)


def total(assessment: Assessment) -> Assessment:
    """Fill in sections, score and grade from the criteria, as the engine would."""
    sections = []
    sums = {
        "applicable": Fraction(0),
        "away": Fraction(0),
        "floor": Fraction(0),
        "ceiling": Fraction(0),
        "b0": Fraction(0),
        "b1": Fraction(0),
    }
    for ident, zh, en in SECTIONS:
        own = [c for c in assessment["criteria"] if c["section"] == ident]
        if not own:
            continue
        scored = [c for c in own if c["level"] != "may"]
        points = sum((Fraction(c["points"]) for c in scored), Fraction(0))
        away = sum((Fraction(c["points"]) for c in scored if c["outcome"] == "not_applicable"), Fraction(0))
        ends = [
            sum((Fraction(c["points"]) * Fraction(c["credit"][end]) for c in scored), Fraction(0))
            for end in ("floor", "ceiling")
        ]
        bonus = [
            sum(
                (Fraction(c["points"]) * Fraction(c["credit"][end]) for c in own if c["level"] == "may"),
                Fraction(0),
            )
            for end in ("floor", "ceiling")
        ]
        rate = (
            None if points == away else interval(*(f"{float(e / (points - away) * 100):.2f}" for e in ends))
        )
        sections.append(
            {
                "id": ident,
                "title": both(zh, en),
                "points": _plain(points),
                "not_applicable_points": _plain(away),
                "cap": None,
                "earned": interval(*(_plain(e) for e in ends)),
                "rate": rate,
                "bonus": interval(*(_plain(b) for b in bonus)),
            }
        )
        for key, value in zip(sums, (points - away, away, *ends, *bonus), strict=True):
            sums[key] += value
    assessment["sections"] = sections
    if not sums["applicable"]:
        return {**assessment, "score": None, "grade": None, "accepted": None}
    lost = sum((Fraction(item["lost"]["floor"]) for item in assessment["deductions"]), Fraction(0))
    exact = [
        min(Fraction(100), sums[end] / sums["applicable"] * 100 + bonus) - lost
        for end, bonus in (("floor", sums["b0"]), ("ceiling", sums["b1"]))
    ]
    decided = 1 - (sums["ceiling"] - sums["floor"]) / sums["applicable"]
    assessment["score"] = {
        **interval(*(f"{float(e):.2f}" for e in exact)),
        "decided": f"{float(decided):.2f}",
        "not_applicable_points": _plain(sums["away"]),
        "exact": interval(*(str(e) for e in exact)),
        "applicable_points": _plain(sums["applicable"]),
        "earned": interval(_plain(sums["floor"]), _plain(sums["ceiling"])),
        "bonus": interval(_plain(sums["b0"]), _plain(sums["b1"])),
        "deductions": interval(str(lost)),
    }
    grades = [
        next(g["id"] for g in assessment["ruleset"]["scoring"]["grades"] if e >= Fraction(g["at_least"]))
        for e in exact
    ]
    assessment["grade"] = grades[0] if grades[0] == grades[1] else None
    least = Fraction(
        next(
            g["at_least"]
            for g in assessment["ruleset"]["scoring"]["grades"]
            if g["id"] == assessment["ruleset"]["scoring"]["pass"]
        )
    )
    assessment["accepted"] = False if exact[1] < least else (True if exact[0] >= least else None)
    return assessment


def unscored() -> Assessment:
    """An assessment in which nothing applies: the score is null."""
    made = rich()
    for criterion in made["criteria"]:
        criterion.update(
            outcome="not_applicable",
            waits=[],
            credit=interval("0"),
            earned=interval("0"),
            findings=_not_applicable(),
        )
    return total(made)


def review(stage: str, corrections: list[Any], decisions: list[Any]) -> dict[str, Any]:
    return {
        "stage": stage,
        "digest": "sha256:" + "5e" * 32,
        "reviewer": REVIEWER,
        "also": [],
        "date": None,
        "method": None,
        "submission": {"id": "demo-01", "digest": None},
        "follows": [],
        "settles": [],
        "merged": None,
        "corrections": corrections,
        "rejected_evidence": [],
        "accepted_evidence": [],
        "ratings": [],
        "decisions": decisions,
        "confirmations": [],
    }


REVIEWER = {"role": "provincial_inspector", "unit": "省民族事务委员会", "number": "0042"}
SIGNED = {"stage": "inspection", "digest": "sha256:" + "5e" * 32, "reviewer": REVIEWER, "also": []}
DECISION = {
    "criterion": "km-org-01",
    "outcome": "partly_satisfied",
    "earned": "1",
    "method": "on_site",
    "date": "2026-01-10",
    "reason": "协调小组成员单位不齐",
    "by": ["0042"],
}
CORRECTION = {
    "kind": "count",
    "id": "model_families",
    "unit": None,
    "field": None,
    "label": both("民族团结文明家庭户数", "Model families"),
    "claimed": {"value": 130, "text": both("130 户", "130 households")},
    "verified": {"value": 112, "text": both("112 户", "112 households")},
    "method": "on_site",
    "date": "2026-01-10",
    "reason": "名册重复计数",
    "by": ["0042"],
}


def _stand(made: Assessment) -> None:
    """Three stages side by side: the first criterion is decided at the last, the second reads a corrected number."""
    first, second = made["criteria"][:2]
    for criterion in made["criteria"]:
        verdict = {key: criterion[key] for key in ("outcome", "waits", "earned")}
        criterion["machine"] = verdict
        criterion["stages"] = [
            {"stage": stage, **verdict, "decided_by": "machine"}
            for stage in ("self_check", "preliminary", "inspection")
        ]
    last = {"outcome": "partly_satisfied", "waits": [], "earned": interval("1")}
    first["stages"][-1] = {
        "stage": "inspection",
        **last,
        "decided_by": "decision",
        "machine": first["machine"],
    }
    first.update(outcome="partly_satisfied", credit=interval("1/2"), earned=interval("1"))
    first["review"] = {"entry": "decision", **SIGNED, **DECISION}
    second["changes"] = [{"entry": "correction", **SIGNED, **CORRECTION}]
    score = {"floor": "80.00", "ceiling": "92.00"}
    made["stages"] = [
        {"stage": "self_check", "score": score, "grade": None, "accepted": None, "vetoes": []},
        {
            "stage": "preliminary",
            "score": score,
            "grade": "good",
            "accepted": False,
            "vetoes": made["vetoes"],
        },
        {"stage": "inspection", "score": None, "grade": None, "accepted": False, "vetoes": made["vetoes"]},
    ]


def refused() -> Assessment:
    """An inspection that fails its veto, with deductions, reviews and closed evidence."""
    made = rich()
    made["stage"] = "inspection"
    for criterion in made["criteria"]:
        if criterion["outcome"] == "no_evidence":
            criterion.update(credit=interval("0"), earned=interval("0"), waits=[])
            for item in criterion["findings"]:
                item.update(credit=interval("0"), waits=None)
        if criterion["veto"]:
            criterion.update(
                outcome="not_satisfied",
                credit=interval("0"),
                earned=interval("0"),
                findings=[
                    finding(
                        "quantity",
                        "not_satisfied",
                        interval("0"),
                        both("发生 1 起", "1 incident"),
                        measured={"value": "1", "parts": {}, "text": both("1 起", "1")},
                        required={"value": "0", "text": both("0 起", "0")},
                        evidence=["S9"],
                    )
                ],
            )
            made["vetoes"] = [criterion["id"]]
    made["reviews"] = [review("preliminary", [], []), review("inspection", [CORRECTION], [DECISION])]
    _stand(made)
    made["deductions"] = [
        {
            "title": both("逾期报送材料", "Late submission"),
            "lost": interval("1"),
            "findings": [finding("quantity", "not_satisfied", interval("0"), both("逾期 1 次", "Late once"))],
        }
    ]
    made = total(made)
    made["accepted"] = False
    return made


def hostile() -> Assessment:
    """Submitted text that tries to break out, to be fetched, or to overflow the page."""
    made = deepcopy(rich())
    made["submission"]["subject"].update(name=HOSTILE, region=[HOSTILE, UNBROKEN])
    made["evidence"][0].update(
        title=HOSTILE, number=UNBROKEN, files=["../../etc/passwd", "file:///etc/passwd"]
    )
    made["evidence"][1].update(title=LONG)
    made["evidence"][2].update(title=UNBROKEN)
    made["evidence"][3].update(id="D4" + "x" * 60, title=RARE)
    made["integrity"][0]["message"] = both(HOSTILE, HOSTILE)
    return made
