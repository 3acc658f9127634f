"""``duibiao sign`` and ``duibiao score --sign``: units sign what was issued; what cannot be signed is named."""

from __future__ import annotations

import copy
import os
import pty
import select
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaluator.json_text import json_bytes
from scorecards.issuing import issued
from scorecards.sealing.checking import signatures_in
from tests.sealing.institutions import PASSPHRASE, root, second_unit, unit
from tests.verify.altering import resealed
from tests.verify.conftest import issued_of, small

PROFILE = """\
sealing: 1
pkcs12:
  file: unit.p12
  passphrase_file: passphrase
seal:
  text: 评估专用
"""


@pytest.fixture(scope="session")
def card() -> bytes:
    assessment: dict[str, Any] = small()
    return issued(assessment, "zh", attached=json_bytes(assessment))


@pytest.fixture
def office(tmp_path: Path, card: bytes) -> Path:
    """A folder with a scorecard, and a folder of the unit's with its key and its profile."""
    (tmp_path / "card.pdf").write_bytes(card)
    unit_folder = tmp_path / "unit"
    unit_folder.mkdir()
    (unit_folder / "unit.p12").write_bytes(unit().pkcs12())
    (unit_folder / "second.p12").write_bytes(second_unit().pkcs12())
    (unit_folder / "passphrase").write_bytes(PASSPHRASE + b"\n")
    (unit_folder / "passphrase").chmod(0o600)
    (unit_folder / "seal.yaml").write_text(PROFILE, encoding="utf-8")
    return tmp_path


def profile(office: Path, name: str, *changes: tuple[str, str]) -> Path:
    text = PROFILE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (office / "unit" / name).write_text(text, encoding="utf-8")
    return office / "unit" / name


def signers(path: Path) -> list[str]:
    found = signatures_in(path.read_bytes(), [root().pem])
    assert all(one.intact and one.only_signed and one.trusted for one in found)
    return [one.signer for one in found]


def test_two_units_sign_a_scorecard_one_after_the_other(duibiao, office) -> None:
    done = duibiao("sign", "card.pdf", "--with", "unit/seal.yaml", "--reason", "审定通过")
    assert (done.code, done.out, done.err) == (0, "card.signed.pdf\n", "")
    second = profile(office, "second.yaml", ("unit.p12", "second.p12"), ("text: 评估专用", "box: 1"))
    done = duibiao("sign", "card.signed.pdf", "--with", second, "--out", "out")
    assert (done.code, done.out, done.err) == (0, "out/card.signed2.pdf\n", "")
    assert signers(office / "out" / "card.signed2.pdf") == [
        "示例市民族宗教事务局 / 电子印章",
        "示例街道办事处",
    ]


def test_several_scorecards_are_signed_or_none(duibiao, office, card) -> None:
    (office / "other.pdf").write_bytes(card)
    (office / "plain.pdf").write_bytes(b"%PDF-1.7\n")
    done = duibiao("sign", "card.pdf", "plain.pdf", "other.pdf", "missing.pdf", "--with", "unit/seal.yaml")
    assert (done.code, done.out) == (2, "")
    assert "plain.pdf: [unreadable_pdf]" in done.err
    assert "missing.pdf: [no_file]" in done.err
    assert not list(office.glob("*.signed.pdf"))
    done = duibiao("sign", "card.pdf", "other.pdf", "--with", "unit/seal.yaml")
    assert (done.code, done.out) == (0, "card.signed.pdf\nother.signed.pdf\n")


def test_nothing_is_overwritten(duibiao, office) -> None:
    (office / "card.signed.pdf").write_bytes(b"there")
    done = duibiao("sign", "card.pdf", "--with", "unit/seal.yaml")
    assert (done.code, done.err.count("[file_exists]")) == (2, 1)
    assert (office / "card.signed.pdf").read_bytes() == b"there"


def test_files_that_would_become_one_are_refused(duibiao, office, card) -> None:
    (office / "more").mkdir()
    (office / "more" / "card.pdf").write_bytes(card)
    done = duibiao("sign", "card.pdf", "more/card.pdf", "--with", "unit/seal.yaml", "--out", "out")
    assert (done.code, done.err.count("[same_name]")) == (2, 1)
    assert not (office / "out").exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_passphrase_that_others_may_read_is_not_used(duibiao, office, mode) -> None:
    (office / "unit" / "passphrase").chmod(mode)
    done = duibiao("sign", "card.pdf", "--with", "unit/seal.yaml", locale="en_US.UTF-8")
    assert done.code == 2
    assert f"[open_to_others] others than you may read this file with a secret (mode {mode:o}" in done.err
    assert "chmod 600" in done.err


def test_a_wrong_passphrase_is_named_at_its_place(duibiao, office) -> None:
    (office / "unit" / "passphrase").write_bytes(b"wrong")
    done = duibiao("sign", "card.pdf", "--with", "unit/seal.yaml")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("unit/seal.yaml:2:1: [wrong_passphrase] ")
    assert "wrong" not in done.err.replace("[wrong_passphrase]", "")


def test_without_a_terminal_or_a_file_there_is_no_passphrase(duibiao, office) -> None:
    seal = profile(office, "ask.yaml", ("  passphrase_file: passphrase\n", ""))
    done = duibiao("sign", "card.pdf", "--with", seal, DUIBIAO_KEY_PASSPHRASE=PASSPHRASE.decode())
    assert done.code == 2
    assert "ask.yaml:2:1: [no_passphrase]" in done.err


def test_at_a_terminal_the_passphrase_is_asked_for_and_not_shown(
    office: Path, command: Path, env: Callable[..., dict[str, str]]
) -> None:
    seal = profile(office, "ask.yaml", ("  passphrase_file: passphrase\n", ""))
    ours, theirs = pty.openpty()
    arguments = [command, "sign", "card.pdf", "--with", seal]
    with subprocess.Popen(
        arguments, stdin=theirs, stdout=theirs, stderr=theirs, env=env(), cwd=office, start_new_session=True
    ) as process:
        os.close(theirs)
        said = b""
        while "口令".encode() not in said:
            assert select.select([ours], [], [], 60)[0]
            said += os.read(ours, 1000)
        os.write(ours, PASSPHRASE + b"\n")
        while b"card.signed.pdf" not in said:
            assert select.select([ours], [], [], 60)[0]
            said += os.read(ours, 1000)
        assert process.wait(60) == 0
    os.close(ours)
    assert PASSPHRASE not in said
    assert signers(office / "card.signed.pdf") == ["示例市民族宗教事务局 / 电子印章"]


BAD = [
    ("sealing: 1\n", ["bad.yaml:1:1: [one_key]"]),
    ("sealing: 2\npkcs12: {file: unit.p12}\n", ["bad.yaml:1:1: [literal_error]"]),
    (
        "sealing: 1\npkcs12: {file: unit.p12}\nprogram: {run: [x], certificate: unit.p12, gives: signature}\n",
        ["bad.yaml:3:1: [one_key]"],
    ),
    ("sealing: 1\npkcs12: {file: nothing.p12}\n", ["unit/nothing.p12: [no_file]"]),
    ("sealing: 1\npkcs12: {file: unit.p12, password: x}\n", ["bad.yaml:2:26: [extra_forbidden]"]),
    (
        "sealing: 1\npkcs12: {file: unit.p12}\nseal: {box: 12}\n",
        ["bad.yaml:3:8: [string_pattern_mismatch]"],
    ),
    ("sealing: 1\npkcs12: {file: unit.p12}\ntimestamp: {url: ftp://x}\n", ["bad.yaml:3:13: [string_pattern"]),
    (
        "sealing: 1\nprogram: {run: [x], certificate: passphrase, gives: cms}\ntimestamp: {url: http://x}\n",
        ["bad.yaml:3:1: [timestamp]", "unit/passphrase: [no_certificate]"],
    ),
    (
        "sealing: 1\npkcs12: {file: unit.p12}\nseal: {text: 联系电话13800138000}\n",
        ["bad.yaml:3:8: [number_of_a_person]"],
    ),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_a_profile_with_faults_is_refused_with_all_of_them(duibiao, office, text, said) -> None:
    (office / "unit" / "bad.yaml").write_text(text, encoding="utf-8")
    done = duibiao("sign", "card.pdf", "--with", "unit/bad.yaml")
    assert (done.code, done.out) == (2, "")
    for one in said:
        assert one in done.err


def test_the_reason_names_no_person_and_is_one_line(duibiao, office) -> None:
    for reason in ("x" * 101, " ", "a\nb"):
        assert duibiao("sign", "card.pdf", "--with", "unit/seal.yaml", "--reason", reason).code == 2
    done = duibiao("sign", "card.pdf", "--with", "unit/seal.yaml", "--reason", "电话13800138000")
    assert (done.code, "[number_of_a_person]" in done.err) == (2, True)


def test_a_scorecard_is_signed_as_it_is_issued(duibiao, office, middling) -> None:
    rules = ("--rules", "kunming-model-community")
    done = duibiao("score", middling, *rules, "--format", "pdf", "--out", "out", "--sign", "unit/seal.yaml")
    assert (done.code, done.err) == (0, "")
    assert signers(office / "out" / "cuihu-an.kunming-model-community.pdf") == [
        "示例市民族宗教事务局 / 电子印章"
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--format", "json"], "--sign 要配 --format pdf"), (["--pdf", "ua"], "--sign 不能配 --pdf ua")],
)
def test_what_cannot_be_signed_is_not_scored(duibiao, office, middling, options, said) -> None:
    rules = ("--rules", "kunming-model-community")
    done = duibiao("score", middling, *rules, *options, "--out", "out", "--sign", "unit/seal.yaml")
    assert (done.code, said in done.err) == (2, True)
    assert not (office / "out").exists()


def test_certificates_that_an_office_always_trusts_need_not_be_named(duibiao, office) -> None:
    (office / "card.pdf").write_bytes(issued_of())
    seal = profile(office, "plain.yaml", ("seal:\n  text: 评估专用\n", "seal:\n  box: none\n"))
    assert duibiao("sign", "card.pdf", "--with", seal).code == 0
    trusted = {"DUIBIAO_AUTHORITIES": str(office / "authorities")}
    assert "证书未能确认" in duibiao("verify", "card.signed.pdf", **trusted).out
    (office / "authorities").mkdir()
    (office / "authorities" / "root.pem").write_bytes(root().pem)
    assert "证书可信" in duibiao("verify", "card.signed.pdf", **trusted).out
    # A scorecard without a signature is none the worse for it: one is demanded by --trust.
    assert duibiao("verify", "card.pdf", **trusted).code == 0
    done = duibiao("verify", "card.pdf", "--trust", "authorities/root.pem", **trusted)
    assert (done.code, done.out.splitlines()[0]) == (1, "card.pdf：不能核验")


def test_a_forgery_is_not_sealed(duibiao, office) -> None:
    """Its attachments agree with each other and with the digest: only the pages and the recount tell."""
    document = copy.deepcopy(small())
    document["score"]["floor"] = "92.31"
    forged = resealed(document)
    (office / "card.pdf").write_bytes(issued(forged, "zh", attached=json_bytes(forged)))
    done = duibiao("sign", "card.pdf", "--with", "unit/seal.yaml")
    assert (done.code, done.out) == (2, "")
    assert "card.pdf: [altered] " in done.err
    assert "92.31" in done.err
    assert not (office / "card.signed.pdf").exists()


def test_what_is_no_certificate_is_named_by_verify(duibiao, office) -> None:
    done = duibiao("verify", "card.pdf", "--trust", "card.pdf")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("card.pdf: [no_certificate] 这不是证书。")
