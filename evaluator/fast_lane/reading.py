"""Plain data → a ``Submission``, where every rule is kept beyond doubt. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from evaluator.fast_lane.building import build
from evaluator.fast_lane.days import day
from evaluator.fast_lane.doubt import Doubt, surely
from evaluator.fast_lane.entries import Entries
from evaluator.fast_lane.permitted import Permitted
from evaluator.fast_lane.texts import Texts
from evaluator.fast_lane.written import Written, keys_of_entries, written_in
from evaluator.guarding import SMALLEST_NUMBER, is_harmless
from evaluator.model import IDENTIFIER, in_the_calendar
from evaluator.submission import Period, Previous, SelfRating, Subject, Submission, natural

__all__ = ["Doubt", "submission_in_json", "submission_of"]

Json = dict[str, Any]
_IDENTIFIER = re.compile(IDENTIFIER)
_NO_PREVIOUS = Previous()
# Putting a submission in order writes these anew.
_ORDERED = ("events", "documents", "statements", "none", "units", "ratings")
_SUBJECT: Json = {"id": None, "name": None, "kind": None, "region": (), "attributes": ()}

# Raised where data have another form than is looked for.
_OF_ANOTHER_FORM = (msgspec.DecodeError, TypeError, KeyError, AttributeError, ValueError, RecursionError)


def submission_of(data: Any, permitted: Mapping[str, Permitted]) -> Submission:
    """``data`` as a submission in order; raises ``Doubt`` unless it is certain that the careful reader would say the same.

    ``permitted`` is by the kind of subject.
    """
    try:
        surely(type(data) is dict)
        return _Reader(msgspec.convert(data, Written), permitted).submission()
    except _OF_ANOTHER_FORM:
        raise Doubt from None


def submission_in_json(content: bytes, permitted: Mapping[str, Permitted]) -> Submission:
    """The same of the data in ``content``, JSON in which no quote is escaped; ``Doubt``, too, where a key stands twice."""
    try:
        return _Reader(written_in(content), permitted).submission(content)
    except _OF_ANOTHER_FORM:
        raise Doubt from None


class _Reader:
    def __init__(self, written: Written, permitted: Mapping[str, Permitted]) -> None:
        self.written, self.permitted = written, permitted[written.subject["kind"]]
        self.texts = Texts()
        self.entries = Entries(self.permitted, self.texts)
        self.strings = 0

    def submission(self, content: bytes | None = None) -> Submission:
        written, entries, keys = self.written, self.entries, self.written.keys()
        self.strings += len(keys)
        surely(written.submission == 1 and (written.includes is UNSET or not written.includes))
        fields = {
            "counts": entries.counts(written.counts or {}, self.permitted.counts),
            "sources": self._sources(written.sources or {}),
            "previous": _NO_PREVIOUS if written.previous is UNSET else self._previous(written.previous),
            "events": entries.events(written.events or ()),
            "documents": entries.documents(written.documents or ()),
            "statements": entries.statements(written.statements or ()),
            "none": (),
            "units": entries.units(written.units or {}),
            "submission": 1,
            "subject": self._subject(written.subject),
            "period": self._period(written.period),
            "as_of": None if written.as_of in (UNSET, None) else self._day(written.as_of),
            "includes": (),
            "ratings": self._ratings(written.ratings or []),
        }
        fields["none"] = self._none(written.none or [], fields)
        surely(content is None or self._is_all_of(content))
        self.texts.prove()
        return build(Submission, fields, (*keys, *_ORDERED))

    def _is_all_of(self, content: bytes) -> bool:
        # As no quote stands in a text, two of them make one. Were a key written twice, fewer would have been read.
        strings = content.count(b'"') // 2
        read = self.strings + self.entries.strings + self.texts.strings
        return strings == read + self.entries.keys or strings == read + keys_of_entries(content)

    def _day(self, text: str) -> Any:
        self.strings += 1
        return day(text)

    def _identifier(self, text: str) -> None:
        surely(_IDENTIFIER.fullmatch(text) is not None)
        self.strings += 1
        if not is_harmless(text):
            self.texts.guard((text,))

    def _subject(self, written: Json) -> Subject:
        fields = {**_SUBJECT, **written}
        surely(len(fields) == len(_SUBJECT))
        self._identifier(fields["id"])
        self.texts.add([fields["name"]])
        region = fields["region"]
        if region != ():
            surely(type(region) is list)
            self.texts.add(region)
            fields["region"] = tuple(region)
        attributes = fields["attributes"]
        if attributes == ():
            fields["attributes"] = {}
        else:
            for name, value in attributes.items():
                self._identifier(name)
                self._identifier(value)
            names = [name for name in attributes if not is_harmless(name)]
            self.texts.guard(names)
        self.strings += len(written) + 1
        return build(Subject, fields, written)

    def _period(self, written: Json) -> Period:
        start, end = in_the_calendar(self._day(written["from"])), in_the_calendar(self._day(written["to"]))
        surely(len(written) == 2 and start <= end)
        self.strings += 2
        return build(Period, {"from_": start, "to": end}, ("from_", "to"))

    def _previous(self, written: Json) -> Previous:
        surely({"counts"}.issuperset(written))
        self.strings += len(written)
        counts = self.entries.counts(written.get("counts", {}), self.permitted.counts)
        return build(Previous, {"counts": counts}, written)

    def _sources(self, written: Json) -> Json:
        surely(self.permitted.all_counts.issuperset(written))
        self.strings += len(written)
        for text in written.values():
            self.texts.add([text])
        return written

    def _none(self, written: list[str], fields: Json) -> tuple[str, ...]:
        self.strings += len(written)
        empty = [kind for kind, units in (self.written.units or {}).items() if not units]
        if written:
            surely(self.permitted.none.issuperset(written))
            surely(self.entries.types.isdisjoint(written) and fields["units"].keys().isdisjoint(written))
        return tuple(sorted({*written, *empty}))

    def _ratings(self, written: list[Json]) -> tuple[SelfRating, ...]:
        made = []
        for one in written:
            surely(len(one) == 3 and type(one["level"]) is int and abs(one["level"]) < SMALLEST_NUMBER)
            surely(_IDENTIFIER.fullmatch(one["criterion"]) is not None)
            fields = {name: one[name] for name in ("criterion", "level", "reason")}
            made.append(build(SelfRating, fields, one))
        self.strings += 4 * len(made)
        self.texts.guard([one.criterion for one in made if not is_harmless(one.criterion)])
        self.texts.add([one.reason for one in made])
        return tuple(sorted(made, key=lambda one: natural(one.criterion)))
