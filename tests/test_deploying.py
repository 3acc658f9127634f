"""What an office puts around the workbench: units, nginx, the page about them. They name what there is, and agree with it.

That they work is tried where they run: ``script/offline-trial --with postgresql,nginx``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import cli
from commands.options import DATABASE
from evaluator.limits import DEFAULTS
from workbench.app import pages
from workbench.settings import Settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


CALLED = re.compile(r'(?:^|bin/|as_|"\$)duibiao"? ((?:[a-z]|--)[^;#&|()]*)')


def called(text: str) -> Iterator[list[str]]:
    """The words after each call of the program in a unit, a script or a block of the page."""
    for line in text.replace("\\\n", " ").splitlines():
        for rest in CALLED.findall(line):
            yield rest.replace('"', " ").split()


def unknown(words: list[str]) -> list[str]:
    """What of a call the command line does not know."""
    command: click.Command = cli.main
    while words and isinstance(command, click.Group) and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    if isinstance(command, click.Group) and words and not words[0].startswith("-"):
        return words[:1]
    known = {"--help", "-h", "--version", *(option for one in command.params for option in one.opts)}
    return [one for one in words if re.match(r"-{1,2}[a-z]", one) and one not in known]


def bash_blocks(page: str) -> str:
    return "\n".join(re.findall(r"^```bash\n(.*?)^```", page, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize(
    "text",
    [*((one.read_text(encoding="utf-8")) for one in sorted(DEPLOY.iterdir())), bash_blocks(PAGE)],
    ids=[*(one.name for one in sorted(DEPLOY.iterdir())), "docs/deploy.md"],
)
def test_every_command_and_option_is_one_that_there_is(text: str) -> None:
    assert [words for words in called(text) if unknown(words)] == []


def test_the_commands_are_found_at_all() -> None:
    """Or the test above would pass whatever stands there."""
    first = {
        words[0] for one in [*DEPLOY.iterdir()] for words in called(one.read_text(encoding="utf-8")) if words
    }
    assert {"serve", "backup", "audit"} <= first
    assert {"backup", "restore", "audit", "score"} <= {words[0] for words in called(bash_blocks(PAGE))}
    assert unknown(["serve", "--nosuch"]) == ["--nosuch"]
    assert unknown(["nosuch"]) == ["nosuch"]


def test_the_options_of_the_example_are_those_of_serve() -> None:
    example = (DEPLOY / "duibiao.env").read_text(encoding="utf-8")
    (options,) = re.findall(r'^DUIBIAO_OPTIONS="(.*)"$', example, re.MULTILINE)
    assert unknown(["serve", *options.split()]) == []
    assert f"#{DATABASE}=" in example
    # A shell reads the file, too (docs/deploy.md).
    subprocess.run(["sh", "-euc", example.replace("#DUIBIAO", "DUIBIAO")], check=True)


@pytest.mark.parametrize("unit", UNITS, ids=lambda one: one.name)
def test_what_a_unit_names_is_shipped(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    for named in re.findall(r"/opt/duibiao/current/deploy/(\S+)", text):
        assert (DEPLOY / named).is_file()
    for named in re.findall(r"docs/\S+\.md", text):
        assert (ROOT / named).is_file()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_systemd_takes_the_units_and_finds_them_hardened(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        # The program is installed elsewhere.
        (tmp_path / unit.name).write_text(text.replace("/opt/duibiao/current/bin/duibiao", "/bin/true"))
    services = [one.name for one in UNITS if one.suffix == ".service"]
    done = subprocess.run(
        ["systemd-analyze", "verify", *(one.name for one in UNITS)],
        cwd=tmp_path,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert [one for one in (done.stdout + done.stderr).splitlines() if "duibiao" in one] == []
    asked = ["systemd-analyze", "security", "--offline=yes", "--threshold=15", "--no-pager"]
    for name in services:
        found = subprocess.run([*asked, tmp_path / name], capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stdout


def test_both_services_are_shut_in_alike() -> None:
    """What holds for the server holds for whoever copies its data."""

    def kept(unit: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in (DEPLOY / unit).read_text(encoding="utf-8").splitlines():
            key, equals, value = line.partition("=")
            if equals and re.match(
                r"(Protect|Private|Restrict|SystemCall|Capability|NoNew|Lock|Memory|IPAddress|UMask|User)",
                key,
            ):
                found.setdefault(key, []).append(value)
        del found["MemoryMax"]
        return found

    assert kept("duibiao.service") == kept("duibiao-backup.service")


def test_nginx_takes_as_much_as_the_workbench() -> None:
    (megabytes,) = re.findall(r"^\s*client_max_body_size (\d+)m;", NGINX, re.MULTILINE)
    assert int(megabytes) * 1024 * 1024 == Settings(Path()).largest_body
    assert DEFAULTS.package_file + 1024 * 1024 == Settings(Path()).largest_body


def test_nginx_names_pages_and_the_port_that_there_are() -> None:
    paths = {one.path for one in pages()}
    for named in re.findall(r"location = (/\S+)", NGINX):
        assert named in paths
    for named in re.findall(r"location (/\w\S*/) ", NGINX):
        assert any(one.startswith(named) for one in paths)
    port = next(one for one in cli.main.commands["serve"].params if one.name == "port")
    assert f"server 127.0.0.1:{port.default};" in NGINX
    certificates = re.findall(r"^\s*ssl_certificate(?:_key)? (\S+);", NGINX, re.MULTILINE)
    assert certificates
    assert [one for one in certificates if one not in PAGE] == []


STUB = """#!/bin/sh
while [ $# -gt 0 ]; do case $1 in --out) out=$2; shift;; esac; shift; done
[ -z "${FAILS:-}" ] || exit 2
[ ! -e "$out" ] || exit 2
echo backup >"$out"
"""


def back_up(folder: Path, keep: str, **more: str) -> int:
    program = folder.parent / "duibiao"
    program.write_text(STUB)
    program.chmod(0o755)
    environment = {**os.environ, "DUIBIAO": str(program), "DUIBIAO_KEEP": keep, **more}
    command = ["sh", DEPLOY / "duibiao-backup", folder.parent / "data", folder]
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode


OLD = [f"duibiao-2026010{day}T023000Z.tar.gz" for day in range(1, 5)]
OTHER = ["duibiao-before-moving.tar.gz", "notes.txt", "duibiao-20260101T023000Z.tar.gz.sha256"]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    folder = tmp_path / "备份 kept"
    folder.mkdir()
    for name in (*OLD, *OTHER):
        (folder / name).touch()
    return folder


def test_the_newest_copies_are_kept_and_nothing_else_is_touched(kept: Path) -> None:
    assert back_up(kept, "3") == 0
    left = {one.name for one in kept.iterdir()}
    assert left >= {*OTHER, *OLD[2:]}
    assert not left & {*OLD[:2]}
    assert len(left) == len(OTHER) + 3


def test_no_copy_goes_when_the_new_one_failed(kept: Path) -> None:
    assert back_up(kept, "1", FAILS="yes") == 2
    assert {one.name for one in kept.iterdir()} == {*OLD, *OTHER}


@pytest.mark.parametrize("keep", ["0", "-1", "all", "1 2"])
def test_a_number_of_copies_that_is_none_is_refused_before_anything_is_done(kept: Path, keep: str) -> None:
    assert back_up(kept, keep) == 2
    assert {one.name for one in kept.iterdir()} == {*OLD, *OTHER}
