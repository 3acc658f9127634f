"""The readers by name. A module is imported when its target is asked for: each needs other libraries."""

from __future__ import annotations

from importlib import import_module

from fuzzing.target import Target

NAMES = {
    "yaml-submission": "submission_yaml",
    "yaml-rules": "rules_yaml",
    "yaml-review": "review_yaml",
    "json-submission": "submission_json",
    "json-assessment": "assessment_json",
    "xlsx-form": "form_xlsx",
    "xlsx-review": "review_xlsx",
    "xlsx-list": "list_xlsx",
    "xlsx-table": "table_xlsx",
    "zip-package": "package_zip",
    "photograph": "photograph",
    "bundle": "bundle",
    "text": "official_text",
    "parquet": "evidence_tables",
    "pdf-verify": "scorecard_pdf",
}


def target(name: str) -> Target:
    """The target of that name."""
    found: Target = import_module(f"fuzzing.targets.{NAMES[name]}").TARGET
    return found
