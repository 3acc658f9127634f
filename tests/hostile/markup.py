"""Texts that would be markup, a formula or a template if anything took them for more than text, put wherever people write."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

# ``{at}`` is an address where a test listens, ``{secret}`` a file that no text may bring in.
MARKUP = (
    '<script src="http://{at}/a.js">alert(1)</script>',
    '<img src="http://{at}/a.png" onerror="alert(1)">',
    "</style><style>@import url(http://{at}/a.css); body{{background:url(file://{secret})}}",
    '<link rel="stylesheet" href="http://{at}/b.css"><link rel=attachment href="file://{secret}">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://{at}/b.png"/><use href="file://{secret}#a"/></svg>',
    '<iframe src="file://{secret}"></iframe><object data="http://{at}/c"></object><a href="javascript:alert(1)">x</a>',
    "{{{{7*7}}}}{{% include '{secret}' %}}${{7*7}}#{{7*7}}",
    '--></td></tr></table></title></textarea>]]><![CDATA[<?xml-stylesheet href="http://{at}/d.xsl"?>&lt;&#60;&amp;',
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file://{secret}'>]>&b;",
    "![x](http://{at}/e.png) [x]: file://{secret}",
)
# What a spreadsheet takes for more than text, by how it begins.
FORMULAS = (
    '=WEBSERVICE("http://{at}/f")',
    '=HYPERLINK("file://{secret}","x")',
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1,1)",
    "{{=1+1}}",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1,1)",
    "'=1+1",
    '"=1+1',
    "%0A=1+1",
    ";=1+1",
    ",=1+1",
    "http://{at}/g",
    "mailto:{at}",
    "internal:Sheet1!A1",
    "external:c:\\x.xlsx",
    "1e5",
    "TRUE",
    "#REF!",
    "_xlfn.SUM(1)",
)
ALONE = frozenset(("name", "title", "number", "note", "reason"))


def texts(at: str, secret: object) -> Iterator[str]:
    """Formulas and markup in turn, without end; a formula stands alone, as it would have to."""
    while True:
        for one in chain(*zip(FORMULAS, MARKUP * 3, strict=False)):
            yield one.format(at=at, secret=secret)


def in_submission(data: Any, hostile: Iterator[str]) -> Any:
    """A submission, or a review, with a hostile text for every text that a person writes; file names get markup behind."""
    if isinstance(data, list):
        return [in_submission(one, hostile) for one in data]
    if not isinstance(data, dict):
        return data
    found = {key: in_submission(value, hostile) for key, value in data.items()}
    for key in ALONE & found.keys():
        if isinstance(found[key], str):
            found[key] = next(hostile)
    if "region" in found:
        found["region"] = [next(hostile) for _ in found["region"]]
    return found


def in_rules(data: Any, hostile: Iterator[str]) -> Any:
    """A ruleset with a hostile text in place of every text of its own words."""
    if isinstance(data, list):
        return [in_rules(one, hostile) for one in data]
    if not isinstance(data, dict):
        return data
    return {
        key: next(hostile) if key in ("zh", "en") and isinstance(value, str) else in_rules(value, hostile)
        for key, value in data.items()
    }
