"""JUnit XML: read by a strict parser, with the members that build servers know, and four kinds of outcome kept apart."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from scorecards.junit import junit
from tests.scorecards import samples
from tests.scorecards.test_oscal import EVERY, SUBMISSIONS, example, nothing_applies

# What the schemas of Jenkins, Surefire and pytest's own tests have in common, without times and host names.
MEMBERS = {
    "testsuites": ({"name", "tests", "failures", "errors", "skipped"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped"}, {"properties", "testcase"}),
    "properties": (set(), {"property"}),
    "property": ({"name", "value"}, set()),
    "testcase": ({"name", "classname"}, {"failure", "skipped"}),
    "failure": ({"message", "type"}, set()),
    "skipped": ({"message"}, set()),
}


def read(assessment: dict[str, Any], lang: Any = "zh") -> ET.Element:
    return ET.fromstring(junit(assessment, lang).encode())


def case_of(root: ET.Element, title: str) -> ET.Element:
    return next(one for one in root.iter("testcase") if title in one.get("name", ""))


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_has_the_members_that_are_known_and_counts_that_add_up(make: Any, lang: Any) -> None:
    assessment = make()
    root = read(assessment, lang)
    for one in root.iter():
        attributes, children = MEMBERS[one.tag]
        assert set(one.attrib) == attributes
        assert {child.tag for child in one} <= children
    assert root.tag == "testsuites"
    for one in (root, *root.iter("testsuite")):
        cases = list(one.iter("testcase"))
        assert int(one.get("tests", "")) == len(cases)
        for name, tag in (("failures", "failure"), ("skipped", "skipped")):
            assert int(one.get(name, "")) == sum(case.find(tag) is not None for case in cases)
        assert one.get("errors") == "0"
        assert all(len(case) <= 1 for case in cases)
    suites = [one.tag for one in root]
    assert len(suites) == len(assessment["sections"])
    assert int(root.get("tests", "")) == len(assessment["criteria"])


def test_met_not_met_undecided_and_not_applicable_differ() -> None:
    root = read(json.loads(example(next(one for one in SUBMISSIONS if one.stem == "middling"))))
    assert len(case_of(root, "制定创建工作方案")) == 0
    (failure,) = case_of(root, "每个居民小区有一名")
    assert failure.get("message") == "还差 1 项；再为 2 个居民小区确定联络员"
    assert failure.get("type") == "partly_satisfied"
    assert (failure.text or "").splitlines()[0] == "部分达标，得 1.67 / 2"
    (skipped,) = case_of(root, "社区民族工作协调小组")
    assert skipped.tag == "skipped"
    assert skipped.get("message") == "待定（未提交佐证）：尚未提交：社区民族工作协调小组成立文件"
    (aside,) = read(nothing_applies()).iter("skipped")
    assert (aside.get("message") or "").startswith("不适用：")
    english = read(nothing_applies(), "en").iter("skipped")
    assert [(one.get("message") or "").partition(":")[0] for one in english] == ["Not applicable"]


def test_a_suite_says_the_score_of_its_section_and_of_the_whole() -> None:
    assessment = json.loads(example(SUBMISSIONS[2]))
    first = next(read(assessment).iter("testsuite"))
    found = {one.get("name"): one.get("value") for one in first.iter("property")}
    section = assessment["sections"][0]
    assert found["assessment"] == assessment["digest"]
    assert (found["score-floor"], found["score-ceiling"]) == (
        assessment["score"]["floor"],
        assessment["score"]["ceiling"],
    )
    assert (found["accepted"], found["grade"]) == ("undecided", "undecided")
    assert (found["section"], found["earned-floor"]) == (section["id"], section["earned"]["floor"])


def test_nothing_applicable_has_no_score_and_fails_nothing() -> None:
    root = read(nothing_applies())
    assert (root.get("failures"), root.get("skipped")) == ("0", "1")
    assert "score-floor" not in {one.get("name") for one in root.iter("property")}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x08c", "aU+0000bU+0008c"),
        ("a\ufffe\udc80", "aU+FFFEU+DC80"),
        ("</testsuite><!-- & \"'", "</testsuite><!-- & \"'"),
        ("<![CDATA[ ]]>", "<![CDATA[ ]]>"),
    ],
)
def test_no_text_breaks_the_xml_and_what_it_cannot_hold_is_seen(text: str, shown: str) -> None:
    assessment = deepcopy(samples.rich())
    assessment["submission"]["subject"]["name"] = text
    assessment["criteria"][0]["title"]["zh"] = text
    root = read(assessment)
    assert (root.get("name") or "").startswith(shown)
    assert shown.rstrip("\"'") in (next(root.iter("testcase")).get("name") or "")


def test_the_same_assessment_gives_the_same_text_without_a_time() -> None:
    assessment = json.loads(example(SUBMISSIONS[0]))
    text = junit(assessment)
    assert text == junit(deepcopy(assessment))
    assert " time=" not in text
    assert "timestamp" not in text
