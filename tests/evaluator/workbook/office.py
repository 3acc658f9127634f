"""LibreOffice, run headless: each run with a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
_FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "pdf": "pdf"}


def converted(content: bytes, ending: str, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it with another ending (or the same)."""
    source, target = folder / "in.xlsx", folder / "out"
    source.write_bytes(content)
    done = subprocess.run(
        [
            str(OFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", _FILTERS[ending],
            "--outdir", target, source,
        ],
        capture_output=True, check=False, timeout=180,
    )  # fmt: skip
    path = target / f"in.{ending}"
    assert path.is_file(), done.stderr.decode(errors="replace")
    return path.read_bytes()
