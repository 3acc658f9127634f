"""Rego in regorus (wheels of microsoft/regorus): a policy of a hundred decisions, compiled for its virtual machine.

Rego has neither ``or`` nor ``? :``: a condition with alternatives becomes a rule with several bodies, a decision a chain of else.
"""

from __future__ import annotations

from typing import Any

import orjson

from benchmarks.peers.facts import converter
from benchmarks.peers.infix import shared
from benchmarks.peers.terms import Decision, Op
from benchmarks.peers.work import Codes, Engine, Work, packaged


def engine(work: Work) -> Engine:
    """The engine on ``work``: facts as JSON text in, a list of codes out."""
    from regorus import _native

    convert = converter(work.loaded.catalogue, work.names)
    program = _native.Program.compile_from_modules(
        "{}", [("bench.rego", policy(work.decisions))], ["data.bench.found"]
    )
    machine = _native.Rvm()
    machine.load_program(program)

    def judge(text: str) -> Codes:
        machine.set_input_json(text)
        found: Codes = orjson.loads(machine.execute())
        return found

    return Engine(
        "Rego in regorus",
        packaged("celine-regorus"),
        lambda content: orjson.dumps(convert(content)).decode(),
        judge,
        "facts as JSON text",
    )


def policy(decisions: list[Decision]) -> str:
    """The policy whose ``found`` is the list of codes."""
    written = _Policy()
    for n, decision in enumerate(decisions):
        written.decision(f"check_{n}", decision)
    names = ", ".join(f"check_{n}" for n in range(len(decisions)))
    return "\n".join(["package bench", "import rego.v1", *written.rules, f"found := [{names}]"])


class _Policy:
    """The rules of a policy as they are needed; conditions in bodies, one line each."""

    def __init__(self) -> None:
        self.rules: list[str] = []
        self.table = shared(self.number, "x", "input.")

    def decision(self, name: str, decision: Decision) -> None:
        text = f"{name} := "
        for condition, code in decision.cases:
            text += f"{code} if {{ {'; '.join(self.body(condition, ''))} }} else := "
        self.rules.append(f"{text}{decision.other}")

    def body(self, term: Op, element: str) -> list[str]:
        """The lines that hold together where ``term`` does; ``element`` is ``x`` in a condition on a document."""
        match term:
            case Op("and", args):
                return [line for one in args for line in self.body(one, element)]
            case Op("or", args):
                return [self.rule([self.body(one, element) for one in args], element)]
            case Op("not", (Op("not", (inner,)),)):
                return self.body(inner, element)
            case Op("not", (inner,)):
                lines = self.body(inner, element)
                return [f"not {lines[0] if len(lines) == 1 else self.rule([lines], element)}"]
            case Op("some", (name, condition)):
                return [self.rule([[f"some x in input.d.{name}.l", *self.body(condition, "x")]], element)]
            case _:
                return [self.number(term)]

    def rule(self, bodies: list[list[str]], element: str) -> str:
        """The call of a new rule that holds where one of ``bodies`` does."""
        call = f"holds_{len(self.rules)}" + (f"({element})" if element else "")
        self.rules.append("\n".join(f"{call} if {{ {'; '.join(lines)} }}" for lines in bodies))
        return call

    def number(self, term: Any) -> str:
        if not isinstance(term, Op):
            return str(term)
        if term.name == "number":
            name, condition = term.args
            return f"count([x | some x in input.d.{name}.l; {'; '.join(self.body(condition, 'x'))}])"
        if term.name == "part":
            return f'"{term.args[0]}" in x.p'
        return self.table[term.name](*term.args)
