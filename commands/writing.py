"""Results in files: written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluator.json_text import json_bytes

if TYPE_CHECKING:
    from scorecards.model import Report

__all__ = ["json_bytes", "made_whole", "printed", "reports_written", "written_whole"]


def printed(report: Report, kind: str) -> bytes:
    """``report`` as text, HTML, PDF, workbook or Word document; what is not asked for is not imported."""
    if kind == "docx":
        from scorecards.word import render_docx

        return render_docx(report)
    from scorecards import as_text, render_html, render_pdf, render_xlsx

    if kind == "pdf":
        return render_pdf(report)
    if kind == "xlsx":
        return render_xlsx(report)
    return (as_text(report) if kind == "text" else render_html(report)).encode()


def reports_written(paths: Iterable[Path], document: dict[str, Any], report: Callable[[str], Report]) -> None:
    """A report, or ``document`` for JSON, under each of these names: all of them or none.

    ``report`` makes what is printed for a name's ending (``xlsx`` …).
    """
    folders: dict[Path, list[str]] = {}
    for path in paths:
        folders.setdefault(path.parent, []).append(path.name)
    with ExitStack() as stack:
        for folder, names in folders.items():
            write = stack.enter_context(written_whole(folder))
            for name in names:
                kind = name.rpartition(".")[2].lower()
                write(name, json_bytes(document) if kind == "json" else printed(report(kind), kind))


@contextmanager
def written_whole(folder: Path) -> Iterator[Any]:
    """Files appear under their names only when all of them are made."""
    with made_whole(folder) as made:
        yield lambda name, content: (made / name).write_bytes(content)


@contextmanager
def made_whole(folder: Path, temporary: Path | None = None) -> Iterator[Path]:
    """A folder to make files in, which appear in ``folder`` only when all of them are made; what is below it is thrown away.

    It lies in ``temporary``, by default in ``folder`` itself.
    """
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".duibiao-", dir=temporary or folder) as made:
            yield Path(made)
            files = sorted(path for path in Path(made).iterdir() if path.is_file())
            for path in files:
                _refuse_unlike(folder / path.name)
            for path in files:
                path.replace(folder / path.name)
    except BaseException:
        for one in new:
            with suppress(OSError):
                one.rmdir()
        raise


def _refuse_unlike(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    # A device or a pipe would be gone, a file in its place.
    if target.exists() and not target.is_file():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
