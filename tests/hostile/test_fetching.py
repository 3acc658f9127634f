"""Markup in any text is text: nothing is fetched for it, no file and no address, and it stands on the page as it was written."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from evaluator.reading import read_yaml
from tests.cli.conftest import EXAMPLES, ROOT, environment

AUDITED = Path(__file__).with_name("audited.py")
MARKUP = (
    '<script src="http://{at}/a.js">alert(1)</script>',
    '<img src="http://{at}/a.png" onerror="alert(1)">',
    "</style><style>@import url(http://{at}/a.css); body{{background:url(file://{secret})}}",
    '<link rel="stylesheet" href="http://{at}/b.css"><link rel=attachment href="file://{secret}">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://{at}/b.png"/><use href="file://{secret}#a"/></svg>',
    '<iframe src="file://{secret}"></iframe><object data="http://{at}/c"></object><a href="javascript:alert(1)">x</a>',
    "{{{{7*7}}}}{{% include '{secret}' %}}${{7*7}}#{{7*7}}",
    '--></td></tr></table></title></textarea>]]><![CDATA[<?xml-stylesheet href="http://{at}/d.xsl"?>&lt;&#60;&amp;',
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file://{secret}'>]>&b;",
    "![x](http://{at}/e.png) [x]: file://{secret}",
    "=WEBSERVICE(\"http://{at}/f\")&HYPERLINK('file://{secret}')",
)
TEXTS = frozenset(("name", "title", "number", "note", "reason", "page"))


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


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    """A server that listens while a test runs."""
    made = Listener()
    yield made
    made.close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that no text may bring in."""
    path = tmp_path / "secret"
    path.write_text("TOP-SECRET")
    return path


def hostile(data: Any, markup: Iterator[str]) -> Any:
    """``data`` with markup behind every text that a person writes."""
    if isinstance(data, list):
        return [hostile(one, markup) for one in data]
    if not isinstance(data, dict):
        return data
    found = {key: hostile(value, markup) for key, value in data.items()}
    for key in TEXTS & found.keys():
        if isinstance(found[key], str):
            found[key] += next(markup)
    for key in ("region", "files"):
        if key in found:
            found[key] = [f"{one}{next(markup)}"[:200] for one in found[key]]
    return found


def in_turn(listener: Listener, secret: Path) -> Iterator[str]:
    """The markup, again and again."""
    while True:
        yield from (one.format(at=listener.at, secret=secret) for one in MARKUP)


@pytest.fixture
def submission(listener: Listener, secret: Path, tmp_path: Path) -> Path:
    """An example with markup in all of its texts."""
    example = EXAMPLES / "kunming-model-community" / "middling.yaml"
    data = read_yaml(example.read_text("utf-8"), "").data
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(hostile(data, in_turn(listener, secret)), ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def rules(listener: Listener, secret: Path, tmp_path: Path) -> Path:
    """A ruleset with markup in its titles, requirements and remedies."""
    folder = tmp_path / "rules" / "kunming-model-community"
    folder.mkdir(parents=True)
    markup = in_turn(listener, secret)
    for name in ("ruleset", "clauses", "cases"):
        data = read_yaml((ROOT / "rules" / folder.name / f"{name}.yaml").read_text("utf-8"), "").data
        if name == "ruleset":
            data = worded(data, markup)
        (folder / f"{name}.yaml").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return folder


def worded(data: Any, markup: Iterator[str]) -> Any:
    if isinstance(data, list):
        return [worded(one, markup) for one in data]
    if not isinstance(data, dict):
        return data
    return {
        key: f"{value}{next(markup)}"
        if key in ("zh", "en") and isinstance(value, str)
        else worded(value, markup)
        for key, value in data.items()
    }


def opened_by(tmp_path: Path, *arguments: object, code: int = 0) -> list[tuple[str, str]]:
    """What a run opened and asked for, but for what the interpreter itself needs."""
    log = tmp_path / "log"
    log.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, AUDITED, log, *map(str, arguments)],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return [tuple(line.split("\t")[:2]) for line in log.read_text("utf-8").splitlines()]  # type: ignore[misc]


class Tags(HTMLParser):
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
        self.addresses += [
            value or "" for key, value in attrs if key in ("src", "href", "data", "action", "xlink:href")
        ]
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


def test_a_scorecard_fetches_nothing_and_shows_what_was_written(
    submission: Path, rules: Path, listener: Listener, secret: Path, tmp_path: Path
) -> None:
    """In all formats at once, with markup in the texts of the submission and of the rules."""
    before = listener.visits
    opened = opened_by(
        tmp_path, "score", submission, "--rules", rules, "--format", "pdf,html,json,xlsx", "--out", "out"
    )
    assert listener.visits == before
    assert not [one for one in opened if not one[0].startswith("open")]
    assert not [path for _, path in opened if str(secret) in path]
    allowed = (
        str(tmp_path),
        str(ROOT),
        sys.prefix,
        sys.base_prefix,
        "/usr/",
        "/etc/",
        "/proc/",
        "/dev/",
        "/sys/",
        "/tmp/",
    )
    assert not [
        path
        for _, path in opened
        if not path.strip("'b").startswith((*allowed, ".", "<", "out")) and not path.isdigit()
    ]
    made = {path.suffix: path for path in (tmp_path / "out").iterdir()}
    assert {".pdf", ".html", ".json", ".xlsx"} == made.keys()

    page = Tags(made[".html"].read_text("utf-8"))
    assert not page.tags & ACTIVE
    assert not page.handlers
    assert all(one.startswith("#") for one in page.addresses)
    assert "49" not in page.text.replace("7*7", "") or "{{7*7}}" in page.text
    for markup in MARKUP[:10]:
        assert markup.format(at=listener.at, secret=secret)[:60] in page.text

    reader = pypdf.PdfReader(made[".pdf"])
    said = "".join(one.extract_text() for one in reader.pages).replace("\n", "").replace(" ", "")
    assert "<script" in said
    assert "{{7*7}}" in said
    assert "TOP-SECRET" not in said
    links = [str(one.get_object()) for each in reader.pages for one in each.get("/Annots", [])]
    assert not [one for one in links if "/URI" in one or "/Launch" in one or "/JavaScript" in one]
    assert "/JavaScript" not in str(reader.trailer["/Root"])

    book = openpyxl.load_workbook(made[".xlsx"])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("<script" in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.hyperlink or cell.data_type == "f"]
    with zipfile.ZipFile(made[".xlsx"]) as parts:
        assert not [name for name in parts.namelist() if "external" in name.lower()]
        assert not [name for name in parts.namelist() if b'TargetMode="External"' in parts.read(name)]
    assert json.loads(made[".json"].read_text("utf-8"))["submission"]["subject"]["name"].endswith(
        ("</script>", ">")
    )
