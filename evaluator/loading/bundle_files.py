"""Bundles as files: one ZIP whose every byte is known, so that any other byte is seen.

The members are stored, not compressed: nothing can unpack to more than the file holds, and the bytes do not depend on the library
that compressed them. What was read is packed again and compared with the file.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, TypeVar

from evaluator.bundles import (
    MANIFEST,
    OWN,
    SIGNATURE,
    Manifest,
    Signature,
    entries_of,
    member_fault,
)
from evaluator.canonical import canonical
from evaluator.errors import Fault, InputError, Place, Problem, RulesetError, Words
from evaluator.limits import in_force
from evaluator.loading.files import contents, read_text
from evaluator.loading.members import BROKEN
from evaluator.packages.names import clashes, shown
from evaluator.validating import validate

M = TypeVar("M", Manifest, Signature)

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_ORDINARY = 0o100644 << 16
# A dozen is all that there can be; of more that do not belong each is named.
_MOST_MEMBERS = 100
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_NEEDED = OWN[:3]
_ANEW = Words(
    "向发布单位重新索取原文件；不要解压后再打包",
    "ask the publisher for the file again; do not unpack and pack it anew",
)


_ALTERED = Words("内容在签名后被改动过", "it was altered after signing")


class Bundle(NamedTuple):
    """A bundle whose members are those that its signed manifest lists."""

    manifest: Manifest
    members: Mapping[str, bytes]
    signature: Signature


def bundle_bytes(manifest: bytes, signature: bytes, members: Mapping[str, bytes]) -> bytes:
    """The bundle's file: members in the order of their names, without a clock."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted({MANIFEST: manifest, SIGNATURE: signature, **members}.items()):
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.create_system, info.external_attr = 3, _ORDINARY
            archive.writestr(info, content)
    return target.getvalue()


def read_bundle(path: Path, vouched: str | None = None) -> Bundle:
    """The bundle in ``path``; raises ``RulesetError`` unless it is whole, unaltered and signed by a trusted key.

    ``vouched`` is the digest of the rules that the ruleset's own folder states for this version: a bundle of just these rules
    needs no trusted key.
    """
    try:
        content = contents(path, "largest_bundle")
    except InputError as error:
        raise RulesetError(error.problems) from None
    members = _members(path, content)
    absent = [name for name in (MANIFEST, SIGNATURE) if name not in members]
    if absent:
        raise _refusals(path, (_lacking(name) for name in absent))
    manifest = _typed(Manifest, members.pop(MANIFEST), path, MANIFEST)
    signature = _typed(Signature, members.pop(SIGNATURE), path, SIGNATURE)
    signed = canonical(manifest)
    _trusted(path, manifest, signed, signature, vouched)
    faults = list(_differences(manifest, members))
    if faults:
        raise _refusals(path, faults)
    if bundle_bytes(signed, canonical(signature), members) != content:
        what = Words("文件有改动，或重新打包过", "the file was altered, or packed anew")
        raise _refusals(path, [Fault("altered_bundle", (), what, _ANEW)])
    return Bundle(manifest, members, signature)


def _refusals(path: Path, faults: Iterator[Fault] | list[Fault]) -> RulesetError:
    return RulesetError(
        Problem(one.code, Place("/".join((shown(path), *map(str, one.path)))), one.what, one.mend or _ANEW)
        for one in faults
    )


def _members(path: Path, content: bytes) -> dict[str, bytes]:
    if not content.startswith(b"PK"):
        what = Words("这不是规则包", "this is no ruleset bundle")
        mend = Words(
            "规则包是 duibiao rules publish 写出的 .duibiao",
            "a bundle is a .duibiao that duibiao rules publish wrote",
        )
        raise _refusals(path, [Fault("no_bundle", (), what, mend)])
    damaged = Words("规则包损坏，读不出来", "the bundle is damaged and cannot be read")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_MEMBERS:
                what = Words("文件太多，不是规则包", "it holds too many files to be a ruleset bundle")
                raise _refusals(path, [Fault("no_bundle", (), what)])
            faults = [*_unfit(infos), *clashes(info.filename for info in infos)]
            if faults:
                raise _refusals(path, faults)
            return _read(path, archive, infos)
    except (*BROKEN, RuntimeError, IndexError, OverflowError):
        raise _refusals(path, [Fault("damaged", (), damaged, _ANEW)]) from None


def _read(path: Path, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    faults: list[Fault] = []
    for info in infos:
        try:
            members[info.filename] = archive.read(info)
        except zipfile.BadZipFile:
            faults.append(Fault("altered_member", (info.filename,), _ALTERED))
    if faults:
        raise _refusals(path, faults)
    return members


def _unfit(infos: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    for info in infos:
        wrong = member_fault(info.filename)
        if wrong is not None:
            yield wrong
        elif info.flag_bits & _ENCRYPTED:
            yield Fault("encrypted", (info.filename,), Words("加了密码", "it is encrypted"))
        elif info.file_size > in_force().largest_bundle:
            what = Words("解压后远大于规则包本身", "it unpacks to far more than the bundle")
            yield Fault("zip_bomb", (info.filename,), what)
        elif info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
            what = Words("重新压缩过", "it was compressed anew")
            yield Fault("packing", (info.filename,), what)


def _typed(model: type[M], content: bytes, path: Path, name: str) -> M:
    try:
        return validate(model, read_text(content, f"{shown(path)}/{name}"))
    except InputError:
        what = Words("内容读不懂，可能被改动过", "it cannot be read: it may have been altered")
        mend = Words(
            f"{_ANEW.zh}；较新的程序写出的，升级本程序",
            f"{_ANEW.en}; if a newer program wrote it, upgrade this one",
        )
        raise _refusals(path, [Fault("unreadable", (name,), what, mend)]) from None


def _trusted(
    path: Path, manifest: Manifest, signed: bytes, signature: Signature, vouched: str | None
) -> None:
    """Raises unless a trusted key signed, or the ruleset's folder vouches for the rules."""
    if vouched is not None:
        if manifest.digest != vouched:
            what = Words(
                f"版本 {manifest.version} 的内容与 versions.yaml 登记的校验码不符",
                f"the version {manifest.version} has another digest than versions.yaml records",
            )
            raise _refusals(path, [Fault("published_changed", (), what, _ANEW)])
        return
    from evaluator.bundles.signing import verified  # noqa: PLC0415 - cryptography is imported where a signature is met
    from evaluator.loading.trust import trusted_keys  # noqa: PLC0415

    keys, problems = trusted_keys()
    if signature.key not in keys:
        what = Words(
            f"签名所用的密钥不在信任之列，公钥指纹为 {signature.key}",
            f"the key that signed it is not trusted; its fingerprint is {signature.key}",
        )
        mend = Words(
            "向发布单位要公钥（.pub），当面或电话核对指纹，再用 duibiao rules trust 公钥.pub 信任它",
            "get the publisher's public key (.pub), compare the fingerprint by another way, and trust it with "
            "duibiao rules trust KEY.pub",
        )
        raise RulesetError([Problem("untrusted_key", Place(shown(path)), what, mend), *problems])
    if not verified(signed, signature.signature, keys[signature.key].public):
        what = Words(
            "签名不符：清单在签名后被改动过",
            "the signature does not match: the manifest was altered after signing",
        )
        raise _refusals(path, [Fault("bad_signature", (MANIFEST,), what)])


def _differences(manifest: Manifest, members: Mapping[str, bytes]) -> Iterator[Fault]:
    stated = {one.name: one for one in manifest.members}
    found = {one.name: one for one in entries_of(members)}
    for name in sorted({*stated, *(f"{manifest.ruleset}/{one}" for one in _NEEDED)}):
        if name not in found:
            yield _lacking(name)
        elif name in stated and found[name] != stated[name]:
            yield Fault("altered_member", (name,), _ALTERED)
    for name in sorted(found):
        if name not in stated:
            what = Words(
                "清单里没有这个文件，是后来加进去的", "the manifest does not list it: it was added later"
            )
            yield Fault("added_member", (name,), what)
        elif (wrong := member_fault(name, manifest.ruleset)) is not None:
            yield wrong


def _lacking(name: str) -> Fault:
    return Fault("missing_member", (name,), Words("缺少这个文件", "this file is missing"))
