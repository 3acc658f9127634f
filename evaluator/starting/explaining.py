"""Data → YAML text with a comment above every key: what the schema texts say of it, and what may be chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from evaluator.checks import KINDS
from evaluator.errors import Language
from evaluator.model import Model, Text, Title
from evaluator.schema_texts import text_of
from evaluator.schema_texts.values import meanings

# What may stand without quotes: nothing that YAML would read as anything but this text.
_PLAIN = re.compile(
    r"[a-z][a-z0-9_-]*|[\u3400-\u9fff][\u3400-\u9fff\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b\w ]*"
)
_WORDS = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
_STEP = "  "
_MORE: dict[Language, str] = {"zh": "还可以写：", "en": "May be added:"}


def document(model: type[Model], data: Mapping[str, Any], language: Language) -> str:
    """``data``, in the keys of ``model``, as the text of a file."""
    return "\n".join(_mapping(model, data, language, "", spaced=True)) + "\n"


def _mapping(
    model: type[Model], data: Mapping[str, Any], language: Language, indent: str, *, spaced: bool = False
) -> Iterator[str]:
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    for key, value in data.items():
        if spaced and key != next(iter(data)):
            yield ""
        yield indent + "# " + _explained(model, key, fields[key].annotation, language)
        yield from _entry(key, value, fields[key].annotation, language, indent)
    left = [key for key in fields if key not in data]
    if left:
        yield from [""] if spaced else []
        yield f"{indent}# {_MORE[language]}"
        for key in left:
            text = _explained(model, key, fields[key].annotation, language)
            yield f"{indent}#   {key}{'：' if language == 'zh' else ': '}{text}"


def _entry(key: str, value: Any, annotation: Any, language: Language, indent: str) -> Iterator[str]:
    models = [one for one in _parts(annotation) if isinstance(one, type) and issubclass(one, Model)]
    if isinstance(value, dict) and value and not _in_one_line(models):
        yield f"{indent}{key}:"
        if len(models) == 1 and get_origin(_bare(annotation)) is dict:
            yield from _named(value, models[0], language, indent + _STEP)
        else:
            yield from _mapping(_model_of(value, models), value, language, indent + _STEP)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        yield f"{indent}{key}:"
        for n, one in enumerate(value):
            if n:
                yield f"{indent}{_STEP}- {flow(one)}"
            else:
                yield from _first(_mapping(_model_of(one, models), one, language, indent + _STEP * 2))
    else:
        yield f"{indent}{key}: {flow(value)}"


def _named(items: Mapping[str, Any], model: type[Model], language: Language, indent: str) -> Iterator[str]:
    for n, (name, item) in enumerate(items.items()):
        yield f"{indent}{name}:"
        if n:
            yield from (f"{indent}{_STEP}{key}: {flow(value)}" for key, value in item.items())
        else:
            yield from _mapping(model, item, language, indent + _STEP)


def _first(lines: Iterator[str]) -> Iterator[str]:
    """The lines of a list's first entry: its dash stands on the first of them that is no comment."""
    comments = True
    for line in lines:
        if comments and not line.lstrip().startswith("#"):
            at = len(line) - len(line.lstrip())
            yield f"{line[: at - 2]}- {line[at:]}"
            comments = False
        else:
            yield line


def _in_one_line(models: list[type[Model]]) -> bool:
    return not models or models[0] in (Text, Title)


def _model_of(value: Mapping[str, Any], models: list[type[Model]]) -> type[Model]:
    return KINDS[value["kind"]] if "kind" in value else models[0]


def _bare(annotation: Any) -> Any:
    return annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation


def _parts(annotation: Any) -> Iterator[Any]:
    """The models and choices that an annotation is made of."""
    if get_origin(annotation) is Literal or not get_args(annotation):
        yield annotation
        return
    for one in get_args(annotation):
        yield from _parts(one)


def _explained(model: type[Model], key: str, annotation: Any, language: Language) -> str:
    pair = text_of(model, key)
    assert pair is not None, f"{model.__name__}.{key} is explained: tests/test_schema_texts.py"
    values = [
        value
        for part in _parts(annotation)
        if get_origin(part) is Literal
        for value in get_args(part)
        if isinstance(value, str)
    ]
    explained = meanings(values) if len(values) > 1 else None
    if explained is None:
        return pair[language == "en"]
    which = [
        f"{value} {words[language == 'en']}" if words[language == "en"] != value else value
        for value, words in zip(values, explained, strict=True)
    ]
    colon, stop = ("：", "；") if language == "zh" else (": ", "; ")
    return pair[language == "en"] + colon + stop.join(which)


def flow(value: Any) -> str:
    """``value`` on one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    return quoted(value)


def quoted(text: str) -> str:
    """``text`` as a YAML scalar: in double quotes unless it needs none."""
    if _PLAIN.fullmatch(text) and text not in _WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
