"""JSON Schemas (draft 2020-12) of the file formats, made from the typed models: for editors and for other programs.

They say what a file may look like; what only the whole file shows (references, sums, circles) is for ``rules check`` and
``inspect``.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from evaluator.cases import CaseFile
from evaluator.catalogue import CatalogueFile
from evaluator.model import Model
from evaluator.review import Review
from evaluator.ruleset import Clauses, Ruleset
from evaluator.submission import Submission

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FORMATS: dict[str, tuple[type[Model], str, str]] = {
    "ruleset": (Ruleset, "规则集", "ruleset.yaml: one published standard, encoded"),
    "clauses": (Clauses, "标准条款", "clauses.yaml: the standard's clauses in order"),
    "cases": (CaseFile, "规则用例", "cases.yaml: worked cases, facts in, outcomes out"),
    "catalogue": (CatalogueFile, "佐证目录", "rules/catalogue/*.yaml and a ruleset's own catalogue.yaml"),
    "review": (Review, "复核文件", "an inspector's recorded decisions over the machine's verdicts"),
    "submission": (Submission, "申报文件", "what a community or city submits for one period"),
}


class _Generator(GenerateJsonSchema):
    """Keeps two things that pydantic leaves out: a pattern behind a validator, and that no other keys are known."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        made = super().function_before_schema(schema)
        inner: Any = schema["schema"]
        return {**made, "pattern": inner["pattern"]} if inner.get("pattern") else made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of every file format by its name."""
    return {name: _schema(name) for name in _FORMATS}


def _schema(name: str) -> dict[str, Any]:
    model, zh, en = _FORMATS[name]
    made = model.model_json_schema(by_alias=True, schema_generator=_Generator)
    return {
        "$schema": DRAFT,
        "$id": f"urn:duibiao:schema:{name}:1",
        **made,
        "title": f"Duibiao {name}",
        "description": f"{zh}。{en}.",
    }
