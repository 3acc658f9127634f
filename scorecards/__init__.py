"""From an assessment (its JSON) to a scorecard: model, plain text, HTML, PDF, workbook. Knows no rule, check or submission."""

from scorecards.card import scorecard
from scorecards.errors import RenderError
from scorecards.html import render_html
from scorecards.materials import materials
from scorecards.model import Report, Scorecard
from scorecards.pdf import render_pdf
from scorecards.plain import as_text
from scorecards.ranking import ranking_report
from scorecards.ranking_book import write_ranking_xlsx
from scorecards.rectification import rectification_lines, rectification_list
from scorecards.sheets import render_xlsx

__all__ = [
    "RenderError",
    "Report",
    "Scorecard",
    "as_text",
    "materials",
    "ranking_report",
    "rectification_lines",
    "rectification_list",
    "render_html",
    "render_pdf",
    "render_xlsx",
    "scorecard",
    "write_ranking_xlsx",
]
