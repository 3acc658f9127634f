"""Keys: a PKCS #12 file, a token, a program of the unit's seal service."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from evaluator.errors import EnvironmentFault, InputError
from evaluator.loading.sealing_services import program_at
from scorecards.sealing import NotSealed
from scorecards.sealing.checking import signatures_in
from scorecards.sealing.pkcs12 import Pkcs12Key
from scorecards.sealing.sealed import SealLook, sealed
from scorecards.sealing.signer import KeySigner, ServiceKey, ServiceSigner, Signer
from scorecards.sealing.token import token_key
from tests.sealing.institutions import PASSPHRASE, SIGNED_AT, Institution, root, second_unit, unit

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "4711"


def is_signed_by(one: Institution, content: bytes) -> bool:
    (found,) = signatures_in(content, [root().pem])
    return found.trusted and found.only_signed and found.serial == f"{one.certificate.serial_number:x}"


def plainly(issued: bytes, signer: Signer) -> bytes:
    return sealed(issued, signer, SIGNED_AT, look=SealLook("none"))


def test_a_file_without_a_passphrase_is_read_without_one(issued: bytes) -> None:
    key = Pkcs12Key(unit().pkcs12(None), None)
    assert is_signed_by(unit(), plainly(issued, KeySigner(key)))


@pytest.mark.parametrize(
    ("content", "passphrase"),
    [(unit().pkcs12(), b"wrong"), (unit().pkcs12(), None), (b"no file", PASSPHRASE), (b"", None)],
    ids=["wrong", "none", "no PKCS 12", "empty"],
)
def test_a_wrong_passphrase_or_another_file_is_refused(content: bytes, passphrase: bytes | None) -> None:
    with pytest.raises(NotSealed) as refused:
        Pkcs12Key(content, passphrase)
    assert refused.value.code == "wrong_passphrase"


# --- Tokens: the module is loaded once in a process, with the folder that its configuration names then ---


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A software token with an RSA and an EC key of a unit."""
    home = tmp_path_factory.mktemp("token")
    (home / "tokens").mkdir()
    configuration = home / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {home / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)

    def softhsm(*arguments: str) -> None:
        subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)

    softhsm("--init-token", "--free", "--label", "seal", "--pin", PIN, "--so-pin", "0815")
    for number, kind in enumerate(("rsa", "ec"), 1):
        key = home / f"{kind}.pem"
        key.write_bytes(unit(kind).key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        softhsm("--import", str(key), "--token", "seal", "--label", kind, "--id", f"0{number}", "--pin", PIN)
    store_certificates()
    yield
    del os.environ["SOFTHSM2_CONF"]


def store_certificates() -> None:
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    with pkcs11.lib(MODULE).get_token(token_label="seal").open(rw=True, user_pin=PIN) as session:
        for label, one in [("rsa", unit("rsa")), ("ec", unit("ec")), ("root", root())]:
            attributes = decode_x509_certificate(one.der)
            session.create_object({**attributes, pkcs11.Attribute.LABEL: label, pkcs11.Attribute.TOKEN: True})


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_token_signs(issued: bytes, token: None, kind: str) -> None:
    with token_key(MODULE, "seal", kind, PIN) as key:
        made = plainly(issued, KeySigner(key))
    assert is_signed_by(unit(kind), made)


@pytest.mark.parametrize(
    ("module", "name", "label", "pin", "code", "said"),
    [
        ("/nowhere/lib.so", "seal", "rsa", PIN, "pkcs11_module", "/nowhere/lib.so"),
        (MODULE, "other", "rsa", PIN, "no_token", "seal"),
        (MODULE, "seal", "other", PIN, "no_key", "ec、root、rsa"),
        (MODULE, "seal", "root", PIN, "no_key", "rsa"),
        (MODULE, "seal", "rsa", "0000", "wrong_pin", "PIN"),
    ],
)
def test_what_a_token_lacks_is_named(
    token: None, module: str, name: str, label: str, pin: str, code: str, said: str
) -> None:
    with pytest.raises(NotSealed) as refused, token_key(module, name, label, pin):
        pass
    assert refused.value.code == code
    assert said in refused.value.what.zh + refused.value.mend.zh


def test_without_python_pkcs11_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(EnvironmentFault) as missing, token_key(MODULE, "seal", "rsa", PIN):
        pass
    assert "duibiao[pkcs11]" in missing.value.mend.en


# --- Programs ---

SIGNS = """
import sys
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
key = load_der_private_key(open(sys.argv[1], "rb").read(), None)
sys.stdout.buffer.write(key.sign(sys.stdin.buffer.read(), ECDSA(SHA256())))
"""


def a_program(folder: Path, one: Institution, text: str = SIGNS, seconds: int = 60) -> Any:
    (folder / "key.der").write_bytes(one.key_der)
    (folder / "seal.py").write_text(text)
    return program_at([sys.executable, "seal.py", "key.der"], folder, seconds)


def test_a_program_that_gives_the_signature_gets_the_signed_attributes(issued: bytes, tmp_path: Path) -> None:
    key = ServiceKey([unit().der], a_program(tmp_path, unit()))
    assert is_signed_by(unit(), plainly(issued, KeySigner(key)))


def test_a_program_that_gives_the_whole_signature_gets_the_digest(issued: bytes, tmp_path: Path) -> None:
    # openssl makes the CMS from what is signed; a service of this kind gets the digest alone, so that one stands in for it.
    whole = KeySigner(Pkcs12Key(unit().pkcs12(), PASSPHRASE))
    given: list[bytes] = []

    def service(digest: bytes) -> bytes:
        given.append(digest)
        return whole.cms(digest, None)

    assert is_signed_by(unit(), plainly(issued, ServiceSigner([unit().der], service)))
    assert [len(one) for one in given] == [32]


def test_a_signature_of_another_key_is_not_believed(issued: bytes, tmp_path: Path) -> None:
    key = ServiceKey([unit().der], a_program(tmp_path, second_unit()))
    with pytest.raises(NotSealed) as refused:
        plainly(issued, KeySigner(key))
    assert refused.value.code == "bad_signature"


@pytest.mark.parametrize("answer", [b"x", b"0\x03\x02\x01\x01", unit().der])
def test_an_answer_that_is_no_cms_is_refused(issued: bytes, answer: bytes) -> None:
    with pytest.raises(NotSealed) as refused:
        plainly(issued, ServiceSigner([unit().der], lambda digest: answer))
    assert refused.value.code == "service_answer"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("raise SystemExit(3)", "退出码 3"),
        ("", "没有给出签名"),
        ("import time; time.sleep(30)", "超过 1 秒"),
        ("print('x' * 300_000)", "没有给出签名"),
    ],
)
def test_a_program_that_fails_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        a_program(tmp_path, unit(), text, seconds=1)(b"x")
    assert said in str(refused.value)


def test_a_program_that_is_not_there_is_named_and_no_shell_is_asked(tmp_path: Path) -> None:
    for command in (["./nothing"], ["echo x; true"]):
        with pytest.raises(InputError) as refused:
            program_at(command, tmp_path, 5)(b"x")
        assert "无法运行" in str(refused.value)
