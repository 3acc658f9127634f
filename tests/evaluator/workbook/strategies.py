"""Random submissions with everything that a submission may say, in the odd shapes that people and programs leave behind."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from evaluator.answers import answer
from evaluator.model import clean_text
from evaluator.persons import kind_in
from evaluator.submission import Submission, in_order

ODD = [
    "=1+1", "+1", "-1", "@a", "'直引号", '"引号"', "1.10", "001", "1e5", "TRUE", "true", "null", "~", "no", "#N/A", "#DIV/0!",
    "2025-03-12", "3月12日", "40个", "是", "无", "√", "a\nb", "a\tb", "a: b", "- a", "# a", "{a}", "[a]", "%", "&amp; <b>",
    "_x0041_", "_x000D_", "😀喆", "\u2028", "\u00a0内部", "　全角", "长" * 2000, "item:events", "编号", "$A$1",
    "a；b", "a;b", "；",
]  # fmt: skip
FILES = [
    "a.jpg", "照片 1.jpg", "a；b.pdf", "a;b.pdf", "a、b.pdf", "a.jpg、b.jpg", "a.jpg b.jpg", 'a"b.jpg', '"a".jpg', "'a.jpg",
    "=a.jpg", "无", "a", "1", "x.PDF", "a,b", "A.JPG，B.JPG", "…",
]  # fmt: skip
DAYS = st.dates(date(1949, 1, 1), date(2199, 12, 31)) | st.dates()


def _text(value: str) -> str | None:
    try:
        cleaned = clean_text(value)
    except PydanticCustomError:
        return None
    return cleaned if kind_in(cleaned) is None else None


_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])
TEXTS = (st.sampled_from(ODD) | st.text(_CHARACTERS, min_size=1, max_size=20)).map(_text).filter(bool)
MARKS = (st.sampled_from(["第3页", "3", "P12", "二（三）", "第1条\n第2条", "1.10"]) | TEXTS).filter(
    lambda one: answer(one) is None and any(map(str.isalnum, one))
)
IDS = st.sampled_from(["1", "01", "1.10", "E1", "e1", "E1.5", "1e5", "true", "A-1_b"]) | st.from_regex(
    r"[A-Za-z0-9][A-Za-z0-9_.-]{0,8}", fullmatch=True
)
NAMES = (
    (st.sampled_from(FILES) | st.text(_CHARACTERS, min_size=1, max_size=12))
    .map(_text)
    .filter(bool)
    .filter(lambda one: "\\" not in one and not any(mark < " " for mark in one) and len(one) < 256)
)
# A number that could be somebody's is refused, and no submission.
WHOLE = (st.integers(0, 40) | st.integers(0, 10**15 - 1)).filter(lambda one: kind_in(str(one)) is None)
NUMBERS = (
    WHOLE.map(str)
    | st.decimals(0, 10**6, places=3).map(lambda one: f"{one:f}")
    | st.from_regex(r"[0-9]{1,15}\.[0-9]{1,12}", fullmatch=True)
).filter(lambda one: kind_in(one) is None)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of ``values``, or nothing."""
    return st.none() | values


@st.composite
def submissions(draw: st.DrawFn) -> Submission:
    """A submission under the tests' catalogue that has no fault."""
    ids = iter(draw(st.lists(IDS, min_size=14, max_size=14, unique=True)))
    kind = draw(st.sampled_from(["community", "community", "street", "city"]))
    # The tests' counts are for communities alone.
    counts, before = (_counts(draw), _counts(draw)) if kind == "community" else ({}, {})
    events = [
        {"id": next(ids), "type": draw(st.sampled_from(["meeting", "training"])), "date": str(draw(DAYS)),
         "title": draw(maybe(TEXTS)),
         "expected": draw(maybe(st.integers(0, 999_999))), "present": draw(maybe(st.integers(0, 99))), "files": _files(draw)}
        for _ in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    papers = [_paper(draw, next(ids)) for _ in range(draw(st.integers(0, 4)))]
    statements = [
        {
            "id": next(ids),
            "type": name,
            "value": draw(st.booleans()),
            "note": draw(maybe(TEXTS)),
            "files": _files(draw),
        }
        for name in draw(st.lists(st.sampled_from(["desk", "hotline"]), unique=True))
    ]
    present = {one["type"] for one in [*events, *papers]}
    quarters = [_unit(draw, next(ids)) for _ in range(draw(st.integers(0, 3)))]
    kinds = [
        *{"meeting", "training", "plan", "rules", "permit"} - present,
        *([] if quarters else ["quarter"]),
    ]
    return in_order(
        Submission.model_validate(
            {
                "submission": 1,
                "subject": {
                    "id": draw(st.sampled_from(["demo-01", "530102001001", "a", "true"])),
                    "name": draw(TEXTS),
                    "kind": kind,
                    "region": draw(st.lists(TEXTS, max_size=6)),
                    "attributes": draw(st.sampled_from([{}, {"class": "rural"}, {"other": "1"}])),
                },
                "period": {
                    "from": "2025-01-01",
                    "to": str(draw(st.dates(date(2025, 1, 1), date(2026, 6, 30)))),
                },
                "as_of": draw(maybe(DAYS.map(str))),
                "includes": draw(st.lists(NAMES, max_size=4)),
                "counts": counts,
                "sources": draw(st.dictionaries(st.sampled_from(["buildings", "area"]), TEXTS)),
                "previous": {"counts": before},
                "events": events,
                "documents": papers,
                "statements": statements,
                "none": draw(st.lists(st.sampled_from(sorted(kinds)), unique=True)) if kinds else [],
                "units": {"quarter": quarters} if quarters else {},
                "ratings": draw(st.lists(_RATINGS, max_size=3)),
            }
        )
    )


_RATINGS = st.fixed_dictionaries(
    {"criterion": st.sampled_from(["c13", "km-4-6", "c1"]), "level": st.integers(0, 10**6), "reason": TEXTS}
)


def _counts(draw: st.DrawFn) -> dict[str, Any]:
    found = draw(st.dictionaries(st.sampled_from(["visits", "incidents"]), WHOLE))
    found |= draw(st.dictionaries(st.sampled_from(["budget", "area"]), NUMBERS))
    if draw(st.booleans()):
        parts = sorted((draw(WHOLE), draw(WHOLE)))
        found |= dict(zip(("model_buildings", "buildings"), parts, strict=True))
    return found


def _files(draw: st.DrawFn) -> list[str]:
    return draw(st.lists(NAMES, max_size=3))


def _paper(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(["plan", "rules", "permit"]))
    contains = draw(st.lists(st.sampled_from(["goals", "tasks"]), unique=True)) if kind == "plan" else []
    return {
        "id": name,
        "type": kind,
        "title": draw(maybe(TEXTS)),
        "number": draw(maybe(TEXTS)),
        "issued": draw(maybe(DAYS.map(str))),
        "valid_to": draw(maybe(DAYS.map(str))),
        "contains": contains,
        "page": draw(maybe(MARKS)),
        "pages": {part: draw(MARKS) for part in contains if draw(st.booleans())},
        "files": _files(draw),
    }


def _unit(draw: st.DrawFn, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "name": draw(maybe(TEXTS)),
        "counts": draw(st.dictionaries(st.just("visits"), WHOLE)),
        "statements": draw(st.dictionaries(st.sampled_from(["desk", "hotline"]), st.booleans())),
    }
