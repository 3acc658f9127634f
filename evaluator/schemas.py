"""JSON Schemas (draft 2020-12) of the file formats, made from the typed models: for editors and for other programs.

They say what a file may look like; what only the whole file shows (references, sums, circles) is for ``rules check`` and
``inspect``. Every key and every choice is explained in both languages (``evaluator.schema_texts``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from evaluator.assessment_parts import Read
from evaluator.assessment_shape.document import Assessment
from evaluator.cases import CaseFile
from evaluator.catalogue import CatalogueFile
from evaluator.errors import Words
from evaluator.issued_manifest import IssuedManifest
from evaluator.limits_document import LimitsInForce
from evaluator.model import Model
from evaluator.review import Review
from evaluator.ruleset import Clauses, Ruleset
from evaluator.schema_texts import text_of
from evaluator.schema_texts.values import meanings
from evaluator.sealing_profile import SealingProfile
from evaluator.submission import Submission
from evaluator.tracing.pins import Trace
from evaluator.verifying.answer_shape import Verification
from evaluator.versions import Versions

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FORMATS: dict[str, tuple[type[Model], Words]] = {
    "ruleset": (Ruleset, Words("规则集", "ruleset.yaml: one published standard, encoded")),
    "clauses": (Clauses, Words("标准条款", "clauses.yaml: the standard's clauses in order")),
    "cases": (CaseFile, Words("规则用例", "cases.yaml: worked cases, facts in, outcomes out")),
    "catalogue": (
        CatalogueFile,
        Words("佐证目录", "rules/catalogue/*.yaml and a ruleset's own catalogue.yaml"),
    ),
    "versions": (
        Versions,
        Words("规则集的版本", "versions.yaml: the states and published versions of a ruleset"),
    ),
    "trace": (Trace, Words("与原文的核对", "trace.yaml: what was confirmed against the official text")),
    "submission": (Submission, Words("申报文件", "what a community or city submits for one period")),
    "review": (Review, Words("复核文件", "an inspector's recorded decisions over the machine's verdicts")),
    "sealing": (
        SealingProfile,
        Words("签章方案", "sealing.yaml: which key seals a unit's scorecards, and how"),
    ),
    "assessment": (
        Assessment,
        Words("评估结果", "the full result of one assessment, as duibiao score writes it"),
    ),
    "verification": (
        Verification,
        Words("核验结果", "what verifying came to, as duibiao verify --format json writes it"),
    ),
    "manifest": (
        IssuedManifest,
        Words(
            "评分表的签发清单", "what is attached to a scorecard beside its assessment: from what it was made"
        ),
    ),
    "limits": (LimitsInForce, Words("限度", "how large inputs may be, as duibiao limits prints it")),
}
NAMES: Mapping[str, Words] = {name: words for name, (_, words) in _FORMATS.items()}
_OWNER = "x-model"
_CLAUSE_END = re.compile("[：，；（。]")


class _Generator(GenerateJsonSchema):
    """Keeps what pydantic leaves out: a pattern behind a validator, that no other keys are known, and whose keys these are."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        # A title made of the key would stand above the explanation and say nothing.
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        return {**super().model_schema(schema), _OWNER: schema["cls"]}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        made = super().function_before_schema(schema)
        inner: Any = schema["schema"]
        return {**made, "pattern": inner["pattern"]} if inner.get("pattern") else made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of every file format by its name."""
    return {name: schema(name) for name in _FORMATS}


def schema(name: str) -> dict[str, Any]:
    """The schema of one file format: one of ``NAMES``."""
    model, words = _FORMATS[name]
    made = model.model_json_schema(by_alias=True, schema_generator=_Generator)
    for node in [*_nodes(made)]:
        if _OWNER in node:
            _explain(node, node.pop(_OWNER))
        _explain_choice(node)
    return {
        "$schema": DRAFT,
        "$id": f"urn:duibiao:schema:{name}:1",
        **made,
        "title": f"Duibiao {name}",
        "description": f"{words.zh}\n\n{words.en}",
    }


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(one)


def _explain(node: dict[str, Any], model: type[Model]) -> None:
    """Name and describe an object and its keys; a key of an assessment that may be absent is never null."""
    node.pop("description", None)
    text = text_of(model)
    _describe(node, text)
    if text is not None:
        # What an editor shows as the heading, and names where none of several fits.
        node["title"] = _CLAUSE_END.split(text[0])[0]
    for name, field in model.model_fields.items():
        key = field.alias or name
        described = node["properties"][key]
        if issubclass(model, Read) and not field.is_required():
            described.pop("default", None)
            others = [one for one in described.get("anyOf", ()) if one != {"type": "null"}]
            if len(others) == 1:
                del described["anyOf"]
                described.update(others[0])
        _describe(described, text_of(model, key))


def _describe(node: dict[str, Any], pair: tuple[str, str] | None) -> None:
    if pair is not None:
        node["description"] = "\n\n".join(pair)


def _explain_choice(node: dict[str, Any]) -> None:
    """Explain each value of a choice where editors look for it."""
    if isinstance(node.get("enum"), list):
        explained = meanings(node["enum"])
        if explained is not None:
            node["enumDescriptions"] = [" · ".join(pair) for pair in explained]
