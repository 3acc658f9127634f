"""The files of a new ruleset, as text."""

from __future__ import annotations

from collections.abc import Mapping

from evaluator.cases import CaseFile
from evaluator.catalogue import CatalogueFile
from evaluator.errors import Language, Words
from evaluator.model import Model
from evaluator.ruleset import Clauses, Ruleset
from evaluator.starting import sample
from evaluator.starting.explaining import document
from evaluator.starting.sample import Json, Wish

KINDS = ("ruleset", "clauses", "cases", "catalogue")
_HEADS: Mapping[str, Words] = {
    "ruleset": Words(
        "评什么、怎么计分。标“示例”的都要换成自己的；每个键的上一行是它的说明，写完可以删去。",
        "What is assessed, and how points come about. Replace what is marked as an example; a comment explains the key below it.",
    ),
    "clauses": Words(
        "标准的条款清单：每一条要么有指标引用，要么写明为什么不评。",
        "The standard's clauses: each is cited by a criterion, or says why it is not assessed.",
    ),
    "cases": Words(
        "用例：给出填报内容，写明应得的判定。每个数在边界上、差一点、多一点各写一个。",
        "Worked cases: facts in, outcomes out. For each number: one on it, one on either side.",
    ),
    "catalogue": Words(
        "只有这套规则用到的佐证。各标准共用的佐证在共用目录里，先在那里找；这里没有要写的就删去这个文件。",
        "Evidence that only this ruleset uses. Look in the shared catalogue first; delete this file where nothing is left in it.",
    ),
}


def schema_line(schema: str) -> str:
    """The comment by which an editor finds the schema of a file."""
    return f"# yaml-language-server: $schema={schema}"


def texts(wish: Wish, language: Language, schemas: str) -> dict[str, str]:
    """The text of each file by its name; ``schemas`` is the path of the folder of the schemas, seen from the files."""
    made: dict[str, tuple[type[Model], Json]] = {
        "ruleset": (Ruleset, sample.ruleset(wish)),
        "clauses": (Clauses, sample.clauses()),
        "cases": (CaseFile, sample.cases(wish)),
        "catalogue": (CatalogueFile, sample.catalogue(wish)),
    }
    return {
        f"{kind}.yaml": "\n".join(
            (
                schema_line(f"{schemas}/{kind}.schema.json"),
                f"# {_HEADS[kind].in_language(language)}",
                document(model, data, language),
            )
        )
        for kind, (model, data) in made.items()
    }
