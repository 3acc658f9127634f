"""What every page works with: the database, the files, the settings of this server."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from threading import Lock
from typing import TYPE_CHECKING

from evaluator.errors import InputError, Place, Problem, Words
from workbench.rulesets import Library
from workbench.settings import Settings
from workbench.storage.database import Database
from workbench.storage.evidence import Evidence
from workbench.storage.migrating import migrate

if TYPE_CHECKING:
    from workbench.openid import Provider

# Stands in the data folder from the first to the last step of a restore; it names the backup.
UNFINISHED = "restoring"


class Workbench:
    """An open server: its database brought up to date, its folders made."""

    def __init__(self, settings: Settings, *, restoring: bool = False) -> None:
        if not restoring and (settings.data / UNFINISHED).exists():
            what = Words("这里的恢复没有做完，数据不全", "a restore was cut off here: not all data is there")
            mend = Words(
                "用同一份备份再运行 duibiao restore", "run duibiao restore with the same backup again"
            )
            raise InputError([Problem("restore_unfinished", Place(str(settings.data)), what, mend)])
        self.openid = _provider(settings)
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

    @property
    def has_passwords(self) -> bool:
        """Whether people may sign in by a password."""
        return self.openid is None or self.openid.settings.password

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


def _provider(settings: Settings) -> Provider | None:
    if settings.openid is None:
        return None
    from workbench.openid import Provider  # noqa: PLC0415 - only where it is asked for
    from workbench.openid_settings import load_openid  # noqa: PLC0415

    return Provider(load_openid(settings.openid), settings.clock)
