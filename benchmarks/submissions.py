"""Realistic submissions for any ruleset, the same ones for the same seed: what the benchmarks judge.

    python -m benchmarks.submissions --rules bench-100 --number 10000 --seed 1 --out x.jsonl
    python -m benchmarks.submissions --rules sichuan-community-2022 --number 200 --folder DIR --faulty 5

An ordinary one has about 40 counts, 60 events and 80 documents (as many as its ruleset has items for); a fifth are small, with a
third of that, a fifth large, with double. How well a subject works varies, and so does what it forgets to submit. ``--faulty N``
makes N of them bad, each in one of the ways that files are. There are no persons in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import click
import orjson

from benchmarks.asked import Asked, Paper, asked_by
from benchmarks.faults import FAULTS
from benchmarks.regions import COUNTIES, PLACES
from evaluator.errors import RulesetError
from evaluator.loading import Loaded, load_ruleset

Json = dict[str, Any]
OWN_RULES = Path(__file__).parent / "rules"
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
DAYS = tuple(str(FIRST + timedelta(days=n)) for n in range(365))
# An annual plan is issued in the first months, rules at any time in the last years.
EARLY = tuple(str(FIRST + timedelta(days=n)) for n in range(120))
BEFORE = tuple(str(FIRST - timedelta(days=n)) for n in range(1, 900))
AFTER = tuple(str(LAST + timedelta(days=n)) for n in range(30, 700))
EVENTS, DOCUMENTS = 60, 80
WORDS = ("第一次", "第二次", "第三次", "春季", "夏季", "秋季", "冬季", "季度", "年中", "集中", "专题", "联合")
ENDINGS = ("的通知", "（修订）", "（试行）", "", "实施方案", "工作要点", "及任务分解", "汇编")


def ruleset(name: str) -> Loaded:
    """The ruleset ``name``: one of the benchmarks' own, or what ``load_ruleset`` finds."""
    own = OWN_RULES / name
    return load_ruleset(str(own) if own.is_dir() else name)


def submissions(loaded: Loaded, number: int, seed: int = 1, faulty: int = 0) -> Iterator[Json]:
    """``number`` submissions as JSON data; ``faulty`` of them, evenly spread, are bad.

    Each depends on ``seed`` and its position alone: the first thousand are the same however many follow.
    """
    asked = asked_by(loaded)
    bad = {(2 * n + 1) * number // (2 * faulty): n for n in range(faulty)}
    for n in range(number):
        one = _submission(asked, Random(f"{seed}:{n}"), n)
        if n in bad:
            FAULTS[bad[n] % len(FAULTS)](one)
        yield one


def lines(loaded: Loaded, number: int, seed: int = 1, faulty: int = 0) -> Iterator[bytes]:
    """The same as JSON lines, each without its line break."""
    return map(orjson.dumps, submissions(loaded, number, seed, faulty))


def _submission(asked: Asked, rng: Random, n: int) -> Json:
    draw = rng.random
    size = draw()
    size = 0.33 if size < 0.2 else 2.0 if size > 0.8 else 1.0
    size *= 0.85 + 0.3 * draw()
    # How well the subject works: most do most of what is asked.
    good = 1 - 0.45 * draw() * draw()
    county = COUNTIES[int(draw() * len(COUNTIES))]
    place = PLACES[int(draw() * len(PLACES))]
    made: Json = {
        "submission": 1,
        "subject": {
            "id": f"{asked.kind}-{n + 1:06}",
            "name": f"{place}{_KINDS[asked.kind]}",
            "kind": asked.kind,
            "region": list(county),
            "attributes": {"class": "urban" if draw() < 0.7 else "rural"},
        },
        "period": {"from": DAYS[0], "to": DAYS[-1]},
        # A fifth are judged while their period still runs.
        "as_of": DAYS[-1] if draw() < 0.8 else DAYS[300 + int(draw() * 60)],
    }
    counts, previous = _counts(asked, draw, good, size)
    made["counts"] = counts
    if previous:
        made["previous"] = {"counts": previous}
    none: list[str] = []
    made["events"] = _events(asked, draw, good, round(EVENTS * size), none)
    made["documents"] = _documents(asked, draw, good, round(DOCUMENTS * size), none)
    made["statements"] = _statements(asked, draw, good)
    if none:
        made["none"] = none
    if asked.units:
        made["units"] = _units(asked, draw, good, size)
    return made


_KINDS = {"community": "社区", "street": "街道", "district": "区", "zone": "功能区", "city": "市"}
_Draw = Callable[[], float]


def _counts(asked: Asked, draw: _Draw, good: float, size: float) -> tuple[dict[str, int], dict[str, int]]:
    counts: dict[str, int] = {}
    for name in asked.wholes:
        if draw() < 0.96:
            # Many small numbers, few large ones, and now and then none at all.
            counts[name] = 0 if draw() < 0.04 else int(4 + 60 * size * draw() * draw())
    for name, wholes in asked.parts:
        known = [counts[one] for one in wholes if one in counts]
        if known and draw() < 0.94:
            counts[name] = round(min(known) * min(1.0, good * (0.65 + 0.5 * draw())))
    previous = {
        name: int(counts[name] * (0.7 + 0.5 * draw()))
        for name in asked.previous
        if name in counts and draw() < 0.9
    }
    return counts, previous


def _events(asked: Asked, draw: _Draw, good: float, number: int, none: list[str]) -> list[Json]:
    if not asked.events:
        return []
    held: list[tuple[str, str]] = []
    for one in asked.events:
        if draw() < good:
            held.append(one)
        elif draw() < 0.4:
            none.append(one[0])
    left = held[:]
    while held and len(left) < number:
        left.append(held[int(draw() * len(held))])
    made = []
    # Some types are held regularly, which scattered days would hardly show.
    turns: dict[str, int] = {}
    for n, (kind, label) in enumerate(left[:number], 1):
        turn = turns[kind] = turns.get(kind, -1) + 1
        day = DAYS[min(364, (turn * 91 + int(draw() * 91)) % 365 if draw() < 0.8 else int(draw() * 365))]
        event = {
            "id": f"E{n}",
            "type": kind,
            "date": day,
            "title": f"{WORDS[int(draw() * 12)]}{label}",
            "files": [f"E{n}.jpg"],
        }
        if draw() < 0.3:
            expected = 20 + int(draw() * 60)
            event["expected"], event["present"] = expected, int(expected * (0.6 + 0.4 * draw()))
        made.append(event)
    return made


def _documents(asked: Asked, draw: _Draw, good: float, number: int, none: list[str]) -> list[Json]:
    there: list[Paper] = []
    for one in asked.documents:
        if draw() < good:
            there.append(one)
        elif draw() < 0.3:
            none.append(one.type)
    left = there[:]
    while there and len(left) < number:
        left.append(there[int(draw() * len(there))])
    return [_document(n, paper, draw, good) for n, paper in enumerate(left[:number], 1)]


def _document(n: int, paper: Paper, draw: _Draw, good: float) -> Json:
    made: Json = {"id": f"D{n}", "type": paper.type, "title": f"{paper.label}{ENDINGS[int(draw() * 8)]}"}
    if draw() < 0.5:
        made["number"] = f"社发〔2025〕{1 + int(draw() * 90)}号"
    chance = draw()
    if chance < 0.02:
        pass
    elif chance < 0.7 or paper.valid == "year":
        made["issued"] = EARLY[int(draw() * 120)] if chance < 0.9 else BEFORE[int(draw() * 899)]
    elif chance < 0.85:
        made["issued"] = DAYS[int(draw() * 365)]
    else:
        made["issued"] = BEFORE[int(draw() * 899)]
    if paper.valid == "dated" and draw() < 0.95:
        made["valid_to"] = AFTER[int(draw() * 670)] if draw() < 0.9 else DAYS[int(draw() * 365)]
    if paper.parts:
        made["contains"] = [part for part in paper.parts if draw() < 0.3 + 0.7 * good]
    if draw() < 0.3 + 0.7 * good:
        made["files"] = [f"D{n}.pdf"]
    return made


def _statements(asked: Asked, draw: _Draw, good: float) -> list[Json]:
    made = []
    for n, (kind, _) in enumerate(asked.statements, 1):
        if draw() < 0.93:
            said: Json = {"id": f"S{n}", "type": kind, "value": draw() < good}
            if draw() < 0.85:
                said["files"] = [f"S{n}.jpg"]
            made.append(said)
    return made


def _units(asked: Asked, draw: _Draw, good: float, size: float) -> dict[str, list[Json]]:
    return {
        kind: [
            {
                "id": f"U{n}",
                "counts": {name: int(10 * draw()) for name in counts},
                "statements": {name: draw() < good for name in statements},
            }
            for n in range(1, 2 + int(8 * size * draw()))
        ]
        for kind, counts, statements in asked.units
    }


@click.command()
@click.option("--rules", "name", default="bench-100", show_default=True, help="The ruleset that asks.")
@click.option("--number", type=click.IntRange(1), default=1000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--faulty", type=click.IntRange(0), default=0, help="How many of them are bad.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="JSON lines.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="A file for each.")
@click.option(
    "--form", type=click.Choice(["json", "yaml", "both"]), default="json", help="What --folder holds."
)
def main(
    name: str, number: int, seed: int, faulty: int, out: Path | None, folder: Path | None, form: str
) -> None:
    """Write submissions for a ruleset."""
    if (out is None) == (folder is None):
        raise click.UsageError("give --out FILE or --folder DIR")
    if faulty > number:
        raise click.UsageError("--faulty is at most --number")
    try:
        loaded = ruleset(name)
    except RulesetError as error:
        raise click.ClickException(str(error)) from None
    if out is not None:
        with out.open("wb") as file:
            file.writelines(line + b"\n" for line in lines(loaded, number, seed, faulty))
        return
    assert folder is not None
    folder.mkdir(parents=True, exist_ok=True)
    for n, one in enumerate(submissions(loaded, number, seed, faulty)):
        as_yaml = form == "yaml" or (form == "both" and n % 2)
        path = folder / f"{one['subject']['id']}.{'yaml' if as_yaml else 'json'}"
        if as_yaml:
            import yaml

            path.write_text(yaml.dump(one, allow_unicode=True, sort_keys=False), encoding="utf-8")
        else:
            path.write_bytes(orjson.dumps(one, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    main()
