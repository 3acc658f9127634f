"""The results as a page of text and tables; the words are in ``page.md.j2``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

Json = dict[str, Any]


def page(results: Json) -> str:
    """``docs/benchmarks.md``."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    engines, pages = results["engines"], [row["pages"] for row in results["pdfs"]["presses"]]
    total = sum(engines["outcomes"].values())
    return environment.get_template("page.md.j2").render(
        **results,
        sheet=results["spreadsheet"],
        stages=engines["stages"],
        verdicts=total,
        outcomes=", ".join(f"{name} {number / total:.1%}" for name, number in engines["outcomes"].items()),
        rounds=engines["engines"][0]["total"]["rounds"],
        fewest=min(pages),
        most=max(pages),
        goals=_goals(results),
        engine_table=_engines(results),
        pdf_table=_pdfs(results),
        scaling_table=_scaling(results),
        batch_table=_batch(results),
        us=lambda figures: number(figures["median"]),
        s=lambda figures: number(figures["median"]),
    )


def number(value: float) -> str:
    """``value`` with three figures that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _table(heads: tuple[str, ...], rows: list[tuple[Any, ...]], left: int) -> str:
    marks = ["---"] * left + ["---:"] * (len(heads) - left)
    lines = [heads, marks, *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def _both(figures: Json) -> str:
    return f"{number(figures['median'])} ({number(figures['minimum'])})"


def rate(row: Json, processes: str, which: str = "median") -> float:
    """Pages a second of one press."""
    return float(row["pages"] / row["seconds"][processes][which])


def _goals(results: Json) -> str:
    own, *others = [row["total"]["median"] for row in results["engines"]["engines"]]
    ours, naive = (rate(row, "2") for row in results["pdfs"]["presses"][:2])
    scaling, batch = results["scaling"], results["batch"]
    before, last = batch["points"][-2:]
    rows = [
        (
            "JSON text to a hundred verdicts with findings, one core",
            "≤ 250 µs",
            f"{number(own)} µs",
            own <= 250,
        ),
        (
            "ahead of the quickest general engine",
            f"< {number(min(others))} µs",
            f"{number(own)} µs",
            own < min(others),
        ),
        *(
            (
                "10,000 submissions from JSON lines, whole program, two cores",
                "≤ 2 s",
                f"{one['median']:.2f} s",
                one["median"] <= 2,
            )
            for one in batch["points"]
            if one["number"] == 10_000
        ),
        ("PDF pages a second, two cores", "≥ 25", f"{ours:.1f}", ours >= 25),
        ("PDF, times the naive way", "≥ 3", f"{ours / naive:.1f}", ours >= 3 * naive),
        _of_slope("engine alone", scaling["points"][0]["number"], scaling),
        _of_slope("`duibiao batch`, less its start", batch["from"], batch),
        (
            f"memory of the first process and the largest worker at {last['number']:,}, beside {before['number']:,}",
            "flat (at most a tenth more)",
            f"{_held(last)} MiB beside {_held(before)} MiB",
            all(last[one] <= 1.1 * before[one] for one in ("parent", "worker")),
        ),
    ]
    shown = [(what, goal, found, "yes" if met else "**no**") for what, goal, found, met in rows]
    return _table(("what", "goal", "found", "reached"), shown, 1)


def _held(one: Json) -> str:
    return f"{one['parent']:.0f} and {one['worker']:.0f}"


def _of_slope(what: str, first: int, found: Json) -> tuple[str, str, str, bool]:
    last, slope = found["points"][-1]["number"], found["slope"]
    return (f"slope from {first:,} to {last:,}, {what}", "0.95–1.05", f"{slope:.3f}", 0.95 <= slope <= 1.05)


def _engines(results: Json) -> str:
    rows = [
        (
            row["name"],
            row["package"],
            row["fed"],
            row["gives"],
            _both(row["total"]),
            _both(row["prepare"]),
            number(row["total"]["median"] - row["prepare"]["median"]),
        )
        for row in results["engines"]["engines"]
    ]
    sheet = results["spreadsheet"]
    fed = f"a workbook of {sheet['sheets']} submissions, a sheet each"
    rows.append(
        (
            sheet["name"],
            sheet["package"],
            fed,
            "the code of each outcome, in a cell",
            _both(sheet["each"]),
            "",
            "",
        )
    )
    return _table(
        ("engine", "package", "fed with", "gives", "µs a submission", "of which fed", "the rest"), rows, 4
    )


def _pdfs(results: Json) -> str:
    cards = results["pdfs"]["cards"]
    rows = [
        (
            row["name"],
            row["package"],
            row["how"],
            *(f"{number(rate(row, one))} ({number(rate(row, one, 'minimum'))})" for one in ("1", "2")),
            number(cards / row["seconds"]["2"]["median"]),
            row["pages"],
            f"{row['bytes'] / cards / 1024:.0f}",
        )
        for row in results["pdfs"]["presses"]
    ]
    heads = ("one process", "two processes", "scorecards/s, two", "pages", "KiB each")
    return _table(("program", "package", "how", *heads), rows, 3)


def _scaling(results: Json) -> str:
    rows = [
        (f"{one['number']:,}", _seconds(one), number(one["minimum"] / one["number"] * 1e6), one["rounds"])
        for one in results["scaling"]["points"]
    ]
    return _table(("submissions", "seconds", "µs each, least", "rounds"), rows, 0)


def _batch(results: Json) -> str:
    rows = [
        (
            f"{one['number']:,}",
            _seconds(one),
            number(one["minimum"] / one["number"] * 1e6),
            f"{one['parent']:.0f}",
            f"{one['worker']:.0f}" if one["processes"] else "none",
            one["rounds"],
        )
        for one in results["batch"]["points"]
    ]
    heads = ("submissions", "seconds", "µs each, least", "first process", "largest worker", "rounds")
    return _table(heads, rows, 0)


def _seconds(one: Json) -> str:
    digits = 4 if one["minimum"] < 1 else 2
    return f"{one['median']:.{digits}f} ({one['minimum']:.{digits}f})"
