"""A seal's profile from its file, with every file that it names; secrets only from files that their owner alone may read."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading.authorities import certificates_at
from evaluator.loading.files import contents, placed, read, refused
from evaluator.packages.names import shown
from evaluator.persons import persons_in
from evaluator.reading import Source
from evaluator.sealing_profile import SealingProfile, profile_faults
from evaluator.validating import validate

LARGEST_PROFILE = 64 * 1024
LARGEST_KEY_FILE = 1024 * 1024
LARGEST_PICTURE = 2 * 1024 * 1024
LARGEST_SECRET = 1024


class LoadedProfile(NamedTuple):
    """A profile with the content of its files: of the key file, the picture, the certificates of program and time stamps.

    ``secret`` is None where no file with it is named. ``home`` is where the profile lies: its paths are relative to it.
    """

    profile: SealingProfile
    source: Source
    home: Path
    key_file: bytes | None
    secret: bytes | None
    certificate: bytes | None
    picture: bytes | None
    trusted: tuple[bytes, ...]

    def problem(self, code: str, path: tuple[str, ...], what: Words, mend: Words | None) -> InputError:
        """The refusal of what the profile says at ``path``."""
        return InputError([self.source.problem(code, path, what, mend)])


def load_profile(path: Path) -> LoadedProfile:
    """The profile in ``path`` and its files; raises ``InputError`` with every problem of it and of them."""
    source = read(path, LARGEST_PROFILE)
    profile = validate(SealingProfile, source)
    problems = placed(profile_faults(profile), source)
    text = profile.seal.text
    if text is not None:
        problems += persons_in([(source.places().get(("seal", "text"), Place(source.file)), text)])
    home = path.parent

    def fetched(name: str | None, read_one: Callable[[Path], bytes]) -> bytes | None:
        try:
            return None if name is None else read_one(home / name)
        except InputError as error:
            problems.extend(error.problems)
            return None

    named = _files_of(profile)
    key_file = fetched(named.key_file, lambda one: contents(one, LARGEST_KEY_FILE))
    kept = fetched(named.secret, secret_in)
    certificate = fetched(named.certificate, certificates_at)
    picture = fetched(profile.seal.picture, lambda one: contents(one, LARGEST_PICTURE))
    stamps = profile.timestamp.trusted if profile.timestamp is not None else ()
    trusted = [fetched(one, certificates_at) for one in stamps]
    if problems:
        raise InputError(problems)
    roots = tuple(one for one in trusted if one is not None)
    return LoadedProfile(profile, source, home, key_file, kept, certificate, picture, roots)


class _Files(NamedTuple):
    key_file: str | None = None
    secret: str | None = None
    certificate: str | None = None


def _files_of(profile: SealingProfile) -> _Files:
    if profile.pkcs12 is not None:
        return _Files(profile.pkcs12.file, profile.pkcs12.passphrase_file)
    if profile.pkcs11 is not None:
        return _Files(secret=profile.pkcs11.pin_file)
    return _Files(certificate=profile.program.certificate if profile.program is not None else None)


def secret_in(path: Path) -> bytes:
    """The passphrase or PIN in a file, its first line; raises ``InputError`` where others than its owner may read it."""
    if not path.is_file():
        return contents(path, LARGEST_SECRET)
    try:
        with path.open("rb") as file:
            # Asked of the open file: the name may mean another one by then.
            state = os.fstat(file.fileno())
            content = file.read(LARGEST_SECRET + 1)
    except OSError:
        raise refused(path, "unreadable", "文件读不出来", "the file cannot be read") from None
    if os.name == "posix" and (state.st_mode & (stat.S_IRWXG | stat.S_IRWXO) or state.st_uid != os.geteuid()):
        raise _open_to_others(path, stat.S_IMODE(state.st_mode))
    secret = content.partition(b"\n")[0].removesuffix(b"\r")
    if not secret or len(content) > LARGEST_SECRET:
        what = ("口令文件应只有一行口令", "the file is to hold the passphrase on one line")
        raise refused(path, "bad_secret", *what)
    return secret


def _open_to_others(path: Path, mode: int) -> InputError:
    what = Words(
        f"别人也能读这个口令文件（权限 {mode:o}，或属于别人）",
        f"others than you may read this file with a secret (mode {mode:o}, or another's)",
    )
    mend = Words(f"运行 chmod 600 {shown(path)}", f"run chmod 600 {shown(path)}")
    return InputError([Problem("open_to_others", Place(shown(path)), what, mend)])


def time_now() -> datetime:
    """The time by this machine's clock, in its time zone: what a signer states as the time of signing."""
    return datetime.now().astimezone().replace(microsecond=0)  # noqa: TID251 - a seal has its time from here
