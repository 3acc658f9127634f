"""How a score comes about from the sums that a scorecard prints, and what becomes of points that do not apply."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scorecards import labels
from scorecards.amounts import amount, brief
from scorecards.conclusion import effect_of
from scorecards.entries import Entry
from scorecards.wording import Json, Wording

_CAPPED = ("类目得分以上限为限", "no section above its cap")
_TAKEN = ("类目扣分已减", "deductions of sections taken off")


def score_step(assessment: Json, entries: Sequence[Entry], say: Wording) -> str:
    """The whole score from the printed sums; ``≈`` where the printed sums are themselves rounded."""
    score, scoring = assessment["score"], assessment["ruleset"]["scoring"]
    bonus, lost = score["bonus"]["floor"], score["deductions"]["floor"]
    base, formula = _base(score, scoring, say)
    result, exact = base + amount(bonus) - amount(lost), score["exact"]["floor"]
    model = say.pick(labels.MODELS[scoring["model"]])
    within = [
        *([_CAPPED] if any(one.get("cap") is not None for one in assessment["sections"]) else []),
        *([_TAKEN] if any("section" in one for one in assessment["deductions"]) else []),
    ]
    if within:
        texts = [say(*one) for one in within]
        model += say(f"（{'，'.join(texts)}）", f" ({', '.join(texts)})")
    head = say(
        f"全表：{model}，加鼓励分，减扣分。已确认分：{formula} + {bonus} − {lost} ",
        f"The whole scorecard: {model}, plus bonus, minus deductions. Confirmed: {formula} + {bonus} − {lost} ",
    )
    if _may_end(entries):
        return head + say(
            f"= {brief(result)}；没有确认达标的一票否决项终止评估，记 {score['floor']} 分。",
            f"= {brief(result)}; a veto that is not sure to be met ends the assessment: {score['floor']}.",
        )
    sign = "=" if result == amount(score["floor"]) else "≈"
    cut = "" if 0 <= result <= 100 else say("（以 0 至 100 分为限）", " (kept within 0 to 100)")
    return head + say(
        f"{sign} {score['floor']} 分{cut}（精确值 {exact}）。",
        f"{sign} {score['floor']}{cut} (exactly {exact}).",
    )


def _base(score: Json, scoring: Json, say: Wording) -> tuple[Fraction, str]:
    """The score without bonus and deductions, and how it comes about."""
    earned = score["earned"]["floor"]
    if scoring["model"] != "absolute":
        whole = score["applicable_points"]
        return amount(earned) / amount(whole) * 100, f"{earned} ÷ {whole} × 100"
    away, total = score["not_applicable_points"], scoring["total"]
    more = scoring["not_applicable"] == "full" and amount(away) != 0
    base = amount(earned) + (amount(away) if more else 0)
    formula = earned + say(f" + {away}（不适用）", f" + {away} (does not apply)") if more else earned
    if Fraction(total) != 100:
        formula = (f"({formula})" if more else formula) + f" ÷ {total} × 100"
    return base / Fraction(total) * 100, formula


def _may_end(entries: Sequence[Entry]) -> bool:
    """Whether a veto that is not sure to be met takes the whole score."""
    return any(
        entry.applies and effect_of(entry) == "end" and Fraction(entry.data["credit"]["floor"]) < 1
        for entry in entries
    )


def what_leaves(scoring: Json, say: Wording) -> str:
    """What becomes of the points of criteria that do not apply."""
    if scoring["model"] != "absolute":
        return say("不适用的指标从分母中减去", "Criteria that do not apply leave the denominator")
    if scoring["not_applicable"] == "full":
        return say("不适用的指标按满分计", "Criteria that do not apply count in full")
    return say("不适用的指标按零分计", "Criteria that do not apply count nothing")
