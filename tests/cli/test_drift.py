"""What the command line offers, what the READMEs say, and what is tested stay one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import cli

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def commands(command: click.Command = cli.main, path: str = "duibiao") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from commands(one, f"{path} {name}")


LEAVES = {path: one for path, one in commands() if not isinstance(one, click.Group)}


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
@pytest.mark.parametrize("path", LEAVES)
def test_every_command_stands_in_the_readme(readme, path) -> None:
    assert f"{path}" in (ROOT / readme).read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_no_command_or_option_that_is_not(readme) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    known = {name for path, _ in commands() for name in path.split()}
    for line in re.findall(r"`(duibiao [^`]*)`", text) + re.findall(r"^\$ (duibiao .*)", text, re.MULTILINE):
        first, *rest = line.split()[1:3]
        assert first in known or first.startswith("-"), line
        inner = cli.main.commands.get(first)
        if isinstance(inner, click.Group) and rest:
            assert rest[0] in known, line
        group = inner if isinstance(inner, click.Group) else cli.main
        named = (rest or [""])[0] if isinstance(inner, click.Group) else first
        if isinstance(group, click.Group) and named in group.commands:
            options = {option for one in group.commands[named].params for option in one.opts} | {
                "--help",
                "-h",
            }
            assert set(re.findall(r"(?<!\S)--[a-z-]+", line.split("|")[0])) <= options, line


@pytest.mark.parametrize(
    "option",
    [option for one in cli.main.commands["score"].params for option in one.opts if option.startswith("--")],
)
def test_every_option_of_score_is_exercised(option) -> None:
    assert f'"{option}"' in (HERE / "test_score.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", LEAVES)
def test_every_command_is_run_by_a_test(path) -> None:
    words = [f'"{word}"' for word in path.split()[1:]]
    tests = "".join(
        one.read_text(encoding="utf-8") for one in HERE.glob("test_*.py") if one.name != Path(__file__).name
    )
    assert ", ".join(words) in tests or all(word in tests for word in words)


def test_the_design_s_exit_codes_stand_in_the_module() -> None:
    assert "0 done; 1 the command ran and the answer is no; 2 bad usage or bad input" in str(cli.__doc__)
