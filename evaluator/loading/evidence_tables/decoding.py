"""Arrow columns → Python values: each distinct value is made once, and taken by its number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import compute, types

from evaluator.loading.evidence_tables.columns import Kind

# A text has at most 2,000 characters, of at most four bytes. Of a longer one nothing is made but what is refused as too long.
LONGEST_CELL = 8000
TOO_LONG = "…" * 2001
_UNSEEN = (OverflowError, ValueError, pa.ArrowException)


class Values(NamedTuple):
    """A column: the number of each row's value, and the distinct values; the last of them, -1, is for null."""

    codes: Any
    distinct: Any

    def between(self, start: int, stop: int) -> list[Any]:
        """The values of the rows from ``start`` to before ``stop``."""
        found: list[Any] = self.distinct[self.codes[start:stop]].tolist()
        return found


class Lists(NamedTuple):
    """A column of lists: all their values, and where each list begins and the last ends; a null is an empty one."""

    bounds: Any
    flat: Values

    def between(self, start: int, stop: int) -> list[Any]:
        """The lists of the rows from ``start`` to before ``stop``."""
        bounds = self.bounds[start : stop + 1]
        first = int(bounds[0])
        flat = self.flat.between(first, int(bounds[-1]))
        ends = (bounds - first).tolist()
        return [flat[a:b] for a, b in pairwise(ends)]


class Mappings(NamedTuple):
    """A column of mappings: their keys and their values, as lists."""

    keys: Lists
    values: Lists

    def between(self, start: int, stop: int) -> list[Any]:
        """The mappings of the rows from ``start`` to before ``stop``; one with a key twice is none, and refused as a list."""
        if self.keys.bounds[start] == self.keys.bounds[stop]:
            return [_NOTHING] * (stop - start)
        pairs = zip(self.keys.between(start, stop), self.values.between(start, stop), strict=True)
        return [_mapping(keys, values) if keys else _NOTHING for keys, values in pairs]


_NOTHING: dict[str, Any] = {}


def _mapping(keys: list[Any], values: list[Any]) -> Any:
    found = {key: value for key, value in zip(keys, values, strict=True) if value is not None}
    # What is no key, because it stands twice or is no text, makes no mapping.
    return found if len(set(keys)) == len(keys) and all(isinstance(key, str) for key in keys) else keys


Decoded = Values | Lists | Mappings


def decoded(column: Any, kind: Kind) -> Decoded:
    """A chunked column of a type that was accepted for ``kind``."""
    if types.is_list(column.type) or types.is_large_list(column.type):
        return _shared(_lists(_whole(column)))
    if types.is_map(column.type):
        array = _whole(column)
        return Mappings(*(_lists(_part_of(array, part)) for part in (array.keys, array.items)))
    return coded(column, kind)


def coded(column: Any, kind: Kind) -> Values:
    """A chunked column without lists or maps."""
    null: Any = [] if kind == "texts" else {} if kind == "mapping" else None
    if types.is_null(column.type):
        return _values(np.full(len(column), -1), [], null)
    if types.is_struct(column.type):
        made = [
            {key: one for key, one in row.items() if one is not None} if isinstance(row, dict) else row or {}
            for row in python_values(column)
        ]
        return _values(np.arange(len(made)), made, {})
    array = _whole(column)
    if not types.is_dictionary(array.type):
        array = array.dictionary_encode()
    codes = compute.fill_null(array.indices, -1).to_numpy(zero_copy_only=False)
    return _values(codes, _distinct(array.dictionary, _MADE.get(kind)), null)


def _whole(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        found = column.unify_dictionaries().combine_chunks()
        # A column of several gigabytes stays in pieces.
        return found.chunk(0) if isinstance(found, pa.ChunkedArray) else found
    return column


def _values(codes: Any, distinct: list[Any], null: Any) -> Values:
    array = np.empty(len(distinct) + 1, dtype=object)
    # One by one: lists of one length would make it a table.
    for n, one in enumerate(distinct):
        array[n] = one
    array[-1] = null
    return Values(codes, array)


def _distinct(array: Any, made: Callable[[str], Any] | None) -> list[Any]:
    if types.is_date(array.type):
        return [one.isoformat() if isinstance(one, date) else one for one in python_values(array)]
    if types.is_decimal(array.type):
        return [None if one is None else exact_number(one) for one in array.to_pylist()]
    if types.is_boolean(array.type) or types.is_integer(array.type):
        found: list[Any] = array.to_pylist()
        return found
    lengths = compute.binary_length(array.cast(pa.large_string()))
    long = set(compute.indices_nonzero(compute.greater(lengths, LONGEST_CELL)).to_pylist())
    if long:
        array = compute.if_else(compute.greater(lengths, LONGEST_CELL), None, array)
    texts = _texts(array)
    if made is not None:
        texts = [made(one) if isinstance(one, str) else one for one in texts]
    return [TOO_LONG if n in long else one for n, one in enumerate(texts)] if long else texts


def is_within_dictionary(array: Any) -> bool:
    """Whether every index in a column, or in what its values are made of, is one of its dictionary: a damaged file has others."""
    kind = array.type
    if types.is_dictionary(kind):
        bounds = compute.min_max(array.indices).as_py()
        return bounds["max"] is None or (bounds["min"] >= 0 and bounds["max"] < len(array.dictionary))
    if types.is_map(kind):
        return is_within_dictionary(array.keys) and is_within_dictionary(array.items)
    if types.is_list(kind) or types.is_large_list(kind):
        return is_within_dictionary(array.values)
    if types.is_struct(kind):
        return all(is_within_dictionary(array.field(n)) for n in range(kind.num_fields))
    return True


def python_values(array: Any) -> list[Any]:
    """The values of an array or a chunked one.

    What Python has no value for (a day after the year 9999, a text that is no UTF-8) is bytes: no type takes them.
    """
    try:
        found: list[Any] = array.to_pylist()
    except _UNSEEN:
        return [_python_value(one) for one in array]
    return found


def _python_value(one: Any) -> Any:
    try:
        return one.as_py()
    except _UNSEEN:
        return str(one.type).encode()


def _texts(array: Any) -> list[Any]:
    try:
        found: list[Any] = array.to_numpy(zero_copy_only=False).tolist()
    except (UnicodeDecodeError, pa.ArrowException):
        # What is no UTF-8 stays bytes: no type takes them.
        return [_text(one) for one in array.cast(pa.large_binary()).to_pylist()]
    return found


def _text(content: bytes | None) -> str | bytes | None:
    try:
        return None if content is None else content.decode()
    except UnicodeDecodeError:
        return content


def exact_number(value: Decimal) -> int | str:
    """A whole number as such, any other as text without idle zeros."""
    whole = value == value.to_integral_value()
    return int(value) if whole else format(value.normalize(), "f")


def _part_of(array: Any, part: Any) -> Any:
    return pa.ListArray.from_arrays(array.offsets, part)


def _shared(lists: Lists) -> Values | Lists:
    """The same lists, each distinct one made once; where they are too long to be told apart by one number, as they are."""
    lengths = np.diff(lists.bounds)
    longest = int(lengths.max(initial=0))
    bits = len(lists.flat.distinct).bit_length()
    if longest * bits > _BITS:
        return lists
    packed = np.zeros(len(lengths), np.int64)
    for n in range(longest):
        there = lengths > n
        packed[there] |= (lists.flat.codes[lists.bounds[:-1][there] + n] + 2) << (n * bits)
    _, first, codes = np.unique(packed, return_index=True, return_inverse=True)
    return _values(codes, [lists.between(n, n + 1)[0] for n in first.tolist()], [])


# A sign and as many bits are a number.
_BITS = 63


def _lists(array: Any) -> Lists:
    bounds = array.offsets.to_numpy() - array.offsets[0].as_py()
    if array.null_count:
        # ``flatten`` leaves out whatever may stand below a null.
        lengths = compute.fill_null(compute.list_value_length(array), 0).to_numpy(zero_copy_only=False)
        bounds = np.concatenate(([0], np.cumsum(lengths)))
    return Lists(bounds, coded(array.flatten(), "text"))


def _split(text: str) -> list[str]:
    return [one.strip() for one in text.replace("；", ";").split(";") if one.strip()]


def _mapped(text: str) -> Any:
    pairs = [[part.strip() for part in one.split("=", 1)] for one in _split(text)]
    sound = all(len(one) == 2 for one in pairs) and len({one[0] for one in pairs}) == len(pairs)
    return dict(pairs) if sound else text


_MADE: dict[Kind, Callable[[str], Any]] = {"texts": _split, "mapping": _mapped}
