"""Faults of what a review says of criteria: levels, decisions, confirmations. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.errors import Fault, Words, did_you_mean
from evaluator.exact import plain
from evaluator.review import Review
from evaluator.review_entries import Decision, LevelGiven
from evaluator.reviewing.entries import levels_of
from evaluator.reviewing.setting import Setting
from evaluator.reviewing.words import OUTCOMES
from evaluator.ruleset import Criterion, full_points

Path = tuple[str | int, ...]


def verdict_faults(review: Review, setting: Setting) -> Iterator[Fault]:
    """Every fault of what ``review`` says of criteria."""
    known = setting.ruleset.by_id()
    for name in ("ratings", "decisions", "confirmations"):
        for n, one in enumerate(getattr(review, name)):
            path: Path = (name, n)
            criterion = known.get(one.criterion)
            if criterion is None:
                what = Words(
                    f"规则集中没有指标 {one.criterion}", f"the ruleset has no criterion {one.criterion}"
                )
                yield Fault(
                    "unknown_criterion", (*path, "criterion"), what, did_you_mean(one.criterion, known)
                )
            elif isinstance(one, LevelGiven):
                yield from _level(one, criterion, path)
            elif isinstance(one, Decision):
                yield from _decision(one, criterion, review, setting, path)


def _level(one: LevelGiven, criterion: Criterion, path: Path) -> Iterator[Fault]:
    levels = [level.level for level in levels_of(criterion)]
    if not levels:
        what = Words(f"指标 {criterion.id} 不评档次", f"the criterion {criterion.id} is not rated by level")
        mend = Words("改写成 decisions 中的判定", "write a decision instead")
        yield Fault("not_rated_by_level", (*path, "level"), what, mend)
    elif one.level not in levels:
        listed = [str(level) for level in sorted(levels)]
        what = Words(
            f"指标 {criterion.id} 没有第 {one.level} 档",
            f"the criterion {criterion.id} has no level {one.level}",
        )
        mend = Words(f"可用的有：{'、'.join(listed)}", f"known: {', '.join(listed)}")
        yield Fault("unknown_level", (*path, "level"), what, mend)


def _decision(
    one: Decision, criterion: Criterion, review: Review, setting: Setting, path: Path
) -> Iterator[Fault]:
    full = full_points(criterion, setting.ruleset.scoring)
    shown, outcome = plain(full), OUTCOMES[one.outcome]
    earned = None if one.earned is None else one.earned.value
    if one.outcome == "needs_review" and review.stage == "final":
        what = Words(
            "审定要有结论，不能仍是待核验", "the final review decides: nothing is left to be verified"
        )
        yield Fault("undecided_at_the_end", (*path, "outcome"), what)
    if one.outcome == "partly_satisfied":
        if earned is None or not 0 < earned < full:
            what = Words(
                f"部分达标的得分要大于 0、小于满分 {shown} 分",
                f"partly met earns more than 0 and less than the full {shown} points",
            )
            mend = Words(
                "写明 earned；得满分用达标，得 0 分用未达标", "state earned; use met for all, not met for 0"
            )
            yield Fault("earned_contradicts", (*path, "earned") if earned is not None else path, what, mend)
    elif earned is not None and earned != {"satisfied": full, "not_satisfied": 0}.get(one.outcome):
        wanted = {
            "satisfied": Words(f"达标得满分 {shown} 分", f"met earns the full {shown} points"),
            "not_satisfied": Words("未达标得 0 分", "not met earns 0"),
        }.get(one.outcome, Words(f"{outcome.zh}没有得分", f"{outcome.en} earns no points"))
        what = Words(
            f"{wanted.zh}，这里写的是 {plain(earned)} 分", f"{wanted.en}; {plain(earned)} is written here"
        )
        mend = Words("改判定为部分达标，或删去 earned", "decide partly met, or leave earned out")
        yield Fault("earned_contradicts", (*path, "earned"), what, mend)
