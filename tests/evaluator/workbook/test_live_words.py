"""What 自查结果 tells a worker to do, in the catalogue's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluator.building import CATALOGUE, ruleset, submission
from tests.evaluator.workbook.agreeing import blank, results_of
from tests.evaluator.workbook.libreoffice import cells_for, filled_in, worked_out

CRITERIA = """\
- {check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}}
- {check: {kind: quantity, events: training, at_least: 3}}
- {check: {kind: cadence, events: meeting, every: quarter}}
- {check: {kind: document, documents: plan, contains: [goals, tasks]}}
- {check: {kind: document, documents: rules, state: issued, attachment: required}}
- {check: {kind: document, documents: rules, issued_by: "08-31"}}
- {check: {kind: statement, statement: hotline, attachment: required}}
- check: {kind: group, any: [{kind: statement, statement: desk}, {kind: document, documents: permit}]}
- {applies_when: {kind: statement, statement: desk}, check: {kind: quantity, count: visits, at_least: 20}}
- {requires: [c1], check: {kind: quantity, count: incidents, equals: 0}, nature: prohibition}
"""
GIVEN = {
    "nothing": ("{}", None),
    "begun": (
        """{counts: {buildings: 41, model_buildings: 2, incidents: 2, visits: 19},
            events: {training: ["2025-02-01"], meeting: ["2025-05-08", "2025-05-09"]},
            documents: {plan: [{issued: "2025-01-08", contains: [goals]}], rules: [{issued: "2025-03-01", files: []}],
                        permit: ["2025-01-02"]},
            statements: {hotline: {value: true, files: []}, desk: false}}""",
        "2025-08-15",
    ),
    "over": (
        """{counts: {buildings: 0, model_buildings: 0, visits: 19}, none: [training, meeting, permit],
            documents: {plan: ["2024-12-31"], rules: [{issued: "2025-09-01"}]},
            statements: {hotline: false, desk: true}}""",
        None,
    ),
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What each criterion says under each of ``GIVEN``."""
    form, empty = blank([ruleset(CRITERIA)], CATALOGUE)
    books = {}
    for name, (given, as_of) in GIVEN.items():
        sent = submission(given).model_copy(update={} if as_of is None else {"as_of": _day(as_of)})
        books[name] = filled_in(empty, cells_for(form, sent)[0])
    shown = worked_out(tmp_path_factory.mktemp("forms"), books)
    return {
        name: {item: f"{one['outcome']}：{one['short']}" for item, one in results_of(sheets).items()}
        for name, sheets in shown.items()
    }


def _day(text: str) -> object:
    from datetime import date

    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("given", "criterion", "says"),
    [
        ("nothing", "c1", "未提交佐证：请填报“文明楼组数”；请填报“楼组总数”"),
        ("nothing", "c4", "未提交佐证：请填报“年度计划”"),
        ("nothing", "c8", "未提交佐证：以下有一项即可：请填报“设有受理点”；请填报“许可”"),
        ("nothing", "c9", "未提交佐证：先明确本项是否适用：请填报“设有受理点”；请填报“走访次数”"),
        ("begun", "c1", "未达标：再创建 1 个楼组"),
        ("begun", "c2", "未到时限：再办 2 期培训，评估期尚未结束"),
        (
            "begun",
            "c3",
            "未到时限：再举办 2 次（会议），还有 2 个时段未到期，最近的到 2025年9月30日；1 个时段已错过，不可补办",
        ),
        ("begun", "c4", "未达标：“年度计划”补充内容：任务"),
        ("begun", "c5", "未到时限：“制度”补充附件"),
        ("begun", "c7", "达标：“开通热线”补附佐证文件"),
        (
            "begun",
            "c8",
            "待核验：以下有一项即可：落实“设有受理点”后填“是”；“许可”没有写明印发日期或有效期，由人工判定",
        ),
        ("begun", "c9", "不适用：适用条件不成立"),
        ("begun", "c10", "未达标：超出 2 起（事件数）（本期已不能补）；先达到前提指标“标题”"),
        ("over", "c1", "不适用：“楼组总数”为 0，无从计算比例"),
        ("over", "c2", "未达标：再办 3 期培训（本期已不能补）"),
        ("over", "c3", "未达标：4 个时段已错过，不可补办"),
        ("over", "c4", "未达标：“年度计划”不是本评估期的，需印发"),
        ("over", "c6", "未达标：“制度”印发晚于期限，需印发（本期已不能补）"),
        ("over", "c7", "未达标：落实“开通热线”后填“是”"),
        ("over", "c8", "达标："),
        ("over", "c9", "未达标：再增加 1 次（走访次数）"),
    ],
)
def test_a_criterion_says_where_it_stands_and_what_is_wanting(
    given: str, criterion: str, says: str, seen: dict[str, dict[str, str]]
) -> None:
    assert seen[given][criterion] == says


def test_a_failed_veto_that_only_limits_the_grade_is_no_pass(tmp_path: Path) -> None:
    veto = "[{check: {kind: quantity, count: incidents, at_most: 0}, veto: true, veto_effect: cap, veto_grade: rectify}]"
    form, empty = blank([ruleset(veto, "{pass: rectify}")], CATALOGUE)
    books = {
        name: filled_in(empty, cells_for(form, submission(f"{{counts: {{incidents: {n}}}}}"))[0])
        for name, n in (("none", 0), ("one", 1))
    }
    said = {
        name: next(one for one in results_of(sheets).values() if "一票否决" in one["short"])["short"]
        for name, sheets in worked_out(tmp_path, books).items()
    }
    assert "一票否决：通过" in said["none"]
    assert "一票否决：1 项未通过（其中 1 项只限制等次）" in said["one"]
