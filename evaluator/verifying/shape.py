"""Whether data is an assessment of this format at all: its keys and types, each fault with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from evaluator.assessment_shape.document import Assessment
from evaluator.errors import Fault, Words
from evaluator.validating import MOST_FAULTS, faults_of
from evaluator.verifying.contradiction import shown

# A level's keys are fewer than these; what is deeper is no assessment.
_DEEPEST = 40


def shape_faults(data: Any) -> Iterator[Fault]:
    """What keeps ``data`` from being an assessment: a fault for each place that the schema does not allow."""
    if not isinstance(data, dict) or "assessment" not in data:
        yield Fault("no_assessment", (), Words("这不是评估结果", "this is no assessment"))
        return
    if data["assessment"] != 1 or isinstance(data["assessment"], bool):
        version = shown(data["assessment"])
        what = Words(f"评估结果的格式版本 {version} 不认识", f"format {version} of assessments is not known")
        yield Fault("unknown_format", ("assessment",), what)
        return
    try:
        Assessment.model_validate(data)
    except ValidationError as error:
        yield from faults_of(error, Assessment, data, most=MOST_FAULTS)
