"""The results of cases as JUnit XML, the form that build servers read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from evaluator.errors import Place

# What XML 1.0 cannot hold, escaped or not.
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class OneTest(NamedTuple):
    """One test: its name, to what it belongs, where it stands, and what was wrong (nothing where it passed)."""

    name: str
    of: str
    place: Place
    wrong: tuple[str, ...] = ()


def junit(suites: Mapping[str, Iterable[OneTest]]) -> str:
    """The suites as one XML document; without times, so that the same results give the same bytes."""
    listed = {name: tuple(tests) for name, tests in suites.items()}
    every = [one for tests in listed.values() for one in tests]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {_counts(every)}>"]
    for name, tests in listed.items():
        lines.append(f"  <testsuite name={_quoted(name)} {_counts(tests)}>")
        for one in tests:
            lines.extend(_case(one))
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def _counts(tests: Iterable[OneTest]) -> str:
    listed = tuple(tests)
    return f'tests="{len(listed)}" failures="{sum(bool(one.wrong) for one in listed)}" errors="0" skipped="0"'


def _case(one: OneTest) -> Iterable[str]:
    line = f' line="{one.place.line}"' if one.place.line is not None else ""
    head = f"    <testcase name={_quoted(one.name)} classname={_quoted(one.of)} file={_quoted(one.place.file)}{line}"
    if not one.wrong:
        yield f"{head}/>"
        return
    yield f"{head}>"
    yield f"      <failure message={_quoted('; '.join(one.wrong))}>{_text(str(one.place))}</failure>"
    yield "    </testcase>"


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
