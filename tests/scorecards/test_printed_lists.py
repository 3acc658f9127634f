"""Every printed list beside the scorecard is the PDF/A-3u that it claims to be, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Literal

import page
import pypdf
import pytest
from page import ValidationProfile as Profile

from scorecards import Report, rectification_list, render_pdf
from scorecards.comparison import comparison_report
from scorecards.ledger import ledger_report
from scorecards.ranking import ranking_report
from scorecards.record import site_record
from scorecards.sampling import plan_report
from tests.evaluator.ranking.entries import Crowd, ranked_crowd
from tests.scorecards import samples
from tests.scorecards.test_comparison import editions
from tests.scorecards.test_ledger import made as ledger_made
from tests.scorecards.test_plans import assessment
from tests.scorecards.test_sampling import planned
from tests.scorecards.test_site_record import SITES

Lang = Literal["zh", "en"]
LISTS: dict[str, Callable[[Lang], Report]] = {
    "comparison": lambda lang: comparison_report(editions(), lang),
    "ledger": lambda lang: ledger_report(ledger_made(), lang),
    "ranking": lambda lang: ranking_report(ranked_crowd(Crowd(30), refused=3).document, lang),
    "rectification list": lambda lang: rectification_list(assessment(), lang),
    "sample": lambda lang: plan_report(planned(), lang),
    "site record": lambda lang: site_record(samples.rich(), SITES, "inspection", lang),
}


def archival_faults(content: bytes) -> list[str]:
    """What keeps a PDF from being what it claims; the claim itself, too."""
    claimed = pypdf.PdfReader(BytesIO(content)).xmp_metadata
    assert claimed is not None
    assert (claimed.pdfaid_part, claimed.pdfaid_conformance) == ("3", "U")
    report = page.validate_pdf_bytes(content, profile=Profile.PDF_A_3U)
    return [f"{one.rule_id}: {one.message}" for one in report.failures]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_what_it_claims_to_be(name: str, lang: Lang) -> None:
    assert archival_faults(render_pdf(LISTS[name](lang))) == []
