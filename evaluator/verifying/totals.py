"""The score, the grade, acceptance and the sections of an assessment, made again from its criteria and deductions.

The rules are taken from the assessment, too: all that ``evaluator.score`` reads of them stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from evaluator.assessment_document import section_told, told
from evaluator.deductions import Loss
from evaluator.errors import Words
from evaluator.evaluate import Judgement, Verdict
from evaluator.exact import Number, plain, whole
from evaluator.finding import Finding, Interval
from evaluator.ruleset import Ruleset
from evaluator.score import score
from evaluator.verifying.contradiction import Contradiction, Json, called, compared
from evaluator.verifying.criteria import of_findings
from evaluator.verifying.tree import credit_of, grown, parents_amiss

SCORE, GRADE = Words("总分", "the score"), Words("等次", "the grade")
ACCEPTED, VETOES = (
    Words("是否达标", "whether it is accepted"),
    Words("未通过的一票否决", "the vetoes that failed"),
)
_NOTHING = {"kind": "statement", "statement": "nothing"}


def of_totals(document: Json, ruleset: Ruleset) -> Iterator[Contradiction]:
    """Every figure of the whole and of the sections that does not follow from the criteria and the deductions."""
    credits = [credit_of(one["credit"]) for one in document["criteria"]]
    verdicts = verdicts_of(ruleset, credits, [one["outcome"] for one in document["criteria"]])
    result = score(ruleset, Judgement(verdicts, losses_of(document)))
    follows = told(result, ruleset)
    yield from compared(("score",), SCORE, document["score"], follows["score"])
    yield from compared(("grade",), GRADE, document["grade"], follows["grade"])
    yield from compared(("accepted",), ACCEPTED, document["accepted"], follows["accepted"])
    yield from compared(("vetoes",), VETOES, document["vetoes"], follows["vetoes"])
    for n, (stated, made) in enumerate(zip(document["sections"], result.sections, strict=True)):
        found = called(stated)
        place = Words(f"类目{found.zh}", f"section {found.en}")
        follows = {key: one for key, one in section_told(made).items() if key != "title"}
        yield from compared(("sections", n), place, stated, follows)


def of_deductions(document: Json, rows: Mapping[str, Json]) -> Iterator[Contradiction]:
    """What each line of the deductions is printed to take is what it takes exactly."""
    for n, line in enumerate(document["deductions"]):
        found = called(line)
        place, path = Words(f"扣分{found.zh}", f"deduction {found.en}"), ("deductions", n)
        least, most = (Fraction(line["exact"][end]) for end in ("floor", "ceiling"))
        if not 0 <= least <= most:
            yield Contradiction((*path, "exact"), place, f"{least}–{most}", "0 ≤ … ≤ …")
        yield from compared(
            (*path, "lost"), place, line["lost"], {"floor": plain(least), "ceiling": plain(most)}
        )
        amiss = list(parents_amiss(line["findings"], (*path, "findings"), place))
        yield from amiss
        if not amiss:
            yield from of_findings(grown(line["findings"]), (*path, "findings"), place, None, rows)


def rules_of(document: Json) -> Ruleset | None:
    """The ruleset as far as an assessment tells it: how points add up, without its checks; None where it contradicts itself."""
    stated = document["ruleset"]
    scoring = stated["scoring"]
    title = {"zh": "—", "en": "—"}
    lines = [
        (one.get("section"), {"title": title, "each": {"count": "nothing"}, "lose": "1"})
        for one in document["deductions"]
    ]
    own = {
        name: [line for of, line in lines if of == name]
        for name in (None, *(one["id"] for one in document["sections"]))
    }
    data = {
        "ruleset": stated["id"],
        "version": stated["version"],
        "title": title,
        "subject": [document["submission"]["subject"]["kind"]],
        "standard": {"title": "—", "issuer": None, "issued": None},
        "effective": {"from": "2000-01-01", "basis": "editorial"},
        "period": {"months": 12},
        "scoring": {
            "model": scoring["model"],
            "total": scoring["total"],
            "not_applicable": scoring["not_applicable"],
            "grades": [
                {"id": one["id"], "title": title, "at_least": one["at_least"], "basis": "editorial"}
                for one in scoring["grades"]
            ],
            "pass": scoring["pass"],
            "bonus": None if scoring["bonus_cap"] is None else {"cap": scoring["bonus_cap"]},
            "deductions": None
            if scoring["deductions_cap"] is None
            else {"cap": scoring["deductions_cap"], "lines": own[None]},
        },
        "sections": [
            {
                "id": one["id"],
                "title": title,
                "cap": one["cap"],
                "deductions": own[one["id"]],
                "criteria": [
                    _criterion(each) for each in document["criteria"] if each["section"] == one["id"]
                ],
            }
            for one in document["sections"]
        ],
    }
    try:
        return Ruleset.model_validate(data)
    except ValidationError:
        return None


def _criterion(one: Json) -> dict[str, Any]:
    text = {"zh": "—"}
    return {
        "id": one["id"],
        "clause": "1",
        "anchors": ["—"],
        "title": {"zh": "—", "en": "—"},
        "requirement": text,
        "remedy": text,
        "level": one["level"],
        "veto": one["veto"],
        "veto_effect": one.get("veto_effect") or "refuse",
        "veto_grade": one.get("veto_grade"),
        "points": one["points"],
        "basis": {
            "points": "editorial",
            "level": "editorial",
            **({"veto": "editorial"} if one["veto"] else {}),
        },
        "duty_of": ["community"],
        "method": "documents",
        "check": _NOTHING,
    }


def verdicts_of(
    ruleset: Ruleset, credits: Sequence[Interval | None], outcomes: Sequence[Any]
) -> tuple[Verdict, ...]:
    """Verdicts on the criteria of ``ruleset``, without their findings."""
    criteria = [one for _, _, one in ruleset.criteria()]
    return tuple(
        Verdict(one, credit, outcome, (), ())
        for one, credit, outcome in zip(criteria, credits, outcomes, strict=True)
    )


def losses_of(document: Json) -> tuple[Loss, ...]:
    """What the deductions take, in the order of ``Ruleset.taken``."""
    ends = [
        (_number(one["exact"]["floor"]), _number(one["exact"]["ceiling"])) for one in document["deductions"]
    ]
    return tuple(Loss(least, most, Finding("deduct", (), None, "")) for least, most in ends)


def _number(text: str) -> Number:
    return whole(Fraction(text))
