"""A ranking's document as it may circulate: small counts hidden, and what they could be worked out from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluator.ranking.adding_up import ACCEPTED, ALL, Told, within
from evaluator.ranking.suppression import LEAST, SMALL

Json = dict[str, Any]


def for_circulation(document: Json) -> Json:
    """``document`` with ``<10`` in place of every count under 10, ``*`` in place of what would give one away.

    None stands for figures that are made of fewer than 10 subjects or would tell a hidden count, for lists of fewer than 10
    names, and for what circulates nowhere: by region or criterion how many are not accepted, undecided, or not applicable.
    """
    told, first, years = Told(document), document["first"], document["years"]
    inside = within(document)
    return {
        **document,
        "circulated": True,
        "refused": _small(document["refused"]),
        "repeated": _small(document["repeated"]),
        "whole": _whole(document["whole"], told),
        "unranked": {
            code: told("reason", code) if number else 0 for code, number in document["unranked"].items()
        },
        "grades": [{**one, "subjects": told("grade", one["id"])} for one in document["grades"]],
        "distribution": [
            {**one, "subjects": told("bin", one["from"]) if one in inside else 0, "accepted": None}
            for one in document["distribution"]
        ],
        "near": [
            {**one, **{side: told("near", one["grade"], side) for side in ("below", "above")}}
            for one in document["near"]
        ],
        "integrity": {
            "subjects": told("integrity"),
            "codes": [
                {**one, "subjects": told("code", one["code"])} for one in document["integrity"]["codes"]
            ],
        },
        "vetoes": [{**one, "subjects": told("veto", one["criterion"])} for one in document["vetoes"]],
        "claimed": told("claimed"),
        # How many rose or fell is told nowhere: the median of ten says nothing of one.
        "reviewed": _reviewed(document["reviewed"], told),
        "mixed": [
            {
                **one,
                "values": [{**each, "subjects": told(one["of"], n)} for n, each in enumerate(one["values"])],
            }
            for one in document["mixed"]
        ],
        "sections": [_section(one) for one in document["sections"]],
        "regions": list(_regions(document["regions"], told)),
        "criteria": [_criterion(one, told) for one in document["criteria"]],
        "years": None if years is None else _years(years, told),
        # A score beside a name would tell how many reach it; a reason beside a name, how many share it.
        "first": {
            "ranked": list(map(_named, first["ranked"])) if told.shown(("ranked",)) else None,
            "unranked": None,
        },
    }


def _reviewed(one: Json | None, told: Told) -> Json | None:
    if one is None or sum(one["directions"].values()) < LEAST or not told.shown(("claimed",)):
        return None
    return {**one, "directions": None}


def _named(row: Json) -> Json:
    return {name: row[name] for name in ("place", "id", "name", "region")}


def _small(number: int) -> int | str:
    return SMALL if 0 < number < LEAST else number


def _whole(one: Json, told: Told) -> Json:
    rated = told.shown(ALL, ACCEPTED)
    rates = one["pass_rate"]
    return {
        **one,
        "subjects": told.of(ALL),
        "ranked": told("ranked"),
        "accepted": {"yes": told.of(ACCEPTED), "no": told("no"), "undecided": told("undecided")},
        "pass_rate": {
            "floor": rates["floor"] if rated else None,
            "ceiling": rates["ceiling"] if rated and told.shown(("undecided",)) else None,
        },
        "scored": told("scored"),
        **_spreads(one),
    }


def _spreads(one: Json) -> Json:
    return {name: one[name] if one["scored"] >= LEAST else None for name in ("floor", "ceiling")}


def _regions(regions: list[Json], told: Told) -> Iterator[Json]:
    for one in regions:
        path = tuple(one["path"])
        rated = told.shown(("subjects", path), ("accepted", path))
        yield {
            "path": one["path"],
            "subjects": told("subjects", path),
            "accepted": {"yes": told("accepted", path), "no": None, "undecided": None},
            "pass_rate": {"floor": one["pass_rate"]["floor"] if rated else None, "ceiling": None},
            "scored": None,
            "ranked": None,
            **_spreads(one),
        }


def _section(one: Json) -> Json:
    enough = one["subjects"] >= LEAST
    lost = {name: one["lost"][name] if enough else None for name in ("mean_certain", "mean_open")}
    return {
        **one,
        "subjects": None,
        "rate": one["rate"] if enough else None,
        "median": one["median"] if enough else None,
        "lost": {"certain": None, "open": None, **lost},
    }


def _criterion(one: Json, told: Told) -> Json:
    # To how many it applied is told nowhere: shares and means are of all subjects, or would tell it.
    shares = one["of_all"]
    failing, waiting = told.shown(("failing", one["id"])), told.shown(("waiting", one["id"]))
    return {
        **one,
        "outcomes": None,
        "applied": None,
        "failing": told("failing", one["id"]),
        "waiting": told("waiting", one["id"]),
        "lost": None,
        "of_applied": None,
        # Where all who fail lose the same, the mean loss tells how many they are.
        "of_all": {
            "failing_rate": shares["failing_rate"] if failing else None,
            "mean_certain": shares["mean_certain"] if failing else None,
            "mean_open": shares["mean_open"] if waiting else None,
        },
        "short": [
            {**each, "subjects": None} for each in one["short"] if each["subjects"] >= LEAST and failing
        ],
    }


def _years(years: Json, told: Told) -> Json:
    enough, last = years["matched"] >= LEAST, years["last"]
    return {
        **years,
        "last": None if last is None else _last(last, told),
        **{name: told(name) for name in ("matched", "new", "gone", "newly_accepted", "no_longer_accepted")},
        "directions": {name: told("direction", name) for name in years["directions"]},
        "median_change": years["median_change"] if enough else None,
        "regions": [{**one, "subjects": None} for one in years["regions"] if one["subjects"] >= LEAST],
        "sections": years["sections"] if enough else [],
    }


def _last(last: Json, told: Told) -> Json:
    rated = told.shown(("last",), ("accepted last",))
    return {
        "subjects": told("last"),
        "ranked": None,
        "accepted": {"yes": told("accepted last"), "no": None, "undecided": None},
        "pass_rate": {"floor": last["pass_rate"]["floor"] if rated else None, "ceiling": None},
        "scored": None,
        **_spreads(last),
    }
