"""``rules map`` as it is run: on the screen, in files, with a submission."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BOTH = ("sichuan-community-2022", "kunming-model-community")
EN = "en_US.UTF-8"


def test_two_standards_on_the_screen(duibiao) -> None:
    done = duibiao("rules", "map", *BOTH)
    assert (done.code, done.err) == (0, "")
    assert "共用的佐证 19 项，对应的要求 19 处：要求相同 14、后者较宽 2、后者较严 1、要求不同 2。" in done.out
    assert (
        "| 后者较宽 | 民族政策法规学习宣传活动每季度至少 1 次 | 民族政策法规学习宣传活动不少于 2 次"
        in done.out
    )
    assert "只在前者中的指标（59 项）" in done.out


def test_what_a_submission_lacks_in_files(duibiao, tmp_path) -> None:
    form = EXAMPLES / BOTH[0] / "excellent.yaml"
    files = ("map.json", "map.html", "map.xlsx")
    out = [argument for name in files for argument in ("-o", name)]
    done = duibiao("rules", "map", *BOTH, "--submission", form, *out, locale=EN)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-3:] == list(files)
    found = json.loads((tmp_path / "map.json").read_text("utf-8"))
    sent = found["submission"]
    assert len(sent["decided"]) + len(sent["open"]) == found["second"]["criteria"]
    # A submission that is excellent under the first has all that both ask alike.
    alike = {
        pair["second"]["id"]
        for pair in found["pairs"]
        if all(item["relation"] in ("same", "looser") for item in pair["items"])
    }
    wanting = {one["id"] for one in sent["open"] if not one["lacks"]} - {"km-0-3"}
    assert not alike & wanting
    page = (tmp_path / "map.html").read_text("utf-8")
    assert "Evidence that is lacking" in page
    again = duibiao("rules", "map", *BOTH, "-o", "map.json", locale=EN)
    assert (again.code, "[file_exists]" in again.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((BOTH[0], BOTH[0]), "[same_ruleset]"),
        ((BOTH[0], "nix"), "[unknown_ruleset]"),
        ((*BOTH, "-o", "map.docx"), ".xlsx"),
        ((*BOTH, "--as-of", "2025-10-01"), "--submission"),
        ((*BOTH, "--submission", "nix.yaml"), "[no_file]"),
        (
            (BOTH[0], "wuhu-pilot-2013", "--submission", EXAMPLES / BOTH[0] / "middling.yaml"),
            "[other_subject]",
        ),
    ],
)
def test_what_cannot_be_mapped_is_refused(duibiao, arguments, said) -> None:
    done = duibiao("rules", "map", *arguments)
    assert done.code == 2
    assert said in done.err
