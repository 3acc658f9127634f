"""The on-site record: a page a site, and its workbook twin read back as confirmations, decisions, levels and corrections."""

from __future__ import annotations

from typing import Any

import pytest

from evaluator.review import Review
from evaluator.review_form.reading import read_form
from evaluator.review_form.recording import plan_record
from evaluator.review_form.sites import sites
from evaluator.validating import validate
from tests.evaluator.building import ruleset
from tests.evaluator.review.typing_in import Desk, matter
from tests.evaluator.review.written import RATING, faults, sent

RULES = ruleset(
    f"""
- {{id: paper, check: {{kind: document, documents: plan}}}}
- {{id: desk, points: 2, method: on_site, check: {{kind: statement, statement: desk}}}}
- {{id: rated, points: 2, method: interview, check: {RATING}}}
- {{id: street, method: survey, duty_of: [street, community], check: {{kind: statement, statement: hotline}}}}
- id: rural
  method: on_site
  applies_when: {{kind: subject, attribute: class, in: [rural]}}
  check: {{kind: statement, statement: desk}}
"""
)
SENT = sent(
    """
statements: [{id: S01, type: desk, value: true}]
units: {quarter: [{id: Q1, name: 一号小区, counts: {visits: 2}, statements: {desk: true}}, {id: Q2}]}
"""
).model_copy(update={"subject": sent().subject.model_copy(update={"attributes": {"class": "urban"}})})


def record(*chosen: str) -> Desk:
    one = matter(RULES, SENT)
    return Desk(plan_record(one, sites(one, "zh", chosen), "zh")).sign()


def read_back(at: Desk) -> Review:
    found = read_form(at.bytes(), "r.xlsx")
    assert found.problems == (), found.problems
    return validate(Review, found.source)


def problems(at: Desk) -> list[tuple[str, str]]:
    return [(one.code, one.what.zh) for one in read_form(at.bytes(), "r.xlsx").problems]


def test_a_site_is_who_has_to_do_it_and_each_unit_with_figures() -> None:
    found = sites(matter(RULES, SENT), "zh")
    assert [(one.name, [line.item for line in one.lines]) for one in found] == [
        ("示例社区", ["desk", "rated"]),
        ("所在街道", ["street"]),
        ("Q1 一号小区", ["count@Q1:visits", "statement@Q1:desk"]),
    ]
    first = found[0].lines[0]
    assert (first.number, first.title, first.claimed, first.points, first.waits) == (
        2,
        "标题",
        "是",
        "2",
        False,
    )
    assert found[1].lines[0].claimed == "未填报"
    assert (found[0].lines[1].levels, found[0].lines[1].waits) == ((3, 2, 1), True)


def test_chosen_criteria_are_verified_instead_whatever_their_method() -> None:
    found = sites(matter(RULES, SENT), "zh", ["paper"])
    assert [[(line.item, line.method) for line in one.lines] for one in found] == [[("paper", "on_site")]]


def test_the_record_in_english() -> None:
    assert [one.name for one in sites(matter(RULES, SENT), "en")] == [
        "示例社区",
        "Street office",
        "Q1 一号小区",
    ]


def test_an_empty_record_says_nothing() -> None:
    found = read_back(record())
    assert not any(getattr(found, name) for name in ("corrections", "ratings", "decisions", "confirmations"))
    assert faults(RULES, SENT, found) == []


def test_ticks_become_entries() -> None:
    at = record()
    at.type("site.1", "desk", true="√")
    at.type("site.1", "rated", level="2", reason="问了五户")
    at.type("site.2", "street", partly="√", earned="0.5", reason="工作日有人接")
    found = read_back(at)
    [confirmed] = found.confirmations
    assert (confirmed.criterion, confirmed.method, confirmed.reason) == (
        "desk",
        "on_site",
        "经核查，与自报一致",
    )
    assert [(one.criterion, one.level, one.method) for one in found.ratings] == [("rated", 2, "interview")]
    assert [(one.criterion, one.outcome, str(one.earned), one.method) for one in found.decisions] == [
        ("street", "partly_satisfied", "0.5", "survey")
    ]
    assert faults(RULES, SENT, found) == []


def test_not_so_is_not_met_with_the_remark_as_its_reason() -> None:
    at = record()
    at.type("site.1", "desk", untrue="✓", reason="受理点已撤")
    [decision] = read_back(at).decisions
    assert (decision.outcome, decision.earned, decision.reason) == ("not_satisfied", None, "受理点已撤")


def test_what_a_unit_claimed_is_confirmed_or_corrected() -> None:
    at = record()
    at.type("site.3", "count@Q1:visits", untrue="√", verified="1次".removesuffix("次"), reason="台账只有一次")
    at.type("site.3", "statement@Q1:desk", true="√")
    found = read_back(at)
    assert [(one.thing.id, one.thing.unit, one.claimed, one.verified) for one in found.corrections] == [
        ("visits", "Q1", 2, 1),
        ("desk", "Q1", True, True),
    ]
    assert faults(RULES, SENT, found) == []
    at.type("site.3", "statement@Q1:desk", true=None, untrue="√", reason="没有")
    assert [one.verified for one in read_back(at).corrections] == [1, False]


@pytest.mark.parametrize(
    ("site", "item", "values", "code", "words"),
    [
        ("site.1", "desk", {"true": "√", "untrue": "√", "reason": "说不清"}, "two_ticks", "打了不止一个√"),
        ("site.1", "desk", {"true": "大致"}, "bad_tick", "“大致”：这里只打√"),
        ("site.1", "desk", {"untrue": "×", "reason": "没有"}, "bad_tick", "“×”：这里只打√"),
        ("site.1", "desk", {"untrue": "√"}, "no_reason", "没有写理由"),
        ("site.1", "desk", {"partly": "√", "reason": "时有时无"}, "no_points", "部分属实，没有写核定得分"),
        ("site.1", "desk", {"true": "√", "earned": "1"}, "points_apart", "只有部分属实的才写核定得分"),
        ("site.1", "desk", {"reason": "看过了"}, "no_tick", "写了备注或得分，没有打√"),
        ("site.1", "rated", {"true": "√"}, "tick_decides_nothing", "此项要由人评定，只打√不够"),
        ("site.3", "count@Q1:visits", {"untrue": "√", "reason": "少"}, "no_verified_number", "不实，没有写核实数"),
    ],
)  # fmt: skip
def test_a_record_that_decides_nothing_is_refused(site, item, values, code, words) -> None:
    at = record()
    at.type(site, item, **values)
    assert problems(at) == [(code, words)]


def test_the_places_to_sign_are_no_lines() -> None:
    at = record()
    sheet = at.sheet("site.1")
    signing = [str(cell.value) for line in sheet.iter_rows(min_row=5) for cell in line if cell.value]
    assert any(text.startswith("核查人员（两人签字）") for text in signing)
    assert any(text.startswith("被核查单位意见") for text in signing)
    assert problems(at) == []


def test_a_record_goes_with_the_form_of_the_same_inspector() -> None:
    from evaluator.reviewing.chain import chain_faults
    from tests.evaluator.review.typing_in import desk

    at, office = record(), desk(RULES, SENT).sign()
    at.type("site.1", "desk", true="√")
    office.type("criteria", "paper", decision="未达标", reason="没有印发")
    pair: list[Any] = [read_back(at), validate(Review, read_form(office.bytes(), "o.xlsx").source)]
    assert list(chain_faults(pair)) == []
    office.type("criteria", "rated", level="3", reason="材料齐全")
    at.type("site.1", "rated", level="2", reason="现场一般")
    pair = [read_back(at), validate(Review, read_form(office.bytes(), "o.xlsx").source)]
    assert [fault.code for _, fault in chain_faults(pair)] == ["repeated_entry"]
