"""``duibiao rules state``: through which states the versions of a ruleset went, and into which one comes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import printable, speak
from commands.options import a_date, complete_ruleset, lang_option
from evaluator.errors import Language, Place, Problem, RulesetError, Words

if TYPE_CHECKING:
    from evaluator.versions import State


def _a_number(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    text = None if value is None else value.strip()
    if text is not None and (not text or len(text) > 100 or not text.isprintable()):
        raise click.BadParameter(
            speak("写成 昆民宗〔2026〕12号 的样子", "write a number such as 昆民宗〔2026〕12号")
        )
    return text


document_option = click.option(
    "--document",
    callback=_a_number,
    metavar=speak("文号", "NUMBER"),
    help=speak("文件的文号", "the number of the document that says so"),
)
SETTABLE = ("draft", "consultation", "approved", "withdrawn")


@click.command(
    "state",
    help=speak(
        "查看或登记规则各版本的状态：草案、征求意见、审定、废止。",
        "Show or record the states of a ruleset's versions.",
    ),
)
@click.argument("name", shell_complete=complete_ruleset, metavar=speak("规则集", "RULESET"))
@click.option(
    "--to",
    "to",
    type=click.Choice([*SETTABLE, "published"]),
    help=speak("转入的状态：草案、征求意见、审定、废止", "the state to record"),
)
@click.option(
    "--on",
    "on",
    callback=a_date,
    metavar=speak("日期", "DATE"),
    help=speak("转入的日期，如 2026-11-25", "since what day, as 2026-11-25"),
)
@document_option
@lang_option
def state_of_rules(
    name: str, to: State | None, on: date | None, document: str | None, lang: Language
) -> None:
    """Nothing is written where the state may not follow the one before."""
    from evaluator.loading.resolving import parted
    from evaluator.versions import STATES

    if to is None:
        if on is not None or document is not None:
            raise click.UsageError(
                speak("--on、--document 要和 --to 一起用", "--on and --document go with --to")
            )
        _show(name, lang)
        return
    if on is None:
        raise click.UsageError(speak("--to 要写明 --on 日期", "--to states its day with --on"))
    if to == "published":
        zh = "发布要检查、试算并签名：用 duibiao rules publish"
        raise click.UsageError(speak(zh, "publishing checks, tests and signs: use duibiao rules publish"))
    identifier, wanted = parted(name)
    folder = own_folder(identifier)
    version = wanted or _stated(folder)
    _record(folder, version, to, on, document)
    words = STATES[to].in_language(lang)
    number = f"  {document}" if document else ""
    click.echo(printable(f"{folder.resolve().name}@{version}  {words}  {on}{number}"))


def own_folder(name: str) -> Path:
    """The folder of the ruleset ``name``, to be written to; refused where it is a bundle, or where two folders may be meant."""
    from evaluator.loading import find_ruleset
    from evaluator.loading.unpacked import called, unpacked_from

    folder, _ = find_ruleset(name)
    if unpacked_from(folder) is not None:
        what = Words("规则包不能改动", "a bundle does not change")
        mend = Words("指到规则集的文件夹", "name the ruleset's folder")
        raise RulesetError([Problem("sealed_bundle", Place(called(folder)), what, mend)])
    here = Path(name)
    if (here / "ruleset.yaml").is_file() and here.resolve() != folder.resolve():
        what = Words(
            f"{name} 既是随程序安装的规则集，也是这里的文件夹",
            f"{name} is a ruleset of this installation and a folder here",
        )
        mend = Words(f"指文件夹的，写 ./{name}", f"to name the folder write ./{name}")
        raise RulesetError([Problem("two_rulesets", Place(name), what, mend)])
    return folder


def _stated(folder: Path) -> str:
    """The version of the rules that lie in ``folder``; whether they are fit for use is not asked."""
    from evaluator.loading import check_ruleset
    from evaluator.loading.resolving import stated_version

    version = stated_version(folder)
    if version is None:
        raise RulesetError(check_ruleset(folder).problems)
    return version


def _record(folder: Path, version: str, to: State, on: date, document: str | None) -> None:
    from commands.writing import written_whole
    from evaluator.loading import shown
    from evaluator.loading.placing import content_of
    from evaluator.loading.version_edits import begun, with_passage
    from evaluator.loading.version_files import FILE, recorded
    from evaluator.version_faults import passage_faults
    from evaluator.versions import Passage

    problems: list[Problem] = []
    path, passage = folder / FILE, Passage(state=to, on=on, document=document)
    read = content_of(path)
    versions = recorded(folder, problems)
    if not problems:
        faults = passage_faults(versions, version, passage)
        problems = [Problem(one.code, Place(shown(path)), one.what, one.mend) for one in faults]
    if problems:
        raise RulesetError(problems)
    text = begun(folder) if read is None else read.decode("utf-8-sig")
    with written_whole(folder, read={FILE: read}) as write:
        write(FILE, with_passage(text, version, passage).encode())


def _show(name: str, lang: Language) -> None:
    from evaluator.loading import find_ruleset
    from evaluator.loading.version_files import recorded
    from evaluator.versions import STATES

    folder, wanted = find_ruleset(name)
    problems: list[Problem] = []
    versions = recorded(folder, problems)
    if problems:
        raise RulesetError(problems)
    if versions is None:
        click.echo(
            speak(
                "没有登记版本。用 --to draft --on 日期 登记",
                "no version is recorded: record one with --to draft --on DATE",
            )
        )
        return
    for one in versions.versions:
        if wanted not in (None, one.version):
            continue
        for passage in one.states:
            words = STATES[passage.state].in_language(lang)
            click.echo(printable(f"{one.version}  {passage.on}  {words}  {passage.document or ''}".rstrip()))
        if one.erratum is not None:
            words = one.erratum.zh if lang == "zh" else one.erratum.en or one.erratum.zh
            click.echo(printable(f"{one.version}  " + speak("更正：", "erratum: ") + words))
        if one.digest is not None:
            number = len(one.criteria)
            click.echo(f"{one.version}  {one.digest}  " + speak(f"{number} 项指标", f"{number} criteria"))
