"""PDFs are set once for the whole session: each costs about a second."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scorecards import render_pdf, scorecard
from scorecards.wording import Language
from tests.scorecards import samples


class Printed(NamedTuple):
    """A PDF file with what poppler says of it."""

    path: Path

    def pages(self) -> list[str]:
        """The text of each page, laid out."""
        text = poppler("pdftotext", "-layout", str(self.path), "-")
        return text.split("\f")[:-1]

    def text(self) -> str:
        """The text of all pages without blanks, so that a broken line does not matter."""
        return re.sub(r"\s+", "", poppler("pdftotext", str(self.path), "-"))


def poppler(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Printed]:
    """Set the sample of this name: ``printed("rich", "en", summary=True)``."""
    folder = tmp_path_factory.mktemp("scorecards")

    @cache
    def make(name: str, lang: Language = "zh", *, summary: bool = False) -> Printed:
        path = folder / f"{name}-{lang}-{summary}.pdf"
        assessment: dict[str, Any] = getattr(samples, name)()
        path.write_bytes(render_pdf(scorecard(assessment, lang, summary=summary)))
        return Printed(path)

    return make
