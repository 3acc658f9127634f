"""The worst that each reader takes, or just refuses: files of a size a little below a limit, each made in a few lines."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from benchmarks.worst_scorecards import assessment, scorecard
from evaluator.canonical import digest
from evaluator.limits import DEFAULTS, MEGABYTE
from evaluator.loading.bundle_files import bundle_bytes

ROOT = Path(__file__).resolve().parents[1]
RULES = "kunming-model-community"
HEAD: dict[str, Any] = {
    "submission": 1,
    "subject": {"id": "a", "name": "甲社区", "kind": "community"},
    "period": {"from": "2025-01-01", "to": "2025-12-31"},
}


class Worst(NamedTuple):
    """An input: which limits it is just within, what it is, how it is made in a folder, what is run on it there."""

    limits: str
    what: str
    make: Callable[[Path], None]
    command: tuple[str, ...]
    # Of a collection the memory is bounded, not the time: that is for all of its members.
    collection: bool = False


def _written(name: str, text: str | bytes) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)

    return make


def _events(most: int, **more: Any) -> dict[str, Any]:
    # An event is nine items: itself, four keys, four values.
    one = {"type": "publicity_session", "date": "2025-03-12", "title": "宣传活动", **more}
    count = (most - 40) // (1 + 2 * (len(one) + 1))
    return {**HEAD, "events": [{"id": f"E{n}", **one} for n in range(1, count + 1)]}


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _yaml(data: dict[str, Any]) -> str:
    lines = [f"{key}: {_json(value)}" for key, value in data.items() if key != "events"]
    return "\n".join([*lines, "events:", *(f"  - {_json(one)}" for one in data["events"])]) + "\n"


def _texts(folder: Path, name: str, event: dict[str, Any]) -> None:
    """Events with texts as long as may be, up to the size of a submission."""
    size = len(_json(event).encode()) + 20
    count = (DEFAULTS.largest_submission - 2000) // size
    data = {**HEAD, "events": [{"id": f"E{n}", **event} for n in range(1, count + 1)]}
    (folder / name).write_text(_json(data), encoding="utf-8")


def _long(folder: Path) -> None:
    title = "社区开展民族团结进步宣传活动" * 140
    _texts(folder, "a.json", {"type": "publicity_session", "date": "2025-03-12", "title": title})


def _person_like(folder: Path) -> None:
    title = "王小明、李小红、张建国、赵丽华、陈志强、杨秀英参加" * 80
    _texts(folder, "a.json", {"type": "publicity_session", "date": "2025-03-12", "title": title})


def _filled_workbook(folder: Path) -> None:
    """Cells with numbers, row after row, up to what may be unpacked; about 31 bytes each."""
    with xlsxwriter.Workbook(folder / "a.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range((DEFAULTS.workbook_unpacked - MEGABYTE) // (31 * 120)):
            for column in range(120):
                sheet.write_number(row, column, column)


def _far_sheets(sheets: int) -> Callable[[Path], None]:
    """Sheets with one cell as far away as may be."""

    def make(folder: Path) -> None:
        with xlsxwriter.Workbook(folder / "a.xlsx") as book:
            for _ in range(sheets):
                sheet = book.add_worksheet()
                sheet.write_number(0, 0, 1)
                sheet.write_number(DEFAULTS.workbook_rows - 1, 701, 1)

    return make


def _form_with_more(folder: Path) -> None:
    """A form of ours, with a sheet of texts behind it up to what may be unpacked."""
    subprocess.run(
        ["duibiao", "template", "--rules", RULES, "-o", str(folder / "form.xlsx")],
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(folder / "form.xlsx") as old:
        taken = sum(one.file_size for one in old.infolist())
        parts = {one.filename: old.read(one) for one in old.infolist()}
    rows, length, n = [], 0, 1
    while length < DEFAULTS.workbook_unpacked - taken - 300_000 and n < DEFAULTS.workbook_rows:
        text = f"第{n}行社区开展宣传活动" * 40
        rows.append(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>')
        length += len(rows[-1].encode())
        n += 1
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{''.join(rows)}</sheetData></worksheet>"
    )
    book = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = book.replace(
        "</sheets>", '<sheet name="更多" sheetId="999" r:id="rId999"/></sheets>'
    ).encode()
    relations = parts["xl/_rels/workbook.xml.rels"].decode()
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(
        "</Relationships>",
        '<Relationship Id="rId999" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/more.xml"/></Relationships>',
    ).encode()
    parts["xl/worksheets/more.xml"] = sheet.encode()
    with zipfile.ZipFile(folder / "a.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    (folder / "form.xlsx").unlink()


def _package(folder: Path, files: dict[str, bytes], copies: int = 1, stored: bool = True) -> None:
    names = [f"{n}-{name}" for n in range(copies) for name in files]
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    events = [
        {"id": f"E{n}", "type": "publicity_session", "date": "2025-03-12", "files": [name]}
        for n, name in enumerate(names[:500], 1)
    ]
    with zipfile.ZipFile(folder / "a.zip", "w", kind, compresslevel=1) as made:
        made.writestr("submission.json", _json({**HEAD, "events": events}))
        for name in names:
            made.writestr(name, files[name.partition("-")[2]])


def _many_members(folder: Path) -> None:
    _package(
        folder,
        {"a.pdf": b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"},
        DEFAULTS.package_files - 1,
    )


def _photograph(kind: str, pixels: int, mode: str = "RGB", **more: Any) -> bytes:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    side = int(pixels**0.5) - 1
    small = Image.frombytes(mode, (64, 64), random.Random(1).randbytes(64 * 64 * len(mode)))
    target = BytesIO()
    small.resize((side, side), Image.Resampling.NEAREST).save(target, kind, **more)
    return target.getvalue()


def _photographs(kind: str, pixels: int, mode: str = "RGB", **more: Any) -> Callable[[Path], None]:
    # Two, since two are examined at a time.
    def make(folder: Path) -> None:
        ending = "jpg" if kind == "JPEG" else "png"
        _package(folder, {f"a.{ending}": _photograph(kind, pixels, mode, **more)}, 2)

    return make


def _documents(folder: Path) -> None:
    """Two documents as large as one file may be: such are held in memory as a whole."""
    types = (
        '<?xml version="1.0"?><Types><Override PartName="/x" ContentType="application/vnd.'
        'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("[Content_Types].xml", types)
        made.writestr("x.bin", random.Random(1).randbytes(DEFAULTS.package_file - 2000))
    _package(folder, {"a.docx": target.getvalue()}, 2)


def _official_text(folder: Path) -> None:
    lines, length, n = ["某某标准"], 0, 0
    while len(lines) < DEFAULTS.official_text_lines - 10 and length < DEFAULTS.largest_official_text - 500:
        n += 1
        if n % 10 == 1 and n // 10 < DEFAULTS.official_text_clauses - 10:
            number = n // 10 + 1
            line = f"{number // 100 + 1}.{number // 10 % 10 + 1}.{number % 10 + 1} 应建立宣传制度"
        else:
            line = f"（{n}）社区应开展宣传"
        lines.append(line)
        length += len(line.encode()) + 1
    (folder / "a.txt").write_text("\n".join(lines), encoding="utf-8")


def _ruleset(folder: Path) -> None:
    """A ruleset with its criteria repeated up to the items of a rule file."""
    shutil.copytree(
        ROOT / "rules" / RULES,
        folder / "own",
        ignore=shutil.ignore_patterns("v*.yaml", "cases.yaml", "trace.yaml"),
    )
    head, mark, section = (
        (folder / "own" / "ruleset.yaml").read_text(encoding="utf-8").partition("sections:\n")
    )
    copies = DEFAULTS.rule_items // 3_800
    sections = (re.sub(r"(id: )([a-z])", rf"\1n{n}-\2", section) for n in range(copies))
    text = head.replace(f"ruleset: {RULES}", "ruleset: own") + mark + "".join(sections)
    (folder / "own" / "ruleset.yaml").write_text(text, encoding="utf-8")


def _bundle(folder: Path) -> None:
    """A file that is packed as bundles are, with members up to the size of one."""
    half = random.Random(1).randbytes((DEFAULTS.largest_bundle - 4000) // 2)
    members = {f"{RULES}/ruleset.yaml": half, f"{RULES}/clauses.yaml": half}
    (folder / "a.duibiao").write_bytes(bundle_bytes(b"{}", b"{}", members))


def _rectification(folder: Path) -> None:
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for row in range(DEFAULTS.workbook_rows):
            for column in range(20):
                sheet.write_string(row, column, f"整改第{row}项" if column else "完成")
    (folder / "a.json").write_text(_json(HEAD), encoding="utf-8")


def _review(folder: Path) -> None:
    count = (DEFAULTS.most_items - 60) // 11
    decision = {
        "criterion": "km-2-6",
        "outcome": "satisfied",
        "earned": "5",
        "reason": "现场查看",
        "method": "on_site",
    }
    review = {
        "review": 1,
        "submission": {"id": "a"},
        "ruleset": {"id": RULES, "version": "1.0.0"},
        "stage": "inspection",
        "reviewer": {"role": "provincial_inspector", "unit": "某某检查组", "number": "A001"},
        "date": "2026-01-10",
        "decisions": [decision] * count,
    }
    (folder / "review.json").write_text(_json(review), encoding="utf-8")
    (folder / "a.json").write_text(_json(HEAD), encoding="utf-8")


def _assessment(folder: Path) -> None:
    """An assessment grown by findings repeated up to its limits."""
    whole = assessment()
    document = json.loads(whole)
    (folder / "b.json").write_bytes(whole)
    integrity = {"code": "x", "evidence": [], "message": {"zh": "甲" * 3, "en": "a"}}
    size = len(_json(integrity).encode())
    count = min(
        (DEFAULTS.assessment_items - 60_000) // 12, (DEFAULTS.largest_assessment - 2 * MEGABYTE) // size
    )
    document["integrity"] = [integrity] * count
    document["digest"] = digest({key: value for key, value in document.items() if key != "digest"})
    (folder / "a.json").write_text(_json(document), encoding="utf-8")


def _table(folder: Path) -> None:
    """A row group of submissions as text, as large as one may be."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = _json(
        {
            **HEAD,
            "events": [
                {"id": f"E{n}", "type": "publicity_session", "date": "2025-03-12", "title": "宣传" * 900}
                for n in range(40)
            ],
        }
    )
    rows = int(DEFAULTS.table_row_group * 0.98) // len(text.encode())
    table = pa.table({"submission": [text.replace('"a"', f'"a{n}"', 1) for n in range(rows)]})
    pq.write_table(table, folder / "a.parquet", row_group_size=rows, use_dictionary=False, compression="zstd")


def _rows_of_one_subject(folder: Path) -> None:
    """A folder of tables in which one subject has as many events as one may have."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    (folder / "t").mkdir()
    count = DEFAULTS.table_subject_rows
    subject = {
        "id": ["a"],
        "name": ["甲社区"],
        "kind": ["community"],
        "period_from": ["2025-01-01"],
        "period_to": ["2025-12-31"],
    }
    events = {
        "subject": ["a"] * count,
        "id": [f"E{n}" for n in range(count)],
        "type": ["publicity_session"] * count,
        "date": ["2025-03-12"] * count,
        "title": [f"第{n}次" + "宣传" * 60 for n in range(count)],
    }
    pq.write_table(pa.table(subject), folder / "t" / "subjects.parquet")
    pq.write_table(pa.table(events), folder / "t" / "events.parquet")


_INSPECT = ("inspect", "a.json")
_BATCH = ("--rules", RULES, "--out", "out", "--jobs", "1", "--scorecards", "none")
_ONE_IN_MANY = "[" + ",".join(["1"] * (DEFAULTS.most_items - 60)) + "]"
WORST: tuple[Worst, ...] = (
    Worst(
        "most_items",
        "YAML: events",
        _written("a.yaml", _yaml(_events(DEFAULTS.most_items))),
        ("inspect", "a.yaml"),
    ),
    Worst("most_items", "JSON: events", _written("a.json", _json(_events(DEFAULTS.most_items))), _INSPECT),
    Worst(
        "most_items",
        "JSON: events, scored",
        _written("a.json", _json(_events(DEFAULTS.most_items))),
        ("score", "a.json", "--rules", RULES, "--format", "json", "--out", "-"),
    ),
    Worst(
        "most_items",
        "JSON: events with files",
        _written("a.json", _json(_events(DEFAULTS.most_items, files=[], note='他说"好"'))),
        _INSPECT,
    ),
    Worst(
        "most_items",
        "YAML: every item wrong",
        _written("a.yaml", _yaml({**HEAD, "events": []})[:-9] + "\nevents: " + _ONE_IN_MANY),
        ("inspect", "a.yaml"),
    ),
    Worst(
        "most_items",
        "JSON: every item wrong",
        _written("a.json", _json(HEAD)[:-1] + ', "none": ' + _ONE_IN_MANY + "}"),
        _INSPECT,
    ),
    Worst("largest_submission", "JSON: long texts", _long, _INSPECT),
    Worst("largest_submission", "JSON: texts full of names", _person_like, _INSPECT),
    Worst(
        "largest_submission",
        "JSON: refused, two million lists",
        _written("a.json", "[" + ",".join(["[]"] * 2_700_000) + "]"),
        _INSPECT,
    ),
    Worst("workbook_unpacked", "XLSX: a form with a sheet more", _form_with_more, ("inspect", "a.xlsx")),
    Worst(
        "workbook_unpacked",
        "XLSX: refused, no form, full of numbers",
        _filled_workbook,
        ("inspect", "a.xlsx"),
    ),
    Worst(
        "workbook_cells",
        "XLSX: refused, 500 sheets with a cell far away",
        _far_sheets(500),
        ("inspect", "a.xlsx"),
    ),
    Worst("package_files", "ZIP: as many files as may be", _many_members, ("inspect", "a.zip")),
    Worst("package_file", "ZIP: two documents of the largest size", _documents, ("inspect", "a.zip")),
    Worst(
        "photo_pixels",
        "ZIP: two JPEG of the most pixels",
        _photographs("JPEG", DEFAULTS.photo_pixels, quality=60),
        ("inspect", "a.zip"),
    ),
    Worst(
        "photo_pixels",
        "ZIP: two progressive JPEG",
        _photographs("JPEG", DEFAULTS.photo_pixels // 3, quality=60, progressive=True),
        ("inspect", "a.zip"),
    ),
    Worst(
        "photo_pixels",
        "ZIP: two PNG with transparency",
        _photographs("PNG", DEFAULTS.photo_pixels // 3, "RGBA"),
        ("inspect", "a.zip"),
    ),
    Worst(
        "largest_official_text", "TXT: traced", _official_text, ("rules", "trace", RULES, "--text", "a.txt")
    ),
    Worst(
        "most_items",
        "JSON: a review of decisions",
        _review,
        ("score", "a.json", "--rules", RULES, "--review", "review.json", "--format", "json", "--out", "-"),
    ),
    Worst("rule_items", "YAML: a ruleset of 3,200 criteria", _ruleset, ("rules", "check", "own")),
    Worst("largest_bundle", "a bundle of the largest size", _bundle, ("rules", "show", "a.duibiao")),
    Worst(
        "workbook_rows",
        "XLSX: no rectification list, full of texts",
        _rectification,
        ("score", "a.json", "--rules", RULES, "--rectification", "a.xlsx", "--format", "json", "--out", "-"),
    ),
    Worst("largest_assessment", "JSON: an assessment", _assessment, ("compare", "a.json", "b.json")),
    Worst(
        "scorecard_assessment",
        "PDF: a long assessment of long texts, set anew",
        scorecard(DEFAULTS.scorecard_assessment * 19 // 20, 300),
        ("verify", "a.pdf"),
    ),
    Worst(
        "scorecard_items",
        "PDF: an assessment of many items, set anew",
        scorecard(DEFAULTS.scorecard_items * 35 // 4),
        ("verify", "a.pdf"),
    ),
    Worst(
        "scorecard_unpacked",
        "PDF: as much as may be unpacked",
        scorecard(0, page=b"0 0 1 1 re f\n" * (DEFAULTS.scorecard_unpacked // 4 // 13)),
        ("verify", "a.pdf"),
    ),
    Worst(
        "table_row_group", "Parquet: a group of submissions", _table, ("batch", "a.parquet", *_BATCH), True
    ),
    Worst(
        "table_subject_rows",
        "Parquet: all rows of one subject",
        _rows_of_one_subject,
        ("batch", "t", *_BATCH),
    ),
)

if __name__ == "__main__":
    WORST[int(sys.argv[1])].make(Path(sys.argv[2]))
