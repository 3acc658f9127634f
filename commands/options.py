"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from commands.console import LANGUAGE, speak
from evaluator.algorithms import ALGORITHMS, Algorithm, new_hash
from evaluator.errors import Words

_F = TypeVar("_F", bound=Callable[..., Any])
# In the environment: what stands on a command line, every user of the machine can read.
DATABASE = "DUIBIAO_DATABASE"
STAGES = ("self_check", "preliminary", "inspection", "final")


def complete_ruleset(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The ruleset ids that begin as typed, for shell completion."""
    from evaluator.loading import ruleset_ids

    return [name for name in ruleset_ids() if name.startswith(incomplete)]


def a_date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """An ISO date as a date."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value if value[4:5] == value[7:8] == "-" else "")
    except ValueError:
        raise click.BadParameter(speak("写成 2025-10-15 的样子", "write it as 2025-10-15")) from None


def an_algorithm(_context: click.Context, _parameter: click.Parameter, value: Algorithm) -> Algorithm:
    """An algorithm that this machine has; raises ``EnvironmentFault`` before anything is read where it has not."""
    if value != "sha256":
        new_hash(value)
    return value


class WholeNumber(click.ParamType[int]):
    """A whole number of at least ``least``; click's own range speaks English in the help."""

    name = "number"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a refusal."""
        if not str(value).isdecimal() or int(value) < self.least:
            what = speak(f"写不小于 {self.least} 的整数", f"write a whole number of at least {self.least}")
            raise click.BadParameter(what, ctx, param)
        return int(value)


def formats_option(
    known: tuple[str, ...],
    default: str,
    note: Words = Words("", ""),  # noqa: B008 - immutable
) -> Callable[[_F], _F]:
    """``--format``: some of ``known``, joined with commas; the command gets them once each as ``formats``.

    ``note`` stands behind them in the help.
    """

    def chosen(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
        wanted = tuple(dict.fromkeys(one.strip() for one in value.replace("，", ",").split(",")))
        unknown = [one for one in wanted if one not in known]
        if unknown:
            listed = ",".join(known)
            raise click.BadParameter(
                speak(f"不认识“{unknown[0]}”，可用 {listed}", f"unknown {unknown[0]!r}; known: {listed}")
            )
        return wanted

    return click.option(
        "--format",
        "formats",
        default=default,
        show_default=True,
        callback=chosen,
        metavar=speak("格式", "FORMATS"),
        help=speak(
            f"输出格式：{'、'.join(known)}，用逗号连接{note.zh}",
            f"{', '.join(known)}, joined with commas{note.en}",
        ),
    )


REPORTS = (".xlsx", ".pdf", ".html", ".json")


def report_files(
    *endings: str, otherwise: Literal["required", "printed", "printed too"]
) -> Callable[[_F], _F]:
    """``-o FILE``, repeatable; the ending of the name, one of ``endings``, says what is written.

    ``otherwise``: what happens without it. What is "printed too" is printed whether or not there are files.
    """
    known_zh, known_en = "、".join(endings), ", ".join(endings)

    def chosen(
        _context: click.Context, _parameter: click.Parameter, value: tuple[Path, ...]
    ) -> tuple[Path, ...]:
        if any(path.suffix.lower() not in endings for path in value):
            raise click.BadParameter(
                speak(f"文件名以 {known_zh} 结尾", f"the name ends with one of {known_en}")
            )
        return tuple(dict.fromkeys(value))

    zh, en = {
        "required": (f"写到哪个文件：{known_zh}", f"the file to write: {known_en}"),
        "printed": (
            f"写到文件：{known_zh}；不写则印在屏幕上",
            f"the file to write: {known_en}; else it is printed",
        ),
        "printed too": (f"另写成文件：{known_zh}", f"also write a file: {known_en}"),
    }[otherwise]
    return click.option(
        "-o",
        "--out",
        "out",
        multiple=True,
        required=otherwise == "required",
        type=click.Path(path_type=Path),
        callback=chosen,
        metavar=speak("文件", "FILE"),
        help=speak(
            f"{zh}；可重复；已有的文件不覆盖",
            f"{en}; repeatable; one that is there is not overwritten",
        ),
    )


output_option = report_files(*REPORTS, otherwise="required")
rules_option = click.option(
    "--rules",
    "rules",
    multiple=True,
    required=True,
    metavar=speak("规则集", "ID"),
    shell_complete=complete_ruleset,
    help=speak(
        "规则集的标识、标识@版本、文件夹或规则包；可重复",
        "ruleset id, id@version, folder or bundle; repeatable",
    ),
)
one_ruleset_option = click.option(
    "--rules",
    required=True,
    metavar=speak("规则集", "ID"),
    shell_complete=complete_ruleset,
    help=speak("规则集的标识、标识@版本、文件夹或规则包", "ruleset id, id@version, folder or bundle"),
)
submissions_argument = click.argument(
    "submissions",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("申报文件…", "SUBMISSION…"),
)
as_of_option = click.option(
    "--as-of",
    callback=a_date,
    metavar=speak("日期", "DATE"),
    help=speak("数据截止日", "the day up to which evidence speaks"),
)
stage_option = click.option(
    "--stage",
    type=click.Choice(STAGES),
    help=speak(
        "评估阶段（默认 self_check；有复核时是最后一份的阶段）",
        "the stage (default: self_check, or that of the last review)",
    ),
)
review_option = click.option(
    "--review",
    "reviews",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar=speak("复核文件", "REVIEW"),
    help=speak(
        "复核文件，可重复：初审、验收、审定依次生效", "a review; repeatable: one stage over the other"
    ),
)
digest_option = click.option(
    "--digest",
    "algorithm",
    type=click.Choice(ALGORITHMS),
    callback=an_algorithm,
    default="sha256",
    show_default=True,
    help=speak("校验码的算法；国密写 sm3", "the algorithm of digests; sm3 is GB/T 32905"),
)
lenient_option = click.option(
    "--lenient",
    is_flag=True,
    help=speak("有误的条目暂不计分，其余照常评", "set faulty items aside and score the rest"),
)
rectification_option = click.option(
    "--rectification",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar=speak("清单", "LIST"),
    help=speak(
        "填了进度交回的整改清单（.xlsx），报告哪些已销号；可重复",
        "a rectification list (.xlsx) that came back: says what was closed; repeatable",
    ),
)
pdf_option = click.option(
    "--pdf",
    "pdf",
    type=click.Choice(["a", "ua"]),
    default="a",
    show_default=True,
    help=speak(
        "评分表 PDF 的种类：a 供归档、签章，ua 供归档和读屏软件朗读",
        "what the scorecard's PDF is: a archival (PDF/A-3u), ua archival and accessible (PDF/A-3a, PDF/UA-1)",
    ),
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
