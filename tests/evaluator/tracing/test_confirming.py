"""What was confirmed stays confirmed until the text or the criterion changes, and then waits for somebody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evaluator.errors import InputError, RulesetError
from evaluator.loading.tracing import Traceable, load_trace, written_trace
from evaluator.ruleset import Ruleset
from evaluator.tracing.confirming import Confirmation, confirm
from evaluator.tracing.fingerprints import criterion_fingerprint, text_digest
from evaluator.tracing.pinning import stale
from evaluator.tracing.pins import NO_TRACE, Trace
from evaluator.tracing.splitting import lines_of
from evaluator.tracing.traced import Given, Traced
from evaluator.tracing.tracing import trace

DAY, LATER = date(2025, 10, 15), date(2025, 11, 1)


def traced(
    example: Traceable, text: str, pins: Trace | None = None, ruleset: Ruleset | None = None
) -> Traced:
    return trace(Given(ruleset or example.ruleset, example.clauses, pins, text, "notice.txt"))


def confirmed(example: Traceable, notice: str) -> Confirmation:
    return confirm(traced(example, notice), None, DAY)


def edited(ruleset: Ruleset, name: str, **changes: object) -> Ruleset:
    section = ruleset.sections[0]
    criteria = tuple(one.model_copy(update=changes) if one.id == name else one for one in section.criteria)
    return ruleset.model_copy(update={"sections": (section.model_copy(update={"criteria": criteria}),)})


def codes(found: Traced) -> list[str]:
    return [one.code for one in found.discrepancies]


def test_confirming_all_pins_every_criterion_every_other_clause_and_the_text(
    example: Traceable, notice: str
) -> None:
    done = confirmed(example, notice)
    assert set(done.trace.criteria) == {f"bc-{n}" for n in range(1, 7)}
    assert set(done.trace.clauses) == {"前言", "一", "二", "三"}
    assert done.whole_text
    assert [one.read_as for one in done.trace.corrections] == ["二(二)"]
    assert codes(traced(example, notice, done.trace)) == []


def test_one_that_is_confirmed_leaves_the_others_and_the_text_to_confirm(
    example: Traceable, notice: str
) -> None:
    done = confirm(traced(example, notice), ["bc-1"], DAY)
    again = traced(example, notice, done.trace)
    assert (again.statuses["bc-1"], again.statuses["bc-2"]) == ("confirmed", "new")
    assert codes(again) == ["not_confirmed", "clause_not_confirmed", "text_not_confirmed"]


def test_a_changed_clause_makes_those_that_cite_it_suspect(example: Traceable, notice: str) -> None:
    pins = confirmed(example, notice).trace
    text = notice.replace("应在门口公示", "应在门口和网上公示")
    now = traced(example, text, pins)
    assert {name for name, status in now.statuses.items() if status != "confirmed"} == {"bc-4"}
    assert codes(now) == ["cited_clause_changed", "text_changed"]
    done = confirm(now, ["bc-4"], LATER)
    assert done.trace.criteria["bc-4"].confirmed == LATER
    assert done.whole_text
    assert codes(traced(example, text, done.trace)) == []


def test_a_changed_clause_that_none_cites_waits_too_and_is_confirmed_by_its_number(
    example: Traceable, notice: str
) -> None:
    pins = confirmed(example, notice).trace
    text = notice.replace("试行", "施行")
    now = traced(example, text, pins)
    assert codes(now) == ["uncited_clause_changed", "text_changed"]
    assert codes(traced(example, text, confirm(now, ["三"], LATER).trace)) == []


def test_blanks_line_ends_and_full_width_forms_change_no_clause(example: Traceable, notice: str) -> None:
    pins = confirmed(example, notice).trace
    same = notice.replace("\n", " \r\n")
    assert codes(traced(example, same, pins)) == []
    spaced = notice.replace("10%", "１０ ％")
    assert codes(traced(example, spaced, pins)) == ["text_changed"]
    told = traced(example, spaced, pins).discrepancies[0].what.zh
    assert "各条的文字没有变" in told
    assert confirm(traced(example, spaced, pins), None, LATER).whole_text


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"requirement": {"zh": "另一个意思"}}, "criterion_changed"),
        ({"points": "3"}, "criterion_changed"),
        ({"level": "should"}, "criterion_changed"),
        ({"anchors": ["场地"]}, "criterion_changed"),
        ({"check": {"kind": "statement", "statement": "corner_venue"}}, "criterion_changed"),
        ({"title": {"zh": "有固定场地", "en": "Another wording"}}, "confirmed"),
        ({"requirement": {"zh": "图书角有专用的地方", "en": "In English"}}, "confirmed"),
        ({"remedy": {"zh": "换一种整改办法"}}, "confirmed"),
        ({"supersedes": "old-1"}, "confirmed"),
    ],
)
def test_what_of_a_criterion_is_confirmed_is_its_meaning(
    example: Traceable, notice: str, change: dict[str, object], status: str
) -> None:
    pins = confirmed(example, notice).trace
    one = example.ruleset.by_id()["bc-1"]
    data = {**one.model_dump(by_alias=True, exclude_none=True), **change}
    data["points"] = str(data["points"])
    ruleset = edited(example.ruleset, "bc-1", **dict(type(one).model_validate(data)))
    now = traced(example, notice, pins, ruleset)
    assert now.statuses["bc-1"] == status
    told = [fault.code for fault in stale(ruleset, example.clauses, pins)]
    assert told == ([] if status == "confirmed" else ["criterion_changed"])


def test_what_is_faulty_is_not_confirmed_and_keeps_the_text_from_being_pinned(
    example: Traceable, notice: str
) -> None:
    done = confirm(traced(example, notice.replace("五百册", "八百册")), None, DAY)
    assert done.refused == ("bc-2",)
    assert "bc-2" not in done.trace.criteria
    assert not done.whole_text
    assert done.trace.text is None


def test_what_had_not_changed_keeps_its_day_when_all_is_confirmed(example: Traceable, notice: str) -> None:
    pins = confirmed(example, notice).trace
    now = traced(example, notice.replace("应在门口公示", "应在网上公示"), pins)
    done = confirm(now, None, LATER)
    assert done.confirmed == ("bc-4",)
    assert {name: pin.confirmed for name, pin in done.trace.criteria.items() if pin.confirmed != DAY} == {
        "bc-4": LATER
    }


def test_a_criterion_that_is_no_more_is_struck_out_when_that_is_confirmed(
    example: Traceable, notice: str
) -> None:
    pins = confirmed(example, notice).trace
    section = example.ruleset.sections[0]
    fewer = section.model_copy(update={"criteria": section.criteria[:1] + section.criteria[2:]})
    ruleset = example.ruleset.model_copy(update={"sections": (fewer,)})
    now = traced(example, notice, pins, ruleset)
    assert codes(now) == ["left_over"]
    assert [fault.code for fault in stale(ruleset, example.clauses, pins)] == ["left_over"]
    done = confirm(now, ["bc-2"], LATER)
    assert done.struck == ("bc-2",)
    assert codes(traced(example, notice, done.trace, ruleset)) == []


def test_stale_needs_no_text_and_tells_what_was_never_confirmed(example: Traceable) -> None:
    found = list(stale(example.ruleset, example.clauses, NO_TRACE))
    assert [one.code for one in found] == ["not_confirmed"] * 6
    assert found[0].path == ("sections", 0, "criteria", 0, "id")


def test_the_digest_of_a_text_is_of_its_lines() -> None:
    assert text_digest(lines_of("甲 \r\n乙\r\n\r\n")) == text_digest(lines_of("甲\n乙"))
    assert text_digest(lines_of("甲\n\n乙")) != text_digest(lines_of("甲\n乙"))


def test_a_field_that_a_criterion_does_not_use_is_not_in_its_fingerprint(example: Traceable) -> None:
    one = example.ruleset.by_id()["bc-1"]
    assert criterion_fingerprint(one) == criterion_fingerprint(one.model_copy(update={"veto": False}))
    assert criterion_fingerprint(one) != criterion_fingerprint(one.model_copy(update={"veto": True}))


def test_comments_and_the_way_people_wrote_them_stay_when_pins_are_written(
    example: Traceable, notice: str, tmp_path: Path
) -> None:
    own = (
        "# 我的说明\ntrace: 1\ncorrections:\n  # 第二处是校对时发现的\n"
        "  - {clause: 二(二), printed: 二(三), read_as: 二(二), reason: {zh: 误印}}   # 核对过\n"
    )
    (tmp_path / "trace.yaml").write_text(own, encoding="utf-8")
    pins = load_trace(tmp_path)
    done = confirm(traced(example, notice, pins), None, DAY)
    written = written_trace(tmp_path, done.trace).decode()
    for line in own.splitlines():
        assert line in written
    (tmp_path / "trace.yaml").write_text(written, encoding="utf-8")
    assert load_trace(tmp_path) == done.trace
    assert written_trace(tmp_path, done.trace).decode() == written


def test_pins_written_so_that_other_readers_take_them_for_numbers_are_written_anew(
    example: Traceable, notice: str, tmp_path: Path
) -> None:
    digest = "sha256:" + "0" * 64
    text = f"trace: 1\nclauses:\n  5.10: {{clause: '{digest}', confirmed: '2025-01-01'}}\n"
    (tmp_path / "trace.yaml").write_text(text, encoding="utf-8")
    pins = load_trace(tmp_path)
    assert pins is not None
    assert set(pins.clauses) == {"5.10"}
    (tmp_path / "trace.yaml").write_bytes(written_trace(tmp_path, pins))
    assert load_trace(tmp_path) == pins


def test_a_faulty_trace_is_refused_with_every_fault(tmp_path: Path) -> None:
    (tmp_path / "trace.yaml").write_text(
        "trace: 1\ntexts: {}\ncriteria: {bc-1: {clause: sha256:1, criterion: x, confirmed: 昨天}}\n",
        encoding="utf-8",
    )
    with pytest.raises(RulesetError) as raised:
        load_trace(tmp_path)
    assert len(raised.value.problems) == 4
    assert isinstance(raised.value, InputError)
