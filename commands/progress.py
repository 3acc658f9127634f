"""How far a long command is: one line that is redrawn on a terminal, a line now and then elsewhere; always on stderr."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import NamedTuple, TypeVar

from commands.chinese import columns
from commands.console import speak, whoever_listens

T = TypeVar("T")

# Seconds between two drawings, between two lines where nothing is redrawn, and that the rate looks back.
_REDRAWN, _REPEATED, _RECENT = 0.1, 10.0, 30.0
_WIDEST_BAR, _NARROWEST_BAR = 40, 10
_WIDTH = 80


class _Sample(NamedTuple):
    at: float
    done: int


class Progress:
    """Counts what is done and shows it with the rate and the time that is left.

    ``total`` is None where nobody knows it (yet: it may be set later). ``done`` is what an earlier run has done; it counts as
    done, not as work of this one. ``clock`` tells seconds from any beginning.

        with Progress(speak("评分", "Scoring"), total=len(jobs)) as progress:
            for job in jobs:
                …
                progress.advance()
    """

    def __init__(
        self,
        label: str,
        total: int | None,
        *,
        done: int = 0,
        unit: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.label, self.total, self.done = label, total, done
        self._unit = unit or speak("份", "submissions")
        self._clock = clock
        self._terminal = sys.stderr.isatty()
        self._pause = _REDRAWN if self._terminal else _REPEATED
        self._began = self._shown = clock()
        self._before = done
        self._recent = deque([_Sample(self._began, done)])
        self._drawn = 0

    def __enter__(self) -> Progress:
        if self._terminal:
            self._show(self._standing())
        return self

    def advance(self, count: int = 1) -> None:
        """``count`` more are done."""
        self.done += count
        now = self._clock()
        if now - self._shown < self._pause:
            return
        self._shown = now
        self._show(self._standing())

    def over(self, things: Iterable[T]) -> Iterator[T]:
        """Each of ``things``; one is done when the next is asked for."""
        for one in things:
            yield one
            self.advance()

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._show(self._ended())
        if self._terminal:
            # What is said next, or the prompt, begins a line.
            _write("\n")

    def _show(self, parts: _Parts) -> None:
        if not self._terminal:
            _write(parts.plain() + "\n")
            return
        width = _terminal_width() - 1  # a full line would wrap
        line = parts.within(width)
        left_over = min(self._drawn, width) - columns(line)
        self._drawn = columns(line)
        _write(f"\r{line}{' ' * left_over}")

    def _standing(self) -> _Parts:
        rate = self._rate()
        left = ""
        if rate and self.total is not None and self.total > self.done:
            span = _span((self.total - self.done) / rate)
            left = speak(f"剩余 {span}", f"{span} left")
        return self._parts(rate, left)

    def _ended(self) -> _Parts:
        taken = self._clock() - self._began
        span = _span(taken)
        rate = (self.done - self._before) / taken if taken > 0 else None
        return self._parts(rate, speak(f"用时 {span}", f"took {span}"))

    def _parts(self, rate: float | None, span: str) -> _Parts:
        share = min(self.done / self.total, 1.0) if self.total else None
        counted = f"{self.done} {self._unit}" if share is None else f"{self.done}/{self.total} {self._unit}"
        # Never 100 % while something is left.
        percent = "" if share is None else f"{int(share * 100)}%"
        speed = "" if not rate else speak(f"{_figure(rate)} {self._unit}/秒", f"{_figure(rate)}/s")
        return _Parts(self.label, share, counted, percent, speed, span)

    def _rate(self) -> float | None:
        """What is done in a second of the last half minute; None before anything is."""
        now = self._clock()
        self._recent.append(_Sample(now, self.done))
        while len(self._recent) > 2 and now - self._recent[1].at >= _RECENT:
            self._recent.popleft()
        first = self._recent[0]
        if now <= first.at or self.done == first.done:
            return None
        return (self.done - first.done) / (now - first.at)


class _Parts(NamedTuple):
    """What there is to say, to be fitted into a width: what a reader can best do without goes first."""

    label: str
    share: float | None
    counted: str
    percent: str
    speed: str
    span: str

    def plain(self) -> str:
        told = speak("，", ", ").join(one for one in (self.percent, self.speed, self.span) if one)
        return (
            speak(f"{self.label}：", f"{self.label}: ") + self.counted + speak("，", ", ") * bool(told) + told
        )

    def within(self, width: int) -> str:
        texts = (self.label, self.counted, self.percent, self.speed, self.span)
        whole = "  ".join(one for one in texts if one)
        room = width - columns(whole) - 4
        if self.share is not None and room >= _NARROWEST_BAR:
            size = min(room, _WIDEST_BAR)
            full = int(self.share * size)
            bar = f"[{'#' * full}{'-' * (size - full)}]"
            return "  ".join(one for one in (self.label, bar, *texts[1:]) if one)
        for kept in ((0, 1, 2, 4), (0, 1, 4), (1, 4), (1,), (2,)):
            if columns(whole) <= width:
                break
            whole = "  ".join(texts[one] for one in kept if texts[one])
        while columns(whole) > max(width, 0):
            whole = whole[:-1]
        return whole


def _write(text: str) -> None:
    with whoever_listens():
        sys.stderr.write(text)
        sys.stderr.flush()


def _terminal_width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _WIDTH
    except (OSError, ValueError):
        return _WIDTH


def _figure(rate: float) -> str:
    return f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}" if rate >= 1 else f"{rate:.2g}"


def _span(seconds: float) -> str:
    whole = max(int(seconds + 0.5), 0)
    hours, minutes = whole // 3600, whole // 60 % 60
    if hours:
        return speak(f"{hours} 小时 {minutes} 分", f"{hours} h {minutes} min")
    if minutes:
        return speak(f"{minutes} 分 {whole % 60} 秒", f"{minutes} min {whole % 60} s")
    return speak(f"{whole} 秒", f"{whole} s")
