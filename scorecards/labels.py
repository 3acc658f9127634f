"""The Chinese and English words for the identifiers of an assessment."""

from __future__ import annotations

from collections.abc import Collection
from types import MappingProxyType

Pairs = MappingProxyType[str, tuple[str, str]]

STAGES: Pairs = MappingProxyType(
    {
        "self_check": ("自查", "Self-check"),
        "preliminary": ("初审", "Preliminary review"),
        "inspection": ("验收", "Inspection"),
        "final": ("审定", "Final review"),
    }
)

NOTICES: Pairs = MappingProxyType(
    {
        "self_check": ("自查结果，非验收结论", "Self-check result, not an acceptance decision"),
        "preliminary": ("初审结果，非验收结论", "Preliminary result, not an acceptance decision"),
        "inspection": ("验收评分，以审定结论为准", "Inspection result, subject to the final review"),
        "final": ("审定结果", "Final result"),
    }
)

SUBJECTS: Pairs = MappingProxyType(
    {
        "community": ("社区", "Community"),
        "street": ("街道", "Street office"),
        "district": ("区（县）", "District"),
        "zone": ("功能区", "Zone"),
        "city": ("市", "City"),
    }
)

OUTCOMES: Pairs = MappingProxyType(
    {
        "satisfied": ("达标", "Met"),
        "partly_satisfied": ("部分达标", "Partly met"),
        "not_satisfied": ("未达标", "Not met"),
        "no_evidence": ("未提交佐证", "No evidence"),
        "needs_review": ("待核验", "To be verified"),
        "not_applicable": ("不适用", "Not applicable"),
    }
)
NOT_YET_DUE = ("未到时限", "Not yet due")


def outcome(outcome: str, waits: Collection[str]) -> tuple[str, str]:
    """The words for an outcome; what only waits for its time is not called 未提交佐证."""
    due = outcome != "no_evidence" or not waits or "evidence" in waits
    return OUTCOMES[outcome] if due else NOT_YET_DUE


LEVELS: Pairs = MappingProxyType(
    {
        "must": ("应", "must"),
        "should": ("宜", "should"),
        "may": ("鼓励", "may"),
    }
)

METHODS: Pairs = MappingProxyType(
    {
        "documents": ("材料审核", "checking documents"),
        "on_site": ("实地察看", "an on-site check"),
        "interview": ("访谈", "interviews"),
        "survey": ("问卷", "a survey"),
    }
)

EVIDENCE: Pairs = MappingProxyType(
    {
        "document": ("文件", "Documents"),
        "event": ("活动", "Events"),
        "statement": ("情况说明", "Statements"),
        "count": ("数据", "Counts"),
    }
)

VALUES: Pairs = MappingProxyType(
    {"yes": ("是", "yes"), "no": ("否", "no"), "true": ("是", "yes"), "false": ("否", "no")}
)

BASES: Pairs = MappingProxyType(
    {
        "source": ("标准载明", "stated by the standard"),
        "editorial": ("规则自定", "set by the ruleset"),
    }
)

BASIS_OF: Pairs = MappingProxyType(
    {
        "threshold": ("数值门槛", "Thresholds"),
        "points": ("分值", "Points"),
        "level": ("要求层级", "Levels"),
        "veto": ("一票否决", "Vetoes"),
    }
)

# A sign for each state of a window, readable in black and white, and its words.
WINDOWS: Pairs = MappingProxyType(
    {
        "met": ("满足", "met"),
        "missed": ("错过", "missed"),
        "open": ("未到期", "not yet due"),
        "cut": ("时段不完整且未满足，不计", "cut by the edge of the period and not met: not counted"),
    }
)
SIGNS = MappingProxyType({"met": "●", "missed": "×", "open": "△", "cut": "—"})

WAITS: Pairs = MappingProxyType(
    {
        "person": ("等待人工核验", "Waiting for a person's judgement"),
        "time": ("等待时限到来", "Waiting for the time to come"),
        "evidence": ("等待补充佐证", "Waiting for evidence"),
    }
)

STATUSES: Pairs = MappingProxyType(
    {
        "not_started": ("未开始", "Not started"),
        "in_progress": ("进行中", "In progress"),
        "done": ("已完成", "Done"),
    }
)

CLOSING: Pairs = MappingProxyType(
    {
        "closed": ("已销号", "Closed"),
        "unseen": ("申报已完成、系统未见", "Said to be done, not found"),
        "open": ("未完成", "Open"),
        "missed": ("已过期、不能补办", "Missed, cannot be made up"),
        "to_verify": ("待核验", "To be verified"),
        "not_needed": ("不再需要", "No longer needed"),
    }
)

MODELS: Pairs = MappingProxyType(
    {
        "points": ("各项得分之和÷适用分值之和×100", "points earned ÷ applicable points × 100"),
        "flat": (
            "各项等权：得分系数之和÷适用项数×100",
            "every criterion weighs the same: credits ÷ applicable criteria × 100",
        ),
        "absolute": ("各项得分直接相加", "points earned, added up"),
    }
)

ROLES: Pairs = MappingProxyType(
    {
        "street_reviewer": ("街道审核人员", "street reviewer"),
        "district_inspector": ("区级验收人员", "district inspector"),
        "municipal_inspector": ("市级验收人员", "municipal inspector"),
        "provincial_inspector": ("省级验收人员", "provincial inspector"),
        "expert": ("评审专家", "expert"),
        "third_party": ("第三方评估人员", "third-party assessor"),
    }
)

# What stands beside the points of later stages is what the subject claimed.
CLAIMED = ("自报", "Claimed")
ACCEPTED = MappingProxyType(
    {True: ("达标", "accepted"), False: ("未达标", "not accepted"), None: ("待定", "undecided")}
)
