"""What ``rules check`` found as JSON, as SARIF and as workflow commands of GitHub: plain data and lines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluator.checking.codes import CODES, Code, severity
from evaluator.errors import Language, Problem, Words

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en-US"}
# What a path may hold unchanged in a URI.
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def check_document(rulesets: Sequence[dict[str, Any]], problems: Iterable[Problem]) -> dict[str, Any]:
    """``{"check": 1, "rulesets": […], "errors": n, "warnings": n, "problems": […]}``; every text in both languages."""
    listed = list(problems)
    grades = [severity(one.code) for one in listed]
    return {
        "check": 1,
        "rulesets": list(rulesets),
        "errors": grades.count("error"),
        "warnings": grades.count("warning"),
        "problems": [
            {
                "code": one.code,
                "severity": grade,
                "file": one.place.file,
                "line": one.place.line,
                "column": one.place.column,
                "what": _both(one.what),
                "mend": None if one.mend is None else _both(one.mend),
            }
            for one, grade in zip(listed, grades, strict=True)
        ],
    }


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def sarif_log(problems: Iterable[Problem], version: str, language: Language) -> dict[str, Any]:
    """A log of SARIF 2.1.0 with one run: rules and results in ``language``, the rules' texts in the other one as a translation.

    Columns count Unicode characters.
    """
    listed = list(problems)
    strange = {one.code: _unlisted(one) for one in listed if one.code not in CODES}
    rules = [*CODES.values(), *strange.values()]
    index = {rule.code: n for n, rule in enumerate(rules)}
    other: Language = "en" if language == "zh" else "zh"
    driver = {
        "name": "duibiao",
        "version": version,
        "language": _TAGS[language],
        "rules": [
            {
                **_descriptor(rule, language),
                "defaultConfiguration": {"level": rule.severity},
                "properties": {"subject": _both(rule.subject)},
            }
            for rule in rules
        ],
    }
    translation = {
        "name": "duibiao",
        "language": _TAGS[other],
        "rules": [_descriptor(rule, other) for rule in rules],
    }
    return {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "translations": [translation],
                "columnKind": "unicodeCodePoints",
                "results": [_result(one, index[one.code], language) for one in listed],
            }
        ],
    }


def _unlisted(problem: Problem) -> Code:
    return Code(problem.code, "error", problem.what, problem.mend or Words("", ""), Words("", ""))


def _descriptor(rule: Code, language: Language) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": rule.code,
        "shortDescription": {"text": rule.meaning.in_language(language)},
    }
    mend = rule.mend.in_language(language)
    return {**found, "help": {"text": mend}} if mend else found


def _result(problem: Problem, index: int, language: Language) -> dict[str, Any]:
    place = problem.place
    where: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line is not None:
        region = {"startLine": place.line}
        where["region"] = region if place.column is None else {**region, "startColumn": place.column}
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": severity(problem.code),
        "message": {"text": _said(problem, language)},
        "locations": [{"physicalLocation": where}],
    }


def _said(problem: Problem, language: Language) -> str:
    what = problem.what.in_language(language)
    if problem.mend is None:
        return what
    return what + ("。" if language == "zh" else ". ") + problem.mend.in_language(language)


def _uri(file: str) -> str:
    path = "".join(
        chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in file.replace("\\", "/").encode()
    )
    return f"file://{path}" if path.startswith("/") else path


def github_commands(problems: Iterable[Problem], language: Language) -> list[str]:
    """A line for each problem that GitHub shows beside the line of the file: ``::error file=…,line=…,col=…,title=…::…``."""
    return [_command(one, language) for one in problems]


def _command(problem: Problem, language: Language) -> str:
    place = problem.place
    stated = (("file", place.file), ("line", place.line), ("col", place.column), ("title", problem.code))
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in stated if value is not None)
    return f"::{severity(problem.code)} {properties}::{_data(_said(problem, language))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
