"""Assessments read back from their JSON: refused where they were altered or contradict themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evaluator.assessment_file import AssessmentFile, contradictions, disguises, not_an_assessment
from evaluator.errors import InputError, Words
from evaluator.loading.files import contents, is_folder, placed, read_text, unknown_type
from evaluator.packages.names import shown
from evaluator.validating import validate


def load_assessment(path: Path) -> dict[str, Any]:
    """The assessment in ``path``, as it was written; raises ``InputError`` with every problem."""
    if path.suffix.lower() != ".json" and not is_folder(path):
        raise unknown_type(
            path, Words("用 duibiao score 写出的 .json", "use a .json that duibiao score wrote")
        )
    source = read_text(contents(path, "largest_assessment"), shown(path), items="assessment_items")
    fault = not_an_assessment(source.data)
    if fault is not None:
        raise InputError(placed([fault], source))
    validate(AssessmentFile, source)
    document: dict[str, Any] = source.data
    problems = placed([*disguises(document), *contradictions(document)], source)
    if problems:
        raise InputError(problems)
    return document
