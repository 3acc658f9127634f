"""Reading a submission leniently: an item with a fault is set aside, so that one bad cell does not refuse the rest. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Never

from pydantic import ValidationError

from evaluator.catalogue import Catalogue
from evaluator.errors import Fault, InputError, Problem
from evaluator.reading import Path, Source, place_of
from evaluator.submission import Submission
from evaluator.submission_faults import submission_faults
from evaluator.validating import MOST_FAULTS, faults_of, validate

Origin = dict[Path, list[int]]
# What has more faults is no file with a bad cell or two: it is refused, not judged by what is left.
_MOST_SET_ASIDE = 20_000
# How long the path of one item is, by the key that it stands under.
_ITEMS = {
    "counts": 2,
    "sources": 2,
    "previous": 3,
    "events": 2,
    "documents": 2,
    "statements": 2,
    "none": 2,
    "ratings": 2,
    "units": 3,
    "directory": 2,
}


def without_faulty_items(
    source: Source, catalogue: Catalogue, kind: str | None = None
) -> tuple[Submission, list[Fault]]:
    """The submission in ``source`` without its faulty items, and the faults for which they were set aside.

    Raises ``InputError`` with every fault where one concerns the file as a whole (its subject, its period, an unknown key). What
    concerns a person is none of these faults: the guard refuses the file before it is read leniently.
    """
    data, found = source.data, [*source.faults, *_beside(source)]
    # What concerns the file as a whole has something harmless in its place, so that everything else is found too.
    whole = [one for one in found if not _item(one)]
    set_aside = {item for one in found if (item := _item(one))}
    while True:
        kept, origin = _without(data, set_aside)
        try:
            submission = Submission.model_validate(kept) if isinstance(kept, dict) else None
        except ValidationError as error:
            most = MOST_FAULTS if error.error_count() > _MOST_SET_ASIDE else None
            faults = faults_of(error, Submission, kept, _calling(source, origin), most)
        else:
            submission = submission or validate(Submission, source)
            faults = list(submission_faults(submission, catalogue, kind or submission.subject.kind))
            if not faults and whole:
                _refuse(found, source)
            if not faults:
                return submission, found
        faults = [one._replace(path=_original(one.path, origin)) for one in faults]
        items = [_item(one) for one in faults]
        found.extend(faults)
        if not all(items):
            _refuse(found, source)
        set_aside.update(items)


def _beside(source: Source) -> Iterator[Fault]:
    """The faults of type beside those cells of a workbook that could not be read, in the same items."""
    try:
        if source.faults:
            Submission.model_validate(source.data)
    except ValidationError as error:
        for fault in faults_of(error, Submission, source.data, source.called):
            if not any(_related(fault.path, one.path) for one in source.faults):
                yield fault


def _related(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _calling(source: Source, origin: Origin) -> Callable[[Path], str]:
    return lambda path: source.called(_original(path, origin))


def _refuse(faults: Iterable[Fault], source: Source) -> Never:
    places = source.places()
    raise InputError(
        dict.fromkeys(
            Problem(one.code, place_of(one.path, places, source.file), one.what, one.mend) for one in faults
        )
    )


def _item(fault: Fault) -> Path:
    """The path of the item that ``fault`` is in; empty where it is in none."""
    length = _ITEMS.get(str(fault.path[0]), 0) if fault.path else 0
    return fault.path[:length] if len(fault.path) >= length > 0 else ()


def _without(data: Any, set_aside: set[Path]) -> tuple[Any, Origin]:
    # Lists close up over what is left out: ``origin`` says where each item of theirs stood.
    origin: Origin = {}

    def copied(value: Any, path: Path) -> Any:
        if len(path) > 3:
            return value
        if isinstance(value, dict):
            return {
                key: copied(one, (*path, key)) for key, one in value.items() if (*path, key) not in set_aside
            }
        if isinstance(value, list):
            origin[path] = [n for n in range(len(value)) if (*path, n) not in set_aside]
            return [copied(value[n], (*path, n)) for n in origin[path]]
        return value

    return copied(data, ()), origin


def _original(path: Path, origin: Origin) -> Path:
    found: Path = ()
    for part in path:
        places = origin.get(found)
        found = (*found, places[part] if places is not None and isinstance(part, int) else part)
    return found
