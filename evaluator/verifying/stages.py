"""The stages of an assessment that was made with reviews: each agrees with itself, and the last is the assessment's own."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evaluator.deductions import Loss
from evaluator.errors import Words
from evaluator.evaluate import Judgement
from evaluator.exact import Number, printed, whole
from evaluator.finding import FULL, NONE, UNDECIDED, Finding, Interval
from evaluator.ruleset import Ruleset
from evaluator.score import score
from evaluator.verifying.contradiction import Contradiction, Json, Path, compared, named, shown
from evaluator.verifying.criteria import criterion_words
from evaluator.verifying.totals import verdicts_of

_ORDER = ("self_check", "preliminary", "inspection", "final")
# What is printed of a criterion's points may be off by half of its last place.
_PRINTED = Fraction(1, 200)


def of_stages(document: Json, ruleset: Ruleset) -> Iterator[Contradiction]:
    """Everything about stages that does not follow; nothing where there were no reviews."""
    stages = document.get("stages")
    reviewed = [one["stage"] for one in document["reviews"]]
    place = Words("各阶段的结果", "the stages")
    if stages is None:
        if reviewed:
            yield Contradiction(("stages",), place, "—", shown(reviewed))
        return
    names = [one["stage"] for one in stages]
    wanted = ["self_check", *(name for name in _ORDER[1:] if name in reviewed)]
    yield from compared(("stages",), place, names, wanted)
    yield from compared(("stage",), Words("阶段", "the stage"), document["stage"], wanted[-1])
    if names != wanted:
        return
    for n, one in enumerate(document["criteria"]):
        yield from _criterion(one, ("criteria", n), names)
    last = {key: document[key] for key in ("score", "grade", "accepted", "vetoes")}
    yield from compared(("stages", len(stages) - 1), _stage(names[-1]), stages[-1], last)
    for n, stage in enumerate(stages[:-1]):
        yield from _earlier(document, ruleset, n, stage)


def _stage(name: str) -> Words:
    words = {"self_check": "自查", "preliminary": "初审", "inspection": "验收", "final": "审定"}
    return Words(f"{words[name]}阶段", f"the stage {name}")


def _criterion(one: Json, path: Path, names: list[str]) -> Iterator[Contradiction]:
    place, listed = criterion_words(one), one.get("stages") or []
    yield from compared(
        (*path, "stages"), named(place, "的各阶段", "stages"), [each["stage"] for each in listed], names
    )
    if [each["stage"] for each in listed] != names:
        return
    own = {key: one[key] for key in ("outcome", "waits", "earned")}
    yield from compared(
        (*path, "stages", len(listed) - 1), named(place, "的现阶段判定", "at the last stage"), listed[-1], own
    )
    entry = one.get("review")
    by = "machine" if entry is None or entry["entry"] == "confirmation" else entry["entry"]
    yield from compared(
        (*path, "stages"), named(place, "由谁判定", "decided by"), listed[-1]["decided_by"], by
    )
    told = [
        *listed,
        *(each["machine"] for each in listed if each.get("machine")),
        *([one["machine"]] if one.get("machine") else []),
    ]
    for each in told:
        yield from _consistent(each, (*path, "stages"), place, Fraction(one["points"]))


def _consistent(verdict: Json, path: Path, place: Words, points: Fraction) -> Iterator[Contradiction]:
    """The points of a verdict are those that its outcome means."""
    if not points:
        return
    floor, ceiling = _earned(verdict)
    holds = {
        "satisfied": floor == ceiling == points,
        "partly_satisfied": 0 < floor <= ceiling < points,
        "not_satisfied": floor == ceiling == 0,
        "not_applicable": floor == ceiling == 0,
        "no_evidence": 0 <= floor <= ceiling <= points,
        "needs_review": 0 <= floor <= ceiling <= points,
    }[verdict["outcome"]]
    if not holds:
        at = named(place, "某一阶段的得分", "points at a stage")
        yield Contradiction(path, at, shown(verdict["earned"]), shown(verdict["outcome"]))


def _earned(verdict: Json) -> tuple[Fraction, Fraction]:
    floor, ceiling = (Fraction(verdict["earned"][end].rstrip("…")) for end in ("floor", "ceiling"))
    return floor, ceiling


def _earlier(document: Json, ruleset: Ruleset, n: int, stage: Json) -> Iterator[Contradiction]:
    """An earlier stage: its points are told as printed, so that its score follows but for what rounding may hide."""
    verdicts = [one["stages"][n] for one in document["criteria"] if one.get("stages")]
    if len(verdicts) != len(document["criteria"]):
        return
    credits = [
        _credit(one, Fraction(of["points"])) for one, of in zip(verdicts, document["criteria"], strict=True)
    ]
    made = score(
        ruleset,
        Judgement(verdicts_of(ruleset, credits, [one["outcome"] for one in verdicts]), _no_losses(document)),
    )
    place, path = _stage(stage["stage"]), ("stages", n)
    # Of a criterion without points nobody can tell how much of it was met.
    weighty = {one["id"] for one in document["criteria"] if Fraction(one["points"])}
    stated = [one for one in stage["vetoes"] if one in weighty]
    follows = [one for one in made.vetoes if one in weighty]
    yield from compared((*path, "vetoes"), named(place, "未通过的一票否决", "vetoes"), stated, follows)
    if stage["score"] is None or made.score is None:
        if not document["deductions"]:
            yield from compared(
                (*path, "score"),
                named(place, "的总分", "score"),
                stage["score"],
                None if made.score is None else "…",
            )
        return
    limits: tuple[Number, ...] = (0, 100, *(one.at_least.value for one in ruleset.scoring.grades))
    exact = stage["score"]["exact"]
    ends = {"floor": made.score.score.floor, "ceiling": made.score.score.ceiling}
    for end, due in ends.items():
        where = named(place, "的总分", "score")
        found = whole(Fraction(exact[end]))
        yield from compared((*path, "score", end), where, stage["score"][end], printed(found, limits))
        off = _PRINTED * len(credits) * 100 / Fraction(made.score.applicable)
        if not document["deductions"] and abs(Fraction(found) - Fraction(due)) > off:
            yield Contradiction((*path, "score", "exact", end), where, printed(found), printed(due))


def _credit(verdict: Json, points: Fraction) -> Interval | None:
    if verdict["outcome"] == "not_applicable":
        return None
    if not points:
        # It earns nothing either way: what it waits for tells whether it may still be satisfied.
        return FULL if verdict["outcome"] == "satisfied" else UNDECIDED if verdict["waits"] else NONE
    floor, ceiling = _earned(verdict)
    least, most = whole(floor / points), whole(ceiling / points)
    return Interval(least, least if floor == ceiling else most)


def _no_losses(document: Json) -> tuple[Loss, ...]:
    return tuple(Loss(0, 0, Finding("deduct", (), None, "")) for _ in document["deductions"])
