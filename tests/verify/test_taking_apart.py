"""A hostile PDF is refused with a reason: bombs, circles, encryption, depth, and what only looks like one."""

from __future__ import annotations

import zlib

import pytest

from evaluator.errors import InputError
from scorecards.verifying.parts import taken_apart


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A file of ``objects``, the first of which is its catalogue."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(made)


def stream(content: bytes, filters: bytes) -> bytes:
    return b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(content), filters, content)


PAGES = b"<< /Type /Pages /Kids [] /Count 0 >>"
FILE = b"<< /Type /Filespec /UF (assessment.json) /EF << /F 4 0 R >> >>"
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R /AF [3 0 R] >>"
ZEROS = zlib.compress(b"\0" * 60_000_000, 9)
LOCK = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P 1 >> /ID [(a)(b)] "
HOSTILE = {
    "nothing": (b"", "not_a_pdf"),
    "a text": (b"%PDF-1.7 hello", "pdf_damaged"),
    "half a file": (pdf(CATALOGUE, PAGES)[:60], "pdf_damaged"),
    "a bomb": (pdf(CATALOGUE, PAGES, FILE, stream(ZEROS, b"/FlateDecode")), "pdf_too_much"),
    "a bomb in a bomb": (
        pdf(CATALOGUE, PAGES, FILE, stream(zlib.compress(ZEROS, 9), b"[/FlateDecode /FlateDecode]")),
        "pdf_too_much",
    ),
    "names in a circle": (
        pdf(
            b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 3 0 R >> >>",
            PAGES,
            b"<< /Kids [3 0 R 3 0 R] >>",
        ),
        "pdf_too_much",
    ),
    "an object that is itself": (pdf(b"1 0 R"), "pdf_damaged"),
    "a table that follows itself": (
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF\n",
        "pdf_damaged",
    ),
    "arrays 100,000 deep": (pdf(b"<< /AF " + b"[" * 100_000 + b"]" * 100_000 + b" >>"), "pdf_damaged"),
    "a locked file": (pdf(CATALOGUE, PAGES, trailer=LOCK), "pdf_encrypted"),
    "a PDF of someone else": (pdf(b"<< /Type /Catalog /Pages 2 0 R >>", PAGES), "not_issued"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_scorecard_is_refused(name: str) -> None:
    content, code = HOSTILE[name]
    with pytest.raises(InputError) as refused:
        taken_apart(content, "a.pdf")
    assert [problem.code for problem in refused.value.problems] == [code]
