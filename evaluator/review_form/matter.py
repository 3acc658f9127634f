"""What a form is about: one submission under one ruleset at one stage, with what earlier stages left standing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.checks.rating import Level
from evaluator.errors import Language, Words
from evaluator.review import Provenance, Review, review_digest
from evaluator.review_form.layout import About, Kind
from evaluator.reviewing.standing import NOTHING, Standing, standings
from evaluator.reviewing.words import OUTCOMES, STAGES
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission

Json = dict[str, Any]


class Matter(NamedTuple):
    """What a form is made from.

    ``document`` is the assessment at the stage before anything is filled in, after ``earlier`` reviews; ``alone`` that of the
    submission without any. Where a third settles the differences of two
    (``settles`` are their reviews' digests), ``opinions`` are what they said, by criterion or item, and nothing else is asked.
    """

    ruleset: Ruleset
    catalogue: Catalogue
    submission: Submission
    document: Json
    alone: Json
    stage: str
    earlier: tuple[Review, ...] = ()
    settles: tuple[str, ...] = ()
    opinions: Mapping[str, Words] = {}

    @property
    def before(self) -> Standing:
        """What earlier stages left standing."""
        stood = standings(self.earlier)
        return stood[-1] if stood else NOTHING

    def about(self, kind: Kind) -> About:
        """What the form says of itself."""
        ruleset, submission = self.document["ruleset"], self.document["submission"]
        return About(
            kind,
            submission["subject"]["id"],
            submission["digest"],
            ruleset["id"],
            ruleset["version"],
            ruleset["digest"],
            self.stage,
            tuple(review_digest(one) for one in self.earlier),
            self.settles,
        )

    def claims(self, criterion: str, lang: Language) -> str:
        """What was claimed for a criterion, as the machine measured it."""
        one = next(one for one in self.alone["criteria"] if one["id"] == criterion)
        return "\n".join(texts(one, "measured", lang))

    def numbers(self) -> dict[str, int]:
        """The criteria's numbers: from 1, in the order of the ruleset."""
        return {one["id"]: n for n, one in enumerate(self.document["criteria"], 1)}

    def serving(self) -> dict[tuple[str, str], list[int]]:
        """For each item that the ruleset uses, by kind and id, the numbers of the criteria that it serves."""
        found: dict[tuple[str, str], list[int]] = {}
        for n, criterion in enumerate(self.ruleset.by_id().values(), 1):
            for use in criterion.uses():
                numbers = found.setdefault((use.kind, use.id), [])
                if n not in numbers:
                    numbers.append(n)
        return found


def verdict_words(criterion: Json, lang: Language) -> str:
    """The machine's verdict, whatever was decided at an earlier stage, and below it the points of the full points."""
    passed = criterion.get("stages") or [criterion]
    machine = passed[-1].get("machine", passed[-1])
    outcome = OUTCOMES[machine["outcome"]].in_language(lang)
    if machine["outcome"] == "not_applicable":
        return outcome
    floor, ceiling = machine["earned"]["floor"], machine["earned"]["ceiling"]
    earned = floor if floor == ceiling else f"{floor}–{ceiling}"
    points = f"{earned}/{criterion['points']}"
    return f"{outcome}\n{points} 分" if lang == "zh" else f"{outcome}\n{points}"


def texts(criterion: Json, key: str, lang: Language) -> Iterator[str]:
    """The texts of ``measured`` or the reasons of the findings that tell, each once."""
    seen: set[str] = set()
    for finding in criterion["findings"]:
        applies = criterion["outcome"] != "not_applicable"
        settled = finding["outcome"] in ("satisfied", "not_applicable")
        if (applies and finding["role"] == "applies_when") or (finding["parent"] is not None and settled):
            continue
        found = finding["reason"] if key == "reason" else (finding[key] or {}).get("text")
        text = str(found.get(lang) or found["zh"]) if found else ""
        if text and text not in seen:
            seen.add(text)
            yield text


def before_words(one: Provenance[Any] | None, text: Words, lang: Language) -> str | None:
    """What an earlier stage said, with its reason; None where it said nothing."""
    if one is None:
        return None
    stage = STAGES[one.review.stage].in_language(lang)
    colon = "：" if lang == "zh" else ": "
    return f"{stage}{colon}{text.in_language(lang)}\n{one.entry.reason}"


def levels_words(levels: Iterable[Level], lang: Language) -> str:
    """The levels that can be given, each with what it means."""
    parts = [
        f"{level.level} 档：{level.text.zh}"
        if lang == "zh"
        else f"level {level.level}: {level.text.en or level.text.zh}"
        for level in levels
    ]
    return "\n".join(parts)
