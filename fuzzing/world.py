"""What every target needs and none makes anew: rules, a submission, forms, an assessment, photographs; made from the examples."""

from __future__ import annotations

import atexit
import os
import random
import shutil
import struct
import tempfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fuzzing.slimming import slim

if TYPE_CHECKING:
    from evaluator.loading import Loaded
    from evaluator.review_form.matter import Matter
    from evaluator.submission import Submission

ROOT = Path(__file__).resolve().parents[1]
MEAL = ROOT / "examples" / "rulesets" / "meal-service-2026"
BOOKS = ROOT / "docs" / "rules" / "trace-example"
# The folder that the parent of a leg made for it.
SCRATCH = "DUIBIAO_FUZZ_SCRATCH"
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


@lru_cache(maxsize=1)
def scratch() -> Path:
    """A folder of this process in memory, where the system has such; removed when it ends, or by who started it."""
    given = os.environ.get(SCRATCH)
    if given:
        return Path(given)
    folder, owner = new_scratch(), os.getpid()
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)
    return folder


def new_scratch() -> Path:
    """Such a folder, which somebody else removes."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="duibiao-fuzz-", dir=memory if os.access(memory, os.W_OK) else None))


@lru_cache(maxsize=1)
def meal() -> Loaded:
    """The rules under which submissions are read and scored: every kind of check, small."""
    from evaluator.loading import load_ruleset

    return load_ruleset(str(MEAL))


@lru_cache(maxsize=1)
def submission() -> Submission:
    """A sound submission for ``meal``."""
    from evaluator.loading import load_submission

    return load_submission(MEAL / "submission.yaml", meal().catalogue)


def assessment(**more: Any) -> dict[str, Any]:
    """The assessment of ``submission`` under ``meal``."""
    from evaluator.assessment import assess

    return assess(meal().ruleset, meal().catalogue, submission(), **more).document


def matter() -> Matter:
    """What a review of ``submission`` is made over."""
    from evaluator.review_form.matter import Matter

    document = assessment(stage="inspection")
    return Matter(meal().ruleset, meal().catalogue, submission(), document, document, "inspection", ())


def form(loaded: Loaded | None = None, sent: Submission | None = None) -> bytes:
    """``submission`` in a form, as small as it can be; or another one under other rules."""
    from commands.forms import form_bytes
    from evaluator.workbook.making import filled_by

    rules = loaded or meal()
    return slim(form_bytes([rules], rules.catalogue, filled_by(sent or submission())), rows=16)


def small_form() -> bytes:
    """A form of the small ruleset, with an entry of each kind."""
    return form(books(), book_submission())


@lru_cache(maxsize=1)
def books() -> Loaded:
    """The small ruleset."""
    from evaluator.loading import load_ruleset

    return load_ruleset(str(BOOKS / "book-corner"))


def book_submission() -> Submission:
    """A submission for ``books``, with an entry of each kind."""
    from evaluator.loading.submissions import submission_in

    return submission_in(BOOK_SUBMISSION.encode(), "submission.yaml", books().catalogue)


def review_form(kind: str = ".xlsx") -> bytes:
    """A form for a review of ``submission``, not yet filled in; or the same as YAML."""
    from commands.review.shared import form_bytes

    made = form_bytes(matter(), kind, "zh")
    return slim(_signed(made), rows=20) if kind == ".xlsx" else made


def site_record() -> bytes:
    """The on-site record of ``submission``, as a workbook."""
    from evaluator.review_form.recording import plan_record
    from evaluator.review_form.sites import sites
    from evaluator.review_form.writing import write_form

    given = matter()
    return slim(_signed(write_form(plan_record(given, sites(given, "zh", ()), "zh"))), rows=20)


def _signed(form: bytes) -> bytes:
    """A review's form with the reviewer, the day and the way filled in."""
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(form))
    sheet = next(one for one in book if one["A1"].value == "item:reviewers")
    (column,) = [cell.column for cell in sheet[1] if str(cell.value).partition(":")[0] == "value"]
    for row in sheet.iter_rows(min_col=1, max_col=1):
        if row[0].value in _REVIEWER:
            sheet.cell(row[0].row, column).value = _REVIEWER[row[0].value]
    target = BytesIO()
    book.save(target)
    return target.getvalue()


_REVIEWER = {
    "reviewer.role": "省级验收人员",
    "reviewer.unit": "省民政厅",
    "reviewer.number": "0042",
    "method": "实地察看",
    "date": "2027-01-10",
}


@lru_cache(maxsize=32)
def photograph(kind: str = "JPEG", seed: int = 0, mode: str = "RGB", *, progressive: bool = False) -> bytes:
    """A small picture of soft blobs with what a camera says of it."""
    from PIL import Image

    found = Image.Exif()
    found[0x0112] = 6
    found[0x013B] = "示例社区"
    found.get_ifd(0x8769)[0x9003] = "2026:03:12 10:00:00"
    found.get_ifd(0x8825).update({1: "N", 2: (25.0, 3.0, 0.0), 3: "E", 4: (102.0, 42.0, 0.0)})
    blobs = Image.frombytes("RGB", (6, 5), random.Random(seed).randbytes(90)).resize((48, 40)).convert(mode)
    target = BytesIO()
    more: dict[str, Any] = {"quality": 60, "progressive": progressive} if kind == "JPEG" else {}
    blobs.save(target, kind, exif=found, comment=b"x" if kind == "JPEG" else None, **more)
    return target.getvalue()


def office(kind: str = "docx") -> bytes:
    """A document as an office program zips it, with nothing in it."""
    from fuzzing.mutating.archives import Member, packed

    main = {
        "docx": "openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "openxmlformats-officedocument.spreadsheetml.sheet",
    }
    types = f'<?xml version="1.0"?><Types><Override PartName="/x" ContentType="application/vnd.{main[kind]}.main+xml"/></Types>'
    return packed([Member(b"[Content_Types].xml", types.encode()), Member(b"x.xml", b"<x/>")])


def compound() -> bytes:
    """The head of a document of an old office program (OLE)."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    root = "Root Entry".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 22, 5, 1)
    word = "WordDocument".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 26, 2, 1)
    sectors = struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    return (
        (head + bytes(10) + sectors).ljust(512, b"\xff")
        + table
        + root.ljust(128, b"\0")
        + word.ljust(128, b"\0")
        + bytes(256)
    )


def small_rules(folder: Path) -> Path:
    """The book corners of docs/rules/trace.md with cases and versions, and a catalogue of its own items beside it."""
    shutil.copytree(BOOKS / "book-corner", folder / "book-corner", dirs_exist_ok=True)
    beside = folder / "catalogue"
    beside.mkdir(exist_ok=True)
    # What stands beside a ruleset is its shared catalogue: the installed one would be read anew for each input.
    shutil.move(folder / "book-corner" / "catalogue.yaml", beside / "counts.yaml")
    for name, text in SMALL.items():
        (folder / "book-corner" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder / "book-corner"


BOOK_SUBMISSION = """\
submission: 1
subject: {id: demo-01, name: 示例社区, kind: community, region: [示例省, 示例市]}
period: {from: "2025-01-01", to: "2025-12-31"}
counts: {corner_books: 600, corner_new_books: 80}
previous: {counts: {corner_books: 500}}
events:
  - {id: E1, type: corner_reading_session, date: "2025-01-08", title: 读书会, files: [E1.jpg]}
documents:
  - {id: D1, type: corner_lending_rules, title: 借阅制度, issued: "2025-02-01", contains: [term], files: [D1.pdf]}
statements:
  - {id: S1, type: corner_venue, value: true, note: 一楼}
"""
SMALL = {
    "cases": """\
format: 1
defaults: {stage: inspection, period: {from: "2025-01-01", to: "2025-12-31"}}
cases:
  - name: 公示了开放时间，达标
    criterion: bc-4
    given: {statements: {corner_hours_shown: true}}
    expect: {outcome: satisfied}
  - name: 五百册，刚好达标
    criterion: bc-2
    given: {counts: {corner_books: 500}}
    expect: {outcome: satisfied, earned: "2"}
  - name: 四百九十九册，未达标
    criterion: bc-2
    given: {counts: {corner_books: 499}}
    expect: {outcome: not_satisfied, earned: "0"}
  - name: 只有三个季度有活动
    criterion: bc-6
    given: {events: {corner_reading_session: ["2025-01-08", "2025-04-08", "2025-07-08"]}}
    expect: {outcome: not_satisfied}
""",
    "catalogue": """\
catalogue: 1
counts:
  corner_chairs:
    label: {zh: 座椅数, en: Chairs}
    unit: {zh: 把, en: chairs}
    help: {zh: 图书角的座椅}
    subjects: [community]
    whole_number: true
""",
    "versions": """\
versions:
  - version: "1.0.0"
    states:
      - {state: draft, on: "2024-11-01"}
      - {state: approved, on: "2024-12-01", document: 示文〔2024〕1号}
""",
    "trace": """\
trace: 1
corrections:
  - {clause: 二(二), printed: 二(三), read_as: 二(二), reason: {zh: 原文误印}}
""",
}
