"""CEL in C++ (cel-expr-python): one expression that is a list of a hundred decisions, compiled once."""

from __future__ import annotations

from benchmarks.peers.facts import Json, converter
from benchmarks.peers.infix import Terms, Write, chosen, joined, shared, writer
from benchmarks.peers.work import Codes, Engine, Work, packaged


def engine(work: Work) -> Engine:
    """The engine on ``work``: facts as Python data in (it takes no JSON), a list of codes out."""
    from cel_expr_python import cel

    write, convert = writer(_terms), converter(work.loaded.catalogue, work.names)
    kinds = cel.Type
    of_anything = kinds.Map(kinds.STRING, kinds.DYN)
    environment = cel.NewEnv(
        variables={
            "a": kinds.INT,
            "c": kinds.Map(kinds.STRING, kinds.INT),
            "p": kinds.Map(kinds.STRING, kinds.INT),
            "e": of_anything,
            "d": of_anything,
            "s": kinds.Map(kinds.STRING, kinds.INT),
        }
    )
    expression = environment.compile(f"[{', '.join(chosen(one, write) for one in work.decisions)}]")

    def judge(facts: Json) -> Codes:
        found: Codes = expression.eval(data=facts).plain_value()
        return found

    return Engine("CEL in C++", packaged("cel-expr-python"), convert, judge, "facts as Python data")


def _terms(write: Write) -> Terms:
    return {
        **shared(write, "x"),
        "some": lambda name, condition: f"d.{name}.l.exists(x, {write(condition)})",
        "number": lambda name, condition: f"size(d.{name}.l.filter(x, {write(condition)}))",
        "part": lambda name: f'("{name}" in x.p)',
        "not": lambda one: f"!{write(one)}",
        "and": joined(write, "&&"),
        "or": joined(write, "||"),
    }
