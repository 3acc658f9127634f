"""Help, languages and misuse: exit 2, with a message in the user's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

import cli

HAN = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}


def commands(command: click.Command = cli.main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every command and sub-command."""
    yield path
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from commands(one, (*path, name))


def found(path: tuple[str, ...]) -> click.Command:
    command: click.Command = cli.main
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


def known_words(path: tuple[str, ...]) -> set[str]:
    """The Latin words that stand in Chinese help by right: what is typed as it stands."""
    words = {"duibiao", "zh", "en", "pdf", "html", "json", "text", "xlsx", "yaml", "zip", "pem", "pub", *path}
    words |= {
        "oscal",
        "junit",
        "WPS",
        "Excel",
        "PDF",
        "YAML",
        "JSON",
        "XLSX",
        "JUnit",
        "XML",
        "docx",
        "Dask",
        "Parquet",
        "jsonl",
        "Lines",
        "OpenID",
        "Connect",
        "DUIBIAO_DATABASE",
        "HTTPS",
        "nginx",
        "PostgreSQL",
        "postgresql",
        "tar",
        "gz",
        "duibiao-data",
    }
    command = found(path)
    if isinstance(command, click.Group):
        words |= set(command.commands)
    for one in command.params:
        words |= {option for option in (*one.opts, *one.secondary_opts) if option.startswith("-")}
        if isinstance(one.type, click.Choice):
            words |= set(one.type.choices)
        if isinstance(one.type, click.IntRange):
            words.add("x")  # 0<=x<=65535
        # What is typed in place of a file: all|none|文件.
        if "|" in (one.metavar or ""):
            words |= set(re.findall(r"[a-z]+", one.metavar or ""))
        words |= set(re.findall(r"[A-Za-z]+", one.default if isinstance(one.default, str) else ""))
    return words | {"-h", "--help"}


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_chinese_help_has_no_english(duibiao, path) -> None:
    done = duibiao(*path, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("用法：duibiao")
    assert "选项：" in done.out
    assert HAN.search(done.out.splitlines()[2]), "the command says what it does"
    strange = set(re.findall(r"-{0,2}[A-Za-z][\w-]*", done.out)) - known_words(path)
    assert not strange


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_english_help_has_no_chinese(duibiao, path) -> None:
    done = duibiao(*path, "--help", locale=LOCALES["en"])
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Usage: duibiao")
    assert re.match(r"  [A-Z].*\.$", done.out.splitlines()[2]), "the command says what it does"
    assert not HAN.search(done.out)


@pytest.mark.parametrize("path", [path for path in commands() if path], ids=" ".join)
def test_help_fits_the_screen_and_explains_every_option(duibiao, path) -> None:
    for locale in LOCALES.values():
        options = duibiao(*path, "--help", locale=locale).out
        for one in found(path).params:
            if isinstance(one, click.Option):
                assert one.help, one.name
                assert re.search(rf"(  |, ){one.opts[-1]}[ ,\n]", options)
        assert max(map(len, options.splitlines())) <= 100


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "en_GB"}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({}, True),
        ({"LANG": ""}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8", "LC_CTYPE": "zh_CN.UTF-8"}, False),
    ],
)
def test_the_locale_chooses_the_language(duibiao, variables, chinese) -> None:
    for arguments in (("--help",), ("nix",)):
        done = duibiao(*arguments, locale=None, **variables)
        assert bool(HAN.search(done.out + done.err)) is chinese


@pytest.mark.parametrize(
    ("arguments", "chinese"),
    [
        (["--lang", "zh", "rules", "list"], True),
        (["rules", "--lang", "zh", "list"], True),
        (["rules", "list", "--lang", "zh"], True),
        (["rules", "list", "--lang=zh"], True),
        (["--lang", "en", "rules", "list"], False),
        (["rules", "--lang", "en", "list"], False),
        (["rules", "list", "--lang=en"], False),
        (["--lang", "zh", "rules", "list", "--lang", "en"], False),
        (["--lang", "en", "rules", "list", "--lang", "zh"], True),
    ],
)
def test_lang_stands_anywhere_and_the_last_one_counts(duibiao, arguments, chinese) -> None:
    other = LOCALES["en" if chinese else "zh"]
    done = duibiao(*arguments, locale=other)
    assert (done.code, done.err) == (0, "")
    assert bool(HAN.search(done.out)) is chinese
    assert (" 项指标" in done.out) is chinese
    assert bool(HAN.search(duibiao(*arguments, "--help", locale=other).out)) is chinese


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_every_command_takes_lang(duibiao, path) -> None:
    done = duibiao(*path, "--lang", "en", "--help")
    assert (done.code, bool(HAN.search(done.out))) == (0, False)


@pytest.mark.parametrize("locale", LOCALES.values())
def test_version(duibiao, locale) -> None:
    done = duibiao("--version", locale=locale)
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"duibiao \d+\.\d+\.\d+\n", done.out)


MISUSES = [
    (["nix"], "没有命令 'nix'。", "No such command 'nix'."),
    (["rules", "lsit"], "没有命令 'lsit'。是否想写 'list'？", "No such command 'lsit'. Did you mean 'list'?"),
    (["--nix"], "没有选项 '--nix'。", "No such option '--nix'."),
    (["score", "--rles", "x"], "没有选项 '--rles'。是否想写 '--rules'？", "Did you mean '--rules'?"),
    (["score"], "缺少参数 '申报文件…'。", "Missing argument 'SUBMISSION…'."),
    (["score", "a.yaml"], "缺少选项 '--rules'。", "Missing option '--rules'."),
    (["score", "--rules"], "选项 '--rules' 要带取值。", "Option '--rules' requires an argument."),
    (["score", "a", "--rules", "b", "--summary=1"], "选项 '--summary' 不带取值。", "does not take a value."),
    (
        ["score", "a", "--rules", "b", "--stage", "c"],
        "'--stage' 的取值不对：'c' 不在 'self_check'、'preliminary'、'inspection'、'final' 之中。",
        "'c' is not one of 'self_check', 'preliminary', 'inspection', 'final'.",
    ),
    (
        ["score", "a", "--rules", "b", "--as-of", "2025/1/5"],
        "写成 2025-10-15 的样子",
        "write it as 2025-10-15",
    ),
    (
        ["score", "a", "--rules", "b", "--as-of", "20250105"],
        "写成 2025-10-15 的样子",
        "write it as 2025-10-15",
    ),
    (["score", "a", "--rules", "b", "--as-of", "2025-W01-1"], "写成 2025-10-15 的样子", "write it as"),
    (["score", "a", "--rules", "b", "--as-of", "2025-02-30"], "写成 2025-10-15 的样子", "write it as"),
    (["score", "a", "--rules", "b", "--as-of", ""], "写成 2025-10-15 的样子", "write it as 2025-10-15"),
    (
        ["score", "a", "--rules", "b", "--format", "pdf,docx"],
        "'--format' 的取值不对：不认识“docx”，可用 pdf,html,json,xlsx",
        "unknown 'docx'; known: pdf,html,json,xlsx",
    ),
    (
        ["score", "a", "--rules", "b", "--format", ""],
        "不认识“”，可用 pdf,html,json,xlsx",
        "unknown ''; known:",
    ),
    (
        ["score", "a", "--rules", "b", "--out", "-"],
        "--out - 只能配 --format json，且只有一个结果",
        "and one result",
    ),
    (
        ["score", "a", "b", "--rules", "c", "--out", "-", "--format", "json"],
        "且只有一个结果",
        "and one result",
    ),
    (["inspect"], "缺少参数 '申报文件'。", "Missing argument 'SUBMISSION'."),
    (["inspect", "a", "b"], "多余的参数（b）", "unexpected extra argument (b)"),
    (["doctor", "x"], "多余的参数（x）", "unexpected extra argument (x)"),
    (["completion"], "缺少参数 '{bash|zsh|fish}'。", "Missing argument '{bash|zsh|fish}'."),
    (
        ["completion", "csh"],
        "'csh' 不在 'bash'、'zsh'、'fish' 之中。",
        "'csh' is not one of 'bash', 'zsh', 'fish'.",
    ),
    (["rules", "show"], "缺少参数 '规则集'。", "Missing argument 'RULESET'."),
    (["--lang", "fr"], "'--lang' 的取值不对：'fr' 不在 'zh'、'en' 之中。", "'fr' is not one of 'zh', 'en'."),
]


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(
    ("arguments", "zh", "en"), MISUSES, ids=lambda one: " ".join(one) if isinstance(one, list) else ""
)
def test_misuse_is_explained(duibiao, arguments, zh, en, language) -> None:
    done = duibiao(*arguments, locale=LOCALES[language])
    assert (done.code, done.out) == (2, "")
    assert (zh if language == "zh" else en) in done.err
    if language == "zh":
        assert re.search("^错误：", done.err, re.MULTILINE)
        said = re.sub(
            r"'[^']*'|“[^”]*”|duibiao( [a-z]+)*|--?[a-z-]+|pdf,html,json,xlsx(,oscal,junit)?|json|(bash|zsh|fish),?",
            "",
            done.err,
        )
        assert not re.search("[A-Za-z]{4,}", said.replace("{bash|zsh|fish}", "")), said
    else:
        assert not HAN.search(done.err.replace("SUBMISSION…", ""))


@pytest.mark.parametrize("arguments", [[], ["rules"]])
def test_without_a_command_the_help_is_shown_as_misuse(duibiao, arguments) -> None:
    done = duibiao(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "命令：" in done.err
