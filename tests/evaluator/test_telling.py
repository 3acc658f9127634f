"""What the check found, as programs read it: JSON, SARIF 2.1.0, workflow commands of GitHub."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from evaluator.checking.codes import CODES
from evaluator.checking.telling import check_document, github_commands, sarif_log
from evaluator.errors import Place, Problem, Words

ERROR = Problem(
    "upside_down",
    Place("rules/甲 乙/ruleset.yaml", 37, 30),
    Words("写反了：100%，对吗", "upside down: 100%, is it?"),
    Words("对调", "exchange"),
)
WARNING = Problem("idle_cap", Place("/srv/规则/ruleset.yaml", 17), Words("不起作用", "it never binds"))
STRANGE = Problem("a_new_code", Place("clauses.yaml"), Words("新的毛病", "a new fault"))

TEXT = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
    "additionalProperties": False,
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
DESCRIPTOR = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "shortDescription": TEXT,
        "help": TEXT,
        "defaultConfiguration": {
            "type": "object",
            "properties": {"level": LEVEL},
            "additionalProperties": False,
        },
        "properties": {"type": "object"},
    },
}
COMPONENT = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "version": {"type": "string"},
        "language": {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
        "rules": {"type": "array", "uniqueItems": True, "items": DESCRIPTOR},
    },
}
PLACE = {"type": "integer", "minimum": 1}
# What SARIF 2.1.0 (OASIS, errata 01) says of the properties that are used here; others are not known to it.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {"driver": COMPONENT},
                    },
                    "translations": {"type": "array", "uniqueItems": True, "items": COMPONENT},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": -1},
                                "level": LEVEL,
                                "message": TEXT,
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "additionalProperties": False,
                                                "properties": {
                                                    "artifactLocation": {
                                                        "type": "object",
                                                        "additionalProperties": False,
                                                        "properties": {
                                                            "uri": {
                                                                "type": "string",
                                                                "pattern": r"^[A-Za-z0-9._~:/%-]+$",
                                                            }
                                                        },
                                                    },
                                                    "region": {
                                                        "type": "object",
                                                        "additionalProperties": False,
                                                        "properties": {
                                                            "startLine": PLACE,
                                                            "startColumn": PLACE,
                                                        },
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_log_is_sarif_with_a_rule_for_every_code_in_both_languages(language: Any) -> None:
    log = sarif_log([ERROR, WARNING, STRANGE], "1.0", language)
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    driver, (translation,) = run["tool"]["driver"], run["translations"]
    assert {driver["language"], translation["language"]} == {"zh-CN", "en-US"}
    assert [rule["id"] for rule in driver["rules"]] == [*CODES, "a_new_code"]
    assert [rule["id"] for rule in translation["rules"]] == [*CODES, "a_new_code"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_result_says_where_how_grave_and_what_to_do() -> None:
    results = sarif_log([ERROR, WARNING, STRANGE], "1.0", "zh")["runs"][0]["results"]
    assert [one["level"] for one in results] == ["error", "warning", "error"]
    assert results[0]["message"] == {"text": "写反了：100%，对吗。对调"}
    where = [one["locations"][0]["physicalLocation"] for one in results]
    assert where[0]["artifactLocation"] == {"uri": "rules/%E7%94%B2%20%E4%B9%99/ruleset.yaml"}
    assert where[0]["region"] == {"startLine": 37, "startColumn": 30}
    assert where[1]["artifactLocation"] == {"uri": "file:///srv/%E8%A7%84%E5%88%99/ruleset.yaml"}
    assert where[1]["region"] == {"startLine": 17}
    assert "region" not in where[2]


def test_workflow_commands_are_escaped_so_that_no_text_ends_them() -> None:
    sly = Problem("idle_cap", Place("a,b:c.yaml", 3, 4), Words("一\n二", "one\r\n::error::two, 5%"))
    assert github_commands([ERROR, sly], "en") == [
        "::error file=rules/甲 乙/ruleset.yaml,line=37,col=30,title=upside_down::upside down: 100%25, is it?. exchange",
        "::warning file=a%2Cb%3Ac.yaml,line=3,col=4,title=idle_cap::one%0D%0A::error::two, 5%25",
    ]


def test_the_document_has_every_text_in_both_languages_and_counts() -> None:
    found = check_document([{"id": "甲", "folder": "rules/甲", "criteria": 3}], [ERROR, WARNING])
    assert (found["errors"], found["warnings"]) == (1, 1)
    assert found["problems"][1] == {
        "code": "idle_cap",
        "severity": "warning",
        "file": "/srv/规则/ruleset.yaml",
        "line": 17,
        "column": None,
        "what": {"zh": "不起作用", "en": "it never binds"},
        "mend": None,
    }
