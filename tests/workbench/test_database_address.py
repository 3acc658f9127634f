"""The address of the database, and the password in it, come from the environment: a command line is everybody's to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from commands.options import DATABASE
from workbench.backing_up import back_up
from workbench.serving import Workbench
from workbench.settings import Settings
from workbench.storage.database import sqlite_url

COMMANDS = {
    "serve": ["serve"],
    "backup": ["backup", "--out", "made.tar.gz"],
    "restore": ["restore", "kept.tar.gz"],
    "audit verify": ["audit", "verify"],
    "audit export": ["audit", "export"],
}


def run(*arguments: str, address: str) -> Result:
    return CliRunner().invoke(cli.main, arguments, env={DATABASE: address})


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database that does not lie in the data folder, with a backup of it beside."""
    monkeypatch.chdir(tmp_path)
    address = sqlite_url(tmp_path / "elsewhere.sqlite")
    workbench = Workbench(Settings(tmp_path / "duibiao-data", address))
    with (tmp_path / "kept.tar.gz").open("wb") as file:
        back_up(workbench, file)
    workbench.close()
    return address.render_as_string(hide_password=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_takes_the_address_from_the_environment_and_does_not_repeat_it(
    elsewhere: str, command: str
) -> None:
    said = run(*COMMANDS[command], address="oracle://duibiao:swordfish@db/duibiao")
    assert (said.exit_code, "bad_database" in said.output) == (2, True), said.output
    assert "swordfish" not in said.output


@pytest.mark.parametrize("command", ["backup", "audit verify"])
def test_what_reads_a_workbench_finds_it_by_the_environment_alone(elsewhere: str, command: str) -> None:
    said = run(*COMMANDS[command], address=elsewhere)
    assert said.exit_code == 0, said.output
    assert run(*COMMANDS["audit verify"], address="").exit_code == 2


def test_a_restore_goes_where_the_environment_says(elsewhere: str, tmp_path: Path) -> None:
    other = sqlite_url(tmp_path / "other.sqlite").render_as_string(hide_password=False)
    assert run("restore", "kept.tar.gz", "--data", "other", address=other).exit_code == 0
    assert (tmp_path / "other.sqlite").is_file()
    assert not (tmp_path / "other/workbench.sqlite").exists()


def test_the_option_holds_before_the_environment(elsewhere: str) -> None:
    assert run("audit", "verify", "--database", elsewhere, address="oracle://db").exit_code == 0


def test_the_help_names_the_variable() -> None:
    for command in COMMANDS.values():
        shown = CliRunner().invoke(cli.main, [*command[: 2 if command[0] == "audit" else 1], "--help"]).output
        assert DATABASE in shown, command
