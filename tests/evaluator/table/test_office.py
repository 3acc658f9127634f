"""What another office program saves is read the same."""

from __future__ import annotations

from evaluator.loading import RULES
from evaluator.loading.tables import imported, table_of
from tests.evaluator.table.conftest import EVERYTHING
from tests.evaluator.workbook.office import all_converted, needs_office


@needs_office
def test_a_table_that_libreoffice_saved_changes_nothing(exported, tmp_path) -> None:
    name = "sichuan-city-2022"
    saved = all_converted({"everything": exported, name: table_of(name)}, "xlsx", tmp_path)
    for folder in (EVERYTHING, RULES / name):
        path = tmp_path / f"{folder.name}.xlsx"
        path.write_bytes(saved[folder.name])
        found = imported(path, folder, None, removal=False, newer=False)
        assert (found.changes, found.files) == ((), {})
