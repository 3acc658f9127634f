"""What every page works with: the database, the files, the settings of this server."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from threading import Lock

from workbench.rulesets import Library
from workbench.settings import Settings
from workbench.storage.database import Database
from workbench.storage.evidence import Evidence
from workbench.storage.migrating import migrate


class Workbench:
    """An open server: its database brought up to date, its folders made."""

    def __init__(self, settings: Settings) -> None:
        settings.data.mkdir(parents=True, exist_ok=True)
        self.settings = settings
        self.clock = settings.clock
        self.database = Database(settings.url, settings.clock)
        migrate(self.database)
        self.evidence = Evidence(settings.data / "evidence")
        self.library = Library(settings.data / "rules")
        self._press: ProcessPoolExecutor | None = None
        self._beginning = Lock()

    @property
    def press(self) -> ProcessPoolExecutor:
        """The process that sets scorecards, begun when it is first asked for: pages go on while one is set."""
        with self._beginning:
            if self._press is None:
                # Not forked: this process has threads and open connections.
                self._press = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            return self._press

    def close(self) -> None:
        """Give everything back."""
        self.stop_press()
        self.library.close()
        self.database.close()

    def stop_press(self) -> None:
        """End the process that sets scorecards; another begins when one is asked for."""
        with self._beginning:
            press, self._press = self._press, None
        if press is not None:
            press.shutdown()
