"""The bundle for a machine without internet: what it is made of, and that its installer trusts only what was sealed.

A bundle of stand-ins is enough here. A real one, in a system without network: ``script/offline-trial``.
"""

from __future__ import annotations

import ensurepip
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from offline import bundling, debs, sealing, wheels

ROOT = Path(__file__).parent.parent
PYTHON = "{}.{}".format(*sys.version_info)
PIPS = [
    *Path(ensurepip.__file__).parent.glob("_bundled/pip-*.whl"),
    *Path("/usr/share/python-wheels").glob("pip-*.whl"),
]
SAYS = """import sys
def main():
    print("stand-in", *sys.argv[1:])
    sys.exit({doctor} if "doctor" in sys.argv else 0)
"""

# What pip would do with the stand-in, in a hundredth of the time: only where pip itself is looked at does the real one run.
QUICK_PIP = """import glob, sys, zipfile
from pathlib import Path
if "install" in sys.argv:
    assert "--require-hashes" in sys.argv and "--no-index" in sys.argv
    site = next(one for one in sys.path if one.endswith("site-packages"))
    zipfile.ZipFile(*glob.glob("wheels/duibiao-*.whl")).extractall(site)
    command = Path(sys.executable).with_name("duibiao")
    command.write_text(f"#!/bin/sh\\nexec '{sys.executable}' -c 'import stand_in; stand_in.main()' \\"$@\\"\\n")
    command.chmod(0o755)
"""

installs = pytest.mark.skipif(
    not PIPS or platform.system() != "Linux", reason="needs Linux, and the pip that comes with Python"
)


def stand_in_wheel(folder: Path, doctor: int = 0) -> None:
    """A project called duibiao whose command says what it was asked."""
    with zipfile.ZipFile(folder / "duibiao-0.1.0-py3-none-any.whl", "w") as wheel:
        info = "duibiao-0.1.0.dist-info"
        wheel.writestr("stand_in.py", SAYS.format(doctor=doctor))
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: duibiao\nVersion: 0.1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/entry_points.txt", "[console_scripts]\nduibiao = stand_in:main\n")
        wheel.writestr(f"{info}/RECORD", "")


class Bundle:
    """A folder as ``script/offline-bundle`` makes it, of stand-ins, and what its installer said."""

    def __init__(self, folder: Path, doctor: int = 0, *, real_pip: bool = False, **target: str) -> None:
        self.folder, self.to = folder, folder.parent / "装在 here"
        shutil.copytree(ROOT / "offline/bundle", folder)
        shutil.copytree(ROOT / "deploy", folder / "deploy")
        (folder / "wheels").mkdir()
        (folder / "debs").mkdir()
        if real_pip:
            shutil.copy(PIPS[0], folder / "wheels")
        else:
            with zipfile.ZipFile(folder / "wheels/pip-0-py3-none-any.whl", "w") as wheel:
                wheel.writestr("pip/__main__.py", QUICK_PIP)
        stand_in_wheel(folder / "wheels", doctor)
        (folder / wheels.WHEELS_LOCK).write_text(wheels.wheels_lock(folder / "wheels", "", "duibiao"))
        release = platform.freedesktop_os_release()
        system = f"{release['ID']} {release.get('VERSION_ID', '')}"
        fits = {"version": "0.1.0", "python": PYTHON, "machine": platform.machine(), "glibc": "2.1"}
        told = {**fits, "system": system, "packages": "", **target}
        (folder / "target").write_text("".join(f"{key}={value}\n" for key, value in told.items()))
        sealing.seal(folder)

    def install(self, *arguments: str, path: Path | None = None, **environment: str) -> tuple[int, str]:
        found = f"{path}:{os.environ['PATH']}" if path else os.environ["PATH"]
        done = subprocess.run(
            [self.folder / "install", "--to", self.to, *arguments],
            env={**os.environ, "PYTHON": sys.executable, **environment, "PATH": found},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    @property
    def installed(self) -> list[str]:
        return sorted(one.name for one in self.to.iterdir()) if self.to.exists() else []


def command(folder: Path, name: str, body: str) -> Path:
    """A program that stands before the real one on the path."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return Bundle(tmp_path / "离线 bundle")


@installs
def test_a_whole_bundle_is_installed_by_pip_and_switched_to(tmp_path: Path) -> None:
    bundle = Bundle(tmp_path / "离线 bundle", real_pip=True)
    code, said = bundle.install()
    assert (code, "stand-in --version\nstand-in doctor\n" in said) == (0, True), said
    assert (bundle.to / "current/deploy/duibiao-backup").is_file()
    digest = hashlib.sha256((bundle.folder / "SHA256SUMS").read_bytes()).hexdigest()
    assert bundle.installed == [f"0.1.0-{digest[:8]}", "current"]
    duibiao = bundle.to / "current/bin/duibiao"
    assert subprocess.run([duibiao, "x"], capture_output=True, check=True).stdout == b"stand-in x\n"


@installs
def test_installing_the_same_bundle_again_leaves_it_as_it_is(bundle: Bundle) -> None:
    bundle.install()
    marked = bundle.to / "current" / "mark"
    marked.touch()
    code, said = bundle.install()
    assert (code, "installed already" in said, marked.exists()) == (0, True, True)


@installs
def test_what_was_never_finished_is_made_anew(bundle: Bundle) -> None:
    bundle.install()
    for name in ("SHA256SUMS", "bin/duibiao"):
        (bundle.to / "current" / name).unlink()
    assert bundle.install()[0] == 0
    assert (bundle.to / "current/bin/duibiao").exists()


@installs
def test_a_newer_bundle_stands_beside_the_older_one_which_can_be_gone_back_to(
    bundle: Bundle, tmp_path: Path
) -> None:
    bundle.install()
    (old,) = set(bundle.installed) - {"current"}
    newer = Bundle(tmp_path / "newer", version="0.2.0")
    code, said = newer.install()
    assert (code, len(newer.installed)) == (0, 3)
    assert (newer.to / "current").readlink().name.startswith("0.2.0-")
    (back,) = re.findall(r"go back: (ln -sfn \S+) ", said)
    subprocess.run([*back.split(), newer.to / "current"], check=True)
    assert (newer.to / "current").readlink() == Path(old)
    assert subprocess.run([newer.to / "current/bin/duibiao"], check=True, capture_output=True).stdout


def alter(folder: Path) -> None:
    with (folder / "target").open("a") as file:
        file.write(" ")


def withdraw(folder: Path) -> None:
    (folder / "wheels.lock").unlink()


def slip_in(folder: Path) -> None:
    (folder / "wheels/evil-1-py3-none-any.whl").touch()


def slip_in_a_link(folder: Path) -> None:
    (folder / "wheels/linked.whl").symlink_to("/etc/passwd")


def swap(folder: Path) -> None:
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to("/etc/passwd")


@installs
@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (alter, ["altered: target"]),
        (withdraw, ["missing: wheels.lock"]),
        (slip_in, ["not listed: wheels/evil-1-py3-none-any.whl"]),
        (slip_in_a_link, ["not listed: wheels/linked.whl"]),
        (swap, ["altered: README.md"]),
        (
            lambda folder: [one(folder) for one in (alter, withdraw, slip_in)],
            ["altered: target", "missing: wheels.lock", "not listed: wheels/evil-1-py3-none-any.whl"],
        ),
    ],
    ids=["altered", "missing", "extra", "extra link", "swapped for a link", "all at once"],
)
def test_a_file_that_is_not_as_it_was_sealed_is_named_and_nothing_is_installed(
    bundle: Bundle, harm: Callable[[Path], object], named: list[str]
) -> None:
    harm(bundle.folder)
    for arguments in ([], ["--check"]):
        code, said = bundle.install(*arguments)
        told = re.findall(r" / ((?:altered|missing|not listed): .+)", said)
        assert (code, sorted(told)) == (1, named), said
    assert bundle.installed == []


@installs
@pytest.mark.parametrize(
    ("sums", "said"),
    [(None, "SHA256SUMS is missing"), ("", "SHA256SUMS is missing"), ("z", "SHA256SUMS itself is damaged")],
    ids=["none", "empty", "a line that is no hash"],
)
def test_a_list_of_hashes_that_cannot_be_relied_on_is_refused(
    bundle: Bundle, sums: str | None, said: str
) -> None:
    file = bundle.folder / "SHA256SUMS"
    whole = file.read_text()
    file.unlink()
    if sums is not None:
        file.write_text(sums and sums * 64 + whole[64:])
    code, words = bundle.install()
    assert (code, said in words, bundle.installed) == (1, True, []), words


@installs
def test_checking_alone_installs_nothing(bundle: Bundle) -> None:
    code, said = bundle.install("--check")
    assert (code, "the files are as they were collected" in said, bundle.installed) == (0, True, [])


@installs
def test_an_old_python_is_refused_with_its_version_and_the_one_that_is_needed(
    bundle: Bundle, tmp_path: Path
) -> None:
    old = command(tmp_path / "bin", "python3", 'case "$2" in *print*) echo 3.9 ;; esac')
    code, said = bundle.install(PYTHON=str(old / "python3"))
    assert (code, bundle.installed) == (1, [])
    assert f"python3 is 3.9; needed is Python {PYTHON} with venv" in said


@installs
@pytest.mark.parametrize(
    ("target", "said"),
    [
        ({"machine": "s390x"}, "the bundle is for s390x"),
        ({"glibc": "2.999"}, "at least 2.999 is needed"),
        ({"python": "9.9"}, "Python 9.9 with venv is needed"),
    ],
    ids=["another processor", "a newer glibc", "another Python"],
)
def test_a_machine_that_the_wheels_do_not_fit_is_refused(
    tmp_path: Path, target: dict[str, str], said: str
) -> None:
    other = Bundle(tmp_path / "other", **target)
    code, words = other.install(PYTHON="")
    assert (code, said in words, other.installed) == (1, True, []), words


@installs
@pytest.mark.parametrize(
    ("told", "user", "packages", "said"),
    [
        ({}, 1000, "libpango-1.0-0", "System packages are missing: libpango-1.0-0. Run this as root"),
        ({}, 0, "other", "does not hold the system package libpango-1.0-0"),
        ({"system": "plan9 4"}, 0, "libpango-1.0-0", "Those in the bundle are of plan9 4"),
        ({}, 0, "libpango-1.0-0", "Installing the system packages failed"),
    ],
    ids=["not root", "not in the bundle", "another system", "apt fails"],
)
def test_system_packages_that_cannot_be_added_are_named(
    tmp_path: Path, told: dict[str, str], user: int, packages: str, said: str
) -> None:
    lacking = Bundle(tmp_path / "lacking", packages="libpango-1.0-0", **told)
    (lacking.folder / "debs/Packages").write_text(f"Package: {packages}\n")
    sealing.seal(lacking.folder)
    path = command(tmp_path / "bin", "dpkg-query", "exit 1")
    command(path, "id", f"echo {user}")
    command(path, "apt-get", "exit 100")
    code, words = lacking.install(path=path)
    assert (code, said in words, lacking.installed) == (1, True, []), words


@installs
def test_system_packages_that_are_there_already_are_not_asked_for(tmp_path: Path) -> None:
    complete = Bundle(tmp_path / "complete", packages="python3 libpango-1.0-0")
    path = command(tmp_path / "bin", "dpkg-query", "echo installed")
    command(path, "apt-get", "exit 100")
    assert complete.install(path=path)[0] == 0


@installs
def test_a_wheel_of_another_hash_than_the_lock_says_is_not_installed(tmp_path: Path) -> None:
    bundle = Bundle(tmp_path / "bundle", real_pip=True)
    lock = bundle.folder / wheels.WHEELS_LOCK
    lock.write_text(re.sub(r"(?<=duibiao==0.1.0 --hash=sha256:)\w{64}", "0" * 64, lock.read_text()))
    sealing.seal(bundle.folder)
    code, said = bundle.install()
    assert (code, "it was undone" in said, bundle.installed) == (1, True, []), said


@installs
def test_a_version_that_lacks_something_here_is_not_switched_to(bundle: Bundle, tmp_path: Path) -> None:
    bundle.install()
    before = bundle.installed
    ill = Bundle(tmp_path / "ill", doctor=1)
    code, said = ill.install()
    assert (code, "not switched to this version" in said, ill.installed) == (1, True, before), said


def test_the_same_files_make_the_same_archive_whenever_and_in_whatever_order(tmp_path: Path) -> None:
    names = ["b/2", "a", "b/1", "中文"]
    digests = []
    for turn, order in enumerate((names, names[::-1])):
        folder = tmp_path / str(turn) / "bundle"
        for name in order:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(name)
            (folder / name).chmod(0o600 if turn else 0o664)
            os.utime(folder / name, (turn, turn))
        (folder / "a").chmod(0o700 if turn else 0o775)
        sealing.seal(folder)
        digests.append(sealing.pack(folder, tmp_path / f"{turn}.tar", 1_700_000_000))
    assert digests[0] == digests[1] == hashlib.sha256((tmp_path / "1.tar").read_bytes()).hexdigest()
    with tarfile.open(tmp_path / "0.tar") as packed:
        assert [(one.name, oct(one.mode), one.mtime) for one in packed if one.isfile()] == [
            (f"bundle/{name}", mode, 1_700_000_000)
            for name, mode in (
                ("SHA256SUMS", "0o644"),
                ("a", "0o755"),
                ("b/1", "0o644"),
                ("b/2", "0o644"),
                ("中文", "0o644"),
            )
        ]


def test_every_file_is_listed_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    for name in ("wheels/x.whl", "install"):
        (tmp_path / name).write_text(name)
    sealing.seal(tmp_path)
    sealing.seal(tmp_path)
    assert (tmp_path / "SHA256SUMS").read_text() == "".join(
        f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n" for name in ("install", "wheels/x.whl")
    )


BACKEND = """
import zipfile
def build_wheel(folder, settings=None, metadata=None):
    info = "only_sdist-1.0.dist-info"
    with zipfile.ZipFile(folder + "/only_sdist-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(info + "/METADATA", "Metadata-Version: 2.1\\nName: only-sdist\\nVersion: 1.0\\n")
        wheel.writestr(info + "/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "/RECORD", "")
    return "only_sdist-1.0-py3-none-any.whl"
"""


@pytest.fixture
def sdist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source distribution that needs nothing to be built, where pip looks."""
    source, index = tmp_path / "only_sdist-1.0", tmp_path / "index"
    source.mkdir()
    index.mkdir()
    (source / "backend.py").write_text(BACKEND)
    (source / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: only-sdist\nVersion: 1.0\n")
    (source / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    )
    with tarfile.open(index / "only_sdist-1.0.tar.gz", "w:gz") as packed:
        packed.add(source, source.name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    return index / "only_sdist-1.0.tar.gz"


def test_what_has_no_wheel_is_built_from_its_sdist_and_held_to_the_bytes_that_were_built(
    sdist: Path, tmp_path: Path
) -> None:
    lock = tmp_path / "lock"
    lock.write_text(
        f"only-sdist==1.0 \\\n    --hash=sha256:{hashlib.sha256(sdist.read_bytes()).hexdigest()}\n"
    )
    wheels.fetch([lock], tmp_path / "wheels")
    (wheel,) = (tmp_path / "wheels").iterdir()
    held = wheels.wheels_lock(tmp_path / "wheels", lock.read_text(), "duibiao")
    assert "built from its sdist" in held
    assert held.endswith(f"only-sdist==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")


def test_what_the_lock_does_not_know_by_its_hash_is_not_taken(
    sdist: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "lock"
    lock.write_text(f"only-sdist==1.0 \\\n    --hash=sha256:{'0' * 64}\n")
    with pytest.raises(subprocess.CalledProcessError):
        wheels.fetch([lock], tmp_path / "wheels")
    assert "DO NOT MATCH THE HASHES" in capfd.readouterr().err
    assert [*(tmp_path / "wheels").glob("*.whl")] == []


@pytest.mark.parametrize(
    ("names", "least"),
    [
        (["a-1-py3-none-any.whl"], "2.17"),
        (["a-1-cp311-cp311-manylinux_2_34_x86_64.whl", "b-1-cp311-cp311-manylinux_2_28_x86_64.whl"], "2.34"),
        (["a-1-cp311-cp311-manylinux_2_5_x86_64.manylinux_2_28_x86_64.whl"], "2.5"),
        (["a-1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64.whl"], "2.17"),
    ],
    ids=["pure", "the most demanding wheel", "the least of one wheel", "an old name beside"],
)
def test_the_glibc_that_is_needed_is_the_least_that_all_wheels_are_content_with(
    tmp_path: Path, names: list[str], least: str
) -> None:
    for name in names:
        (tmp_path / name).touch()
    assert wheels.least_glibc(tmp_path) == least


def test_pip_is_locked_with_its_hash() -> None:
    held = wheels.pinned("pip", (ROOT / wheels.TOOLS_LOCK).read_text(encoding="utf-8"))
    assert held is not None
    assert re.fullmatch(r"pip==\S+ \\\n( +--hash=sha256:\w{64}( \\)?\n)+", held)


def test_the_libraries_are_those_that_bootstrap_asks_for() -> None:
    asked = (ROOT / "script/bootstrap").read_text(encoding="utf-8")
    table = asked[asked.index("LIBRARIES = {") : asked.index("COMMANDS = {")]
    assert set(re.findall(r'^    "([a-z0-9.-]+)": \[', table, re.MULTILINE)) == set(debs.LIBRARIES)


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="needs dpkg-deb")
def test_a_folder_of_packages_is_listed_as_apt_reads_it(tmp_path: Path) -> None:
    control = "Package: tiny\nVersion: 1:2-3\nArchitecture: all\nMaintainer: nobody\nDescription: tiny\n"
    (tmp_path / "tree/DEBIAN").mkdir(parents=True)
    (tmp_path / "tree/DEBIAN/control").write_text(control)
    deb = tmp_path / "tiny_2-3_all.deb"
    subprocess.run(["dpkg-deb", "--build", tmp_path / "tree", deb], check=True, capture_output=True)
    content = deb.read_bytes()
    assert debs.index(tmp_path) == (
        f"{control}Filename: ./{deb.name}\nSize: {len(content)}\nSHA256: {hashlib.sha256(content).hexdigest()}\n"
    )


def test_a_bundle_that_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    there = tmp_path / f"duibiao-offline-{project['version']}.tar"
    there.touch()
    with pytest.raises(SystemExit, match=re.escape(f"{there} is there already")):
        bundling.collect(tmp_path, [], with_debs=False)
    assert [*tmp_path.iterdir()] == [there]


def test_a_collection_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(locks: list[Path], into: Path) -> None:
        into.mkdir()
        raise subprocess.CalledProcessError(1, ["pip"])

    monkeypatch.setattr(wheels, "fetch", fails)
    monkeypatch.setattr(sys, "argv", ["offline-bundle", "--out", str(tmp_path), "--no-debs"])
    with pytest.raises(SystemExit, match="nothing was written: pip"):
        bundling.main()
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("page", ["docs/deploy.md", "offline/bundle/README.md"])
def test_every_option_that_the_pages_name_is_one_that_the_command_has(page: str) -> None:
    has = {
        "script/offline-bundle": (ROOT / "offline/bundling.py").read_text(encoding="utf-8"),
        "script/offline-trial": (ROOT / "offline/trial.py").read_text(encoding="utf-8"),
        "./install": (ROOT / "offline/bundle/install").read_text(encoding="utf-8"),
    }
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(rf"({'|'.join(map(re.escape, has))})((?: +-*[^\s`#]+)*)", text)
    options = [(name, option) for name, rest in named for option in re.findall(r"--[a-z-]+", rest)]
    assert options
    assert [
        (name, option)
        for name, option in options
        if f'"{option}"' not in has[name] and f"{option})" not in has[name]
    ] == []
