"""Data → typed model, with every fault placed and worded in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from evaluator.checks import KINDS
from evaluator.entries import Entry
from evaluator.errors import Fault, InputError, Place, Problem, Words, did_you_mean
from evaluator.model import SUBJECTS, Model
from evaluator.persons import echo
from evaluator.reading import Path, Source, place_of
from evaluator.syntax import Cause, glued_key
from evaluator.versions import STATES

M = TypeVar("M", bound=Model)

# Nobody reads more, and wording each takes some time.
MOST_FAULTS = 1000
_AND_MORE = Fault(
    "many_faults",
    (),
    Words(
        f"问题超过 {MOST_FAULTS} 处，其余没有列出",
        f"more than {MOST_FAULTS} problems: the others are not listed",
    ),
    Words("先改列出的，再检查一次", "mend those that are, and check again"),
)

_MAPPING = Words("下面应是一行行的“键: 值”", "must be a mapping, key: value")
_WANTED: dict[str, Words] = {
    "string_type": Words("应为文字", "must be text"),
    "int_type": Words("应为整数", "must be a whole number"),
    "int_parsing": Words("应为整数", "must be a whole number"),
    "bool_type": Words("应为 true 或 false", "must be true or false"),
    "tuple_type": Words("应为列表", "must be a list"),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "string_too_long": Words("文字太长", "the text is too long"),
    "string_too_short": Words("文字为空", "the text is empty"),
    "string_unicode": Words("文字中有无效的字符", "the text holds an invalid character"),
    "union_tag_not_found": Words("缺少 kind", "kind is missing"),
}
_MENDS: dict[str, Words] = {
    "bool_type": Words(
        "是写 true，否写 false；小写，不加引号", "write true or false, in lower case, without quotes"
    ),
    "int_type": Words("用阿拉伯数字，不加引号", "write it in digits, without quotes"),
}
_EVERY = {
    "月": "month",
    "每月": "month",
    "季": "quarter",
    "季度": "quarter",
    "每季": "quarter",
    "每季度": "quarter",
    "半年": "half_year",
    "每半年": "half_year",
    "年": "year",
    "一年": "year",
    "每年": "year",
}
_MEANT = {
    **{words.zh: name for name, words in SUBJECTS.items()},
    "区": "district",
    "县": "district",
    "开发区": "zone",
    "园区": "zone",
    "城市": "city",
    # What the forms of a review say in Chinese.
    "达标": "satisfied",
    "部分达标": "partly_satisfied",
    "未达标": "not_satisfied",
    "不适用": "not_applicable",
    "待核验": "needs_review",
    "材料审核": "documents",
    "实地察看": "on_site",
    "访谈": "interview",
    "问卷": "survey",
    "初审": "preliminary",
    "验收": "inspection",
    "审定": "final",
    # What rule files say in English.
    "应": "must",
    "应当": "must",
    "必须": "must",
    "宜": "should",
    "鼓励": "may",
    **{f"{often}{times}": name for often, name in _EVERY.items() for times in ("", "一次")},
    "评估期": "period",
    "标准": "source",
    "原文": "source",
    "自定": "editorial",
    "现行有效": "in_force",
    "有效": "in_force",
    "印发": "issued",
    "年度": "year",
    "年度文件": "year",
    "长期": "until_replaced",
    "长期有效": "until_replaced",
}
_STATES = {words.zh: name for name, words in STATES.items()}
_FILL_IN = (
    Words("填写，或删去这一行", "write it or leave the line out"),
    Words(
        "填写，或删去这一行；以 # 开头的文字要加英文引号",
        "write it or leave the line out; a text that begins with # goes in quotes",
    ),
)
_PATTERNS: dict[str, Words] = {
    "[A-Za-z0-9][A-Za-z0-9_.-]": Words(
        "编号只用字母、数字、-、_ 和 .，如 E01", "an id has letters, digits, -, _ and ., such as E01"
    ),
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
        what = Words("文件里应是一行行的“键: 值”", "the file must be a mapping, key: value")
        if source.data is None:
            what = Words("文件是空的", "the file is empty")
        mend = Words("可参照 examples 里的例子", "see the files in examples")
        raise InputError([Problem("not_a_mapping", Place(source.file, 1), what, mend)])
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        raise InputError(problems_of(error, model, source)) from None


def problems_of(error: ValidationError, model: type[Model], source: Source) -> list[Problem]:
    """Every fault that pydantic found, placed in ``source``."""
    places = source.places()
    found = (
        Problem(one.code, place_of(one.path, places, source.file), one.what, one.mend)
        for one in faults_of(error, model, source.data, source.called, MOST_FAULTS)
    )
    return list(dict.fromkeys(found))


Naming = Callable[[Path], str]


def faults_of(
    error: ValidationError,
    model: type[Model],
    data: Any,
    called: Naming = lambda _path: "",
    most: int | None = None,
) -> list[Fault]:
    """Every fault that pydantic found in ``data``, with its path; ``called`` is what people call what stands at one.

    Beyond the first ``most`` it is only said that there are more: nobody mends so many one by one.
    """
    found = []
    details = error.errors(include_url=False)[:most]
    glued = dict(one for detail in details for one in _glued(detail))
    meant = {(*loc[:-1], name) for loc, (name, _) in glued.items()}
    for detail in details:
        loc = tuple(part for part in detail["loc"] if part != "[key]")
        if detail["type"] == "missing" and loc in meant:
            continue  # it is there, glued to its value
        cause = glued[loc][1] if loc in glued else None
        where = called(loc) or _shown(detail["loc"], data, detail["type"])
        what, mend = (cause.what, cause.mend) if cause is not None else _words(detail, model, where)
        found.append(Fault("glued_key" if loc in glued else detail["type"], loc, what, mend))
    return found if most is None or error.error_count() <= most else [*found, _AND_MORE]


def no_more_than_anyone_reads(faults: Iterable[Fault]) -> list[Fault]:
    """``faults``, of which each takes its time to word; where there are more than ``MOST_FAULTS``, the last says so."""
    found = list(islice(faults, MOST_FAULTS + 1))
    return found if len(found) <= MOST_FAULTS else [*found[:MOST_FAULTS], _AND_MORE]


def _glued(detail: ErrorDetails) -> Iterator[tuple[Path, tuple[str, Cause]]]:
    # ``{id：E01}`` and ``{id:E01}`` parse, as one key without a value.
    loc = tuple(part for part in detail["loc"] if part != "[key]")
    if loc and isinstance(loc[-1], str) and (detail["type"] == "extra_forbidden" or loc != detail["loc"]):
        cause = glued_key(loc[-1])
        if cause is not None:
            yield loc, (re.split("[:：]", loc[-1])[0].strip(), cause)


def _words(detail: ErrorDetails, model: type[Model], where: str) -> tuple[Words, Words | None]:
    kind, loc, context = detail["type"], detail["loc"], detail.get("ctx", {})
    value = detail["input"]
    if "zh" in context:
        mend = Words(context["mend_zh"], context["mend_en"]) if "mend_zh" in context else None
        zh, en = (f"{where}：", f"{where}: ") if where else ("", "")
        return Words(f"{zh}{context['zh']}", f"{en}{context['en']}"), mend
    if kind == "missing":
        return Words(f"缺少 {where}", f"{where} is missing"), None
    if kind == "extra_forbidden" and value is None and not str(loc[-1]).isascii():
        what = Words(f"{where}：文字被英文逗号断开了", f"{where}: a comma cut this text in two")
        return what, Words("给整段文字加上引号，或改用中文逗号", "put the whole text in quotes")
    if kind == "extra_forbidden":
        return Words(f"未知的键 {where}", f"unknown key {where}"), did_you_mean(
            str(loc[-1]), _fields_at(model, loc[:-1])
        )
    if kind == "union_tag_invalid":
        tag = echo(context.get("tag", ""))
        return Words(f"{where}：未知的 kind {tag}", f"{where}: unknown kind {tag}"), did_you_mean(tag, KINDS)
    if kind == "literal_error":
        return _not_a_choice(where, value, str(context["expected"]))
    if kind == "string_pattern_mismatch":
        return _otherwise_than(str(context["pattern"]), loc, where, value)
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        sign = "不小于" if kind == "greater_than_equal" else "不大于"
        than = "at least" if kind == "greater_than_equal" else "at most"
        return Words(f"{where}：应{sign} {bound}", f"{where}: must be {than} {bound}"), None
    wanted = _WANTED.get(kind)
    if wanted is not None and value is None:
        return Words(f"{where}：没有内容", f"{where}: nothing is written"), _FILL_IN[kind == "string_type"]
    if wanted is not None:
        return Words(f"{where}：{wanted.zh}", f"{where}: {wanted.en}"), _mend(kind, value, context)
    return Words(f"{where}：写法不对（{kind}）", f"{where}: {detail['msg']}"), None


def _otherwise_than(
    pattern: str, loc: tuple[int | str, ...], where: str, value: Any
) -> tuple[Words, Words | None]:
    mend = next((words for part, words in _PATTERNS.items() if part in pattern), None)
    if loc[-1] == "[key]":
        return Words(f"键 {where} 的写法不对", f"the key {where} is not written rightly"), mend
    shown = echo(value)
    if "{0,63}$" in pattern and not shown.isascii() and loc[-1] not in ("id", "ruleset"):
        mend = Words("写标识（字母、数字，如 id 后面的），不写名称", "write the identifier, not the title")
    return Words(f"{where}：“{shown}”的写法不对", f"{where}: {shown!r} is not written rightly"), mend


def _not_a_choice(where: str, value: Any, expected: str) -> tuple[Words, Words]:
    shown = echo(value)
    choices = [one.strip("'") for one in expected.replace(" or ", ", ").split(", ")]
    if isinstance(value, str) and value in choices:
        what = Words(f"{where}：{shown} 加了引号", f"{where}: {shown} is in quotes")
        return what, Words("去掉引号", "leave the quotes out")
    if value is None:
        return Words(f"{where}：没有内容", f"{where}: nothing is written"), did_you_mean("", choices)
    # 审定 is a stage of an assessment and a state of a version.
    meant = next((name for name in (_MEANT.get(shown), _STATES.get(shown)) if name in choices), None)
    mend = Words(f"写成 {meant}", f"write {meant}") if meant is not None else did_you_mean(shown, choices)
    return Words(f"{where}：不能是 {shown}", f"{where}: cannot be {shown}"), mend


def _mend(kind: str, value: Any, context: dict[str, Any]) -> Words | None:
    shown = echo(value)
    if kind == "model_type" and context.get("class_name") in ("Title", "Text") and isinstance(value, str):
        return Words(f"写成 {{zh: {shown}, en: 英文}}", f"write {{zh: {shown}, en: …}}")
    if kind == "tuple_type" and isinstance(value, dict):
        return Words(
            "前后加上方括号，或在第一行前加“- ”", "put it in square brackets, or write a dash before it"
        )
    if kind == "string_type" and isinstance(value, int):
        shown = shown.lower() if isinstance(value, bool) else shown
        return Words(f'加上英文引号："{shown}"', f'put it in quotes: "{shown}"')
    if kind == "tuple_type" and isinstance(value, str):
        shown = shown.strip("[]【】［］ ")
        return Words(f"写成 [{shown}]，各项之间用英文逗号", f"write [{shown}], with commas between the items")
    return _MENDS.get(kind)


def _shown(loc: tuple[int | str, ...], data: Any, kind: str) -> str:
    # As a person finds it: an item by its id or its number; a union's tag does not stand in the file.
    parts: list[str] = []
    for position, part in enumerate(loc, 1):
        if isinstance(data, dict) and part in data:
            parts.append(echo(part, 60))
            data = data[part]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
            name = data.get("id") if isinstance(data, dict) else None
            parts.append(echo(name, 60) if isinstance(name, str) else f"#{part + 1}")
        elif kind == "missing" and position == len(loc):
            parts.append(echo(part, 60))
    return ".".join(parts)


def _fields_at(model: type[Model], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that are known at ``loc``: annotations are followed, a union's tag picks its member."""
    here: set[type[Model]] = {model}
    for part in loc:
        if len(here) > 1 and KINDS.get(str(part)) in here:
            here = {KINDS[str(part)]}
            continue
        onwards = [
            field.annotation
            for one in here
            for name, field in one.model_fields.items()
            if part in (name, field.alias)
        ]
        if onwards:
            here = {found for annotation in onwards for found in _models(annotation)}
    return sorted({field.alias or name for one in here for name, field in one.model_fields.items()})


def _models(annotation: Any) -> set[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return {annotation}
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return {annotation.form}
    origin = get_origin(annotation)
    if origin in (Union, UnionType, tuple, dict) or hasattr(annotation, "__metadata__") or origin is not None:
        return {found for one in get_args(annotation) for found in _models(one)}
    return set()
