"""Every bad file gets exactly the problems that ``bad/expected.yaml`` says: code, line, words in both languages.

One folder a kind of file. A file of ``ruleset``, ``clauses``, ``cases`` or ``catalogue`` stands in for the one in ``good``;
a ``submission`` is read where it lies. Files that cannot lie in a repository are made here (``MADE``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from evaluator.errors import InputError, Problem
from evaluator.limits import DEFAULTS
from evaluator.loading import check_ruleset, load_submission
from evaluator.reading import read_yaml
from tests.evaluator.building import CATALOGUE, CATALOGUE_TEXT

BAD = Path(__file__).parent / "bad"
EXPECTED = read_yaml((BAD / "expected.yaml").read_text(encoding="utf-8"), "expected.yaml").data
HEAD = 'submission: 1\nsubject: {id: a, name: 甲, kind: community}\nperiod: {from: "2025-01-01", to: "2025-12-31"}\n'
MADE: dict[str, Callable[[], str | bytes]] = {
    "made/alias_bomb.yaml": lambda: "\n".join(
        ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    ),
    "made/deep.yaml": lambda: "a: " + "[" * 100_000 + "]" * 100_000,
    "made/deep.json": lambda: "[" * 100_000 + "]" * 100_000,
    "made/deep_mappings.json": lambda: '{"a":' * 100_000 + "1" + "}" * 100_000,
    "made/deep_within_what_json_reads.json": lambda: "[" * 500 + "]" * 500,
    "made/million_digits.yaml": lambda: HEAD + "counts: {buildings: " + "9" * 1_000_000 + "}\n",
    "made/million_digits.json": lambda: (
        '{"submission": 1, "subject": {"id": "a", "name": "甲", "kind": "community"},\n'
        ' "period": {"from": "2025-01-01", "to": "2025-12-31"},\n "counts": {"buildings": '
        + "9" * 1_000_000
        + "}}"
    ),
    "made/million_characters_as_key.yaml": lambda: HEAD + "counts: {" + "a" * 1_000_000 + ": 1}\n",
    "made/long_text.yaml": lambda: HEAD.replace("甲", "甲" * 2001),
    "made/too_large.yaml": lambda: "#" * (DEFAULTS.largest_submission + 1),
    "made/too_many_items.yaml": lambda: HEAD + "none: [" + "a, " * 200_001 + "]\n",
    "made/nul.yaml": lambda: HEAD + "none: [a\0b]\n",
    "made/utf_16.yaml": lambda: HEAD.encode("utf-16"),
    "made/workbook.yaml": lambda: b"PK\x03\x04\xff a workbook that was renamed",
    "made/binary.yaml": lambda: b"a: \x00\x01\x02\xff\xfe\n",
    "made/missing.yaml": lambda: b"",
    "made/folder.yaml": lambda: b"",
}
KINDS = ("ruleset", "clauses", "cases", "catalogue", "submission")
FILES = sorted(
    str(path.relative_to(BAD).as_posix())
    for kind in KINDS
    for path in (BAD / kind).iterdir()
    if path.is_file()
)


def standing_in(kind: str, text: bytes, folder: Path) -> Path:
    """The good ruleset with one file replaced."""
    trial, shared = folder / "trial", folder / "catalogue"
    trial.mkdir()
    shared.mkdir()
    (shared / "counts.yaml").write_text(CATALOGUE_TEXT, encoding="utf-8")
    for name in ("ruleset", "clauses", "cases", "catalogue"):
        content = text if name == kind else (BAD / "good" / f"{name}.yaml").read_bytes()
        (trial / f"{name}.yaml").write_bytes(content)
    return trial


def problems_of(name: str, folder: Path) -> tuple[Problem, ...]:
    kind, _, file = name.partition("/")
    if kind == "made":
        path = folder / file
        if name == "made/folder.yaml":
            path.mkdir()
        elif name != "made/missing.yaml":
            made = MADE[name]()
            path.write_bytes(made if isinstance(made, bytes) else made.encode())
    else:
        path = BAD / name
    if kind in ("made", "submission"):
        with pytest.raises(InputError) as caught:
            load_submission(path, CATALOGUE)
        return caught.value.problems
    return check_ruleset(standing_in(kind, path.read_bytes(), folder)).problems


def test_the_good_files_have_no_problems(tmp_path: Path) -> None:
    assert check_ruleset(standing_in("", b"", tmp_path)).problems == ()
    assert load_submission(BAD / "good" / "submission.yaml", CATALOGUE).subject.id == "demo-01"


def test_every_bad_file_has_its_entry_and_every_entry_its_file() -> None:
    assert sorted(EXPECTED) == sorted([*FILES, *MADE])
    assert len(EXPECTED) >= 60


@pytest.mark.parametrize("name", [*FILES, *MADE])
def test_a_bad_file_gets_its_problems(name: str, tmp_path: Path) -> None:
    found = problems_of(name, tmp_path)
    expected = EXPECTED[name]
    assert [(one.code, one.place.line) for one in found] == [
        (one["code"], one.get("line")) for one in expected
    ], "\n".join(one.in_language("zh") for one in found)
    for problem, words in zip(found, expected, strict=True):
        assert words["zh"] in problem.in_language("zh")
        assert words["en"] in problem.in_language("en")


@pytest.mark.parametrize("name", [*FILES, *MADE])
def test_a_problem_is_placed_and_said_plainly_in_both_languages(name: str, tmp_path: Path) -> None:
    for problem in problems_of(name, tmp_path):
        zh, en = problem.in_language("zh"), problem.in_language("en")
        assert re.search(r"[\u4e00-\u9fff]", problem.what.zh), zh
        assert re.search(r"[a-z]{2} [a-z]|JSON syntax", problem.what.en), en
        # English words of a checker, Python or pydantic help nobody.
        assert not re.search(r"Input should|Traceback|pydantic|写法不对（|ctx|<class", zh + en), zh
        assert problem.mend is None or re.search(r"[\u4e00-\u9fff]", problem.mend.zh), zh
        # What a file holds is shown cut short, and nothing in it steers the terminal.
        assert len(zh) < 400 + len(problem.place.file), zh
        assert not re.search(r"[\x00-\x08\x0b-\x1f\u200b\u202a-\u202e\ud800-\udfff]", zh + en), ascii(zh)
        assert problem.place.line is not None or problem.code in (
            "no_file",
            "no_form",
            "file_size",
            "file_type",
            "unreadable",
        ), zh


def test_several_faults_of_a_file_come_at_once_in_file_order(tmp_path: Path) -> None:
    for kind in ("ruleset", "submission"):
        lines = [one.place.line or 0 for one in problems_of(f"{kind}/several_faults.yaml", tmp_path)]
        assert len(lines) >= 5
        assert lines == sorted(lines)
