"""A server as people start it, and Debian's Chromium before it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

COMMAND = Path(sys.executable).parent / "duibiao"
DEMO_PASSWORD = "duibiao-demo"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
# WCAG 2.2 AA, and what axe holds to be good practice.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A busy machine is no failure.
expect.set_options(timeout=20_000)
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[str, str]]:
    """The address of ``duibiao serve`` on a free port, and all that it said when it started."""
    environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(
        [COMMAND, "serve", "--data", folder, "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    try:
        said = ""
        assert running.stdout is not None
        for line in running.stdout:
            said += line
            if "Ctrl+C" in line:
                break
        found = _ADDRESS.search(said)
        assert found is not None, said
        yield found[0], said
    finally:
        running.send_signal(signal.SIGINT)
        rest = running.communicate(timeout=20)[0]
        assert "Traceback" not in rest, rest


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser, without a window."""
    path = shutil.which("chromium")
    assert path is not None, "script/bootstrap installs Chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """Somebody before a browser of one size and language; what the page complains of is collected."""

    def __init__(self, browser: Browser, address: str, size: str = "desktop", lang: str = "zh") -> None:
        width, height = SIZES[size]
        self.width, self.address = width, address
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN" if lang == "zh" else "en-GB",
            has_touch=size == "phone",
            accept_downloads=True,
        )
        self.context.add_cookies([{"name": "duibiao_lang", "value": lang, "url": address}])
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        # A refusal that the page shows is an answer of 4xx, of which the browser speaks as well.
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def go(self, path: str) -> Page:
        """Open a page."""
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, login: str, password: str = DEMO_PASSWORD) -> Page:
        """Sign in by the page."""
        self.go("/sign-in")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", password)
        self.page.click("main button")
        return self.page

    def looks_well(self) -> None:
        """What axe finds wrong with the page, a page wider than its window, and complaints: all are failures."""
        found = Axe().run(self.page, options={"runOnly": _RULES}).response["violations"]
        told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
        assert not told, (self.page.url, told)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.width, (self.page.url, width)
        assert not self.complaints, (self.page.url, self.complaints)

    def close(self) -> None:
        """Close the window."""
        self.context.close()
