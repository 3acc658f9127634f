"""What a photograph says beside its picture, in EXIF, XMP, IPTC and text fields: its day, its place, its owner. Pure.

Tags: EXIF 2.32 (CIPA DC-008), IPTC IIM 4.2, XMP's Dublin Core, Photoshop and EXIF schemas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from PIL import Image, ImageFile, IptcImagePlugin

_EXIF, _GPS = 0x8769, 0x8825
_TAKEN = (0x9003, 0x9004)
_OWNERS = {
    0x013B: "artist",
    0x9C9D: "artist",
    0x8298: "copyright",
    0xA430: "camera_owner",
    0xA431: "serial_number",
    0xA435: "serial_number",
}
_TEXTS = (0x010E, 0x013B, 0x8298, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F, 0x9286, 0xA430)
_LATITUDE, _LONGITUDE, _AREA = 2, 4, 28
_IPTC_OWNERS = {(2, 80): "artist", (2, 116): "copyright", (2, 118): "artist", (2, 122): "artist"}
_IPTC_TEXTS = (*_IPTC_OWNERS, (2, 5), (2, 105), (2, 120))
_IPTC_PLACES = ((2, 90), (2, 92), (2, 95), (2, 101))
_XMP_OWNERS = {
    "dc:creator": "artist",
    "photoshop:Credit": "artist",
    "dc:rights": "copyright",
    "aux:OwnerName": "camera_owner",
    "exifEX:CameraOwnerName": "camera_owner",
    "aux:SerialNumber": "serial_number",
    "exifEX:BodySerialNumber": "serial_number",
}
_XMP_TEXTS = (*_XMP_OWNERS, "dc:title", "dc:description", "photoshop:Headline", "photoshop:AuthorsPosition")
_XMP_PLACES = ("exif:GPSLatitude", "exif:GPSLongitude", "photoshop:City", "Iptc4xmpCore:Location")
_PNG_OWNERS = {"author": "artist", "copyright": "copyright"}
_MARKUP = re.compile(r"<[^>]*>|\s+")
_DAY = re.compile(r"(\d{4})[:\-/.](\d{2})[:\-/.](\d{2})")
_LONGEST = 4_000


class Said(NamedTuple):
    """The day a photograph was taken, whether it names its place, whose it is (names of fields), its texts."""

    taken: date | None
    place: bool
    owner: tuple[str, ...]
    texts: tuple[str, ...]


def said(image: ImageFile.ImageFile) -> Said:
    """What ``image``, opened and not yet decoded, says of itself; what is broken in it says nothing."""
    fields = [*_exif(image), *_iptc(image), *_xmp(image), *_png(image)]
    owners = tuple(sorted({name for name, text in fields if name not in ("", "place", "taken") and text}))
    texts = tuple(dict.fromkeys(text for name, text in fields if name not in ("place", "taken") and text))
    taken = next((day for name, text in fields if name == "taken" and (day := _day(text))), None)
    return Said(taken, any(name == "place" for name, _ in fields), owners, texts)


# Each yields (what a field is, its text): "taken", "place", an owner's field, or "" for a text that says none of these.
Fields = Iterator[tuple[str, str]]


def _exif(image: Image.Image) -> Fields:
    try:
        base = image.getexif()
        tags: dict[int, Any] = {**base, **base.get_ifd(_EXIF)}
        places = base.get_ifd(_GPS)
    except Exception:  # noqa: BLE001 - hostile bytes: whatever the reader raises, there is nothing to be read
        return
    for tag in _TAKEN:
        yield "taken", _text(tags.get(tag))
    if any(tag in places for tag in (_LATITUDE, _LONGITUDE, _AREA)):
        yield "place", ""
    for tag in {**_OWNERS, **dict.fromkeys(_TEXTS)}:
        yield _OWNERS.get(tag, ""), _text(tags.get(tag))


def _iptc(image: ImageFile.ImageFile) -> Fields:
    try:
        fields: Mapping[Any, Any] = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # noqa: BLE001 - as above
        return
    if any(fields.get(tag) for tag in _IPTC_PLACES):
        yield "place", ""
    for tag in _IPTC_TEXTS:
        value = fields.get(tag)
        for one in value if isinstance(value, list) else [value]:
            yield _IPTC_OWNERS.get(tag, ""), _text(one)


def _xmp(image: Image.Image) -> Fields:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    text = packet.decode("utf-8", "replace") if isinstance(packet, bytes) else str(packet)
    if any(_in_xmp(name, text) for name in _XMP_PLACES):
        yield "place", ""
    for name in _XMP_TEXTS:
        yield _XMP_OWNERS.get(name, ""), _in_xmp(name, text)


def _in_xmp(name: str, packet: str) -> str:
    """The text of the element or attribute ``name``."""
    at = packet.find(f"<{name}")
    if at >= 0:
        end = packet.find(f"</{name}>", at)
        return _MARKUP.sub(" ", packet[at:end])[:_LONGEST].strip() if end >= 0 else ""
    found = re.search(rf'{re.escape(name)}\s*=\s*(["\'])(.{{0,{_LONGEST}}}?)\1', packet, re.DOTALL)
    return found[2].strip() if found else ""


def _png(image: Image.Image) -> Fields:
    comment = image.info.get("comment")
    if comment:
        yield "", _text(comment)
    for name, text in getattr(image, "text", {}).items() if image.format == "PNG" else ():
        if not name.startswith(("XML:", "Raw profile")):
            yield _PNG_OWNERS.get(name.lower(), ""), _text(str(text))


def _text(value: Any) -> str:
    if isinstance(value, tuple) and all(isinstance(one, int) and 0 <= one < 256 for one in value):
        value = bytes(value)  # Windows' own fields come as numbers
    if isinstance(value, str):
        # The imaging library takes every byte of an ASCII field for a letter: Chinese programs write UTF-8 or GBK there.
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return str(value).replace("\0", "").strip()[:_LONGEST]
    text = _decoded(value) if isinstance(value, bytes) else ""
    return text.replace("\0", "").strip()[:_LONGEST]


def _decoded(value: bytes) -> str:
    head, rest = value[:8], value[8:]
    if head in (b"ASCII\0\0\0", b"JIS\0\0\0\0\0", b"\0" * 8):
        value = rest
    elif head == b"UNICODE\0":
        return rest.decode("utf-16-le", "replace")
    # In UTF-16 every second byte of a Latin letter is zero.
    if value[1:2] == b"\0" or (len(value) % 2 == 0 and b"\0\0" in value[-2:]):
        return value.decode("utf-16-le", "replace")
    for code in ("utf-8", "gb18030"):
        try:
            return value.decode(code)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
