"""Parquet files: opened, or refused in words; the columns of a table against its definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import types

from evaluator.errors import InputError, Place, Problem, Words, did_you_mean
from evaluator.limits import in_force, raising, written
from evaluator.loading.evidence_tables.columns import Column, Kind
from evaluator.loading.files import is_folder, refused
from evaluator.persons import echo, persons_in

# The column that holds whole submissions as JSON.
SUBMISSION = "submission"
_SMALLER = Words(
    "导出时每组不超过 10 万行（row group size）",
    "export it with at most 100,000 rows in a row group",
)
_EXPORT_ANEW = Words("重新导出这份文件", "export the file anew")


def opened(path: Path, name: str) -> pq.ParquetFile:
    """The Parquet file ``path``, that messages call ``name``; texts are read as dictionaries.

    Raises ``InputError`` where it is none, is damaged or encrypted, or holds row groups too large to be read.
    """
    if is_folder(path) or not path.is_file():
        raise refused(name, "no_file", "找不到文件", "there is no such file")
    try:
        with path.open("rb") as file:
            marks = file.read(4)
        if marks == b"PARE":
            raise refused(name, "encrypted", "文件加密了", "the file is encrypted", _PLAINLY)
        if marks != b"PAR1":
            what = "这不是 Parquet 文件", "this is no Parquet file"
            raise refused(name, "not_parquet", *what, _NOT_PARQUET)
        texts = _texts(pq.read_schema(path))
        found = pq.ParquetFile(path, read_dictionary=texts)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise damaged(name, error) from None
    # A group of rows is held in memory as a whole.
    groups, largest = found.metadata.num_row_groups, in_force().table_row_group
    if any(found.metadata.row_group(n).total_byte_size > largest for n in range(groups)):
        size = written(largest, "bytes")
        what = f"有一组行超过 {size}", f"a row group is larger than {size}"
        raise refused(name, "file_size", *what, raising("table_row_group", _SMALLER))
    return found


def damaged(name: str, error: Exception) -> InputError:
    """The refusal of a file that cannot be read, or not as a whole."""
    if "crypt" in str(error).lower():
        return refused(name, "encrypted", "文件加密了", "the file is encrypted", _PLAINLY)
    return refused(name, "damaged", "文件不完整或已损坏", "the file is cut off or damaged", _EXPORT_ANEW)


_PLAINLY = Words("导出时不要加密", "export it without encryption")
_NOT_PARQUET = Words(
    "用数据库或程序导出为 Parquet；改扩展名没有用",
    "export it as Parquet; renaming another file is not enough",
)


def _texts(schema: pa.Schema) -> list[str]:
    # Whole submissions hardly repeat: as a dictionary they would stand in memory twice.
    return [field.name for field in schema if is_text(field.type) and field.name != SUBMISSION]


def schema_problems(schema: pa.Schema, columns: Iterable[Column], name: str) -> Iterator[Problem]:
    """Every fault of a table's columns: unknown, missing, doubled, or of a type that cannot be taken exactly."""
    known = {column.name: column for column in columns}
    place = Place(name)
    yield from persons_in((place, one) for one in schema.names)
    for one in sorted({one for one in schema.names if schema.names.count(one) > 1}):
        shown = echo(one)
        what = Words(f"有两个列都叫 {shown}", f"two columns are called {shown}")
        yield Problem("duplicate_key", place, what, Words("只保留一列", "keep one of them"))
    for one in schema.names:
        if one not in known:
            shown = echo(one)
            what = Words(f"未知的列 {shown}", f"unknown column {shown}")
            yield Problem("extra_forbidden", place, what, did_you_mean(one, known))
    for column in known.values():
        if column.name not in schema.names:
            if column.required:
                what = Words(f"缺少列 {column.name}", f"the column {column.name} is missing")
                yield Problem("missing", place, what, _AS[column.kind])
            continue
        kind = schema.types[schema.names.index(column.name)]
        if not accepted(kind, column.kind):
            yield _wrong_type(column, kind, place)


def _wrong_type(column: Column, kind: Any, place: Place) -> Problem:
    name, stated = column.name, str(kind)[:60]
    if types.is_floating(kind):
        what = Words(
            f"列 {name} 是浮点数（{stated}），不精确", f"the column {name} is of floats ({stated}): not exact"
        )
    else:
        what = Words(f"列 {name} 的类型 {stated} 不能用", f"the column {name} is of type {stated}")
    return Problem("wrong_type", place, what, _AS[column.kind])


_AS: dict[Kind, Words] = {
    "text": Words("导出为文字（string）", "export it as text (string)"),
    "date": Words(
        "导出为日期（date），或 2025-03-12 样的文字", "export it as a date, or as text such as 2025-03-12"
    ),
    "number": Words("导出为整数、定点小数（decimal）或文字", "export it as integers, decimals or text"),
    "whole": Words("导出为整数", "export it as integers"),
    "yes_no": Words("导出为布尔值（boolean）", "export it as booleans"),
    "texts": Words(
        "导出为文字的列表（list），或用分号隔开的文字",
        "export it as lists of text, or as text parted by semicolons",
    ),
    "mapping": Words(
        "导出为文字到文字的映射（map、struct），或“键=值”用分号隔开的文字",
        "export it as a map or a struct of texts, or as text: key=value, parted by semicolons",
    ),
}


def accepted(kind: Any, wanted: Kind) -> bool:
    """Whether values of the Arrow type ``kind`` can be taken exactly as ``wanted``; a column of nulls always can."""
    if types.is_null(kind) or (wanted not in ("whole", "yes_no") and is_text(kind)):
        return True
    if wanted == "date":
        return bool(types.is_date(kind))
    if wanted in ("number", "whole"):
        return bool(types.is_integer(kind) or types.is_decimal(kind))
    if wanted == "yes_no":
        return bool(types.is_boolean(kind))
    if wanted == "texts":
        return bool(types.is_list(kind) or types.is_large_list(kind)) and _is_text_or_null(kind.value_type)
    if wanted == "mapping":
        fields = [kind.field(n).type for n in range(kind.num_fields)] if types.is_struct(kind) else []
        if types.is_map(kind):
            fields = [kind.key_type, kind.item_type]
        return bool(fields) and all(map(_is_text_or_null, fields))
    return False


def is_text(kind: Any) -> bool:
    """Whether the Arrow type ``kind`` is text."""
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_text_or_null(kind: Any) -> bool:
    # Where every value is null, a writer knows no type.
    return bool(types.is_null(kind)) or is_text(kind)
