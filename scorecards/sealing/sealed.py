"""An issued scorecard with one more unit's signature on it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.timestamps import TimeStamper

from evaluator.errors import Words
from scorecards.sealing.checking import signatures_in
from scorecards.sealing.drawing import checked_picture, drawn
from scorecards.sealing.errors import NotSealed
from scorecards.sealing.issued import check_signable
from scorecards.sealing.naming import unit_of
from scorecards.sealing.places import SealPlace, pages_of, seal_places
from scorecards.sealing.reading import opened, unreadable
from scorecards.sealing.signer import Signer
from scorecards.sealing.writing import Seal, with_signature

Box = int | Literal["last", "none"]


class SealLook(NamedTuple):
    """How the seal looks and where it goes.

    ``box``: which place on the signature page, from 1 at the top; ``last`` is the issuing unit's; ``none`` signs without a
    visible seal. ``picture``: a PNG, else the seal is drawn with the unit's name, ``text`` and the day.
    """

    box: Box = "last"
    picture: bytes | None = None
    text: str | None = None


class TimeStamps(NamedTuple):
    """Who stamps the time, and the certificates (PEM or DER) to one of which the stamp must lead, if any are given."""

    stamper: TimeStamper
    trusted: tuple[bytes, ...] = ()


def sealed(
    content: bytes,
    signer: Signer,
    signed_at: datetime,
    *,
    look: SealLook = SealLook(),  # noqa: B008 - it is immutable
    reason: str | None = None,
    stamps: TimeStamps | None = None,
) -> bytes:
    """``content``, an issued scorecard, with the signature of ``signer`` added as one incremental update.

    ``signed_at`` has a time zone; it is what the signer states. What is made is checked before it is returned. Raises
    ``NotSealed``, and ``RenderError`` where the fonts of the seal are missing.
    """
    reader = opened(content)
    try:
        check_signable(reader)
        taken = list(enumerate_sig_fields(reader))
        place = None if look.box == "none" else _place(reader, look.box)
    except NotSealed:
        raise
    except Exception as fault:  # noqa: BLE001 - the library fails in many ways at a broken file
        raise unreadable(fault) from None
    own = x509.Certificate.load(signer.certificates[0])
    seal = None
    if place is not None:
        picture = None if look.picture is None else checked_picture(look.picture)
        seal = Seal(place, drawn(unit_of(own), look.text, signed_at, picture))
    stamper = None if stamps is None else stamps.stamper
    made = with_signature(reader, signer, f"seal-{len(taken) + 1}", seal, signed_at, reason, stamper)
    _check(content, made, own, stamps)
    return made


def _place(reader: PdfFileReader, box: int | Literal["last"]) -> SealPlace:
    places = seal_places(reader.get_historical_resolver(0).root)
    if not places:
        what = Words(
            "没有签章页，盖不了印章（摘要没有签章页）", "it has no signature page (a summary has none)"
        )
        mend = Words(
            "不带 --summary 重新出具；或在 seal 里写 box: none，只签名不盖章",
            "issue it without --summary, or write box: none below seal to sign without a visible seal",
        )
        raise NotSealed("no_seal_place", what, mend)
    number = len(places) if box == "last" else box
    if number > len(places):
        what = Words(f"签章页上没有第 {number} 个盖章处", f"there is no place {number} on the signature page")
        mend = Words(f"box 写 1 到 {len(places)}", f"box is one of 1 to {len(places)}")
        raise NotSealed("no_seal_place", what, mend)
    place = places[number - 1]
    if _is_taken(reader, place):
        what = Words(
            f"第 {number} 个盖章处已经盖了章", f"place {number} on the signature page is sealed already"
        )
        mend = Words("用 box 另选一个盖章处", "choose another one with box")
        raise NotSealed("seal_place_taken", what, mend)
    return place


def _is_taken(reader: PdfFileReader, place: SealPlace) -> bool:
    pages = [one.reference for one in pages_of(reader.root)]
    for _, _, field in enumerate_sig_fields(reader):
        seal = field.get_object()
        left, lower, right, upper = map(float, seal["/Rect"])
        page = seal.raw_get("/P").reference
        if left < right and place.holds(pages.index(page), (left, lower, right, upper)):
            return True
    return False


def _check(issued: bytes, made: bytes, own: x509.Certificate, stamps: TimeStamps | None) -> None:
    """What a service, a token or an authority gave is believed only when it checks."""
    trusted = () if stamps is None else stamps.trusted
    found = signatures_in(made, [own.dump(), *trusted])[-1]
    is_ours = found.serial == f"{own.serial_number:x}" and made.startswith(issued)
    if not (is_ours and found.intact and found.covers_whole_file and found.only_signed):
        what = Words(
            f"签出的签名通不过检查：{found.why.zh}",
            f"the signature that was made fails its check: {found.why.en}",
        )
        mend = Words(
            "私钥与证书要成对；检查签章程序", "key and certificate must be a pair; check the seal program"
        )
        raise NotSealed("bad_signature", what, mend)
    if not found.trusted:
        what = Words(f"证书不能用来签章：{found.why.zh}", f"the certificate cannot sign: {found.why.en}")
        raise NotSealed(
            "bad_certificate", what, Words("换用有效的印章证书", "use a seal certificate that is valid")
        )
    if stamps is not None and (found.timestamp is None or (stamps.trusted and not found.timestamp)):
        what = Words("时间戳不是受信任的机构签发的", "the time stamp is not of a trusted authority")
        mend = Words("核对 timestamp 的 trusted", "check what timestamp says under trusted")
        raise NotSealed("timestamp", what, mend)
