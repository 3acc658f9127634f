"""A PDF taken apart: the issued revision, what was added later, the attached files. Safe with hostile files.

Every bound is far above any scorecard of ours: those of ``evaluator.limits`` can be raised, those below are parts of the format.
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
from evaluator.limits import CEILINGS, in_force, raising, written

# So often each object may be looked at, on average.
_LOOKS_AN_OBJECT = 7
MOST_PAGES = 1_000
MOST_ATTACHMENTS = 8
_END = re.compile(rb"startxref[\r\n\t ]{1,8}([0-9]{1,10})[\r\n\t ]{1,8}%%EOF(?:\r\n|\n|\r)?")
# What a bound of the reader is called among the limits.
_LIMIT = {"looks": "scorecard_objects", "objects": "scorecard_objects", "streams": "scorecard_unpacked"}
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
        self.bounds = in_force()
        bound_the_library()
        # The library calls a longer table damaged; what has more objects than are allowed is told apart.
        most = CEILINGS.scorecard_objects
        super().__init__(BytesIO(content), strict=True, xref_stream_maximum_entries=most)

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """One object; raises ``TooMuch`` where a file leads round in circles."""
        self.looks += 1
        if self.looks > self.bounds.scorecard_objects * _LOOKS_AN_OBJECT:
            raise TooMuch("looks")
        return super().get_object(indirect_reference)

    def data_of(self, stream: StreamObject) -> bytes:
        """The bytes of ``stream``, unpacked; raises ``TooMuch`` at a bomb."""
        data = bytes(stream.get_data())
        self.unpacked += len(data)
        if len(data) > _largest_stream() or self.unpacked > self.bounds.scorecard_unpacked:
            raise TooMuch("streams")
        return data


def taken_apart(content: bytes, name: str = "") -> Parts:
    """``content`` as a scorecard of ours; raises ``InputError`` where it is no PDF, damaged, encrypted, or has nothing attached.

    ``name`` is what the file is called in problems.
    """
    if not content.startswith(b"%PDF-"):
        raise refused(name, "not_a_pdf", Words("这不是 PDF 文件", "this is no PDF"))
    largest = in_force().largest_scorecard
    if len(content) > largest:
        size = written(largest, "bytes")
        what = Words(f"文件超过 {size}", f"the file is larger than {size}")
        raise refused(name, "file_size", what, _raised("largest_scorecard"))
    found = _END.search(content)
    if found is None:
        raise _damaged(name, "no end")
    try:
        return _parts(content, content[: found.end()], name)
    except InputError:
        raise
    except Exception as fault:
        bound = _bound_in(fault)
        if bound is None:
            raise _damaged(name, type(fault).__name__) from fault
        what = Words("文件的结构超出限度", "the structure of the file is beyond what is read")
        raise refused(name, "pdf_too_much", what, _mend_of(bound)) from fault


def refused(name: str, code: str, what: Words, mend: Words = _MEND) -> InputError:
    """The refusal of a whole file."""
    return InputError([Problem(code, Place(name), what, mend)])


def _largest_stream() -> int:
    return in_force().scorecard_unpacked // 4


def _bound_in(fault: BaseException) -> BaseException | None:
    """The bound that was reached; None where the file is damaged."""
    within: BaseException | None = fault
    # The library may have taken one of ours for damage.
    while within is not None:
        if isinstance(within, TooMuch):
            return within
        within = within.__context__
    return fault if isinstance(fault, (LimitReachedError, MemoryError, RecursionError)) else None


def _mend_of(fault: BaseException) -> Words:
    # What the library itself stops at is what is unpacked.
    if isinstance(fault, LimitReachedError):
        return _raised("scorecard_unpacked")
    key = _LIMIT.get(str(fault))
    return _MEND if key is None else _raised(key)


def _raised(key: str) -> Words:
    return raising(key, _MEND) or _MEND


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
        zlib_maximum_output_length=_largest_stream(),
        lzw_maximum_output_length=_largest_stream(),
        run_length_maximum_output_length=_largest_stream(),
        stream_decoding_work_maximum_length=in_force().scorecard_unpacked,
        page_tree_maximum_entries=MOST_PAGES,
        jbig2dec_binary=None,
        disable_legacy_handling=True,
    )


def _opened(content: bytes, name: str) -> BoundedReader:
    reader = BoundedReader(content)
    if reader.is_encrypted:
        raise refused(name, "pdf_encrypted", Words("PDF 有密码或加密", "the PDF is encrypted"))
    size = sum(len(one) for one in reader.xref.values()) + len(reader.xref_objStm)
    if size > reader.bounds.scorecard_objects:
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
