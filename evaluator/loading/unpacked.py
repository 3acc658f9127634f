"""Where a verified bundle lies while this process reads it: a folder of its own, that nobody else sees and that goes with it.

Nothing is kept from one run to the next, so nothing half-written or altered can be found there.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from evaluator.bundles import Manifest
from evaluator.loading.scratch import made, sweep
from evaluator.packages.names import shown


class Unpacked(NamedTuple):
    """A bundle that was unpacked: the file, its manifest, and the ruleset's folder that keeps it."""

    bundle: Path
    manifest: Manifest
    kept_in: Path | None


_PREFIX = "duibiao-rules-"
_UNPACKED: dict[Path, Unpacked] = {}


@lru_cache(maxsize=1)
def _root() -> Path:
    # Only its owner may enter. Its lock is held to the end of this process, and of those that it forks.
    parent = Path(tempfile.gettempdir())
    sweep(parent, _PREFIX)
    root, _ = made(parent, _PREFIX)
    atexit.register(_remove, root, os.getpid())
    return root.resolve()


def _remove(root: Path, owner: int) -> None:
    # A child process shares the folder of its parent, and leaves it.
    if os.getpid() == owner:
        shutil.rmtree(root, ignore_errors=True)


def unpacked(bundle: Path, manifest: Manifest, members: Mapping[str, bytes], index: Path | None) -> Path:
    """The folder of the ruleset in ``members``, with its catalogue beside it."""
    name = hashlib.sha256(f"{bundle.resolve()}\0".encode() + b"".join(sorted(members.values()))).hexdigest()
    top = _root() / name[:24]
    folder = top / manifest.ruleset
    if folder not in _UNPACKED:
        for member, content in members.items():
            path = top / member
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        _UNPACKED[folder] = Unpacked(bundle, manifest, index)
    return folder


def unpacked_from(folder: Path) -> Unpacked | None:
    """The bundle that was unpacked to ``folder``; None where it is a folder like any other."""
    return _UNPACKED.get(folder)


def called(path: Path | str) -> str:
    """``path`` as a message may print it: a file of a bundle by the bundle's name."""
    for folder, one in _UNPACKED.items():
        if folder.parent in (path, *Path(path).parents):
            return shown(one.bundle / Path(path).relative_to(folder.parent))
    return shown(path)
