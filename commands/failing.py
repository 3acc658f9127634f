"""The top group: every expected error becomes a message and an exit code, never a traceback."""

from __future__ import annotations

import errno
import gc
import io
import os
import signal
import sys
import time
from typing import Any

import click

from commands.chinese import in_chinese
from commands.console import (
    LANGUAGE,
    complain,
    forget_output,
    printable,
    show_problems,
    speak,
    whoever_listens,
)
from evaluator.errors import EnvironmentFault, InputError

# So many seconds it may take to end cleanly, until it is interrupted in that.
_ENDS_WITHIN = 5.0
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

_OS_ERRORS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EEXIST: "同名文件已存在",
    errno.ENOTEMPTY: "同名文件夹已存在",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "上级不是文件夹",
    errno.ENOENT: "找不到",
    errno.ELOOP: "链接指回自己",
    errno.ENAMETOOLONG: "名字太长",
    errno.EIO: "设备出错",
    errno.EFBIG: "文件大小超过限额",
    errno.EXDEV: "不在同一个磁盘上",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EAGAIN: "系统资源暂时不足",
    errno.ENOMEM: "内存不足",
}


class NeverATraceback(click.Group):
    """Says what is wrong in the user's language, and ends with the contract's exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whoever reads its output may stop reading (``| head``)."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            forget_output()
            raise click.exceptions.Exit(0) from None

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; every expected error becomes a message and an exit code."""
        # A scorecard is a hundred thousand small objects and hardly a cycle: collecting less often saves a tenth of its time.
        gc.set_threshold(200_000, 20, 100)
        _prepare_process()
        try:
            return self._main(*args, **kwargs)
        finally:
            ENDING.ignore()

    def _main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **{**kwargs, "standalone_mode": False}) or sys.exit(0)
        except click.ClickException as error:
            _show_misuse(error)
            sys.exit(2)
        except (click.Abort, KeyboardInterrupt):
            complain(speak("已中断", "interrupted"))
            sys.exit(2)
        except click.exceptions.Exit as error:
            sys.exit(error.exit_code)
        except InputError as error:
            show_problems(error.problems)
            sys.exit(2)
        except EnvironmentFault as error:
            complain(error.in_language(LANGUAGE))
            sys.exit(2)
        except OSError as error:
            complain(disk_error(error))
            forget_output()
            sys.exit(2)
        except MemoryError:
            complain(speak("内存不足", "out of memory"))
            sys.exit(2)
        except Exception as error:
            if os.environ.get("DUIBIAO_DEBUG"):
                raise
            name = type(error).__name__
            zh = f"程序出错（{name}），请报告；设 DUIBIAO_DEBUG=1 可见详情"
            en = f"an error of the program ({name}): please report it; DUIBIAO_DEBUG=1 shows more"
            complain(speak(zh, en))
            sys.exit(2)


def disk_error(error: OSError) -> str:
    """What the system says of a file or a disk, in the user's language."""
    where = f" {printable(str(error.filename))}" if error.filename else ""
    zh = _OS_ERRORS.get(error.errno or 0, f"系统错误 {error.errno}" if error.errno else "系统错误")
    en = error.strerror or type(error).__name__
    return speak(f"读写失败{where}：{zh}", f"cannot read or write{where}: {en}")


class _Ending:
    """Ends the program as on Ctrl-C; asked again while it is ending, it goes on with that."""

    def __init__(self) -> None:
        self._asked = float("-inf")

    @property
    def is_asked(self) -> bool:
        """Whether it was asked: a library may have taken the interruption for a fault of its own."""
        return self._asked > float("-inf")

    def listen(self) -> None:
        """Be asked by the system from now on."""
        for number in _SIGNALS:
            # What was begun so that it stays (nohup) stays.
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self)

    def ignore(self) -> None:
        """There is nothing left to end, but for the interpreter."""
        for number in _SIGNALS:
            if signal.getsignal(number) is self:
                signal.signal(number, signal.SIG_IGN)

    def __call__(self, _number: int, _frame: object) -> None:
        now = time.monotonic()
        if now - self._asked < _ENDS_WITHIN:
            return
        self._asked = now
        raise KeyboardInterrupt


ENDING = _Ending()


def _open_streams() -> None:
    """Give what is said a place to go where a stream was closed: files opened later would take its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - it stays open to the end


def _prepare_process() -> None:
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may lack Chinese
    # Asked to end, or left by its terminal, it ends as on Ctrl-C: without half-written files.
    ENDING.listen()


def _show_misuse(error: click.ClickException) -> None:
    if LANGUAGE == "zh":
        message = in_chinese(error.format_message())
        error.format_message = lambda: message  # type: ignore[method-assign]
    with whoever_listens():
        error.show()
