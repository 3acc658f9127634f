"""``Progress``: one line that is redrawn on a terminal, a line now and then elsewhere, by a clock of the test's own."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import struct
import sys
import termios

import pytest

from commands.chinese import columns
from commands.progress import Progress


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def chinese(monkeypatch) -> None:
    monkeypatch.setattr("commands.console.LANGUAGE", "zh")


class Terminal:
    """A terminal of a width as stderr; ``seen`` is what was written to it since one looked last."""

    def __init__(self, width: int) -> None:
        self.ours, theirs = pty.openpty()
        self.resize(width)
        self.stream = os.fdopen(theirs, "w", encoding="utf-8")

    def resize(self, width: int) -> None:
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))

    def seen(self) -> str:
        os.set_blocking(self.ours, False)
        found = b""
        try:
            while more := os.read(self.ours, 65536):
                found += more
        except BlockingIOError:
            pass
        return found.decode()


@pytest.fixture
def terminal(monkeypatch):
    made = []

    def of(width: int) -> Terminal:
        made.append(Terminal(width))
        monkeypatch.setattr(sys, "stderr", made[-1].stream)
        return made[-1]

    yield of
    for one in made:
        one.stream.close()
        os.close(one.ours)


def test_a_terminal_shows_bar_count_share_rate_and_time_left_on_one_line(terminal, clock) -> None:
    shown = terminal(90)
    with Progress("评分", 1000, clock=clock) as progress:
        assert shown.seen() == f"\r评分  [{'-' * 40}]  0/1000 份  0%"
        clock.now += 10
        progress.advance(250)
        assert shown.seen() == f"\r评分  [{'#' * 10}{'-' * 30}]  250/1000 份  25%  25 份/秒  剩余 30 秒"
        clock.now += 30
        progress.advance(750)
        shown.seen()
    assert shown.seen().rstrip(" \r\n").endswith("1000/1000 份  100%  25 份/秒  用时 40 秒")


def test_english_is_spoken_where_english_is_asked_for(terminal, clock, monkeypatch) -> None:
    monkeypatch.setattr("commands.console.LANGUAGE", "en")
    shown = terminal(90)
    with Progress("Scoring", 7300, clock=clock) as progress:
        clock.now += 1
        progress.advance(1)
        assert shown.seen().endswith("1/7300 submissions  0%  1.0/s  2 h 1 min left")


def test_nothing_is_drawn_more_than_ten_times_a_second(terminal, clock) -> None:
    shown = terminal(80)
    with Progress("评分", 100_000, clock=clock) as progress:
        for _ in range(1024):
            clock.now += 1 / 1024
            progress.advance()
        assert shown.seen().count("\r") == 1 + 9


@pytest.mark.parametrize("width", [100, 80, 60, 40, 30, 20, 10, 4, 2, 1])
def test_a_line_never_fills_its_terminal(terminal, clock, width) -> None:
    shown = terminal(width)
    with Progress("县区评分", 34_000, done=12_000, clock=clock) as progress:
        clock.now += 7
        progress.advance(321)
        lines = shown.seen().split("\r")[1:]
    assert [columns(line) < width for line in lines] == [True, True]
    assert width < 20 or "12321/34000" in lines[1]


def test_a_shorter_line_leaves_nothing_of_a_longer_one(terminal, clock) -> None:
    shown = terminal(200)
    with Progress("评分", 1000, clock=clock) as progress:
        clock.now += 100
        progress.advance(1)
        clock.now += 1
        progress.advance(998)
        _, longer, shorter = shown.seen().split("\r")[1:]
    assert longer.endswith("剩余 27 小时 45 分")
    assert shorter.rstrip().endswith("剩余 0 秒")
    assert columns(shorter) == columns(longer)


def test_the_rate_is_that_of_the_last_half_minute(terminal, clock) -> None:
    shown = terminal(90)
    with Progress("评分", 10_000, clock=clock) as progress:
        clock.now += 100  # workers take their time to start
        progress.advance(1)
        for _ in range(60):
            clock.now += 1
            progress.advance(50)
        assert "  50 份/秒  " in shown.seen().split("\r")[-1]


def test_what_an_earlier_run_did_is_done_but_is_no_speed_of_this_one(terminal, clock) -> None:
    shown = terminal(90)
    with Progress("评分", 1000, done=900, clock=clock) as progress:
        clock.now += 10
        progress.advance(50)
        assert shown.seen().endswith("950/1000 份  95%  5.0 份/秒  剩余 10 秒")


def test_an_unknown_total_shows_what_is_done(terminal, clock) -> None:
    shown = terminal(80)
    with Progress("评分", None, clock=clock) as progress:
        clock.now += 4
        progress.advance(2)
        assert shown.seen().split("\r")[-1] == "评分  2 份  0.5 份/秒"


def test_interrupted_it_leaves_the_cursor_on_a_line_of_its_own(terminal, clock) -> None:
    shown = terminal(80)
    with pytest.raises(KeyboardInterrupt), Progress("评分", 10, clock=clock):
        raise KeyboardInterrupt
    assert shown.seen().endswith("0%\r\n")


def test_elsewhere_there_is_a_line_every_ten_seconds_and_one_at_the_end(capsys, clock) -> None:
    with Progress("评分", 200, clock=clock) as progress:
        for _ in range(100):
            clock.now += 0.25
            progress.advance(2)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "评分：80/200 份，40%，8.0 份/秒，剩余 15 秒",
        "评分：160/200 份，80%，8.0 份/秒，剩余 5 秒",
        "评分：200/200 份，100%，8.0 份/秒，用时 25 秒",
    ]


def test_elsewhere_an_interrupted_command_adds_no_line(capsys, clock) -> None:
    with pytest.raises(KeyboardInterrupt), Progress("评分", None, clock=clock):
        raise KeyboardInterrupt
    assert capsys.readouterr() == ("", "")


def test_a_lost_terminal_ends_no_work(monkeypatch, clock) -> None:
    class Lost(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError

    monkeypatch.setattr(sys, "stderr", Lost())
    with Progress("评分", 3, clock=clock) as progress:
        for _ in range(3):
            clock.now += 20
            progress.advance()
    sys.stderr.close()
    assert progress.done == 3


def test_what_is_gone_through_counts_once_the_next_is_asked_for(terminal, clock) -> None:
    terminal(80)
    with Progress("评分", 3, clock=clock) as progress:
        assert [(one, progress.done) for one in progress.over("abc")] == [("a", 0), ("b", 1), ("c", 2)]
        assert progress.done == 3
