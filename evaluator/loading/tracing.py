"""A ruleset with its clauses and pins as ``rules trace`` needs them, and ``trace.yaml`` as it is written back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from evaluator.canonical import plain_data
from evaluator.errors import Place, Problem, RulesetError
from evaluator.loading.files import attempt, contents, typed
from evaluator.loading.resolving import find_ruleset
from evaluator.loading.rulesets import other_version
from evaluator.loading.schema_lines import schema_line_beside
from evaluator.reading import Source, place_of, read_yaml
from evaluator.ruleset import Clauses, Ruleset
from evaluator.tracing.discrepancies import Discrepancy
from evaluator.tracing.pins import Trace
from evaluator.validating import validate

TRACE = "trace.yaml"
_HEAD = """\
# 与标准原文的核对记录，由 duibiao rules trace 写入；只存摘要，不存原文。说明见 docs/rules/trace.md。
# corrections 是原文印错之处，可以手工增改；text、criteria、clauses 用 --confirm 更新，不要手工改。
trace: 1
"""


class Traceable(NamedTuple):
    """A ruleset's folder as it is traced: its files, typed and as sources. ``pins`` is None without ``trace.yaml``."""

    folder: Path
    ruleset: Ruleset
    clauses: Clauses
    pins: Trace | None
    sources: Mapping[str, Source]


def load_traceable(name: str) -> Traceable:
    """The ruleset ``name`` (an id, ``id@version`` or a folder); raises ``RulesetError`` with every problem of the three files."""
    folder, version = find_ruleset(name)
    problems: list[Problem] = []
    sources = {one: attempt(folder / f"{one}.yaml", problems) for one in ("ruleset", "clauses")}
    ruleset = typed(Ruleset, sources["ruleset"], problems)
    clauses = typed(Clauses, sources["clauses"], problems)
    pins = None
    if (folder / TRACE).exists():
        sources["trace"] = attempt(folder / TRACE, problems)
        pins = typed(Trace, sources["trace"], problems)
    if ruleset is not None and version is not None:
        problems.extend(other_version(name, version, ruleset, folder))
    if problems or ruleset is None or clauses is None:
        raise RulesetError(problems)
    read = {one: source for one, source in sources.items() if source is not None}
    return Traceable(folder, ruleset, clauses, pins, read)


def load_trace(folder: Path) -> Trace | None:
    """What ``trace.yaml`` in a ruleset's folder pins; None without one. Raises ``RulesetError`` with every problem."""
    if not (folder / TRACE).exists():
        return None
    problems: list[Problem] = []
    pins = typed(Trace, attempt(folder / TRACE, problems), problems)
    if pins is None:
        raise RulesetError(problems)
    return pins


def placed_discrepancies(
    found: Iterable[Discrepancy], given: Traceable, text: str
) -> Iterator[tuple[Discrepancy, Problem]]:
    """Each discrepancy as a problem at its place: in one of our files, or at a line of the file called ``text``."""
    places = {name: source.places() for name, source in given.sources.items()}
    for one in found:
        if isinstance(one.where, int):
            place = Place(text, one.where)
        elif one.file in given.sources:
            source = given.sources[one.file]
            place = place_of(one.where, places[one.file], source.file) if one.where else Place(source.file)
        else:
            place = Place(str(given.folder / f"{one.file}.yaml"))
        yield one, one.placed(place)


def written_trace(folder: Path, trace: Trace) -> bytes:
    """The new content of ``trace.yaml``: what people wrote in it, comments too, stays; only what changed is changed."""
    path = folder / TRACE
    existing = contents(path, "largest_rule_file").decode("utf-8-sig") if path.exists() else ""
    begun = schema_line_beside(folder, "trace") + _HEAD
    made = _renewed(existing or begun, trace)
    if existing and validate(Trace, read_yaml(made, TRACE, "rule_items")) != trace:
        made = _renewed(begun, trace)  # written in a way that other readers of YAML take for something else
    return made.encode()


def _renewed(text: str, trace: Trace) -> str:
    from ruamel.yaml import YAML  # noqa: PLC0415 - only confirming writes

    yaml = YAML()
    yaml.width = 4096
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = yaml.load(text)
    wanted = _as_data(trace)
    for place, (name, value) in enumerate(wanted.items()):
        if name not in data:
            data.insert(min(place, len(data)), name, _quoted(value))
        _put(data, name, value)
    for name in [one for one in data if one not in wanted]:
        del data[name]
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _as_data(trace: Trace) -> dict[str, Any]:
    found: dict[str, Any] = plain_data(trace)
    return {
        "trace": 1,
        **{name: found[name] for name in ("text", "corrections", "criteria", "clauses") if found.get(name)},
    }


def _put(data: Any, name: str, value: Any) -> None:
    """Sets ``data[name]`` to ``value``, leaving alone whatever is already so, with its comments and its style."""
    if name not in data:
        data[name] = _quoted(value)
    elif isinstance(value, dict) and isinstance(data[name], dict):
        for key, one in value.items():
            _put(data[name], key, one)
        for key in [key for key in data[name] if key not in value]:
            del data[name][key]
    elif isinstance(value, list) and isinstance(data[name], list):
        old = data[name]
        for one in value[len(old) :]:
            old.append(_quoted(one))
        del old[len(value) :]
        for n, one in enumerate(value):
            _put_at(old, n, one)
    elif _plain(data[name]) != value:
        data[name] = _quoted(value)


def _put_at(data: Any, n: int, value: Any) -> None:
    if isinstance(value, dict) and isinstance(data[n], dict):
        for key, one in value.items():
            _put(data[n], key, one)
        for key in [key for key in data[n] if key not in value]:
            del data[n][key]
    elif _plain(data[n]) != value:
        data[n] = _quoted(value)


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


# What YAML would read as a number or a date stays text only in quotes.
_NEEDS_QUOTES = re.compile(r"[\d.:-]+|true|false|null|yes|no|on|off|~|", re.IGNORECASE)


def _quoted(value: Any) -> Any:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString  # noqa: PLC0415

    if isinstance(value, dict):
        return {_quoted(key): _quoted(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_quoted(one) for one in value]
    if isinstance(value, str) and _NEEDS_QUOTES.fullmatch(value):
        return DoubleQuotedScalarString(value)
    return value
