"""A part: what one piece of a batch came to, as one Arrow file, a row for each submission."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import orjson
import pyarrow as pa

from evaluator.errors import Place, Problem, Words
from evaluator.loading.results import ROW, STATE
from evaluator.ranking.entering import Row, State

WIDTH = 16
_KEY = pa.binary(WIDTH)
_READ = pa.list_(pa.struct([("path", pa.binary()), ("digest", pa.binary())]))
# Why a submission was refused stands in ``problems``; ``again`` where that may have changed though its own bytes have not.
# ``sent_by`` is the subject's id wherever it could be read.
KEPT = pa.schema(
    [
        ("key", _KEY),
        ("who", _KEY),
        ("reviews", pa.binary()),
        ("read", _READ),
        ("problems", pa.large_binary()),
        ("again", pa.bool_()),
        ("document", pa.large_binary()),
        ("assessment_digest", pa.string()),
        ("sent_by", pa.string()),
    ]
)
SCHEMA = pa.schema([*KEPT, *ROW, ("states", pa.list_(pa.int32()))])
_STATES = b"states"
_COMPRESSED = pa.ipc.IpcWriteOptions(compression="zstd")
_NO_ROW = (None,) * len(Row._fields)


class Kept(NamedTuple):
    """One submission's row: as ``SCHEMA`` says; ``row`` and ``states`` are None where it was refused."""

    key: bytes
    who: bytes | None
    reviews: bytes
    read: tuple[tuple[bytes, bytes], ...]
    problems: bytes | None
    again: bool
    document: bytes | None
    assessment_digest: str | None
    sent_by: str | None
    row: Row | None
    states: Sequence[int] | None


def part_of(kept: Iterable[Kept], states: Sequence[State]) -> bytes:
    """The part that holds these rows, whose ``states`` are numbers in that list."""
    rows = [(*one[:-2], *(one.row or _NO_ROW), one.states) for one in kept]
    columns = [
        pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), SCHEMA, strict=True)
    ]
    schema = SCHEMA.with_metadata({_STATES: orjson.dumps([list(one) for one in states])})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, schema, options=_COMPRESSED) as writer:
        writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
    return bytes(sink.getvalue())


class Part(NamedTuple):
    """A part as it is read again: its rows, and its states as columns."""

    rows: Any
    states: Any


def opened(content: Any, columns: Sequence[str] | None = None) -> Part:
    """The part in a buffer or file; only some of its ``columns`` where they are named. Raises ``ValueError`` where it is none."""
    with pa.ipc.open_file(content) as reader:
        if not reader.schema.equals(SCHEMA):
            raise ValueError(reader.schema)
    options = None
    if columns is not None:
        options = pa.ipc.IpcReadOptions(included_fields=[SCHEMA.get_field_index(one) for one in columns])
    with pa.ipc.open_file(content, options=options) as reader:
        states = orjson.loads((reader.schema.metadata or {}).get(_STATES, b"[]"))
        rows = reader.get_batch(0)
    if any(len(one) != len(STATE) for one in states):
        raise ValueError(states)
    listed = [pa.array([one[n] for one in states], field.type) for n, field in enumerate(STATE)]
    return Part(rows, pa.RecordBatch.from_arrays(listed, schema=STATE))


def packed(problems: Iterable[Problem], own: Place) -> bytes:
    """Problems of the submission that stands at ``own``, wherever that will be."""
    return orjson.dumps([_packed(one, own) for one in problems])


def _packed(one: Problem, own: Place) -> list[Any]:
    place = one.place
    here = own.line is not None and place[:2] == own[:2]
    return [
        one.code,
        list(place._replace(file="", line=None) if here else place),
        list(one.what),
        None if one.mend is None else list(one.mend),
    ]


def unpacked(content: bytes, own: Place) -> list[Problem]:
    """The problems of the submission that stands at ``own``."""
    found = []
    for code, (file, line, column, sheet), what, mend in orjson.loads(content):
        place = Place(file, line, column, sheet) if file else own._replace(column=column)
        found.append(Problem(code, place, Words(*what), None if mend is None else Words(*mend)))
    return found
