"""``duibiao dossier``: what an appeal needs in one package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.archives import archive
from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.options import complete_ruleset, lang_option
from commands.writing import json_bytes, printed, written_whole
from evaluator.algorithms import algorithm_of, digits_of
from evaluator.errors import InputError, Language, Place, Problem, Words

if TYPE_CHECKING:
    from evaluator.dossiers import RulesAtHand, Step
    from evaluator.loading import Loaded

Json = dict[str, Any]


def _archive_name(_context: click.Context, _parameter: click.Parameter, value: Path) -> Path:
    if value.suffix.lower() != ".zip":
        raise click.BadParameter(speak("文件名以 .zip 结尾", "the name ends with .zip"))
    return value


@click.command(
    help=speak(
        "把一个单位各次评估结果、变化和理由、佐证目录、所用规则装成一份卷宗。",
        "Pack the assessments of one subject with what changed, evidence and rules.",
    )
)
@click.argument(
    "assessments",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("评估结果.json…", "ASSESSMENT.json…"),
)
@click.option(
    "--rules",
    "rules",
    multiple=True,
    metavar=speak("规则集", "ID"),
    shell_complete=complete_ruleset,
    help=speak(
        "评估时所用的规则；可重复（默认按标识取本机的）",
        "the rules that were used; repeatable (default: those at hand)",
    ),
)
@click.option(
    "--allow-other-rules",
    is_flag=True,
    help=speak(
        "找不到评估时所用的规则，也装入现有的并注明不同",
        "pack the rules at hand, marked, where those used are not found",
    ),
)
@click.option(
    "--submission",
    "submissions",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar=speak("申报文件", "FILE"),
    help=speak("一并装入的申报表；可重复", "a submission to pack as well; repeatable"),
)
@click.option(
    "--review",
    "reviews",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar=speak("复核文件", "FILE"),
    help=speak("一并装入的复核文件；可重复", "a review to pack as well; repeatable"),
)
@click.option(
    "-o",
    "--out",
    "out",
    required=True,
    type=click.Path(path_type=Path),
    callback=_archive_name,
    metavar=speak("卷宗.zip", "DOSSIER.zip"),
    help=speak("写到哪个文件；已有的文件不覆盖", "the file to write; one that is there is not overwritten"),
)
@lang_option
def dossier(
    assessments: tuple[Path, ...],
    rules: tuple[str, ...],
    allow_other_rules: bool,
    submissions: tuple[Path, ...],
    reviews: tuple[Path, ...],
    out: Path,
    lang: Language,
) -> None:
    """Everything is read and checked before anything is written."""
    refuse_existing(out)
    steps = _steps(assessments)
    problems: list[Problem] = []
    at_hand = _rules(steps, rules, problems, allow_other=allow_other_rules)
    members = _submissions(submissions, steps, at_hand, problems)
    members.update(_reviews(reviews, steps, problems))
    if problems:
        raise InputError(dict.fromkeys(problems))
    found, members = _packed(steps, at_hand, members, lang)
    with written_whole(out.parent) as write:
        write(out.name, archive(members))
    for step in found["steps"]:
        click.echo(printable(_told(step, lang)))
    click.echo(printable(str(out)))


def _steps(paths: Sequence[Path]) -> list[Step]:
    from evaluator.dossiers import chain, faults
    from evaluator.loading import load_assessment

    problems: list[Problem] = []
    read: dict[str, tuple[Path, Json]] = {}
    for path in paths:
        try:
            document = load_assessment(path)
        except InputError as error:
            problems.extend(error.problems)
            continue
        # The same one twice is once.
        read.setdefault(document["digest"], (path, document))
    if not problems:
        documents = [document for _, document in read.values()]
        named = [path for path, _ in read.values()]
        problems.extend(
            Problem(one.code, Place(str(named[one.position])), one.what, one.mend)
            for one in faults(documents)
        )
    if problems:
        raise InputError(dict.fromkeys(problems))
    return chain([document for _, document in read.values()])


def _rules(
    steps: Sequence[Step], names: Iterable[str], problems: list[Problem], *, allow_other: bool
) -> dict[str, tuple[RulesAtHand, Loaded]]:
    """For each ruleset that the assessments name, by its digest, the rules at hand."""
    from evaluator.digests import ruleset_digest
    from evaluator.dossiers import RulesAtHand
    from evaluator.loading import load_ruleset

    given: list[Loaded] = []
    for name in dict.fromkeys([*names, *(step.document["ruleset"]["id"] for step in steps)]):
        try:
            given.append(load_ruleset(name))
        except InputError as error:
            problems.extend(error.problems if name in names else ())
    digests = {
        ruleset_digest(one.ruleset, one.catalogue, algorithm): one
        for one in reversed(given)
        for algorithm in dict.fromkeys(algorithm_of(step.document["ruleset"]["digest"]) for step in steps)
    }
    found: dict[str, tuple[RulesAtHand, Loaded]] = {}
    for step in steps:
        named = step.document["ruleset"]
        alike = [one for one in given if one.ruleset.ruleset == named["id"]]
        if named["digest"] in found:
            continue
        if named["digest"] not in digests and (not alike or not allow_other):
            problems.append(_other_rules(named, alike))
            continue
        loaded = digests.get(named["digest"]) or alike[0]
        digest = ruleset_digest(loaded.ruleset, loaded.catalogue, algorithm_of(named["digest"]))
        folder = f"rules/{loaded.ruleset.version}-{digits_of(digest)[:12]}/{named['id']}"
        found[named["digest"]] = (
            RulesAtHand(named["id"], loaded.ruleset.version, named["digest"], digest, folder),
            loaded,
        )
    return found


def _other_rules(named: Json, alike: Sequence[Loaded]) -> Problem:
    name = f"{named['id']}@{named['version']}"
    what = Words(f"没有评估时所用的规则 {name}", f"the rules that were used, {name}, are not at hand")
    if alike:
        here = f"{alike[0].ruleset.ruleset}@{alike[0].ruleset.version}"
        what = Words(
            f"评估所用的规则 {name} 与手头的 {here} 内容不同（校验码不符）",
            f"the rules that were used, {name}, differ from those at hand, {here}: the digests do not match",
        )
    mend = Words(
        "用 --rules 指到评估时的规则文件夹；确实没有的，加 --allow-other-rules 注明",
        "name the folder of the rules of that time with --rules, or mark it with --allow-other-rules",
    )
    return Problem("other_rules", Place(name), what, mend)


def _submissions(
    paths: Iterable[Path],
    steps: Iterable[Step],
    rules: dict[str, tuple[RulesAtHand, Loaded]],
    problems: list[Problem],
) -> dict[str, bytes]:
    """What was submitted, each named after its digest: whole, with what it includes, and in no need of its files."""
    from evaluator.digests import submission_digest
    from evaluator.emitting import as_data
    from evaluator.loading import receive, shown

    catalogue = next((loaded.catalogue for _, loaded in rules.values()), None)
    wanted = {step.document["submission"]["digest"] for step in steps}
    found: dict[str, bytes] = {}
    for path in paths:
        try:
            submission = receive(path, catalogue).submission
        except InputError as error:
            problems.extend(error.problems)
            continue
        names = {submission_digest(submission, algorithm_of(one)) for one in wanted} & wanted
        if not names:
            what = Words("没有一份评估结果是按这份申报评的", "none of the assessments is of this submission")
            mend = Words("用评估时的申报文件，内容不能改动", "use the submission as it was assessed")
            problems.append(Problem("other_submission", Place(shown(path)), what, mend))
            continue
        content = json_bytes(as_data(submission))
        found.update({f"submissions/{digits_of(name)[:12]}.json": content for name in names})
    return found


def _reviews(paths: Iterable[Path], steps: Iterable[Step], problems: list[Problem]) -> dict[str, bytes]:
    """The reviews to pack as they are, each named after its digest."""
    from evaluator.loading import load_review, shown
    from evaluator.review import is_named

    wanted = {review["digest"] for step in steps for review in step.document["reviews"]}
    found: dict[str, bytes] = {}
    for path in paths:
        try:
            review = load_review(path)
        except InputError as error:
            problems.extend(error.problems)
            continue
        names = {name for name in wanted if is_named(review, name)}
        if not names:
            what = Words("没有一份评估结果用了这份复核", "none of the assessments was made with this review")
            mend = Words("用评分时的复核文件，内容不能改动", "use the review as it was when scored")
            problems.append(Problem("other_review", Place(shown(path)), what, mend))
            continue
        content, ending = path.read_bytes(), path.suffix.lower()
        found.update({f"reviews/{digits_of(name)[:12]}{ending}": content for name in names})
    return found


def _packed(
    steps: Sequence[Step],
    rules: dict[str, tuple[RulesAtHand, Loaded]],
    members: dict[str, bytes],
    lang: Language,
) -> tuple[Json, dict[str, bytes]]:
    from evaluator.comparing import compare
    from evaluator.dossiers import chronology, listed, manifest
    from evaluator.loading import rule_files
    from scorecards.chronology import chronology_report

    documents = [step.document for step in steps]
    names = [
        f"assessments/{n}-{one['stage']}-{digits_of(one['digest'])[:12]}.json"
        for n, one in enumerate(documents, 1)
    ]
    comparisons = [compare(*two) for two in pairwise(documents)]
    members = {**members, **{name: json_bytes(one) for name, one in zip(names, documents, strict=True)}}
    for n, one in enumerate(comparisons, 1):
        members[f"comparisons/{n}-{n + 1}.json"] = json_bytes(one)
    for hand, loaded in rules.values():
        base = hand.folder.rpartition("/")[0]
        members.update({f"{base}/{name}": content for name, content in rule_files(loaded.folder).items()})
    found = chronology(steps, names, comparisons, [hand for hand, _ in rules.values()], listed(members))
    report = chronology_report(found, lang)
    members["chronology.json"] = json_bytes(found)
    for kind in ("pdf", "xlsx"):
        members[f"chronology.{kind}"] = printed(report, kind)
    members["manifest.json"] = json_bytes(manifest(found, members))
    return found, members


def _told(step: Json, lang: Language) -> str:
    from scorecards.labels import ACCEPTED, STAGES

    zh = lang == "zh"
    stage, accepted = STAGES[step["stage"]][not zh], ACCEPTED[step["accepted"]][not zh]
    score = step["score"] or {"floor": "—", "ceiling": "—"}
    stands = ""
    if step["superseded_by"]:
        stands = "，已被取代" if zh else ", superseded"
    elif step["standing"]:
        stands = "，现行" if zh else ", stands"
    floor, ceiling = score["floor"], score["ceiling"]
    if zh:
        told = f"已确认 {floor} 分，最高可达 {ceiling} 分，{accepted}{stands}"
        return f"{step['step']}. {stage}（{step['as_of']}）：{told}"
    told = f"{floor} confirmed, {ceiling} attainable, {accepted}{stands}"
    return f"{step['step']}. {stage} ({step['as_of']}): {told}"
