"""One input read under the contract: within time and memory, and nothing raised but refusals."""

from __future__ import annotations

import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import NamedTuple

from evaluator.errors import EnvironmentFault, InputError

# Of the processor: how long it takes by the clock depends on what else the machine does.
SECONDS = 10
MEGABYTES = 512
_ROOT = Path(__file__).resolve().parents[1]


class TooSlow(BaseException):
    """Raised inside whatever reads for too long; nothing there catches it as an error."""


class Outcome(NamedTuple):
    """What an input came to: accepted or refused, in how many seconds; or a crash, by where it happened."""

    accepted: bool
    seconds: float
    crash: str = ""
    trace: str = ""


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow


def watch() -> None:
    """Let inputs be interrupted in this process, and memory be bounded far above what is allowed, lest the machine suffer."""
    signal.signal(signal.SIGPROF, _interrupt)
    resource.setrlimit(resource.RLIMIT_AS, (8 * 1024**3, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def interrupted() -> Iterator[None]:
    """The same for a while, without a bound on memory: for whoever shares the process."""
    before = signal.signal(signal.SIGPROF, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGPROF, before)


def outcome(read: Callable[[bytes], object], content: bytes) -> Outcome:
    """What reading ``content`` comes to."""
    before = peak()
    begun = time.process_time()
    accepted, crash, trace = True, "", ""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        read(content)
    except InputError as error:
        accepted = False
        crash, trace = _unspeakable(error)
    except EnvironmentFault:
        accepted = False
    except (Exception, TooSlow) as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        signal.setitimer(signal.ITIMER_PROF, 0)
        crash, trace = _place(error), "".join(traceback.format_exception(error))[-6000:]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - begun
    after = peak()
    if not crash and after > MEGABYTES and after > before + 64:
        crash, trace = f"memory: from {before:.0f} to {after:.0f} MB", ""
    return Outcome(accepted, seconds, crash, trace)


def _unspeakable(error: InputError) -> tuple[str, str]:
    # A refusal without a problem says nothing; one that cannot be written in UTF-8 shows half a character.
    if not error.problems:
        return "refused without a problem", ""
    for one in error.problems:
        for language in ("zh", "en"):
            try:
                one.in_language(language).encode()
            except (UnicodeEncodeError, TypeError, AttributeError, ValueError) as fault:
                return f"a message that cannot be printed: {one.code}: {type(fault).__name__}", repr(one)[
                    :2000
                ]
    return "", ""


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _place(error: BaseException) -> str:
    """The kind of error, and the innermost line of ours that it came through."""
    return f"{type(error).__name__} in {_line(error.__traceback__)}"


def _line(trace: TracebackType | None) -> str:
    found = "?"
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(_ROOT) and ".venv" not in path.parts and "fuzzing" not in path.parts:
            found = f"{path.relative_to(_ROOT)}:{trace.tb_frame.f_code.co_name}"
        trace = trace.tb_next
    return found
