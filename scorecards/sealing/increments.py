"""What was added to an issued scorecard after it was issued: signatures and their seals, or anything else.

Every increment is compared with the revision before it. In an increment that only signs, the catalog gets a form or the form one
more field, and the page of the seal one more annotation, which is that field; everything else is new and hangs below it.
"""

from __future__ import annotations

import logging
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from evaluator.errors import Words
from scorecards.sealing.places import SealPlace, pages_of, seal_places

# It logs what it refuses; we say that ourselves.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False

_CATALOG = frozenset({"/AcroForm"})
_PAGE = frozenset({"/Annots"})
_FORM = frozenset({"/Fields", "/SigFlags"})
# No actions, no scripts, no further states.
_FIELD = frozenset({"/Type", "/Subtype", "/FT", "/T", "/V", "/Ff", "/F", "/P", "/Rect", "/AP"})
_APPEARANCE = frozenset({"/N"})
_NOTHING: DictionaryObject = DictionaryObject()  # type: ignore[no-untyped-call]


class _Changed(Exception):
    """More than a signature was added; says what."""

    def __init__(self, zh: str, en: str) -> None:
        self.words = Words(zh, en)
        super().__init__(zh)


def what_else_was_added(reader: PdfFileReader, signatures: list[EmbeddedPdfSignature]) -> Words | None:
    """What was added to the issued revision beside signatures and their seals; None where nothing was."""
    covers = {one.signed_revision: one.evaluate_signature_coverage() for one in signatures}
    last = reader.xrefs.total_revisions - 1
    for revision in range(1, last + 1):
        if covers.get(revision, SignatureCoverageLevel.UNCLEAR) < SignatureCoverageLevel.ENTIRE_REVISION:
            return Words(
                f"签发后有第 {revision} 次增补，不是签章",
                f"addition {revision} after the scorecard was issued is no signature",
            )
    if covers and (0 in covers or covers[last] != SignatureCoverageLevel.ENTIRE_FILE):
        return Words("签章不是加在签发的文件之后", "a signature is not the last addition to an issued file")
    try:
        places = seal_places(reader.get_historical_resolver(0).root) if last else ()
        for revision in range(1, last + 1):
            _compare(reader, revision, places)
    except _Changed as changed:
        return changed.words
    return None


def _compare(reader: PdfFileReader, revision: int, places: tuple[SealPlace, ...]) -> None:
    old, new = (reader.get_historical_resolver(one) for one in (revision - 1, revision))
    freed: Any = new.refs_freed_in_revision()  # type: ignore[no-untyped-call]
    written: Any = new.explicit_refs_in_revision()  # type: ignore[no-untyped-call]
    if freed or new.root_ref != old.root_ref:
        raise _Changed("签发后删去了文件的内容", "parts of the file were deleted after it was issued")
    size = int(old.trailer_view["/Size"])
    changed = {one for one in written if one.idnum < size}
    field, allowed = _added_field(old, new)
    _check_field(field.get_object())
    page = field.get_object().raw_get("/P")
    _check_place(field.get_object(), new, places)
    if page.reference in changed:
        allowed |= _added_annotation(old(page.reference), new(page.reference), field, page)
    if changed - allowed:
        raise _Changed(
            "签发后改动了签章以外的内容（页面、附件或文件目录）",
            "more than a signature was changed after it was issued (a page, an attachment, the catalog)",
        )


def _added_field(old: HistoricalResolver, new: HistoricalResolver) -> tuple[Any, set[Any]]:
    """The one new field of the form, and what had to change for it: catalog, form and list of fields."""
    _same(old.root, new.root, but=_CATALOG)
    form = _value(new.root, "/AcroForm")
    before = _value(old.root, "/AcroForm")
    if not isinstance(form, DictionaryObject) or not form.keys() <= _FORM:
        raise _Changed("签章的表单里有别的内容", "the form of the signatures holds something else")
    fields = _array(form, "/Fields")
    known = _array(before, "/Fields")
    if fields[:-1] != known or len(fields) != len(known) + 1:
        raise _Changed("一次签章只能加一个签章域", "a signature adds one field, no more")
    parts = (new.root_ref, new.root.raw_get("/AcroForm"), form.raw_get("/Fields"))
    return fields[-1], {getattr(one, "reference", one) for one in parts if hasattr(one, "idnum")}


def _added_annotation(old: Any, new: Any, field: Any, page: Any) -> set[Any]:
    _same(old, new, but=_PAGE)
    if _array(new, "/Annots") != [*_array(old, "/Annots"), field]:
        raise _Changed("页面上加了签章以外的注释", "an annotation that is no seal was added to a page")
    return {page.reference} | _list_of(new)


def _list_of(page: Any) -> set[Any]:
    annotations = page.raw_get("/Annots")
    return {annotations.reference} if hasattr(annotations, "reference") else set()


def _same(old: Any, new: Any, *, but: frozenset[str]) -> None:
    def rest(one: Any) -> dict[str, Any]:
        return {key: one.raw_get(key) for key in one if key not in but}

    is_plain = all(
        isinstance(one, DictionaryObject) and not isinstance(one, StreamObject) for one in (old, new)
    )
    if not is_plain or rest(old) != rest(new):
        raise _Changed("签发后改动了页面或文件目录", "a page or the catalog was changed after it was issued")


def _array(holder: Any, key: str) -> list[Any]:
    found = holder[key] if key in holder else ArrayObject()
    if not isinstance(found, ArrayObject):
        raise _Changed("签章的表单不合规范", "the form of the signatures is malformed")
    return list(found)


def _value(holder: Any, key: str) -> Any:
    """What stands under ``key``, followed where it is a reference (the library's ``get`` does not); else an empty one."""
    return holder[key] if key in holder else _NOTHING  # noqa: SIM401


def _check_field(field: Any) -> None:
    appearance = _value(field, "/AP")
    is_plain = field.keys() <= _FIELD and appearance.keys() <= _APPEARANCE
    if not is_plain or field["/FT"] != "/Sig" or field["/Subtype"] != "/Widget" or "/V" not in field:
        raise _Changed("签章域带有动作或别的内容", "the field of a signature carries actions or the like")


def _check_place(field: Any, new: HistoricalResolver, places: tuple[SealPlace, ...]) -> None:
    """A seal lies in a place for seals, not upon the text."""
    across = sorted(float(field["/Rect"][index]) for index in (0, 2))
    upwards = sorted(float(field["/Rect"][index]) for index in (1, 3))
    if across[0] == across[1] or upwards[0] == upwards[1]:
        return
    pages = [one.reference for one in pages_of(new.root)]
    page, box = field.raw_get("/P").reference, (across[0], upwards[0], across[1], upwards[1])
    if page not in pages or not any(one.holds(pages.index(page), box) for one in places):
        raise _Changed("印章不在盖章处", "a seal does not lie in a place for seals")
