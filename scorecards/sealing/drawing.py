"""What a seal looks like: the unit's own picture, or its name and the day in a circle, set with embedded fonts."""

from __future__ import annotations

import logging
from datetime import datetime
from html import escape
from io import BytesIO
from typing import Any

from PIL import Image

from evaluator.errors import Words
from scorecards.fonts import font_paths
from scorecards.pdf import load_press
from scorecards.sealing.errors import NotSealed

LARGEST_PICTURE = 2 * 1024 * 1024
_MOST_PIXELS = 3000
_PICTURE = "duibiao:seal/picture"
_STYLE = """
@font-face { font-family: "Duibiao Song"; src: url("duibiao:font/song") }
@font-face { font-family: "Duibiao Hei"; src: url("duibiao:font/hei") }
@page { size: 45mm 45mm; margin: 0 }
html { font: 8pt/1.3 "Duibiao Song"; color: #b00 }
body { margin: 0; text-align: center; overflow-wrap: anywhere }
img { display: block; width: 45mm; height: 45mm; object-fit: contain; image-rendering: pixelated }
.circle { position: absolute; left: 1mm; top: 1mm; width: 43mm; height: 43mm; box-sizing: border-box; border: 1.2pt solid #b00;
  border-radius: 21.5mm }
table { width: 45mm; height: 45mm; border-spacing: 0 }
td { height: 45mm; padding: 0 6mm; vertical-align: middle }
p { margin: 0 0 1mm }
.unit { font-family: "Duibiao Hei" }
"""
# The longer the name, the smaller it is set: characters, points.
_SIZES = ((10, 13), (20, 11), (36, 9))
_SMALLEST = 7.5


def checked_picture(content: bytes) -> bytes:
    """A seal's picture, if it is a PNG of bounded size; raises ``NotSealed``."""
    mend = Words(
        "用 PNG 图片，长宽各不超过 3000 像素，2 MB 以内", "use a PNG of at most 3000 by 3000 pixels and 2 MB"
    )
    try:
        if len(content) > LARGEST_PICTURE:
            raise ValueError("bytes")
        with Image.open(BytesIO(content), formats=["PNG"]) as picture:
            if max(picture.size) > _MOST_PIXELS:
                raise ValueError("pixels")
            picture.load()
            if getattr(picture, "is_animated", False):
                raise ValueError("frames")
            plain = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise NotSealed(
            "seal_picture", Words("印章图片不能用", "the picture of the seal cannot be used"), mend
        ) from None
    # Written anew: no metadata, no colour profile, no other chunks come along.
    made = BytesIO()
    plain.save(made, "PNG")
    return made.getvalue()


def drawn(unit: str, text: str | None, signed_at: datetime, picture: bytes | None) -> bytes:
    """A PDF of one page of 45 mm by 45 mm: ``picture`` alone, or the unit, ``text`` below it and the day of signing.

    Raises ``RenderError`` as ``render_pdf`` does, and ``NotSealed`` for a character that no font has.
    """
    fonts = font_paths()
    press = load_press()
    from weasyprint import CSS, HTML  # noqa: PLC0415 - it takes half a second
    from weasyprint.logger import LOGGER  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcherResponse  # noqa: PLC0415

    own_fonts = press.OwnFontsOnly(fonts)

    class _Fetcher:
        _fail_on_errors = True

        def __call__(self, url: str) -> Any:
            if url == _PICTURE and picture is not None:
                return URLFetcherResponse(url, BytesIO(picture), {"Content-Type": "image/png"})
            return own_fonts(url)

    missing = _Missing()
    LOGGER.addHandler(missing)
    try:
        configuration, fetcher = FontConfiguration(), _Fetcher()
        style = CSS(string=_STYLE, font_config=configuration, url_fetcher=fetcher, base_url="duibiao:style")
        page = HTML(
            string=_page(unit, text, signed_at, picture), url_fetcher=fetcher, base_url="duibiao:seal/"
        )
        made: bytes = page.write_pdf(stylesheets=[style], font_config=configuration)
    finally:
        LOGGER.removeHandler(missing)
    if missing.said:
        what = Words(
            "印章上的文字有字体不能显示的字",
            "the text of the seal has a character that no font here can show",
        )
        raise NotSealed(
            "glyph_missing",
            what,
            Words("改用通行的写法，或用印章图片", "write it another way, or use a picture"),
        )
    return made


class _Missing(logging.Handler):
    """Hears what the layout engine only logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def _page(unit: str, text: str | None, signed_at: datetime, picture: bytes | None) -> str:
    if picture is not None:
        return f'<html lang="zh"><title>印章</title><img src="{_PICTURE}" alt="{escape(unit)}">'
    size = next((points for longest, points in _SIZES if len(unit) <= longest), _SMALLEST)
    day = f"{signed_at.year}年{signed_at.month}月{signed_at.day}日"
    lines = [f'<p class="unit" style="font-size: {size}pt">{escape(unit)}</p>']
    lines += [f"<p>{escape(text)}</p>"] if text else []
    lines += [f"<p>电子签章</p><p>{day}</p>"]
    return f'<html lang="zh"><title>印章</title><div class="circle"></div><table><tr><td>{"".join(lines)}</td></tr></table>'
