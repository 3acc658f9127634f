"""The two Chinese fonts of the PDF, and the only fetcher that the layout engine gets."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from evaluator.errors import Words
from scorecards.errors import RenderError

FONT_PACKAGE = "pylopdf_fonts_zh_cn"
# The addresses by which templates/print.css names them.
FONT_FILES = {"duibiao:font/song": "NotoSerifSC-Regular.otf", "duibiao:font/hei": "NotoSansSC-Regular.otf"}


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
