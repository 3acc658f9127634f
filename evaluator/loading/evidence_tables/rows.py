"""One Parquet file with a row for each submission: as JSON text in one column, or in columns that mirror a submission."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import types

from evaluator.errors import InputError, Place, Problem, Words, did_you_mean
from evaluator.limits import in_force, raising, written
from evaluator.loading.evidence_tables.decoding import exact_number, python_values
from evaluator.loading.evidence_tables.files import SUBMISSION as TEXT
from evaluator.loading.evidence_tables.files import is_text, opened
from evaluator.loading.evidence_tables.layout import Group, read_group, row_groups
from evaluator.loading.evidence_tables.places import LazyPlaces
from evaluator.loading.unpacked import called
from evaluator.persons import echo, persons_in
from evaluator.reading import Source, read_json
from evaluator.submission import Submission
from evaluator.validating import validate

_AT_ONCE = 64


class RowPart(NamedTuple):
    """Rows of one row group that are read together: from ``start`` to before ``stop``."""

    group: Group
    start: int
    stop: int


class RowLayout(NamedTuple):
    """What a worker has to know of the file: how messages call it, its columns, and whether one holds a submission as JSON."""

    name: str
    columns: tuple[str, ...]
    text: bool


class SubmissionRows(NamedTuple):
    """The submissions of a file, a row each."""

    layout: RowLayout
    number: int
    groups: tuple[Group, ...]
    strays: tuple[Problem, ...] = ()

    def parts(self, size: int = 500) -> Iterator[RowPart]:
        """The submissions in parts of at most ``size``: small, to be handed to workers."""
        for group in self.groups:
            for start in range(0, group.rows, size):
                yield RowPart(group, start, min(start + size, group.rows))


def submission_rows(path: Path) -> SubmissionRows:
    """The rows of ``path``, looked over; raises ``InputError`` with every fault of the file and its columns."""
    name = called(path)
    file = opened(path, name)
    schema = file.schema_arrow
    # A column's own name may stand twice: then it has no one type.
    at = schema.get_field_index(TEXT)
    text = at >= 0 and (is_text(schema.field(at).type) or types.is_binary(schema.field(at).type))
    problems = list(_problems(schema, name, text=text))
    if problems:
        raise InputError(problems)
    groups = tuple(row_groups(file, str(path)))
    return SubmissionRows(RowLayout(name, tuple(schema.names), text), file.metadata.num_rows, groups)


def _problems(schema: pa.Schema, name: str, *, text: bool) -> Iterator[Problem]:
    place = Place(name)
    known = [TEXT] if text else [*Submission.model_fields]
    yield from persons_in((place, one) for one in schema.names)
    for one in schema.names:
        if one not in known:
            what = Words(f"未知的列 {echo(one)}", f"unknown column {echo(one)}")
            yield Problem("extra_forbidden", place, what, did_you_mean(one, known))
        elif schema.names.count(one) > 1:
            what = Words(f"有两个列都叫 {one}", f"two columns are called {one}")
            yield Problem("duplicate_key", place, what, Words("只保留一列", "keep one of them"))
    for one in ("subject", "period"):
        if not text and one not in schema.names:
            what = Words(f"缺少列 {one}", f"the column {one} is missing")
            yield Problem("missing", place, what, Words(*_FORMS))
    if not text:
        for field in schema:
            yield from (_wrong_type(where, kind, place) for where, kind in _inexact(field.type, field.name))


_FORMS = (
    "一行一份申报：列与申报的键相同，或只有一列 submission，写 JSON 文字",
    "a row is a submission: its columns are the keys of one, or there is one column submission with JSON text",
)


def _inexact(kind: Any, where: str) -> Iterator[tuple[str, Any]]:
    if types.is_struct(kind):
        for n in range(kind.num_fields):
            yield from _inexact(kind.field(n).type, f"{where}.{kind.field(n).name}")
    elif types.is_map(kind):
        yield from _inexact(kind.key_type, where)
        yield from _inexact(kind.item_type, f"{where}.*")
    elif types.is_list(kind) or types.is_large_list(kind):
        yield from _inexact(kind.value_type, f"{where}.*")
    elif not (
        is_text(kind)
        or types.is_null(kind)
        or types.is_integer(kind)
        or types.is_decimal(kind)
        or types.is_date(kind)
        or types.is_boolean(kind)
    ):
        yield where, kind


def _wrong_type(where: str, kind: Any, place: Place) -> Problem:
    shown, stated = echo(where, 80), str(kind)[:60]
    if types.is_floating(kind):
        what = Words(f"{shown} 是浮点数（{stated}），不精确", f"{shown} is of floats ({stated}): not exact")
        mend = Words("导出为整数、定点小数（decimal）或文字", "export it as integers, decimals or text")
        return Problem("wrong_type", place, what, mend)
    what = Words(f"{shown} 的类型 {stated} 不能用", f"{shown} is of type {stated}")
    mend = Words(
        "日期导出为 date，其余导出为文字或整数", "export days as dates, all else as text or integers"
    )
    return Problem("wrong_type", place, what, mend)


class RowReader:
    """Reads parts of the file, one after the other; holds one row group at a time."""

    def __init__(self, layout: RowLayout) -> None:
        self.layout = layout
        self._file: pq.ParquetFile | None = None
        self._last: tuple[Group, pa.Table] | None = None

    def sources(self, part: RowPart) -> Iterator[tuple[Place, Source | InputError]]:
        """The submissions of ``part``, each with its row's place, or what makes its text none.

        Raises ``InputError`` where the file cannot be read.
        """
        rows = self._rows(part.group)
        for start in range(part.start, part.stop, _AT_ONCE):
            block = rows.slice(start, min(_AT_ONCE, part.stop - start))
            read = self._texts if self.layout.text else self._columns
            for n, source in enumerate(read(block, part.group.before + start + 1)):
                yield Place(self.layout.name, part.group.before + start + n + 1), source

    def _rows(self, group: Group) -> pa.Table:
        if self._last is None or self._last[0] != group:
            self._last = None
            if self._file is None:
                self._file = opened(Path(group.file), self.layout.name)
            self._last = group, read_group(self._file, group, self.layout.columns)
        return self._last[1]

    def _texts(self, block: pa.Table, first: int) -> Iterator[Source | InputError]:
        column = block[TEXT].combine_chunks()
        if types.is_dictionary(column.type):
            column = column.dictionary_decode()
        most = in_force().largest_submission
        for row, value in enumerate(column.cast(pa.large_binary()), first):
            place = Place(self.layout.name, row)
            length = len(value.as_buffer()) if value.is_valid else 0
            yield _too_long(place) if length > most else _from_text(value.as_py() or b"", place)

    def _columns(self, block: pa.Table, first: int) -> Iterator[Source | InputError]:
        made = {}
        for name in block.column_names:
            made[name] = [_converted(one, block[name].type) for one in python_values(block[name])]
        for n in range(block.num_rows):
            place = Place(self.layout.name, first + n)
            data = {name: values[n] for name, values in made.items() if values[n] is not None}
            yield Source(place.file, {"submission": 1, **data}, cells=self._places(place))

    def _places(self, row: Place) -> LazyPlaces:
        numbers = {name: n for n, name in enumerate(self.layout.columns, 1)}
        return LazyPlaces(
            lambda: {(): row, **{(name,): row._replace(column=n) for name, n in numbers.items()}}
        )


def _too_long(place: Place) -> InputError:
    size = written(in_force().largest_submission, "bytes")
    what = Words(f"这份申报超过 {size}", f"this submission is larger than {size}")
    return InputError([Problem("file_size", place, what, raising("largest_submission"))])


def _from_text(content: bytes, place: Place) -> Source | InputError:
    try:
        source = read_json(content.decode("utf-8-sig"), place.file)
        if not isinstance(source.data, dict):
            validate(Submission, source)
    except UnicodeDecodeError:
        what = Words("这一行的文字不是 UTF-8 编码", "the text of this row is not UTF-8")
        return InputError([Problem("encoding", place, what)])
    except InputError as error:
        # Of a text that is no JSON only the row is told.
        return InputError(one._replace(place=place) for one in error.problems)
    return Source(place.file, source.data, cells=LazyPlaces(lambda: {(): place}))


def _converted(value: Any, kind: Any) -> Any:
    """A value of ``to_pylist`` as the data of a file: days and numbers that are not whole as text, nulls left out of mappings."""
    if (
        value is None
        or isinstance(value, bytes)
        or is_text(kind)
        or types.is_integer(kind)
        or types.is_boolean(kind)
    ):
        return value
    if types.is_date(kind):
        return value.isoformat()
    if types.is_decimal(kind):
        return exact_number(value)
    if types.is_struct(kind):
        fields = {kind.field(n).name: kind.field(n).type for n in range(kind.num_fields)}
        return {name: _converted(one, fields[name]) for name, one in value.items() if one is not None}
    if types.is_map(kind):
        pairs = [(key, _converted(one, kind.item_type)) for key, one in value if one is not None]
        found = dict(pairs)
        # A key that stands twice makes no mapping, and is refused as what it is.
        return found if len(found) == len(pairs) else [list(pair) for pair in pairs]
    return [_converted(one, kind.value_type) for one in value]
