"""A seal opened from a profile that is loaded, for as long as it is needed. What reaches files, programs or services is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from evaluator.errors import InputError, Place, Problem, Words
from scorecards.sealing.drawing import checked_picture
from scorecards.sealing.errors import NotSealed
from scorecards.sealing.pkcs12 import Pkcs12Key
from scorecards.sealing.sealed import Box, SealLook, TimeStamps, sealed
from scorecards.sealing.signer import KeySigner, ServiceKey, ServiceSigner, Signer
from scorecards.sealing.stamping import Stamper
from scorecards.sealing.token import token_key
from scorecards.sealing.trusting import certificates_in

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
# Asks for the passphrase of a kind of key: its kind, the key of the profile that can name a file with it, what it is.
Ask = Callable[[str, str, Words], bytes]
# ``evaluator.loading.sealing.LoadedProfile``: scorecards know no file.
Loaded = Any


class Services(NamedTuple):
    """What a seal needs of the machine: the time, time stamps of an authority, and a signing program."""

    time_now: Callable[[], datetime]
    authority_at: Callable[..., Any]
    program_at: Callable[..., Any]


@contextmanager
def opened(loaded: Loaded, services: Services, ask: Ask, reason: str | None = None) -> Iterator[Seal]:
    """What signs the content of a PDF, given its name for problems; raises ``InputError`` for whatever is wrong.

    The key is opened, and its passphrase asked for, before anything is signed. The time of signing is when it is opened.
    """
    said = loaded.profile.seal
    box: Box = int(said.box) if said.box.isdecimal() else "none" if said.box == "none" else "last"
    try:
        picture = None if loaded.picture is None else checked_picture(loaded.picture)
    except NotSealed as fault:
        raise _in_profile(loaded, fault) from None
    look, signed_at = SealLook(box, picture, said.text), services.time_now()
    stamps = _stamps(loaded, services)
    with _opened_key(loaded, services, ask) as signer:

        def seal(content: bytes, name: str) -> bytes:
            try:
                return sealed(content, signer, signed_at, look=look, reason=reason, stamps=stamps)
            except NotSealed as fault:
                if fault.code in _OF_THE_PROFILE:
                    raise _in_profile(loaded, fault) from None
                raise InputError([Problem(fault.code, Place(name), fault.what, fault.mend)]) from None

        yield seal


def _in_profile(loaded: Loaded, fault: NotSealed, path: tuple[str, ...] | None = None) -> InputError:
    where = _OF_THE_PROFILE.get(fault.code, ()) if path is None else path
    found: InputError = loaded.problem(fault.code, where, fault.what, fault.mend)
    return found


def _stamps(loaded: Loaded, services: Services) -> TimeStamps | None:
    service = loaded.profile.timestamp
    if service is None:
        return None
    return TimeStamps(Stamper(services.authority_at(service.url, service.seconds)), loaded.trusted)


@contextmanager
def _opened_key(loaded: Loaded, services: Services, ask: Ask) -> Iterator[Signer]:
    token = loaded.profile.pkcs11
    if token is None:
        kind = "pkcs12" if loaded.profile.pkcs12 is not None else "program"
        try:
            signer = _key_file(loaded, ask) if kind == "pkcs12" else _program(loaded, services)
        except NotSealed as fault:
            raise _in_profile(loaded, fault, (kind,)) from None
        yield signer
        return
    try:
        pin = loaded.secret or ask("pkcs11", "pin_file", Words("令牌的口令", "PIN of the token"))
        with token_key(_module(loaded), token.token, token.label, pin.decode()) as key:
            yield KeySigner(key)
    except NotSealed as fault:
        raise _in_profile(loaded, fault, ("pkcs11",)) from None


def _module(loaded: Loaded) -> str:
    """A bare name is looked for by the system, a path is relative to the profile."""
    module = str(loaded.profile.pkcs11.module)
    return str(loaded.home.resolve() / module) if "/" in module or "\\" in module else module


def _program(loaded: Loaded, services: Services) -> Signer:
    program = loaded.profile.program
    ask = services.program_at(program.run, loaded.home, program.seconds)
    certificates = [one.dump() for one in certificates_in(loaded.certificate)]
    if program.gives == "cms":
        return ServiceSigner(certificates, ask)
    return KeySigner(ServiceKey(certificates, ask))


def _key_file(loaded: Loaded, ask: Ask) -> Signer:
    if loaded.secret is None:
        try:
            return KeySigner(Pkcs12Key(loaded.key_file, None))
        except NotSealed as fault:
            if fault.code != "wrong_passphrase":
                raise
    asked = Words("证书文件的口令", "Passphrase of the certificate file")
    passphrase = loaded.secret or ask("pkcs12", "passphrase_file", asked)
    return KeySigner(Pkcs12Key(loaded.key_file, passphrase))
