"""The inspector's form: what stands on it, and that what is filled in is read back, all of it and nothing else."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.reading import read_yaml
from evaluator.review import ENTRIES, Review, in_order
from evaluator.review_form.planning import plan
from evaluator.review_form.reading import read_form
from evaluator.review_form.skeleton import skeleton
from evaluator.review_form.text import review_text
from evaluator.review_form.writing import write_form
from evaluator.validating import validate
from tests.evaluator.building import ruleset
from tests.evaluator.review.test_review_laws import reviews, worlds
from tests.evaluator.review.typing_in import Desk, desk, matter, typed
from tests.evaluator.review.written import RATING, faults, review, sent

RULES = ruleset(
    f"""
- {{id: share, points: 4, check: {{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}}}}
- {{id: desk, points: 2, check: {{kind: statement, statement: desk}}}}
- {{id: rated, points: 2, check: {RATING}}}
- {{id: held, check: {{kind: quantity, events: meeting, at_least: 1}}}}
- {{id: plan, check: {{kind: document, documents: plan, contains: [goals]}}}}
- {{id: fewer, check: {{kind: change, count: incidents, direction: falls}}}}
- {{id: quarters, check: {{kind: group, each: quarter, check: {{kind: statement, statement: hotline}}}}}}
"""
)
SENT = sent(
    """
counts: {buildings: 40, model_buildings: 2, incidents: 1, budget: "0.5"}
previous: {counts: {incidents: 3}}
events: [{id: E01, type: meeting, date: "2025-03-12", title: 三月例会, files: [a.jpg]}]
documents:
- {id: D01, type: plan, title: 年度计划, number: 社发〔2025〕1号, issued: "2025-01-08", contains: [goals], files: [d.pdf]}
statements: [{id: S01, type: desk, value: true, note: 一楼大厅}]
units: {quarter: [{id: Q1, name: 一号小区, counts: {visits: 2}, statements: {hotline: true}}]}
"""
)


def read_back(at: Desk) -> Review:
    found = read_form(at.bytes(), "review.xlsx")
    assert found.problems == ()
    return validate(Review, found.source)


def bare(one: Review) -> dict[str, Any]:
    """What a review says, without what binds it."""
    return {
        name: getattr(in_order(one), name)
        for name in (*ENTRIES, "reviewer", "also", "stage", "date", "method")
    }


def test_a_form_that_nobody_filled_says_nothing_but_what_it_is_of() -> None:
    found = read_form(write_form(plan(matter(RULES, SENT), "zh")), "review.xlsx")
    assert [(one.code, str(one.place)) for one in found.problems] == [
        ("not_filled", "review.xlsx:复核人员!C6"),
        ("not_filled", "review.xlsx:复核人员!C7"),
        ("not_filled", "review.xlsx:复核人员!C8"),
    ]
    assert found.problems[0].what.zh == "没有填“复核人员：角色”"
    one = read_back(desk(RULES, SENT).sign())
    assert all(not getattr(one, name) for name in ENTRIES)
    assert (one.submission.id, one.ruleset.id, one.stage) == ("demo", "trial", "inspection")
    assert faults(RULES, SENT, one) == [], "its digests are those of the submission and the rules"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_that_is_typed_in_is_read_back(lang) -> None:
    whole = review(
        """
corrections:
- {count: model_buildings, claimed: 2, verified: 1, reason: 少一处}
- {count: budget, claimed: "0.5", verified: "0.25", reason: 台账}
- {count: visits, unit: Q1, claimed: 2, verified: 1, reason: 少一次}
- {previous: incidents, claimed: 3, verified: 2, method: documents, date: "2026-01-08", reason: 上年年报}
- {statement: desk, claimed: true, verified: false, method: interview, reason: 无人值守}
- {statement: hotline, unit: Q1, claimed: true, verified: false, reason: 打不通}
- {document: D01, field: issued, claimed: "2025-01-08", verified: null, reason: 逐项核对}
- {document: D01, field: valid_to, verified: "2025-12-31", reason: 逐项核对}
- {document: D01, field: contains, claimed: [goals], verified: [goals, tasks], reason: 逐项核对}
- {document: D01, field: attachment, claimed: true, verified: false, reason: 逐项核对}
rejected_evidence: [{id: E01, reason: 照片不清}]
ratings: [{criterion: rated, level: 2, reason: 中等}]
decisions: [{criterion: share, outcome: partly_satisfied, earned: "2.5", reason: 另一处在建}]
"""
    )
    at = desk(RULES, SENT, lang=lang)
    assert typed(at, whole, lang) == set()
    found = read_back(at)
    assert bare(found) == bare(whole)
    assert faults(RULES, SENT, found) == []


@settings(max_examples=25)
@given(worlds(), st.data())
def test_a_review_goes_through_the_form_without_loss(world: Any, choose: st.DataObject) -> None:
    rules, submission, _ = world
    drawn = choose.draw(reviews(rules, submission))
    # A row of the form has one reason for all that it changes.
    same = {
        name: tuple(one.model_copy(update={"reason": "现场清点"}) for one in getattr(drawn, name))
        for name in ENTRIES
    }
    whole = drawn.model_copy(update=same)
    at = desk(rules, submission)
    left = typed(at, whole)
    kept = tuple(one for one in whole.corrections if f"{one.thing.kind}:{one.thing.id}" not in left)
    assert bare(read_back(at)) == bare(whole.model_copy(update={"corrections": kept}))
    text = review_text(whole)
    assert bare(validate(Review, read_yaml(text, "review.yaml"))) == bare(whole)


def test_what_waits_for_a_person_stands_first() -> None:
    rows = Desk(plan(matter(RULES, SENT), "zh")).sheet("criteria")
    keys = {str(cell.value).partition(":")[0]: cell.column for cell in rows[1] if cell.value}
    listed = [(rows.cell(n, 1).value, rows.cell(n, keys["need"]).value) for n in range(3, rows.max_row + 1)]
    assert listed[:3] == [("rated", "待判定"), ("share", None), ("desk", None)]
    label = rows.cell(3, keys["label"]).value
    assert label.splitlines()[2:] == ["3 档：好", "2 档：中", "1 档：差"]
    assert rows.cell(4, keys["machine"]).value == "达标\n4/4 分"
    assert rows.cell(4, keys["measured"]).value == "5.00%（2/40）"
    assert rows.auto_filter.ref is not None


def test_only_yellow_cells_are_open_and_choices_are_in_words() -> None:
    at = Desk(plan(matter(RULES, SENT), "zh"))
    rows, keys = at.sheet("criteria"), at.keys("criteria")
    assert rows.protection.sheet
    unlocked = {key for key, column in keys.items() if not rows.cell(3, column).protection.locked}
    assert unlocked == {"method", "decision", "earned", "level", "date", "reason"}
    assert rows.cell(4, keys["level"]).protection.locked, "what is not rated has no level"
    assert rows.cell(3, keys["reason"]).fill.fgColor.rgb == "FFFFF9E0"
    lists = {one.formula1 for one in rows.data_validations.dataValidation if one.type == "list"}
    assert lists == {'"达标,部分达标,未达标,不适用,待核验"', '"材料审核,实地察看,访谈,问卷"', '"3,2,1"'}
    assert at.book.sheetnames == [
        "填写说明",
        "复核人员",
        "指标核验",
        "数据核实",
        "活动核实",
        "文件核实",
        "事项核实",
        "_复核",
    ]
    assert at.book["_复核"].sheet_state == "veryHidden"
    assert {one.page_setup.paperSize for one in at.book if one.title != "_复核"} == {9}


def test_a_chinese_form_has_no_english_words() -> None:
    at = Desk(plan(matter(RULES, SENT), "zh"))
    words = {"duibiao", "score", "review", "xlsx", "trial", "E01", "D01", "S01", "Q1"}
    for sheet in at.book:
        if sheet.title == "_复核":
            continue
        hidden = at.hidden(sheet)
        for line in sheet.iter_rows(min_row=1 if sheet.title == "填写说明" else 2):
            for cell in line:
                if isinstance(cell.value, str) and cell.column not in hidden:
                    strange = set(re.findall(r"[A-Za-z][A-Za-z0-9]+", cell.value)) - words
                    assert not strange, (sheet.title, cell.coordinate, cell.value)


def test_the_same_form_has_the_same_bytes() -> None:
    assert write_form(plan(matter(RULES, SENT), "zh")) == write_form(plan(matter(RULES, SENT), "zh"))


def test_a_form_made_over_an_earlier_review_shows_it_and_follows_it() -> None:
    before = review(
        """
corrections: [{count: model_buildings, claimed: 2, verified: 1, reason: 材料上只有一处}]
rejected_evidence: [{id: E01, reason: 照片不清}]
decisions: [{criterion: desk, outcome: not_satisfied, reason: 没有地址}]
ratings: [{criterion: rated, level: 1, reason: 材料不全}]
""",
        "preliminary",
    )
    at = desk(RULES, SENT, before).sign()

    def shown(sheet: str, item: str, key: str = "before") -> str:
        return str(at.sheet(sheet).cell(at.row(sheet, item), at.keys(sheet)[key]).value)

    assert shown("counts", "count:model_buildings") == "初审：1 个\n材料上只有一处"
    assert shown("events", "event:E01") == "初审：不采信\n照片不清"
    assert shown("criteria", "desk") == "初审：未达标\n没有地址"
    assert shown("criteria", "rated") == "初审：第 1 档\n材料不全"
    assert shown("criteria", "share", "measured") == "5.00%（2/40）", (
        "what was claimed, not what was corrected"
    )
    assert shown("criteria", "share", "machine") == "未达标\n0/4 分", "the machine on the corrected number"
    assert shown("criteria", "desk", "machine") == "达标\n2/2 分", "the machine, not the earlier decision"
    at.type("events", "event:E01", accept="恢复采信", reason="补交了原件")
    found = read_back(at)
    assert [one.id for one in found.accepted_evidence] == ["E01"]
    assert len(found.follows) == 1
    assert faults(RULES, SENT, found, before) == []


def test_rows_may_be_sorted_and_other_programs_may_save_it() -> None:
    at = desk(RULES, SENT).sign()
    at.type("criteria", "share", decision="未达标", reason="现场没有")
    sheet = at.sheet("criteria")
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=3)]
    for n, line in enumerate(sorted(rows, key=str), 3):
        for column, value in enumerate(line, 1):
            sheet.cell(n, column).value = value
    sheet.title = "改了名"
    assert [(one.criterion, one.outcome) for one in read_back(at).decisions] == [("share", "not_satisfied")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_skeleton_says_nothing_until_it_is_filled(lang) -> None:
    text = skeleton(matter(RULES, SENT), lang)
    signed = text.replace(
        'reviewer: {role: , unit: "", number: ""}',
        'reviewer: {role: expert, unit: 省社会科学院, number: "7"}',
    )
    found = validate(Review, read_yaml(signed, "review.yaml"))
    assert all(not getattr(found, name) for name in ENTRIES)
    assert faults(RULES, SENT, found) == []
    head = "".join(line for line in text.splitlines() if line.startswith("#"))
    assert bool(re.search("[\u4e00-\u9fff]", head)) is (lang == "zh") or "示例社区" in head


def test_every_line_of_the_skeleton_can_be_uncommented_and_filled() -> None:
    text = skeleton(matter(RULES, SENT), "zh").replace(
        'reviewer: {role: , unit: "", number: ""}',
        'reviewer: {role: expert, unit: 省社会科学院, number: "7"}',
    )
    text = text.replace("date:\nmethod:", 'date: "2026-01-10"\nmethod: on_site')
    values = {
        "count": "1", "previous": "1", "statement": "false", "event": '"2025-03-13"', "issued": '"2025-01-09"',
        "valid_to": "null", "contains": "[]", "attachment": "false",
    }  # fmt: skip
    lines = []
    for line in text.splitlines():
        entry = line.replace("  # - {", "  - {")
        if entry != line:
            kind = next(
                (key for key in reversed(values) if f"field: {key}" in entry or f"{{{key}:" in entry), ""
            )
            entry = entry.replace("verified: ,", f"verified: {values.get(kind)},").replace(
                "reason: }", "reason: 现场}"
            )
            entry = entry.replace("level: ,", "level: 2,").replace(
                'outcome: , earned: "",', "outcome: not_satisfied,"
            )
        lines.append(entry)
    found = validate(Review, read_yaml("\n".join(lines), "review.yaml"))
    things = {one.thing for one in found.corrections}
    assert {(one.kind, one.unit) for one in things} == {
        ("count", ""), ("count", "Q1"), ("previous", ""), ("statement", ""), ("statement", "Q1"), ("event", ""),
        ("document", ""),
    }  # fmt: skip
    assert {one.id for one in found.rejected_evidence} == {
        "E01",
        "D01",
        "S01",
        "buildings",
        "model_buildings",
        "incidents",
        "budget",
    }
    assert len(found.decisions) == 7
    wrong = {one.code for one in faults(RULES, SENT, found)}
    assert wrong == {"repeated_entry", "corrected_yet_rejected"}, "only what nobody would fill in together"


def test_dates_are_read_however_a_spreadsheet_keeps_them() -> None:
    for written in (date(2025, 3, 13), 45729, "2025年3月13日", "2025.3.13", "２０２５-03-13"):
        at = desk(RULES, SENT).sign()
        at.type("events", "event:E01", verified=written, reason="签到表")
        assert read_back(at).corrections[0].verified == date(2025, 3, 13)


def test_the_form_opens_as_a_workbook_of_nothing_but_texts_and_numbers() -> None:
    book = openpyxl.load_workbook(BytesIO(write_form(plan(matter(RULES, SENT), "zh"))))
    assert all(cell.data_type in ("s", "n") for sheet in book for line in sheet.iter_rows() for cell in line)
