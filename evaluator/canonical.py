"""Canonical JSON (RFC 8785; texts in NFC, nulls dropped) and its digest."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import orjson
from pydantic import BaseModel

from evaluator.algorithms import Algorithm, digest_of_bytes
from evaluator.entries import Entry
from evaluator.exact import Exact

# Beyond this JavaScript, and so RFC 8785, cannot tell whole numbers apart.
LARGEST = 2**53 - 1
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER | orjson.OPT_PASSTHROUGH_DATACLASS
# A member that is null, first in its object or later. In a text's own content a backslash stands before each quotation mark, and
# behind one that ends a text no letter follows: these cannot match inside of one.
_FIRST_NULL, _NULL = re.compile(rb'\{"[\w-]+":null,?'), re.compile(rb',"[\w-]+":null')


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
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST:
        return str(value)
    return value


def plain_data_key(key: Any) -> str:
    """A mapping's key as text."""
    return key.isoformat() if isinstance(key, date) else unicodedata.normalize("NFC", str(key))


def digest(value: Any, algorithm: Algorithm = "sha256") -> str:
    """The digest of ``value``'s canonical form, with the algorithm's name before it."""
    return digest_of_bytes(canonical(value), algorithm)


def canonical(value: Any) -> bytes:
    """``value``, which holds no float, in RFC 8785's form.

    The form is made by ``orjson`` where it can make it, else by the standard encoder, which takes ten times longer. With keys of
    the basic plane both write just that; property tests compare them with each other and with an encoder for all of RFC 8785.
    """
    made = _quickly(value)
    return _carefully(value) if made is None else made


def _carefully(value: Any) -> bytes:
    text = json.dumps(
        plain_data(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def _quickly(value: Any) -> bytes | None:
    """The canonical form; None where a number is too large, a key is no text, a text is not in NFC, or a null is left."""
    try:
        made = orjson.dumps(value, plainer, _OPTIONS)
    except orjson.JSONEncodeError:
        return None
    made = _FIRST_NULL.sub(b"{", _NULL.sub(b"", made))
    if b'":null' in made or not (made.isascii() or unicodedata.is_normalized("NFC", made.decode())):
        return None
    return made


def plainer(value: Any) -> Any:
    """One step towards JSON data, as ``plain_data`` takes it."""
    if isinstance(value, BaseModel | Entry):
        return {
            key: one
            for key, name, default in _stated(type(value))
            if (one := getattr(value, name)) is not None and one != default
        }
    if isinstance(value, Exact | Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return list(value)
    raise TypeError


@cache
def _stated(model: type[BaseModel | Entry]) -> tuple[tuple[str, str, Any], ...]:
    """The fields of ``model``: as what each is written, its name, what it has by default."""
    fields = model.model_fields.items()
    return tuple((field.alias or name, name, field.get_default()) for name, field in fields)
