"""What a table says, typed and checked as rule files are: every fault at its cell, in the words of the table. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from evaluator.catalogue import Catalogue, CatalogueFile
from evaluator.checking import citation_faults, clause_faults, ruleset_faults
from evaluator.checking.codes import severity
from evaluator.checking.linting import lint_faults
from evaluator.errors import Fault, Problem, Words, did_you_mean
from evaluator.model import Model
from evaluator.reading import Source, place_of
from evaluator.ruleset import Clauses, Ruleset
from evaluator.table import check_rows
from evaluator.table.columns import MODELS, values_of
from evaluator.table.names import NAMES, VALUES, name, named, words_of
from evaluator.table.plan import Encoding
from evaluator.table.reading import Reading
from evaluator.validating import problems_of

M = TypeVar("M", bound=Model)
_KEY = re.compile(r"(?<![A-Za-z0-9_.-])[a-z][a-z_]*(?:\.[a-z_]+)*(?![A-Za-z0-9_.-])")
_WORD_OF_A_VALUE = {value: words.zh for table in VALUES.values() for value, words in table.items()}
_FILES = {"ruleset.yaml": "规则", "clauses.yaml": "“条款”表", "cases.yaml": "用例文件"}


class Judged(NamedTuple):
    """The typed content of a table, or None where it has faults; ``problems`` lists all of them."""

    encoding: Encoding | None
    problems: tuple[Problem, ...]


def judged(reading: Reading, shared: Catalogue) -> Judged:
    """The content of ``reading``; ``shared`` is the catalogue without what the ruleset declares itself."""
    problems = list(reading.problems)
    taken = {one.place for one in problems} | {one.place._replace(column=None) for one in problems}
    more: list[Problem] = []
    ruleset = _typed(Ruleset, "ruleset", reading, more)
    clauses = _typed(Clauses, "clauses", reading, more)
    own = (
        _typed(CatalogueFile, "catalogue", reading, more)
        if reading.data["catalogue"]
        else CatalogueFile(catalogue=1)
    )
    catalogue = None
    if own is not None:
        catalogue = shared.joined(Catalogue.model_construct(None, **{"catalogue": 1, **dict(own)}))
        more += _placed(_wholes(own, catalogue), "catalogue", reading)
    if ruleset is not None and catalogue is not None:
        more += _placed(ruleset_faults(ruleset, catalogue), "ruleset", reading)
        doubts = _placed(lint_faults(ruleset, catalogue), "ruleset", reading)
        more += [one for one in doubts if severity(one.code) == "error"]
    if ruleset is not None and clauses is not None:
        more += _placed(citation_faults(ruleset, clauses), "ruleset", reading)
        more += _placed(clause_faults(ruleset, clauses), "clauses", reading)
    # What follows from a cell that could not be read is not said twice.
    problems += [in_words_of_the_table(one) for one in dict.fromkeys(more) if one.place not in taken]
    if problems or ruleset is None or clauses is None or own is None or catalogue is None:
        return Judged(None, tuple(problems))
    return Judged(Encoding(ruleset, clauses, own, catalogue), ())


def _source(part: str, reading: Reading) -> Source:
    places = {path[1:]: place for path, place in reading.places.items() if path[0] == part}
    names = {path[1:]: called for path, called in reading.names.items() if path[0] == part}
    return Source(reading.file, reading.data[part], cells=places, names=names)


def _typed(model: type[M], part: str, reading: Reading, problems: list[Problem]) -> M | None:
    source = _source(part, reading)
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        problems += problems_of(error, model, source)
        return None


def _placed(faults: Iterable[Fault], part: str, reading: Reading) -> list[Problem]:
    source = _source(part, reading)
    assert source.cells is not None
    return [
        Problem(one.code, place_of(one.path, source.cells, source.file), one.what, one.mend) for one in faults
    ]


def _wholes(own: CatalogueFile, catalogue: Catalogue) -> Iterator[Fault]:
    for one, item in own.counts.items():
        for n, whole in enumerate(item.at_most):
            if whole not in catalogue.counts:
                what = Words(f"目录中没有数据项 {whole}", f"the catalogue has no count {whole}")
                yield Fault(
                    "unknown_item", ("counts", one, "at_most", n), what, did_you_mean(whole, catalogue.counts)
                )


def in_words_of_the_table(problem: Problem) -> Problem:
    """``problem`` with the names of columns and the words of drop-downs in place of keys and values."""
    of_the_column = _words_by_title().get(problem.what.zh.partition("：")[0], {})
    mend = None if problem.mend is None else _worded(problem.mend, of_the_column)
    return problem._replace(what=_worded(problem.what, of_the_column), mend=mend)


@lru_cache(maxsize=1)
def _words_by_title() -> dict[str, dict[str, str]]:
    """The words of the drop-downs by the heads of columns: one value has different words in different ones."""
    found: dict[str, dict[str, str]] = {}
    for one in (*check_rows.columns(), *(scalar for sheet in MODELS for scalar in values_of(sheet))):
        words = {value: words.zh for value, words in words_of(one.key).items()}
        found.setdefault(name(one.key).zh, {}).update(words)
    return found


def _worded(words: Words, of_the_column: Mapping[str, str]) -> Words:
    zh = words.zh
    for file, called in _FILES.items():
        zh = re.sub(rf" ?{re.escape(file)} ?", called, zh)
    return Words(_KEY.sub(lambda found: of_the_column.get(found[0]) or _word(found[0]), zh), words.en)


def _word(text: str) -> str:
    if text in ("yaml", "xlsx", "zh", "en"):
        return text
    if named(text) is not None and (text in NAMES or "." in text):
        return name(text).zh
    return _WORD_OF_A_VALUE.get(text, text)
