"""Streams, signals and garbage: results on stdout, the rest on stderr, never a traceback, nothing half-written."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import time

import pytest

KUNMING = ("--rules", "kunming-model-community")
JSON = ("--format", "json")


def shell(line: str, env, cwd, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", line, "bash", *map(str, arguments)], env=env, cwd=cwd, capture_output=True, check=False
    )


def at_a_terminal(command, arguments, env, cwd) -> tuple[int, str, str]:
    """Run with stderr on a terminal and stdout in a pipe."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([command, *arguments], stdout=-1, stderr=theirs, env=env, cwd=cwd) as process:
        os.close(theirs)
        seen = b""
        try:
            while more := os.read(ours, 65536):
                seen += more
        except OSError:  # the other end is closed
            pass
        out = process.stdout.read()
    os.close(ours)
    return process.returncode, out.decode(), seen.decode()


@pytest.mark.parametrize(("language", "label"), [("zh", "评分"), ("en", "Scoring")])
def test_progress_is_shown_on_a_terminal_only(
    command, env, duibiao, middling, excellent, tmp_path, language, label
) -> None:
    arguments = ("score", str(middling), str(excellent), *KUNMING, *JSON, "--lang", language)
    code, out, err = at_a_terminal(command, arguments, env(TERM="xterm"), tmp_path)
    assert code == 0
    assert label in err
    assert "100%" in err
    done = duibiao(*arguments)
    assert (done.code, done.out, done.err) == (0, out, "")


def test_one_submission_needs_no_progress(command, env, middling, tmp_path) -> None:
    code, out, err = at_a_terminal(
        command, ("score", str(middling), *KUNMING, *JSON), env(TERM="xterm"), tmp_path
    )
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 2


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("existing", [False, True])
def test_interrupted_it_leaves_no_half_written_file(command, env, middling, tmp_path, sent, existing) -> None:
    out = tmp_path / "new" / "out"
    old = out / "cuihu-an.kunming-model-community.json"
    if existing:
        out.mkdir(parents=True)
        old.write_text("old")
    arguments = [command, "score", middling, *KUNMING, "--format", "json,pdf", "--out", out]
    with subprocess.Popen(arguments, stdout=-1, stderr=-1, env=env(), cwd=tmp_path) as process:
        started = time.monotonic()
        while not list(
            out.glob(".duibiao-*/new/*.json")
        ):  # the first file is made, the PDF takes a second more
            assert process.poll() is None, process.stderr.read()
            assert time.monotonic() - started < 30
            time.sleep(0.005)
        process.send_signal(sent)
        printed, said = process.communicate(timeout=30)
    assert (process.returncode, printed, said.decode().strip()) == (2, b"", "已中断")
    if existing:
        assert [path.name for path in out.iterdir()] == [old.name]
        assert old.read_text() == "old"
    else:
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "line",
    [
        "duibiao rules show kunming-model-community | head -1",
        "duibiao rules show kunming-model-community | head -0",
        "duibiao rules list | true",
        'duibiao score "$1" --rules kunming-model-community --format json --out - | head -1',
    ],
)
def test_a_reader_may_stop_reading(env, middling, tmp_path, line) -> None:
    done = shell(f"{line} >/dev/null; exit ${{PIPESTATUS[0]}}", env(), tmp_path, middling)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        "rules list",
        "rules show wuhu-pilot-2013",
        'score "$1" --rules kunming-model-community --format json --out -',
    ],
)
def test_a_full_disk_is_said(env, middling, tmp_path, arguments) -> None:
    done = shell(f"duibiao {arguments} >/dev/full", env(), tmp_path, middling)
    assert (done.returncode, done.stderr.decode()) == (2, "读写失败：磁盘已满\n")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("duibiao rules list >&-", 0),
        ("duibiao score nix.yaml --rules nix 2>/dev/full", 2),
        ("duibiao score nix.yaml --rules nix 2>&-", 2),
        ("duibiao --nix 2>/dev/full", 2),
        ("duibiao inspect nix.yaml >&- 2>&-", 2),
    ],
)
def test_the_exit_status_holds_where_nothing_can_be_said(env, tmp_path, line, code) -> None:
    assert shell(line, env(), tmp_path).returncode == code


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_a_terminal_without_unicode_gets_what_it_can_show(duibiao, encoding) -> None:
    for arguments, code in ((("rules", "list"), 0), (("inspect", "喆.yaml"), 2), (("--help",), 0)):
        done = duibiao(*arguments, PYTHONIOENCODING=encoding)
        assert done.code == code
        assert done.out + done.err


GARBAGE = {
    "binary.yaml": bytes(range(256)) * 40,
    "binary.json": b"\x00\xff\xfe{",
    "workbook.yaml": b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00",
    "empty.yaml": b"",
    "empty.json": b"",
    "blank.yaml": b"\n \n",
    "list.json": b"[1]",
    "deep.json": b"[" * 100_000,
    "deep.yaml": b"[" * 100_000,
    "bomb.yaml": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 110)),
    "control.yaml": b"submission: 1\nsubject: \x07\n",
    "surrogate.json": b'{"submission": 1, "subject": {"id": "a", "name": "\\ud800", "kind": "community"}}',
    "two words.yaml": b"nix",
    "中文.yaml": b"nix",
    "new\nline.yaml": b"nix",
    "escape\x1b[31m.yaml": b"nix",
    "document.docx": b"nix",
    "no-suffix": b"nix",
}
NAMES = [*GARBAGE, "folder", "folder.yaml", "missing.yaml", "/dev/null", "", "loop.yaml", "x" * 300 + ".yaml"]


@pytest.fixture
def garbage(tmp_path):
    for name, content in GARBAGE.items():
        (tmp_path / name).write_bytes(content)
    for name in ("folder", "folder.yaml"):
        (tmp_path / name).mkdir()
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    return tmp_path


def test_inspect_meets_garbage(duibiao, garbage) -> None:
    absent = {"folder", "folder.yaml", "missing.yaml", "loop.yaml", "x" * 300 + ".yaml"}
    for name in NAMES:
        done = duibiao("inspect", name)
        assert (done.code, done.out) == (2 if name in absent else 1, ""), name
        assert done.err.splitlines()[-1].startswith("共 "), "the name stays on its line"
        assert "\x1b" not in done.err


def test_score_meets_garbage(duibiao, garbage) -> None:
    before = sorted(garbage.iterdir())
    done = duibiao("score", *NAMES, *KUNMING, "--out", "out")
    assert (done.code, done.out) == (2, "")
    lines = done.err.splitlines()
    for name in NAMES:
        shown = name.replace("\n", "\\n").replace("\x1b", "\\x1b") or "."
        assert any(line.startswith((f"{shown}: [", f"{shown}:", f"{shown}/")) for line in lines), name
    assert sorted(garbage.iterdir()) == before


@pytest.mark.parametrize("command", ["check", "test", "show"])
def test_rules_commands_meet_garbage(duibiao, garbage, command) -> None:
    for name in ("binary.yaml", "folder", "missing", "/dev/null", "", "new\nline.yaml", "x" * 300):
        done = duibiao("rules", command, name)
        assert (done.code, done.out) == (2, ""), name
        assert "\n\n" not in done.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *(
            (one, content)
            for one in ("ruleset.yaml", "cases.yaml")
            for content in (b"", b"\x00\xff", b"nix", b"[1]")
        ),
        ("clauses.yaml", b""),
        ("clauses.yaml", None),
        ("cases.yaml", None),
    ],
)
def test_rule_files_full_of_garbage_are_faults(duibiao, own_rules, name, content) -> None:
    if content is None:
        (own_rules / name).unlink()
    else:
        (own_rules / name).write_bytes(content)
    done = duibiao("rules", "check", own_rules)
    assert (done.code, done.out) == (1, "")
    assert f"{own_rules / name}" in done.err
    done = duibiao("rules", "test", own_rules)
    assert (done.code, bool(done.err)) == ((0, False) if name == "clauses.yaml" else (2, True))


def test_a_name_that_is_no_text_is_shown_escaped(duibiao, garbage) -> None:
    done = duibiao("inspect", os.fsdecode(b"a\xffb.yaml"))
    assert (done.code, done.err.splitlines()[0]) == (2, "a\\udcffb.yaml: [no_file] 找不到文件")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_said(duibiao, middling, tmp_path) -> None:
    shutil.copy(middling, tmp_path / "closed.yaml")
    (tmp_path / "closed.yaml").chmod(0)
    done = duibiao("inspect", "closed.yaml")
    assert (done.code, done.err.splitlines()[0]) == (2, "closed.yaml: [unreadable] 文件读不出来")
