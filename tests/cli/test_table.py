"""``duibiao rules export`` and ``import``, as policy staff run them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evaluator.loading.tables import table_of
from tests.evaluator.table.editing import place_of, typed

NAME = "kunming-model-community"


EVERYTHING = Path(__file__).parents[1] / "evaluator" / "table" / "everything"


@pytest.fixture(scope="module")
def exported() -> bytes:
    """The table of the ruleset that uses every idiom."""
    return table_of(str(EVERYTHING))


@pytest.fixture
def table(exported: bytes, tmp_path: Path) -> Path:
    """That table in a file."""
    path = tmp_path / "table.xlsx"
    path.write_bytes(exported)
    return path


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    """A copy of that ruleset."""
    return Path(shutil.copytree(EVERYTHING, tmp_path / "everything"))


def test_an_export_is_written_once_and_never_over_another_file(
    duibiao, exported, own_rules, tmp_path
) -> None:
    done = duibiao("rules", "export", own_rules, "--xlsx", "t.xlsx")
    assert (done.code, done.out, done.err) == (0, "t.xlsx\n", "")
    assert (tmp_path / "t.xlsx").read_bytes() == exported
    again = duibiao("rules", "export", own_rules, "-o", "t.xlsx")
    assert (again.code, again.out) == (2, "")
    assert "文件已存在，不覆盖" in again.err


def test_a_changed_threshold_is_said_and_written_and_nothing_else(duibiao, own_rules, table) -> None:
    row = place_of(table.read_bytes(), "检查", 指标编号="e-6")
    table.write_bytes(typed(table.read_bytes(), {f"检查!I{row}": "6"}))
    before = {one.name: one.read_bytes() for one in own_rules.iterdir()}
    tried = duibiao("rules", "import", table, "--out", own_rules, "--dry-run")
    assert tried.out.splitlines()[:2] == [
        "指标 e-6《按比例》：检查 不低于 4 → 6",
        f"会写入 {own_rules}：ruleset.yaml",
    ]
    assert {one.name: one.read_bytes() for one in own_rules.iterdir()} == before
    done = duibiao("rules", "import", table, "--out", own_rules, "--lang", "en")
    assert done.out.startswith(f"criterion e-6: Check At least 4 → 6\nwritten {own_rules}: ruleset.yaml\n")
    after = {one.name: one.read_bytes() for one in own_rules.iterdir()}
    assert after == {
        **before,
        "ruleset.yaml": before["ruleset.yaml"].replace(
            b'events: own_day, at_least: "4"', b'events: own_day, at_least: "6"'
        ),
    }
    again = duibiao("rules", "import", table, "--out", own_rules)
    assert (again.code, again.out) == (0, "没有改动\n")


def test_mistakes_are_listed_by_their_cells_and_nothing_is_written(duibiao, own_rules, table) -> None:
    table.write_bytes(typed(table.read_bytes(), {"检查!I5": "很多", "指标!H3": "必须"}))
    before = {one.name: one.read_bytes() for one in own_rules.iterdir()}
    done = duibiao("rules", "import", table, "--out", own_rules)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-1] == "共 2 处问题"
    assert f"{table}:检查!I5: [bad_exact] 不低于：“很多”不是精确数" in done.err
    assert f"{table}:指标!H3: [literal_error] 要求程度：不能是 必须" in done.err
    assert {one.name: one.read_bytes() for one in own_rules.iterdir()} == before


def test_a_deleted_row_is_asked_for_again(duibiao, own_rules, table) -> None:
    row = place_of(table.read_bytes(), "指标", 编号="e-7")
    table.write_bytes(typed(table.read_bytes(), without=[f"指标!{row}"]))
    done = duibiao("rules", "import", table, "--out", own_rules)
    assert done.code == 2
    assert "[removed] 删除指标 e-7" in done.err
    done = duibiao("rules", "import", table, "--out", own_rules, "--allow-removal")
    assert done.code == 0
    assert done.out.startswith("删除指标 e-7")
    assert b"e-7" not in (own_rules / "ruleset.yaml").read_bytes() + (own_rules / "cases.yaml").read_bytes()


def test_a_built_in_ruleset_is_continued_in_a_folder_of_ones_own(duibiao, tmp_path) -> None:
    table = tmp_path / "table.xlsx"
    table.write_bytes(table_of(NAME))
    out = tmp_path / "mine" / NAME
    done = duibiao("rules", "import", table, "--out", out, "--base", NAME)
    assert (done.code, done.err) == (0, "")
    original = Path(__file__).parents[2] / "rules" / NAME
    assert {one.name: one.read_bytes() for one in out.iterdir()} == {
        one.name: one.read_bytes() for one in original.iterdir()
    }
    done = duibiao("rules", "import", table, "--out", out, "--base", NAME)
    assert done.code == 2
    assert "文件夹里已有规则，不用 --base" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", NAME, "--xlsx", "t.yaml"), "文件名以 .xlsx 结尾"),
        (("export", "km", "--xlsx", "t.xlsx"), "没有规则集 km"),
        (("import", "none.xlsx", "--out", NAME), "找不到文件"),
        (("import", "none.et", "--out", NAME), "不读 .et 文件"),
    ],
    ids=["ending", "unknown", "absent", "other"],
)
def test_misuse_exits_2_and_says_what_is_meant(duibiao, arguments, said) -> None:
    done = duibiao("rules", *arguments)
    assert done.code == 2
    assert said in done.err


def test_cases_that_come_out_otherwise_after_a_change_are_said(duibiao, own_rules, table) -> None:
    row = place_of(table.read_bytes(), "检查", 指标编号="e-6")
    table.write_bytes(typed(table.read_bytes(), {f"检查!I{row}": "5"}))
    done = duibiao("rules", "import", table, "--out", own_rules, "--dry-run")
    assert (
        f"{own_rules}/cases.yaml:5:5: [case_differs] 四次：判定应为 达标，实为 部分达标。"
        "改动是对的，就改用例；用例是对的，就改回" in done.out
    )


def test_a_published_version_is_changed_only_under_a_new_number(duibiao, tmp_path) -> None:
    book = table_of(NAME)
    row = place_of(book, "检查", 指标编号="km-2-6")
    (tmp_path / "t.xlsx").write_bytes(typed(book, {f"检查!I{row}": "8%"}))
    out = tmp_path / "mine" / NAME
    refused = duibiao("rules", "import", "t.xlsx", "--out", out, "--base", NAME)
    assert refused.code == 2
    assert (
        "t.xlsx:总体!C4: [published_version] 版本 1.0.0 已经发布，不再改动。在这里写新的版本号" in refused.err
    )
    assert not out.exists()
    (tmp_path / "t.xlsx").write_bytes(typed(book, {f"检查!I{row}": "8%", "总体!C4": "1.1.0"}))
    done = duibiao("rules", "import", "t.xlsx", "--out", out, "--base", NAME)
    assert (done.code, done.out.splitlines()[1]) == (0, "总体：版本 1.0.0 → 1.1.0")
