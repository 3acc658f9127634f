"""A found input made smaller as long as it breaks in the same way: ``python -m fuzzing.minimising TARGET FILE...``.

``--tell`` before the target only says how it breaks.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from fuzzing.guard import outcome, watch
from fuzzing.mutating.archives import members_of, packed
from fuzzing.targets import target

_MINUTES = 4


def main(name: str, paths: list[str]) -> None:
    """Write beside each file a smaller one, ``FILE.small``."""
    read = target(name).reader()
    for path in map(Path, paths):
        content = path.read_bytes()
        wanted = told(read, content)
        click.echo(f"{path}: {len(content)} bytes: {wanted or 'not broken any more'}")
        if wanted:
            small = minimised(content, lambda one, wanted=wanted: told(read, one) == wanted)
            Path(f"{path}.small").write_bytes(small)
            click.echo(f"{path}.small: {len(small)} bytes")


def told(read: Callable[[bytes], object], content: bytes) -> str:
    """How reading ``content`` breaks, in a process of its own; empty where it does not."""
    incoming, outgoing = os.pipe()
    child = os.fork()
    if not child:
        os.close(incoming)
        watch()
        # What no interrupt reaches ends by the time that it has used.
        resource.setrlimit(resource.RLIMIT_CPU, (25, 30))
        os.write(outgoing, outcome(read, content).crash.encode()[:1000])
        os._exit(0)
    os.close(outgoing)
    with os.fdopen(incoming, "rb") as stream:
        said = stream.read().decode()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return said if status == 0 else f"ended with {signal.Signals(-status).name if status < 0 else status}"


def minimised(content: bytes, breaks: Callable[[bytes], bool]) -> bytes:
    """The smallest that could be found in a few minutes: members left out, then stretches of lines, then of bytes."""
    until = time.monotonic() + _MINUTES * 60
    shrunk = True
    while shrunk and time.monotonic() < until:
        shrunk = False
        for smaller in (*_without_members(content), *()):
            if breaks(smaller):
                content, shrunk = smaller, True
                break
    for apart in (b"\n", b""):
        content = _fewer(content, apart, breaks, until)
    return content


def _without_members(content: bytes) -> Iterator[bytes]:
    members = list(members_of(content))
    for n, one in enumerate(members):
        yield packed(members[:n] + members[n + 1 :])
        if len(one.content) > 64:
            yield packed(
                [*members[:n], replace(one, content=one.content[: len(one.content) // 2]), *members[n + 1 :]]
            )


def _fewer(content: bytes, apart: bytes, breaks: Callable[[bytes], bool], until: float) -> bytes:
    parts = content.split(apart) if apart else [content[n : n + 1] for n in range(len(content))]
    size = max(1, len(parts) // 2)
    while size and time.monotonic() < until:
        at, before = 0, len(parts)
        while at < len(parts) and time.monotonic() < until:
            fewer = parts[:at] + parts[at + size :]
            if breaks(apart.join(fewer)):
                parts = fewer
            else:
                at += size
        # Whole stretches that could go: as large ones may go now.
        if len(parts) == before or size > 1:
            size //= 2
    return apart.join(parts)


if __name__ == "__main__":
    if sys.argv[1] == "--tell":
        click.echo(told(target(sys.argv[2]).reader(), Path(sys.argv[3]).read_bytes()))
    else:
        main(sys.argv[1], sys.argv[2:])
