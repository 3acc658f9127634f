"""What this machine lacks for making scorecards, and how to get it."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable
from typing import NamedTuple

from evaluator.errors import EnvironmentFault, Words
from scorecards.fonts import font_paths
from scorecards.pdf import load_press

_POPPLER = Words(
    "Debian/Ubuntu：apt-get install poppler-utils；Fedora/openEuler：dnf install poppler-utils；macOS：brew install poppler",
    "Debian/Ubuntu: apt-get install poppler-utils; Fedora/openEuler: dnf install poppler-utils; macOS: brew install poppler",
)


class Examined(NamedTuple):
    """One thing that was looked at: ``needed`` says whether scorecards can be made without it."""

    name: Words
    good: bool
    needed: bool
    mend: Words


def examine() -> tuple[Examined, ...]:
    """Look at Python, the Chinese fonts, the layout libraries, and what only some commands need."""
    version = ".".join(map(str, sys.version_info[:3]))
    return (
        Examined(
            Words(f"Python {version}", f"Python {version}"),
            sys.version_info >= (3, 11),
            True,
            Words("安装 Python 3.11 或更新版本", "install Python 3.11 or later"),
        ),
        _tried(
            Words("中文字体（思源黑体、思源宋体）", "Chinese fonts (Noto Sans SC, Noto Serif SC)"), font_paths
        ),
        _tried(
            Words(
                "PDF 排版库（Pango、HarfBuzz 子集化）", "PDF layout libraries (Pango, HarfBuzz subsetting)"
            ),
            load_press,
        ),
        Examined(
            Words("poppler-utils（仅开发测试用）", "poppler-utils (only for the project's own tests)"),
            shutil.which("pdftotext") is not None,
            False,
            _POPPLER,
        ),
        _part(
            "pyarrow",
            Words("pyarrow（批量评分的 Parquet 表）", "pyarrow (Parquet tables of a batch)"),
            "pip install pyarrow",
        ),
        _part(
            "distributed",
            Words(
                "Dask distributed（batch --dask 用多台主机）",
                "Dask distributed (batch --dask on several hosts)",
            ),
            "pip install 'duibiao[cluster]'",
        ),
    )


def _part(module: str, name: Words, install: str) -> Examined:
    """A library that one option needs, imported as that would."""
    try:
        importlib.import_module(module)
    except (ImportError, OSError):
        return Examined(name, False, False, Words(f"运行 {install}", f"run {install}"))
    return Examined(name, True, False, Words("", ""))


def _tried(name: Words, attempt: Callable[[], object]) -> Examined:
    try:
        attempt()
    except EnvironmentFault as fault:
        return Examined(name, False, True, fault.mend)
    return Examined(name, True, True, Words("", ""))
