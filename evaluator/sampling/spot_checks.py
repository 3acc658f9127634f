"""Which criteria to check on the spot: what is claimed on weak ground first, then by lot. Pure, from an assessment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from statistics import median_low
from typing import Any, NamedTuple

from evaluator.errors import Words
from evaluator.sampling.candidates import TOLD_OTHERWISE, Candidate, Risk
from evaluator.sampling.drawing import lot

Json = Mapping[str, Any]
METHODS = {
    "on_site": Words("现场察看", "on site"),
    "interview": Words("访谈", "interviews"),
    "survey": Words("问卷", "a survey"),
}
# A measured share is near what is required where it differs by at most a tenth of it; so is a number, unless it is so small
# that the next one is no longer near.
_NEAR = Fraction(1, 10)
_SHARES = ("ratio", "change")
_SMALL = 5


class Chosen(NamedTuple):
    """A criterion to check, what speaks for it, and whether the lot picked it."""

    criterion: Json
    risks: tuple[Risk, ...]
    by_lot: bool


def chosen(assessment: Json, one: Candidate, number: int, seed: str) -> list[Chosen]:
    """``number`` criteria of ``assessment`` (all that apply where there are fewer), in the order of the standard.

    Three quarters go to the greatest risks, a quarter by lot, so that nobody can tell which will be checked. What earns
    nothing has nothing to verify: it comes last.
    """
    known = _Known(
        {item["id"]: item for item in assessment["evidence"]},
        frozenset(
            name
            for found in assessment["integrity"]
            if found["code"] not in TOLD_OTHERWISE
            for name in found["evidence"]
        ),
        median_low(sorted(Fraction(row["points"]) for row in assessment["criteria"])),
    )
    applying = [row for row in assessment["criteria"] if row["outcome"] != "not_applicable"]
    listed = [_Listed(row, tuple(_risks(row, known, one)), lot(seed, one.id, row["id"])) for row in applying]
    claimed = [row for row in listed if row.criterion["credit"]["ceiling"] != "0"]
    at_risk = sorted((row for row in claimed if row.risks), key=lambda row: (-row.weight, row.rank))
    picked = {row.id: Chosen(row.criterion, row.risks, False) for row in at_risk[: number - number // 4]}
    rest = [row for row in claimed if row.id not in picked]
    idle = [row for row in listed if row.criterion["credit"]["ceiling"] == "0"]
    for pool in (rest, idle):
        for row in sorted(pool, key=lambda row: row.rank)[: number - len(picked)]:
            picked[row.id] = Chosen(row.criterion, row.risks, True)
    return [picked[row["id"]] for row in applying if row["id"] in picked]


class _Known(NamedTuple):
    """What the risks of every criterion of one assessment look at."""

    rows: Mapping[str, Json]
    noticed: frozenset[str]
    usual_points: Fraction


class _Listed(NamedTuple):
    criterion: Json
    risks: tuple[Risk, ...]
    rank: str

    @property
    def id(self) -> str:
        return str(self.criterion["id"])

    @property
    def weight(self) -> int:
        return sum(one.weight for one in self.risks)


def _risks(row: Json, known: _Known, one: Candidate) -> Iterator[Risk]:
    used = [known.rows[name] for name in _used(row) if name in known.rows]
    if any(item["id"] in one.shared for item in used):
        yield Risk("shared_files", 4, Words("佐证文件与别家相同", "a file is also another's"))
    if row["veto"]:
        yield Risk("veto", 4, Words("一票否决项", "a veto"))
    if any(_near(finding) for finding in row["findings"]):
        yield Risk("near_threshold", 3, Words("接近门槛", "near the threshold"))
    if row["self_rating"]:
        yield Risk("self_rated", 3, Words("单位自评了档次", "rated by the subject itself"))
    if "person" in row["waits"]:
        yield Risk("waits_for_person", 3, Words("待人工核验", "waits for a person's judgement"))
    if row["credit"]["floor"] != "0" and used and all(_bare(item) for item in used):
        yield Risk(
            "no_files", 3, Words("只有填报的数据或事项，没有附件", "numbers and statements alone, no file")
        )
    if {name for finding in row["findings"] for name in finding["of"]} & set(one.risen):
        yield Risk("sudden_rise", 2, Words("所用数据比上期骤增", "a number rose suddenly"))
    if known.noticed.intersection(item["id"] for item in used):
        yield Risk("integrity", 2, Words("佐证有填报提示", "an integrity finding on its evidence"))
    if row["method"] in METHODS:
        words = METHODS[row["method"]]
        yield Risk("on_site", 2, Words(f"按规则以{words.zh}核验", f"verified by {words.en}"))
    if Fraction(row["points"]) > known.usual_points:
        yield Risk(
            "high_points", 1, Words(f"分值较高（{row['points']} 分）", f"many points ({row['points']})")
        )


def _used(row: Json) -> list[str]:
    return list(dict.fromkeys(name for finding in row["findings"] for name in finding["evidence"]))


def _bare(item: Json) -> bool:
    return item["kind"] in ("count", "statement") and not item["files"]


def _near(finding: Json) -> bool:
    measured, required = finding["measured"], finding["required"]
    if finding["role"] == "applies_when" or not measured or not required:
        return False
    if measured["value"] is None or required["value"] is None:
        return False
    wanted = Fraction(required["value"])
    if not wanted or (finding["kind"] not in _SHARES and wanted < _SMALL):
        return False
    return abs(Fraction(measured["value"]) - wanted) <= wanted * _NEAR
