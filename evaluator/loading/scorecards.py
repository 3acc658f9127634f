"""Scorecards and assessments to verify, and the certificates that are trusted: their bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evaluator.errors import InputError, Problem, Words
from evaluator.limits import in_force, raising, written
from evaluator.loading.files import contents, is_folder, read_text, refused, unknown_type

KINDS = (".pdf", ".json")
_IN_PARTS = Words("分几次核验", "verify them in several runs")


def scorecards_at(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that ``paths`` name, those in folders in the order of their names; raises ``InputError`` with every problem."""
    found: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.extend(_at(path))
        except InputError as error:
            problems.extend(error.problems)
    most = in_force().scorecards_at_once
    if len(found) > most:
        zh, en = f"一次最多核验 {most} 份", f"at most {most} at a time"
        problems.extend(refused("", "too_many", zh, en, raising("scorecards_at_once", _IN_PARTS)).problems)
    if problems:
        raise InputError(dict.fromkeys(problems))
    return tuple(dict.fromkeys(found))


def _at(path: Path) -> list[Path]:
    if is_folder(path):
        try:
            found = sorted(one for one in path.iterdir() if one.suffix.lower() in KINDS and one.is_file())
        except OSError:
            raise refused(path, "unreadable", "文件夹读不出来", "the folder cannot be read") from None
        if not found:
            zh, en = "文件夹里没有 .pdf 或 .json", "the folder holds no .pdf or .json"
            raise refused(path, "no_file", zh, en)
        return found
    if path.suffix.lower() not in KINDS:
        mend = Words("用 duibiao score 写出的 .pdf 或 .json", "use a .pdf or .json that duibiao score wrote")
        raise unknown_type(path, mend)
    return [path]


def scorecard_bytes(path: Path) -> bytes:
    """The bytes of a scorecard or an assessment; raises ``InputError`` where it cannot be read."""
    is_pdf = path.suffix.lower() == ".pdf"
    return contents(path, "largest_scorecard" if is_pdf else "largest_assessment")


def json_in(content: bytes, name: str) -> Any:
    """The data of JSON bytes, called ``name`` in problems; raises ``InputError`` with every problem."""
    largest = in_force().largest_assessment
    if len(content) > largest:
        zh, en = f"超过 {written(largest, 'bytes')}", f"larger than {written(largest, 'bytes')}"
        raise refused(name, "file_size", zh, en, raising("largest_assessment"))
    return read_text(content, name, items="assessment_items").data
