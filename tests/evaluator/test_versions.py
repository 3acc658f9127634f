"""Versions of rules: which states follow which, what was published and may not change, and what a result says of it."""

from __future__ import annotations

from datetime import date

import pytest

from evaluator.digests import ruleset_digest
from evaluator.errors import InputError
from evaluator.loading import RULES, load_ruleset, ruleset_ids
from evaluator.loading.version_edits import with_passage
from evaluator.loading.version_files import recorded
from evaluator.reading import read_yaml
from evaluator.validating import validate
from evaluator.version_faults import history_faults, passage_faults, version_faults
from evaluator.versions import Passage, State, Versions, standing

DIGEST = "sha256:" + "a" * 64


def versions(text: str) -> Versions:
    return validate(Versions, read_yaml("versions:\n" + text, "versions.yaml"))


def one(*states: str, version: str = "1.0.0", digest: str | None = None) -> str:
    """One version whose states each begin a day after the one before."""
    listed = ", ".join(f'{{state: {state}, on: "2026-11-{n:02}"}}' for n, state in enumerate(states, 1))
    published = "" if digest is None else f", digest: {digest}"
    return f'  - {{version: "{version}", states: [{listed}]{published}}}\n'


@pytest.mark.parametrize("name", ruleset_ids())
def test_the_built_in_rules_are_those_that_their_index_says_were_published(name: str) -> None:
    loaded = load_ruleset(name)
    listed = recorded(RULES / name, [])
    assert listed is not None
    current = listed.find(loaded.ruleset.version)
    assert current is not None
    assert current.digest == ruleset_digest(loaded.ruleset, loaded.catalogue)
    assert current.criteria == tuple(loaded.ruleset.by_id())
    assert list(version_faults(listed, loaded.ruleset, current.digest)) == []
    assert list(standing(listed, loaded.ruleset.version, date(2025, 12, 31))) == []


@pytest.mark.parametrize(
    ("before", "state", "allowed"),
    [
        ((), "draft", True),
        ((), "withdrawn", False),
        (("draft",), "consultation", True),
        (("draft",), "approved", True),
        (("draft",), "published", False),
        (("consultation",), "consultation", True),
        (("consultation",), "draft", True),
        (("consultation",), "withdrawn", False),
        (("approved",), "draft", True),
        (("approved",), "published", True),
        (("approved", "published"), "draft", False),
        (("approved", "published"), "withdrawn", True),
        (("approved", "published", "withdrawn"), "published", False),
    ],
)
def test_each_state_has_what_may_follow_it(before: tuple[str, ...], state: State, allowed: bool) -> None:
    known = versions(one(*before, digest=DIGEST if "published" in before else None)) if before else None
    found = list(passage_faults(known, "1.0.0", Passage(state=state, on=date(2026, 12, 1))))
    assert [fault.code for fault in found] == ([] if allowed else ["state_order"])
    assert all(fault.mend for fault in found)


def test_days_do_not_go_backwards() -> None:
    known = versions(one("draft", "consultation"))
    passage = Passage(state="approved", on=date(2026, 11, 1))
    assert [fault.code for fault in passage_faults(known, "1.0.0", passage)] == ["state_date"]
    assert list(passage_faults(known, "1.0.0", Passage(state="approved", on=date(2026, 11, 2)))) == []


@pytest.mark.parametrize(("version", "code"), [("1.0", "bad_version"), ("0.9.9", "versions_out_of_order")])
def test_a_new_version_is_a_higher_number(version: str, code: str) -> None:
    passage = Passage(state="draft", on=date(2026, 12, 1))
    assert [fault.code for fault in passage_faults(versions(one("draft")), version, passage)] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (one("draft", "withdrawn"), "state_order"),
        (one("published"), "no_digest"),
        (one("draft", digest=DIGEST), "idle_digest"),
        (one("draft", version="1.1.0") + one("draft"), "versions_out_of_order"),
        (one("draft") + one("draft"), "versions_out_of_order"),
        (one("draft", version="1.10.0") + one("draft", version="1.9.0"), "versions_out_of_order"),
        ('  - {version: "1.0.0", states: []}\n', "no_state"),
        (
            '  - {version: "1.0.0", states: [{state: draft, on: "2026-11-02"}, {state: approved, on: "2026-11-01"}]}\n',
            "state_date",
        ),
    ],
)
def test_the_faults_of_a_history_are_named(text: str, code: str) -> None:
    assert [fault.code for fault in history_faults(versions(text))] == [code]


def test_a_state_in_chinese_is_offered_its_identifier() -> None:
    for state, name in (("发布", "published"), ("审定", "approved")):
        with pytest.raises(InputError, match=f"写成 {name}"):
            versions(one(state))


def test_a_history_in_order_has_no_fault() -> None:
    text = one("draft", "consultation", "approved", "published", "withdrawn", digest=DIGEST)
    assert list(history_faults(versions(text + one("draft", version="1.10.0")))) == []


def test_rules_that_were_changed_since_they_were_published_are_to_be_given_a_higher_version() -> None:
    ruleset = load_ruleset("wuhu-pilot-2013").ruleset
    found = list(version_faults(versions(one("published", digest=DIGEST)), ruleset, "sha256:" + "b" * 64))
    assert [(fault.code, fault.path) for fault in found] == [("published_changed", ("versions", 0, "digest"))]
    assert found[0].mend is not None
    assert "1.1.0" in found[0].mend.zh
    assert "1.1.0" in found[0].mend.en


def test_a_version_that_is_not_recorded_is_to_be_recorded() -> None:
    ruleset = load_ruleset("wuhu-pilot-2013").ruleset
    found = list(version_faults(versions(one("draft", version="0.9.0")), ruleset, DIGEST))
    assert [fault.code for fault in found] == ["unrecorded_version"]


@pytest.mark.parametrize(
    ("text", "until", "code"),
    [
        (one("draft"), "2026-12-31", "unpublished_rules"),
        (one("draft", "approved"), "2025-12-31", "unpublished_rules"),
        (one("published", digest=DIGEST), "2025-12-31", None),
        (one("published", "withdrawn", digest=DIGEST), "2026-12-31", "withdrawn_rules"),
        (one("published", "withdrawn", digest=DIGEST), "2026-11-02", "withdrawn_rules"),
        (one("published", "withdrawn", digest=DIGEST), "2026-11-01", None),
        (one("draft", version="0.9.0"), "2026-12-31", "unpublished_rules"),
    ],
)
def test_a_result_says_whether_its_rules_were_in_force_for_the_period(
    text: str, until: str, code: str | None
) -> None:
    found = list(standing(versions(text), "1.0.0", date.fromisoformat(until)))
    assert [observation.code for observation in found] == ([] if code is None else [code])


def test_of_rules_without_a_record_nothing_is_said() -> None:
    assert list(standing(None, "1.0.0", date(2026, 1, 1))) == []


def test_comments_and_what_was_written_before_are_kept() -> None:
    text = (
        "# 由政策法规处登记\n"
        "versions:\n"
        '  - version: "1.0.0"   # 第一版\n'
        "    states:\n"
        '      - {state: draft, on: "2026-10-01"}   # 会议纪要 3 号\n'
    )
    done = with_passage(
        text, "1.0.0", Passage(state="consultation", on=date(2026, 11, 1), document="昆民宗〔2026〕12号")
    )
    assert done == text + '      - {state: consultation, on: "2026-11-01", document: "昆民宗〔2026〕12号"}\n'
    more = with_passage(done, "1.1.0", Passage(state="draft", on=date(2026, 12, 1)))
    assert more.startswith(done)
    assert [
        (each.version, each.state) for each in validate(Versions, read_yaml(more, "versions.yaml")).versions
    ] == [
        ("1.0.0", "consultation"),
        ("1.1.0", "draft"),
    ]
