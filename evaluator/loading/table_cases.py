"""What an import does to ``cases.yaml``, which the table does not hold, and what it leaves to do there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evaluator.cases import CaseFile
from evaluator.checking import case_faults, coverage_faults
from evaluator.checking.linting import lint_faults
from evaluator.errors import Fault, InputError, Problem
from evaluator.loading.editing import as_text, edited
from evaluator.loading.files import placed, typed
from evaluator.reading import Source, place_of, read_yaml
from evaluator.table.judging import in_words_of_the_table
from evaluator.table.plan import Encoding
from evaluator.table.reading import Reading
from evaluator.table.trying import differing
from evaluator.windows import last_day, month_number


def cases_after(texts: Mapping[str, str], old: Mapping[str, Any], encoding: Encoding) -> str:
    """The cases without those of criteria that are gone; for a new ruleset an empty file."""
    if "cases" not in texts:
        start = encoding.ruleset.effective.from_
        end = last_day(month_number(start) + encoding.ruleset.period.months - 1)
        period = {"from": start.replace(day=1).isoformat(), "to": end.isoformat()}
        defaults = {"stage": "inspection", "period": period}
        return as_text({"format": 1, "defaults": defaults, "cases": []})
    text = texts["cases"]
    known = encoding.ruleset.by_id()
    gone = {one["id"] for section in old["ruleset"]["sections"] for one in section["criteria"]} - known.keys()
    if not gone:
        return text
    data = read_yaml(text, "cases.yaml", "rule_items").data
    kept = [
        one for one in data.get("cases", ()) if not isinstance(one, dict) or one.get("criterion") not in gone
    ]
    return edited(text, data, {**data, "cases": kept})


def left_to_do(cases: str, encoding: Encoding, reading: Reading, out: Path) -> list[Problem]:
    """What to look at once more: what is sound and yet can hardly be meant, and the cases, which the table does not hold."""
    places = {path[1:]: place for path, place in reading.places.items() if path[0] == "ruleset"}

    def at_cells(faults: Iterable[Fault]) -> list[Problem]:
        found = (
            Problem(one.code, place_of(one.path, places, reading.file), one.what, one.mend) for one in faults
        )
        return [in_words_of_the_table(one) for one in found]

    problems = at_cells(lint_faults(encoding.ruleset, encoding.catalogue))
    source = Source(str(out / "cases.yaml"), None)
    try:
        source = read_yaml(cases, str(out / "cases.yaml"), "rule_items")
    except InputError as error:
        return [*problems, *error.problems]
    file = typed(CaseFile, source, problems)
    if file is None:
        return problems
    faults = placed(case_faults(encoding.ruleset, file, encoding.catalogue), source)
    # Cases that name what is not there cannot be tried.
    tried = [] if faults else placed(differing(encoding, file), source)
    return [*problems, *tried, *faults, *at_cells(coverage_faults(encoding.ruleset, file))]
