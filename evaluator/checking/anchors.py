"""Anchors that are sentences instead of terms. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluator.errors import Fault, Words
from evaluator.ruleset import Ruleset

_OF_A_SENTENCE = re.compile(r"[。！？；，!?;]|,(?!\d)")


def anchor_faults(ruleset: Ruleset) -> Iterator[Fault]:
    """Anchors with the punctuation of a sentence, and anchors that stand twice."""
    for path, _, criterion in ruleset.criteria():
        for n, anchor in enumerate(criterion.anchors):
            mark = _OF_A_SENTENCE.search(anchor)
            if mark is not None:
                what = Words(
                    f"anchors 里有“{mark[0]}”，像是句子",
                    f"an anchor holds {mark[0]!r}: that looks like a sentence",
                )
                mend = Words(
                    "只写原文里的短词，各词之间用英文逗号分开", "write short terms, parted by commas"
                )
                yield Fault("sentence_in_anchor", (*path, "anchors", n), what, mend)
            elif anchor in criterion.anchors[:n]:
                what = Words(f"短词“{anchor}”写了两次", f"the anchor {anchor!r} stands twice")
                yield Fault(
                    "repeated_anchor", (*path, "anchors", n), what, Words("只写一次", "write it once")
                )
