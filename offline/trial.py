"""Install from the bundle in a new, smallest Debian without network, score and serve there. See ``script/offline-trial``."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from offline import sealing, visiting
from offline.bundling import EXAMPLE, collect

_CURRENT = "/opt/duibiao/current"
# What apt of the new system installs from; a package may add other settings of its own.
_SOURCES = "/etc/apt/sources.list* /var/lib/apt/lists"
_ANYBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups"
_SCORE = (
    f"{_ANYBODY} {_CURRENT}/bin/duibiao score /bundle/example.yaml --rules kunming-model-community --lang zh"
)


class Broken(Exception):
    """Something did not hold."""


class Machine:
    """A system of its own in a folder. Nothing that runs in it has a network device but its own, closed loopback."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, command: str, exit_code: int = 0) -> str:
        entered = f'mount -t proc proc "{self.root}/proc" && exec chroot "{self.root}" "$@"'
        alone = ["unshare", "--net", "--ipc", "--pid", "--fork", "--mount", "bash", "-c", entered, "enter"]
        bare = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"]
        done = subprocess.run(
            [*alone, *bare, "bash", "-c", command], capture_output=True, text=True, check=False
        )
        if done.returncode != exit_code:
            raise Broken(f"$ {command}\n{done.stdout}{done.stderr}[exit {done.returncode}]")
        return done.stdout + done.stderr

    def fingerprint(self, folder: str) -> str:
        return self.run(f"find {folder} -type f -exec sha256sum {{}} + | sort | sha256sum")


class Trial:
    """The steps, in their order; each says what it found."""

    def __init__(self, work: Path, bundle: Path, offered: list[str], mirror: str) -> None:
        self.work, self.bundle, self.offered, self.mirror = work, bundle, offered, mirror
        self.machine = Machine(work / "root")
        self.steps: list[tuple[str, Callable[[], str]]] = [
            ("新建最小的 Debian / a new, smallest Debian", self.make),
            ("断网，没有 Python / no network, no Python", self.look),
            ("核对并解开压缩包 / the archive checked and unpacked", self.unpack),
            ("改动过的文件被点名拒绝 / an altered file is refused by name", self.alter),
            ("安装 / install", self.install),
            ("普通用户评分 / score as a plain user", self.score),
            ("评分表核验无误 / the scorecard verifies", self.verify),
            ("再装一次什么也不变 / installing again changes nothing", self.repeat),
            ("升级，切换，退回 / upgrade, switch, go back", self.upgrade),
            ("工作台：首次登录，备份，恢复 / the workbench: first sign-in, backup, restore", self.serve),
        ]
        if {"postgresql", "nginx"} <= set(offered):
            self.steps.append(
                ("工作台：迁到 PostgreSQL，前有 nginx / moved to PostgreSQL, behind nginx", self.move)
            )
        self.steps.append(("没有留下别的 / nothing else is left", self.leftovers))

    def make(self) -> str:
        suite = platform.freedesktop_os_release()["VERSION_CODENAME"]
        subprocess.run(
            ["mmdebstrap", "--quiet", "--variant=apt", suite, str(self.machine.root), self.mirror], check=True
        )
        # What is installed shall not start servers from here.
        policy = self.machine.root / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
        self.apt = self.machine.fingerprint(_SOURCES)
        return f"{suite}, {self.machine.run('dpkg-query -W | wc -l').strip()} packages"

    def look(self) -> str:
        devices = self.machine.run("tail -n +3 /proc/net/dev | cut -d: -f1").split()
        if devices != ["lo"]:
            raise Broken(f"devices: {devices}")
        self.machine.run("exec 3<>/dev/tcp/1.1.1.1/53", exit_code=1)
        self.machine.run("command -v python3", exit_code=1)
        return "lo"

    def unpack(self) -> str:
        for suffix in ("", ".sha256"):
            shutil.copy(f"{self.bundle}{suffix}", self.machine.root / "root")
        name = self.bundle.stem
        self.machine.run(f"cd /root && sha256sum --check --quiet {name}.tar.sha256 && tar -xf {name}.tar")
        self.machine.run(f"mv /root/{name} /bundle && rm /root/{name}.tar*")
        return f"{self.bundle.stat().st_size / 1e6:.0f} MB"

    def alter(self) -> str:
        wheel = next(self.machine.root.glob("bundle/wheels/weasyprint-*"))
        whole = wheel.read_bytes()
        wheel.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        said = self.machine.run("/bundle/install", exit_code=1)
        wheel.write_bytes(whole)
        if f"altered: wheels/{wheel.name}" not in said or (self.machine.root / "opt/duibiao").exists():
            raise Broken(said)
        return wheel.name

    def install(self) -> str:
        asked = f" --with {','.join(self.offered)}" if self.offered else ""
        self.said = self.machine.run(f"/bundle/install{asked}")
        for one in self.offered:
            self.machine.run(f"dpkg-query -W -f '${{db:Status-Status}}' {one} | grep -x installed")
        size = self.machine.run("du -sm /opt/duibiao | cut -f1").strip()
        return f"{self.machine.run(f'{_CURRENT}/bin/duibiao --version').strip()}, {size} MB"

    def score(self) -> str:
        self.machine.run("install -d -o 65534 -g 65534 /srv/cards")
        return self.machine.run(f"{_SCORE} --out /srv/cards").splitlines()[0]

    def verify(self) -> str:
        """The same assessment as here, byte for byte, and a PDF that holds against it by our own check."""
        duibiao = Path(sys.executable).with_name("duibiao")
        asked = [duibiao, "score", EXAMPLE, "--rules", "kunming-model-community", "--lang", "zh"]
        subprocess.run([*asked, "--out", self.work / "here"], check=True, capture_output=True)
        (there,) = self.machine.root.glob("srv/cards/*.json")
        if there.read_bytes() != (self.work / "here" / there.name).read_bytes():
            raise Broken(f"{there.name}: other than here")
        pdf = there.with_suffix(".pdf")
        done = subprocess.run([duibiao, "verify", pdf], capture_output=True, text=True, check=False)
        if done.returncode or not pdf.read_bytes().startswith(b"%PDF-"):
            raise Broken(done.stdout + done.stderr)
        same = pdf.read_bytes() == (self.work / "here" / pdf.name).read_bytes()
        bytes_too = (
            "与本机逐字节相同 / the same bytes as here" if same else "与本机不同 / other bytes than here"
        )
        return f"{pdf.stat().st_size / 1e3:.0f} kB, {bytes_too}"

    def repeat(self) -> str:
        # The link itself is put in place again; what it leads to stays.
        stamped = "find /opt/duibiao -mindepth 2 -printf '%p %T@ %s\\n' | sort | sha256sum"
        before = self.machine.run(stamped)
        said = self.machine.run("/bundle/install")
        if "installed already" not in said or self.machine.run(stamped) != before:
            raise Broken(said)
        return ""

    def upgrade(self) -> str:
        old = self.machine.run(f"readlink {_CURRENT}").strip()
        self.machine.run("cp -r /bundle /newer && echo >>/newer/README.md")
        sealing.seal(self.machine.root / "newer")
        self.machine.run("/newer/install")
        new = self.machine.run(f"readlink {_CURRENT}").strip()
        if new == old:
            raise Broken(f"{_CURRENT} → {old}")
        self.machine.run(f"{_SCORE} --out /srv/cards")
        self.machine.run(f"ln -sfn {old} {_CURRENT} && rm -r /opt/duibiao/{new}")
        self.machine.run(f"{_SCORE} --out /srv/cards")
        return f"{old} → {new} → {old}"

    def serve(self) -> str:
        return self._visited("plain")

    def move(self) -> str:
        return self._visited("moved")

    def _visited(self, how: str) -> str:
        shutil.copy(visiting.__file__, self.machine.root / "root/visiting.py")
        return self.machine.run(f"{_CURRENT}/bin/python -I /root/visiting.py {how}").splitlines()[-1]

    def leftovers(self) -> str:
        if self.machine.fingerprint(_SOURCES) != self.apt:
            raise Broken(f"{_SOURCES}: changed")
        left = self.machine.run("ls -A /tmp /var/tmp /root/.cache 2>/dev/null; ls -A /opt/duibiao; true")
        if "duibiao-debs" in left or ".current.new" in left or "tmp." in left:
            raise Broken(left)
        return ""


def main() -> None:
    options = argparse.ArgumentParser(prog="script/offline-trial", description=__doc__)
    options.add_argument("--bundle", type=Path, help="a .tar that is there already; else one is collected")
    options.add_argument("--with", dest="offered", default="", help="postgresql,nginx: install these, too")
    options.add_argument(
        "--mirror", default="http://deb.debian.org/debian", help="of Debian, for the new system"
    )
    given = options.parse_args()
    if os.geteuid() or not all(map(shutil.which, ("mmdebstrap", "unshare", "chroot"))):
        click.echo(
            "需要管理员身份和 mmdebstrap(apt-get install mmdebstrap)\n"
            "root and mmdebstrap are needed (apt-get install mmdebstrap)",
            err=True,
        )
        sys.exit(2)
    offered = [one for one in given.offered.split(",") if one]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="offline-trial-") as made:
        work = Path(made)
        work.chmod(0o755)
        bundle = given.bundle
        if not bundle:
            folder = collect(work / "collected", offered, with_debs=True)
            bundle = folder.with_name(f"{folder.name}.tar")
            _tell("收集 / collect", f"{bundle.stat().st_size / 1e6:.0f} MB", begun)
        trial = Trial(work, bundle, offered, given.mirror)
        for name, step in trial.steps:
            since = time.monotonic()
            try:
                found = step()
            except (Broken, subprocess.CalledProcessError, OSError) as error:
                _tell(name, "未通过 / failed", since)
                click.echo(error)
                sys.exit(1)
            _tell(name, found, since)
    click.echo(f"全部通过 / all passed: {time.monotonic() - begun:.0f} s")


def _tell(name: str, found: str, since: float) -> None:
    click.echo(f"{time.monotonic() - since:5.1f} s  {name}{': ' if found else ''}{found}")


if __name__ == "__main__":
    main()
