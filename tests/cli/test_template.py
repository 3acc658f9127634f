"""``duibiao template``: the form, as its user asks for it, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
KUNMING = ("--rules", "kunming-model-community")


def sheet(path: Path, name: str) -> dict[Any, list[Any]]:
    """The rows of a sheet by their hidden ids: the first of each."""
    found: dict[Any, list[Any]] = {}
    for row in openpyxl.load_workbook(path)[name].iter_rows(min_row=3, values_only=True):
        found.setdefault(row[0], list(row[1:]))
    return found


def test_a_form_is_made_and_can_be_read_at_once(duibiao, tmp_path) -> None:
    done = duibiao("template", *KUNMING, "-o", "form.xlsx")
    assert (done.code, done.out, done.err) == (0, "form.xlsx\n", "")
    looked = duibiao("inspect", "form.xlsx")
    assert looked.code == 1
    assert looked.err.splitlines() == [
        "form.xlsx:单位信息!C3: [missing] 没有填单位名称。请填写",
        "form.xlsx:单位信息!C4: [missing] 没有填单位编号。请填写",
        "form.xlsx:单位信息!C10: [missing] 没有填评估期起。请填写",
        "form.xlsx:单位信息!C11: [missing] 没有填评估期止。请填写",
        "共 4 处问题",
    ]


def test_the_period_may_be_filled_in(duibiao, tmp_path) -> None:
    assert duibiao("template", *KUNMING, "--period", "2026-01-01..2026-12-31", "-o", "form.xlsx").code == 0
    subject = sheet(tmp_path / "form.xlsx", "单位信息")
    assert [str(subject[key][1])[:10] for key in ("from", "to")] == ["2026-01-01", "2026-12-31"]


def test_several_rulesets_share_one_form(duibiao, tmp_path) -> None:
    rules = ("--rules", "kunming-model-community", "--rules", "sichuan-community-2022")
    assert duibiao("template", *rules, "-o", "form.xlsx").code == 0
    results = sheet(tmp_path / "form.xlsx", "自查结果")
    assert {"km-2-6", "scom-5-2-07"} <= set(results)
    desk = sheet(tmp_path / "form.xlsx", "事项声明")["affairs_desk"]
    assert desk[-3].count("【") == 2


def test_a_street_has_a_form_of_its_own(duibiao, tmp_path) -> None:
    assert duibiao("template", *KUNMING, "--subject", "street", "-o", "street.xlsx").code == 0
    assert sheet(tmp_path / "street.xlsx", "单位信息")["kind"][1] == "街道"
    assert "street_special_meeting" in sheet(tmp_path / "street.xlsx", "街道提供")


def test_last_year_s_submission_fills_in_what_stays_true(duibiao, middling, tmp_path) -> None:
    done = duibiao("template", *KUNMING, "--from", middling, "-o", "form.xlsx")
    assert (done.code, done.err) == (0, "")
    subject = sheet(tmp_path / "form.xlsx", "单位信息")
    assert [str(subject[key][1])[:10] for key in ("name", "from", "to")] == [
        "翠湖岸社区",
        "2026-01-01",
        "2026-12-31",
    ]
    families = sheet(tmp_path / "form.xlsx", "数据")["families"]
    assert (families[3], families[4]) == (None, 1200)
    papers = sheet(tmp_path / "form.xlsx", "文件制度")
    assert papers["liaison_appointment"][0] == "D08"
    assert papers["annual_publicity_plan"][0] is None
    assert all(row[1] is None for row in [sheet(tmp_path / "form.xlsx", "活动会议")["publicity_session"][2:]])
    again = duibiao("template", *KUNMING, "--from", "form.xlsx", "-o", "next.xlsx")
    assert again.code == 0
    assert str(sheet(tmp_path / "next.xlsx", "单位信息")["from"][1])[:10] == "2027-01-01"


def test_the_form_is_in_chinese_in_either_language(duibiao, tmp_path) -> None:
    assert duibiao("template", *KUNMING, "-o", "form.xlsx", "--lang", "en", locale="en_US.UTF-8").code == 0
    assert openpyxl.load_workbook(tmp_path / "form.xlsx").sheetnames[0] == "填写说明"
    told = " ".join(duibiao("template", "--help", locale="en_US.UTF-8").out.split())
    assert "The form is in Chinese, in either language." in told


def test_a_file_that_is_there_is_never_overwritten(duibiao, tmp_path) -> None:
    (tmp_path / "form.xlsx").write_bytes(b"filled for weeks")
    done = duibiao("template", *KUNMING, "-o", "form.xlsx")
    assert done.code == 2
    assert done.err.splitlines()[0] == (
        "form.xlsx: [file_exists] 文件已存在，不覆盖。换一个文件名，或先把它移走"
    )
    assert (tmp_path / "form.xlsx").read_bytes() == b"filled for weeks"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("--rules", "kunming-model", "-o", "f.xlsx"),
            "没有规则集 kunming-model。是否想写 kunming-model-community",
        ),
        ((*KUNMING, "-o", "f.yaml"), "文件名以 .xlsx 结尾"),
        (
            (*KUNMING, "--subject", "city", "-o", "f.xlsx"),
            "“昆明市民族团结进步示范社区创建评估”评估的是社区，不是市",
        ),
        (
            (*KUNMING, "--rules", "wuhu-pilot-2013", "-o", "f.xlsx"),
            "评估的是市，不是社区。改用 --subject，或分开生成",
        ),
        ((*KUNMING, "--period", "2026", "-o", "f.xlsx"), "写成 2026-01-01..2026-12-31 的样子"),
        ((*KUNMING, "--period", "2026-12-31..2026-01-01", "-o", "f.xlsx"), "止日早于起日"),
        ((*KUNMING, "--from", "none.yaml", "-o", "f.xlsx"), "none.yaml: [no_file] 找不到文件"),
        (
            (*KUNMING, "--from", "last.yaml", "--subject", "street", "-o", "f.xlsx"),
            "单位类别与 --subject 不同",
        ),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    duibiao, middling, tmp_path, arguments, words
) -> None:
    (tmp_path / "last.yaml").write_bytes(middling.read_bytes())
    done = duibiao("template", *arguments)
    assert done.code == 2
    assert words in done.err
    assert not list(tmp_path.glob("f.*"))
