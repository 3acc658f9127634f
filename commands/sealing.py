"""A unit's seal, opened from its profile for as long as it is needed: ``duibiao sign`` and ``duibiao score --sign`` use it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import speak
from evaluator.errors import InputError, Place, Problem, Words

if TYPE_CHECKING:
    from evaluator.loading.sealing import LoadedProfile
    from scorecards.sealing import NotSealed
    from scorecards.sealing.sealed import Box, TimeStamps
    from scorecards.sealing.signer import Signer

# Which part of the profile a fault is of that shows only when a file is signed.
_OF_THE_PROFILE: dict[str, tuple[str, ...]] = {
    "bad_certificate": (),
    "bad_signature": (),
    "glyph_missing": ("seal", "text"),
    "seal_picture": ("seal", "picture"),
    "service_answer": ("program", "run"),
    "timestamp": ("timestamp",),
    "token": ("pkcs11",),
    "too_large": (),
}
Seal = Callable[[bytes, str], bytes]

sign_option = click.option(
    "--sign",
    "sealing",
    type=click.Path(path_type=Path),
    metavar=speak("方案", "PROFILE"),
    help=speak(
        "按这个签章方案（.yaml）给评分表签章", "sign the PDF scorecards by this profile (.yaml) of a seal"
    ),
)


def refuse_unsignable(sealing: Path | None, formats: tuple[str, ...], pdf: str) -> None:
    """Raise ``UsageError`` where nothing that is made could be signed."""
    if sealing is not None and "pdf" not in formats:
        raise click.UsageError(speak("--sign 要配 --format pdf", "--sign goes with --format pdf"))
    if sealing is not None and pdf == "ua":
        zh = "--sign 不能配 --pdf ua：签章会使文件不再符合 PDF/UA 和 PDF/A"
        en = "--sign does not go with --pdf ua: a signature would make both claims, PDF/UA and PDF/A, untrue"
        raise click.UsageError(speak(zh, en))


@contextmanager
def seal_if_wanted(path: Path | None) -> Iterator[Seal]:
    """The seal of the profile in ``path``; without one, what leaves a PDF as it is."""
    if path is None:
        yield lambda content, _name: content
    else:
        with opened_seal(path) as seal:
            yield seal


@contextmanager
def opened_seal(path: Path, reason: str | None = None) -> Iterator[Seal]:
    """What signs the content of a PDF, given its name for problems; raises ``InputError`` for whatever is wrong.

    The key is opened, and its passphrase asked for, before anything is signed. The time of signing is when it is opened.
    """
    from evaluator.loading.sealing import load_profile, time_now
    from scorecards.sealing import NotSealed
    from scorecards.sealing.drawing import checked_picture
    from scorecards.sealing.sealed import SealLook, sealed

    loaded = load_profile(path)
    said = loaded.profile.seal
    box: Box = int(said.box) if said.box.isdecimal() else "none" if said.box == "none" else "last"
    try:
        picture = None if loaded.picture is None else checked_picture(loaded.picture)
    except NotSealed as fault:
        raise _in_profile(loaded, fault) from None
    look, signed_at, stamps = SealLook(box, picture, said.text), time_now(), _stamps(loaded)
    with _opened_key(loaded) as signer:

        def seal(content: bytes, name: str) -> bytes:
            try:
                return sealed(content, signer, signed_at, look=look, reason=reason, stamps=stamps)
            except NotSealed as fault:
                if fault.code in _OF_THE_PROFILE:
                    raise _in_profile(loaded, fault) from None
                raise InputError([Problem(fault.code, Place(name), fault.what, fault.mend)]) from None

        yield seal


def _in_profile(loaded: LoadedProfile, fault: NotSealed, path: tuple[str, ...] | None = None) -> InputError:
    where = _OF_THE_PROFILE.get(fault.code, ()) if path is None else path
    return loaded.problem(fault.code, where, fault.what, fault.mend)


def _stamps(loaded: LoadedProfile) -> TimeStamps | None:
    from evaluator.loading.sealing_services import authority_at
    from scorecards.sealing.sealed import TimeStamps
    from scorecards.sealing.stamping import Stamper

    service = loaded.profile.timestamp
    if service is None:
        return None
    return TimeStamps(Stamper(authority_at(service.url, service.seconds)), loaded.trusted)


@contextmanager
def _opened_key(loaded: LoadedProfile) -> Iterator[Signer]:
    from scorecards.sealing import NotSealed
    from scorecards.sealing.signer import KeySigner
    from scorecards.sealing.token import token_key

    token = loaded.profile.pkcs11
    if token is None:
        kind = "pkcs12" if loaded.profile.pkcs12 is not None else "program"
        try:
            signer = _key_file(loaded) if kind == "pkcs12" else _program(loaded)
        except NotSealed as fault:
            raise _in_profile(loaded, fault, (kind,)) from None
        yield signer
        return
    try:
        pin = loaded.secret or _asked(loaded, "pkcs11", "pin_file", Words("令牌的口令", "PIN of the token"))
        with token_key(_module(loaded), token.token, token.label, pin.decode()) as key:
            yield KeySigner(key)
    except NotSealed as fault:
        raise _in_profile(loaded, fault, ("pkcs11",)) from None


def _module(loaded: LoadedProfile) -> str:
    """A bare name is looked for by the system, a path is relative to the profile."""
    assert loaded.profile.pkcs11 is not None
    module = loaded.profile.pkcs11.module
    return str(loaded.home.resolve() / module) if "/" in module or "\\" in module else module


def _program(loaded: LoadedProfile) -> Signer:
    from evaluator.loading.sealing_services import program_at
    from scorecards.sealing.signer import KeySigner, ServiceKey, ServiceSigner
    from scorecards.sealing.trusting import certificates_in

    program = loaded.profile.program
    assert program is not None
    assert loaded.certificate is not None
    ask = program_at(program.run, loaded.home, program.seconds)
    certificates = [one.dump() for one in certificates_in(loaded.certificate)]
    if program.gives == "cms":
        return ServiceSigner(certificates, ask)
    return KeySigner(ServiceKey(certificates, ask))


def _key_file(loaded: LoadedProfile) -> Signer:
    from scorecards.sealing import NotSealed
    from scorecards.sealing.pkcs12 import Pkcs12Key
    from scorecards.sealing.signer import KeySigner

    assert loaded.key_file is not None
    if loaded.secret is None:
        try:
            return KeySigner(Pkcs12Key(loaded.key_file, None))
        except NotSealed as fault:
            if fault.code != "wrong_passphrase":
                raise
    asked = Words("证书文件的口令", "Passphrase of the certificate file")
    passphrase = loaded.secret or _asked(loaded, "pkcs12", "passphrase_file", asked)
    return KeySigner(Pkcs12Key(loaded.key_file, passphrase))


def _asked(loaded: LoadedProfile, kind: str, key: str, what: Words) -> bytes:
    if not sys.stdin.isatty():
        missing = Words(f"需要{what.zh}", f"the {what.en[0].lower() + what.en[1:]} is needed")
        mend = Words(
            f"在终端上运行，按提示输入；或写 {key}，指出只有本人能读的口令文件",
            f"run it at a terminal, where it is asked for, or name with {key} a file with it that only you may read",
        )
        raise loaded.problem("no_passphrase", (kind,), missing, mend)
    return str(click.prompt(speak(what.zh, what.en), hide_input=True, err=True)).encode()
