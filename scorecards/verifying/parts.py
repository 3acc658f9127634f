"""A PDF taken apart: the issued revision, what was added later, the attached files. Safe with hostile files.

Every bound below is far above any scorecard of ours; a file that reaches one is none and is refused.
"""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import Any, NamedTuple

from pypdf import Configuration, PdfReader, overwrite_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import DictionaryObject, IndirectObject, PdfObject, StreamObject

from evaluator.errors import InputError, Place, Problem, Words

LARGEST_PDF = 48 * 1024 * 1024
LARGEST_STREAM = 24 * 1024 * 1024
LARGEST_STREAMS = 96 * 1024 * 1024
MOST_OBJECTS = 60_000
MOST_LOOKS = 400_000
MOST_PAGES = 1_000
MOST_ATTACHMENTS = 8
_END = re.compile(rb"startxref[\r\n\t ]{1,8}([0-9]{1,10})[\r\n\t ]{1,8}%%EOF(?:\r\n|\n|\r)?")
_MEND = Words("取签发单位发出的原文件", "get the file as it was issued")


class Parts(NamedTuple):
    """A scorecard's file: all of it and the ``first`` revision (as issued), each with a reader; ``attached`` as it was issued."""

    content: bytes
    first: bytes
    whole: BoundedReader
    issued: BoundedReader
    attached: dict[str, bytes]

    @property
    def is_amended(self) -> bool:
        """Whether anything was added to the file after it was issued."""
        return len(self.first) != len(self.content)


class TooMuch(Exception):
    """A bound was reached."""


class BoundedReader(PdfReader):
    """A reader that looks at no more than so many objects and unpacks no more than so much."""

    def __init__(self, content: bytes) -> None:
        self.looks = self.unpacked = 0
        bound_the_library()
        super().__init__(BytesIO(content), strict=True, xref_stream_maximum_entries=MOST_OBJECTS)

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """One object; raises ``TooMuch`` where a file leads round in circles."""
        self.looks += 1
        if self.looks > MOST_LOOKS:
            raise TooMuch("looks")
        return super().get_object(indirect_reference)

    def data_of(self, stream: StreamObject) -> bytes:
        """The bytes of ``stream``, unpacked; raises ``TooMuch`` at a bomb."""
        data = bytes(stream.get_data())
        self.unpacked += len(data)
        if len(data) > LARGEST_STREAM or self.unpacked > LARGEST_STREAMS:
            raise TooMuch("streams")
        return data


def taken_apart(content: bytes, name: str = "") -> Parts:
    """``content`` as a scorecard of ours; raises ``InputError`` where it is no PDF, damaged, encrypted, or has nothing attached.

    ``name`` is what the file is called in problems.
    """
    if not content.startswith(b"%PDF-"):
        raise refused(name, "not_a_pdf", Words("这不是 PDF 文件", "this is no PDF"))
    if len(content) > LARGEST_PDF:
        megabytes = LARGEST_PDF // 1024 // 1024
        raise refused(
            name, "file_size", Words(f"文件超过 {megabytes} MB", f"the file is larger than {megabytes} MB")
        )
    found = _END.search(content)
    if found is None:
        raise _damaged(name, "no end")
    try:
        return _parts(content, content[: found.end()], name)
    except InputError:
        raise
    except (TooMuch, LimitReachedError, MemoryError, RecursionError) as fault:
        what = Words("文件的结构超出限度", "the structure of the file is beyond what is read")
        raise refused(name, "pdf_too_much", what) from fault
    except Exception as fault:
        raise _damaged(name, type(fault).__name__) from fault


def refused(name: str, code: str, what: Words, mend: Words = _MEND) -> InputError:
    """The refusal of a whole file."""
    return InputError([Problem(code, Place(name), what, mend)])


def _damaged(name: str, why: str) -> InputError:
    return refused(name, "pdf_damaged", Words(f"PDF 已损坏（{why}）", f"the PDF is damaged ({why})"))


def _parts(content: bytes, first: bytes, name: str) -> Parts:
    whole = _opened(content, name)
    issued = whole if len(first) == len(content) else _opened(first, name)
    attached = attachments_in(issued)
    if not {"assessment.json", "manifest.json"} <= attached.keys():
        what = Words(
            "不是对标签发的评分表：没有附评估结果和签发清单",
            "no scorecard issued by duibiao: no assessment and manifest are attached",
        )
        mend = Words("用 duibiao score 写出的 .pdf 或 .json", "use a .pdf or .json that duibiao score wrote")
        raise refused(name, "not_issued", what, mend)
    return Parts(content, first, whole, issued, attached)


def bound_the_library() -> None:
    """Let the library unpack and follow no more than a scorecard needs, start no program, and be silent."""
    # What it says of a file would stand between the lines of the answer.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    overwrite_configuration(
        Configuration(),
        zlib_maximum_output_length=LARGEST_STREAM,
        lzw_maximum_output_length=LARGEST_STREAM,
        run_length_maximum_output_length=LARGEST_STREAM,
        stream_decoding_work_maximum_length=LARGEST_STREAMS,
        page_tree_maximum_entries=MOST_PAGES,
        jbig2dec_binary=None,
        disable_legacy_handling=True,
    )


def _opened(content: bytes, name: str) -> BoundedReader:
    reader = BoundedReader(content)
    if reader.is_encrypted:
        raise refused(name, "pdf_encrypted", Words("PDF 有密码或加密", "the PDF is encrypted"))
    size = sum(len(one) for one in reader.xref.values()) + len(reader.xref_objStm)
    if size > MOST_OBJECTS:
        raise TooMuch("objects")
    return reader


def attachments_in(reader: BoundedReader) -> dict[str, bytes]:
    """The embedded files by name, those of ``/AF`` and of the name tree alike."""
    found: dict[str, bytes] = {}
    for spec in _file_specifications(reader):
        name = str(spec.get("/UF") or spec.get("/F") or "")
        if name in found:
            continue
        if len(found) == MOST_ATTACHMENTS:
            raise TooMuch("attachments")
        embedded = resolved(spec.get("/EF"))
        stream = (
            resolved(embedded.get("/F") or embedded.get("/UF"))
            if isinstance(embedded, DictionaryObject)
            else None
        )
        found[name] = reader.data_of(stream) if isinstance(stream, StreamObject) else b""
    return found


def _file_specifications(reader: BoundedReader) -> list[DictionaryObject]:
    root = resolved(reader.trailer["/Root"])
    listed = list(resolved(root.get("/AF")) or ())
    names = resolved(root.get("/Names"))
    tree = resolved(names.get("/EmbeddedFiles")) if isinstance(names, DictionaryObject) else None
    queue, seen = [tree], 0
    while queue:
        node = queue.pop()
        seen += 1
        if seen > MOST_ATTACHMENTS * 4:
            raise TooMuch("attachments")
        if isinstance(node, DictionaryObject):
            listed.extend(list(resolved(node.get("/Names")) or ())[1::2])
            queue.extend(resolved(one) for one in resolved(node.get("/Kids")) or ())
    if len(listed) > MOST_ATTACHMENTS * 4:
        raise TooMuch("attachments")
    return [one for one in map(resolved, listed) if isinstance(one, DictionaryObject)]


def resolved(value: Any) -> Any:
    """What ``value`` refers to; itself where it refers to nothing."""
    return value.get_object() if isinstance(value, IndirectObject) else value
