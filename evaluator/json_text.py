"""JSON data → the text of a file, or a line of a file of many."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import orjson


def json_bytes(document: Mapping[str, Any]) -> bytes:
    """``document`` as a JSON file that people read: a member a line, indented by two."""
    try:
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        # Numbers of more than 64 bits.
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def json_line(document: Mapping[str, Any]) -> bytes:
    """``document`` as one line of JSON lines, its end included: what ``json_bytes`` says, without a space."""
    try:
        return orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
