"""What every page works with: the database, the files, the settings of this server."""

from __future__ import annotations

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

    def close(self) -> None:
        """Give everything back."""
        self.library.close()
        self.database.close()
