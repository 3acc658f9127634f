"""Scorecards from assessments: the same bytes whichever command asks for them, in this process or a worker's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from evaluator.errors import Language, Words
from evaluator.json_text import json_bytes

if TYPE_CHECKING:
    from evaluator.loading.batch.cards import Printed, Sheet
    from scorecards.manifest import PdfKind

# Without these no scorecard at all can be made on this machine.
_OF_THE_MACHINE = frozenset({"library_missing", "harfbuzz_missing", "font_missing"})


def rendered(document: dict[str, Any], kind: str, lang: Language, summary: bool, pdf: PdfKind = "a") -> bytes:
    """The scorecard of an assessment as ``pdf`` (of the kind ``pdf``), ``html``, ``xlsx``; for machines ``oscal``, ``junit``."""
    if kind in ("oscal", "junit"):
        return _for_machines(document, kind, lang)
    from scorecards import render_html, render_xlsx, scorecard

    if kind == "pdf":
        from scorecards.issuing import issued

        return issued(document, lang, attached=json_bytes(document), summary=summary, pdf=pdf)
    card = scorecard(document, lang, summary=summary)
    return render_html(card).encode() if kind == "html" else render_xlsx(card)


def _for_machines(document: dict[str, Any], kind: str, lang: Language) -> bytes:
    if kind == "junit":
        from scorecards.junit import junit

        return junit(document, lang).encode()
    from scorecards.oscal import assessment_results

    return json_bytes(assessment_results(document, lang))


def make_printer(
    kinds: tuple[str, ...], lang: Language, summary: bool, pdf: PdfKind = "a"
) -> Callable[[Sheet], Printed]:
    """What makes one scorecard after the other: the layout engine is loaded once."""
    import orjson

    from evaluator.loading.batch.cards import Printed, not_printed
    from scorecards import RenderError
    from scorecards.pdf import load_press

    if "pdf" in kinds:
        # What is missing is said where a scorecard is to be made.
        with suppress(RenderError):
            load_press()

    def printed(sheet: Sheet) -> Printed:
        try:
            content = rendered(orjson.loads(sheet.document), sheet.kind, lang, summary, pdf)
        except RenderError as error:
            if error.code in _OF_THE_MACHINE:
                raise
            return not_printed(sheet, error.what)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other scorecards are made
            name = type(error).__name__
            return not_printed(sheet, Words(f"程序出错（{name}）", f"an error of the program ({name})"))
        return Printed(sheet.name, sheet.kind, sheet.key, content)

    return printed
