"""click's own words in Chinese."""

from __future__ import annotations

import unicodedata

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

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
    "env var: {var}": "环境变量：{var}",
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


def columns(text: str) -> int:
    """How many columns of a terminal ``text`` takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def in_chinese(message: str) -> str:
    """A message of click's with Chinese punctuation."""
    # click puts its quotes, commas and stops around the words of the table.
    joined = message.replace("', '", "'、'").replace("'. ", "'。").replace("。 ", "。")
    return f"{joined[:-1]}。" if joined.endswith("'.") else joined


def speak_chinese() -> None:
    """Make click speak Chinese from here on."""
    click.Context.formatter_class = _ChineseFormatter
    # A Chinese character takes two columns of a terminal.
    setattr(click.formatting, "term_len", columns)  # noqa: B010 - click exports it as a plain function

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
