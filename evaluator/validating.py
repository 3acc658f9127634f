"""Data → typed model, with every fault placed and worded in both languages."""

from __future__ import annotations

from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from evaluator.checks import KINDS
from evaluator.errors import InputError, Place, Problem, Words, did_you_mean
from evaluator.model import Model
from evaluator.reading import Source, place_of

M = TypeVar("M", bound=Model)

_WANTED: dict[str, Words] = {
    "string_type": Words("应为文字", "must be text"),
    "int_type": Words("应为整数", "must be a whole number"),
    "int_parsing": Words("应为整数", "must be a whole number"),
    "bool_type": Words("应为 true 或 false", "must be true or false"),
    "tuple_type": Words("应为列表", "must be a list"),
    "dict_type": Words("应为“键： 值”的映射", "must be a mapping"),
    "model_type": Words("应为“键： 值”的映射", "must be a mapping"),
    "model_attributes_type": Words("应为“键： 值”的映射", "must be a mapping"),
    "string_too_long": Words("文字太长", "the text is too long"),
    "string_too_short": Words("文字为空", "the text is empty"),
    "union_tag_not_found": Words("缺少 kind", "kind is missing"),
}
_PATTERNS: dict[str, Words] = {
    "{0,63}$": Words(
        "标识只用小写字母、数字、- 和 _，不超过 64 字",
        "an identifier has lower-case letters, digits, - and _, at most 64",
    ),
    r"\d+\.\d+\.\d+": Words('版本号写成 "1.0.0" 的样子', 'write the version as "1.0.0"'),
    r"\{n\}": Words("文字中要有 {n}", "the text holds {n}"),
    r"\x00": Words("文件名中不得有反斜杠和控制字符", "a file name holds no backslash or control character"),
}


def validate(model: type[M], source: Source) -> M:
    """``source`` as ``model``; raises ``InputError`` with every fault at once."""
    if not isinstance(source.data, dict):
        what = Words("文件内容应为“键： 值”的映射", "the file must be a mapping")
        raise InputError([Problem("not_a_mapping", Place(source.file, 1), what)])
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        raise InputError(problems_of(error, model, source)) from None


def problems_of(error: ValidationError, model: type[Model], source: Source) -> list[Problem]:
    """Every fault that pydantic found, placed in ``source``."""
    places = source.places()
    found = []
    for detail in error.errors(include_url=False):
        what, mend = _words(detail, model)
        loc = tuple(part for part in detail["loc"] if part != "[key]")
        found.append(Problem(detail["type"], place_of(loc, places, source.file), what, mend))
    return list(dict.fromkeys(found))


def _words(detail: ErrorDetails, model: type[Model]) -> tuple[Words, Words | None]:
    kind, loc, context = detail["type"], detail["loc"], detail.get("ctx", {})
    where = _shown(loc)
    if "zh" in context:
        mend = Words(context["mend_zh"], context["mend_en"]) if "mend_zh" in context else None
        zh, en = (f"{where}：", f"{where}: ") if where else ("", "")
        return Words(f"{zh}{context['zh']}", f"{en}{context['en']}"), mend
    if kind == "missing":
        return Words(f"缺少 {where}", f"{where} is missing"), None
    if kind == "extra_forbidden" and detail["input"] is None and not str(loc[-1]).isascii():
        what = Words(f"{where}：文字被英文逗号断开了", f"{where}: a comma cut this text in two")
        return what, Words("给整段文字加上引号，或改用中文逗号", "put the whole text in quotes")
    if kind == "extra_forbidden":
        return Words(f"未知的键 {where}", f"unknown key {where}"), did_you_mean(
            str(loc[-1]), _fields_at(model, loc[:-1])
        )
    if kind == "union_tag_invalid":
        tag = str(context.get("tag", ""))[:40]
        return Words(f"{where}：未知的 kind {tag}", f"{where}: unknown kind {tag}"), did_you_mean(tag, KINDS)
    if kind == "literal_error":
        value = str(detail["input"])[:40]
        choices = [one.strip("'") for one in str(context["expected"]).replace(" or ", ", ").split(", ")]
        return Words(f"{where}：不能是 {value}", f"{where}: cannot be {value}"), did_you_mean(value, choices)
    if kind == "string_pattern_mismatch":
        value = str(detail["input"])[:40]
        pattern = str(context["pattern"])
        mend = next((words for part, words in _PATTERNS.items() if part in pattern), None)
        return Words(f"{where}：“{value}”的写法不对", f"{where}: {value!r} is not written rightly"), mend
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        sign = "不小于" if kind == "greater_than_equal" else "不大于"
        than = "at least" if kind == "greater_than_equal" else "at most"
        return Words(f"{where}：应{sign} {bound}", f"{where}: must be {than} {bound}"), None
    wanted = _WANTED.get(kind)
    if wanted is not None:
        return Words(f"{where}：{wanted.zh}", f"{where}: {wanted.en}"), None
    return Words(f"{where}：写法不对（{kind}）", f"{where}: {detail['msg']}"), None


def _shown(loc: tuple[int | str, ...]) -> str:
    parts = [part for part in loc if part not in KINDS and part != "[key]"]
    return ".".join(str(part)[:60] for part in parts)


def _fields_at(model: type[Model], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that are known at ``loc``: annotations are followed, a union's tag picks its member."""
    here: set[type[Model]] = {model}
    for part in loc:
        onwards = [
            field.annotation
            for one in here
            for name, field in one.model_fields.items()
            if part in (name, field.alias)
        ]
        if onwards:
            here = {found for annotation in onwards for found in _models(annotation)}
        elif part in KINDS and KINDS[str(part)] in here:
            here = {KINDS[str(part)]}
    return sorted({field.alias or name for one in here for name, field in one.model_fields.items()})


def _models(annotation: Any) -> set[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return {annotation}
    origin = get_origin(annotation)
    if origin in (Union, UnionType, tuple, dict) or hasattr(annotation, "__metadata__") or origin is not None:
        return {found for one in get_args(annotation) for found in _models(one)}
    return set()
