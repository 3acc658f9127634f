"""Trusted certificates: files that are named, and a folder of this user."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator.errors import InputError
from evaluator.loading.authorities import trusted_certificates
from tests.sealing.institutions import authority, root, unit


def test_the_certificates_of_the_folder_are_trusted_beside_those_that_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUIBIAO_AUTHORITIES", str(tmp_path / "kept"))
    named = tmp_path / "unit.der"
    named.write_bytes(unit().der)
    assert trusted_certificates([named]) == (unit().der,)
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "root.pem").write_bytes(root().pem + authority().pem)
    (tmp_path / "kept" / "notes.txt").write_bytes(b"no certificate")
    assert trusted_certificates([named]) == (unit().der, root().pem + authority().pem)


def test_every_file_that_is_no_certificate_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIBIAO_AUTHORITIES", str(tmp_path))
    (tmp_path / "a.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n")
    (tmp_path / "b.crt").write_bytes(b"x")
    (tmp_path / "c.cer").write_bytes(root().pem + b"-----BEGIN PRIVATE KEY-----\n")
    with pytest.raises(InputError) as refused:
        trusted_certificates([tmp_path / "missing.pem"])
    found = [(Path(one.place.file).name, one.code) for one in refused.value.problems]
    assert found == [
        ("a.pem", "no_certificate"),
        ("b.crt", "no_certificate"),
        ("c.cer", "private_key"),
        ("missing.pem", "no_file"),
    ]
