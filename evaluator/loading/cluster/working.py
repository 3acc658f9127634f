"""What runs on a cluster's workers: who they are, and a job done by a function that is made once in each process."""

from __future__ import annotations

import gc
import hashlib
import pickle
import platform
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import evaluator
from evaluator.assessment_document import SEMANTICS, VERSION
from evaluator.errors import EnvironmentFault, Words
from evaluator.limits import in_force, made_within

_CODE = (".py", ".css", ".j2")


class Installation(NamedTuple):
    """What results depend on: ``code`` is a digest of the modules and templates themselves."""

    version: str
    semantics: str
    python: str
    code: str

    def against(self, own: Installation) -> Words | None:
        """How this differs from one's ``own``; None where it does not."""
        told = (
            (Words("duibiao", "duibiao"), self.version, own.version),
            (Words("判定办法", "semantics"), self.semantics, own.semantics),
            (Words("Python", "Python"), self.python, own.python),
        )
        differing = [(name, theirs, ours) for name, theirs, ours in told if theirs != ours]
        if differing:
            zh = "、".join(f"{name.zh} {theirs}（本机 {ours}）" for name, theirs, ours in differing)
            en = ", ".join(f"{name.en} {theirs} (here {ours})" for name, theirs, ours in differing)
            return Words(zh, en)
        if self.code != own.code:
            zh = f"duibiao {self.version} 的程序文件与本机不同"
            return Words(zh, f"duibiao {self.version} with other program files than here")
        return None


@cache
def installation() -> Installation:
    """What is installed here."""
    found = hashlib.sha256()
    top = Path(evaluator.__file__).parents[1]
    for package in ("commands", "evaluator", "scorecards"):
        for path in sorted((top / package).rglob("*")):
            if path.suffix in _CODE:
                found.update(path.relative_to(top).as_posix().encode() + b"\0" + path.read_bytes())
    python = ".".join(platform.python_version_tuple()[:2])
    return Installation(VERSION, SEMANTICS, python, found.hexdigest())


class Preparation(NamedTuple):
    """What makes the function that does jobs: ``made`` is a pickled function and its arguments, ``token`` its digest."""

    token: str
    made: bytes
    installed: Installation


def preparation(make: Callable[..., Any], arguments: tuple[Any, ...]) -> Preparation:
    """What a worker needs to make ``make(*arguments)``."""
    # Limits are part of what a worker prepares: under others it is prepared anew.
    made = pickle.dumps((made_within, (in_force(), make, arguments)), pickle.HIGHEST_PROTOCOL)
    return Preparation(hashlib.sha256(made).hexdigest(), made, installation())


_lock = threading.Lock()
_prepared: tuple[str, Callable[[Any], Any]] | None = None


def do(prepared: Preparation, job: bytes) -> bytes:
    """The pickled result of a pickled job. One at a time in a process: setting a PDF is not safe in threads."""
    with _lock:
        return pickle.dumps(_function(prepared)(pickle.loads(job)), pickle.HIGHEST_PROTOCOL)  # noqa: S301 - a cluster's own


def _function(wanted: Preparation) -> Callable[[Any], Any]:
    global _prepared  # noqa: PLW0603 - one a process, kept from job to job
    if _prepared is None or _prepared[0] != wanted.token:
        # Workers that come later, or restart, are looked at here.
        unlike = installation().against(wanted.installed)
        if unlike is not None:
            raise unlike_workers([unlike], wanted.installed)
        make, arguments = pickle.loads(wanted.made)  # noqa: S301 - from the client, as the task itself
        forget()
        _prepared = wanted.token, make(*arguments)
        # What is prepared stays: no collection looks through it for what could be thrown away.
        gc.collect()
        gc.freeze()
    return _prepared[1]


def forget() -> None:
    """Keep nothing of what was prepared."""
    global _prepared  # noqa: PLW0603 - as above
    _prepared = None
    gc.unfreeze()


def unlike_workers(differences: list[Words], own: Installation) -> EnvironmentFault:
    """The fault of workers that would judge otherwise than this machine."""
    zh, en = "；".join(one.zh for one in differences), "; ".join(one.en for one in differences)
    return EnvironmentFault(
        "unlike_workers",
        Words(
            f"集群的工作进程与本机不一致，结果无法复现：{zh}",
            f"workers of the cluster are unlike this machine, results would not be reproducible: {en}",
        ),
        Words(
            f"在每台主机上用同一个 Python {own.python} 装同一个 duibiao {own.version}，再重新启动 dask worker",
            f"install the same duibiao {own.version} for the same Python {own.python} on every host, then restart dask worker",
        ),
    )
