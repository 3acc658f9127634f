"""LibreOffice recalculating the equivalent workbook: a sheet for each submission, its lists, a formula for each check.

The workbooks are written beforehand, without results; what is timed is one ``soffice --headless --convert-to xlsx`` that loads,
calculates and saves. A run on one sheet alone tells the program's start from the work.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import python_calamine
import xlsxwriter

from benchmarks.peers.terms import Decision, Op
from benchmarks.peers.work import SPAN, Codes, Work
from evaluator.windows import first_day, last_day, month_number

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
  <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
 </item>
</oor:items>
"""
_EPOCH = date(1899, 12, 30)


def version() -> str:
    """LibreOffice's version."""
    done = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"LibreOffice (\S+)", done.stdout)
    assert found is not None, done.stdout
    return f"LibreOffice {found[1]}"


def recalculated(work: Work, number: int) -> tuple[float, list[Codes]]:
    """Seconds to recalculate the first ``number`` submissions, and the codes that it came to."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        settings = here / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS)
        made, out = here / "bench.xlsx", here / "out"
        write(made, work, number)
        assert shutil.which("soffice"), "LibreOffice is not installed"
        start = time.perf_counter()
        profile = f"-env:UserInstallation={(here / 'profile').as_uri()}"
        into = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
        subprocess.run(
            ["soffice", profile, "--headless", *into, str(made)],
            check=True,
            capture_output=True,
            timeout=900,
        )
        took = time.perf_counter() - start
        return took, list(_results(out / "bench.xlsx", number, len(work.decisions)))


def _results(path: Path, number: int, checks: int) -> list[Codes]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    assert len(book.sheet_names) == number
    rows = (book.get_sheet_by_index(n).to_python(skip_empty_area=False) for n in range(number))
    return [[int(row[19]) for row in sheet[1 : checks + 1]] for sheet in rows]


def write(path: Path, work: Work, number: int) -> None:
    """The workbook of the first ``number`` submissions."""
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    catalogue = work.loaded.catalogue
    counts = [name for name in catalogue.counts if name in work.names]
    statements = [name for name in catalogue.statements if name in work.names]
    for n, line in enumerate(work.lines[:number], 1):
        sent: dict[str, Any] = orjson.loads(line)
        sheet = book.add_worksheet(f"S{n}")

        def put(row: int, column: int, value: Any, sheet: Any = sheet) -> None:
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            elif value is not None:
                sheet.write(row, column, value)

        put(0, 0, date.fromisoformat(sent["as_of"]))
        for row, name in enumerate(counts, 1):
            put(row, 0, name)
            put(row, 1, sent["counts"].get(name))
            put(row, 2, sent.get("previous", {}).get("counts", {}).get(name))
        for row, event in enumerate(sent["events"], 1):
            put(row, 4, event["type"])
            put(row, 5, date.fromisoformat(event["date"]))
        for row, paper in enumerate(sent["documents"], 1):
            put(row, 7, paper["type"])
            for column, key in ((8, "issued"), (9, "valid_to")):
                put(row, column, date.fromisoformat(paper[key]) if key in paper else None)
            put(row, 10, f",{','.join(paper.get('contains', []))},")
            put(row, 11, 1 if paper.get("files") else 0)
        for row, name in enumerate(sent.get("none", ()), 1):
            put(row, 13, name)
        said = {one["type"]: "是" if one["value"] else "否" for one in sent["statements"]}
        for row, name in enumerate(statements, 1):
            put(row, 15, name)
            put(row, 16, said.get(name))
        write_term = _writer(
            {name: row for row, name in enumerate(counts, 2)},
            {name: row for row, name in enumerate(statements, 2)},
            len(sent["events"]) + 2,
            len(sent["documents"]) + 2,
        )
        for row, decision in enumerate(work.decisions, 1):
            sheet.write_formula(row, 19, "=" + _chosen(decision, write_term), None, "")
    book.close()


def _chosen(decision: Decision, write: Callable[[Any], str]) -> str:
    text = str(decision.other)
    for condition, code in reversed(decision.cases):
        text = f"IF({write(condition)},{code},{text})"
    return text


def _serial(day: date) -> int:
    return (day - _EPOCH).days


def _writer(
    counts: dict[str, int], statements: dict[str, int], events: int, documents: int
) -> Callable[[Any], str]:
    """The function that writes a term as a formula of a sheet with its lists so long."""
    of_event, on = f"$E$2:$E${events}", f"$F$2:$F${events}"
    of_paper, issued = (f"${c}$2:${c}${documents}" for c in "HI")
    each = _over_documents(documents)
    none = "$N$2:$N$60"

    def write(term: Any) -> str:
        return table[term.name](*term.args) if isinstance(term, Op) else str(term)

    def held(name: str, first: date, last: date) -> str:
        days = f'{on},">={_serial(first)}",{on},"<={_serial(last)}",{on},"<="&$A$1'
        return f'COUNTIFS({of_event},"{name}",{days})'

    def window(name: str, *months: int) -> str:
        numbers = [month_number(SPAN.start) + month for month in months]
        return held(name, first_day(numbers[0]), last_day(numbers[-1]))

    def there(kinds: str, name: str) -> str:
        return f'(COUNTIF({kinds},"{name}")+COUNTIF({none},"{name}")>0)'

    def papers(name: str, condition: Op) -> str:
        return f'SUMPRODUCT(({of_paper}="{name}")*({issued}<=$A$1)*{each(condition)})'

    def infix(operator: str) -> Callable[..., str]:
        return lambda one, other: f"({write(one)}{operator}{write(other)})"

    def said(name: str) -> str:
        cell = f"$Q${statements[name]}"
        return f'IF({cell}="是",2,IF({cell}="否",1,0))'

    table: dict[str, Callable[..., str]] = {
        "count": lambda name: f"$B${counts[name]}",
        "counted": lambda name: f'($B${counts[name]}<>"")',
        "before": lambda name: f"$C${counts[name]}",
        "had": lambda name: f'($C${counts[name]}<>"")',
        "events": lambda name: held(name, *SPAN),
        "held": lambda name: there(of_event, name),
        "window": window,
        "known": lambda name: there(of_paper, name),
        "some": lambda name, condition: f"({papers(name, condition)}>0)",
        "number": papers,
        "said": said,
        "as_of_from": lambda day: f"($A$1>={_serial(day)})",
        "mul": lambda one, factor: write(one) if factor == 1 else f"({write(one)}*{factor})",
        "not": lambda one: f"NOT({write(one)})",
        "and": lambda *args: f"AND({','.join(map(write, args))})",
        "or": lambda *args: f"OR({','.join(map(write, args))})",
        "ge": infix(">="),
        "gt": infix(">"),
        "le": infix("<="),
        "lt": infix("<"),
        "eq": infix("="),
    }
    return write


def _over_documents(last: int) -> Callable[[Op], str]:
    """The function that writes a condition on a document over all rows at once: there "and" is ``*`` and "or" is ``+``."""
    issued, ends, parts, files = (f"${c}$2:${c}${last}" for c in "IJKL")

    def each(term: Op) -> str:
        match term:
            case Op("and", args):
                return "*".join(map(each, args))
            case Op("or", args):
                return f"(({'+'.join(map(each, args))})>0)"
            case Op("not", (inner,)):
                return f"(1-{each(inner)})"
            case Op(name, args):
                return table[name](*args)

    table: dict[str, Callable[..., str]] = {
        "issued_from": lambda day: f"({issued}>={_serial(day)})",
        "issued_to": lambda day: f"({issued}<={_serial(day)})",
        "undated": lambda: f'({issued}="")',
        "expired": lambda: f'(({ends}<>"")*({ends}<$A$1))',
        "open": lambda: f'({ends}="")',
        "attached": lambda: f"({files}=1)",
        "part": lambda name: f'ISNUMBER(SEARCH(",{name},",{parts}))',
    }
    return each
