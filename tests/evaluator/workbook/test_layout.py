"""The plan of a form: what it asks for, how many rows that takes, and what it says of it."""

from __future__ import annotations

from datetime import date

import pytest

from evaluator.loading import load_ruleset, ruleset_ids
from evaluator.submission import Submission
from evaluator.submission_faults import submission_faults
from evaluator.workbook.addresses import Addresses
from evaluator.workbook.form import NAMES, Form, Page, Sheet, circled, letters
from evaluator.workbook.layout import planned
from evaluator.workbook.making import Filled, filled_by
from tests.evaluator.building import CATALOGUE, ruleset, submitted
from tests.evaluator.workbook.forms import RULES


def form(text: str = "", **more: object) -> Form:
    rules = ruleset(text) if text else RULES
    return planned([(rules, CATALOGUE)], CATALOGUE, Filled("community", **more))  # type: ignore[arg-type]


def table(found: Form, name: str) -> Sheet:
    sheet = found.table(name)  # type: ignore[arg-type]
    assert sheet is not None
    return sheet


def items(found: Form, name: str) -> list[str]:
    return [row.item for row in table(found, name).rows]


def test_the_sheets_stand_in_the_order_in_which_they_are_filled() -> None:
    assert [sheet.name for sheet in form().sheets] == [
        "填写说明", "单位信息", "自查结果", "数据", "活动会议", "文件制度", "事项声明", "单元",
        "街道提供", "佐证目录", "承诺与盖章",
    ]  # fmt: skip
    city = planned([(RULES, CATALOGUE)], CATALOGUE, Filled("city"))
    assert "街道提供" not in [sheet.name for sheet in city.sheets]
    assert set(NAMES.values()) == {sheet.name for sheet in form().sheets}


def test_a_count_stands_behind_the_whole_that_it_is_a_part_of() -> None:
    assert items(form(), "counts") == ["buildings", "model_buildings", "budget", "incidents"]


@pytest.mark.parametrize(
    ("check", "rows"),
    [
        ("{kind: cadence, events: meeting, every: month}", 12),
        ("{kind: cadence, events: meeting, every: quarter, at_least: 2}", 8),
        ("{kind: cadence, events: meeting, every: year, months: [9]}", 1),
        ("{kind: quantity, events: meeting, at_least: 3}", 3),
        ("{kind: quantity, events: meeting, above: 3}", 4),
        ("{kind: quantity, events: meeting, at_most: 2}", 1),
        (
            "{kind: quantity, events: meeting, steps: [{at_least: 5, credit: 1}, {at_least: 2, credit: 40%}]}",
            5,
        ),
        ("{kind: cadence, events: meeting, every: month, at_least: 10}", 24),
    ],
)
def test_a_type_of_events_has_as_many_rows_as_are_asked_for(check, rows) -> None:
    assert items(form(f"[{{check: {check}}}]"), "events").count("meeting") == rows


def test_a_shorter_period_has_fewer_windows() -> None:
    found = form(
        "[{check: {kind: cadence, events: meeting, every: month}}]",
        start=date(2025, 1, 1),
        end=date(2025, 6, 30),
    )
    assert items(found, "events").count("meeting") == 6


def test_blank_rows_stand_below() -> None:
    found = form()
    assert items(found, "events").count("") >= 40
    assert items(found, "documents").count("") >= 30
    assert items(found, "files").count("") >= 40


def test_what_the_street_issues_stands_on_its_sheet_closed_for_a_community_and_open_for_the_street() -> None:
    found = form()
    assert "permit" not in items(found, "documents")
    assert items(found, "street") == ["permit"]
    assert table(found, "street").locked
    street = table(planned([(RULES, CATALOGUE)], CATALOGUE, Filled("street")), "street")
    assert not street.locked
    assert [row.item for row in street.rows][:2] == ["permit", ""]
    city = planned([(RULES, CATALOGUE)], CATALOGUE, Filled("city"))
    assert "permit" in items(city, "documents")


def test_a_street_is_asked_for_nothing_that_is_its_communities_own() -> None:
    street = planned([(RULES, CATALOGUE)], CATALOGUE, Filled("street"))
    assert [sheet.name for sheet in street.sheets] == [
        "填写说明",
        "单位信息",
        "街道提供",
        "佐证目录",
        "承诺与盖章",
    ]
    assert {item.id for item in street.items} == {"permit"}
    assert not [item for item in items(street, "subject") if item.startswith(("includes.", "attributes."))]
    guide = street.sheets[0]
    assert isinstance(guide, Page)
    text = "\n".join(str(line.text) for line in guide.lines)
    assert not [name for name in ("自查结果", "“数据”", "“活动会议”", "事项声明") if name in text]


def test_a_street_that_is_judged_itself_gets_the_whole_form() -> None:
    judged = RULES.model_copy(update={"subject": ("street",)})
    found = planned([(judged, CATALOGUE)], CATALOGUE, Filled("street"))
    names = [sheet.id for sheet in found.tables()]
    assert names == ["subject", "results", "counts", "events", "documents", "statements", "units", "files"]
    assert "permit" in items(found, "documents"), "what the district issues is the street's to hand in"
    assert "attributes.class" in items(found, "subject")


def test_a_new_form_states_the_kind_where_a_condition_asks_for_it_and_a_filled_one_as_it_was() -> None:
    rules = ruleset(
        "[{applies_when: {kind: subject, attribute: kind, in: [zone]}, check: {kind: statement, statement: desk}}]"
    )

    def stated(filled: Filled) -> object:
        rows = table(planned([(rules, CATALOGUE)], CATALOGUE, filled), "subject").rows
        return next(row.values["value"] for row in rows if row.item == "attributes.kind")

    assert stated(Filled("zone")) == "zone"
    assert stated(Filled("zone", id="a-1")) is None


@pytest.mark.parametrize("name", ["kunming-model-community", "sichuan-community-2022"])
def test_whatever_a_street_s_form_asks_for_a_street_may_submit(name) -> None:
    loaded = load_ruleset(name)
    found = planned([(loaded.ruleset, loaded.catalogue)], loaded.catalogue, Filled("street"))
    assert {sheet.id for sheet in found.tables()} >= {"subject", "street", "files"}
    given = {
        "submission": 1,
        "subject": {"id": "a", "name": "示例街道", "kind": "street"},
        "period": {"from": "2025-01-01", "to": "2025-12-31"},
        "counts": {item.id: 0 for item in found.items if item.kind == "counts"},
        "events": [
            {"id": f"E{n}", "type": item.id, "date": "2025-03-12"}
            for n, item in enumerate(found.items)
            if item.kind == "events"
        ],
        "documents": [
            {"id": f"D{n}", "type": item.id} for n, item in enumerate(found.items) if item.kind == "documents"
        ],
        "statements": [
            {"id": f"S{n}", "type": item.id, "value": True}
            for n, item in enumerate(found.items)
            if item.kind == "statements"
        ],
    }
    submission = Submission.model_validate(given)
    assert len(submission.events) + len(submission.documents) > 5
    assert list(submission_faults(submission, loaded.catalogue, "street")) == []


def test_each_row_says_what_is_asked_of_it_and_by_which_criteria() -> None:
    row = next(row for row in table(form(), "events").rows if row.item == "meeting")
    assert (row.values["asks"], row.values["serves"]) == ("每季度至少 1 次", "1 标题")
    count = next(row for row in table(form(), "counts").rows if row.item == "buildings")
    assert (count.values["unit"], count.values["help"], count.values["serves"]) == (
        "个",
        "总数",
        "1 文明楼组",
    )
    paper = next(row for row in table(form(), "documents").rows if row.item == "plan")
    assert paper.values["contents"] == "①目标 ②任务"
    assert paper.values["asks"] == "现行有效，附件齐全；每年一份"


def test_several_standards_share_one_form_and_each_is_named() -> None:
    other = ruleset(
        "[{title: {zh: 另一项, en: O}, check: {kind: quantity, events: meeting, at_least: 6}}]"
    ).model_copy(update={"ruleset": "other", "title": RULES.title.model_copy(update={"zh": "另一标准"})})
    found = planned([(RULES, CATALOGUE), (other, CATALOGUE)], CATALOGUE, Filled("community"))
    rows = [row for row in table(found, "events").rows if row.item == "meeting"]
    assert len(rows) == 6
    assert rows[0].values["serves"] == "【试验】1 标题\n【另一标准】1 另一项"
    assert rows[0].values["asks"] == "每季度至少 1 次；不少于 6 次"
    assert [mark.id for mark in found.rulesets] == ["trial", "other"]


def test_what_is_filled_in_stands_in_its_row_and_what_no_standard_asks_for_has_one_too() -> None:
    given = submitted(
        """
        counts: {area: 3}
        events: [{id: E1, type: training, date: "2025-03-12"}, {id: E2, type: meeting, date: "2025-03-13"}]
        none: [rules]
        """
    )
    rules = ruleset("[{check: {kind: quantity, events: meeting, at_least: 2}}]")
    found = planned([(rules, CATALOGUE)], CATALOGUE, filled_by(given))
    assert items(found, "counts") == ["area"]
    rows = [(row.item, row.values.get("id")) for row in table(found, "events").rows if row.item]
    assert rows == [("meeting", "E2"), ("meeting", None), ("training", "E1")]
    assert [row.values["have"] for row in table(found, "documents").rows if row.item] == ["无"]


def test_only_the_parts_that_are_asked_for_have_a_column() -> None:
    narrow = form("[{check: {kind: document, documents: plan, contains: [tasks]}}]")
    assert [
        column.title for column in table(narrow, "documents").columns if column.key.startswith("part.")
    ] == ["①"]
    row = next(row for row in table(narrow, "documents").rows if row.item == "plan")
    assert row.values["contents"] == "①任务"


def test_a_criterion_that_is_rated_is_open_for_a_self_rating() -> None:
    open_ = [row.item for row in table(form(), "results").rows if "rating" not in row.locked]
    assert open_ == ["c13"]


def test_a_form_without_units_says_so() -> None:
    found = form("[{check: {kind: quantity, events: meeting, at_least: 2}}]")
    assert [row.values["label"] for row in table(found, "units").rows] == [
        "所选标准不需要填写单元，本表空着即可。"
    ]


@pytest.mark.parametrize("kind", ["community", "street", "city"])
def test_no_person_to_contact_is_asked_for(kind) -> None:
    found = planned([(RULES, CATALOGUE)], CATALOGUE, Filled(kind))
    titles = [column.title for sheet in found.tables() for column in sheet.columns]
    labels = [str(row.values.get("label", "")) for row in table(found, "subject").rows]
    asked = [
        one for one in (*titles, *labels) if any(word in one for word in ("联系", "电话", "姓名", "填表人"))
    ]
    assert asked == []


def test_the_guide_counts_the_rows_and_says_how_long_they_take() -> None:
    guide = form().sheets[0]
    assert isinstance(guide, Page)
    text = "\n".join(str(line.text) for line in guide.lines)
    assert (
        "本表已列好 4 项数据、6 行活动会议、2 行文件制度、2 项事项声明。材料齐备时，填写大约要 1 小时" in text
    )
    assert "不填姓名、身份证号、手机号、银行卡号、名单" in text


@pytest.mark.parametrize("name", ruleset_ids())
def test_every_item_that_a_ruleset_uses_has_its_row(name) -> None:
    loaded = load_ruleset(name)
    found = planned([(loaded.ruleset, loaded.catalogue)], loaded.catalogue, Filled(loaded.ruleset.subject[0]))
    rows = {row.item for sheet in found.tables() for row in sheet.rows}
    for _, _, criterion in loaded.ruleset.criteria():
        assert criterion.id in rows
        assert {use.id for use in criterion.uses()} <= rows


@pytest.mark.parametrize("name", ruleset_ids())
def test_no_two_items_of_a_list_bear_the_same_label(name) -> None:
    loaded = load_ruleset(name)
    found = planned([(loaded.ruleset, loaded.catalogue)], loaded.catalogue, Filled(loaded.ruleset.subject[0]))
    labels = [
        ("e" if item.kind in ("events", "documents") else item.kind, item.label) for item in found.items
    ]
    assert len(set(labels)) == len(labels)


def test_addresses_name_the_cells_that_people_fill() -> None:
    found = Addresses(form(), CATALOGUE)
    stated = {"from": found.period_from, "to": found.period_to, "as_of": found.as_of}
    assert stated == {
        name: f"INDEX('单位信息'!$C$3:$C$16,MATCH(\"{name}\",'单位信息'!$A$3:$A$16,0))" for name in stated
    }
    rows = f"$3:$E${2 + len(table(form(), 'counts').rows)}"
    assert [
        one.startswith(f"INDEX('数据'!$E{rows},MATCH(\"buildings\",") for one in found.counts("buildings")
    ] == [True]
    assert found.previous("buildings") == tuple(one.replace("$E", "$F") for one in found.counts("buildings"))
    assert found.counts("area") == ()
    assert found.attribute("class") == stated["from"].replace('"from"', '"attributes.class"')
    assert [f'"includes.{n}"' in one for n, one in enumerate(found.includes, 1)] == [True, True, True]
    assert [found.elsewhere(item) for item in ("permit", "plan")] == [True, False]
    own, street = found.documents("plan")
    assert own.length == len(table(form(), "documents").rows)
    assert (own.types.startswith("'文件制度'!"), street.types.startswith("'街道提供'!")) == (True, True)
    assert len(own.parts) == len(CATALOGUE.documents["plan"].parts)
    assert own.parts[0] != own.parts[1]


def test_letters_and_circles() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert len({circled(n) for n in range(1, 61)}) == 60
