"""Vetoes and what they rest on. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.errors import Fault, Words
from evaluator.ruleset import Ruleset


def veto_faults(ruleset: Ruleset) -> Iterator[Fault]:
    """A veto that the standard does not state, and the origin of a veto where there is none."""
    for path, _, criterion in ruleset.criteria():
        if criterion.veto and criterion.basis.veto == "editorial":
            what = Words(
                "一票否决不是标准写的，是我们定的：凭它就能不予通过",
                "the veto is ours, not the standard's: it alone can refuse acceptance",
            )
            mend = Words("核对原文；确要保留，写进说明", "check the standard; if it stays, say why")
            yield Fault("veto_without_source", (*path, "basis", "veto"), what, mend)
        if not criterion.veto and criterion.basis.veto is not None:
            what = Words("写了 basis.veto，却没有写 veto: true", "basis.veto without veto: true")
            mend = Words("补上 veto: true，或删去 basis.veto", "write veto: true, or leave basis.veto out")
            yield Fault("idle_basis", (*path, "basis", "veto"), what, mend)
