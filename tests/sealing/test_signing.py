"""Signing adds one increment to an issued scorecard: a signature and a seal in its place."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path

import page
import pypdf
import pytest
from PIL import Image

from scorecards.sealing import NotSealed
from scorecards.sealing.checking import signatures_in
from tests.sealing.conftest import issued_scorecard, sign
from tests.sealing.institutions import root, second_unit, unit


def broken_rules(content: bytes) -> set[str]:
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_A_3U)
    return {failure.rule_id for failure in report.failures}


def picture(content: bytes, tmp_path: Path, number: int) -> Image.Image:
    (tmp_path / "signed.pdf").write_bytes(content)
    command = ["pdftoppm", "-png", "-r", "72", "-f", str(number), "-l", str(number), "-singlefile"]
    subprocess.run([*command, tmp_path / "signed.pdf", tmp_path / "page"], check=True)
    return Image.open(tmp_path / "page.png").convert("RGB")


def red_in(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    return sum(r > 150 and g < 120 and b < 120 for r, g, b in image.crop(box).get_flattened_data())


def seals(content: bytes) -> list[tuple[float, ...]]:
    found = pypdf.PdfReader(BytesIO(content)).pages[-1].get("/Annots") or []
    return [tuple(float(side) for side in one.get_object()["/Rect"]) for one in found]


def test_the_issued_bytes_stay_as_they_are(issued: bytes, signed: bytes) -> None:
    assert signed.startswith(issued)
    assert signed.count(b"%%EOF") == issued.count(b"%%EOF") + 1


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_signed_scorecard_says_who_signed_it_and_is_trusted_by_its_root(issued: bytes, kind: str) -> None:
    made = sign(issued, unit(kind), reason="验收合格")
    (found,) = signatures_in(made, [root().pem])
    assert found.signer == "示例市民族宗教事务局 / 电子印章"
    assert found.issuer == "测试根证书机构 / Test Root"
    assert found.serial == f"{unit(kind).certificate.serial_number:x}"
    assert (found.intact, found.covers_whole_file, found.only_signed, found.trusted) == (True,) * 4
    assert found.signed_at == "2026-03-02T09:30:00+00:00"
    assert found.timestamp is None
    assert found.algorithm == {"ec": "sha256 sha256_ecdsa", "rsa": "sha256 sha256_rsa"}[kind]
    fields = pypdf.PdfReader(BytesIO(made)).get_fields() or {}
    assert fields["seal-1"]["/V"]["/Reason"] == "验收合格"


def test_a_scorecard_is_pdf_a_3u_before_and_after_it_is_signed(issued: bytes, signed: bytes) -> None:
    assert broken_rules(issued) == set()
    assert broken_rules(signed) == set()


def test_metadata_and_attachments_are_those_that_were_issued(issued: bytes, signed: bytes) -> None:
    before, after = (pypdf.PdfReader(BytesIO(one)) for one in (issued, signed))
    assert after.metadata == before.metadata
    assert {name: list(one) for name, one in after.attachments.items()} == {
        name: list(one) for name, one in before.attachments.items()
    }


def test_the_seal_lies_in_the_last_place_of_the_signature_page(signed: bytes, tmp_path: Path) -> None:
    ((left, lower, right, upper),) = seals(signed)
    image = picture(signed, tmp_path, len(pypdf.PdfReader(BytesIO(signed)).pages))
    inside = (int(left), int(image.height - upper), int(right), int(image.height - lower))
    assert red_in(image, inside) > 300
    assert red_in(image, (0, 0, *image.size)) == red_in(image, inside)


def test_the_drawn_seal_names_the_unit_and_the_day_with_embedded_fonts(signed: bytes, tmp_path: Path) -> None:
    (tmp_path / "signed.pdf").write_bytes(signed)
    text = subprocess.run(["pdftotext", tmp_path / "signed.pdf", "-"], capture_output=True, check=True).stdout
    assert "示例市民族宗教事务局" in re.sub(r"\s", "", text.decode())
    assert "2026年3月2日" in text.decode()
    fonts = subprocess.run(["pdffonts", tmp_path / "signed.pdf"], capture_output=True, check=True).stdout
    assert {line.split()[-5] for line in fonts.decode().splitlines()[2:]} == {"yes"}


def test_a_unit_gives_its_own_picture(issued: bytes, tmp_path: Path) -> None:
    square = BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 255, 128)).save(square, "PNG")
    made = sign(issued, picture=square.getvalue(), box=1)
    ((left, lower, right, upper),) = seals(made)
    image = picture(made, tmp_path, len(pypdf.PdfReader(BytesIO(made)).pages))
    red, green, blue = image.getpixel((int((left + right) / 2), int(image.height - (lower + upper) / 2)))
    assert (100 < red < 150, 100 < green < 150, blue > 240) == (True, True, True)
    assert broken_rules(made) == set()


def a_picture(kind: str) -> bytes:
    made = BytesIO()
    size = (3001, 10) if kind == "wide" else (10, 10)
    Image.new("RGB", size).save(made, "JPEG" if kind == "jpeg" else "PNG")
    return made.getvalue()[: 40 if kind == "cut" else None]


@pytest.mark.parametrize("kind", ["jpeg", "wide", "cut", "none"])
def test_a_picture_that_is_no_png_of_bounded_size_is_refused(issued: bytes, kind: str) -> None:
    with pytest.raises(NotSealed) as refused:
        sign(issued, picture=b"" if kind == "none" else a_picture(kind))
    assert refused.value.code == "seal_picture"


def test_a_second_unit_countersigns_in_another_place(issued: bytes, signed: bytes) -> None:
    made = sign(signed, second_unit(), box=1)
    first, second = signatures_in(made, [root().pem])
    assert made.startswith(signed)
    assert [first.signer, second.signer] == ["示例市民族宗教事务局 / 电子印章", "示例街道办事处"]
    assert [first.covers_whole_file, second.covers_whole_file] == [False, True]
    assert all(one.intact and one.only_signed and one.trusted for one in (first, second))
    # A later signature cannot lie within an earlier one; the validator asks that every one cover the whole file.
    assert broken_rules(made) == {"PDFA3U-SIGNATURE-BYTERANGE-001"}


def test_a_place_is_sealed_once(signed: bytes) -> None:
    with pytest.raises(NotSealed) as refused:
        sign(signed, second_unit())
    assert refused.value.code == "seal_place_taken"


def test_a_summary_has_no_place_for_a_seal_but_is_signed_without_one() -> None:
    summary = issued_scorecard(summary=True)
    with pytest.raises(NotSealed) as refused:
        sign(summary)
    assert refused.value.code == "no_seal_place"
    assert "box: none" in refused.value.mend.en
    made = sign(summary, box="none")
    (found,) = signatures_in(made, [root().pem])
    assert (found.intact, found.only_signed, found.trusted) == (True, True, True)
    assert broken_rules(made) == set()


def test_a_place_that_the_page_has_not_is_refused(issued: bytes) -> None:
    with pytest.raises(NotSealed) as refused:
        sign(issued, box=4)
    assert refused.value.code == "no_seal_place"


def test_a_scorecard_that_claims_pdf_ua_is_not_signed() -> None:
    with pytest.raises(NotSealed) as refused:
        sign(issued_scorecard(pdf="ua"))
    assert refused.value.code == "claims_ua"
    assert "--pdf ua" in refused.value.mend.en


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF", b"no PDF", b"%PDF-1.7\n" + b"\0" * 5000])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(NotSealed) as refused:
        sign(content)
    assert refused.value.code == "unreadable_pdf"
