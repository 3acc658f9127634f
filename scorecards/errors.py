"""What can go wrong when a scorecard is rendered."""

from __future__ import annotations

from evaluator.errors import EnvironmentFault


class RenderError(EnvironmentFault):
    """A scorecard that cannot be rendered as it must look.

    ``code`` is one of ``font_missing`` (no Chinese font), ``harfbuzz_missing`` (fonts cannot be subset), ``library_missing``
    (WeasyPrint or a library of its own cannot be loaded), ``glyph_missing`` (a character that no font here can show),
    ``fetch_refused`` (something tried to reach outside the scorecard) and ``render_fault`` (the layout engine reported an
    error). ``what`` says what is wrong and ``mend`` what to do, both in Chinese and English.
    """
