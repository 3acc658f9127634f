"""``rules test``: cases, coverage, drafts and changes, as policy staff see them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("kunming-model-community", "sichuan-city-2022", "sichuan-community-2022", "wuhu-pilot-2013")


def bare(folder: Path, criterion: str, keep: str) -> None:
    """Leave of the cases of ``criterion`` only those whose name holds ``keep``."""
    path = folder / "cases.yaml"
    head, *cases = re.split(r"(?m)^(?=  - name: )", path.read_text(encoding="utf-8"))
    kept = [one for one in cases if f"criterion: {criterion}\n" not in one or keep in one.split("\n")[0]]
    assert len(kept) < len(cases)
    path.write_text(head + "".join(kept), encoding="utf-8")


def test_no_change_of_our_rulesets_goes_unnoticed_and_unexplained(duibiao) -> None:
    done = duibiao("rules", "test", "--mutate", "--coverage")
    assert (done.code, done.err) == (0, "")
    for name in NAMES:
        (changes,) = (
            line for line in done.out.splitlines() if line.startswith(f"{name}：") and "改动" in line
        )
        tried, noticed, explained, left = map(int, re.findall(r"(\d+) 处", changes))
        assert (noticed + explained, left) == (tried, 0)
        assert noticed > 500
    assert done.out.count("  没有遗漏") == len(NAMES)
    assert "过时" not in done.out


def test_a_difference_is_said_in_words_with_its_place(duibiao, own_rules, edit) -> None:
    edit(
        own_rules / "ruleset.yaml",
        'denominator: buildings, at_least: "5%"',
        'denominator: buildings, at_least: "6%"',
    )
    done = duibiao("rules", "test", own_rules, "--junit", "out/junit.xml")
    assert (done.code, done.err) == (1, "")
    assert (
        "：文明楼组：2/40，恰好达标：判定应为 达标（satisfied），实为 未达标（not_satisfied）\n" in done.out
    )
    assert "：等级应为 示范（model），实为 限期整改（rectify）\n" in done.out
    assert "：总分应为 100，实为 98.39\n" in done.out
    place = re.search(r"cases\.yaml:(\d+):5：文明楼组：2/40", done.out)
    assert place is not None
    assert "文明楼组：2/40" in (own_rules / "cases.yaml").read_text("utf-8").splitlines()[int(place[1]) - 1]


def test_what_is_not_covered_is_drafted_and_then_covered(duibiao, own_rules, tmp_path) -> None:
    bare(own_rules, "km-2-6", "恰好达标")
    done = duibiao("rules", "test", own_rules, "--coverage")
    assert done.code == 0
    assert "  km-2-6 民族团结文明楼组（单位）比例：check.at_least 5%：缺“低于、高于”的用例\n" in done.out
    assert "  km-2-6 民族团结文明楼组（单位）比例：没有未达标的用例。补一个\n" in done.out
    done = duibiao("rules", "test", own_rules, "--mutate", "--junit", "junit.xml")
    assert done.code == 1
    assert "：km-2-6 民族团结文明楼组（单位）比例\n    [比较方式] check.at_least → at_most\n" in done.out
    assert "    [阈值] check.at_least 5% → 4%\n" in done.out
    root = ET.parse(tmp_path / "junit.xml").getroot()
    failed = root.findall(".//failure/..")
    assert {one.get("classname") for one in failed} == {"kunming-model-community.km-2-6.change"}
    assert "check.at_least 5% → 4%" in {one.get("name") for one in failed}
    assert root.get("failures") == str(len(failed))
    assert sum(one.get("line") is not None for one in root.iter("testcase")) == int(
        done.out.split(" 个用例")[0]
    )

    done = duibiao("rules", "test", own_rules, "--generate", "--mutate", "-o", "drafts.yaml")
    assert (done.code, done.err) == (1, "kunming-model-community：起草了 3 个用例\n")
    text = (tmp_path / "drafts.yaml").read_text(encoding="utf-8")
    assert text.count("# 待确认") == 3
    with (own_rules / "cases.yaml").open("r+", encoding="utf-8") as file:
        cases = file.read().replace("unnoticed:", text.partition("cases:\n")[2] + "unnoticed:")
        file.seek(0)
        file.write(cases)
    done = duibiao("rules", "test", own_rules, "--mutate", "--coverage")
    assert (done.code, done.err) == (0, "")
    assert "  没有遗漏\n" in done.out


def test_drafts_alone_go_to_stdout(duibiao, own_rules) -> None:
    bare(own_rules, "km-2-6", "恰好达标")
    done = duibiao("rules", "test", own_rules, "--generate")
    assert done.code == 0
    assert done.out.startswith("# kunming-model-community：起草的用例。")
    assert "cases:\n  - name: " in done.out
    assert done.err.endswith("kunming-model-community：起草了 2 个用例\n")


def test_cases_that_differ_are_mended_before_changes_are_tried(duibiao, own_rules, edit) -> None:
    edit(own_rules / "cases.yaml", "outcome: satisfied", "outcome: not_satisfied")
    done = duibiao("rules", "test", own_rules, "--mutate")
    assert (done.code, done.err) == (1, "有不符的用例，先改正，再看改动\n")
    assert "处改动" not in done.out


def test_an_outdated_explanation_is_named_at_its_place(duibiao, own_rules, edit) -> None:
    edit(own_rules / "cases.yaml", 'change: "scoring.bonus.cap 5 → 6"', 'change: "scoring.bonus.cap 7 → 8"')
    done = duibiao("rules", "test", own_rules, "--mutate")
    assert done.code == 1
    assert "[分值] scoring.bonus.cap 5 → 6\n" in done.out
    assert re.search(
        r"cases\.yaml:\d+:5：说明过时：scoring\.bonus\.cap 7 → 8：规则里已没有这处改动。删去这条说明\n",
        done.out,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "drafts.yaml"], "-o 要与 --generate 同写"),
        (["--generate", "-o", "there.yaml"], "there.yaml 已经存在，换一个文件名"),
    ],
)
def test_drafts_overwrite_nothing(duibiao, tmp_path, arguments, said) -> None:
    (tmp_path / "there.yaml").write_text("mine", encoding="utf-8")
    done = duibiao("rules", "test", "wuhu-pilot-2013", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert (tmp_path / "there.yaml").read_text("utf-8") == "mine"


def test_english_says_the_same(duibiao, own_rules) -> None:
    bare(own_rules, "km-2-6", "恰好达标")
    done = duibiao("rules", "test", own_rules, "--coverage", "--mutate", locale="en_US.UTF-8")
    assert done.code == 1
    assert "km-2-6 Share of model buildings: check.at_least 5%: no case below, above\n" in done.out
    assert "    [threshold] check.at_least 5% → 4%\n" in done.out
    assert not re.search("[\u4e00-\u9fff]", done.out.replace(str(own_rules), ""))


def test_a_pipe_or_device_is_not_replaced_by_a_file(duibiao, tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = duibiao("rules", "test", "wuhu-pilot-2013", "--junit", "pipe")
    assert (done.code, done.err) == (2, "读写失败 pipe：同名文件已存在\n")
    assert (tmp_path / "pipe").is_fifo()


def test_what_no_draft_can_cover_is_left_to_the_author_in_words(duibiao, tmp_path) -> None:
    assert duibiao("rules", "new", "demo", "--dir", tmp_path).code == 0
    cases = tmp_path / "demo" / "cases.yaml"
    lines = cases.read_text(encoding="utf-8").splitlines(keepends=True)
    cases.write_text("".join(line for line in lines if "示例：整套规则" not in line), encoding="utf-8")
    done = duibiao("rules", "test", tmp_path / "demo", "--coverage")
    assert "  “计分”各条由整套规则的用例来看（不写 criterion，写明 score、grade），要自己写\n" in done.out
    assert "--generate" not in done.out, "it would draft nothing"


def test_cases_that_name_what_there_is_not_are_refused(duibiao, own_rules, edit) -> None:
    edit(own_rules / "cases.yaml", "criterion: km-1-1\n", "criterion: km-1-99\n")
    done = duibiao("rules", "test", own_rules)
    assert done.code == 2
    assert "[unknown_criterion] 指标 km-1-99 不存在" in done.err
