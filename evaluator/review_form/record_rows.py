"""The rows of a filled on-site record → confirmations, decisions, levels, corrections. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evaluator.errors import Words
from evaluator.review_form.answers import level_of, points_of
from evaluator.review_form.evidence_rows import correct
from evaluator.review_form.filling import NO_ITEM, Filling
from evaluator.review_form.recording import CHANGES, TICKS
from evaluator.workbook.cells import answer_of, number_of
from evaluator.workbook.gathering import Record
from evaluator.workbook.read import Read, Wrong

AS_CLAIMED = "经核查，与自报一致"
_TICK_IT = Words("在一栏里打√", "tick one of the columns")
_TWO_TICKS = Wrong(
    "two_ticks", Words("打了不止一个√", "more than one tick"), Words("只留一个", "leave one of them")
)
_NO_TICK = Wrong("no_tick", Words("写了备注或得分，没有打√", "a remark or points without a tick"), _TICK_IT)
_BAD_TICK = Wrong("bad_tick", Words("这里只打√", "only a tick goes here"), _TICK_IT)
_UNDECIDED = Wrong(
    "tick_decides_nothing",
    Words("此项要由人评定，只打√不够", "a person has to decide this: a tick is not enough"),
    Words(
        "写明档次，或选“部分属实”并写得分，或选“不实”",
        "give the level, or tick partly so with points, or not so",
    ),
)
_NO_POINTS = Wrong(
    "no_points",
    Words("部分属实，没有写核定得分", "partly so, without points"),
    Words("写大于 0、小于满分的得分", "write points above 0 and below the full points"),
)
_NO_NUMBER = Wrong(
    "no_verified_number",
    Words("不实，没有写核实数", "not so, without the verified number"),
    Words("写现场核实的数", "write the number that was found"),
)
_POINTS_APART = Wrong(
    "points_apart",
    Words("只有部分属实的才写核定得分", "only what is partly so has points of its own"),
    Words("清空得分，或改打“部分属实”", "empty the points, or tick partly so"),
)


def site(rows: Iterable[Record], into: Filling) -> None:
    """Read the lines of one site."""
    for record in rows:
        written = [key for key in (*CHANGES, "reason") if into.filled(record, key)]
        if not record.text("item"):
            # Below the lines are places to sign.
            if any(key in CHANGES for key in written):
                into.wrong(record, written[0], NO_ITEM)
            continue
        if written:
            into.begin()
            _line(record, into)


def _line(record: Record, into: Filling) -> None:
    ticks = [key for key in TICKS if into.take(record, key, _tick)]
    if len(ticks) > 1:
        into.wrong(record, ticks[1], _TWO_TICKS)
    level, earned = into.take(record, "level", level_of), into.take(record, "earned", points_of)
    tick = ticks[0] if ticks else ""
    if not tick and level is None and into.sound():
        into.wrong(record, "true", _NO_TICK)
    if earned is not None and tick != "partly" and into.sound():
        into.wrong(record, "earned", _POINTS_APART)
    if into.sound():
        if ":" in record.text("item"):
            _unit(record, tick, into)
        else:
            _criterion(record, tick, level, earned, into)


def _tick(raw: Any) -> Read:
    read = answer_of(raw, "√")
    return read if read.value is True else Read(raw, wrong=_BAD_TICK)


def _criterion(record: Record, tick: str, level: Any, earned: Any, into: Filling) -> None:
    name = record.text("item")
    how = _how(record, into, otherwise=AS_CLAIMED if tick == "true" and level is None else None)
    if tick == "true" and level is None and record.text("waits") == "person":
        into.wrong(record, "true", _UNDECIDED)
    if tick == "partly" and earned is None and level is None:
        into.wrong(record, "earned", _NO_POINTS)
    if not into.sound():
        return
    if level is not None:
        into.add(
            "ratings",
            {"criterion": name, "level": level, **how},
            record,
            {"level": "level", "criterion": "label"},
        )
    elif tick == "true":
        into.add("confirmations", {"criterion": name, **how}, record, {"criterion": "true"})
    else:
        outcome = {"outcome": "not_satisfied"}
        if tick == "partly":
            outcome = {"outcome": "partly_satisfied", "earned": str(earned)}
        keys = {"outcome": tick, "earned": "earned", "criterion": "label"}
        into.add("decisions", {"criterion": name, **outcome, **how}, record, keys)


def _unit(record: Record, tick: str, into: Filling) -> None:
    claim, verified = record.text("claim"), into.take(record, "verified", number_of)
    how = _how(record, into, otherwise=AS_CLAIMED if tick == "true" else None)
    claimed: Any = {"true": True, "false": False}.get(claim, int(claim) if claim.isdecimal() else claim)
    if tick == "true":
        verified = claimed
    elif isinstance(claimed, bool):
        verified = not claimed
    elif verified is None and into.sound():
        into.wrong(record, "verified", _NO_NUMBER)
    if into.sound():
        correct(record, into, claimed, verified, how, tick)


def _how(record: Record, into: Filling, otherwise: str | None) -> dict[str, Any]:
    found = into.how(record, otherwise=otherwise)
    return {**found, "method": record.text("by")}
