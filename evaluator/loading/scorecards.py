"""Scorecards and assessments to verify, and the certificates that are trusted: their bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evaluator.errors import InputError, Problem, Words
from evaluator.limits import in_force, raising, written
from evaluator.loading.files import contents, is_folder, read_text, refused, unknown_type

LARGEST_SCORECARD = 48 * 1024 * 1024
LARGEST_CERTIFICATES = 1024 * 1024
MOST_SCORECARDS = 100_000
KINDS = (".pdf", ".json")


def scorecards_at(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that ``paths`` name, those in folders in the order of their names; raises ``InputError`` with every problem."""
    found: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.extend(_at(path))
        except InputError as error:
            problems.extend(error.problems)
    if len(found) > MOST_SCORECARDS:
        zh, en = f"一次最多核验 {MOST_SCORECARDS} 份", f"at most {MOST_SCORECARDS} at a time"
        problems.extend(refused("", "too_many", zh, en).problems)
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
    return contents(path, LARGEST_SCORECARD if is_pdf else "largest_assessment")


def json_in(content: bytes, name: str) -> Any:
    """The data of JSON bytes, called ``name`` in problems; raises ``InputError`` with every problem."""
    largest = in_force().largest_assessment
    if len(content) > largest:
        zh, en = f"超过 {written(largest, 'bytes')}", f"larger than {written(largest, 'bytes')}"
        raise refused(name, "file_size", zh, en, raising("largest_assessment"))
    return read_text(content, name, items="assessment_items").data


def certificates_at(paths: Iterable[Path]) -> list[bytes]:
    """The bytes of certificate files; raises ``InputError`` with every problem."""
    found: list[bytes] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(contents(path, LARGEST_CERTIFICATES))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(dict.fromkeys(problems))
    return found
