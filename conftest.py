"""The examples in documents and docstrings run as tests.

- A docstring's or a Markdown file's `>>>` examples and ```` ```python ```` blocks.
- ```` ```console ```` blocks: bash runs each line that starts with `$ `, in an empty folder with only
  `docs`, `examples` and `rules` in it. What it prints (stdout, then stderr) must be the lines that follow;
  `...` is any text, and `[exit 1]` as the last line is the exit code that is meant. `duibiao` is a process from
  the beginning in the documents of `FROM_THE_BEGINNING`, else a fork that imports the command line
  (`tests/cli/stand_in.py`): most of them would take longer to load our libraries than for what they show.
- ```` ```yaml ```` blocks: extracts of rule files (and submissions), validated as what their keys say they
  are. What an extract of a criterion leaves out, `CRITERION` fills in; cases run on the criteria above them. A
  block whose first line begins with `# 检查会说：` is a mistake: checking it must say just that. One whose first line
  is `# 文件：NAME` is written into the folder under that name, for the commands below it.
"""

import doctest
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

from evaluator.cases import CaseFile, run
from evaluator.catalogue import KINDS, Catalogue, CatalogueFile
from evaluator.checking import case_faults, ruleset_faults
from evaluator.checking.linting import lint_faults
from evaluator.errors import Fault, InputError, Place, Problem
from evaluator.guarding import persons_of
from evaluator.loading import shared_catalogue
from evaluator.reading import Source, read_yaml
from evaluator.ruleset import Clauses, Ruleset
from evaluator.submission import Submission
from evaluator.submission_faults import submission_faults
from evaluator.validating import validate
from tests.cli.stand_in import StandIn

ROOT = Path(__file__).parent
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
FROM_THE_BEGINNING = ("README.md", "README.zh-CN.md")
MISTAKE = "# 检查会说："
FILE = "# 文件："
TITLE = {"zh": "示例", "en": "Example"}
CRITERION = {
    "id": "example",
    "clause": "1",
    "anchors": ["示例"],
    "title": TITLE,
    "requirement": {"zh": "示例"},
    "level": "must",
    "points": "2",
    "basis": {"threshold": "source", "points": "editorial", "level": "source"},
    "duty_of": ["community"],
    "method": "documents",
    "remedy": {"zh": "示例"},
}
RULESET = {
    "ruleset": "example",
    "version": "1.0.0",
    "title": TITLE,
    "subject": ["community"],
    "standard": {"title": "示例", "issuer": None, "issued": None},
    "effective": {"from": "2011-01-01", "basis": "editorial"},
    "period": {"months": 12},
    "scoring": {
        "model": "points",
        "grades": [{"id": "lowest", "title": TITLE, "at_least": "0", "basis": "editorial"}],
        "pass": "lowest",
    },
    "sections": [],
}


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """What stands in for `duibiao` in this session."""
    with StandIn(tmp_path_factory.mktemp("stand-in")) as one:
        yield one


def enter(namespace: dict[str, Any]) -> None:
    folder = tempfile.TemporaryDirectory(prefix="duibiao-docs-")
    for name in ("docs", "examples", "rules"):
        (Path(folder.name) / name).symlink_to(ROOT / name)
    namespace["folder"] = folder


def leave(namespace: dict[str, Any]) -> None:
    namespace["folder"].cleanup()


def run_console(example: Example) -> str | None:
    """Run each command of the block; return what went otherwise than it says."""
    begun = Path(example.path).name in FROM_THE_BEGINNING
    first = Path(sys.executable).parent if begun else example.namespace["stand_in"].folder
    for session in example.parsed.lstrip().removeprefix("$ ").split("\n$ "):
        command, _, wanted = session.partition("\n")
        done = subprocess.run(
            ["bash", "-c", command],
            capture_output=True,
            text=True,
            check=False,
            cwd=example.namespace["folder"].name,
            env={
                **os.environ,
                "PATH": f"{first}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            },
        )
        status = f"[exit {done.returncode}]" if done.returncode else ""
        got = f"{done.stdout}{done.stderr}{status}".strip() + "\n"
        if not doctest.OutputChecker().check_output(wanted.strip() + "\n", got, FLAGS):
            return f"$ {command}\nexpected:\n{wanted}\ngot:\n{got}"
    return None


def check_yaml(example: Example) -> str | None:
    """Check an extract; return the faults that it should not have, or that it should have and has not."""
    text = str(example.parsed)
    said = text.partition("\n")[0]
    if said.startswith(FILE):
        path = Path(example.namespace["folder"].name) / said.removeprefix(FILE)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return None
    try:
        source = read_yaml(text, Path(example.path).name)
        found = list(extract_faults(source, example.namespace, mistaken=said.startswith(MISTAKE)))
    except InputError as error:
        found = [problem.in_language("zh") for problem in error.problems]
    if not said.startswith(MISTAKE):
        return "\n".join(found) or None
    wanted, compare = "..." + said.removeprefix(MISTAKE), doctest.OutputChecker().check_output
    return None if any(compare(wanted, one, FLAGS) for one in found) else f"expected: {wanted}\ngot: {found}"


def extract_faults(source: Source, known: dict[str, Any], *, mistaken: bool = False) -> Iterator[str]:
    """Every fault of an extract; what it declares is ``known`` to the extracts below it.

    A ``mistaken`` one is looked at as closely as ``rules check`` does; the others may repeat each other.
    """
    catalogue: Catalogue = known.setdefault("catalogue", shared_catalogue())
    criteria: dict[str, Any] = known.setdefault("criteria", {})
    faults: Iterable[Fault]
    if "submission" in source.data:
        submission = validate(Submission, source)
        yield from (problem.in_language("zh") for problem in persons_of(source, catalogue).problems)
        faults = submission_faults(submission, catalogue, submission.subject.kind)
    elif "catalogue" in source.data:
        own = validate(CatalogueFile, source)
        items = {kind: {**catalogue.items(kind), **getattr(own, kind)} for kind in KINDS}
        known["catalogue"] = Catalogue.model_construct(catalogue=1, **items)
        return
    elif "clauses" in source.data:
        validate(Clauses, source)
        return
    elif "cases" in source.data:
        cases, ruleset = validate(CaseFile, source), ruleset_of(list(criteria.values()), source)
        if cases.cases and not any(case.criterion for case in cases.cases):
            ruleset = known["whole"]  # cases of a whole ruleset run on the last one above them
        for case in cases.cases:
            for difference in run(case, cases.defaults, ruleset, catalogue):
                yield f"{case.name}: {difference}"
        faults = case_faults(ruleset, cases, catalogue)
    elif source.data.keys() & {"ruleset", "scoring"}:
        whole = source.data if "ruleset" in source.data else {**RULESET, **source.data}
        ruleset = known["whole"] = validate(Ruleset, source._replace(data=whole))
        faults = [*ruleset_faults(ruleset, catalogue), *(lint_faults(ruleset, catalogue) if mistaken else ())]
    elif source.data.keys() & {"check", "deduct", "best_of", "earn"}:
        criterion = {**CRITERION, **source.data}
        others = [one for name, one in criteria.items() if name != criterion["id"]]
        ruleset = ruleset_of([*others, criterion], source)
        faults = [*ruleset_faults(ruleset, catalogue), *(lint_faults(ruleset, catalogue) if mistaken else ())]
        if not faults:
            criteria[criterion["id"]] = criterion
    else:
        yield f"nothing that is known: {', '.join(source.data)}"
        return
    for code, _, what, mend in faults:
        yield Problem(code, Place(source.file), what, mend).in_language("zh")


def ruleset_of(criteria: list[Any], source: Source) -> Ruleset:
    sections = [{"id": "examples", "title": TITLE, "criteria": criteria}]
    return validate(Ruleset, source._replace(data={**RULESET, "sections": sections}))


pytest_collect_file = (
    Sybil(
        parsers=[
            PythonCodeBlockParser(doctest_optionflags=FLAGS),
            CodeBlockParser("console", run_console),
            CodeBlockParser("yaml", check_yaml),
            SkipParser(),
        ],
        patterns=["*.md"],
        setup=enter,
        teardown=leave,
        fixtures=["stand_in"],
        name="document",
    )
    + Sybil(
        parsers=[DocTestParser(FLAGS)],
        patterns=[
            "commands/*.py",
            "evaluator/*.py",
            "evaluator/*/*.py",
            "scorecards/*.py",
            "scorecards/*/*.py",
            "cli.py",
        ],
        name="docstring",
    )
).pytest()
