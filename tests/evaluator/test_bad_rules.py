"""Every faulty ruleset gets its one fault and no other: the code, the line, the words in both languages.

``bad_rules/sound`` is a small ruleset without faults, with its catalogue and the edition before it. Each other file there
makes one mistake in it: ``in`` names the file, ``was`` what stood there, ``now`` what a hurried hand made of it (``times``: so
many times over; ``encoding``: saved so; ``missing``: the file is gone; ``whole``: all of the file; ``also``: what the mistake
needs beside it).
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evaluator.checking.codes import CODES, severity
from evaluator.errors import Problem
from evaluator.loading import check_ruleset, overlapping_editions
from evaluator.reading import read_yaml

BAD = Path(__file__).parent / "bad_rules"
SOUND = BAD / "sound"
ROOT = Path(__file__).parents[2]
NAMES = sorted(
    path.relative_to(BAD).with_suffix("").as_posix()
    for path in BAD.glob("*/*.yaml")
    if path.parent.name != "sound"
)
# No file in a repository can be one that the system does not let us read, and none is kept that has a thousand mistakes.
NOT_IN_A_FILE = {"unreadable", "many_faults"}


@cache
def mistake(name: str) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml((BAD / f"{name}.yaml").read_text(encoding="utf-8"), name).data
    return found


@cache
def sound() -> dict[str, str]:
    return {
        path.relative_to(SOUND).as_posix(): path.read_text(encoding="utf-8") for path in SOUND.rglob("*.yaml")
    }


def made(name: str, folder: Path) -> None:
    """The sound files in ``folder``, with the mistake."""
    texts = dict(sound())
    one = mistake(name)
    for change in (one, *one.get("also", ())):
        file = change["in"]
        if "whole" in change:
            texts[file] = change["whole"]
        elif "was" in change:
            assert change["was"] in texts[file], f"{name}: {change['was']!r} is not in {file}"
            texts[file] = texts[file].replace(
                change["was"], (change["now"] or "") * change.get("times", 1), 1
            )
    for file, text in texts.items():
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode(one.get("encoding", "utf-8") if file == one["in"] else "utf-8"))
    if one.get("missing"):
        (folder / one["in"]).unlink()


def problems_of(folder: Path) -> list[Problem]:
    checked = [check_ruleset(folder / name) for name in ("trial", "trial-before")]
    found = [problem for one in checked for problem in (*one.problems, *one.warnings)]
    return [*dict.fromkeys(found), *overlapping_editions(checked)]


def test_the_sound_ruleset_has_no_fault(tmp_path: Path) -> None:
    for file, text in sound().items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    assert [one.in_language("zh") for one in problems_of(tmp_path)] == []


def test_there_are_at_least_eighty_mistakes() -> None:
    assert len(NAMES) >= 80


@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_gets_its_fault_and_no_other(name: str, tmp_path: Path) -> None:
    made(name, tmp_path)
    wanted, found = mistake(name), problems_of(tmp_path)
    said = "\n".join(one.in_language("zh") for one in found)
    assert [one.code for one in found] == [wanted["code"]], said
    (problem,) = found
    place = problem.place
    assert (place.file, place.line) == (str(tmp_path / wanted.get("at", wanted["in"])), wanted.get("line")), (
        said
    )
    assert wanted["zh"] in problem.in_language("zh")
    assert wanted["en"] in problem.in_language("en")
    # What is wrong and what to do, in both languages.
    assert re.search(r"[\u4e00-\u9fff]{2}", problem.what.zh)
    assert re.search(r"[a-z]{2}", problem.what.en)
    assert problem.mend is not None
    assert re.search(r"[\u4e00-\u9fff]", problem.mend.zh)
    assert re.search(r"[a-z]{2}", problem.mend.en)


def test_every_code_of_the_table_has_its_mistake() -> None:
    assert {mistake(name)["code"] for name in NAMES} == set(CODES) - NOT_IN_A_FILE


def test_warnings_are_what_the_table_says() -> None:
    assert severity("counted_twice") == "warning"
    assert severity("never_met") == "error"
    assert severity("a code that nobody has listed") == "error"


def test_a_code_that_rule_files_can_get_stands_in_the_table() -> None:
    models = [
        "model",
        "crediting",
        "ruleset",
        "alternatives",
        "deductions",
        "earnings",
        "occurrences",
        "catalogue",
        "cases",
        "versions",
        "superseding",
        "reading",
    ]
    files = [ROOT / "evaluator" / f"{name}.py" for name in models]
    files += [*(ROOT / "evaluator" / "checks").glob("*.py"), *(ROOT / "evaluator" / "checking").glob("*.py")]
    found = {code for path in files for code in codes_in(path)}
    # JSON is never a rule file, and a state that is asked for stands in none.
    assert found - {"half_character", "bad_version"} <= set(CODES)


def codes_in(path: Path) -> set[str]:
    """The first arguments of ``refusal``, ``Fault``, ``Problem`` and the like, where they are written out."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ("refusal", "Fault", "Problem", "_stop") and isinstance(node.args[0].value, str):
                found.add(node.args[0].value)
    return found
