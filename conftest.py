"""The examples in documents and docstrings run as tests.

- A docstring's or a Markdown file's `>>>` examples and ```` ```python ```` blocks.
- ```` ```console ```` blocks: bash runs each line that starts with `$ `, in an empty folder with only
  `rules` and `examples` in it. What it prints (stdout, then stderr) must be the lines that follow;
  `...` is any text, and `[exit 1]` as the last line is the exit code that is meant.
"""

import doctest
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from sybil import Example, Sybil
from sybil.integration.pytest import SybilItem
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).parent
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def enter(namespace: dict[str, Any]) -> None:
    folder = tempfile.TemporaryDirectory(prefix="duibiao-docs-")
    for name in ("examples", "rules"):
        (Path(folder.name) / name).symlink_to(ROOT / name)
    namespace["folder"] = folder


def leave(namespace: dict[str, Any]) -> None:
    namespace["folder"].cleanup()


def run_console(example: Example) -> str | None:
    """Run each command of the block; return what went otherwise than it says."""
    for session in example.parsed.lstrip().removeprefix("$ ").split("\n$ "):
        command, _, wanted = session.partition("\n")
        done = subprocess.run(
            ["bash", "-c", command],
            capture_output=True,
            text=True,
            check=False,
            cwd=example.namespace["folder"].name,
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        )
        status = f"[exit {done.returncode}]" if done.returncode else ""
        got = f"{done.stdout}{done.stderr}{status}".strip() + "\n"
        if not doctest.OutputChecker().check_output(wanted.strip() + "\n", got, FLAGS):
            return f"$ {command}\nexpected:\n{wanted}\ngot:\n{got}"
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the examples of one document on one worker: they share names and a folder."""
    for item in items:
        if isinstance(item, SybilItem):
            item.add_marker(pytest.mark.xdist_group(str(item.path)))


pytest_collect_file = (
    Sybil(
        parsers=[
            PythonCodeBlockParser(doctest_optionflags=FLAGS),
            CodeBlockParser("console", run_console),
            SkipParser(),
        ],
        patterns=["*.md"],
        setup=enter,
        teardown=leave,
        name="document",
    )
    + Sybil(
        parsers=[DocTestParser(FLAGS)],
        patterns=["evaluator/*.py", "scorecards/*.py", "cli.py"],
        name="docstring",
    )
).pytest()
