"""The ledger of what arrived: each status with an input in sight, and never a guess about which is the later one."""

from __future__ import annotations

from typing import Any

import pytest

from evaluator.errors import Place, Problem, Words
from evaluator.intake import STATUSES, Rules, Sent, ledger
from evaluator.intake.standing import revision
from evaluator.submission import Submission
from tests.evaluator.building import CATALOGUE, data, ruleset

Json = dict[str, Any]
DESK = "check: {kind: statement, statement: desk}"
MEETINGS = "check: {kind: quantity, events: meeting, at_least: 2}"


def submission(
    given: str = "{}", name: str = "a", called: str = "甲社区", kind: str = "community", **more: Any
) -> Submission:
    return Submission.model_validate(
        {
            "submission": 1,
            "subject": {"id": name, "name": called, "kind": kind, "region": ["省", "市"]},
            "period": {"from": "2025-01-01", "to": "2025-12-31"},
            **data(given),
            **more,
        }
    )


def sent(name: str, one: Submission | None, *absent: str, **more: Any) -> Sent:
    return Sent(name, f"sha256:{name}", one, absent, (), **more)


def listed(*arrivals: Sent, criteria: str | None = None) -> dict[str, tuple[str, list[str]]]:
    rules = None if criteria is None else Rules(ruleset(criteria), CATALOGUE)
    found = ledger(arrivals, (), rules, CATALOGUE)
    return {
        one["name"]: (one["status"], [reason["zh"] for reason in one["reasons"]]) for one in found["entries"]
    }


FILED = "{events: [{id: E1, type: meeting, date: '2025-01-01', files: [a.jpg, b.jpg]}]}"


def test_what_lacks_nothing_is_received() -> None:
    assert listed(sent("a.zip", submission(FILED))) == {"a.zip": ("received", [])}


def test_a_named_file_that_did_not_come_makes_it_incomplete() -> None:
    found = ledger([sent("a.zip", submission(FILED), "b.jpg")], (), None, CATALOGUE)
    (entry,) = found["entries"]
    assert (entry["status"], entry["missing"]["files"]) == ("incomplete", ["b.jpg"])
    assert entry["reasons"] == [{"zh": "缺 1 个所列的佐证文件", "en": "1 files that it names are absent"}]


def test_a_bare_form_that_names_files_says_so() -> None:
    bare = Sent("a.yaml", "sha256:x", submission(FILED), None, ())
    assert listed(bare) == {"a.yaml": ("incomplete", ["只有表，没有附所列的 2 个佐证文件"])}
    assert listed(Sent("a.yaml", "sha256:x", submission(), None, ())) == {"a.yaml": ("received", [])}


def test_under_rules_an_item_of_which_nothing_is_said_is_missing_unless_it_is_only_encouraged() -> None:
    criteria = f"[{{{MEETINGS}}}, {{level: may, {DESK}}}]"
    rules = Rules(ruleset(criteria), CATALOGUE)
    (entry,) = ledger([sent("a.zip", submission())], (), rules, CATALOGUE)["entries"]
    assert [item["label"]["zh"] for item in entry["missing"]["items"]] == ["会议"]
    assert listed(sent("a.zip", submission("{none: [meeting]}")), criteria=criteria) == {
        "a.zip": ("received", [])
    }


def test_the_same_content_twice_is_a_duplicate_of_the_first_by_name() -> None:
    one = submission()
    again = Sent("b.yaml", "sha256:a.yaml", one, (), ())
    assert listed(again, sent("a.yaml", one), sent("c.json", one)) == {
        "a.yaml": ("received", []),
        "b.yaml": ("duplicate", ["与 a.yaml 完全相同"]),
        "c.json": ("duplicate", ["与 a.yaml 填报内容相同"]),
    }


def test_of_two_with_one_content_the_one_with_its_files_stands() -> None:
    one = submission(FILED)
    found = listed(sent("a.yaml", one, "a.jpg"), sent("b.zip", one))
    assert {name: status for name, (status, _) in found.items()} == {
        "a.yaml": "duplicate",
        "b.zip": "received",
    }


def test_the_later_data_date_supersedes() -> None:
    early, late = submission(as_of="2025-06-30"), submission()
    assert listed(sent("z.yaml", early), sent("a.yaml", late)) == {
        "a.yaml": ("received", []),
        "z.yaml": ("superseded", ["被 a.yaml 取代（数据截止日 2025-12-31 在后）"]),
    }


def test_of_one_data_date_a_revision_in_the_name_supersedes() -> None:
    one, other = submission(), submission("{counts: {visits: 1}}")
    assert listed(sent("甲_v2.yaml", one), sent("甲.yaml", other)) == {
        "甲.yaml": ("superseded", ["被 甲_v2.yaml 取代（文件名写明的版次在后）"]),
        "甲_v2.yaml": ("received", []),
    }


@pytest.mark.parametrize(
    "names", [("甲.yaml", "乙.yaml"), ("甲_v2.yaml", "甲-v2.json"), ("甲.yaml", "乙_v2.yaml")]
)
def test_without_a_sign_of_which_is_later_a_person_decides(names: tuple[str, str]) -> None:
    first, second = names
    found = listed(sent(first, submission()), sent(second, submission("{counts: {visits: 1}}")))
    assert {status for status, _ in found.values()} == {"to_confirm"}
    assert all("看不出哪份在后" in reasons[0] for _, reasons in found.values())


def test_what_is_older_than_those_to_be_confirmed_is_superseded_all_the_same() -> None:
    found = listed(
        sent("a.yaml", submission()),
        sent("b.yaml", submission("{counts: {visits: 1}}")),
        sent("c.yaml", submission(as_of="2025-06-30")),
    )
    assert {name: status for name, (status, _) in found.items()} == {
        "a.yaml": "to_confirm",
        "b.yaml": "to_confirm",
        "c.yaml": "superseded",
    }


def test_one_id_with_two_names_is_for_a_person_whatever_the_dates() -> None:
    found = listed(
        sent("a.yaml", submission()), sent("b.yaml", submission(called="乙社区", as_of="2025-06-30"))
    )
    assert list(found.values()) == [("to_confirm", ["单位标识相同而名称不同"])] * 2


def test_two_periods_of_one_subject_are_two_occasions() -> None:
    before = submission(period={"from": "2024-01-01", "to": "2024-12-31"})
    assert {
        status for status, _ in listed(sent("a.yaml", submission()), sent("b.yaml", before)).values()
    } == {"received"}


def test_who_the_rules_do_not_judge_is_refused_unless_another_includes_it() -> None:
    street = submission(name="s", called="街道", kind="street")
    criteria = f"[{{{DESK}}}]"
    rules = Rules(ruleset(criteria), CATALOGUE)
    alone = ledger([sent("s.yaml", street)], (), rules, CATALOGUE)["entries"][0]
    assert (alone["status"], alone["problems"][0]["code"]) == ("refused", "other_subject")
    said = submission("{statements: [{id: S1, type: desk, value: true}]}")
    both = ledger([sent("s.yaml", street), sent("a.yaml", said, includes=("s.yaml",))], (), rules, CATALOGUE)
    assert {one["name"]: (one["status"], one["included_by"]) for one in both["entries"]} == {
        "s.yaml": ("received", ["a.yaml"]),
        "a.yaml": ("received", []),
    }


def test_the_ledger_is_in_order_of_region_and_name_and_the_refused_come_last() -> None:
    problem = Problem("syntax", Place("0.yaml", 3, 1), Words("语法有误", "syntax"), Words("改正", "mend it"))
    arrivals = [
        Sent("0.yaml", "sha256:0", None, None, (problem,)),
        sent("b10.yaml", submission(name="x", called="乙")),
        sent("b9.yaml", submission(name="y", called="丙")),
    ]
    found = ledger(arrivals, (".DS_Store",), None, CATALOGUE)
    assert [one["name"] for one in found["entries"]] == ["b9.yaml", "b10.yaml", "0.yaml"]
    assert found["entries"][-1]["problems"] == [
        {"code": "syntax", "place": "0.yaml:3:1", "text": {"zh": "语法有误。改正", "en": "syntax. mend it"}}
    ]
    assert found["totals"] == {**dict.fromkeys(STATUSES, 0), "received": 2, "refused": 1}
    assert found["ignored"] == [".DS_Store"]


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("翠湖岸_v2.xlsx", ("翠湖岸", 2)),
        ("翠湖岸 V10.zip", ("翠湖岸", 10)),
        ("翠湖岸（第3版）.yaml", ("翠湖岸", 3)),
        ("翠湖岸-修订2", ("翠湖岸", 2)),
        ("demo-rev3.yaml", ("demo", 3)),
        ("翠湖岸12.yaml", ("翠湖岸12", 1)),
        ("翠湖岸 (2).yaml", ("翠湖岸 (2)", 1)),
        ("2025.yaml", ("2025", 1)),
    ],
)  # fmt: skip
def test_a_revision_is_what_the_name_says_outright(name: str, stated: tuple[str, int]) -> None:
    assert revision(name) == stated
