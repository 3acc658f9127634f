"""``duibiao serve``, ``audit``, ``backup`` and ``restore`` as they are typed; the pages themselves: tests/workbench."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import LOCALES


@pytest.fixture
def begun(tmp_path: Path, command, env) -> Path:
    """The data folder of a workbench that was started once and stopped."""
    folder = tmp_path / "data"
    running = subprocess.Popen(
        [command, "serve", "--data", folder, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env(PYTHONUNBUFFERED="1"),
    )
    said = ""
    for line in running.stdout:
        said += line
        if "Ctrl+C" in line:
            break
    address = re.search(r"http://127\.0\.0\.1:\d+", said)[0]
    with urllib.request.urlopen(f"{address}/health") as answer:
        assert answer.status == 200
    link = re.search(r"http://\S+/link/\S+", said)[0]
    with urllib.request.urlopen(link) as answer:
        assert "sysadmin" in answer.read().decode()
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 0
    assert err == "工作台已停止。\n"
    return folder


def test_a_workbench_is_begun_backed_up_restored_and_its_log_verified(duibiao, begun, tmp_path) -> None:
    """The first start prints a link that works; the backup restores into an empty folder; the log is whole in both."""
    verified = duibiao("audit", "verify", "--data", begun)
    assert verified.code == 0
    assert "没有改动" in verified.out
    assert duibiao("backup", "--data", begun, "-o", "kept.tar.gz").code == 0
    again = duibiao("backup", "--data", begun, "-o", "kept.tar.gz")
    assert (again.code, "file_exists" in again.err) == (2, True)
    assert duibiao("restore", "kept.tar.gz", "--data", "other").code == 0
    refused = duibiao("restore", "kept.tar.gz", "--data", "other", locale=LOCALES["en"])
    assert (refused.code, "not_empty" in refused.err) == (2, True)
    assert duibiao("audit", "verify", "--data", "other").code == 0
    exported = duibiao("audit", "export", "--data", "other", "-o", "log.jsonl")
    assert (exported.code, exported.out) == (0, "log.jsonl\n")
    assert "system.restore" in (tmp_path / "log.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments", [("audit", "verify"), ("audit", "export"), ("backup", "-o", "x.tar.gz")]
)
def test_where_there_is_no_workbench_it_is_said(duibiao, tmp_path, arguments) -> None:
    """Nothing is made where there is nothing."""
    done = duibiao(*arguments, "--data", "none")
    assert done.code == 2
    assert "none: [no_data] 这里没有工作台的数据。用 --data 指出数据文件夹" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--local", "--host", "10.0.0.1"), "--local 只在本机使用"),
        (("--local", "--https"), "--local 只在本机使用"),
        (("--demo", "--local"), "--demo 只在本机试用"),
        (("--demo", "--database", "postgresql://x@localhost/y"), "--demo 只在本机试用"),
        (("--database", "nonsense"), "数据库地址看不懂"),
        (("--database", "mysql://x@localhost/y"), "数据库地址看不懂"),
        (("--port", "99999"), "--port"),
    ],
)
def test_options_that_do_not_go_together_are_refused(duibiao, arguments, told) -> None:
    """Exit 2, with what is wrong; nothing is begun."""
    done = duibiao("serve", *arguments)
    assert done.code == 2
    assert told in done.err


def test_a_database_that_is_not_there_is_said_in_words(duibiao) -> None:
    """The address is shown without its password."""
    done = duibiao("serve", "--database", "postgresql://somebody:geheim@127.0.0.1:9/none", "--port", "0")
    assert done.code == 2
    assert "[no_database] 数据库打不开" in done.err
    assert "geheim" not in done.err


def test_a_port_that_is_taken_is_said_in_words(duibiao) -> None:
    """With the mend."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = duibiao("serve", "--port", taken.getsockname()[1])
    assert done.code == 2
    assert "[no_port]" in done.err
    assert "换一个 --port" in done.err


def test_a_changed_backup_is_refused(duibiao, begun, tmp_path) -> None:
    """One byte is enough, and nothing is restored."""
    assert duibiao("backup", "--data", begun, "-o", "kept.tar.gz").code == 0
    content = bytearray((tmp_path / "kept.tar.gz").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "kept.tar.gz").write_bytes(content)
    done = duibiao("restore", "kept.tar.gz", "--data", "other")
    assert done.code == 2
    assert "[damaged_backup] 备份不完整或被改动过" in done.err
    assert not (tmp_path / "other").exists()
