"""The words by which an official text demands something: 应, 宜, 必须, 要 … (GB/T 1.1 and the language of notices)."""

from __future__ import annotations

import re

# 应 and 要 within other words demand nothing: 适应, 应用, 主要, 要素.
_DEMANDS = re.compile(
    r"不应|应当|(?<![适反相供效响回感对呼顺])应(?![对用急变届聘激试])"
    r"|不宜|(?<![适便合权相])宜(?![居人])"
    r"|必须|不得|不准|严禁|禁止|务必|须"
    r"|(?<![主需重纲首次必摘纪扼概简险提紧只])要(?!求|素|点|闻|件|职|务|害|地|是|么|不)"
)


def requirement_words(text: str) -> tuple[str, ...]:
    """The demanding words of ``text``, each once, in order.

    >>> requirement_words("社区应设站点，不得收费；主要适应应用的要求。")
    ('应', '不得')
    """
    return tuple(dict.fromkeys(_DEMANDS.findall(text)))
