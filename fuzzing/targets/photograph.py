"""Photographs: read in a package, and made smaller when one is packed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from fuzzing import world
from fuzzing.mutating.pictures import mutated
from fuzzing.target import Target, refuse
from fuzzing.targets.package_zip import FORM


def seeds() -> list[bytes]:
    """Both formats, in the modes that cameras and scanners write."""
    return [
        world.photograph(),
        world.photograph("PNG", 1),
        world.photograph("JPEG", 2, progressive=True),
        world.photograph("JPEG", 3, "CMYK"),
        world.photograph("PNG", 4, "P"),
        world.photograph("PNG", 5, "LA"),
        world.photograph("PNG", 6, "1"),
    ]


def reader() -> Callable[[bytes], object]:
    """Examine it as a file of a package, and prepare it for one: smaller, upright, bare."""
    from evaluator.errors import Place, Problem
    from evaluator.loading.examining import examined_whole
    from evaluator.packages.records import FileRecord

    def read(content: bytes) -> None:
        name = "a.png" if content.startswith(b"\x89PNG") else "a.jpg"
        found = examined_whole(name, lambda: BytesIO(content))
        if isinstance(found, list):
            refuse(Problem(one.code, Place(name), one.what, one.mend) for one in found)
            return
        assert isinstance(found[0], FileRecord)
        prepare(name, found[1])

    prepare = _preparing()
    return read


def _preparing() -> Callable[[str, bytes], object]:
    from evaluator.packages import photographs

    def prepare(name: str, content: bytes) -> object:
        for longest, keep in ((32, False), (2000, True)):
            try:
                photographs.prepared(content, longest, 80, keep=keep)
            except Exception:  # noqa: BLE001 - as evaluator.loading.preparing takes it
                photographs.unseen(name)
        return None

    return prepare


def case(folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """The photograph, packed with a form, and the package read."""
    name = "E1_2.png" if content.startswith(b"\x89PNG") else "E1_20260312_1.jpg"
    given = folder / "given"
    given.mkdir()
    (given / "submission.yaml").write_text(FORM, encoding="utf-8")
    (given / name).write_bytes(content)
    rules = ("--rules", str(world.MEAL))
    return (
        ("score", "given", *rules, "--format", "json", "--out", "out"),
        ("pack", "given", "-o", "out.zip", "--photo-size", "400"),
    )


TARGET = Target(seeds, mutated, reader, case)
