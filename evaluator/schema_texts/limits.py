"""What the keys of the printed limits mean."""

from __future__ import annotations

from evaluator.schema_texts.base import Texts

TEXTS: Texts = {
    "LimitsInForce": {
        "": ("限度：输入可以多大", "How large inputs may be"),
        "limits": ("格式的版本，是 1", "The version of the format: 1"),
        "file": ("限度文件；没有的是 null", "The file of limits; null where there is none"),
        "values": ("每条限度", "Every limit"),
    },
    "LimitText": {
        "": ("中英文对照的文字", "A text in both languages"),
        "zh": ("中文", "In Chinese"),
        "en": ("英文", "In English"),
    },
    "LimitInForce": {
        "": ("一条限度", "One limit"),
        "key": ("在限度文件里的名称", "Its name in a file of limits"),
        "what": ("管什么", "What it bounds"),
        "why": ("默认值的理由", "Why the default is what it is"),
        "unit": ("数值的单位", "What its values count"),
        "value": ("现在的值", "The value now"),
        "default": ("默认值", "The default"),
        "least": ("最小可以设到多少", "The least that may be set"),
        "most": ("最大可以设到多少", "The most that may be set"),
        "from": (
            "限度文件的第几行（文件:行:列）；默认值是 null",
            "Where the file of limits states it (file:line:column); null where it is the default",
        ),
    },
}
