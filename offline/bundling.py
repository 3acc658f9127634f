"""Collect what a machine without internet needs. See ``script/offline-bundle``."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

import click

from offline import debs, sealing, wheels

ROOT = Path(__file__).parent.parent
_BUNDLE = Path(__file__).parent / "bundle"
_DEPLOY = ROOT / "deploy"
EXAMPLE = ROOT / "examples/kunming-model-community/middling.yaml"


def main() -> None:
    options = argparse.ArgumentParser(prog="script/offline-bundle", description=__doc__)
    options.add_argument("--out", type=Path, default=ROOT / "dist", help="default: dist")
    options.add_argument("--with", dest="offered", default="", help="postgresql,nginx: other Debian packages")
    options.add_argument("--no-debs", action="store_true", help="no system packages: the target has them")
    given = options.parse_args()
    offered = [one for one in given.offered.split(",") if one]
    if given.no_debs and offered:
        sys.exit("--no-debs 与 --with 不能同用 / --no-debs and --with exclude each other")
    if not given.no_debs and not all(map(shutil.which, ("apt-get", "apt-cache", "dpkg-deb"))):
        sys.exit(
            "本机没有 apt，不能收集 Debian 软件包：请在与目标机相同的 Debian 上收集，或加 --no-debs(目标机须自备 Pango 等)\n"
            "No apt here, so no Debian packages can be collected: collect on the Debian that the target runs, "
            "or add --no-debs (the target must have Pango and the rest itself)"
        )
    begun = time.monotonic()
    try:
        folder = collect(given.out, offered, with_debs=not given.no_debs)
    except subprocess.CalledProcessError as error:
        sys.exit(
            f"收集失败，未写出任何文件 / collecting failed, nothing was written: {' '.join(map(str, error.cmd[:4]))} …\n"
            f"{error.stderr or ''}网络、软件源是否可用？锁文件是否需要重做(script/lock)？ / "
            "Are network and package sources in reach? Do the locks have to be made anew (script/lock)?"
        )
    except OSError as error:
        sys.exit(f"读写失败 / could not read or write: {error.filename}: {error.strerror}")
    archive = folder.with_name(f"{folder.name}.tar")
    said = archive.with_name(f"{archive.name}.sha256").read_text().split()[0]
    click.echo(f"{folder}/")
    click.echo(f"{archive}  {archive.stat().st_size / 1e6:.0f} MB  sha256 {said}")
    click.echo(f"{time.monotonic() - begun:.0f} s", err=True)


def collect(out: Path, offered: list[str], *, with_debs: bool) -> Path:
    """Make the folder and its archive under ``out``; neither appears before all is there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    out.mkdir(parents=True, exist_ok=True)
    name = f"{project['name']}-offline-{project['version']}"
    ends = [name, f"{name}.tar", f"{name}.tar.sha256"]
    for there in (out / one for one in ends):
        if there.exists():
            sys.exit(
                f"已经有 {there}：请移走，或用 --out 另选文件夹 / {there} is there already: move it away, or name another --out"
            )
    with tempfile.TemporaryDirectory(prefix=".duibiao-", dir=out) as made:
        work, folder = Path(made), Path(made) / name
        folder.mkdir()
        shutil.copytree(_BUNDLE, folder, dirs_exist_ok=True)
        shutil.copytree(_DEPLOY, folder / "deploy")
        shutil.copy(EXAMPLE, folder / "example.yaml")
        shutil.copy(ROOT / wheels.LOCK, folder)
        _say("正在收集 wheel / collecting wheels")
        _wheels(work, folder, project["name"])
        system = []
        (folder / "debs").mkdir()
        if with_debs:
            _say("正在收集系统软件包 / collecting system packages")
            system = _debs(work, folder / "debs", offered)
        (folder / "target").write_text(_target(folder, project["version"], system), encoding="utf-8")
        sealing.seal(folder)
        sealing.pack(folder, work / f"{name}.tar", _moment())
        for one in ends:
            (work / one).rename(out / one)
    return out / name


def _wheels(work: Path, folder: Path, own: str) -> None:
    lock = (ROOT / wheels.LOCK).read_text(encoding="utf-8")
    locks, pip = [ROOT / wheels.LOCK], wheels.pinned("pip", lock)
    if pip is None:
        pip = wheels.pinned("pip", (ROOT / wheels.TOOLS_LOCK).read_text(encoding="utf-8"))
        assert pip, f"{wheels.TOOLS_LOCK} holds no pip"
        locks.append(work / "pip.lock")
        locks[-1].write_text(pip, encoding="utf-8")
    wheels.fetch(locks, folder / "wheels")
    wheels.build(ROOT, folder / "wheels")
    held = wheels.wheels_lock(folder / "wheels", lock + pip, own)
    (folder / wheels.WHEELS_LOCK).write_text(held, encoding="utf-8")
    for line in held.splitlines():
        if "sdist" in line:
            _say(line.removeprefix("# "))


def _debs(work: Path, into: Path, offered: list[str]) -> list[str]:
    (work / "apt").mkdir()
    apt = debs.Debs(work / "apt")
    wanted = list(debs.LIBRARIES)
    if apt.python() == _python():
        wanted.insert(0, debs.PYTHON)
    apt.fetch([*wanted, *offered], into)
    return wanted


def _target(folder: Path, version: str, system: list[str]) -> str:
    """What the machine must be, for ``install`` to read by lines."""
    release = platform.freedesktop_os_release() if system else {}
    return (
        f"version={version}\n"
        f"checkout={_git('rev-parse', '--short=12', 'HEAD')}{'-dirty' if _git('status', '--porcelain') else ''}\n"
        f"python={_python()}\n"
        f"machine={platform.machine()}\n"
        f"glibc={wheels.least_glibc(folder / 'wheels')}\n"
        f"system={' '.join(release.get(one, '') for one in ('ID', 'VERSION_ID')).strip()}\n"
        f"packages={' '.join(system)}\n"
    )


def _python() -> str:
    return "{}.{}".format(*sys.version_info)


def _moment() -> int:
    """The time that all entries of the archive bear: that of the commit, so that it says nothing of the run."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or _git("log", "-1", "--format=%ct") or 0)


def _git(*arguments: str) -> str:
    try:
        asked = ["git", "-C", str(ROOT), *arguments]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _say(words: str) -> None:
    click.echo(words, err=True)


if __name__ == "__main__":
    main()
