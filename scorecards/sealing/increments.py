"""What was added to an issued scorecard after it was issued: signatures and their seals, or anything else."""

from __future__ import annotations

import logging
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    FormUpdatingRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from evaluator.errors import Words
from scorecards.sealing.places import SealPlace, pages_of, seal_places

# It logs what it refuses; we say that ourselves.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False

_LEVEL = ModificationLevel.LTA_UPDATES
# Stricter than the library's own: no form is filled, no metadata changed, no security store added.
_SIGNATURES_ALONE = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(ignored_keys=frozenset({"/AcroForm"})),  # type: ignore[no-untyped-call]
        XrefStreamRule().as_qualified(_LEVEL),
        ObjectStreamRule().as_qualified(_LEVEL),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[SigFieldCreationRule(), SigFieldModificationRule()]  # type: ignore[no-untyped-call]
    ),
)
_FORM = frozenset({"/Fields", "/SigFlags"})
# No actions, no scripts, no further states.
_FIELD = frozenset(
    {"/Type", "/Subtype", "/FT", "/T", "/V", "/Ff", "/F", "/P", "/Rect", "/AP", "/Lock", "/Border", "/BS"}
)


def what_else_was_added(reader: PdfFileReader, signatures: list[EmbeddedPdfSignature]) -> Words | None:
    """What was added to the issued revision beside signatures and their seals; None where nothing was."""
    signed = {one.signed_revision for one in signatures if _covers_its_revision(one)}
    for revision in range(1, reader.xrefs.total_revisions):
        if revision not in signed:
            return Words(
                f"签发后有第 {revision} 次增补，不是签章",
                f"addition {revision} after the scorecard was issued is no signature",
            )
    if signatures and not any(_covers_the_file(one) for one in signatures):
        return Words("最后一次签章之后还有内容", "something follows the last signature")
    changed = _SIGNATURES_ALONE.review_file(reader, 0)
    if isinstance(changed, SuspiciousModification):
        return Words(
            "签发后改动了签章以外的内容（页面、附件或文件目录）",
            "more than signatures was changed after the scorecard was issued (a page, an attachment, the catalog)",
        )
    return _strange_form(reader)


def _covers_its_revision(one: EmbeddedPdfSignature) -> bool:
    return bool(one.evaluate_signature_coverage() >= SignatureCoverageLevel.ENTIRE_REVISION)


def _covers_the_file(one: EmbeddedPdfSignature) -> bool:
    return one.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE


def _strange_form(reader: PdfFileReader) -> Words | None:
    """What the form holds that is no plain signature field, or a seal that lies on the text."""
    form = reader.root.get("/AcroForm")
    if form is None:
        return None
    if not form.keys() <= _FORM:
        return Words("签章的表单里有别的内容", "the form of the signatures holds something else")
    places = seal_places(reader.get_historical_resolver(0).root)
    pages = [one.reference for one in pages_of(reader.root)]
    for name, _, field in enumerate_sig_fields(reader):
        if not field.get_object().keys() <= _FIELD:
            return Words(
                f"签章“{name}”带有动作或别的内容", f"the signature {name!r} carries actions or the like"
            )
        if not _is_in_its_place(field.get_object(), pages, places):
            return Words(
                f"签章“{name}”的印章不在盖章处",
                f"the seal of the signature {name!r} does not lie in a place for seals",
            )
    return None


def _is_in_its_place(field: Any, pages: list[Any], places: tuple[SealPlace, ...]) -> bool:
    across = sorted(float(field["/Rect"][index]) for index in (0, 2))
    upwards = sorted(float(field["/Rect"][index]) for index in (1, 3))
    if across[0] == across[1] or upwards[0] == upwards[1]:
        return True
    page = field.raw_get("/P").reference
    box = (across[0], upwards[0], across[1], upwards[1])
    return page in pages and any(one.holds(pages.index(page), box) for one in places)
