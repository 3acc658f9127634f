"""``duibiao completion``: the script for shell completion."""

from __future__ import annotations

import click

from commands.console import speak
from commands.options import own_words_option


@click.command(help=speak("输出命令补全脚本。", "Print the script for shell completion."))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@own_words_option
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """For example: ``duibiao completion bash > ~/.local/share/bash-completion/completions/duibiao``."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(context.find_root().command, {}, "duibiao", "_DUIBIAO_COMPLETE").source())
