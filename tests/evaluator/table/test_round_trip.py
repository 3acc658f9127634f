"""Export and import: nothing is lost, and what is not changed is not touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from evaluator.catalogue import CatalogueFile
from evaluator.loading import RULES, ruleset_ids
from evaluator.loading.tables import encoding_of, imported, table_of
from evaluator.ruleset import Clauses, Ruleset
from evaluator.table.cells import value_of
from evaluator.table.plan import Encoding, data_of, planned
from evaluator.table.reading import read_table
from evaluator.table.shapes import Shape
from evaluator.table.writing import write_table
from tests.evaluator.building import CATALOGUE
from tests.evaluator.strategies import rulesets
from tests.evaluator.table.conftest import EVERYTHING
from tests.evaluator.table.editing import place_of, typed


def kept(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in path.iterdir()}


def put(tmp_path: Path, content: bytes) -> Path:
    (tmp_path / "table.xlsx").write_bytes(content)
    return tmp_path / "table.xlsx"


@pytest.mark.parametrize("name", [*ruleset_ids(), str(EVERYTHING)], ids=lambda one: Path(one).name)
def test_an_unchanged_table_says_the_same_and_changes_no_file(name, tmp_path) -> None:
    folder = RULES / name if (RULES / name).is_dir() else Path(name)
    content = table_of(name)
    found = imported(put(tmp_path, content), folder, None, removal=False, newer=False)
    assert (found.files, found.changes) == ({}, ())


def test_a_table_alone_makes_the_same_ruleset_anew(exported, tmp_path) -> None:
    out = tmp_path / "new" / "everything"
    made = imported(put(tmp_path, exported), out, None, removal=False, newer=False)
    out.mkdir(parents=True)
    for name, content in made.files.items():
        (out / name).write_bytes(content)
    assert data_of(encoding_of(out)) == data_of(encoding_of(EVERYTHING))
    assert encoding_of(out).ruleset == encoding_of(EVERYTHING).ruleset


def test_a_new_folder_can_begin_as_a_copy_with_comments_and_cases(exported, tmp_path) -> None:
    made = imported(
        put(tmp_path, exported), tmp_path / "new" / "everything", str(EVERYTHING), removal=False, newer=False
    )
    assert dict(made.files) == kept(EVERYTHING)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(rulesets())
def test_every_ruleset_that_the_engine_accepts_survives(ruleset: Ruleset) -> None:
    encoding = Encoding(ruleset, Clauses(clauses=()), CatalogueFile(catalogue=1), CATALOGUE)
    reading = read_table(write_table(planned(encoding)), "table.xlsx", CATALOGUE, data_of(encoding))
    assert [one.in_language("zh") for one in reading.problems] == []
    assert Ruleset.model_validate(reading.data["ruleset"]) == ruleset


def test_a_sorted_sheet_of_checks_says_the_same(exported, folder, tmp_path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(put(tmp_path, exported))
    sheet = book["检查"]
    last = max(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=last)]
    for at, row in enumerate(reversed(rows), 3):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value
    book.save(tmp_path / "table.xlsx")
    found = imported(tmp_path / "table.xlsx", folder, None, removal=False, newer=False)
    assert found.files == {}


def changed(folder: Path, tmp_path: Path, content: bytes, **more: bool) -> tuple[list[str], dict[str, bytes]]:
    options = {"removal": False, "newer": False, **more}
    found = imported(put(tmp_path, content), folder, None, **options)
    return [one.in_language("zh") for one in found.changes], dict(found.files)


def lines(old: bytes, new: bytes) -> tuple[list[str], list[str]]:
    """The lines that went and that came."""
    import difflib

    found = list(difflib.ndiff(old.decode().splitlines(), new.decode().splitlines()))
    return [one[2:].strip() for one in found if one[:2] == "- "], [
        one[2:].strip() for one in found if one[:2] == "+ "
    ]


def test_one_cell_changes_one_scalar(exported, folder, tmp_path) -> None:
    row = place_of(exported, "检查", 指标编号="e-6", 层次="1")
    said, files = changed(folder, tmp_path, typed(exported, {f"检查!I{row}": "6"}))
    assert said == ["指标 e-6《按比例》：检查 不低于 4 → 6"]
    went, came = lines(kept(folder)["ruleset.yaml"], files.pop("ruleset.yaml"))
    assert went == ['check: {kind: quantity, events: own_day, at_least: "4"}']
    assert came == ['check: {kind: quantity, events: own_day, at_least: "6"}']
    assert files == {}


def test_the_same_rules_give_the_same_bytes(exported) -> None:
    assert exported == table_of(str(EVERYTHING))


@pytest.mark.parametrize("raw", ["8%", "８％", "8 %"])
def test_a_percentage_is_exact_however_it_is_typed(raw) -> None:
    assert value_of(raw, Shape("exact"), "cap", percent=False, resolve=str) == "8%"


@pytest.mark.parametrize("raw", [0.08, 0.1 + 0.2 - 0.22])
def test_a_number_cell_shown_as_a_percentage_is_one(raw) -> None:
    assert value_of(raw, Shape("exact"), "cap", percent=True, resolve=str) == "8%"
    assert value_of(raw, Shape("exact"), "cap", percent=False, resolve=str) == "0.08"


def test_the_format_of_a_cell_says_whether_its_number_is_a_percentage(exported, folder, tmp_path) -> None:
    import openpyxl

    row = place_of(exported, "检查", 指标编号="e-4", 用处="扣分", 层次="5")
    book = openpyxl.load_workbook(put(tmp_path, typed(exported, {f"检查!I{row}": 0.08})))
    book["检查"][f"I{row}"].number_format = "0%"
    book.save(tmp_path / "table.xlsx")
    said, _ = changed(folder, tmp_path, (tmp_path / "table.xlsx").read_bytes())
    assert said == ["指标 e-4《扣分》：扣分 不低于 90% → 8%"]


def test_a_new_criterion_and_its_evidence_need_no_identifier(exported, folder, tmp_path) -> None:
    content = typed(
        exported,
        rows={
            "指标": [{
                "一级指标": "第二类", "二级指标": "阅览角", "条款": "4.12", "要求": "至少两处", "要求程度": "应", "分值": 4,
                "数值的依据": "编者所定", "分值的依据": "编者所定", "要求程度的依据": "标准原文", "谁的职责": "社区、街道",
                "核验方式": "实地察看", "整改办法": "增设", "原文关键词": "阅览", "二级指标（英文）": "Corners",
            }],
            "检查": [{"指标编号": "阅览角", "层次": 1, "用处": "检查", "种类": "数量", "佐证": "阅览角数", "不低于": 2}],
            "数据": [{
                "名称": "阅览角数", "单位": "处", "统计口径": "对居民开放", "谁填报": "社区",
                "名称（英文）": "Reading corners", "单位（英文）": "corners",
            }],
        },
    )  # fmt: skip
    said, files = changed(folder, tmp_path, content)
    assert said == ["新增指标 e-9《阅览角》", "新增数据 reading_corners《阅览角数》"]
    _, came = lines(kept(folder)["ruleset.yaml"], files["ruleset.yaml"])
    assert came[0] == "- id: e-9"
    assert "duty_of: [community, street]" in came
    assert 'check: {kind: quantity, count: reading_corners, at_least: "2"}' in came
    went, came = lines(kept(folder)["catalogue.yaml"], files["catalogue.yaml"])
    assert (went, came[0]) == ([], "reading_corners:")


def test_a_removed_criterion_goes_with_its_comment_and_its_cases_when_that_is_allowed(
    exported, folder, tmp_path
) -> None:
    criterion = place_of(exported, "指标", 编号="e-7")
    content = typed(exported, without=[f"指标!{criterion}"])
    said, files = changed(folder, tmp_path, content, removal=True)
    assert said == ["删除指标 e-7《组合》"]
    went, came = lines(kept(folder)["ruleset.yaml"], files["ruleset.yaml"])
    assert (went[0], len(went), came) == ("- id: e-7", 22, [])
    went, came = lines(kept(folder)["cases.yaml"], files["cases.yaml"])
    assert (went[0], came) == ("# about e-7", [])
    assert b"# about e-6" in files["cases.yaml"]


def test_criteria_that_change_their_place_take_their_comments_along(exported, folder, tmp_path) -> None:
    first = place_of(exported, "指标", 编号="e-1")
    said, files = changed(folder, tmp_path, typed(exported, {f"指标!B{first}": "第二类"}))
    assert said == ["指标 e-1《分日期》：一级指标 第一类 → 第二类", "指标的次序：换了位置"]
    text = files["ruleset.yaml"].decode()
    assert text.index("- id: second") < text.index("# This comment belongs to e-1.") < text.index("- id: e-1")
    went, came = lines(kept(folder)["ruleset.yaml"], files["ruleset.yaml"])
    assert sorted(went) == sorted(came)


def test_a_copied_row_with_another_identifier_is_a_new_criterion_in_a_new_section(
    exported, folder, tmp_path
) -> None:
    import openpyxl

    book = openpyxl.load_workbook(put(tmp_path, exported))
    sheet = book["指标"]
    heads = {cell.value: cell.column for cell in sheet[2]}
    copied = place_of(exported, "指标", 编号="e-8")
    for column in range(1, sheet.max_column + 1):
        sheet.cell(copied + 1, column).value = sheet.cell(copied, column).value
    for head, value in {"编号": "e-8b", "二级指标": "抄来的", "一级指标": "第三类"}.items():
        sheet.cell(copied + 1, heads[head]).value = value
    book.save(tmp_path / "table.xlsx")
    content = typed(
        (tmp_path / "table.xlsx").read_bytes(),
        rows={
            "类目": [{"名称": "第三类", "名称（英文）": "Third part"}],
            "检查": [{"指标编号": "e-8b", "层次": 1, "用处": "检查", "种类": "事项", "佐证": "已公示"}],
        },
    )
    said, files = changed(folder, tmp_path, content)
    assert said == ["新增指标 e-8b《抄来的》", "新增类目 third_part《第三类》"]
    went, came = lines(kept(folder)["ruleset.yaml"], files["ruleset.yaml"])
    assert (went, came[0]) == ([], "- id: third_part")
