"""``duibiao rules export`` and ``import``, as policy staff run them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluator.table.editing import place_of, typed

NAME = "kunming-model-community"


@pytest.fixture
def table(duibiao, own_rules: Path, tmp_path: Path) -> Path:
    """The table of a copy of a built-in ruleset."""
    done = duibiao("rules", "export", own_rules, "--xlsx", "table.xlsx")
    assert (done.code, done.out, done.err) == (0, "table.xlsx\n", "")
    return tmp_path / "table.xlsx"


def test_a_changed_threshold_is_said_and_written_and_nothing_else(duibiao, own_rules, table) -> None:
    row = place_of(table.read_bytes(), "检查", 指标编号="km-2-6")
    table.write_bytes(typed(table.read_bytes(), {f"检查!I{row}": "8%"}))
    before = {one.name: one.read_bytes() for one in own_rules.iterdir()}
    tried = duibiao("rules", "import", table, "--out", own_rules, "--dry-run")
    assert tried.out.splitlines()[:2] == [
        "指标 km-2-6《民族团结文明楼组（单位）比例》：检查 不低于 5% → 8%",
        f"会写入 {own_rules}：ruleset.yaml",
    ]
    assert {one.name: one.read_bytes() for one in own_rules.iterdir()} == before
    done = duibiao("rules", "import", table, "--out", own_rules, "--lang", "en")
    assert done.out == (f"criterion km-2-6: Check At least 5% → 8%\nwritten {own_rules}: ruleset.yaml\n")
    after = {one.name: one.read_bytes() for one in own_rules.iterdir()}
    assert after == {
        **before,
        "ruleset.yaml": before["ruleset.yaml"].replace(
            b'denominator: buildings, at_least: "5%"', b'denominator: buildings, at_least: "8%"'
        ),
    }
    again = duibiao("rules", "import", table, "--out", own_rules)
    assert (again.code, again.out) == (0, "没有改动\n")


def test_mistakes_are_listed_by_their_cells_and_nothing_is_written(duibiao, own_rules, table) -> None:
    table.write_bytes(typed(table.read_bytes(), {"检查!I3": "很多", "指标!H3": "必须"}))
    before = {one.name: one.read_bytes() for one in own_rules.iterdir()}
    done = duibiao("rules", "import", table, "--out", own_rules)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-1] == "共 2 处问题"
    assert f"{table}:检查!I3: [bad_exact] 不低于：“很多”不是精确数" in done.err
    assert f"{table}:指标!H3: [literal_error] 要求程度：不能是 必须" in done.err
    assert {one.name: one.read_bytes() for one in own_rules.iterdir()} == before


def test_a_deleted_row_is_asked_for_again(duibiao, own_rules, table) -> None:
    row = place_of(table.read_bytes(), "指标", 编号="km-9-2")
    table.write_bytes(typed(table.read_bytes(), without=[f"指标!{row}"]))
    done = duibiao("rules", "import", table, "--out", own_rules)
    assert done.code == 2
    assert "[removed] 删除指标 km-9-2" in done.err
    done = duibiao("rules", "import", table, "--out", own_rules, "--allow-removal")
    assert done.code == 0
    assert done.out.startswith("删除指标 km-9-2")
    assert (
        b"km-9-2" not in (own_rules / "ruleset.yaml").read_bytes() + (own_rules / "cases.yaml").read_bytes()
    )


def test_a_built_in_ruleset_is_continued_in_a_folder_of_ones_own(duibiao, table, tmp_path) -> None:
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
