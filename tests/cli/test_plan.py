"""``duibiao plan``, and rectification lists that come back: what is written, printed and refused."""

from __future__ import annotations

import json

import openpyxl
import pytest

KUNMING = ("--rules", "kunming-model-community")
NAME = "cuihu-an.kunming-model-community.plan"
JSON = ("--format", "json", "--out", "-")


def filled(path, *statuses: str) -> None:
    """Write ``statuses`` beside the first items of a list."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    for n, status in enumerate(statuses, 3):
        sheet.cell(n, 9).value = status or None
    book.save(path)


@pytest.fixture
def later(middling, edit, tmp_path):
    """The same community two months later: a document issued, a building more, a meeting held."""
    path = edit(middling, 'as_of: "2025-10-15"', 'as_of: "2025-12-10"', to=tmp_path / "later.yaml")
    edit(path, "model_buildings: 1", "model_buildings: 2")
    edit(path, "events:\n", 'events:\n  - {id: E99, type: publicity_session, date: "2025-11-05"}\n')
    document = '{id: D99, type: community_coordination_group_document, issued: "2025-11-05", files: [a.pdf]}'
    return edit(path, "documents:\n", f"documents:\n  - {document}\n")


def test_a_list_as_pdf_and_workbook_and_the_steps_on_the_terminal(duibiao, middling, tmp_path) -> None:
    done = duibiao("plan", middling, *KUNMING)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "翠湖岸社区 · 昆明市民族团结进步示范社区创建评估"
    assert lines[1].startswith("达到“示范”（90 分）最少需要做 11 件事，都做到可确认 90.05 分；")
    assert lines[2].startswith("件数是与全部做法比较后得出的")
    assert lines[3] == "  1. 印发“社区民族工作协调小组成立文件” △（可增分 2，时限 2025年12月31日）"
    assert lines[14:17] == [
        "此外还可以做的 17 件，可增 9.83 分",
        "不可补办 2 项，0.5 分",
        "等待人工核验或补充佐证 1 项，2 分",
    ]
    assert lines[17:] == [f"{NAME}.pdf", f"{NAME}.xlsx"]
    assert (tmp_path / lines[17]).read_bytes().startswith(b"%PDF-")
    assert (tmp_path / lines[18]).read_bytes().startswith(b"PK")


def test_in_english(duibiao, middling, tmp_path) -> None:
    done = duibiao(
        "plan", middling, *KUNMING, "--format", "html,json", "-o", "a/b", "--lang", "en", locale="en_US.UTF-8"
    )
    assert (done.code, done.err) == (0, "")
    assert '"Model" (90) takes at least 11 actions, with which 90.05 points are confirmed' in done.out
    assert done.out.splitlines()[-2:] == [f"a/b/{NAME}.html", f"a/b/{NAME}.json"]
    assert 'lang="en"' in (tmp_path / "a/b" / f"{NAME}.html").read_text("utf-8")[:300]
    assert json.loads((tmp_path / "a/b" / f"{NAME}.json").read_bytes())["plan"]["method"] == "exact"


def test_the_plan_is_the_one_in_the_assessment_of_score(duibiao, middling) -> None:
    planned = duibiao("plan", middling, *KUNMING, *JSON)
    scored = duibiao("score", middling, *KUNMING, *JSON)
    assert (planned.code, planned.out) == (0, scored.out)


def test_the_target_the_day_and_the_stage_are_those_that_were_asked_for(duibiao, middling) -> None:
    def plan(*more: str) -> dict:
        return json.loads(duibiao("plan", middling, *KUNMING, *JSON, *more).out)["plan"]

    assert plan()["target"]["id"] == "model"
    lower = plan("--target", "rectify")
    assert (lower["state"], lower["steps"]) == ("reached", [])
    later = plan("--as-of", "2025-12-20")
    assert later["from"] == "2025-12-21"
    assert all(step["due"]["first"] >= "2025-12-21" for step in (*later["steps"], *later["further"]))
    assert len(later["steps"]) >= len(plan()["steps"])
    over = plan("--as-of", "2025-12-31", "--stage", "inspection")
    assert (over["state"], over["from"], over["steps"], over["further"]) == ("over", None, [], [])


def test_an_unknown_grade_is_refused_with_those_that_there_are(duibiao, middling, tmp_path) -> None:
    done = duibiao("plan", middling, *KUNMING, "--target", "gold")
    assert (done.code, done.out) == (2, "")
    assert "没有等次 gold，可用 model（示范）、rectify（限期整改）、not_ready（暂不具备）" in done.err
    assert list(tmp_path.iterdir()) == []


def test_only_one_result_goes_to_stdout(duibiao, middling, excellent) -> None:
    assert duibiao("plan", middling, excellent, *KUNMING, *JSON).code == 2
    assert duibiao("plan", middling, *KUNMING, "--out", "-").code == 2


def test_a_faulty_item_is_set_aside_on_demand(duibiao, middling, edit, tmp_path) -> None:
    path = edit(middling, "families: 1200", "families: 多", to=tmp_path / "bad.yaml")
    assert duibiao("plan", path, *KUNMING, *JSON).code == 2
    done = duibiao("plan", path, *KUNMING, *JSON, "--lenient")
    assert done.code == 0
    assert "set_aside" in done.out


def test_the_list_comes_back_and_the_next_assessment_says_what_was_closed(
    duibiao, middling, later, tmp_path
) -> None:
    duibiao("plan", middling, *KUNMING, "--format", "xlsx")
    path = tmp_path / f"{NAME}.xlsx"
    filled(path, "已完成", "完成", "", "done", "进行中")
    done = duibiao("score", later, *KUNMING, "--rectification", path, *JSON)
    assert (done.code, done.err) == (0, "")
    items = json.loads(done.out)["rectification"]["items"]
    assert [(item["number"], item["status"], item["state"]) for item in items[:5]] == [
        (1, "done", "closed"),
        (2, "done", "unseen"),
        (3, None, "closed"),
        (4, "done", "unseen"),
        (5, "in_progress", "open"),
    ]
    assert items[1]["left"]["zh"] == "再举办 1 次“民族政策法规学习宣传活动”"
    again = duibiao("plan", later, *KUNMING, "--rectification", path, "--format", "xlsx", "--out", "next")
    assert (
        "2025年10月15日的整改清单共 28 项：已销号 2 项，申报已完成、系统未见 2 项，未完成 24 项。"
        in again.out
    )
    book = openpyxl.load_workbook(tmp_path / "next" / f"{NAME}.xlsx")
    assert "四、上次清单的办理情况" in book.sheetnames


def test_every_fault_of_a_list_is_told_with_its_cell_and_nothing_is_written(
    duibiao, middling, later, tmp_path
) -> None:
    duibiao("plan", middling, *KUNMING, "--format", "xlsx")
    path = tmp_path / f"{NAME}.xlsx"
    filled(path, "差不多", "", "好了")
    done = duibiao("score", later, *KUNMING, "--rectification", path.name, "--out", "cards")
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        f"{path.name}:一、达到“示范”最少要做的!I3: [unknown_status] 看不懂状态“差不多”。从未开始、进行中、已完成中选一个，或留空",
        f"{path.name}:一、达到“示范”最少要做的!I5: [unknown_status] 看不懂状态“好了”。从未开始、进行中、已完成中选一个，或留空",
        "共 2 处问题",
    ]
    assert not (tmp_path / "cards").exists()


def test_a_list_of_somebody_else_of_a_later_day_or_given_twice_is_refused(
    duibiao, middling, excellent, tmp_path
) -> None:
    duibiao("plan", middling, *KUNMING, "--format", "xlsx")
    path = f"{NAME}.xlsx"
    other = duibiao("plan", excellent, *KUNMING, *JSON, "--rectification", path)
    assert (
        other.code,
        "[other_list] 清单属于 cuihu-an 和 kunming-model-community，不是这次评的" in other.err,
    ) == (2, True)
    early = duibiao("plan", middling, *KUNMING, *JSON, "--as-of", "2025-09-30", "--rectification", path)
    assert (early.code, "[newer_list] 清单的数据截止日 2025-10-15 晚于这次的 2025-09-30" in early.err) == (
        2,
        True,
    )
    twice = duibiao("plan", middling, *KUNMING, *JSON, "--rectification", path, "--rectification", path)
    assert (twice.code, "[repeated_list]" in twice.err) == (2, True)


def test_faults_of_the_submission_and_of_the_list_are_told_together(duibiao, tmp_path) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"no")
    done = duibiao("plan", "none.yaml", *KUNMING, "--rectification", "list.xlsx")
    assert done.code == 2
    assert "none.yaml: [no_file]" in done.err
    assert "list.xlsx: [not_a_workbook] 这不是 .xlsx 工作簿" in done.err
    assert "共 2 处问题" in done.err
