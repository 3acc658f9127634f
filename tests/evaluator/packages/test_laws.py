"""Whatever bytes a stranger sends, a reader says what it is or why it is refused, and never stumbles."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from evaluator.errors import Fault
from evaluator.loading.examining import record_of
from evaluator.packages.compound import streams
from evaluator.packages.metadata import said
from evaluator.packages.names import clashes, member_name, name_fault
from evaluator.packages.photographs import examined, prepared
from evaluator.packages.records import FileRecord
from evaluator.packages.stripping import bare_jpeg, bare_png
from tests.evaluator.packages.making import PDF, exif, office, photo

HEADS = st.sampled_from(
    (
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"RIFF",
    )
)
SOUND = {
    "a.jpg": photo(1, exif=exif("2025-03-12", place=True, tags={0x010E: "现场".encode()})),
    "a.png": photo(1, (64, 48), kind="PNG"),
    "a.docx": office("docx"),
    "a.pdf": PDF,
}


@given(HEADS, st.binary(max_size=300), st.sampled_from(sorted(SOUND)))
def test_any_bytes_are_a_record_or_a_refusal_in_two_languages(head: bytes, rest: bytes, name: str) -> None:
    found = record_of(name, head + rest)
    if isinstance(found, FileRecord):
        assert found.size == len(head + rest)
        return
    for one in found:
        assert isinstance(one, Fault)
        assert one.what.zh
        assert one.mend
        assert not any("\u4e00" <= character <= "\u9fff" for character in one.what.en + one.mend.en)


@pytest.mark.parametrize("name", SOUND)
@given(st.data())
def test_a_sound_file_with_a_few_bytes_changed_does_not_stumble(name: str, data: st.DataObject) -> None:
    content = bytearray(SOUND[name])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = record_of(name, bytes(content))
    assert isinstance(found, FileRecord) or all(one.what.zh for one in found)
    assert len(streams(bytes(content))) <= len(streams(SOUND[name])) + 1


@given(st.binary(max_size=200))
@example(b"\xff\xe1\0\1")
@example(b"\xff\xda\0\2")
def test_stripping_gives_nothing_or_less(rest: bytes) -> None:
    for bare, head in ((bare_jpeg, b"\xff\xd8"), (bare_png, b"\x89PNG\r\n\x1a\n")):
        found = bare(head + rest)
        assert found is None or len(found) <= len(head + rest) + 2


@given(st.binary(min_size=1, max_size=2_000))
def test_exif_of_any_bytes_says_something_or_nothing(fields: bytes) -> None:
    content = photo(1, (32, 24), exif=None)
    segment = b"Exif\0\0" + fields
    broken = content[:2] + b"\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment + content[2:]
    found = examined("a.jpg", broken)
    assert isinstance(found, list) or found.likeness is not None
    with Image.open(BytesIO(prepared(broken, 1600, 82))) as image:
        assert said(image) == (None, False, (), ())


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_name_that_passes_stays_in_the_package_on_every_system(one: str, other: str) -> None:
    if name_fault(one) is None:
        assert not one.startswith(("/", "\\"))
        assert ".." not in one.split("/")
        assert not set(one) & set(":\\\0")
    list(clashes([one, other]))


@given(st.binary(max_size=40), st.booleans(), st.sampled_from((0, 3)), st.binary(max_size=20))
def test_any_name_in_an_archive_is_read_or_told_unreadable(
    raw: bytes, utf8: bool, system: int, extra: bytes
) -> None:
    name = member_name(raw, utf8=utf8, system=system, extra=extra)
    assert name is None or isinstance(name, str)


@given(st.text(alphabet="中文社区照片现场abc123_", min_size=1, max_size=20))
def test_a_name_is_read_alike_whichever_system_packed_it(name: str) -> None:
    assert member_name(name.encode("gb18030"), utf8=False, system=0) == name
    assert member_name(name.encode(), utf8=True, system=0) == name
    assert member_name(name.encode(), utf8=False, system=3) == name
