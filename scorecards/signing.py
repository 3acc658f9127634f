"""The last part: the signature page."""

from __future__ import annotations

from types import MappingProxyType

from scorecards import labels
from scorecards.model import Opinion, Signing
from scorecards.numbering import heading as numbered
from scorecards.numbering import named, number_of
from scorecards.wording import Json, Wording

# Who writes an opinion at each stage.
_SIGNERS = MappingProxyType(
    {
        "self_check": (
            (
                ("申报单位自查意见", "Opinion of the subject"),
                ("上级主管单位意见", "Opinion of the superior unit"),
            )
        ),
        "preliminary": (
            (("申报单位意见", "Opinion of the subject"), ("初审单位意见", "Opinion of the reviewing unit"))
        ),
        "inspection": (
            ("申报单位意见", "Opinion of the subject"),
            ("验收组意见", "Opinion of the inspection team"),
            ("验收组织单位意见", "Opinion of the inspecting unit"),
        ),
        "final": (
            ("申报单位意见", "Opinion of the subject"),
            ("验收组意见", "Opinion of the inspection team"),
            ("审定机关意见", "Opinion of the deciding authority"),
        ),
    }
)


def signing(assessment: Json, say: Wording) -> Signing:
    """One box for each who signs at this stage."""
    blanks = (
        say("负责人（签字）：", "Head (signature):"),
        say("经办人（签字）：", "Handled by (signature):"),
        say("日期：\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日", "Date:"),
    )
    return Signing(
        heading=numbered("signing", assessment, "意见与签章", "Opinions, signatures and seals", say),
        note=say(
            "签章前请核对各页页脚的核验码与第一部分一致。",
            "Before signing, check that the code at the foot of every page is that of part 1.",
        )
        + _record_note(assessment, say),
        opinions=tuple(
            Opinion(say.pick(pair), say("意见：", "Opinion:"), blanks, say("（盖章处）", "(seal)"))
            for pair in _SIGNERS[assessment["stage"]]
        ),
    )


def _record_note(assessment: Json, say: Wording) -> str:
    reviewed = dict.fromkeys(one["stage"] for one in assessment["reviews"])
    if not reviewed:
        return ""
    part, number = named("method", assessment, say), number_of("method", assessment)
    stages = say.join(say.pick(labels.STAGES[stage]) for stage in reviewed)
    return say(
        f"得分经{stages}复核，逐条记录见{part}（六）。",
        f" The points were reviewed ({stages.lower()}); every entry is recorded in {number}.6.",
    )
