"""Headless Chromium on our own page and style sheets: kept running and driven through a pipe, or started for each document."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from benchmarks.pdf.outlines import outline
from scorecards import Scorecard
from scorecards.fonts import FONT_FILES
from scorecards.html import page, stylesheet

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions")


def program() -> str:
    """Chromium's file."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found is not None, "Chromium is not installed"
    return found


def version() -> str:
    """Chromium's version."""
    done = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split()[:2])


def _html(card: Scorecard) -> str:
    style = stylesheet("columns.css") + stylesheet("print.css")
    for address in FONT_FILES:
        # What has other outlines it embeds as drawings, three times as large.
        style = style.replace(address, outline(address).as_uri())
    return page(card, style)


class _Browser:
    """One browser with one page open; commands go through file descriptors 3 and 4, each a JSON text that ends in NUL."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="duibiao-chromium-"))
        self.file = self.folder / "page.html"
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        command = [program(), *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={self.folder}"]
        # The browser reads its third and writes its fourth descriptor.
        wired = ["bash", "-c", f'exec 3<&{theirs_in} 4>&{theirs_out}; exec "$@"', "-", *command]
        self.process = subprocess.Popen(
            wired, pass_fds=(theirs_in, theirs_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.out, self.reader = os.fdopen(ours_out, "wb", 0), os.fdopen(ours_in, "rb")
        self.number, self.session, self.left = 0, None, b""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method: str, **arguments: Any) -> Any:
        self.number += 1
        sent: dict[str, Any] = {"id": self.number, "method": method, "params": arguments}
        if self.session is not None:
            sent["sessionId"] = self.session
        self.out.write(json.dumps(sent).encode() + b"\0")
        while True:
            found = self.message()
            if found.get("id") == self.number:
                assert "error" not in found, found
                return found["result"]

    def message(self) -> Any:
        while b"\0" not in self.left:
            more = self.reader.read1(1 << 20)
            assert more, "Chromium ended"
            self.left += more
        first, _, self.left = self.left.partition(b"\0")
        return json.loads(first)

    def print(self, card: Scorecard) -> bytes:
        self.file.write_text(_html(card), encoding="utf-8")
        self.call("Page.navigate", url=self.file.as_uri())
        while self.message().get("method") != "Page.loadEventFired":
            pass
        # Printing waits for the fonts that the page asks for.
        wait = "document.fonts.ready.then(() => document.fonts.size)"
        self.call("Runtime.evaluate", expression=wait, awaitPromise=True)
        printed = self.call(
            "Page.printToPDF", preferCSSPageSize=True, printBackground=True, generateTaggedPDF=False
        )
        return base64.b64decode(printed["data"])

    def close(self) -> None:
        self.out.close()
        self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def _browser() -> _Browser:
    browser = _Browser()
    # A worker of a pool ends without what is registered in atexit.
    Finalize(None, browser.close, exitpriority=10)
    return browser


def kept(card: Scorecard) -> bytes:
    """The PDF, by a browser that stays."""
    return _browser().print(card)


def started(card: Scorecard) -> bytes:
    """The PDF, by a browser that is started for it: ``chromium --headless --print-to-pdf``."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "page.html", Path(folder) / "made.pdf"
        source.write_text(_html(card), encoding="utf-8")
        command = [
            program(),
            *FLAGS,
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            "--disable-pdf-tagging",
        ]
        subprocess.run(
            [*command, f"--print-to-pdf={made}", source.as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return made.read_bytes()
