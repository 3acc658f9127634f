"""Assessments read back from JSON: by ``compare``, and wherever an earlier result is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fuzzing import world
from fuzzing.choices import Choices
from fuzzing.mutating.trees import mutated_json
from fuzzing.target import Target, refuse


def seeds() -> list[bytes]:
    """The assessment of a small submission under the small ruleset."""
    from evaluator.json_text import json_bytes

    return [json_bytes(_sound())]


def _sound() -> dict[str, Any]:
    from evaluator.assessment import assess

    return assess(world.books().ruleset, world.books().catalogue, world.book_submission()).document


def signed(document: dict[str, Any]) -> dict[str, Any]:
    """``document`` with the digest that it would have."""
    from evaluator.canonical import digest

    return {**document, "digest": digest({key: value for key, value in document.items() if key != "digest"})}


def mutated(content: bytes, choices: Choices) -> bytes:
    """A changed assessment; mostly with the digest that it then has, so that more than the digest is looked at."""
    import json

    made = mutated_json(content, choices)
    if choices.one_in(4):
        return made
    try:
        from evaluator.json_text import json_bytes

        found = json.loads(made)
        return json_bytes(signed(found)) if isinstance(found, dict) else made
    except Exception:  # noqa: BLE001 - what has no digest is given as it is
        return made


def reader() -> Callable[[bytes], object]:
    """Read it and compare it with the sound one, both ways."""
    from evaluator.comparing import compare, incomparable
    from evaluator.errors import Place, Problem
    from evaluator.loading import load_assessment
    from scorecards import as_text
    from scorecards.comparison import comparison_report

    path, sound = world.scratch() / "assessment.json", _sound()

    def read(content: bytes) -> None:
        path.write_bytes(content)
        found = load_assessment(path)
        refused = incomparable(sound, found, different_subjects=True)
        refuse(Problem(code, Place("x"), what, mend) for code, what, mend in refused)
        as_text(comparison_report(compare(sound, found)))

    return read


def case(folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """The assessment, compared with a sound one, and superseded."""
    from evaluator.json_text import json_bytes

    (folder / "given.json").write_bytes(content)
    (folder / "sound.json").write_bytes(json_bytes(_sound()))
    given = (str(world.MEAL / "submission.yaml"), "--rules", str(world.MEAL))
    return (
        ("compare", "given.json", "sound.json", "--different-subjects"),
        ("compare", "sound.json", "given.json", "--format", "json,html", "--out", "out", "--lang", "en"),
        ("score", *given, "--supersedes", "given.json", "--format", "json", "--out", "out"),
    )


TARGET = Target(seeds, mutated, reader, case)
