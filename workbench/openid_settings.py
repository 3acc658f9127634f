"""The file of ``duibiao serve --openid``: which provider signs people in, and as whom this server asks it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import Field

from evaluator.errors import Fault, InputError, Place, Problem, Words
from evaluator.loading.files import placed, read
from evaluator.loading.sealing import secret_in
from evaluator.model import Line, Model
from evaluator.validating import validate

LARGEST = 64 * 1024
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Label(Model):
    """How the provider is called on the page to sign in."""

    zh: Line = Field(max_length=40)
    en: Line = Field(max_length=60)


class OpenIdFile(Model):
    """One provider. The secret stands here or in a file of its own, which its owner alone may read."""

    openid: Literal[1]
    issuer: Line = Field(pattern=r"^https?://[!-~]+$", max_length=500)
    client_id: Line = Field(max_length=500)
    client_secret: Line | None = Field(None, max_length=500)
    client_secret_file: Line | None = None
    label: Label = Label(zh="统一身份认证", en="single sign-on")
    password: bool = True


class OpenIdSettings(NamedTuple):
    """What the file states, with the secret."""

    issuer: str
    client_id: str
    secret: str
    label: Words
    password: bool


def load_openid(path: Path) -> OpenIdSettings:
    """The settings in ``path``; raises ``InputError`` with every problem, each with its line."""
    source = read(path, LARGEST)
    stated = validate(OpenIdFile, source)
    problems = placed(_faults(stated), source)
    secret = stated.client_secret or ""
    try:
        if stated.client_secret_file is not None:
            secret = secret_in(path.parent / stated.client_secret_file).decode("ascii")
    except InputError as error:
        problems += error.problems
    except UnicodeDecodeError:
        what = Words("密钥只用英文字母、数字和符号", "a secret holds ASCII characters alone")
        problems.append(Problem("bad_secret", Place(stated.client_secret_file or ""), what))
    if stated.client_secret is not None and _others_read(path):
        what = Words("文件里有密钥，别人却也能读它", "others may read this file, and a secret stands in it")
        mend = Words(
            f"运行 chmod 600 {path}，或改用 client_secret_file",
            f"run chmod 600 {path}, or use client_secret_file",
        )
        problems.append(source.problem("open_to_others", ("client_secret",), what, mend))
    if problems:
        raise InputError(problems)
    label = Words(stated.label.zh, stated.label.en)
    return OpenIdSettings(stated.issuer, stated.client_id, secret, label, stated.password)


def is_private_way(url: str) -> bool:
    """Whether what is sent to ``url`` is read by nobody between: HTTPS, or this machine itself."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _faults(stated: OpenIdFile) -> Iterator[Fault]:
    if not is_private_way(stated.issuer):
        what = Words("身份提供方的地址要用 https", "the issuer is reached by https")
        yield Fault("issuer", ("issuer",), what, Words("写成 https://…", "write https://…"))
    secrets = [name for name in ("client_secret", "client_secret_file") if getattr(stated, name) is not None]
    if len(secrets) != 1:
        zh, en = (
            ("密钥写了两处", "the secret is given twice") if secrets else ("没有写密钥", "no secret is given")
        )
        mend = Words(
            "在 client_secret、client_secret_file 中写一种", "write one of client_secret, client_secret_file"
        )
        yield Fault("one_secret", tuple(secrets[-1:]), Words(zh, en), mend)


def _others_read(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
