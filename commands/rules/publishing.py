"""``duibiao rules publish``: a version checked, tested, recorded and signed, as a bundle."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.options import a_date, complete_ruleset, own_words_option
from commands.rules.keys import passphrase_of
from commands.rules.states import document_option, own_folder
from evaluator.errors import InputError, Problem, RulesetError

if TYPE_CHECKING:
    from evaluator.loading import Checked

ENDING = ".duibiao"


def _a_bundle(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and value.suffix.lower() != ENDING:
        raise click.BadParameter(speak(f"文件名以 {ENDING} 结尾", f"the name ends with {ENDING}"))
    return value


@click.command(
    "publish",
    help=speak(
        "发布审定的版本：检查、试算、登记、签名，写成规则包。",
        "Publish an approved version: check, test, record and sign it as a bundle.",
    ),
)
@click.argument("name", shell_complete=complete_ruleset, metavar=speak("规则集", "RULESET"))
@click.option(
    "--key",
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("私钥.pem", "KEY.pem"),
    help=speak("发布单位的私钥", "the publisher's private key"),
)
@click.option(
    "--on",
    "on",
    callback=a_date,
    metavar=speak("日期", "DATE"),
    help=speak("发布日期", "the day of publication"),
)
@document_option
@click.option(
    "--erratum",
    metavar=speak("说明", "TEXT"),
    help=speak("更正了什么（这一版是更正时）", "what was mended, where this version is an erratum"),
)
@click.option(
    "-o",
    "--out",
    "out",
    callback=_a_bundle,
    type=click.Path(path_type=Path),
    metavar=speak("文件.duibiao", "FILE.duibiao"),
    help=speak(
        "另写一份到这里；规则集自己的文件夹里总会保存一份",
        "write a copy here; the ruleset's own folder always keeps one",
    ),
)
@own_words_option
def publish(
    name: str,
    key: Path,
    on: date | None,
    document: str | None,
    erratum: str | None,
    out: Path | None,
) -> None:
    """Nothing is written unless everything is in order."""
    from commands.writing import cleared, written_whole
    from evaluator.loading.placing import content_of
    from evaluator.loading.publishing import publication
    from evaluator.loading.version_files import FILE, recorded

    if erratum is not None and (not erratum.strip() or len(erratum) > 500 or not erratum.isprintable()):
        raise click.UsageError(speak("--erratum 写一句话", "--erratum is one sentence"))
    one = _sound(name)
    assert one.ruleset is not None
    assert one.catalogue is not None
    problems: list[Problem] = []
    read = content_of(one.folder / FILE)
    versions = recorded(one.folder, problems)
    if problems:
        raise RulesetError(problems)
    made = publication(
        one.folder,
        one.ruleset,
        one.catalogue,
        versions,
        key,
        passphrase_of(key),
        on=on,
        document=document,
        erratum=erratum,
    )
    if out is not None and not (out.is_file() and out.read_bytes() == made.bundle):
        refuse_existing(out)
    with ExitStack() as stack:
        # Left in the opposite order: without the bundle that it speaks of no version is recorded as published, and none is given
        # away that is not recorded. Killed between two of them the same command does what is missing.
        for path, content, made_from in (
            (out, made.bundle, None),
            (one.folder / FILE, None if made.versions is None else made.versions.encode(), {FILE: read}),
            (made.kept, None if made.is_kept else made.bundle, None),
        ):
            if path is not None and content is None:
                cleared(path.parent)
            elif path is not None and content is not None:
                stack.enter_context(written_whole(path.parent, read=made_from))(path.name, content)
    manifest = made.manifest
    click.echo(f"{manifest.ruleset}@{manifest.version}  {manifest.digest}")
    click.echo(speak("签名密钥 ", "signed by ") + made.key)
    for path in (made.kept, out):
        if path is not None:
            click.echo(printable(str(path)))


def _sound(name: str) -> Checked:
    """The ruleset's folder, without a fault and with every case as it says; raises ``InputError``."""
    from evaluator.loading import check_ruleset, other_version
    from evaluator.loading.publishing import failing_cases
    from evaluator.loading.resolving import parted

    identifier, version = parted(name)
    folder = own_folder(identifier)
    one = check_ruleset(folder)
    problems: list[Problem] = []
    if one.ruleset is not None and version:
        problems.extend(other_version(name, version, one.ruleset, folder))
    if problems or one.problems:
        raise InputError([*one.problems, *problems])
    problems = list(failing_cases(one))
    if problems:
        raise RulesetError(problems)
    return one
