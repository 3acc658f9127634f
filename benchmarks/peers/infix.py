"""Terms written as expressions with infix operators: what Zen and CEL share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.peers.facts import day_number
from benchmarks.peers.terms import Decision, Op

Terms = dict[str, Callable[..., str]]
Write = Callable[[Any], str]


def chosen(decision: Decision, write: Write) -> str:
    """A decision as nested ``? :``."""
    text = str(decision.other)
    for condition, code in reversed(decision.cases):
        text = f"({write(condition)} ? {code} : {text})"
    return text


def writer(terms: Callable[[Write], Terms]) -> Write:
    """The function that writes a term by the table that ``terms`` makes for it."""

    def write(term: Any) -> str:
        return table[term.name](*term.args) if isinstance(term, Op) else str(term)

    table = terms(write)
    return write


def joined(write: Write, operator: str) -> Callable[..., str]:
    """The function that writes operands with ``operator`` between them."""
    return lambda *args: "(" + f" {operator} ".join(write(one) for one in args) + ")"


def shared(write: Write, element: str, root: str = "") -> Terms:
    """What is written alike: paths into the facts (below ``root``), comparisons; ``element`` is the document in question."""
    return {
        "count": lambda name: f"{root}c.{name}",
        "counted": lambda name: f"({root}c.{name} >= 0)",
        "before": lambda name: f"{root}p.{name}",
        "had": lambda name: f"({root}p.{name} >= 0)",
        "events": lambda name: f"{root}e.{name}.n",
        "held": lambda name: f"{root}e.{name}.k",
        "window": lambda name, *months: (
            "(" + " + ".join(f"{root}e.{name}.m[{month}]" for month in months) + ")"
        ),
        "known": lambda name: f"{root}d.{name}.k",
        "said": lambda name: f"{root}s.{name}",
        "as_of_from": lambda day: f"({root}a >= {day_number(str(day))})",
        "issued_from": lambda day: f"({element}.i >= {day_number(str(day))})",
        "issued_to": lambda day: f"({element}.i <= {day_number(str(day))})",
        "undated": lambda: f"({element}.i < 0)",
        "expired": lambda: f"{element}.x",
        "open": lambda: f"{element}.o",
        "attached": lambda: f"{element}.f",
        "mul": lambda one, factor: write(one) if factor == 1 else f"({write(one)} * {factor})",
        "ge": joined(write, ">="),
        "gt": joined(write, ">"),
        "le": joined(write, "<="),
        "lt": joined(write, "<"),
        "eq": joined(write, "=="),
    }
