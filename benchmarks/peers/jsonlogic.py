"""JSONLogic in Rust (datalogic-py): one rule that is a list of a hundred decisions, compiled once.

Written twice: over the facts that every general engine is fed, and over the submission as it is, whose lists it then searches for
each check.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import orjson

from benchmarks.peers.facts import converter, day_number
from benchmarks.peers.terms import Decision, Op
from benchmarks.peers.work import SPAN, Codes, Engine, Work, packaged
from evaluator.windows import first_day, last_day, month_number

Terms = dict[str, Callable[..., Any]]
Write = Callable[[Any], Any]
NAME = "JSONLogic in Rust"


def on_facts(work: Work) -> Engine:
    """Facts as JSON text in, a list of codes out."""
    convert, judge = converter(work.loaded.catalogue, work.names), _session(work, _on_facts)
    return Engine(
        NAME,
        packaged("datalogic-py"),
        lambda content: orjson.dumps(convert(content)).decode(),
        judge,
        "facts as JSON text",
    )


def on_submissions(work: Work) -> Engine:
    """The submission's own JSON text in, a list of codes out."""
    judge = _session(work, _on_submissions)
    return Engine(
        f"{NAME}, unprepared",
        packaged("datalogic-py"),
        bytes.decode,
        judge,
        "the submission's JSON text",
    )


def _session(work: Work, terms: Callable[[Write], Terms]) -> Callable[[str], Codes]:
    from datalogic_py import Engine as Logic

    logic = Logic()

    def write(term: Any) -> Any:
        return table[term.name](*term.args) if isinstance(term, Op) else term

    table = terms(write)
    rule = logic.compile(json.dumps([_decided(one, write) for one in work.decisions]))
    session = logic.session()

    def judge(text: str) -> Codes:
        found: Codes = orjson.loads(session.evaluate_str(rule, text))
        return found

    return judge


def _decided(decision: Decision, write: Write) -> Any:
    parts: list[Any] = []
    for condition, code in decision.cases:
        parts += [write(condition), code]
    return {"if": [*parts, decision.other]}


def _var(*path: Any) -> Any:
    return {"val": list(path)}


def _both(*conditions: Any) -> Any:
    return conditions[0] if len(conditions) == 1 else {"and": list(conditions)}


def _shared(write: Write) -> Terms:
    def plain(operator: str) -> Callable[..., Any]:
        return lambda *args: {operator: [write(one) for one in args]}

    return {
        "mul": lambda one, factor: write(one) if factor == 1 else {"*": [write(one), factor]},
        "not": lambda one: {"!": [write(one)]},
        "and": plain("and"),
        "or": plain("or"),
        "ge": plain(">="),
        "gt": plain(">"),
        "le": plain("<="),
        "lt": plain("<"),
        "eq": plain("==="),
    }


def _on_facts(write: Write) -> Terms:
    def day(name: str, comparison: str) -> Callable[[date], Any]:
        return lambda day: {comparison: [_var(name), day_number(str(day))]}

    def window(name: str, *months: int) -> Any:
        found = [_var("e", name, "m", month) for month in months]
        return found[0] if len(found) == 1 else {"+": found}

    return {
        **_shared(write),
        "count": lambda name: _var("c", name),
        "counted": lambda name: {">=": [_var("c", name), 0]},
        "before": lambda name: _var("p", name),
        "had": lambda name: {">=": [_var("p", name), 0]},
        "events": lambda name: _var("e", name, "n"),
        "held": lambda name: _var("e", name, "k"),
        "window": window,
        "known": lambda name: _var("d", name, "k"),
        "some": lambda name, condition: {"some": [_var("d", name, "l"), write(condition)]},
        "number": lambda name, condition: {"length": {"filter": [_var("d", name, "l"), write(condition)]}},
        "said": lambda name: _var("s", name),
        "as_of_from": day("a", ">="),
        "issued_from": day("i", ">="),
        "issued_to": day("i", "<="),
        "undated": lambda: {"<": [_var("i"), 0]},
        "expired": lambda: _var("x"),
        "open": lambda: _var("o"),
        "attached": lambda: _var("f"),
        "part": lambda name: {"in": [name, _var("p")]},
    }


def _on_submissions(write: Write) -> Terms:
    # As ISO days compare as texts, no date is made.
    as_of = _var([1], "as_of")

    def of_type(name: str) -> Any:
        return {"===": [_var("type"), name]}

    def absent(*path: str) -> Any:
        return {"===": [_var(*path), None]}

    def there(kind: str, name: str) -> Any:
        return {"or": [{"some": [_var(kind), of_type(name)]}, {"in": [name, _var("none")]}]}

    def held(name: str, first: date, last: date) -> Any:
        days = [{">=": [_var("date"), str(first)]}, {"<=": [_var("date"), str(last)]}]
        until = {"<=": [_var("date"), as_of]}
        return {"length": {"filter": [_var("events"), _both(of_type(name), *days, until)]}}

    def window(name: str, *months: int) -> Any:
        numbers = [month_number(SPAN.start) + month for month in months]
        return held(name, first_day(numbers[0]), last_day(numbers[-1]))

    def papers(name: str, condition: Any) -> list[Any]:
        issued = {"or": [absent("issued"), {"<=": [_var("issued"), as_of]}]}
        return [_var("documents"), _both(of_type(name), issued, write(condition))]

    def said(name: str) -> Any:
        yes = {"some": [_var("statements"), _both(of_type(name), _var("value"))]}
        return {"if": [yes, 2, {"some": [_var("statements"), of_type(name)]}, 1, 0]}

    return {
        **_shared(write),
        "count": lambda name: _var("counts", name),
        "counted": lambda name: {"!==": [_var("counts", name), None]},
        "before": lambda name: _var("previous", "counts", name),
        "had": lambda name: {"!==": [_var("previous", "counts", name), None]},
        "events": lambda name: held(name, *SPAN),
        "held": partial(there, "events"),
        "window": window,
        "known": partial(there, "documents"),
        "some": lambda name, condition: {"some": papers(name, condition)},
        "number": lambda name, condition: {"length": {"filter": papers(name, condition)}},
        "said": said,
        "as_of_from": lambda day: {">=": [_var("as_of"), str(day)]},
        "issued_from": lambda day: _both({"!": absent("issued")}, {">=": [_var("issued"), str(day)]}),
        "issued_to": lambda day: {"or": [absent("issued"), {"<=": [_var("issued"), str(day)]}]},
        "undated": lambda: absent("issued"),
        "expired": lambda: _both({"!": absent("valid_to")}, {"<": [_var("valid_to"), as_of]}),
        "open": lambda: absent("valid_to"),
        "attached": lambda: {"!!": [_var("files")]},
        "part": lambda name: {"in": [name, _var("contains")]},
    }
