"""Where a submission comes from: a form beside others, a folder or an archive with the files that it names.

Nothing is ever unpacked to the disk; the content of a member is read in bounded chunks, two members at a time.
"""

from __future__ import annotations

import posixpath
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Self, TypeVar

from evaluator.algorithms import Algorithm, algorithm_of
from evaluator.errors import Fault, InputError, Problem, Words
from evaluator.loading.examining import examined, read_through
from evaluator.loading.files import TEXTS, Largest, contents, is_folder, refused
from evaluator.loading.members import BROKEN, Member
from evaluator.loading.parts import listed, member_bytes, part_name, placed
from evaluator.packages.manifest import CATALOGUES, NAME, Manifest, dated, differences
from evaluator.packages.names import shown
from evaluator.packages.records import FileRecord, Limits, key_of, package_limits

T = TypeVar("T")
R = TypeVar("R")

FORMS = (*TEXTS, ".xlsx")
STEMS = ("submission", "form", "申报表")
# Decoding photographs leaves the interpreter free: two at a time use two cores.
_WORKERS = 2
_ONE_FORM = Words(
    "最上层只放一份申报表，命名为 submission.yaml、submission.json 或 submission.xlsx",
    "put one form at the top, called submission.yaml, submission.json or submission.xlsx",
)


class Form(NamedTuple):
    """A form: its name, whose ending says how it is written, and how messages call it.

    ``read`` gives its bytes, of at most so many; it raises ``InputError``.
    """

    name: str
    shown: str
    read: Callable[[Largest], bytes]


class ExaminedFiles(NamedTuple):
    """The files of a package in the order of their names, and why any is refused."""

    files: tuple[FileRecord, ...]
    problems: tuple[Problem, ...]


class Alone:
    """A form without its files; what it includes lies beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts = (path,)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        """Nothing is open."""

    def form(self) -> Form:
        """The form; raises ``InputError``."""
        return _form_at(self.path)

    def included(self, name: str) -> Form:
        """Another form, named from this one's folder; raises ``InputError``."""
        return _form_at(self.path.parent / name)


def _form_at(path: Path) -> Form:
    if is_folder(path):
        raise refused(path, "no_file", "这是文件夹，不是文件", "this is a folder, not a file")
    return Form(path.name, shown(path), lambda largest: contents(path, largest))


class Package:
    """A folder, or a zip archive with the other parts of its set, whose members are harmless by name and size.

    Raises ``InputError`` with every fault of that. It is a context manager, which closes the archives. ``algorithm`` is that of
    the digests that its files get; what a manifest says is compared in the manifest's own.
    """

    def __init__(self, path: Path, limits: Limits | None = None, algorithm: Algorithm = "sha256") -> None:
        self.path, self.limits, self.algorithm = path, limits or package_limits(), algorithm
        self._open = ExitStack()
        self._included: set[str] = set()
        self._examined: ExaminedFiles | None = None
        with ExitStack() as stack:
            self.members, self.manifest, self.parts = listed(path, self.limits, stack)
            self._open = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._open.close()

    def form_name(self) -> str:
        """The name of the one form at the top; raises ``InputError`` where there is none, or several."""
        tops = [name for name in self.members if _may_be_form(name)]
        named = [name for name in tops if name.rpartition(".")[0].casefold() in STEMS]
        # Other workbooks are evidence, other texts never are.
        found = named or [name for name in tops if name.lower().endswith(TEXTS)]
        if not found:
            raise refused(self.path, "no_form", "里面没有申报表", "there is no form in it", _ONE_FORM)
        if len(found) > 1:
            names = sorted(shown(name) for name in found)
            zh, en = f"有几份申报表：{'、'.join(names)}", f"several forms: {', '.join(names)}"
            raise refused(self.path, "several_forms", zh, en, _ONE_FORM)
        return found[0]

    def form(self) -> Form:
        """The form; raises ``InputError``."""
        return self._form(self.form_name())

    def included(self, name: str) -> Form:
        """Another form of this package, named from its top; raises ``InputError``."""
        inside = posixpath.normpath(name)
        if inside.startswith(".."):
            place = f"{self.path}/{self.form_name()}"
            mend = Words("把被引用的文件放进来", "put the included file in")
            raise refused(
                place, "include_outside", "includes 指向包外", "includes points outside the package", mend
            )
        found = next((one for one in self.members if key_of(one) == key_of(inside)), None)
        if found is None:
            raise refused(f"{self.path}/{inside}", "no_file", "找不到文件", "there is no such file")
        self._included.add(found)
        return self._form(found)

    def _form(self, name: str) -> Form:
        member = self.members[name]
        return Form(
            name,
            f"{shown(self.path)}/{shown(name)}",
            lambda largest: member_bytes(member, shown(self.path), largest),
        )

    def holds(self, name: str) -> bool:
        """Whether there is a file of that name, or one that some systems hold for it."""
        return key_of(name) in {key_of(one) for one in self.members}

    def evidence(self) -> list[Member]:
        """The files that may prove something: neither forms nor the manifest nor the printed catalogue."""
        aside = {self.form_name(), NAME, *CATALOGUES}
        members = sorted(self.members.items())
        return [member for name, member in members if name not in aside and not name.lower().endswith(TEXTS)]

    def spare_forms(self) -> tuple[str, ...]:
        """Texts that are neither the form nor included by it, once it has been read."""
        known = {self.form_name(), NAME, *self._included}
        return tuple(
            sorted(name for name in self.members if name.lower().endswith(TEXTS) and name not in known)
        )

    def examined(self) -> ExaminedFiles:
        """The files that may prove something, and why any is refused or not what the manifest says."""
        if self._examined is None:
            files: list[FileRecord] = []
            faults: list[Fault] = []
            for found in in_order(
                lambda one: examined(one.name, one.open, self.limits, self.algorithm), self.evidence()
            ):
                if isinstance(found, FileRecord):
                    files.append(found)
                else:
                    faults.extend(found)
            if self.manifest is not None:
                known = {str(fault.path[0]) for fault in faults}
                wrong = [
                    one
                    for one in differences(self.manifest, self._digests(files, known, self.manifest))
                    if one.path[0] not in known
                ]
                faults.extend(wrong)
                differing = {fault.path[0] for fault in wrong}
                files = [dated(one, self.manifest) for one in files if one.name not in differing]
            self._examined = ExaminedFiles(tuple(files), tuple(placed(faults, shown(self.path))))
        return self._examined

    def _digests(
        self, files: Iterable[FileRecord], known: set[str], manifest: Manifest
    ) -> dict[str, tuple[str, int]]:
        """The digest and size of every member but the manifest, each in the algorithm that the manifest names for it.

        Of those that are ``known`` to be refused nothing is read.
        """
        algorithms = {one.name: algorithm_of(one.digest) for one in manifest.entries()}
        found = {
            one.name: (one.digest, one.size)
            for one in files
            if algorithms.get(one.name, self.algorithm) == self.algorithm
        }
        for name, member in self.members.items():
            if name not in found and name not in known and name != NAME:
                try:
                    with member.open() as stream:
                        read_whole = read_through(
                            stream, self.limits.file, algorithms.get(name, self.algorithm)
                        )
                    found[name] = (read_whole.digest, read_whole.size)
                except BROKEN:
                    found[name] = ("", 0)
        return found


def _may_be_form(name: str) -> bool:
    return "/" not in name and name.lower().endswith(FORMS) and name not in (NAME, *CATALOGUES)


def opened(
    path: Path | str, limits: Limits | None = None, algorithm: Algorithm = "sha256"
) -> Alone | Package:
    """Where the submission at ``path`` comes from; raises ``InputError`` where a package cannot be opened.

    ``algorithm`` is that of its files' digests.
    """
    path = Path(path)
    if is_folder(path):
        return Package(path, limits, algorithm)
    if path.suffix.lower() == ".zip":
        if not _is_file(path):
            raise _absent(path)
        return Package(path, limits, algorithm)
    if not path.suffix and not _is_there(path):
        raise _absent(path)
    return Alone(path)


def _is_there(path: Path) -> bool:
    """Whether there is something at ``path``; a name that cannot be one is none."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    # A pipe would be waited for.
    return _is_there(path) and path.is_file()


def _absent(path: Path) -> InputError:
    first = part_name(path, 1)
    mend = Words(f"是否想用 {first.name}", f"did you mean {first.name}?") if _is_file(first) else None
    return refused(path, "no_file", "找不到文件", "there is no such file", mend)


def in_order(work: Callable[[T], R], given: Iterable[T]) -> Iterator[R]:
    """``work`` done on what is ``given``, two at a time, in its order; few results wait at once."""
    with ThreadPoolExecutor(_WORKERS) as pool:
        waiting: deque[Future[R]] = deque()
        try:
            for one in given:
                waiting.append(pool.submit(work, one))
                if len(waiting) > _WORKERS:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
