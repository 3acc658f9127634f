"""What is installed: every package is locked with its hashes, listed in one command, and audited without a false all-clear."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements-runtime.lock", "requirements.lock", "requirements-peers.lock")
_PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def pinned(lock: str) -> dict[str, str]:
    """The packages of a lock with everything behind each."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    starts = [*_PINNED.finditer(text)]
    ends = [one.start() for one in starts[1:]] + [len(text)]
    return {one[1]: text[one.start() : end] for one, end in zip(starts, ends, strict=True)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_locked_with_a_hash(lock: str) -> None:
    packages = pinned(lock)
    assert len(packages) > 50
    assert [name for name, text in packages.items() if "--hash=sha256:" not in text] == []


def test_what_runs_at_a_users_is_what_was_tested() -> None:
    tested = {name: text.split()[0] for name, text in pinned("requirements.lock").items()}
    assert {
        name: text.split()[0]
        for name, text in pinned("requirements-runtime.lock").items()
        if text.split()[0] != tested.get(name)
    } == {}


def test_the_list_of_parts_names_every_package_with_its_hashes_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        command = [str(ROOT / "script/sbom"), str(tmp_path / name)]
        assert (
            subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == command[1]
        )
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    listed = json.loads((tmp_path / "one.json").read_bytes())
    assert listed["bomFormat"] == "CycloneDX"
    assert listed["metadata"]["component"]["name"] == "duibiao"
    hashed = {
        one["name"]
        for one in listed["components"]
        if any(each.get("hashes") for each in one["externalReferences"])
    }
    assert hashed == pinned("requirements-runtime.lock").keys()


# What pip-audit answers, and what script/audit makes of it.
_CLEAN = {"name": "click", "version": "8.2.0", "vulns": []}
_FAULTY = {
    "name": "pillow",
    "version": "9.0.0",
    "vulns": [{"id": "PYSEC-2022-10", "fix_versions": ["9.0.1"], "aliases": [], "description": ""}],
}
_UNKNOWN = {"name": "lxml", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ([_CLEAN], 0, "1 packages looked up, 0 known faults"),
        ([_CLEAN, _FAULTY], 1, "pillow  9.0.0  PYSEC-2022-10  修复版本 / mended in: 9.0.1"),
        ([_CLEAN, _UNKNOWN], 2, "1 could not be looked up: lxml"),
        ([_FAULTY, _UNKNOWN], 1, "1 could not be looked up: lxml"),
        ([], 2, "0 packages looked up"),
        (None, 2, "nothing was looked up"),
    ],
    ids=["clean", "faulty", "unknown", "faulty and unknown", "nothing", "no answer"],
)
def test_an_audit_that_could_not_look_something_up_does_not_pass(
    tmp_path: Path, answer: list[dict[str, object]] | None, code: int, said: str
) -> None:
    stand_in = tmp_path / "pip-audit"
    text = "" if answer is None else json.dumps({"dependencies": answer, "fixes": []})
    stand_in.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\n" if text else "#!/bin/sh\nexit 1\n")
    stand_in.chmod(0o755)
    environment = {**os.environ, "PIP_AUDIT": str(stand_in), "PYTHON": sys.executable}
    done = subprocess.run(
        [str(ROOT / "script/audit")], env=environment, capture_output=True, text=True, check=False
    )
    assert said in done.stdout + done.stderr
    assert done.returncode == code
