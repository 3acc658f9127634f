"""A signed scorecard: who signed is said; what was added beside the signature is found; trust is only what is given."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("scorecards.issuing")

from commands.verifying import Asked, verified
from evaluator.verifying.answer import Answer
from scorecards.sealing.pkcs12 import Pkcs12Key
from scorecards.sealing.sealed import SealLook, sealed
from scorecards.sealing.signer import KeySigner
from tests.sealing.institutions import PASSPHRASE, SIGNED_AT, made, root, unit
from tests.verify import altering
from tests.verify.altering import appended
from tests.verify.conftest import issued_of


@cache
def signed() -> bytes:
    """The fresh scorecard with the unit's signature, without a visible seal."""
    signer = KeySigner(Pkcs12Key(unit().pkcs12(), PASSPHRASE))
    return sealed(issued_of(), signer, SIGNED_AT, look=SealLook(box="none"))


def answer(path: Path, content: bytes, trusted: tuple[bytes, ...] = ()) -> Answer:
    file = path / "scorecard.pdf"
    file.write_bytes(content)
    return verified(file, Asked(None, None, None, trusted, bool(trusted)))


def said(found: Answer, state: str) -> str:
    return "\n".join(line.words.zh for line in found.lines if line.state == state)


def test_a_signed_scorecard_agrees_and_its_signer_is_named(tmp_path: Path) -> None:
    found = answer(tmp_path, signed(), (root().pem,))
    assert found.verdict == "agrees"
    assert "各页与本程序排出的逐字节相同" in said(found, "agrees")
    assert "示例市民族宗教事务局" in said(found, "agrees")
    assert "证书可信" in said(found, "agrees")
    assert [one["covers_whole_file"] for one in found.signatures] == [True]


def test_without_certificates_to_trust_the_signature_is_not_confirmed(tmp_path: Path) -> None:
    found = answer(tmp_path, signed())
    assert found.verdict == "agrees"
    assert "证书未能确认" in said(found, "unknown")


def test_a_signature_of_someone_else_is_not_the_trusted_one_that_was_asked_for(tmp_path: Path) -> None:
    found = answer(tmp_path, signed(), (made("另一根证书机构", "Other Root", usage="ca").pem,))
    assert found.verdict == "unverified"


def test_a_trusted_signature_that_was_asked_for_and_is_missing_is_said(tmp_path: Path) -> None:
    found = answer(tmp_path, issued_of(), (root().pem,))
    assert found.verdict == "unverified"
    assert "文件没有签章" in said(found, "unknown")


@pytest.mark.parametrize("alter", [altering.printing("72.31", "92.31"), altering.noted])
def test_what_is_added_after_the_signature_is_found(alter: altering.Edit, tmp_path: Path) -> None:
    found = answer(tmp_path, appended(signed(), alter), (root().pem,))
    assert found.verdict == "altered"
    assert "增补" in said(found, "wrong")


def test_a_byte_changed_under_the_signature_is_found(tmp_path: Path) -> None:
    content = bytearray(signed())
    at = content.index(b"/MediaBox")
    content[at + 1 : at + 2] = b"m"
    assert answer(tmp_path, bytes(content), (root().pem,)).verdict in ("altered", "unreadable")
