"""What is markup, a formula or a template in a text stays text in all that is written; nothing is fetched or run for it."""

from __future__ import annotations

import csv
import json
import re
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pypdf
import pytest

from evaluator.reading import read_yaml
from tests.cli.conftest import EXAMPLES, ROOT, environment
from tests.hostile.markup import FORMULAS, MARKUP, in_rules, in_submission, texts

AUDITED = Path(__file__).with_name("audited.py")
KUNMING = "kunming-model-community"
ASKED = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "socket.bind")
# LibreOffice's filter: commas, quotes, UTF-8, values as shown, each sheet a file.
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


class Listener:
    """A server on this machine that counts who comes; nobody should."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.at = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.visits = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                visitor, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        self._socket.close()


class Written(NamedTuple):
    """All that was written from hostile texts, what was opened for it, and how often somebody came to the listener."""

    folder: Path
    events: list[tuple[str, str]]
    visits: int
    secret: str
    at: str

    def files(self, *endings: str) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.suffix in endings)

    def texts(self, kinds: tuple[str, ...]) -> list[str]:
        return [one.format(at=self.at, secret=self.secret) for one in kinds]


RUNS = (
    "score hostile.json --rules rules/{id} --format pdf,html,json,xlsx --out score",
    "score hostile.json --rules rules/{id} --as-of 2025-06-30 --format json --out earlier",
    "compare earlier/{card}.json score/{card}.json --format xlsx,html --out compare",
    "plan hostile.json --rules rules/{id} --format xlsx,html --out plan",
    "batch hostile.json --rules rules/{id} --jobs 1 --scorecard-format html --format jsonl,xlsx,pdf --out batch",
    "intake sources --rules rules/{id} -o intake.xlsx -o intake.html",
    "sample hostile.json --rules rules/{id} --communities 1 --criteria 3 --seed 1 -o sample.xlsx -o sample.html",
    "review start hostile.json --rules rules/{id} -o review.xlsx",
    "review record hostile.json --rules rules/{id} -o record.pdf",
    "convert hostile.json --rules rules/{id} -o form.xlsx",
    "convert form.xlsx -o back.yaml",
    "template --rules rules/{id} --from hostile.json -o template.xlsx",
    "dossier score/{card}.json --rules rules/{id} -o dossier.zip",
    "rules handbook rules/{id} -o handbook.html",
    "rules export rules/{id} -o table.xlsx",
    "rules diff {id} rules/{id} -o diff.docx -o diff.xlsx -o diff.html",
    "rules impact {id} rules/{id} hostile.json --jobs 1 -o impact.xlsx -o impact.html",
    "rules map rules/{id} sichuan-community-2022 --submission hostile.json -o map.xlsx -o map.html",
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    """Every command that writes files, run on a submission and a ruleset all of whose texts are hostile."""
    folder = tmp_path_factory.mktemp("written")
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    secret.write_text("TOP-SECRET")
    listener = Listener()
    hostile = texts(listener.at, secret)
    example = read_yaml((EXAMPLES / KUNMING / "middling.yaml").read_text("utf-8"), "").data
    content = json.dumps(in_submission(example, hostile), ensure_ascii=False)
    (folder / "sources").mkdir()
    for name in ("hostile.json", "sources/=1+1.json", "sources/@SUM(1).json"):
        (folder / name).write_text(content, "utf-8")
    (folder / "sources" / "+1<img src=x>.json").write_text("{}")
    rules = folder / "rules" / KUNMING
    rules.mkdir(parents=True)
    for name in ("ruleset", "clauses", "cases"):
        data = read_yaml((ROOT / "rules" / KUNMING / f"{name}.yaml").read_text("utf-8"), "").data
        data = in_rules(data, hostile) if name == "ruleset" else data
        (rules / f"{name}.yaml").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    log = secret.with_name("log")
    card = f"{example['subject']['id']}.{KUNMING}"
    runs = [[word.format(id=KUNMING, card=card) for word in run.split()] for run in RUNS]
    done = subprocess.run(
        [sys.executable, AUDITED, log],
        cwd=folder,
        env=environment(PYTHONPATH=str(ROOT)),
        input="\n".join(map(json.dumps, runs)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    codes = dict(zip(RUNS, map(int, done.stdout.split()), strict=True))
    # One of what arrived is no submission.
    assert [run.split()[0] for run, code in codes.items() if code] == ["intake"], done.stderr
    events = [line.partition("\t")[::2] for line in log.read_text("utf-8").splitlines() if "\t" in line]
    yield Written(folder, events, listener.visits, str(secret), listener.at)
    listener.close()


def test_nobody_is_asked_for_anything(written: Written) -> None:
    """A server listens at the address that the texts name; sockets and programs are looked for where Python makes them."""
    assert written.visits == 0
    asked = [one for one in written.events if not one[0].startswith("socket.") or one[0].startswith(ASKED)]
    assert [one for one in asked if one[0] != "open"] == []


def test_no_file_is_opened_but_the_program_s_own_and_those_that_were_named(written: Written) -> None:
    opened = {path for event, path in written.events if event == "open" and not path.isdigit()}
    assert [path for path in opened if written.secret in path] == []
    own = (
        str(written.folder),
        str(ROOT),
        sys.prefix,
        sys.base_prefix,
        "/proc/self/",
        "/usr/share/",
        "/etc/",
        "/tmp/duibiao-",
    )
    strange = {path for path in opened if path.startswith("/") and not path.startswith(own)}
    assert {
        path for path in strange if "passwd" in path or not path.startswith(("/dev/", "/usr/lib/", "/tmp/"))
    } == set()


class Page(HTMLParser):
    """The elements of a page, with the addresses that they name, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        named = ("src", "href", "data", "action", "xlink:href", "srcset", "background")
        self.addresses += [value or "" for key, value in attrs if key in named]
        self.handlers += [key for key, _ in attrs if key.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


ACTIVE = {
    "script",
    "img",
    "iframe",
    "object",
    "embed",
    "link",
    "image",
    "use",
    "form",
    "base",
    "audio",
    "video",
    "textarea",
}


def test_a_page_holds_the_texts_and_nothing_that_they_would_be(written: Written) -> None:
    pages = written.files(".html")
    assert len(pages) > 8
    for path in pages:
        page = Page(path.read_text("utf-8"))
        assert not page.tags & ACTIVE, path
        assert page.handlers == [], path
        assert [one for one in page.addresses if not one.startswith("#")] == [], path
        assert page.text.count("TOP-SECRET") == 0
    card = next(path for path in pages if path.parent.name == "score")
    said = re.sub(r"\s+", "", Page(card.read_text("utf-8")).text)
    assert [one for one in written.texts(MARKUP) if re.sub(r"\s+", "", one) not in said] == []


def test_a_pdf_shows_the_texts_and_holds_nothing_that_acts(written: Written) -> None:
    made = written.files(".pdf")
    assert len(made) > 2
    for path in made:
        reader = pypdf.PdfReader(path)
        said = "".join(page.extract_text() for page in reader.pages)
        assert "TOP-SECRET" not in said
        notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
        acts = [note["/A"].get_object().get("/S") for note in notes if "/A" in note]
        assert set(acts) <= {"/GoTo"}, path
        assert "/OpenAction" not in reader.trailer["/Root"]
        assert "/JavaScript" not in reader.trailer["/Root"].get("/Names", {})
        if path.parent.name == "score":
            shown = re.sub(r"\s+", "", said)
            assert "<script" in shown
            assert "{{7*7}}" in shown


@pytest.mark.filterwarnings(
    "ignore:Unknown extension", "ignore:Data Validation extension", "ignore:Conditional Formatting"
)
def test_no_text_becomes_a_formula_or_a_link_in_any_workbook(written: Written) -> None:
    """Whatever a text begins with, its cell is of text; formulas stand only where a form reckons, and hold no text of anyone."""
    books = written.files(".xlsx")
    assert len(books) > 9
    for path in books:
        hostile = set(written.texts(FORMULAS + MARKUP))
        seen = set()
        for sheet in openpyxl.load_workbook(path):
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
                assert cell.hyperlink is None, (path, cell.coordinate)
                if cell.data_type == "f":
                    assert path.stem in ("form", "template", "table"), (
                        path,
                        sheet.title,
                        cell.coordinate,
                        cell.value,
                    )
                    assert not any(
                        one in str(cell.value) for one in ("WEBSERVICE", "HYPERLINK", "cmd|", "http", "file:")
                    )
                elif cell.value in hostile:
                    seen.add(cell.value)
                    assert cell.data_type == "s", (path, sheet.title, cell.coordinate)
        with zipfile.ZipFile(path) as parts:
            assert not [
                one for one in parts.namelist() if re.search("externalLinks|connections|vbaProject", one)
            ]
            assert not [one for one in parts.namelist() if b'TargetMode="External"' in parts.read(one)]
        if path.stem not in ("template", "intake"):
            assert seen, path


def test_a_document_of_word_holds_no_link_and_no_field_of_anyone_s(written: Written) -> None:
    made = written.files(".docx")
    assert made
    for path in made:
        with zipfile.ZipFile(path) as parts:
            body = parts.read("word/document.xml").decode()
            assert "<w:hyperlink" not in body
            assert not [one for one in re.findall(r"<w:instrText[^>]*>([^<]*)<", body) if "PAGE" not in one]
            assert not [one for one in parts.namelist() if b'TargetMode="External"' in parts.read(one)]
            assert "=WEBSERVICE" in body


def test_a_form_reads_back_what_was_written_into_it(written: Written) -> None:
    """Nothing was escaped on the way, nothing reckoned."""
    back = read_yaml((written.folder / "back.yaml").read_text("utf-8"), "").data
    sent = json.loads((written.folder / "hostile.json").read_text("utf-8"))
    assert back["subject"]["name"] == sent["subject"]["name"]
    for kind in ("events", "documents", "statements"):
        sent_texts = {one["id"]: (one.get("title"), one.get("number"), one.get("note")) for one in sent[kind]}
        assert {
            one["id"]: (one.get("title"), one.get("number"), one.get("note")) for one in back[kind]
        } == sent_texts


def test_libreoffice_shows_the_texts_and_no_values(written: Written, tmp_path: Path) -> None:
    """Two workbooks opened by a program that would reckon a formula: the scorecard's, and the list of what is to be done."""
    books = [path for path in written.files(".xlsx") if path.parent.name in ("score", "plan")]
    office = f"-env:UserInstallation=file://{tmp_path}/office"
    done = subprocess.run(
        ["soffice", office, "--headless", "--convert-to", EVERY_SHEET, "--outdir", tmp_path, *books],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    shown = set()
    for path in tmp_path.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            shown |= {line for row in csv.reader(file) for cell in row for line in cell.splitlines()}
    for begins in (
        "=WEBSERVICE(",
        "=HYPERLINK(",
        "=cmd|",
        "+1+1",
        "-2+3",
        "@SUM(1,1)",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(1,1)",
    ):
        assert [one for one in shown if begins in one], begins
    assert {one for one in shown if one.startswith(("#", "Err:"))} <= {"#REF!"}
