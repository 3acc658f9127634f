"""The wheels of the lock and of the checkout, and the lock that holds each to its bytes."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

LOCK = "requirements-runtime.lock"
# pip itself is no dependency: its hash is in the lock of the tools.
TOOLS_LOCK = "requirements.lock"
# What the target installs by: each wheel with the hash of the very file that lies beside it.
WHEELS_LOCK = "wheels.lock"
_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
_PINNED = re.compile(r"^(\S+)==(\S+)[^\n]*\\\n(?:[ \t]+--hash=\S+[^\n]*\n?)+", re.MULTILINE)


def fetch(locks: list[Path], into: Path) -> None:
    """Take what the locks say and this Python needs, each file by its hash; what has no wheel is built from its sdist."""
    named = [part for one in locks for part in ("--requirement", str(one))]
    subprocess.run([*_PIP, "--require-hashes", "--wheel-dir", str(into), *named], check=True)


def build(checkout: Path, into: Path) -> None:
    """The project's own wheel, by the builder that the lock holds: nothing is fetched."""
    offline = ["--no-build-isolation", "--no-index"]
    subprocess.run([*_PIP, *offline, "--wheel-dir", str(into), str(checkout)], check=True)


def pinned(name: str, lock: str) -> str | None:
    """What a lock says of one package, with its hashes."""
    return next((one[0] for one in _PINNED.finditer(lock) if one[1] == name), None)


def wheels_lock(folder: Path, locks: str, own: str) -> str:
    """Every wheel of the folder with its hash, and where it came from if its hash is in none of the ``locks``."""
    lines = [f"# 由 script/offline-bundle 生成 / made by script/offline-bundle from {LOCK}"]
    for wheel in sorted(folder.glob("*.whl"), key=lambda one: one.name.lower()):
        name, version = wheel.name.split("-")[:2]
        # pip installs the others from where it lies; what runs has no need of it.
        if name == "pip":
            continue
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if name == own:
            lines.append("# 由本次检出构建 / built from the checkout")
        elif f"sha256:{digest}" not in locks:
            lines.append("# 没有现成的 wheel，由 sdist 构建 / there was no wheel: built from its sdist")
        lines.append(f"{name.replace('_', '-').lower()}=={version} --hash=sha256:{digest}")
    return "\n".join(lines) + "\n"


def least_glibc(folder: Path) -> str:
    """The glibc that the most demanding wheel needs, by the least that each says of itself."""
    needs = [
        min(tuple(map(int, one)) for one in found)
        for wheel in folder.glob("*.whl")
        if (found := re.findall(r"manylinux_(\d+)_(\d+)_", wheel.name))
    ]
    return "{}.{}".format(*max(needs, default=(2, 17)))
