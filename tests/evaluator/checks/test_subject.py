"""``subject``: an attribute of the subject, for ``applies_when``."""

import pytest

from tests.evaluator.building import credit, judge

RURAL = "{kind: subject, attribute: class, in: [rural, mixed]}"


@pytest.mark.parametrize(("value", "expected"), [("rural", "1"), ("mixed", "1"), ("urban", "0")])
def test_the_attribute_is_one_of_the_list_or_not(value: str, expected: str) -> None:
    assert credit(RURAL, f"{{attributes: {{class: {value}}}}}") == expected


def test_an_attribute_that_was_not_stated_waits_for_evidence() -> None:
    found = judge(RURAL, "{attributes: {size: small}}", stage="self_check")
    assert (found.credit, found.waits, found.details) == ((0, 1), "evidence", ("class",))


def test_the_finding_names_the_value() -> None:
    found = judge(RURAL, "{attributes: {class: urban}}")
    assert (found.reason, found.details) == ("otherwise", ("urban",))


def test_an_attribute_that_was_not_stated_is_closed_later() -> None:
    found = judge(RURAL, "{}", stage="inspection")
    assert (found.credit, found.closed) == ((0, 0), True)
