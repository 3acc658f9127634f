"""退回名单: what was refused, a row for each problem, so that an office can send each back with what to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scorecards.ranking_columns import Column
from scorecards.wording import Json, Wording, printable


def columns(say: Wording) -> tuple[Column, ...]:
    """Where it came from, whose it is where that could be read, and each problem with its place and mend."""
    return (
        Column(say("来源", "Source"), 40, "wrapped", lambda one: printable(one["source"]), name=True),
        Column(say("标识", "Id"), 20, "wrapped", lambda one: one["subject"] or ""),
        Column(say("位置", "Place"), 40, "wrapped", lambda one: printable(one["place"])),
        Column(say("问题", "Problem"), 56, "wrapped", lambda one: say.line(one["what"]).text),
        Column(
            say("怎么改", "What to do"),
            56,
            "wrapped",
            lambda one: "" if one["mend"] is None else say.line(one["mend"]).text,
        ),
    )


def rows(refused: Iterable[Json]) -> Iterator[Json]:
    """A row for each problem of submissions ``{"source", "subject", "problems": [{"place", "what", "mend"}]}``."""
    for one in refused:
        for problem in one["problems"]:
            yield {"source": one["source"], "subject": one["subject"], **problem}
