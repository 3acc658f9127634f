"""What a folder holds: its files under their final names, and what a run that was killed left beside them."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

State = dict[str, str]
_CHANCE = re.compile(r"\.duibiao-[a-z0-9_]{8}")


def state(folder: Path) -> State:
    """The digest of each file that stands under a final name, by that name."""
    return {name: _digest(folder / name) for name in _names(folder) if not is_passing(name)}


def is_passing(name: str) -> bool:
    """Whether a file is nothing that was handed over: what is being made, or what a batch keeps for itself."""
    parts = Path(name).parts
    return any(one.startswith(".duibiao-") for one in parts) or ".batch" in parts or name.endswith(".tmp")


def leftovers(folder: Path) -> list[str]:
    """What a run that has ended may not leave: anything that is not whole."""
    found = [str(one.relative_to(folder)) for one in folder.rglob("*")]
    return sorted(
        one for one in found if ".duibiao-" in one or one.endswith(".tmp") or ".batch/temporary" in one
    )


def shape(folder: Path) -> str:
    """Everything that lies in ``folder``, empty folders too, but for what chance is in the names: equal ones need one look."""
    found = sorted(
        _CHANCE.sub(".duibiao-", str(one.relative_to(folder))) + (_digest(one) if one.is_file() else "/")
        for one in folder.rglob("*")
        if one.name != "ready"
    )
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def _names(folder: Path) -> Iterator[str]:
    return (one.relative_to(folder).as_posix() for one in sorted(folder.rglob("*")) if one.is_file())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unwhole(folder: Path) -> list[str]:
    """The files under final names that a reader of their kind does not read to the end."""
    return [name for name in _names(folder) if not is_passing(name) and not is_whole(folder / name)]


def is_whole(path: Path) -> bool:
    """Whether a file is whole, by its kind; of a kind that is not known it is not asked."""
    reader = _READERS.get(path.suffix)
    try:
        return reader is None or bool(reader(path.read_bytes()))
    except Exception:  # noqa: BLE001 - whatever a reader says against it
        return False


def _json(content: bytes) -> bool:
    import orjson

    return content.endswith(b"}\n") and isinstance(orjson.loads(content), dict)


def _lines(content: bytes) -> bool:
    return (not content or content.endswith(b"\n")) and all(
        _json(one + b"\n") for one in content.splitlines()
    )


def _pdf(content: bytes) -> bool:
    from pypdf import PdfReader

    return content.rstrip().endswith(b"%%EOF") and len(PdfReader(BytesIO(content), strict=True).pages) > 0


def _zip(content: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.testzip() is None


def _workbook(content: bytes) -> bool:
    from openpyxl import load_workbook

    with closing(load_workbook(BytesIO(content), read_only=True)) as book:
        return _zip(content) and bool(book.sheetnames)


def _parquet(content: bytes) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    return bool(pq.read_table(pa.BufferReader(content)).num_columns)


def _html(content: bytes) -> bool:
    return content.rstrip().endswith(b"</html>")


def _yaml(content: bytes) -> bool:
    from evaluator.reading import read_yaml

    return content.endswith(b"\n") and isinstance(read_yaml(content.decode(), "file.yaml").data, dict)


_READERS = {
    ".json": _json,
    ".jsonl": _lines,
    ".pdf": _pdf,
    ".xlsx": _workbook,
    ".zip": _zip,
    ".duibiao": _zip,
    ".parquet": _parquet,
    ".html": _html,
    ".yaml": _yaml,
}
