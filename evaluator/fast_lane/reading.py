"""Plain data → a ``Submission``, where every rule is kept beyond doubt. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from evaluator.fast_lane.building import build
from evaluator.fast_lane.days import day
from evaluator.fast_lane.doubt import Doubt, surely
from evaluator.fast_lane.entries import Entries
from evaluator.fast_lane.permitted import Permitted
from evaluator.fast_lane.texts import Texts
from evaluator.guarding import SMALLEST_NUMBER, is_harmless
from evaluator.model import IDENTIFIER, in_the_calendar
from evaluator.submission import Period, Previous, SelfRating, Subject, Submission, natural

__all__ = ["Doubt", "submission_of"]

Json = dict[str, Any]
_IDENTIFIER = re.compile(IDENTIFIER)
_KEYS = frozenset(field.alias or name for name, field in Submission.model_fields.items())
_NOTHING: Json = {}
_NO_PREVIOUS = Previous()
# Putting a submission in order writes these anew.
_ORDERED = ("events", "documents", "statements", "none", "units", "ratings")
_SUBJECT: Json = {"id": None, "name": None, "kind": None, "region": (), "attributes": ()}


def submission_of(data: Any, permitted: Mapping[str, Permitted], strings: int | None = None) -> Submission:
    """``data`` as a submission in order; raises ``Doubt`` unless it is certain that the careful reader would say the same.

    ``data`` is what was decoded of a text in which ``strings`` keys and texts stand: were they more than are found in it, a key
    would stand twice. None where it comes of no text. ``permitted`` is by the kind of subject.
    """
    try:
        return _Reader(data, permitted).submission(strings)
    except (msgspec.ValidationError, TypeError, KeyError, AttributeError, ValueError):
        # Data of another form than is looked for.
        raise Doubt from None


class _Reader:
    def __init__(self, data: Json, permitted: Mapping[str, Permitted]) -> None:
        surely(type(data) is dict and _KEYS.issuperset(data))
        self.data, self.permitted = data, permitted[data["subject"]["kind"]]
        self.texts = Texts()
        self.entries = Entries(self.permitted, self.texts)
        self.strings = len(data)

    def submission(self, strings: int | None) -> Submission:
        data, entries = self.data, self.entries
        surely(type(data["submission"]) is int and data["submission"] == 1 and not data.get("includes"))
        surely(data.get("includes", []) == [])
        fields = {
            "counts": entries.counts(data.get("counts", {}), self.permitted.counts),
            "sources": self._sources(data.get("sources", {})),
            "previous": self._previous(data["previous"]) if "previous" in data else _NO_PREVIOUS,
            "events": entries.events(data.get("events", [])),
            "documents": entries.documents(data.get("documents", [])),
            "statements": entries.statements(data.get("statements", [])),
            "none": (),
            "units": entries.units(data["units"]) if "units" in data else {},
            "submission": 1,
            "subject": self._subject(data["subject"]),
            "period": self._period(data["period"]),
            "as_of": self._day(data["as_of"]) if data.get("as_of") is not None else None,
            "includes": (),
            "ratings": self._ratings(data.get("ratings", [])),
        }
        fields["none"] = self._none(data.get("none", []), fields)
        surely(strings in (None, self.strings + entries.strings + self.texts.strings))
        self.texts.prove()
        return build(Submission, fields, (*data, *_ORDERED))

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
        surely(type(written) is dict and {"counts"}.issuperset(written))
        self.strings += len(written)
        counts = self.entries.counts(written.get("counts", {}), self.permitted.counts)
        return build(Previous, {"counts": counts}, written)

    def _sources(self, written: Json) -> Json:
        surely(type(written) is dict and self.permitted.all_counts.issuperset(written))
        self.strings += len(written)
        for text in written.values():
            self.texts.add([text])
        return written

    def _none(self, written: list[str], fields: Json) -> tuple[str, ...]:
        surely(type(written) is list)
        self.strings += len(written)
        empty = (
            []
            if "units" not in self.data
            else [kind for kind, units in self.data["units"].items() if not units]
        )
        if written:
            surely(self.permitted.none.issuperset(written))
            surely(self.entries.types.isdisjoint(written) and fields["units"].keys().isdisjoint(written))
        return tuple(sorted({*written, *empty}))

    def _ratings(self, written: list[Json]) -> tuple[SelfRating, ...]:
        surely(type(written) is list)
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
