"""``duibiao review`` and ``duibiao score --review``: what an inspector types, gets and is told."""

from __future__ import annotations

import json
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment

KUNMING = ("--rules", "kunming-model-community")
JSON = ("--format", "json", "--out", "-")
HEAD = """\
review: 1
submission: {id: cuihu-an}
ruleset: {id: kunming-model-community, version: "1.0.0"}
"""
PRELIMINARY = (
    HEAD
    + """\
stage: preliminary
reviewer: {role: district_inspector, unit: 盘龙区民族宗教事务局, number: "0017"}
date: "2025-11-10"
method: documents
rejected_evidence: [{id: E06, reason: 照片不是本次活动}]
"""
)
INSPECTION = (
    HEAD
    + """\
stage: inspection
reviewer: {role: provincial_inspector, unit: 云南省民族宗教事务委员会, number: "0042"}
date: "2025-12-10"
method: on_site
corrections: [{count: model_buildings, claimed: 1, verified: 2, reason: 三号楼组已挂牌}]
ratings: [{criterion: km-4-6, level: 3, reason: 五件都已答复}]
decisions: [{criterion: km-3-2, outcome: partly_satisfied, earned: "1", reason: 没有公示}]
"""
)


@pytest.fixture
def preliminary(tmp_path):
    path = tmp_path / "pre.yaml"
    path.write_text(PRELIMINARY, encoding="utf-8")
    return path


@pytest.fixture
def inspection(tmp_path):
    path = tmp_path / "ins.yaml"
    path.write_text(INSPECTION, encoding="utf-8")
    return path


def fill(path, values, reviewer="0042", to=None):
    """Type ``values`` (sheet, item, key → value) into a form, and who reviews."""
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    who = {
        "reviewer.role": "省级验收人员",
        "reviewer.unit": "云南省民族宗教事务委员会",
        "reviewer.number": reviewer,
    }
    signed = {
        ("reviewers", item, "value"): value
        for item, value in {**who, "date": "2025-12-10", "method": "实地察看"}.items()
    }
    for (name, item, key), value in {**signed, **values}.items():
        sheet = next(one for one in book if one["A1"].value == f"item:{name}")
        columns = {str(cell.value).partition(":")[0]: cell.column for cell in sheet[1] if cell.value}
        row = next(cell.row for cell in sheet["A"] if cell.value == item)
        sheet.cell(row, columns[key]).value = value
    target = to or path.with_name(f"filled-{path.name}")
    book.save(target)
    return target


def test_a_form_is_made_filled_and_scored(duibiao, middling, tmp_path, preliminary) -> None:
    done = duibiao("review", "start", middling, *KUNMING, "--review", preliminary, "-o", "review.xlsx")
    assert (done.code, done.out, done.err) == (0, "review.xlsx\n", "")
    filled = fill(
        tmp_path / "review.xlsx",
        {
            ("criteria", "km-4-6", "level"): "2档",
            ("criteria", "km-4-6", "reason"): "抽查五件，三件办结",
            ("counts", "count:model_buildings", "verified"): "２个",
            ("counts", "count:model_buildings", "reason"): "三号楼组已挂牌",
            ("events", "event:E06", "accept"): "恢复采信",
            ("events", "event:E06", "reason"): "已补交原件",
        },
    )
    scored = duibiao("score", middling, *KUNMING, *JSON, "--review", filled, "--review", preliminary)
    assert (scored.code, scored.err) == (0, "")
    found = json.loads(scored.out)
    assert found["stage"] == "inspection"
    assert [one["stage"] for one in found["stages"]] == ["self_check", "preliminary", "inspection"]
    by_id = {one["id"]: one for one in found["criteria"]}
    assert by_id["km-2-6"]["outcome"] == "satisfied"
    assert by_id["km-2-6"]["machine"]["outcome"] == "not_satisfied"
    assert by_id["km-4-6"]["review"]["level"] == 2
    assert found["reviews"][1]["accepted_evidence"][0]["id"] == "E06"
    alone = duibiao("score", middling, *KUNMING, *JSON, "--review", filled)
    assert alone.code == 2
    assert "[follows_another] 这份复核是在另一份前一阶段的复核之上作出的" in alone.err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_as_yaml_tells_what_can_be_written(duibiao, middling, tmp_path, lang) -> None:
    done = duibiao(
        "review", "start", middling, *KUNMING, "--stage", "final", "-o", "review.yaml", "--lang", lang
    )
    assert (done.code, done.err) == (0, "")
    text = (tmp_path / "review.yaml").read_text(encoding="utf-8")
    assert "stage: final" in text
    assert "  # - {count: model_buildings, claimed: 1, verified: , reason: }" in text
    assert ("系统按" in text or "删去行首的 #" in text) is (lang == "zh")
    assert duibiao("score", middling, *KUNMING, *JSON, "--review", "review.yaml").code == 2, (
        "nobody has signed it"
    )


def test_what_somebody_may_have_filled_is_never_overwritten(duibiao, middling, tmp_path) -> None:
    (tmp_path / "review.xlsx").write_bytes(b"filled")
    for command in ("start", "record"):
        done = duibiao("review", command, middling, *KUNMING, "-o", "review.xlsx")
        assert done.code == 2
        assert "文件已存在，不覆盖" in done.err
    assert (tmp_path / "review.xlsx").read_bytes() == b"filled"


def test_a_record_is_printed_and_read_back(duibiao, middling, tmp_path) -> None:
    for name in ("record.pdf", "record.html", "record.xlsx"):
        assert duibiao("review", "record", middling, *KUNMING, "-o", name).out == f"{name}\n"
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF-")
    page = (tmp_path / "record.html").read_text(encoding="utf-8")
    assert "现场核查记录表" in page
    assert page.count("□") == 30, "three boxes for each of ten criteria"
    filled = fill(
        tmp_path / "record.xlsx",
        {
            ("site.1", "km-4-1", "true"): "√",
            ("site.1", "km-4-8", "untrue"): "√",
            ("site.1", "km-4-8", "reason"): "没有固定场所",
        },
    )
    read = duibiao("review", "read", filled, "-o", "record.yaml")
    assert (read.code, read.err) == (0, "")
    assert read.out.splitlines()[0] == "判定 1，属实 1"
    assert read.out.splitlines()[1].startswith("sha256:")
    assert "outcome: not_satisfied, method: on_site, reason: 没有固定场所" in (
        tmp_path / "record.yaml"
    ).read_text("utf-8")
    first, second = (
        json.loads(duibiao("score", middling, *KUNMING, *JSON, "--review", one).out)
        for one in (filled, "record.yaml")
    )
    assert first["digest"] == second["digest"], "the form and what was read of it are one review"


def test_only_the_criteria_of_a_sample_are_recorded(duibiao, middling, tmp_path) -> None:
    chosen = ("--criterion", "km-2-6", "--criterion", "km-4-1")
    assert duibiao("review", "record", middling, *KUNMING, *chosen, "-o", "r.html").code == 0
    assert (tmp_path / "r.html").read_text(encoding="utf-8").count("□") == 6
    done = duibiao("review", "record", middling, *KUNMING, "--criterion", "km-2-66", "-o", "s.html")
    assert done.code == 2
    assert "规则集中没有指标 km-2-66。是否想写 km-2-6" in done.err


def test_reading_says_what_was_read_otherwise_and_what_cannot_be_read(duibiao, middling, tmp_path) -> None:
    duibiao("review", "start", middling, *KUNMING, "-o", "review.xlsx")
    filled = fill(
        tmp_path / "review.xlsx",
        {("criteria", "km-2-6", "decision"): "合理缺项", ("criteria", "km-2-6", "reason"): "没有楼组"},
    )
    done = duibiao("review", "read", filled)
    assert (done.code, done.out.splitlines()[0]) == (0, "判定 1")
    assert "“合理缺项”读作 不适用" in done.err
    assert "read as not applicable" in duibiao("review", "read", filled, "--lang", "en").err
    bad = fill(tmp_path / "review.xlsx", {("criteria", "km-2-6", "decision"): "差不多"})
    wrong = duibiao("review", "read", bad, "-o", "bad.yaml")
    assert (wrong.code, wrong.out) == (1, "")
    assert "指标核验!" in wrong.err
    assert "[unknown_word] “差不多”：不在可选之中" in wrong.err
    assert "[no_reason] 没有写理由。每处改动都要写理由" in wrong.err
    assert not (tmp_path / "bad.yaml").exists()


def test_every_problem_of_a_chain_is_told_and_nothing_is_written(
    duibiao, middling, tmp_path, edit, inspection
) -> None:
    edit(inspection, "model_buildings, claimed: 1", "model_bildings, claimed: 1")
    edit(inspection, "level: 3", "level: 9")
    edit(inspection, 'number: "0042"', "number: 张三")
    done = duibiao("score", middling, *KUNMING, "--review", inspection, "--review", "none.yaml")
    assert (done.code, done.out) == (2, "")
    assert "[no_staff_number]" in done.err
    assert "张三" not in done.err
    assert "none.yaml: [no_file] 找不到文件" in done.err
    edit(inspection, "number: 张三", 'number: "0042"')
    done = duibiao("score", middling, *KUNMING, "--review", inspection)
    assert "[unknown_item] 目录中没有数据项 model_bildings。是否想写 model_buildings" in done.err
    assert "[unknown_level] 指标 km-4-6 没有第 9 档。可用的有：1、2、3" in done.err
    assert not list(tmp_path.glob("cuihu*"))


def test_the_stage_cannot_contradict_the_last_review(duibiao, middling, inspection) -> None:
    assert (
        duibiao("score", middling, *KUNMING, *JSON, "--review", inspection, "--stage", "inspection").code == 0
    )
    done = duibiao("score", middling, *KUNMING, "--review", inspection, "--stage", "final")
    assert done.code == 2
    assert "--stage final 与最后一份复核的阶段 inspection 不一致" in done.err
    start = duibiao("review", "start", middling, *KUNMING, "--review", inspection, "-o", "r.xlsx")
    assert start.code == 2
    assert "--review 给的 inspection 不在 --stage inspection 之前" in start.err


def test_with_several_submissions_each_review_goes_to_its_own(
    duibiao, middling, excellent, inspection, tmp_path
) -> None:
    out = ("--format", "json", "--out", ".")
    assert duibiao("score", middling, excellent, *KUNMING, *out, "--review", inspection).code == 0
    stages = {
        path.name.partition(".")[0]: json.loads(path.read_bytes())["stage"]
        for path in tmp_path.glob("*.json")
    }
    assert stages["cuihu-an"] == "inspection"
    assert sorted(stages.values()) == ["inspection", "self_check"]
    inspection.write_text(INSPECTION.replace("id: cuihu-an", "id: another"), encoding="utf-8")
    done = duibiao("score", middling, excellent, *KUNMING, *out, "--review", inspection)
    assert done.code == 2
    assert "[other_submission] 这份复核针对 another（kunming-model-community），不在要评的之中" in done.err


def test_a_scorecard_of_every_format_shows_the_stages(
    duibiao, middling, inspection, preliminary, tmp_path
) -> None:
    both = ("--review", preliminary, "--review", inspection)
    done = duibiao("score", middling, *KUNMING, *both, "--format", "html,xlsx,pdf")
    assert (done.code, done.err) == (0, "")
    name = "cuihu-an.kunming-model-community"
    page = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
    for words in (
        "各阶段得分",
        "复核记录",
        "验收更正：民族团结文明楼组（单位）数 1 个 → 2 个",
        "复核前系统判定：未达标，得 0 分",
    ):
        assert words in page
    book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
    listed = book["六、全部指标"]
    assert [cell.value for cell in listed[3]][:7] == [
        "条款",
        "序号、指标和编号",
        "层级和分值",
        "判定",
        "自报",
        "初审",
        "验收",
    ]
    row = next(line for line in listed.iter_rows(values_only=True) if "[km-2-6]" in str(line[1]))
    assert row[4:7] == (0, 0, 2)


def test_two_reviews_of_one_stage_are_for_reconciling(duibiao, middling, inspection, tmp_path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(INSPECTION.replace('"0042"', '"0051"').replace("level: 3", "level: 1"), encoding="utf-8")
    done = duibiao("score", middling, *KUNMING, "--review", inspection, "--review", other)
    assert done.code == 2
    assert (
        "[back_to_back] 验收有两份不同人员的复核（背对背）。先用 duibiao review reconcile 合并成一份"
        in done.err
    )

    pair = ("review", "reconcile", middling, inspection, other, *KUNMING, "--gap", "1")
    apart = duibiao(*pair, "-o", "third.xlsx", "--merged", "merged.yaml")
    assert apart.code == 1
    first, written = apart.out.splitlines()
    assert first.startswith("km-4-6 为居民办实事、及时反映困难的成效：")
    assert "0042 第 3 档，2 分（五件都已答复）" in first
    assert "0051 第 1 档，0 分（五件都已答复）" in first
    assert (written, apart.err) == ("third.xlsx", "1 处要由第三人裁定\n")
    assert not (tmp_path / "merged.yaml").exists()

    english = duibiao(*pair, "--lang", "en")
    assert "0042 level 3, 2" in english.out

    values = {("criteria", "km-4-6", "level"): 2, ("criteria", "km-4-6", "reason"): "现场抽查三件办结"}
    settled = fill(tmp_path / "third.xlsx", values, reviewer="0099")
    alone = duibiao("score", middling, *KUNMING, "--review", settled)
    assert "[settles_others] 这是第三人对分歧的裁定，不能单独使用" in alone.err
    merged = duibiao(*pair, "--third", settled, "--merged", "merged.yaml")
    assert (merged.code, merged.err, merged.out.splitlines()[-1]) == (0, "", "merged.yaml")
    found = json.loads(duibiao("score", middling, *KUNMING, *JSON, "--review", "merged.yaml").out)
    review = found["reviews"][0]
    assert len(review["merged"]["of"]) == 2
    assert review["merged"]["third"].startswith("sha256:")
    assert [one["number"] for one in (review["reviewer"], *review["also"])] == [
        "0042",
        "0051",
        "0099",
    ] or len(review["also"]) == 2
    assert next(one for one in found["criteria"] if one["id"] == "km-4-6")["review"]["by"] == ["0099"]


def test_a_third_who_leaves_something_open_is_told(duibiao, middling, inspection, tmp_path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(INSPECTION.replace('"0042"', '"0051"').replace("level: 3", "level: 1"), encoding="utf-8")
    pair = ("review", "reconcile", middling, inspection, other, *KUNMING)
    duibiao(*pair, "-o", "third.yaml")
    text = (tmp_path / "third.yaml").read_text(encoding="utf-8")
    signed = text.replace('role: , unit: "", number: ""', 'role: expert, unit: 省社会科学院, number: "9"')
    (tmp_path / "third.yaml").write_text(signed, encoding="utf-8")
    done = duibiao(*pair, "--third", "third.yaml", "--merged", "merged.yaml")
    assert done.code == 2
    assert "[unsettled] km-4-6 还没有裁定" in done.err


def test_within_the_gap_nobody_is_asked(duibiao, middling, inspection, tmp_path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(INSPECTION.replace('"0042"', '"0051"').replace("level: 3", "level: 2"), encoding="utf-8")
    done = duibiao(
        "review", "reconcile", middling, inspection, other, *KUNMING, "--gap", "1", "--merged", "m.yaml"
    )
    assert (done.code, done.out) == (0, "没有超过约定的分歧\nm.yaml\n")
    assert "level: 2" in (tmp_path / "m.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "zh"),
    [
        (["start", "a.yaml", *KUNMING], "缺少选项 '-o'"),
        (["start", "a.yaml", *KUNMING, "-o", "r.pdf"], "文件名以 .xlsx、.yaml、.yml 结尾"),
        (["record", "a.yaml", *KUNMING, "-o", "r.yaml"], "文件名以 .pdf、.html、.xlsx 结尾"),
        (["read", "r.xlsx", "-o", "r.xlsx"], "文件名以 .yaml、.yml 结尾"),
        (["reconcile", "a.yaml", "b.yaml", "c.yaml", *KUNMING, "--gap", "5%"], "写成 1 或 0.5 的样子"),
        (["reconcile", "a.yaml", "b.yaml", "c.yaml", *KUNMING, "--merged", "m.xlsx"], "文件名以 .yaml、.yml 结尾"),
    ],
)  # fmt: skip
def test_misuse_is_explained(duibiao, arguments, zh) -> None:
    done = duibiao("review", *arguments)
    assert (done.code, done.out) == (2, "")
    assert zh in done.err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("r.xlsx", b"no workbook", "not_a_workbook"),
        ("r.xls", b"\xd0\xcf\x11\xe0", "other_workbook"),
        ("r.xlsm", b"PK", "macros"),
        ("r.docx", b"PK", "file_type"),
        ("r.yaml", b"", "not_a_mapping"),
    ],
)
def test_what_is_no_review_is_refused_by_name(duibiao, middling, tmp_path, name, content, code) -> None:
    (tmp_path / name).write_bytes(content)
    done = duibiao("score", middling, *KUNMING, "--review", name)
    assert done.code == 2
    assert f"[{code}]" in done.err


def test_a_submission_s_form_is_no_review_and_a_review_s_no_submission(duibiao, middling) -> None:
    duibiao("template", *KUNMING, "-o", "form.xlsx")
    duibiao("review", "start", middling, *KUNMING, "-o", "review.xlsx")
    assert "[not_a_form] 这不是复核表，也不是核查记录表" in duibiao("review", "read", "form.xlsx").err
    assert "[not_a_form] 这不是申报表" in duibiao("inspect", "review.xlsx").err


MOBILE = "13812345678"
NAMES = "张建国、李秀英、王小明"


def refused(done, code=2) -> str:
    assert (done.code, done.out) == (code, "")
    assert not any(one in done.err for one in (MOBILE, "张建国", "李秀英", "王小明"))
    return done.err


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (f"已问 {MOBILE}", "[number_of_a_person] 这里有电话号码"),
        (f"到场：{NAMES}", "[names_of_persons] 这里有人员名单"),
    ],
)
def test_a_reason_with_anything_about_a_person_refuses_the_review(
    duibiao, middling, tmp_path, reason, kind
) -> None:
    (tmp_path / "r.yaml").write_text(INSPECTION.replace("三号楼组已挂牌", reason), encoding="utf-8")
    told = refused(duibiao("score", middling, *KUNMING, *JSON, "--review", "r.yaml"))
    assert f"r.yaml:8:65: {kind}，本系统不收集任何个人的信息。" in told


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (
            lambda book: setattr(book["指标核验"]["C5"], "comment", Comment(f"问 {MOBILE}", "")),
            "r.xlsx:指标核验!C5",
        ),
        (lambda book: book.create_sheet(f"记 {MOBILE}"), "r.xlsx:记 …"),
        (lambda book: book.create_sheet("草稿").append(["联系人", MOBILE]), "r.xlsx:草稿!B1"),
    ],
    ids=["a comment", "a sheet's name", "a sheet of one's own"],
)
def test_so_does_any_other_place_of_a_form(duibiao, middling, tmp_path, change, place) -> None:
    duibiao("review", "start", middling, *KUNMING, "-o", "empty.xlsx")
    filled = fill(tmp_path / "empty.xlsx", {}, to=tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(filled)
    change(book)
    book.save(filled)
    told = refused(duibiao("review", "read", "r.xlsx"), code=1)
    assert f"{place}: [number_of_a_person] 这里有电话号码" in told


def test_so_does_the_name_of_its_file(duibiao, middling, tmp_path) -> None:
    (tmp_path / f"{MOBILE}.yaml").write_text(INSPECTION, encoding="utf-8")
    told = refused(duibiao("score", middling, *KUNMING, *JSON, "--review", f"{MOBILE}.yaml"))
    assert "….yaml: [number_of_a_person] 这里有电话号码" in told
