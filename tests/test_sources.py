"""The rules against the official texts, which stay outside the repository (``../shared/sources`` beside it).

Every clause that a ruleset cites stands in the text, every anchor in that clause, and no sentence of the text in our files. What
splits the texts is the product's own splitter (``evaluator.tracing``), and ``rules trace`` finds nothing to do.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

from evaluator.canonical import plain_data
from evaluator.loading import RULES, read, ruleset_ids
from evaluator.loading.official_texts import read_official_text
from evaluator.loading.tracing import load_trace
from evaluator.reading import Source
from evaluator.ruleset import Clause, Clauses, Criterion, Ruleset
from evaluator.tracing.parts import Standing
from evaluator.tracing.pinning import disagreeing, stale
from evaluator.tracing.plain import bare, plain
from evaluator.tracing.splitting import OfficialText
from evaluator.tracing.traced import Given, Traced
from evaluator.tracing.tracing import trace
from evaluator.validating import validate

# A worktree elsewhere says where they are.
SOURCES = Path(
    os.environ.get("DUIBIAO_SOURCES") or Path(__file__).parent.parent.parent / "shared" / "sources"
)
LARGEST = 4 * 1024 * 1024
LONGEST_RUN = 24
DASH = "——"

pytestmark = pytest.mark.skipif(not SOURCES.is_dir(), reason=f"the official texts are not at {SOURCES}")


@cache
def traced(name: str) -> Traced:
    official = read_official_text(SOURCES / f"{name}.txt")
    clauses = validate(Clauses, source_of(name, "clauses"))
    return trace(Given(ruleset_of(name), clauses, load_trace(RULES / name), official.text, official.name))


def text_of(name: str) -> OfficialText:
    return traced(name).text


def standing_of(name: str) -> Standing:
    return traced(name).standing


@cache
def source_of(name: str, file: str) -> Source:
    return read(RULES / name / f"{file}.yaml", LARGEST)


@cache
def ruleset_of(name: str) -> Ruleset:
    return validate(Ruleset, source_of(name, "ruleset"))


@cache
def clauses_of(name: str) -> dict[str, Clause]:
    return {one.id: one for one in validate(Clauses, source_of(name, "clauses")).clauses}


def lines_of(name: str, clause: str) -> list[str]:
    """The lines of ``clause`` as the text has them."""
    return [text_of(name).lines[n].strip() for n in standing_of(name).own_lines(clauses_of(name)[clause])]


def part_of(name: str, criterion: Criterion) -> str:
    part = standing_of(name).part(clauses_of(name)[criterion.clause], criterion.item)
    return part.passage.text if part is not None else ""


@pytest.mark.parametrize("name", ruleset_ids())
def test_every_ruleset_has_its_official_text(name: str) -> None:
    assert len(text_of(name).clauses) > 5


@pytest.mark.parametrize("name", ruleset_ids())
def test_every_clause_stands_in_the_text_with_its_number(name: str) -> None:
    missing = [one for one in clauses_of(name) if not lines_of(name, one)]
    assert missing == []


@pytest.mark.parametrize("name", ruleset_ids())
def test_every_numbered_clause_of_the_text_is_listed(name: str) -> None:
    listed = set(clauses_of(name))
    # A part that only gathers others, such as 六 above 六(一), need not be listed itself.
    above = {one.split("(")[0] for one in listed if "(" in one}
    numbered = {one.id for one in text_of(name).clauses if one.style != "unnumbered"}
    assert numbered - listed - above == set()


@pytest.mark.parametrize("name", ruleset_ids())
def test_a_misprinted_number_is_read_as_the_correction_says(name: str) -> None:
    printed = {one.id: one.printed for one in clauses_of(name).values() if one.printed is not None}
    read = {one.id: one.printed for one in text_of(name).clauses if one.correction is not None}
    assert read == printed


@pytest.mark.parametrize("name", ruleset_ids())
def test_clauses_are_listed_in_the_order_of_the_text(name: str) -> None:
    order = [one.id for one in text_of(name).clauses]
    places = [order.index(one) for one in clauses_of(name) if one in order]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ruleset_ids())
def test_every_dash_item_that_is_listed_stands_in_its_clause_and_every_one_there_is_listed(name: str) -> None:
    standing = standing_of(name)
    for clause in clauses_of(name).values():
        assert [one.item for one in clause.items if standing.part(clause, one.item) is None] == [], clause.id
        dashes = [line for line in lines_of(name, clause.id) if line.startswith(DASH)]
        assert len(dashes) == 0 or len(dashes) == len(clause.items), clause.id


@pytest.mark.parametrize("name", ruleset_ids())
def test_every_anchor_stands_in_the_clause_that_is_cited(name: str) -> None:
    missing = [
        f"{criterion.id} {criterion.clause} {criterion.item or ''}: {anchor}"
        for _, _, criterion in ruleset_of(name).criteria()
        for anchor in criterion.anchors
        if plain(anchor) not in part_of(name, criterion)
    ]
    assert missing == []


@pytest.mark.parametrize("name", ruleset_ids())
def test_a_heading_is_the_texts_own_where_the_clause_is_numbered(name: str) -> None:
    wrong = [
        clause.id
        for clause in clauses_of(name).values()
        if clause.id[0].isdecimal() and bare(clause.heading) not in bare(lines_of(name, clause.id)[0])
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ruleset_ids())
def test_a_threshold_that_the_standard_states_stands_in_its_clause(name: str) -> None:
    """A percentage of basis `source` is a number of the clause."""
    missing = []
    for _, _, criterion in ruleset_of(name).criteria():
        if criterion.basis.threshold != "source" or criterion.check is None:
            continue
        text = part_of(name, criterion)
        stated = set(re.findall(r"\d+(?:\.\d+)?%", str(plain_data(criterion.check)))) - {"100%"}
        missing += [f"{criterion.id}: {limit}" for limit in sorted(stated) if limit not in text]
    assert missing == []


@pytest.mark.parametrize("name", ruleset_ids())
def test_tracing_finds_nothing_to_do(name: str) -> None:
    found = [f"{one.code}: {one.what.zh}" for one in traced(name).discrepancies]
    assert found == [], "after a change that is meant: duibiao rules trace, with --confirm"


@pytest.mark.parametrize("name", ruleset_ids())
def test_every_criterion_is_confirmed_and_every_correction_agrees_with_the_clauses(name: str) -> None:
    pins, clauses = load_trace(RULES / name), validate(Clauses, source_of(name, "clauses"))
    assert pins is not None
    assert list(stale(ruleset_of(name), clauses, pins)) == []
    assert list(disagreeing(clauses, pins.corrections)) == []
    assert pins.text is not None


@pytest.mark.parametrize("name", ruleset_ids())
def test_a_text_that_is_broken_into_lines_and_pages_has_the_same_clauses(name: str) -> None:
    """As one that is copied from a PDF: lines of 34 characters, a page's number and a running head after 40 of them."""
    lines: list[str] = []
    for line in text_of(name).lines:
        lines += [line[start : start + 34] for start in range(0, len(line), 34)]
    for page, at in enumerate(range(40, len(lines), 42), 1):
        lines[at:at] = [f"— {page} —", "某某文件汇编"]
    again = trace(traced(name).given._replace(text="\n".join(lines)))
    assert [one.code for one in again.discrepancies] == ["text_changed"]
    assert "各条的文字没有变" in again.discrepancies[0].what.zh


def runs(text: str, length: int) -> set[str]:
    return {text[start : start + length] for start in range(len(text) - length + 1)}


@cache
def official_runs() -> frozenset[str]:
    texts = (bare(path.read_text(encoding="utf-8")) for path in sorted(SOURCES.glob("*.txt")))
    return frozenset(run for text in texts for run in runs(text, LONGEST_RUN + 1))


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.*")), ids=lambda path: str(path.relative_to(RULES)))
def test_no_file_of_ours_copies_a_sentence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in ruleset_ids():
        # The title of a standard is its name, however long.
        text = text.replace(ruleset_of(name).standard.title, "")
    # The units that the standard makes responsible are names, too.
    text = re.sub(r"responsible: \[[^\]]*\]", "", text)
    assert sorted(runs(bare(text), LONGEST_RUN + 1) & official_runs())[:3] == []
