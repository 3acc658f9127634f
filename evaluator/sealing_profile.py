"""The profile of a unit's seal: which key signs, how the seal looks, who stamps the time. No secret stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from evaluator.errors import Fault, Words
from evaluator.model import Line, Model, Tuple

LONGEST_TEXT = 60
LONGEST_WAIT = 600


class KeyFile(Model):
    """A PKCS #12 file and, unless it is asked for, the file with its passphrase."""

    file: Line
    passphrase_file: Line | None = None


class KeyToken(Model):
    """A key in a token, found by the token's name and the key's label."""

    module: Line
    token: Line
    label: Line
    pin_file: Line | None = None


class KeyProgram(Model):
    """A program of the unit's seal service; ``run`` is its path and its arguments."""

    run: Tuple[Line] = Field(min_length=1)
    certificate: Line
    gives: Literal["signature", "cms"]
    seconds: int = Field(60, ge=1, le=LONGEST_WAIT)


class SealLooks(Model):
    """Where the seal goes on the signature page, and its picture, or what is written in it."""

    box: Line = Field("last", pattern=r"^(?:last|none|[1-9])$")
    picture: Line | None = None
    text: Line | None = Field(None, max_length=LONGEST_TEXT)


class TimeStampService(Model):
    """Who stamps the time (RFC 3161), and the certificates to which its stamps must lead."""

    url: Line = Field(pattern=r"^https?://[!-~]+$")
    trusted: Tuple[Line] = ()
    seconds: int = Field(30, ge=1, le=LONGEST_WAIT)


class SealingProfile(Model):
    """One key of three kinds, the look of the seal, and a time stamp service if there is one."""

    sealing: Literal[1]
    pkcs12: KeyFile | None = None
    pkcs11: KeyToken | None = None
    program: KeyProgram | None = None
    seal: SealLooks = SealLooks()
    timestamp: TimeStampService | None = None


def profile_faults(profile: SealingProfile) -> Iterator[Fault]:
    """What no single key shows: not one key, or two ways to say the same."""
    keys = [name for name in ("pkcs12", "pkcs11", "program") if getattr(profile, name) is not None]
    if len(keys) != 1:
        zh = "写了几种密钥" if keys else "没有写用哪个密钥"
        en = "more than one key is given" if keys else "it does not say which key signs"
        mend = Words("在 pkcs12、pkcs11、program 中写一种", "write one of pkcs12, pkcs11 and program")
        yield Fault("one_key", tuple(keys[-1:]), Words(zh, en), mend)
    if profile.program is not None and profile.program.gives == "cms" and profile.timestamp is not None:
        what = Words(
            "程序给出整个签名（cms）时，时间戳也由它加",
            "a program that gives the whole signature (cms) stamps the time, too",
        )
        mend = Words(
            "删去 timestamp，或改为 gives: signature", "leave timestamp out, or write gives: signature"
        )
        yield Fault("timestamp", ("timestamp",), what, mend)
    if profile.seal.picture is not None and profile.seal.text is not None:
        what = Words("有印章图片时不写字", "with a picture nothing is written in the seal")
        yield Fault(
            "picture_and_text", ("seal", "text"), what, Words("只写 picture 或 text 一项", "keep one of them")
        )
