"""``duibiao verify``: whether a scorecard is what the engine issued, from that evidence, under those rules; offline."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from commands.console import speak
from commands.options import complete_ruleset, lang_option, rectification_option, review_option
from commands.writing import json_bytes
from evaluator.errors import Language

if TYPE_CHECKING:
    from commands.verifying import Judging
    from evaluator.loading import Loaded

Json = dict[str, Any]


@click.command(
    help=speak(
        "核验评分表：是不是由所附的材料、按所写的规则得出，有没有改动过。不用联网。",
        "Verify scorecards: issued from that evidence, by those rules, unaltered.",
    )
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("评分表…", "SCORECARD…"),
)
@click.option(
    "--submission",
    type=click.Path(path_type=Path),
    metavar=speak("申报文件", "SUBMISSION"),
    help=speak(
        "当时的申报文件或资料包：从头重评一遍", "the submission or package: judges anew from the beginning"
    ),
)
@click.option(
    "--rules",
    metavar=speak("规则集", "ID"),
    shell_complete=complete_ruleset,
    help=speak("规则集的标识、标识@版本、文件夹或规则包", "ruleset id, id@version, folder or bundle"),
)
@review_option
@rectification_option
@click.option(
    "--code",
    metavar=speak("核验码", "CODE"),
    help=speak(
        "纸上页脚的核验码：是不是这一份的", "the code at the foot of a paper copy: does it belong here?"
    ),
)
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar=speak("证书.pem", "CERT.pem"),
    help=speak(
        "信任的签章证书，加上常用的那些；可重复，要求文件有可信签章",
        "a certificate to trust beside those kept; repeatable: demands a trusted signature",
    ),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=speak("输出格式", "output format"),
)
@lang_option
def verify(
    files: tuple[Path, ...],
    submission: Path | None,
    rules: str | None,
    reviews: tuple[Path, ...],
    lists: tuple[Path, ...],
    code: str | None,
    trust: tuple[Path, ...],
    form: Literal["text", "json"],
    lang: Language,
) -> None:
    """Whatever is given beside the files is read before any of them is looked at."""
    from commands.verifying import Asked, verified
    from evaluator.loading.authorities import trusted_certificates
    from evaluator.loading.scorecards import scorecards_at
    from evaluator.verifying.answer import REFUSED, answers_document

    paths = scorecards_at(files)
    _only_of_one(paths, submission=submission, code=code, beside=(*reviews, *lists))
    certificates = trusted_certificates(trust)
    loaded = None if rules is None else _loaded(rules)
    asked = Asked(
        None if loaded is None else _named(loaded),
        None if submission is None else _judging(submission, loaded, reviews, lists),
        None if code is None else _read(code),
        certificates,
        bool(trust),
    )
    answers = [verified(path, asked) for path in paths]
    document = answers_document(answers)
    if form == "json":
        click.echo(json_bytes(document), nl=False)
    else:
        from scorecards.verifying.telling import answers_as_text

        click.echo(answers_as_text(document, lang), nl=False)
    verdicts = {one.verdict for one in answers}
    if "unreadable" in verdicts:
        sys.exit(2)
    if verdicts & REFUSED:
        sys.exit(1)


def _only_of_one(
    paths: Sequence[Path], *, submission: Path | None, code: str | None, beside: Sequence[Path]
) -> None:
    if len(paths) != 1 and (submission is not None or code is not None):
        zh, en = (
            "--submission 和 --code 一次只配一份评分表",
            "--submission and --code go with one scorecard at a time",
        )
        raise click.UsageError(speak(zh, en))
    if beside and submission is None:
        zh, en = (
            "--review 和 --rectification 要与 --submission 同用",
            "--review and --rectification go with --submission",
        )
        raise click.UsageError(speak(zh, en))


def _read(code: str) -> str:
    from scorecards.codes import read_code

    found = read_code(code)
    if isinstance(found, str):
        return found
    raise click.UsageError(speak(found.what.zh, found.what.en))


def _loaded(rules: str) -> Loaded:
    from evaluator.loading import load_ruleset

    return load_ruleset(rules)


def _named(loaded: Loaded) -> tuple[str, str, str]:
    from evaluator.digests import ruleset_digest

    return loaded.ruleset.ruleset, loaded.ruleset.version, ruleset_digest(loaded.ruleset, loaded.catalogue)


def _judging(
    submission: Path, loaded: Loaded | None, reviews: tuple[Path, ...], lists: tuple[Path, ...]
) -> Judging:
    from commands.verifying_evidence import judged

    return lambda document: judged(document, submission, loaded, reviews, lists)
