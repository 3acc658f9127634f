"""Every bad review gets exactly the problems that ``bad/expected.yaml`` says: code, line, words in both languages.

Each file of ``bad`` is a review of ``SENT`` under ``RULES``; what it leaves out of its head, ``HEAD`` says. Where a name ends in
``.after``, a sound preliminary review stands before.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evaluator.errors import Problem, ReviewError
from evaluator.loading import Loaded, load_reviews
from evaluator.reading import read_yaml
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.review.written import RATING, sent

BAD = Path(__file__).parent / "bad"
EXPECTED = read_yaml((BAD / "expected.yaml").read_text(encoding="utf-8"), "expected.yaml").data
FILES = sorted(path.name for path in BAD.glob("*.yaml") if path.name != "expected.yaml")
RULES = ruleset(
    f"""
- {{id: share, points: 4, check: {{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}}}}
- {{id: desk, points: 2, check: {{kind: statement, statement: desk}}}}
- {{id: rated, points: 2, check: {RATING}}}
"""
)
SENT = sent(
    """
counts: {buildings: 40, model_buildings: 2}
events: [{id: E01, type: meeting, date: "2025-03-12"}]
documents: [{id: D01, type: plan, issued: "2025-01-08", contains: [goals], files: [d.pdf]}]
statements: [{id: S01, type: desk, value: true}]
units: {quarter: [{id: Q1, counts: {visits: 2}}]}
"""
)
HEAD = """\
review: 1
submission: {id: demo}
ruleset: {id: trial, version: "1.0.0"}
stage: inspection
reviewer: {role: provincial_inspector, unit: 省民族宗教事务委员会, number: "0042"}
date: "2026-01-10"
method: on_site
"""
BEFORE = HEAD.replace("stage: inspection", "stage: preliminary").replace("2026-01-10", "2025-12-10") + (
    "rejected_evidence: [{id: E01, reason: 照片不清}]\n"
)


def problems_of(name: str, folder: Path) -> tuple[Problem, ...]:
    text = (BAD / name).read_text(encoding="utf-8")
    paths = [folder / name]
    # A file shows only what is wrong with it: what it does not say itself, HEAD says above it.
    own = {line.partition(":")[0] for line in text.splitlines() if not line.startswith((" ", "#"))}
    lines = [line for line in HEAD.splitlines() if line.partition(":")[0] not in own]
    paths[0].write_text("\n".join([*lines, ""]) + text if lines else text, encoding="utf-8")
    if name.endswith(".after.yaml"):
        paths.append(folder / "before.yaml")
        paths[1].write_text(BEFORE, encoding="utf-8")
    with pytest.raises(ReviewError) as caught:
        load_reviews(paths, Loaded(RULES, CATALOGUE, Path()), SENT)
    return caught.value.problems


def line_in(name: str, problem: Problem, folder: Path) -> str:
    """The line of the file that a problem points at."""
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return lines[(problem.place.line or 1) - 1]


def test_every_bad_file_has_its_entry_and_every_entry_its_file() -> None:
    assert sorted(EXPECTED) == FILES
    assert len(FILES) >= 30


@pytest.mark.parametrize("name", FILES)
def test_a_bad_review_gets_its_problems(name: str, tmp_path: Path) -> None:
    found = problems_of(name, tmp_path)
    assert [one.code for one in found] == [one["code"] for one in EXPECTED[name]], "\n".join(
        one.in_language("zh") for one in found
    )
    for problem, words in zip(found, EXPECTED[name], strict=True):
        assert words["zh"] in problem.in_language("zh")
        assert words["en"] in problem.in_language("en")
        assert words["at"] in line_in(name, problem, tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_problem_is_said_plainly_in_both_languages(name: str, tmp_path: Path) -> None:
    for problem in problems_of(name, tmp_path):
        zh, en = problem.in_language("zh"), problem.in_language("en")
        assert re.search(r"[\u4e00-\u9fff]", problem.what.zh), zh
        assert re.search(r"[a-z]{2} [a-z]", problem.what.en), en
        assert not re.search(r"Input should|Traceback|pydantic|写法不对（|ctx|<class", zh + en), zh
        assert problem.mend is None or re.search(r"[\u4e00-\u9fff]", problem.mend.zh), zh


def test_a_name_in_the_place_of_a_unit_or_a_number_is_never_repeated(tmp_path: Path) -> None:
    said = "".join(str(one.what) + str(one.mend) for one in problems_of("a_name_as_reviewer.yaml", tmp_path))
    assert "欧阳" not in said
