"""Results in files: written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.console import complain, printable, speak
from evaluator.json_text import json_bytes

if TYPE_CHECKING:
    from evaluator.loading.placing import Continued
    from scorecards.model import Report

__all__ = [
    "cleared",
    "json_bytes",
    "made_folder",
    "made_whole",
    "printed",
    "reports_written",
    "written_whole",
]


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
def written_whole(
    folder: Path, *, new: bool = False, read: Mapping[str, bytes | None] | None = None
) -> Iterator[Callable[[str, bytes], None]]:
    """Files appear under their names only when all of them are made; where they are to be ``new`` none is replaced.

    ``read`` is what those held that the new ones are made from: they are not replaced where another run has written them since.
    """
    with made_whole(folder, new=new, read=read) as made:

        def write(name: str, content: bytes) -> None:
            with _named(folder / name):
                (made / name).write_bytes(content)

        yield write


@contextmanager
def made_whole(
    folder: Path,
    temporary: Path | None = None,
    *,
    new: bool = False,
    read: Mapping[str, bytes | None] | None = None,
) -> Iterator[Path]:
    """A folder to make files in, which appear in ``folder`` only when all of them are made; what is below it is thrown away.

    It lies in ``temporary``, by default in ``folder`` itself; there, what runs that were killed had ready is put in place first.
    ``new`` and ``read`` as for ``written_whole``.
    """
    from evaluator.loading.placing import continued, made_in

    with _begun(folder):
        if temporary is None:
            _tell(folder, continued(folder))
        with made_in(folder, temporary or folder, new=new, read=read or {}) as made, _named(folder, made):
            yield made


def cleared(folder: Path) -> None:
    """What runs that were killed left in ``folder`` is put in place or removed, where that can be."""
    from evaluator.loading.placing import continued

    with suppress(OSError):
        _tell(folder, continued(folder))


@contextmanager
def made_folder(folder: Path) -> Iterator[Path]:
    """A folder to make files in, which becomes the new ``folder`` when all of them are made."""
    from evaluator.loading.placing import made_as

    with _begun(folder.parent), made_as(folder) as made, _named(folder, made):
        yield made


@contextmanager
def _begun(folder: Path) -> Iterator[None]:
    """``folder`` is there; on an error, what was not there before is gone again."""
    begun = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            # A link that leads to itself says so.
            folder.stat()
            raise
        yield
    except BaseException:
        for one in begun:
            with suppress(OSError):
                one.rmdir()
        raise


@contextmanager
def _named(path: Path, made: Path | None = None) -> Iterator[None]:
    """A fault of the disk names the file that was to be written, not where it was made."""
    try:
        yield
    except OSError as error:
        if error.filename is None or made is None:
            error.filename = error.filename or str(path)
        elif Path(os.fsdecode(error.filename)).is_relative_to(made):
            error.filename = str(path / Path(os.fsdecode(error.filename)).relative_to(made))
        raise


def _tell(folder: Path, found: Continued) -> None:
    if found.placed:
        names = [printable(str(folder / name)) for name in found.placed]
        zh = f"上次中断时已做好的，现已写出：{'、'.join(names)}"
        complain(speak(zh, f"what an interrupted run had ready is now written: {', '.join(names)}"))
    if found.left:
        names = [printable(str(folder / name)) for name in found.left]
        zh = f"上次中断时已做好的没有写出，因为这些文件后来改动过：{'、'.join(names)}"
        en = f"what an interrupted run had ready is not written, since these files were changed: {', '.join(names)}"
        complain(speak(zh, en))
