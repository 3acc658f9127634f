"""The on-site record to print: a page a site, boxes to tick, places to sign."""

from __future__ import annotations

import pytest

from scorecards import as_text, render_html, render_pdf
from scorecards.record import site_record
from tests.scorecards import samples
from tests.scorecards.conftest import poppler

LINE = {
    "item": "km-ser-20",
    "number": 20,
    "title": "少数民族事务受理点",
    "requirement": "有固定地点和公示事项的受理点",
    "claimed": "是",
    "method": "on_site",
    "levels": (),
    "claim": "",
    "waits": False,
    "points": "2",
}
SITES = [
    {
        "name": "示例社区",
        "lines": [LINE, {**LINE, "number": 26, "method": "interview", "levels": (3, 2, 1), "claimed": ""}],
    },
    {
        "name": "Q1 一号小区",
        "lines": [{**LINE, "item": "count@Q1:visits", "number": None, "points": "", "claimed": "2 次"}],
    },
]


def test_the_record_says_what_to_verify_and_where_to_sign() -> None:
    text = as_text(site_record(samples.rich(), SITES, "inspection"))
    assert text.splitlines()[:3] == [
        "# 现场核查记录表",
        "示例社区，验收",
        "[现场核查记录表　示例社区　申报校验码 c0ffee12c0ff]",
    ]
    assert "## 核查点 1：示例社区" in text
    assert "  20 | 少数民族事务受理点 / 有固定地点和公示事项的受理点 | 是 | □ | □ | □ | 　　/2 分 | " in text
    assert (
        "  26 | 少数民族事务受理点（访谈） / 有固定地点和公示事项的受理点 |  | □ | □ | □ | 　　档（3/2/1） | "
        in text
    )
    assert "   | 少数民族事务受理点 / 有固定地点和公示事项的受理点 | 2 次 | □ |  | □ |  | " in text
    assert text.count("核查人员（两人签字）：") == text.count("被核查单位意见：") == 2


def test_the_record_in_english() -> None:
    text = as_text(site_record(samples.rich(), SITES, "final", "en"))
    assert "## Site 2: Q1 一号小区" in text
    assert "Inspectors (two signatures):" in text
    assert "Final review" in text.splitlines()[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_site_begins_a_page(tmp_path, lang) -> None:
    path = tmp_path / "record.pdf"
    path.write_bytes(render_pdf(site_record(samples.rich(), SITES, "inspection", lang)))
    pages = poppler("pdftotext", "-layout", str(path), "-").split("\f")[:-1]
    assert len(pages) == 2
    assert ["一号小区" in page.replace(" ", "") for page in pages] == [False, True]


def test_what_was_submitted_cannot_break_out_of_the_record() -> None:
    hostile = [{"name": samples.HOSTILE, "lines": [{**LINE, "claimed": samples.HOSTILE}]}]
    assert "<script>" not in render_html(site_record(samples.rich(), hostile, "inspection"))
