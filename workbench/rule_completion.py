"""What may be written where one types in a rule file: keys and choices of the published schema, identifiers that there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from evaluator.catalogue import KINDS, Catalogue
from evaluator.errors import Language
from evaluator.schemas import schema

Json = dict[str, Any]
# A step is the key of a mapping; None is an entry of a list.
Step = str | None
MOST = 40
# Of which kind the items are that stand behind a key.
_KIND_OF_KEY: Mapping[str, tuple[str, ...]] = {
    "count": ("counts",),
    "numerator": ("counts",),
    "denominator": ("counts",),
    "at_most": ("counts",),
    "events": ("events",),
    "documents": ("documents",),
    "statement": ("statements",),
    "each": ("units",),
    "none": KINDS,
}
_CRITERIA = ("requires", "criterion", "vetoes")
_KEY = re.compile(r"[\"']?([^\s\"':,{}\[\]]+)[\"']?\s*:(\s|$)")
_LINE = re.compile(r"( *)((?:- +)*)(.*)")


class Suggestion(NamedTuple):
    """One thing that may stand there: the text, and what it is in words."""

    text: str
    words: str


class Known(NamedTuple):
    """What a draft declares: its evidence, its criteria and the ids of its clauses, with their titles."""

    catalogue: Catalogue
    criteria: Mapping[str, str]
    clauses: Mapping[str, str]


class Spot(NamedTuple):
    """Where one types: the way there, the key of the value (None where a key is typed), what is typed, what stands beside."""

    path: tuple[Step, ...]
    value_of: str | None
    typed: str
    in_list: bool
    beside: Mapping[str, str]


def suggestions(
    file: str, above: Iterable[str], prefix: str, known: Known, lang: Language
) -> list[Suggestion]:
    """What fits behind ``prefix``, the line up to the caret; ``above`` are the lines that enclose it, from the outermost."""
    spot = spot_of(above, prefix)
    found = [*_of(file, spot, known, lang)]
    typed = spot.typed.casefold()
    begins = [one for one in found if one.text.casefold().startswith(typed)]
    holds = [
        one for one in found if one not in begins and typed and typed in f"{one.text}\n{one.words}".casefold()
    ]
    return [*begins, *holds][:MOST]


def enclosing(text: str, line: int) -> list[str]:
    """The lines of ``text`` that enclose line number ``line`` (from 1), from the outermost: each is indented less."""
    lines = text.split("\n")
    found: list[str] = []
    match = _LINE.match(lines[line - 1]) if 0 < line <= len(lines) else None
    indent, dashed = (len(match[1]), bool(match[2])) if match else (0, False)
    for one in reversed(lines[: line - 1]):
        if not one.strip() or one.lstrip().startswith("#"):
            continue
        here = _LINE.match(one)
        assert here is not None
        depth, dash = len(here[1]), bool(here[2])
        if depth < indent or (depth == indent and dashed and not dash):
            found.append(one)
            indent, dashed = depth, dash
        if not indent and not dashed:
            break
    return found[::-1]


def spot_of(above: Iterable[str], prefix: str) -> Spot:
    """Where the caret stands at the end of ``prefix``."""
    path: list[Step] = []
    indents = [_LINE.match(one) for one in [*above, prefix]]
    for here, below in pairwise(indents):
        assert here is not None
        assert below is not None
        path.extend([None] * here[2].count("-"))
        key = _KEY.match(here[3])
        column = len(here[1]) + len(here[2])
        # A key beside which the next line stands is no way to it.
        if key and (len(below[1]) > column or (below[2] and len(below[1]) >= column)):
            path.append(key[1])
    last = indents[-1]
    assert last is not None
    path.extend([None] * last[2].count("-"))
    return _inside(path, last[3], entry=bool(last[2]))


def _inside(path: list[Step], text: str, *, entry: bool) -> Spot:
    """The spot at the end of ``text``, which may open mappings and lists of its own: ``check: {kind: ra``."""
    stack: list[tuple[str, int]] = []
    beside: list[dict[str, str]] = [{}]
    key: str | None = None
    token, quote = "", ""
    for letter in text:
        if quote:
            quote = "" if letter == quote else quote
            token += letter
        elif letter in "\"'" and not token.strip():
            quote = letter
            token += letter
        elif letter in "{[":
            added = ([key] if key is not None else []) + ([None] if letter == "[" else [])
            # Within a list that is open, another mapping is an entry of it.
            stack.append((letter, len(added)))
            path.extend(added)
            beside.append({})
            key, token = None, ""
        elif letter in "}]" and stack:
            _, number = stack.pop()
            del path[len(path) - number :]
            beside.pop()
            key, token = None, ""
        elif letter == "," and stack:
            if key is not None:
                beside[-1][key] = token.strip().strip("\"'")
            key, token = None, ""
        elif letter == ":" and key is None and token.strip() and (not stack or stack[-1][0] == "{"):
            key, token = token.strip().strip("\"'"), ""
        else:
            token += letter
    typed = token.strip().lstrip("\"'")
    in_list = bool(stack) and stack[-1][0] == "["
    if in_list:
        # What a list holds may depend on what stands beside the list.
        around = {name: value for one in beside for name, value in one.items()}
        return Spot(tuple(path), None, typed, True, around)
    return Spot(tuple(path), key, typed, entry and key is None and not stack, beside[-1])


def _of(file: str, spot: Spot, known: Known, lang: Language) -> Iterator[Suggestion]:
    top = _schema(file.removesuffix(".yaml"))
    if top is None:
        return
    nodes = _chosen([*_options(top, top)], spot.beside if not spot.path else {})
    for n, step in enumerate(spot.path):
        last = n == len(spot.path) - 1
        nodes = [one for node in nodes for one in _step(node, step, top)]
        nodes = _chosen(nodes, spot.beside) if last else nodes
    if spot.value_of is not None:
        yield from _identifiers(spot.value_of, spot, known, lang)
        nodes = [one for node in nodes for one in _step(node, spot.value_of, top)]
        yield from _choices(nodes, lang)
        return
    if spot.in_list:
        yield from _identifiers(next((one for one in reversed(spot.path) if one), ""), spot, known, lang)
        yield from _choices(nodes, lang)
    yield from _keys(nodes, spot, known, lang)


@lru_cache(maxsize=8)
def _schema(name: str) -> Json | None:
    try:
        return schema(name)
    except KeyError:
        return None


def _options(node: Json, top: Json) -> Iterator[Json]:
    """What ``node`` may be, references followed."""
    if "$ref" in node:
        target: Any = top
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        yield from _options(target, top)
        return
    several = [one for name in ("anyOf", "oneOf", "allOf") for one in node.get(name, ())]
    for one in several:
        yield from _options(one, top)
    if not several:
        yield node


def _step(node: Json, step: Step, top: Json) -> Iterator[Json]:
    if step is None:
        if isinstance(node.get("items"), dict):
            yield from _options(node["items"], top)
        return
    if step in node.get("properties", {}):
        yield from _options(node["properties"][step], top)
        return
    for one in [*node.get("patternProperties", {}).values(), node.get("additionalProperties")]:
        if isinstance(one, dict):
            yield from _options(one, top)


def _chosen(nodes: list[Json], beside: Mapping[str, str]) -> list[Json]:
    """Those of ``nodes`` that are of the kind stated beside; all of them where none is."""
    kind = beside.get("kind")
    if kind is None:
        return nodes
    found = [one for one in nodes if one.get("properties", {}).get("kind", {}).get("const") == kind]
    return found or nodes


def _keys(nodes: Iterable[Json], spot: Spot, known: Known, lang: Language) -> Iterator[Suggestion]:
    found: dict[str, str] = {}
    for node in nodes:
        needed = node.get("required", ())
        properties = node.get("properties", {})
        for key in sorted(properties, key=lambda one: one not in needed):
            if key not in spot.beside:
                found.setdefault(f"{key}: ", _said(properties[key], lang))
        if "patternProperties" in node:
            key = next((one for one in reversed(spot.path) if one), "")
            found.update(
                (f"{one.text}: ", one.words)
                for one in _identifiers(key, spot, known, lang)
                if one.text not in spot.beside
            )
    yield from (Suggestion(key, words) for key, words in found.items())


def _choices(nodes: Iterable[Json], lang: Language) -> Iterator[Suggestion]:
    found: dict[str, str] = {}
    for node in nodes:
        explained = node.get("enumDescriptions") or [""] * len(node.get("enum", ()))
        for value, words in zip(node.get("enum", ()), explained, strict=True):
            zh, _, en = words.partition(" · ")
            found.setdefault(str(value), zh if lang == "zh" else en or zh)
        if "const" in node:
            found.setdefault(str(node["const"]), _said(node, lang))
        if node.get("type") == "boolean":
            found.setdefault("true", "是" if lang == "zh" else "yes")
            found.setdefault("false", "否" if lang == "zh" else "no")
    yield from (Suggestion(value, words) for value, words in found.items())


def _identifiers(key: str, spot: Spot, known: Known, lang: Language) -> Iterator[Suggestion]:
    if key == "contains":
        documents = spot.beside.get("documents") or next(
            (one for one in reversed(spot.path) if one in known.catalogue.documents), None
        )
        parts = known.catalogue.documents[documents].parts if documents in known.catalogue.documents else {}
        yield from (
            Suggestion(name, title.zh if lang == "zh" else title.en or title.zh)
            for name, title in parts.items()
        )
    elif key in _CRITERIA or (key == "outcomes"):
        yield from (Suggestion(name, title) for name, title in known.criteria.items())
    elif key == "clause":
        yield from (Suggestion(name, heading) for name, heading in known.clauses.items())
    else:
        for kind in _KIND_OF_KEY.get(key, (key,) if key in KINDS else ()):
            for name, item in known.catalogue.items(kind).items():
                if item.retired is None:
                    yield Suggestion(name, item.label.zh if lang == "zh" else item.label.en or item.label.zh)


def _said(node: Json, lang: Language) -> str:
    zh, _, en = str(node.get("description", "")).partition("\n\n")
    return zh if lang == "zh" else en or zh
