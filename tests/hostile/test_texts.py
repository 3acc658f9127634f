"""No text may look other than it is on a scorecard: what would disguise it is refused where texts are read, in every field."""

from __future__ import annotations

import copy
import importlib
import json
import pkgutil
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

import evaluator
from evaluator.assessment_parts import Read
from evaluator.characters import disguise_in, is_plain, visible
from evaluator.entries import Entry
from evaluator.errors import SubmissionError
from evaluator.loading import read_line, shared_catalogue
from evaluator.model import Model, clean_text
from tests.evaluator.test_fast_lane import WHOLE
from tests.hostile.characters import DISGUISES, HONEST


@pytest.mark.parametrize("name", DISGUISES)
def test_what_disguises_a_text_is_named_by_its_code_point(name: str) -> None:
    text, called = DISGUISES[name]
    found = disguise_in(text)
    assert found is not None
    assert found.called == called
    assert text[found.at] == found.character


@pytest.mark.parametrize("text", HONEST)
def test_what_people_write_passes_as_it_is(text: str) -> None:
    assert disguise_in(text) is None
    assert clean_text(text) == unicodedata.normalize("NFC", text).strip()
    assert visible(text) == text


def test_of_all_characters_none_passes_unseen_that_is_drawn_as_nothing() -> None:
    """Category by category over all of Unicode: controls, formats, surrogates, private ones, separators of lines."""
    unseen = [
        chr(n)
        for n in range(0x110000)
        if unicodedata.category(chr(n)) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
    ]
    passed = {one for one in unseen if disguise_in(f"翠{one}湖") is None}
    assert passed == {"\t", "\n"}
    marks = [chr(n) for n in range(0x110000) if unicodedata.category(chr(n))[0] == "M"]
    assert {one for one in marks if disguise_in(f"翠{one}湖") is None} == set()
    assert not any(map(is_plain, (*unseen, *marks)))


def test_of_all_ideographs_every_one_passes() -> None:
    planes = (*range(0x3400, 0xA000), *range(0x20000, 0x3FFFE))
    assert all(is_plain(chr(n)) for n in planes if n & 0xFFFE != 0xFFFE)


def written_models() -> list[type[Model]]:
    """Every model of a file that people write; those of an assessment are read back, and looked at as a whole."""

    for module in pkgutil.walk_packages(evaluator.__path__, "evaluator."):
        importlib.import_module(module.name)

    def below(one: type[Model]) -> Iterator[type[Model]]:
        for sub in one.__subclasses__():
            # Other tests of this process may have made models of their own.
            if not sub.__module__.startswith("tests."):
                yield sub
            yield from below(sub)

    known = {one for one in below(Model) if not issubclass(one, Read) and not one.__name__.startswith("_")}
    return sorted(known, key=lambda one: (one.__module__, one.__name__))


def leaves(annotation: Any, metadata: tuple[Any, ...] = ()) -> Iterator[Any]:
    """The types of texts in ``annotation``, each with what restricts it."""
    if isinstance(annotation, FieldInfo):
        yield from leaves(annotation.annotation, tuple(annotation.metadata))
    elif get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        yield from leaves(inner, (*more, *metadata))
    elif annotation is str or annotation is Any:
        yield Annotated[annotation, *metadata] if metadata else annotation
    elif get_origin(annotation) is not None:
        for one in get_args(annotation):
            yield from leaves(one)


@pytest.fixture(scope="module")
def models() -> dict[str, type[Model]]:
    """The models by their names."""
    return {f"{one.__module__.removeprefix('evaluator.')}.{one.__name__}": one for one in written_models()}


def test_every_text_field_of_every_file_refuses_them(models: dict[str, type[Model]]) -> None:
    """A field that is added to any model is looked at here without being listed."""
    for name, model in models.items():
        for key, field in model.model_fields.items():
            for leaf in leaves(field):
                adapter = TypeAdapter(leaf)
                for text, _ in DISGUISES.values():
                    assert is_refused(adapter, text), (name, key, text)


def is_refused(adapter: TypeAdapter[Any], text: str) -> bool:
    """Whether a field does not take ``text``."""
    try:
        adapter.validate_python(text)
    except ValidationError:
        return True
    return False


def test_the_models_that_are_looked_at_are_those_of_all_files(models: dict[str, type[Model]]) -> None:
    files = ("submission.Submission", "review.Review", "ruleset.Ruleset", "ruleset.Clauses", "cases.CaseFile")
    others = (
        "catalogue.CatalogueFile",
        "versions.Versions",
        "tracing.pins.Trace",
        "bundles.manifest.Manifest",
    )
    assert {*files, *others, "packages.manifest.Manifest"} <= models.keys()
    assert all(entry.form in models.values() for entry in Entry.__subclasses__())
    texts = [
        name for name, one in models.items() for field in one.model_fields.values() for _ in leaves(field)
    ]
    assert len(texts) > 150


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in ``data`` the texts stand that are not keys."""
    if isinstance(data, str):
        yield path
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, (*path, key))


@pytest.mark.parametrize("place", list(places(WHOLE)), ids=lambda place: ".".join(map(str, place)))
@pytest.mark.parametrize("character", ["\u00ad", "\u3164", "\u0338", "\u05d0"])
def test_no_lane_lets_one_into_any_text_of_a_submission(place: tuple[Any, ...], character: str) -> None:
    """The fast lane and the careful reader both: nothing that WHOLE holds is read with it."""
    data = copy.deepcopy(WHOLE)
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] += character
    with pytest.raises(SubmissionError):
        read_line(json.dumps(data, ensure_ascii=False).encode(), "all.jsonl", shared_catalogue(), 1)
