"""The ranking of a batch from its tables: the workbook, and the briefing in two versions, one that may circulate."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from commands.writing import made_whole
from evaluator.errors import Language

if TYPE_CHECKING:
    from evaluator.loading import Loaded
    from evaluator.loading.results import Entries


def write_ranking(
    out: Path,
    tables: Path,
    temporary: Path,
    loaded: Loaded,
    formats: Iterable[str],
    lang: Language,
    *,
    previous: Entries | None,
    refused: int,
) -> None:
    """Write those of the ranking's files to ``out`` that ``formats`` ask for; others that were there before go.

    ``tables`` is the folder of the results, ``temporary`` one on the same disk for what is not whole yet, ``previous`` are the
    results of the year before, ``refused`` how many were refused.
    """
    from evaluator.loading.batch.running import RANKING

    wanted = [kind for kind in RANKING if kind in formats]
    for kind in RANKING:
        for name in RANKING[kind] if kind not in wanted else ():
            (out / name).unlink(missing_ok=True)
    if not wanted:
        return
    from evaluator.loading.batch.refusals import refused_in
    from evaluator.loading.results import entries_in, tallies_in
    from evaluator.ranking import ranked
    from scorecards import ranking_report, render_pdf, write_ranking_xlsx

    found = ranked(
        entries_in(tables),
        tallies_in(tables),
        loaded.ruleset,
        loaded.catalogue,
        previous=previous,
        refused=refused,
    )
    with made_whole(out, temporary) as made:
        if "xlsx" in wanted:
            (book,) = RANKING["xlsx"]
            write_ranking_xlsx(found, made / book, lang, folder=made, refused=refused_in(out))
        if "pdf" in wanted:
            internal, public = RANKING["pdf"]
            (made / internal).write_bytes(render_pdf(ranking_report(found.document, lang)))
            (made / public).write_bytes(render_pdf(ranking_report(found.circulated, lang)))
