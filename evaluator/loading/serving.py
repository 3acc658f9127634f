"""What a process of a pool does: jobs as they come, whatever the terminal says, until nobody is there to be told."""

from __future__ import annotations

import gc
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

# What asks this process to end: the processes of a terminal all get it, and who began them ends them.
_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def unasked() -> Iterator[None]:
    """Whatever asks this process to end waits: in a new one that is not set up yet it would be told as an error."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _listen() -> None:
    """What a new process inherited of ``unasked`` ends."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def serve(
    pipe: Connection, others: Iterable[Connection], make: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    """What a process does: one job after the other, until nobody is there to be told."""
    for other in others:
        other.close()
    for number in _ENDING:
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.SIG_IGN)
    _listen()
    try:
        work = make(*arguments)
    except Exception as error:  # noqa: BLE001 - it is told where it can be acted on
        _tell(pipe, False, error)
        return
    # What is there by now stays to the end.
    gc.collect()
    gc.freeze()
    with suppress(EOFError, OSError):
        while True:
            (job,) = pipe.recv()
            _tell(pipe, *_tried(work, job))


def _tried(work: Callable[[Any], Any], job: Any) -> tuple[bool, Any]:
    try:
        return True, work(job)
    except Exception as error:  # noqa: BLE001 - it is told where it can be acted on
        return False, error


def _tell(pipe: Connection, done: bool, answer: Any) -> None:
    try:
        pipe.send((done, answer))
    except (pickle.PicklingError, TypeError, AttributeError):
        pipe.send((False, RuntimeError(f"{type(answer).__name__} cannot be handed over: {answer!r}")))
