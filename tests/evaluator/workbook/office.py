"""LibreOffice, run headless: each run with a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
_FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "pdf": "pdf"}


def all_converted(contents: Mapping[str, bytes], ending: str, folder: Path) -> dict[str, bytes]:
    """Workbooks by name as LibreOffice saves them with another ending (or the same), all in one run."""
    target = folder / "out"
    for name, content in contents.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    done = subprocess.run(
        [
            str(OFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", _FILTERS[ending],
            "--outdir", target, *(folder / f"{name}.xlsx" for name in contents),
        ],
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    paths = {name: target / f"{name}.{ending}" for name in contents}
    assert all(path.is_file() for path in paths.values()), done.stderr.decode(errors="replace")
    return {name: path.read_bytes() for name, path in paths.items()}


def converted(content: bytes, ending: str, folder: Path) -> bytes:
    """One workbook as LibreOffice saves it."""
    return all_converted({"in": content}, ending, folder)["in"]
