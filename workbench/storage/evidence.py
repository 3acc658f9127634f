"""Evidence files by digest: ``evidence/ab/cdef…``. A file is written once, whole, and never changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile


class Evidence:
    """The folder of files by their SHA-256 digests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Keep ``content``; its digest. It is on the disk when this returns."""
        name = sha256(content).hexdigest()
        path = self._path(name)
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(path)
            settle(path.parent)
        return f"sha256:{name}"

    def path(self, digest: str) -> Path:
        """Where the file with this digest lies."""
        return self._path(digest.removeprefix("sha256:"))

    def read(self, digest: str) -> bytes:
        """The content with this digest; raises ``OSError`` where it is not there, ``ValueError`` where it was changed."""
        content = self.path(digest).read_bytes()
        if f"sha256:{sha256(content).hexdigest()}" != digest:
            raise ValueError(digest)
        return content

    def digests(self) -> Iterator[str]:
        """Every digest that is kept."""
        for path in sorted(self.folder.glob("??/*")):
            if not path.name.startswith("."):
                yield f"sha256:{path.parent.name}{path.name}"

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name[2:]


def settle(folder: Path) -> None:
    """Bring the names in ``folder`` to the disk: that of a new file is there only when its folder is."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
