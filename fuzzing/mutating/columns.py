"""Parquet: tables with other columns, types and values, written anew; and the bytes of their pages and footers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from fuzzing import oddities
from fuzzing.choices import Choices
from fuzzing.mutating import raw

_LARGEST = 200_000
_TYPES: tuple[Any, ...] = (
    pa.string(), pa.large_string(), pa.binary(), pa.int8(), pa.int64(), pa.uint64(), pa.float64(), pa.bool_(), pa.date32(),
    pa.timestamp("us"), pa.decimal128(20, 4), pa.null(), pa.list_(pa.string()), pa.list_(pa.int64()),
    pa.map_(pa.string(), pa.string()), pa.struct([("a", pa.string())]), pa.dictionary(pa.int32(), pa.string()),
    pa.list_(pa.list_(pa.string())), pa.large_list(pa.string()), pa.decimal256(60, 10), pa.date64(),
)  # fmt: skip
_CODECS = ("none", "snappy", "gzip", "zstd", "lz4", "brotli")


def mutated(content: bytes, choices: Choices) -> bytes:
    """A Parquet file with one to three changes of its table, or of its bytes."""
    kind = choices.below(4)
    table = _table(content) if kind else None
    if table is None:
        return _bytes(content, choices)
    for _ in range(1 + choices.below(3)):
        table = _changed(table, choices)
    made = _written(table, choices)
    return _bytes(made or content, choices) if made is None or choices.one_in(6) else made


@lru_cache(maxsize=32)
def _table(content: bytes) -> Any:
    if len(content) > _LARGEST or not content.startswith(b"PAR1") or not content.endswith(b"PAR1"):
        return None
    try:
        return pq.read_table(BytesIO(content), use_threads=False)
    except (pa.ArrowException, OSError, ValueError, KeyError, MemoryError):
        return None


def _bytes(content: bytes, choices: Choices) -> bytes:
    # The footer says where everything is: it is where a byte matters most.
    length = int.from_bytes(content[-8:-4], "little") if len(content) > 12 else 0
    start = len(content) - 8 - length
    if 0 < start < len(content) and choices.below(3):
        footer = raw.mutated(content[start:-8], choices)
        end = content[-8:] if choices.one_in(3) else len(footer).to_bytes(4, "little") + b"PAR1"
        return content[:start] + footer + end
    return raw.mutated(content, choices)


def _changed(table: Any, choices: Choices) -> Any:
    try:
        return _change(table, choices)
    except (pa.ArrowException, ValueError, TypeError, OverflowError, KeyError, UnicodeError, ArithmeticError):
        return table


def _change(table: Any, choices: Choices) -> Any:
    if not table.num_columns:
        return table
    at, kind = choices.below(table.num_columns), choices.below(8)
    name, column = table.schema.names[at], table.column(at)
    if kind < 4:
        values = column.to_pylist()
        if values:
            values[choices.below(len(values))] = _value(column.type, choices)
        return table.set_column(at, name, pa.array(values, column.type))
    if kind == 4:
        return table.set_column(at, name, _as(column, choices.pick(_TYPES), choices))
    if kind == 5:
        other = choices.pick(table.schema.names) if choices.one_in(3) else oddities.text(choices)
        return table.rename_columns([other if n == at else one for n, one in enumerate(table.schema.names)])
    if kind == 6:
        return table.remove_column(at) if choices.one_in(2) else table.append_column(name, column)
    rows = list(range(table.num_rows))
    start, end = choices.span(len(rows), 4)
    rows = rows[end:] + rows[:start] if choices.one_in(2) else rows + rows[start:end] * (1 + choices.below(3))
    return table.take(rows)


def _as(column: Any, kind: Any, choices: Choices) -> Any:
    try:
        return column.cast(kind)
    except (pa.ArrowException, ValueError, TypeError):
        return pa.array([_value(kind, choices) for _ in range(len(column))], kind)


def _value(kind: Any, choices: Choices) -> Any:
    if choices.one_in(6):
        return None
    for matches, make in _MAKERS:
        if matches(kind):
            return make(kind, choices)
    return None


def _list(kind: Any, choices: Choices) -> list[Any]:
    return [_value(kind.value_type, choices) for _ in range(choices.below(4))]


def _map(kind: Any, choices: Choices) -> list[tuple[Any, Any]]:
    pairs = range(choices.below(3))
    return [(_value(kind.key_type, choices) or "", _value(kind.item_type, choices)) for _ in pairs]


def _text(_: Any, choices: Choices) -> str:
    return oddities.text(choices).encode("utf-8", "replace").decode()


def _bytes_of(_: Any, choices: Choices) -> bytes:
    return oddities.text(choices).encode("utf-8", "surrogatepass")


def _one_of(*values: Any) -> Callable[[Any, Choices], Any]:
    return lambda _, choices: choices.pick(values)


_is = pa.types
_MAKERS: tuple[tuple[Callable[[Any], bool], Callable[[Any, Choices], Any]], ...] = (
    (_is.is_dictionary, lambda kind, choices: _value(kind.value_type, choices)),
    (_is.is_string, _text),
    (_is.is_large_string, _text),
    (_is.is_binary, _bytes_of),
    (_is.is_large_binary, _bytes_of),
    (_is.is_integer, _one_of(0, 1, -1, 127, -128, 2**31, 2**62, 2**63 - 1, 2025, 5)),
    (_is.is_floating, _one_of(0.0, -0.0, 1.5, float("nan"), float("inf"), 1e300)),
    (_is.is_boolean, _one_of(True, False)),
    (_is.is_date, _one_of(date.min, date.max, date(2025, 3, 12), date(1969, 12, 31))),
    (_is.is_decimal, _one_of(Decimal(0), Decimal("-0.5"), Decimal("1.50"), Decimal(10) ** 15)),
    (_is.is_timestamp, _one_of(0, -1, 2**60)),
    (_is.is_map, _map),
    (_is.is_struct, lambda kind, choices: {field.name: _value(field.type, choices) for field in kind}),
    (_is.is_list, _list),
    (_is.is_large_list, _list),
)


def _written(table: Any, choices: Choices) -> bytes | None:
    target = BytesIO()
    try:
        pq.write_table(
            table,
            target,
            row_group_size=1 + choices.below(4) if table.num_rows < 100 else 50,
            compression=choices.pick(_CODECS) if choices.one_in(4) else "none",
            use_dictionary=not choices.one_in(3),
            write_statistics=not choices.one_in(4),
            version=choices.pick(("1.0", "2.4", "2.6")),
            data_page_version=choices.pick(("1.0", "2.0")),
        )
    except (pa.ArrowException, ValueError, TypeError, NotImplementedError, OverflowError):
        return None
    return target.getvalue()
