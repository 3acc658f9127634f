"""JUnit XML: well-formed whatever a case is called, with counts, file and line."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from evaluator.errors import Place
from evaluator.testing.junit import OneTest, junit


def test_cases_become_tests_with_their_place_and_what_was_wrong() -> None:
    tests = [
        OneTest("恰为 5%", "rules.km-2-6", Place("rules/cases.yaml", 12, 5)),
        OneTest("差一个", "rules.km-2-6", Place("rules/cases.yaml", 16, 5), ("判定应为 达标", "得分应为 2")),
    ]
    root = ET.fromstring(junit({"rules": tests}))
    assert (root.tag, root.attrib) == (
        "testsuites",
        {"tests": "2", "failures": "1", "errors": "0", "skipped": "0"},
    )
    (suite,) = root
    assert (suite.tag, suite.get("name"), suite.get("tests"), suite.get("failures")) == (
        "testsuite",
        "rules",
        "2",
        "1",
    )
    passed, failed = suite
    assert passed.attrib == {
        "name": "恰为 5%",
        "classname": "rules.km-2-6",
        "file": "rules/cases.yaml",
        "line": "12",
    }
    assert list(passed) == []
    (failure,) = failed
    assert (failure.tag, failure.get("message"), failure.text) == (
        "failure",
        "判定应为 达标; 得分应为 2",
        "rules/cases.yaml:16:5",
    )


def test_any_name_is_well_formed() -> None:
    name = "<&\"'>\x00\ud800]]>\n"
    root = ET.fromstring(junit({name: [OneTest(name, name, Place(name), (name,))]}))
    assert root[0][0].get("name") == "<&\"'>\ufffd\ufffd]]>\n"


def test_a_case_without_line_has_none() -> None:
    root = ET.fromstring(junit({"a": [OneTest("b", "c", Place("d"))]}))
    assert "line" not in root[0][0].attrib
