"""Where settings lie: this user's folder, and the file of limits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

LIMITS = "DUIBIAO_LIMITS"
_NAME = "limits.yaml"


def settings_folder() -> Path:
    """The folder of this user's settings for this program, whether or not it is there."""
    if os.name == "nt":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "duibiao"


def limits_file() -> Path | None:
    """The file of limits that holds: the one that ``DUIBIAO_LIMITS`` names, else the first that is there; None without any."""
    stated = os.environ.get(LIMITS)
    if stated:
        return Path(stated)
    # One that is there and cannot be read is refused, not passed over.
    return next((file for file in limits_files() if os.path.lexists(file)), None)


def limits_files() -> Iterator[Path]:
    """Where a file of limits is looked for unless ``DUIBIAO_LIMITS`` names it: this user's, then the machine's."""
    yield settings_folder() / _NAME
    if os.name != "nt":
        yield Path("/etc/duibiao") / _NAME
