"""Canonical JSON (RFC 8785; texts in NFC, nulls dropped) and its SHA-256 digest."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from evaluator.entries import Entry
from evaluator.exact import Exact

# Beyond this JavaScript, and so RFC 8785, cannot tell whole numbers apart.
_LARGEST = 2**53 - 1


def plain_data(value: Any) -> Any:
    """``value`` as JSON data: dates and exact numbers as text, nulls and what a model has by default dropped."""
    if isinstance(value, BaseModel | Entry):
        fields = type(value).model_fields
        return {
            field.alias or name: plain_data(getattr(value, name))
            for name, field in fields.items()
            if getattr(value, name) is not None and getattr(value, name) != field.get_default()
        }
    if isinstance(value, Exact):
        return str(value)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {plain_data_key(key): plain_data(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [plain_data(one) for one in value]
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST:
        return str(value)
    return value


def plain_data_key(key: Any) -> str:
    """A mapping's key as text."""
    return key.isoformat() if isinstance(key, date) else unicodedata.normalize("NFC", str(key))


def digest(value: Any) -> str:
    """``sha256:`` and the hexadecimal digest of ``value``'s canonical form."""
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()


def canonical(value: Any) -> bytes:
    """``value`` in RFC 8785's form.

    Without floats and with ASCII keys the standard encoder writes just that, ten times faster than an encoder for all of
    RFC 8785; a property test compares the two.
    """
    text = json.dumps(
        plain_data(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()
