"""Services that help to seal: a program of this machine, and a time stamp authority on the network. Both within a time limit."""

from __future__ import annotations

import http.client
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evaluator.errors import InputError, Words
from evaluator.loading.files import refused

LARGEST_ANSWER = 256 * 1024
_QUERY = "application/timestamp-query"
_REPLY = "application/timestamp-reply"


def program_at(run: Sequence[str], home: Path, seconds: int) -> Callable[[bytes], bytes]:
    """What gives a program its input on stdin and returns its stdout; no shell is involved.

    A name with a separator is a path from ``home``; any other is looked for as the system does. Raises ``InputError`` where the
    program cannot be started, takes longer than ``seconds``, ends with an error or prints too much.
    """
    is_path = "/" in run[0] or "\\" in run[0]
    command = [str(home / run[0]) if is_path else run[0], *run[1:]]

    def ask(given: bytes) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - the unit's own profile says which program
                command, input=given, capture_output=True, timeout=seconds, check=False, cwd=home
            )
        except subprocess.TimeoutExpired:
            what = (
                f"签章程序超过 {seconds} 秒没有结果",
                f"the seal program took more than {seconds} seconds",
            )
            raise refused(command[0], "program", *what, _LOOK) from None
        except (OSError, ValueError):
            what = ("签章程序无法运行", "the seal program cannot be started")
            raise refused(command[0], "program", *what, _LOOK) from None
        if done.returncode != 0:
            code = done.returncode
            what = (f"签章程序报错（退出码 {code}）", f"the seal program failed (exit code {code})")
            raise refused(command[0], "program", *what, _LOOK)
        if not 0 < len(done.stdout) <= LARGEST_ANSWER:
            what = ("签章程序没有给出签名", "the seal program gave no signature")
            raise refused(command[0], "program", *what, _LOOK)
        return done.stdout

    return ask


_LOOK = Words("单独运行一次，看它说什么", "run it alone and see what it says")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """Follow nothing: the profile names the address."""
        return


def authority_at(url: str, seconds: int) -> Callable[[bytes], bytes]:
    """What sends a request to a time stamp authority (RFC 3161 over HTTP) and returns its answer; raises ``InputError``."""

    def ask(request: bytes) -> bytes:
        headers = {"Content-Type": _QUERY, "Accept": _REPLY}
        asked = urllib.request.Request(url, request, headers, method="POST")  # noqa: S310 - the profile allows http(s) alone
        try:
            with urllib.request.build_opener(_NoRedirect).open(asked, timeout=seconds) as answer:
                if answer.headers.get_content_type() != _REPLY:
                    raise ValueError("another kind of answer")
                content: bytes = answer.read(LARGEST_ANSWER + 1)
        except (OSError, ValueError, http.client.HTTPException) as fault:
            if isinstance(fault, urllib.error.HTTPError):
                fault.close()
            raise _no_answer(url, fault) from None
        if len(content) > LARGEST_ANSWER:
            raise _no_answer(url, ValueError())
        return content

    return ask


def _no_answer(url: str, fault: Exception) -> InputError:
    name = f"HTTP {fault.code}" if isinstance(fault, urllib.error.HTTPError) else type(fault).__name__
    what = (f"时间戳服务没有应答（{name}）", f"the time stamp authority did not answer ({name})")
    mend = Words(
        "核对地址和网络；没有网络时删去 timestamp，只是时间没有证明",
        "check the address and the network; without one leave timestamp out: the time is then unproved",
    )
    return refused(url, "timestamp", *what, mend)
