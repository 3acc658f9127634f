"""Zen engine: one expression that is a list of a hundred decisions, compiled once."""

from __future__ import annotations

import orjson

from benchmarks.peers.facts import converter
from benchmarks.peers.infix import Terms, Write, chosen, joined, shared, writer
from benchmarks.peers.work import Engine, Work, packaged


def engine(work: Work) -> Engine:
    """The engine on ``work``: facts as JSON text in, a list of codes out."""
    import zen

    write, convert = writer(_terms), converter(work.loaded.catalogue, work.names)
    expression = zen.compile_expression(f"[{', '.join(chosen(one, write) for one in work.decisions)}]")

    return Engine(
        "Zen engine",
        packaged("zen-engine"),
        lambda content: orjson.dumps(convert(content)).decode(),
        expression.evaluate,
        "facts as JSON text",
    )


def _terms(write: Write) -> Terms:
    return {
        **shared(write, "#"),
        "some": lambda name, condition: f"some(d.{name}.l, {write(condition)})",
        "number": lambda name, condition: f"count(d.{name}.l, {write(condition)})",
        "part": lambda name: f'("{name}" in #.p)',
        "not": lambda one: f"(not {write(one)})",
        "and": joined(write, "and"),
        "or": joined(write, "or"),
    }
