"""``duibiao sample``: a plan of whom to visit and what to check there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.inputs import read_all, sent_files
from commands.options import (
    WholeNumber,
    a_date,
    lang_option,
    one_ruleset_option,
    output_option,
    submissions_argument,
)
from commands.writing import reports_written
from evaluator.errors import Language

if TYPE_CHECKING:
    from evaluator.loading import Loaded, Received


@click.command(
    help=speak(
        "制定抽查方案：抽哪几家、每家查哪些指标。", "Plan a sample: whom to visit, and what to check there."
    )
)
@submissions_argument
@one_ruleset_option
@click.option(
    "--communities",
    required=True,
    type=WholeNumber(1),
    metavar=speak("家数", "N"),
    help=speak("抽查多少家", "how many to visit"),
)
@click.option(
    "--criteria",
    required=True,
    type=WholeNumber(1),
    metavar=speak("项数", "M"),
    help=speak("每家核查多少项指标", "how many criteria to check in each"),
)
@click.option(
    "--seed",
    required=True,
    metavar=speak("种子", "S"),
    help=speak(
        "抽签的种子，任意文字；公开约定，可以重抽核对",
        "the seed of the lots, any text: agree on it in public",
    ),
)
@click.option(
    "--for-risk",
    type=WholeNumber(0),
    metavar=speak("家数", "N"),
    help=speak("其中至多几家按风险抽（默认三分之一）", "at most so many of them for risk (default: a third)"),
)
@click.option(
    "--region-level",
    type=WholeNumber(0),
    metavar=speak("级", "N"),
    help=speak(
        "按所在地区的第几级分层（默认取最先有差别的一级；0 为不分）",
        "the level of regions for strata (default: the first that differs; 0: none)",
    ),
)
@click.option(
    "--as-of",
    callback=a_date,
    metavar=speak("日期", "DATE"),
    help=speak("数据截止日", "the day up to which evidence speaks"),
)
@output_option
@lang_option
def sample(
    submissions: tuple[Path, ...],
    rules: str,
    communities: int,
    criteria: int,
    seed: str,
    for_risk: int | None,
    region_level: int | None,
    as_of: date | None,
    out: tuple[Path, ...],
    lang: Language,
) -> None:
    """Every submission is read before anything is drawn."""
    refuse_existing(*out)
    inputs = list(read_all(submissions, (rules,)))
    from evaluator.sampling.plan import Wanted

    kept = communities // 3 if for_risk is None else for_risk
    found = _plan(inputs, Wanted(communities, kept, criteria, seed, region_level), as_of)
    from scorecards.sampling import plan_report

    reports_written(out, found, lambda _kind: plan_report(found, lang))
    for line in _told(found, lang):
        click.echo(line)
    for path in out:
        click.echo(printable(str(path)))


def _plan(inputs: list[tuple[Loaded, Received]], wanted: Any, as_of: date | None) -> dict[str, Any]:
    from evaluator.assessment import assess
    from evaluator.sampling import candidate, plan, with_shared_files

    by_subject = {received.submission.subject.id: (loaded, received) for loaded, received in inputs}

    def assessed(subject: str) -> dict[str, Any]:
        loaded, received = by_subject[subject]
        return assess(
            loaded.ruleset,
            loaded.catalogue,
            received.submission,
            as_of=as_of,
            observations=received.observations,
            files=received.files,
        ).document

    candidates = with_shared_files(
        candidate(
            loaded.ruleset,
            loaded.catalogue,
            received.submission,
            as_of=as_of,
            observations=received.observations,
            files=sent_files(received) or (),
        )
        for loaded, received in inputs
    )
    return plan(candidates, inputs[0][0].ruleset, wanted, assessed)


def _told(found: dict[str, Any], lang: Language) -> list[str]:
    picks, everyone = found["picks"], len(found["population"])
    seed = printable(found["seed"])
    zh = f"{everyone} 份申报，抽查 {len(picks)} 家，每家至多 {found['asked']['criteria']} 项；种子 {seed}"
    en = f"{everyone} submissions, {len(picks)} to visit, at most {found['asked']['criteria']} criteria in each; seed {seed}"
    how = {"lot": ("抽签", "by lot"), "risk": ("风险", "for risk")}
    lines = [zh if lang == "zh" else en]
    for n, one in enumerate(picks, 1):
        words = how[one["by"]][lang != "zh"]
        risks = ("；" if lang == "zh" else "; ").join(risk["text"][lang] for risk in one["risks"])
        why = words + (("：" if lang == "zh" else ": ") + risks if risks else "")
        lines.append(
            printable(
                f"{n}. {one['name']}（{one['id']}）{why}"
                if lang == "zh"
                else f"{n}. {one['name']} ({one['id']}) {why}"
            )
        )
    return lines
