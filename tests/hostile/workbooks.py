"""Workbooks that do more than they show: forms whose parts are written as no office program writes them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

from tests.evaluator.workbook.forms import blank, edited, part_of, with_cell

_DOCTYPE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname"><!ENTITY c "d">]>'
_LAUGHS = (
    "<!DOCTYPE a [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
_RELATION = '<Relationship Id="rIdX" Type="http://x/{kind}" Target="http://127.0.0.1:9/x" TargetMode="External"/></Relationships>'


def with_count(inner: str, attributes: str = "") -> bytes:
    return with_cell(blank(), "数据", "E3", inner, attributes)


def _declared(part: str, declared: str) -> bytes:
    return edited(blank(), {part: lambda xml: xml.replace("?>", "?>" + declared, 1)})


def _many_parts() -> bytes:
    return edited(blank(), {}, {f"xl/media/{n}.bin": b"" for n in range(6000)})


def _lying() -> bytes:
    made = bytearray(edited(blank(), {}, {"xl/zz.xml": b"<x/>" + b" " * 50_000_000}))
    at = made.rindex(b"xl/zz.xml") - 46
    made[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(made)


def _twice() -> bytes:
    target = BytesIO(blank())
    with zipfile.ZipFile(target, "a") as archive:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr("xl/workbook.xml", b"<x/>")
    return target.getvalue()


SHEET = "数据"
REFUSED: dict[str, Callable[[], bytes]] = {
    "an entity of a file": lambda: _declared(part_of(blank(), SHEET), _DOCTYPE),
    "an entity in the shared texts": lambda: _declared("xl/sharedStrings.xml", _DOCTYPE),
    "laughs in the workbook": lambda: _declared("xl/workbook.xml", _LAUGHS),
    "an entity in the relations": lambda: _declared("xl/_rels/workbook.xml.rels", _DOCTYPE),
    "shared texts that unpack without end": lambda: edited(
        blank(),
        {
            "xl/sharedStrings.xml": lambda xml: xml.replace(
                "</sst>", "<si><t>x</t></si>" * 1_000_000 + "</sst>"
            )
        },
    ),
    "a hundred megabytes of blanks": lambda: edited(blank(), {}, {"xl/x.xml": b" " * 100_000_000}),
    "six thousand parts": _many_parts,
    "a size that lies": _lying,
    "a part that stands twice": _twice,
    "a number with an exponent": lambda: with_count("<v>1e999999999</v>"),
    "a number of a million digits": lambda: with_count(f"<v>{'9' * 1_000_000}</v>"),
    "no number": lambda: with_count("<v>NaN</v>"),
    "a text that is a formula": lambda: with_count("<is><t>=1+1</t></is>", ' t="inlineStr"'),
    "a formula without its result": lambda: with_count('<f>WEBSERVICE("http://127.0.0.1:9/")</f>'),
    "a formula with an error": lambda: with_count("<f>1/0</f><v>#DIV/0!</v>", ' t="e"'),
    "a text that is hidden": lambda: with_count("<is><t>4\u202e0</t></is>", ' t="inlineStr"'),
    "a macro": lambda: edited(blank(), {}, {"xl/vbaProject.bin": b"x"}),
}
HARMLESS: dict[str, Callable[[], bytes]] = {
    "a link to another workbook": lambda: edited(
        blank(),
        {
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                "</Relationships>", _RELATION.format(kind="externalLink")
            )
        },
        {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"},
    ),
    "a connection to data": lambda: edited(blank(), {}, {"xl/connections.xml": b"<connections/>"}),
}
