"""The system packages and all that they need beyond the smallest Debian, as a source that apt installs from."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from pathlib import Path

# What script/bootstrap --runtime asks for. No python3-venv: pip comes as a wheel, so ensurepip is not needed.
LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig")
PYTHON = "python3"
# Essential packages and apt: no Debian that can install anything has less.
_SMALLEST = ("?essential", "apt")
_INSTALLS = re.compile(r"^Inst (\S+) \((\S+) ", re.MULTILINE)


class Debs:
    """Asks the machine's apt, with its sources and keys, as if nothing but the smallest system were installed."""

    def __init__(self, work: Path) -> None:
        # _apt, which apt downloads as, has to get in.
        work.chmod(0o755)
        self._archives = work / "archives"
        self._status = work / "status"
        (self._archives / "partial").mkdir(parents=True)
        self._status.write_text("")
        self._apt = [f"Dir::State::status={self._status}", f"Dir::Cache={work}", "Debug::NoLocking=true"]
        self._apt += [f"Dir::Cache::archives={self._archives}/", "APT::Install-Recommends=false"]
        self._apt += ["APT::Get::AllowUnauthenticated=false", "APT::Keep-Downloaded-Packages=true"]
        self._status.write_text(self._installed(_SMALLEST))

    def python(self) -> str | None:
        """The version of the distribution's own Python, such as 3.11."""
        found = re.search(
            rf"^Inst {PYTHON} \((\d+\.\d+)", self._ask("apt-get", "-s", "install", PYTHON), re.MULTILINE
        )
        return found[1] if found else None

    def fetch(self, names: list[str], into: Path) -> None:
        """Download the packages with what they need, by the signatures of the sources, and list them for apt."""
        self._ask("apt-get", "--yes", "--download-only", "install", *names)
        into.mkdir(exist_ok=True)
        for deb in self._archives.glob("*.deb"):
            # The epoch is left out, as in Debian's own pool: a % would be quoted.
            deb.rename(into / re.sub(r"_\d+%3a", "_", deb.name))
        (into / "Packages").write_text(index(into), encoding="utf-8")

    def _installed(self, names: tuple[str, ...]) -> str:
        wanted = _INSTALLS.findall(self._ask("apt-get", "-s", "install", *names))
        told = self._ask("apt-cache", "show", *(f"{name}={version}" for name, version in wanted))
        once = {one.split("\n", 1)[0]: one for one in told.strip().split("\n\n")}
        return "".join(f"{one.strip()}\nStatus: install ok installed\n\n" for one in once.values())

    def _ask(self, command: str, *arguments: str) -> str:
        options = [part for one in self._apt for part in ("-o", one)]
        return subprocess.run(
            [command, *options, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        ).stdout


def index(folder: Path) -> str:
    """What apt reads of a folder of packages, without the tools that Debian makes it with."""
    parts = []
    for deb in sorted(folder.glob("*.deb")):
        control = subprocess.run(["dpkg-deb", "-f", deb], check=True, capture_output=True, text=True).stdout
        content = deb.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        parts.append(f"{control.strip()}\nFilename: ./{deb.name}\nSize: {len(content)}\nSHA256: {digest}\n")
    return "\n".join(parts)
