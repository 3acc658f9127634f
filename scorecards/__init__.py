"""Scorecards: from an assessment (its JSON) to a model, plain text, HTML and PDF. Knows no rule, no check, no submission."""

from scorecards.card import scorecard
from scorecards.errors import RenderError
from scorecards.html import render_html
from scorecards.model import Scorecard
from scorecards.pdf import render_pdf
from scorecards.plain import as_text

__all__ = ["RenderError", "Scorecard", "as_text", "render_html", "render_pdf", "scorecard"]
