"""The command line: parse, call, print, exit code. Nothing imports it.

Exit codes: 0 done; 1 the command ran and the answer is no; 2 bad usage or bad input, every problem listed.
Heavy modules are imported where they are used, so that ``--help`` stays quick.
"""

from __future__ import annotations

import errno
import gc
import io
import json
import os
import signal
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
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

from evaluator.errors import EnvironmentFault, InputError, Language, Place, Problem, Words

if TYPE_CHECKING:
    from evaluator.loading import Checked, Loaded
    from evaluator.submission import Submission


def _language(arguments: list[str], environment: dict[str, str]) -> Language:
    """The last ``--lang`` on the line, else the locale; Chinese where the locale says nothing."""
    for one, following in zip(reversed(arguments), ["", *reversed(arguments)], strict=False):
        value = one.removeprefix("--lang=") if one.startswith("--lang=") else following
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


class _ChineseFormatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        said = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]…")
        super().write_usage(prog, said, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _in_chinese(message: str) -> str:
    # click puts its quotes, commas and stops around the words of the table.
    joined = message.replace("', '", "'、'").replace("'. ", "'。").replace("。 ", "。")
    return f"{joined[:-1]}。" if joined.endswith("'.") else joined


def _speak_chinese() -> None:
    click.Context.formatter_class = _ChineseFormatter
    # A Chinese character takes two columns of a terminal.
    setattr(click.formatting, "term_len", _columns)  # noqa: B010 - click exports it as a plain function

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

_OS_ERRORS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EEXIST: "同名文件已存在",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "上级不是文件夹",
    errno.ENOENT: "找不到",
    errno.ENAMETOOLONG: "名字太长",
    errno.EIO: "设备出错",
}

STAGES = ("self_check", "preliminary", "inspection", "final")
FORMATS = ("pdf", "html", "json")


class NeverATraceback(click.Group):
    """Says what is wrong in the user's language, and ends with the contract's exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whoever reads its output may stop reading (``| head``)."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _forget_output()
            raise click.exceptions.Exit(0) from None

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; every expected error becomes a message and an exit code."""
        # A scorecard is a hundred thousand small objects and hardly a cycle: collecting less often saves a tenth of its time.
        gc.set_threshold(200_000, 20, 100)
        _prepare_process()
        try:
            return super().main(*args, **{**kwargs, "standalone_mode": False}) or sys.exit(0)
        except click.ClickException as error:
            _show_misuse(error)
            sys.exit(2)
        except (click.Abort, KeyboardInterrupt):
            _complain(speak("已中断", "interrupted"))
            sys.exit(2)
        except click.exceptions.Exit as error:
            sys.exit(error.exit_code)
        except InputError as error:
            show_problems(error.problems)
            sys.exit(2)
        except EnvironmentFault as error:
            _complain(error.in_language(LANGUAGE))
            sys.exit(2)
        except OSError as error:
            where = f" {printable(str(error.filename))}" if error.filename else ""
            zh = _OS_ERRORS.get(error.errno or 0, f"系统错误 {error.errno}")
            _complain(speak(f"读写失败{where}：{zh}", f"cannot read or write{where}: {error.strerror}"))
            _forget_output()
            sys.exit(2)
        except Exception as error:
            if os.environ.get("DUIBIAO_DEBUG"):
                raise
            name = type(error).__name__
            zh = f"程序出错（{name}），请报告；设 DUIBIAO_DEBUG=1 可见详情"
            en = f"an error of the program ({name}): please report it; DUIBIAO_DEBUG=1 shows more"
            _complain(speak(zh, en))
            sys.exit(2)


def _prepare_process() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may lack Chinese
    # Asked to end, it ends as on Ctrl-C: without half-written files.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _show_misuse(error: click.ClickException) -> None:
    if LANGUAGE == "zh":
        message = _in_chinese(error.format_message())
        error.format_message = lambda: message  # type: ignore[method-assign]
    with _whoever_listens():
        error.show()


def _complain(text: str) -> None:
    with _whoever_listens():
        click.echo(text, err=True)


@contextmanager
def _whoever_listens() -> Iterator[None]:
    # Where stderr is gone too, the exit code is all that is left to say.
    try:
        yield
    except OSError:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - it stays open to the end


def _forget_output() -> None:
    # Nobody reads any more, or the disk is full: what is still buffered must not fail again on closing.
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - it stays open to the end


def printable(text: str) -> str:
    """``text`` on one line: control characters, as a file's name may hold, are escaped."""
    return "".join(
        one if one.isprintable() or one == "\u3000" else one.encode("unicode_escape").decode() for one in text
    )


def show_problems(problems: Iterable[Problem]) -> None:
    """Every problem on a line of its own, on stderr."""
    listed = list(problems)
    for problem in listed:
        _complain(printable(problem.in_language(LANGUAGE)))
    _complain(speak(f"共 {len(listed)} 处问题", f"{len(listed)} problem{'s' * (len(listed) != 1)}"))


def complete_ruleset(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The ruleset ids that begin as typed, for shell completion."""
    from evaluator.loading import ruleset_ids

    return [name for name in ruleset_ids() if name.startswith(incomplete)]


def _date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value if value[4:5] == value[7:8] == "-" else "")
    except ValueError:
        raise click.BadParameter(speak("写成 2025-10-15 的样子", "write it as 2025-10-15")) from None


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(one.strip() for one in value.replace("，", ",").split(",")))
    unknown = [one for one in wanted if one not in FORMATS]
    if unknown:
        known = ",".join(FORMATS)
        raise click.BadParameter(
            speak(f"不认识“{unknown[0]}”，可用 {known}", f"unknown {unknown[0]!r}; known: {known}")
        )
    return wanted


rules_option = click.option(
    "--rules",
    "rules",
    multiple=True,
    required=True,
    metavar=speak("规则集", "ID"),
    shell_complete=complete_ruleset,
    help=speak("规则集的标识、标识@版本或文件夹；可重复", "ruleset id, id@version or folder; repeatable"),
)
lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default=LANGUAGE,
    help=speak("语言（默认随系统区域设置）", "language (default: from the locale)"),
)

# Where the language is only that of the words around the results.
own_words_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    expose_value=False,
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
@own_words_option
@click.version_option(
    package_name="duibiao",
    prog_name="duibiao",
    message="%(prog)s %(version)s",
    help=speak("显示版本。", "Show the version and exit."),
)
def main() -> None:
    """Everything hangs below this group; its help is chosen by language above."""


@main.command(
    help=speak("给申报打分，写出评分表和评估结果。", "Score submissions; write scorecards and assessments.")
)
@click.argument(
    "submissions",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("申报文件…", "SUBMISSION…"),
)
@rules_option
@click.option(
    "--as-of",
    callback=_date,
    metavar=speak("日期", "DATE"),
    help=speak("数据截止日", "the day up to which evidence speaks"),
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
    metavar=speak("格式", "FORMATS"),
    help=speak("输出格式：pdf、html、json，用逗号连接", "pdf, html, json, joined with commas"),
)
@click.option(
    "--out",
    default=".",
    show_default=True,
    metavar=speak("文件夹", "DIR"),
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

    def assessed(loaded: Loaded, submission: Submission) -> dict[str, Any]:
        one = assess(loaded.ruleset, loaded.catalogue, submission, stage=stage, as_of=as_of)
        return one.document

    accepted = True
    if out == "-":
        document = assessed(*inputs[0])
        accepted = document["accepted"] is True
        click.echo(_json(document), nl=False)
    else:
        results: list[str] = []
        names: list[str] = []
        with _written_whole(Path(out)) as write, _bar(inputs) as steps:
            for loaded, submission in steps:
                document = assessed(loaded, submission)
                accepted = accepted and document["accepted"] is True
                results.append(_result(document, lang))
                for kind in sorted(formats):
                    names.append(f"{submission.subject.id}.{loaded.ruleset.ruleset}.{kind}")
                    content = _json(document) if kind == "json" else _rendered(document, kind, lang, summary)
                    write(names[-1], content)
        click.echo("\n".join([*results, *(printable(str(Path(out) / name)) for name in names)]))
    if require_accepted and not accepted:
        sys.exit(1)


def _json(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _read_all(paths: Iterable[Path], rules: Iterable[str]) -> Iterator[tuple[Loaded, Submission]]:
    from evaluator.loading import load_ruleset, load_submission

    problems: list[Problem] = []
    loaded: dict[Path, Loaded] = {}
    for name in rules:
        try:
            one = load_ruleset(name)
        except InputError as error:
            problems.extend(error.problems)
            continue
        problems.extend(_namesake(name, one, loaded))
        loaded[one.folder] = one
    found: list[tuple[Loaded, Submission]] = []
    names: dict[tuple[str, str], Path] = {}
    for path in paths:
        for ruleset in loaded.values() or [None]:
            try:
                submission = load_submission(path, ruleset.catalogue if ruleset else None)
            except InputError as error:
                problems.extend(error.problems)
                break
            if ruleset is not None:
                problems.extend(_mismatch(path, ruleset, submission, names))
                found.append((ruleset, submission))
    if problems:
        raise InputError(dict.fromkeys(problems))
    yield from found


def _namesake(name: str, one: Loaded, before: dict[Path, Loaded]) -> Iterator[Problem]:
    for other in before.values():
        if other.ruleset.ruleset == one.ruleset.ruleset and other.folder != one.folder:
            zh = f"与 {other.folder} 的规则集标识相同，结果会互相覆盖"
            en = f"the same ruleset id as {other.folder}: the results would overwrite each other"
            yield Problem("repeated_ruleset", Place(name), Words(zh, en))


def _mismatch(
    path: Path, loaded: Loaded, submission: Submission, names: dict[tuple[str, str], Path]
) -> Iterator[Problem]:
    from evaluator.model import SUBJECTS

    kind, ruleset = submission.subject.kind, loaded.ruleset
    if kind not in ruleset.subject:
        kinds = "、".join(SUBJECTS[one].zh for one in ruleset.subject)
        zh = f"“{ruleset.title.zh}”评估的是{kinds}，这份申报的单位类别是{SUBJECTS[kind].zh}"
        en = f"{ruleset.ruleset} is for {', '.join(ruleset.subject)}; this submission is a {kind}"
        yield Problem("other_subject", Place(str(path)), Words(zh, en))
    name = (submission.subject.id, ruleset.ruleset)
    if name in names:
        zh = f"单位标识 {name[0]} 与 {names[name]} 的相同，一次只能评一份"
        en = f"the subject {name[0]} is also that of {names[name]}: one submission of each subject at a time"
        yield Problem("repeated_subject", Place(str(path)), Words(zh, en))
    names.setdefault(name, path)


def _rendered(document: dict[str, Any], kind: str, lang: Language, summary: bool) -> bytes:
    from scorecards import render_html, render_pdf, scorecard

    card = scorecard(document, lang, summary=summary)
    return render_pdf(card) if kind == "pdf" else render_html(card).encode()


@contextmanager
def _written_whole(folder: Path) -> Iterator[Any]:
    """Files appear under their names only when all of them are made."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".duibiao-", dir=folder) as made:
            yield lambda name, content: (Path(made) / name).write_bytes(content)
            files = sorted(Path(made).iterdir())
            for path in files:
                if (folder / path.name).is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(folder / path.name))
            for path in files:
                path.replace(folder / path.name)
    except BaseException:
        for one in new:
            with suppress(OSError):
                one.rmdir()
        raise


@contextmanager
def _bar(inputs: list[Any]) -> Iterator[Iterable[Any]]:
    if len(inputs) < 2 or not sys.stderr.isatty():
        yield inputs
        return
    with click.progressbar(inputs, label=speak("评分", "Scoring"), file=sys.stderr) as steps:
        yield steps


def _result(document: dict[str, Any], lang: Language) -> str:
    one = document["score"]
    name = document["submission"]["subject"]["name"]
    title = document["ruleset"]["title"][lang]
    if one is None:
        return speak(f"{name} · {title}：没有适用的指标", f"{name} · {title}: nothing applies")
    accepted = {
        True: Words("达标", "accepted"),
        False: Words("未达标", "not accepted"),
        None: Words("待定", "undecided"),
    }
    verdict = accepted[document["accepted"]].in_language(lang)
    zh = f"{name} · {title}：已确认 {one['floor']} 分，最高可达 {one['ceiling']} 分，{verdict}"
    en = f"{name} · {title}: {one['floor']} confirmed, {one['ceiling']} attainable, {verdict}"
    return zh if lang == "zh" else en


@main.command(
    help=speak("检查申报文件，列出全部问题，不打分。", "Report every problem of a submission; score nothing.")
)
@click.argument("submission", type=click.Path(path_type=Path), metavar=speak("申报文件", "SUBMISSION"))
@lang_option
def inspect(submission: Path, lang: Language) -> None:
    """Exit 1 where there are problems; 2 where there is no such file to look at."""
    from evaluator.loading import load_submission

    try:
        found = load_submission(submission)
    except InputError as error:
        if any(
            one.code in ("no_file", "unreadable") and one.place.file == str(submission)
            for one in error.problems
        ):
            raise
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
@own_words_option
def completion(shell: str) -> None:
    """For example: ``duibiao completion bash > ~/.local/share/bash-completion/completions/duibiao``."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(main, {}, "duibiao", "_DUIBIAO_COMPLETE").source())


@main.group(help=speak("规则集：列出、查看、检查、试算。", "Rulesets: list, show, check, test."))
@own_words_option
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
@click.argument("name", shell_complete=complete_ruleset, metavar=speak("规则集", "RULESET"))
@lang_option
def show_rules(name: str, lang: Language) -> None:
    """Sections, criteria with clause, level and points, and what each asks for."""
    from evaluator.handbook import lines
    from evaluator.loading import load_ruleset

    loaded = load_ruleset(name)
    for line in lines(loaded.ruleset, loaded.catalogue, lang):
        click.echo(line)


def _checked(paths: tuple[str, ...]) -> list[Checked]:
    from evaluator.loading import RULES, check_ruleset, find_ruleset, other_version, ruleset_ids

    problems: list[Problem] = []
    found: list[Checked] = []
    for name in dict.fromkeys(paths) or ruleset_ids():
        try:
            folder, version = find_ruleset(name) if paths else (RULES / name, None)
        except InputError as error:
            problems.extend(error.problems)
            continue
        one = check_ruleset(folder)
        found.append(one)
        if version is not None and one.ruleset is not None:
            problems.extend(other_version(name, version, one.ruleset, folder))
    if problems:
        raise InputError(problems)
    return found


@rules.command(
    "check",
    help=speak("检查规则文件，列出全部问题；不写则查全部。", "Check rule files (all of them by default)."),
)
@click.argument("paths", nargs=-1, shell_complete=complete_ruleset, metavar=speak("[规则集]…", "[RULESET]…"))
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
@click.argument("paths", nargs=-1, shell_complete=complete_ruleset, metavar=speak("[规则集]…", "[RULESET]…"))
@lang_option
def test_rules(paths: tuple[str, ...], lang: Language) -> None:
    """Exit 1 where a case comes out otherwise than it says."""
    from evaluator.cases import run
    from evaluator.loading import case_place

    failed = total = 0
    checked = _checked(paths)
    unusable = [one for one in checked if one.ruleset is None or one.catalogue is None or one.cases is None]
    if unusable:
        raise InputError(problem for one in unusable for problem in one.problems)
    for one in checked:
        assert one.ruleset is not None
        assert one.catalogue is not None
        assert one.cases is not None
        for number, case in enumerate(one.cases.cases):
            total += 1
            differences = run(case, one.cases.defaults, one.ruleset, one.catalogue)
            failed += bool(differences)
            place = case_place(one.folder, number) if differences else ""
            for what, wanted, got in differences:
                zh = f"{place}：{case.name}：{what} 应为 {wanted}，实为 {got}"
                click.echo(
                    zh if lang == "zh" else f"{place}: {case.name}: {what} should be {wanted}, is {got}"
                )
    click.echo(speak(f"{total} 个用例，{failed} 个不符", f"{total} cases, {failed} differ"))
    if failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
