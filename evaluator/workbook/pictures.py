"""Pictures that WPS placed in cells: their names in the file's own list, and their bytes."""

from __future__ import annotations

import re

from evaluator.workbook.archive import Archive

_LIST = "xl/cellimages.xml"
_RELATIONS = "xl/_rels/cellimages.xml.rels"
_IMAGE = re.compile(r"<(?:\w+:)?cellImage\b.*?</(?:\w+:)?cellImage>", re.DOTALL)
_NAME = re.compile(r'<(?:\w+:)?cNvPr\b[^>]*?\bname="([^"]*)"')
_EMBED = re.compile(r'<(?:\w+:)?blip\b[^>]*?\b(?:\w+:)?embed="([^"]*)"')
_TARGET = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")


def placed_pictures(archive: Archive) -> dict[str, str]:
    """The pictures that cells may show by their ids: the part of the file that each lies in."""
    targets = {}
    for found in _TARGET.findall(archive.text(_RELATIONS)):
        name, target = (re.search(rf'\b{key}="([^"]*)"', found) for key in ("Id", "Target"))
        if name is not None and target is not None:
            path = target[1]
            targets[name[1]] = path[1:] if path.startswith("/") else f"xl/{path}"
    pictures = {}
    for found in _IMAGE.findall(archive.text(_LIST)):
        name, embed = _NAME.search(found), _EMBED.search(found)
        if name is not None and embed is not None and targets.get(embed[1]) in archive.names:
            pictures[name[1]] = targets[embed[1]]
    return pictures


def ending(part: str) -> str:
    """The ending of a picture's file name, in lower case: ``.jpg``."""
    name = part.rpartition("/")[2]
    found = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    return {".jpeg": ".jpg"}.get(found, found)
