"""What a server is started with."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL

from evaluator.limits import in_force
from workbench.moments import Clock, system_clock
from workbench.storage.database import sqlite_url


class Settings(NamedTuple):
    """The settings of one server.

    ``data`` is the folder of the SQLite file, the evidence and the published rules; ``database`` the address of another database.
    ``local`` serves one person on this machine without signing in. ``hosts`` are the names under which it is asked; ``https``
    says that browsers reach it by HTTPS alone. ``seal`` is the file that says with what scorecards are signed,
    ``openid`` the one that says which provider signs people in.
    """

    data: Path
    database: URL | None = None
    local: bool = False
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    https: bool = False
    seal: Path | None = None
    openid: Path | None = None
    clock: Clock = system_clock

    @property
    def url(self) -> URL:
        """The address of the database."""
        return self.database or sqlite_url(self.data / "workbench.sqlite")

    @property
    def largest_body(self) -> int:
        """The largest request in bytes: one file, and what a form says around it."""
        return in_force().package_file + 1024 * 1024
