"""Evidence packages: a form with photographs, PDF and office files in an archive, or two parts of a set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from fuzzing import world
from fuzzing.choices import Choices
from fuzzing.mutating import archives, markup, pictures, raw, trees
from fuzzing.mutating.archives import Member, packed
from fuzzing.target import Target

FORM = """\
submission: 1
subject: {id: demo-meal-01, name: 示例社区, kind: community}
period: {from: "2026-01-01", to: "2026-12-31"}
events:
  - {id: E1, type: menu_published, date: "2026-03-12", files: [E1_20260312_1.jpg, E1_2.png]}
documents:
  - {id: D1, type: food_safety_rules, title: 制度, issued: "2026-01-08", files: [D1.pdf, D1.docx]}
"""


def _inner(content: bytes, choices: Choices) -> bytes:
    return archives.mutated(content, choices, {"xml": markup.mutated})


_KINDS = {
    "yaml": trees.mutated_yaml,
    "json": trees.mutated_json,
    "jpg": pictures.mutated,
    "png": pictures.mutated,
    "docx": _inner,
    "xlsx": _inner,
    "doc": raw.mutated,
    "pdf": raw.mutated,
}


def _members() -> dict[str, bytes]:
    return {
        "submission.yaml": FORM.encode(),
        "E1_20260312_1.jpg": world.photograph(),
        "E1_2.png": world.photograph("PNG", 1),
        "D1.pdf": world.PDF,
        "D1.docx": world.office(),
        "旧件.doc": world.compound(),
    }


def archive(members: dict[str, bytes]) -> bytes:
    """An archive of these members."""
    return packed([Member(name.encode(), content, 8) for name, content in members.items()])


def seeds() -> list[bytes]:
    """A package packed by hand, and one as ``pack`` makes it, with its manifest."""
    return [archive(_members()), archive({**_members(), "manifest.json": _manifest()})]


def _manifest() -> bytes:
    from evaluator.digests import submission_digest
    from evaluator.loading.examining import record_of
    from evaluator.loading.submissions import submission_in
    from evaluator.packages.manifest import Entry, FileEntry, Manifest, Submitted, written
    from evaluator.packages.records import FileRecord

    form = submission_in(FORM.encode(), "submission.yaml", world.meal().catalogue)
    found = {
        name: record_of(name, content) for name, content in _members().items() if name != "submission.yaml"
    }
    files = [
        FileEntry(name=one.name, digest=one.digest, size=one.size, type=one.type)
        for one in found.values()
        if isinstance(one, FileRecord)
    ]
    whose = Submitted(digest=submission_digest(form), subject=form.subject.id, period=form.period)
    digest = f"sha256:{sha256(FORM.encode()).hexdigest()}"
    own = Entry(name="submission.yaml", digest=digest, size=len(FORM.encode()))
    return written(Manifest(manifest=1, submission=whose, forms=(own,), files=tuple(files)))


def mutated(content: bytes, choices: Choices) -> bytes:
    """A package with one to three changes of its members, or of its records."""
    return archives.mutated(
        content,
        choices,
        _KINDS,
        (world.PDF, world.photograph(), world.office("xlsx"), world.compound(), FORM.encode()),
    )


def reader() -> Callable[[bytes], object]:
    """Receive it, with everything in it."""
    from evaluator.loading import receive

    catalogue, path = world.meal().catalogue, world.scratch() / "package.zip"

    def read(content: bytes) -> None:
        path.write_bytes(content)
        receive(path, catalogue, lenient=len(content) % 4 == 0)

    return read


def case(folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """The package alone, as the first of two parts, and as it is taken in."""
    (folder / "one.zip").write_bytes(content)
    (folder / "all-1.zip").write_bytes(content)
    (folder / "all-2.zip").write_bytes(seeds()[0])
    (folder / "sent").mkdir()
    (folder / "sent" / "one.zip").write_bytes(content)
    given = ("--rules", str(world.MEAL))
    return (
        ("score", "one.zip", *given, "--format", "json,html", "--out", "out"),
        ("inspect", "all-1.zip", "--lang", "en"),
        ("intake", "sent", *given, "--out", "ledger.xlsx"),
    )


TARGET = Target(seeds, mutated, reader, case)
