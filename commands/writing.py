"""Results in files: written whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any


def json_bytes(document: dict[str, Any]) -> bytes:
    """``document`` as a JSON file."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


@contextmanager
def written_whole(folder: Path) -> Iterator[Any]:
    """Files appear under their names only when all of them are made."""
    with made_whole(folder) as made:
        yield lambda name, content: (made / name).write_bytes(content)


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """A folder to make files in, which appear in ``folder`` only when all of them are made; what is below it is thrown away."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".duibiao-", dir=folder) as made:
            yield Path(made)
            files = sorted(path for path in Path(made).iterdir() if path.is_file())
            for path in files:
                if (folder / path.name).is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(folder / path.name))
            for path in files:
                path.replace(folder / path.name)
    except BaseException:
        for one in new:
            with suppress(OSError):
                one.rmdir()
        raise
