"""The command line: parse, call, print, exit code. Nothing imports it.

Exit codes: 0 done; 1 the command ran and the answer is no; 2 bad usage or bad input, every problem listed.
Heavy modules are imported where they are used, so that ``--help`` stays quick.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from evaluator.errors import EnvironmentFault, InputError, Language, Problem, Words

if TYPE_CHECKING:
    from evaluator.loading import Checked, Loaded
    from evaluator.submission import Submission


def _language(arguments: list[str], environment: dict[str, str]) -> Language:
    """``--lang`` anywhere on the line, else the locale; Chinese where the locale says nothing."""
    for position, one in enumerate(arguments):
        value = (
            one.partition("=")[2]
            if one.startswith("--lang=")
            else "".join(arguments[position + 1 : position + 2])
        )
        if one.partition("=")[0] == "--lang" and value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    locale = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    return "en" if locale.lower().startswith("en") else "zh"


LANGUAGE: Language = _language(sys.argv[1:], dict(os.environ))


def speak(zh: str, en: str) -> str:
    """One of two texts, by the language of this run."""
    return zh if LANGUAGE == "zh" else en


_CLICK_IN_CHINESE = {
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Usage:": "用法：",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用 {command} {option} 查看说明。",
    "Show this message and exit.": "显示本说明。",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "No such command {name!r}.": "没有命令 {name!r}。",
    "Invalid value: {message}": "取值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的取值不对：{message}",
    "Option {name!r} does not take a value.": "选项 {name!r} 不带取值。",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "default: {default}": "默认：{default}",
    "required": "必填",
    "Did you mean {possibility}?": "是否想写 {possibility}？",
    "(Possible options: {possibilities})": "（可能是：{possibilities}）",
    "(Did you mean one of: {possibilities}?)": "（可能是：{possibilities}）",
    "Option {name!r} requires an argument.": "选项 {name!r} 要带取值。",
    "{value!r} is not {choice}.": "{value!r} 不在 {choice} 之中。",
    "{value!r} is not one of {choices}.": "{value!r} 不在 {choices} 之中。",
    "Got unexpected extra argument ({args})": "多余的参数（{args}）",
    "Got unexpected extra arguments ({args})": "多余的参数（{args}）",
}


def _speak_chinese() -> None:
    # click looks its words up with gettext; a table of the few that our users meet is lighter than a compiled catalogue.
    def one(text: str) -> str:
        return _CLICK_IN_CHINESE.get(text, text)

    def several(singular: str, plural: str, number: int) -> str:
        return one(singular if number == 1 else plural)

    for module in (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.types,
    ):
        for name, replacement in (("_", one), ("ngettext", several)):
            if hasattr(module, name):
                setattr(module, name, replacement)


if LANGUAGE == "zh":
    _speak_chinese()

STAGES = ("self_check", "preliminary", "inspection", "final")
FORMATS = ("pdf", "html", "json")


class NeverATraceback(click.Group):
    """Says what is wrong in the user's language, and ends with the contract's exit codes."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; every expected error becomes a message and an exit code."""
        # A scorecard is a hundred thousand small objects and hardly a cycle: collecting less often saves a tenth of its time.
        gc.set_threshold(200_000, 20, 100)
        try:
            return super().main(*args, **{**kwargs, "standalone_mode": False}) or sys.exit(0)
        except click.ClickException as error:
            error.show()
            sys.exit(2)
        except (click.Abort, KeyboardInterrupt):
            click.echo(speak("已中断", "interrupted"), err=True)
            sys.exit(2)
        except click.exceptions.Exit as error:
            sys.exit(error.exit_code)
        except InputError as error:
            show_problems(error.problems)
            sys.exit(2)
        except EnvironmentFault as error:
            click.echo(error.in_language(LANGUAGE), err=True)
            sys.exit(2)
        except BrokenPipeError:
            sys.stdout = None  # nobody reads any more: say nothing on closing
            sys.exit(0)
        except OSError as error:
            where = f" {error.filename}" if error.filename else ""
            click.echo(
                speak(f"读写失败{where}：{error.strerror}", f"cannot read or write{where}: {error.strerror}"),
                err=True,
            )
            sys.exit(2)
        except Exception as error:
            if os.environ.get("DUIBIAO_DEBUG"):
                raise
            name = type(error).__name__
            zh = f"程序出错（{name}），请报告；设 DUIBIAO_DEBUG=1 可见详情"
            click.echo(
                speak(zh, f"an error of the program ({name}): please report it; DUIBIAO_DEBUG=1 shows more"),
                err=True,
            )
            sys.exit(2)


def show_problems(problems: Iterable[Problem]) -> None:
    """Every problem on a line of its own, on stderr."""
    listed = list(problems)
    for problem in listed:
        click.echo(problem.in_language(LANGUAGE), err=True)
    click.echo(
        speak(f"共 {len(listed)} 处问题", f"{len(listed)} problem{'s' * (len(listed) != 1)}"), err=True
    )


def complete_ruleset(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The ruleset ids that begin as typed, for shell completion."""
    from evaluator.loading import ruleset_ids

    return [name for name in ruleset_ids() if name.startswith(incomplete)]


def _date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(speak("写成 2025-10-15 的样子", "write it as 2025-10-15")) from None


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(value.split(",")))
    unknown = [one for one in wanted if one not in FORMATS]
    if unknown:
        known = ",".join(FORMATS)
        raise click.BadParameter(
            speak(f"不认识 {unknown[0]}，可用 {known}", f"unknown {unknown[0]}; known: {known}")
        )
    return wanted


rules_option = click.option(
    "--rules",
    "rules",
    multiple=True,
    required=True,
    metavar="ID",
    shell_complete=complete_ruleset,
    help=speak("规则集的标识、标识@版本或文件夹；可重复", "ruleset id, id@version or folder; repeatable"),
)
lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default=LANGUAGE,
    help=speak("语言（默认随系统区域设置）", "language (default: from the locale)"),
)


@click.group(
    cls=NeverATraceback,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=speak(
        "对标：按行政标准评估单位的工作，输出评分表。",
        "Duibiao: scores an institution's work against administrative standards.",
    ),
)
@click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False, help=speak("语言", "language"))
@click.version_option(package_name="duibiao", prog_name="duibiao", help=speak("显示版本", "show the version"))
def main() -> None:
    """Everything hangs below this group; its help is chosen by language above."""


@main.command(
    help=speak("给申报打分，写出评分表和评估结果。", "Score submissions; write scorecards and assessments.")
)
@click.argument(
    "submissions", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SUBMISSION…"
)
@rules_option
@click.option(
    "--as-of", callback=_date, metavar="DATE", help=speak("数据截止日", "the day up to which evidence speaks")
)
@click.option(
    "--stage",
    type=click.Choice(STAGES),
    default="self_check",
    show_default=True,
    help=speak("评估阶段", "the stage"),
)
@click.option(
    "--format",
    "formats",
    default="pdf,json",
    show_default=True,
    callback=_formats,
    help=speak("输出格式", "output formats"),
)
@click.option(
    "--out",
    default=".",
    show_default=True,
    metavar="DIR",
    help=speak("输出文件夹；- 为标准输出", "output folder; - is stdout"),
)
@click.option("--summary", is_flag=True, help=speak("只要前四部分（简表）", "parts 1 to 4 only"))
@click.option(
    "--require-accepted",
    is_flag=True,
    help=speak("有未达标的，退出码为 1", "exit with 1 unless all are accepted"),
)
@lang_option
def score(
    submissions: tuple[Path, ...],
    rules: tuple[str, ...],
    as_of: date | None,
    stage: Any,
    formats: tuple[str, ...],
    out: str,
    summary: bool,
    require_accepted: bool,
    lang: Language,
) -> None:
    """Every input is read before anything is written."""
    if out == "-" and (formats != ("json",) or len(submissions) * len(rules) != 1):
        raise click.UsageError(
            speak(
                "--out - 只能配 --format json，且只有一个结果",
                "--out - goes with --format json and one result",
            )
        )
    inputs = list(_read_all(submissions, rules))
    from evaluator.assessment import assess

    accepted = True
    with _written_whole(Path(out)) as write, _bar(inputs) as steps:
        for loaded, submission in steps:
            document = assess(loaded.ruleset, loaded.catalogue, submission, stage=stage, as_of=as_of).document
            accepted = accepted and document["accepted"] is True
            text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
            if out == "-":
                click.echo(text, nl=False)
                continue
            name = f"{submission.subject.id}.{loaded.ruleset.ruleset}"
            for kind in formats:
                content = text.encode() if kind == "json" else _rendered(document, kind, lang, summary)
                write(f"{name}.{kind}", content)
            _say_result(document, lang)
    if require_accepted and not accepted:
        sys.exit(1)


def _read_all(paths: Iterable[Path], rules: Iterable[str]) -> Iterator[tuple[Loaded, Submission]]:
    from evaluator.loading import load_ruleset, load_submission

    problems: list[Problem] = []
    loaded: list[Loaded] = []
    for name in rules:
        try:
            loaded.append(load_ruleset(name))
        except InputError as error:
            problems.extend(error.problems)
    found: list[tuple[Loaded, Submission]] = []
    names: set[tuple[str, str]] = set()
    for path in paths:
        for one in loaded:
            try:
                submission = load_submission(path, one.catalogue)
            except InputError as error:
                problems.extend(error.problems)
                break
            problems.extend(_mismatch(path, one, submission, names))
            found.append((one, submission))
    if problems:
        raise InputError(dict.fromkeys(problems))
    yield from found


def _mismatch(
    path: Path, loaded: Loaded, submission: Submission, names: set[tuple[str, str]]
) -> Iterator[Problem]:
    from evaluator.errors import Place

    kind, ruleset = submission.subject.kind, loaded.ruleset
    if kind not in ruleset.subject:
        zh = f"{ruleset.title.zh}评估的是 {'、'.join(ruleset.subject)}，这份申报是 {kind}"
        en = f"{ruleset.ruleset} is for {', '.join(ruleset.subject)}; this submission is a {kind}"
        yield Problem("other_subject", Place(str(path)), Words(zh, en))
    name = (submission.subject.id, ruleset.ruleset)
    if name in names:
        what = Words(f"单位标识 {name[0]} 有两份申报", f"two submissions of the subject {name[0]}")
        yield Problem("repeated_subject", Place(str(path)), what)
    names.add(name)


def _rendered(document: dict[str, Any], kind: str, lang: Language, summary: bool) -> bytes:
    from scorecards import render_html, render_pdf, scorecard

    card = scorecard(document, lang, summary=summary)
    return render_pdf(card) if kind == "pdf" else render_html(card).encode()


@contextmanager
def _written_whole(folder: Path) -> Iterator[Any]:
    """Files appear under their names only when all of them are made."""
    if str(folder) == "-":
        yield None
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".duibiao-", dir=folder) as made:
        yield lambda name, content: (Path(made) / name).write_bytes(content)
        for path in sorted(Path(made).iterdir()):
            path.replace(folder / path.name)
            click.echo(str(folder / path.name))


@contextmanager
def _bar(inputs: list[Any]) -> Iterator[Iterable[Any]]:
    if len(inputs) < 2 or not sys.stderr.isatty():
        yield inputs
        return
    with click.progressbar(inputs, label=speak("评分", "Scoring"), file=sys.stderr) as steps:
        yield steps


def _say_result(document: dict[str, Any], lang: Language) -> None:
    one = document["score"]
    name = document["submission"]["subject"]["name"]
    title = document["ruleset"]["title"][lang]
    if one is None:
        click.echo(speak(f"{name} · {title}：没有适用的指标", f"{name} · {title}: nothing applies"))
        return
    accepted = {
        True: Words("达标", "accepted"),
        False: Words("未达标", "not accepted"),
        None: Words("待定", "undecided"),
    }
    verdict = accepted[document["accepted"]].in_language(lang)
    zh = f"{name} · {title}：已确认 {one['floor']} 分，最高可达 {one['ceiling']} 分，{verdict}"
    click.echo(
        zh
        if lang == "zh"
        else f"{name} · {title}: {one['floor']} confirmed, {one['ceiling']} attainable, {verdict}"
    )


@main.command(
    help=speak("检查申报文件，列出全部问题，不打分。", "Report every problem of a submission; score nothing.")
)
@click.argument("submission", type=click.Path(path_type=Path))
@lang_option
def inspect(submission: Path, lang: Language) -> None:
    """Exit 1 where there are problems."""
    from evaluator.loading import load_submission

    try:
        found = load_submission(submission)
    except InputError as error:
        show_problems(error.problems)
        sys.exit(1)
    counts = {
        Words("数据", "counts"): len(found.counts),
        Words("活动", "events"): len(found.events),
        Words("文件", "documents"): len(found.documents),
        Words("事项", "statements"): len(found.statements),
    }
    listed = "，".join(f"{words.zh} {n} 项" for words, n in counts.items())
    listed_en = ", ".join(f"{n} {words.en}" for words, n in counts.items())
    zh = f"{found.subject.name}（{found.period.from_} 至 {found.period.to}）：{listed}；没有问题"
    click.echo(
        zh
        if lang == "zh"
        else f"{found.subject.name} ({found.period.from_} to {found.period.to}): {listed_en}; no problems"
    )


@main.command(help=speak("检查本机缺什么，怎么补。", "Say what this machine lacks and how to get it."))
@lang_option
def doctor(lang: Language) -> None:
    """Exit 1 where something that is needed is missing."""
    from scorecards.doctor import examine

    findings = examine()
    for one in findings:
        mark = (
            speak("正常", "ok")
            if one.good
            else speak("缺少", "missing")
            if one.needed
            else speak("可选", "optional")
        )
        click.echo(f"[{mark}] {one.name.in_language(lang)}")
        if not one.good:
            click.echo(f"    {one.mend.in_language(lang)}")
    if any(one.needed and not one.good for one in findings):
        sys.exit(1)


@main.command(help=speak("输出命令补全脚本。", "Print the script for shell completion."))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """For example: ``duibiao completion bash > ~/.local/share/bash-completion/completions/duibiao``."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(main, {}, "duibiao", "_DUIBIAO_COMPLETE").source())


@main.group(help=speak("规则集：列出、查看、检查、试算。", "Rulesets: list, show, check, test."))
def rules() -> None:
    """For policy staff."""


@rules.command("list", help=speak("列出规则集。", "List the rulesets."))
@lang_option
def list_rules(lang: Language) -> None:
    """One line a ruleset."""
    from evaluator.loading import load_ruleset, ruleset_ids

    for name in ruleset_ids():
        one = load_ruleset(name).ruleset
        number = sum(1 for _ in one.criteria())
        title = one.title.zh if lang == "zh" else one.title.en
        click.echo(
            f"{one.ruleset}@{one.version}  {title}  " + speak(f"{number} 项指标", f"{number} criteria")
        )


@rules.command("show", help=speak("显示一套规则的全部指标。", "Show every criterion of a ruleset."))
@click.argument("name", shell_complete=complete_ruleset)
@lang_option
def show_rules(name: str, lang: Language) -> None:
    """Sections, criteria with clause, level and points, and what each asks for."""
    from evaluator.handbook import lines
    from evaluator.loading import load_ruleset

    loaded = load_ruleset(name)
    for line in lines(loaded.ruleset, loaded.catalogue, lang):
        click.echo(line)


def _checked(paths: tuple[str, ...]) -> list[Checked]:
    from evaluator.loading import RULES, check_ruleset, find_ruleset, ruleset_ids

    folders = [find_ruleset(name)[0] for name in paths] or [RULES / name for name in ruleset_ids()]
    return [check_ruleset(folder) for folder in folders]


@rules.command(
    "check",
    help=speak("检查规则文件，列出全部问题；不写则查全部。", "Check rule files (all of them by default)."),
)
@click.argument("paths", nargs=-1, shell_complete=complete_ruleset)
@lang_option
def check_rules(paths: tuple[str, ...], lang: Language) -> None:
    """Exit 1 where there are faults."""
    from evaluator.loading import repeated_criteria

    checked = _checked(paths)
    problems = [*(problem for one in checked for problem in one.problems), *repeated_criteria(checked)]
    if problems:
        show_problems(dict.fromkeys(problems))
        sys.exit(1)
    for one in checked:
        number = sum(1 for _ in one.ruleset.criteria()) if one.ruleset else 0
        zh = f"{one.folder.name}：{number} 项指标，没有问题"
        click.echo(zh if lang == "zh" else f"{one.folder.name}: {number} criteria, no problems")


@rules.command(
    "test", help=speak("运行规则的用例；不写则跑全部。", "Run the cases of rules (all of them by default).")
)
@click.argument("paths", nargs=-1, shell_complete=complete_ruleset)
@lang_option
def test_rules(paths: tuple[str, ...], lang: Language) -> None:
    """Exit 1 where a case comes out otherwise than it says."""
    from evaluator.cases import run

    failed = total = 0
    for one in _checked(paths):
        if one.ruleset is None or one.catalogue is None or one.cases is None:
            show_problems(one.problems)
            sys.exit(2)
        for case in one.cases.cases:
            total += 1
            differences = run(case, one.cases.defaults, one.ruleset, one.catalogue)
            failed += bool(differences)
            for what, wanted, got in differences:
                zh = f"{one.folder.name}：{case.name}：{what} 应为 {wanted}，实为 {got}"
                click.echo(
                    zh
                    if lang == "zh"
                    else f"{one.folder.name}: {case.name}: {what} should be {wanted}, is {got}"
                )
    click.echo(speak(f"{total} 个用例，{failed} 个不符", f"{total} cases, {failed} differ"))
    if failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
