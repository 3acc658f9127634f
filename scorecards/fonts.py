"""The two Chinese fonts of the PDF: where they are, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from struct import unpack_from

from evaluator.errors import Words
from scorecards.errors import RenderError

FONT_PACKAGE = "pylopdf_fonts_zh_cn"
# The addresses by which templates/print.css names them.
FONT_FILES = {"duibiao:font/song": "NotoSerifSC-Regular.otf", "duibiao:font/hei": "NotoSansSC-Regular.otf"}
_WINDOWS, _ENGLISH = 3, 0x409


def font_paths() -> Mapping[str, Path]:
    """The files of the Chinese fonts by address. Raises ``RenderError`` (``font_missing``) where one is not there."""
    spec = find_spec(FONT_PACKAGE)
    folder = Path(spec.origin).parent if spec is not None and spec.origin else None
    paths = {address: folder / name for address, name in FONT_FILES.items()} if folder else {}
    missing = [
        FONT_FILES[address] for address in FONT_FILES if address not in paths or not paths[address].is_file()
    ]
    if missing:
        names = ", ".join(missing)
        raise RenderError(
            "font_missing",
            Words(
                f"缺少中文字体 {names}，不能生成 PDF",
                f"the Chinese fonts {names} are missing: no PDF can be made",
            ),
            Words(
                "运行 script/bootstrap，或 pip install pylopdf-fonts-zh-cn",
                "run script/bootstrap, or pip install pylopdf-fonts-zh-cn",
            ),
        )
    return paths


def font_names(content: bytes) -> tuple[str, str]:
    """The name and the version that an OpenType font states of itself (entries 1 and 5 of its table ``name``)."""
    tables = {
        content[at : at + 4]: unpack_from(">LL", content, at + 8)
        for at in range(12, 12 + 16 * unpack_from(">H", content, 4)[0], 16)
    }
    begin, _ = tables[b"name"]
    _, count, texts = unpack_from(">HHH", content, begin)
    found = {}
    for record in range(count):
        platform, _, language, kind, length, offset = unpack_from(">6H", content, begin + 6 + 12 * record)
        if (platform, language) == (_WINDOWS, _ENGLISH):
            at = begin + texts + offset
            found[kind] = content[at : at + length].decode("utf-16-be")
    return found[16] if 16 in found else found[1], found[5].removeprefix("Version ").partition(";")[0]
