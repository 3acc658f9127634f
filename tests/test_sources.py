"""The rules against the official texts, which stay outside the repository (``../shared/sources`` beside it).

Every clause that a ruleset cites stands in the text, every anchor in that clause, and no sentence of the text in our files.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from evaluator.canonical import plain_data
from evaluator.loading import RULES, read, ruleset_ids
from evaluator.reading import Source
from evaluator.ruleset import Clause, Clauses, Criterion, Ruleset
from evaluator.validating import validate

SOURCES = Path(__file__).parent.parent.parent / "shared" / "sources"
LARGEST = 4 * 1024 * 1024
LONGEST_RUN = 24
# "5.7.4 社会保险", also without the space; not the "2015-11-23" of a reference.
NUMBERED = re.compile(r"([1-9]\d?(?:\.\d+)*)\s*([\u4e00-\u9fff].{0,30})")
PART = re.compile(r"([一二三四五六七八九十]+)、")
SUBPART = re.compile(r"\(([一二三四五六七八九十]+)\)")
DASH = "——"

pytestmark = pytest.mark.skipif(not SOURCES.is_dir(), reason=f"the official texts are not at {SOURCES}")


def plain(text: str) -> str:
    """``text`` without whitespace, full-width forms made half-width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def bare(text: str) -> str:
    """``text`` without whitespace and punctuation."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())


def parts(text: str) -> dict[str, list[str]]:
    """The lines of each clause, by the number that is printed before it."""
    found: dict[str, list[str]] = {"前言": []}
    here = above = "前言"
    for raw in text.splitlines():
        line = unicodedata.normalize("NFKC", raw).strip()
        numbered, part, subpart = NUMBERED.fullmatch(line), PART.match(line), SUBPART.match(line)
        if part is not None:
            here = above = part[1]
        elif subpart is not None:
            here = f"{above}({subpart[1]})"
        elif numbered is not None:
            here = numbered[1]
        found.setdefault(here, []).append(line)
    return found


@cache
def text_of(name: str) -> dict[str, list[str]]:
    return parts((SOURCES / f"{name}.txt").read_text(encoding="utf-8"))


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
    """The lines of ``clause``; a misprinted one stands under its printed number, after the clause before it."""
    printed = clauses_of(name)[clause].printed
    return text_of(name).get(printed or clause, [])


def item_of(lines: list[str], item: str) -> str | None:
    """The text of one dash item: the nth, or the one with this heading."""
    if item.isdecimal():
        dashes = [line for line in lines if line.startswith(DASH)]
        return dashes[int(item) - 1] if 0 < int(item) <= len(dashes) else None
    heads = [n for n, line in enumerate(lines) if line.removeprefix(DASH).startswith(item)]
    return lines[heads[0]] if heads else None


def part_of(name: str, criterion: Criterion) -> str:
    lines = lines_of(name, criterion.clause)
    found = "".join(lines) if criterion.item is None else item_of(lines, criterion.item)
    return plain(found or "")


@pytest.mark.parametrize("name", ruleset_ids())
def test_every_ruleset_has_its_official_text(name: str) -> None:
    assert len(text_of(name)) > 5


@pytest.mark.parametrize("name", ruleset_ids())
def test_every_clause_stands_in_the_text_with_its_number(name: str) -> None:
    missing = [one for one in clauses_of(name) if not lines_of(name, one)]
    assert missing == []


@pytest.mark.parametrize("name", ruleset_ids())
def test_every_numbered_clause_of_the_text_is_listed(name: str) -> None:
    listed = {one.printed or one.id for one in clauses_of(name).values()}
    # A part that only gathers others, such as 六 above 六(一), need not be listed itself.
    above = {one.split("(")[0] for one in listed if "(" in one}
    assert set(text_of(name)) - listed - above - {"前言"} == set()


@pytest.mark.parametrize("name", ruleset_ids())
def test_clauses_are_listed_in_the_order_of_the_text(name: str) -> None:
    order = list(text_of(name))
    places = [
        order.index(one.printed or one.id)
        for one in clauses_of(name).values()
        if (one.printed or one.id) in order
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ruleset_ids())
def test_every_dash_item_that_is_listed_stands_in_its_clause_and_every_one_there_is_listed(name: str) -> None:
    for clause in clauses_of(name).values():
        lines = lines_of(name, clause.id)
        assert [one.item for one in clause.items if item_of(lines, one.item) is None] == [], clause.id
        dashes = [line for line in lines if line.startswith(DASH)]
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
