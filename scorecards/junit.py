"""An assessment as JUnit XML, for pipelines: a suite for each section, a test for each criterion.

What is decided and not fully met has failed; what is undecided, and what does not apply, was skipped, each with words of its own.
Nothing is an error: what cannot be read is refused, and gets no assessment. No times, so that the same assessment gives the same
bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from scorecards.entries import Entry, entries
from scorecards.wording import Json, Language, Wording

# What XML 1.0 cannot hold, escaped or not.
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(assessment: Json, lang: Language = "zh") -> str:
    """``assessment`` as one XML document. What XML cannot hold stands as its code point (``U+0008``), so that it is seen."""
    seen = _visible(assessment)
    say = Wording(lang)
    criteria = entries(seen, say)
    name = f"{seen['submission']['subject']['name']} · {say.line(seen['ruleset']['title']).text}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites name={quoteattr(name)} {_counts(criteria)}>",
    ]
    whole = _properties(_score(seen))
    for section in seen["sections"]:
        own = [one for one in criteria if one.data["section"] == section["id"]]
        lines += [
            f"  <testsuite name={quoteattr(say.line(section['title']).text)} {_counts(own)}>",
            "    <properties>",
            *whole,
            *_properties(_section(section)),
            "    </properties>",
            *(line for one in own for line in _case(one, f"{seen['ruleset']['id']}.{section['id']}")),
            "  </testsuite>",
        ]
    return "\n".join([*lines, "</testsuites>", ""])


def _visible(value: Any) -> Any:
    if isinstance(value, str):
        return _NOT_XML.sub(lambda found: f"U+{ord(found[0]):04X}", value)
    if isinstance(value, dict):
        return {key: _visible(one) for key, one in value.items()}
    return [_visible(one) for one in value] if isinstance(value, list) else value


def _skipped(entry: Entry) -> bool:
    return entry.undecided or not entry.applies


def _counts(criteria: Sequence[Entry]) -> str:
    failures, skipped = sum(one.unmet for one in criteria), sum(map(_skipped, criteria))
    return f'tests="{len(criteria)}" failures="{failures}" errors="0" skipped="{skipped}"'


def _case(entry: Entry, of: str) -> Iterator[str]:
    heading = " ".join(line.text for line in entry.heading())
    head = f"    <testcase name={quoteattr(heading)} classname={quoteattr(of)}"
    if not entry.unmet and not _skipped(entry):
        yield f"{head}/>"
        return
    yield f"{head}>"
    if entry.unmet:
        message = entry.say.semicolon.join(line.text for line in entry.shortfalls()) or entry.outcome_label
        told = escape("\n".join(_told(entry)))
        yield f"      <failure message={quoteattr(message)} type={quoteattr(entry.outcome)}>{told}</failure>"
    else:
        yield f"      <skipped message={quoteattr(_why_skipped(entry))}/>"
    yield "    </testcase>"


def _why_skipped(entry: Entry) -> str:
    """``待定`` or ``不适用``, and why."""
    say = entry.say
    label = entry.outcome_label
    head = say(f"待定（{label}）", f"Undecided ({label.lower()})") if entry.applies else label
    why = say.semicolon.join(line.text for line in entry.reasons())
    return head + say.colon + why if why else head


def _told(entry: Entry) -> Iterator[str]:
    say = entry.say
    yield f"{entry.outcome_label}{say.comma}{say('得', 'earned')} {entry.earned} / {entry.data['points']}"
    for head, lines in (
        (say("要求", "Required"), entry.texts("required")),
        (say("实际", "Measured"), entry.texts("measured")),
        (say("原因", "Why"), entry.reasons()),
    ):
        yield from (head + say.colon + line.text for line in lines)


def _score(assessment: Json) -> Iterator[tuple[str, object]]:
    score, accepted = assessment["score"], assessment["accepted"]
    yield "assessment", assessment["digest"]
    yield "ruleset", f"{assessment['ruleset']['id']}@{assessment['ruleset']['version']}"
    yield "subject", assessment["submission"]["subject"]["id"]
    yield "stage", assessment["stage"]
    yield "as-of", assessment["as_of"]
    if score is not None:
        yield "score-floor", score["floor"]
        yield "score-ceiling", score["ceiling"]
        yield "decided", score["decided"]
        yield "deductions-floor", score["deductions"]["floor"]
        yield "deductions-ceiling", score["deductions"]["ceiling"]
    yield "grade", assessment["grade"] or "undecided"
    yield "accepted", {True: "true", False: "false", None: "undecided"}[accepted]
    if assessment["vetoes"]:
        yield "failed-vetoes", " ".join(assessment["vetoes"])


def _section(section: Json) -> Iterator[tuple[str, object]]:
    yield "section", section["id"]
    yield "points", section["points"]
    yield "earned-floor", section["earned"]["floor"]
    yield "earned-ceiling", section["earned"]["ceiling"]


def _properties(pairs: Iterator[tuple[str, object]]) -> list[str]:
    return [f'      <property name="{name}" value={quoteattr(str(value))}/>' for name, value in pairs]
