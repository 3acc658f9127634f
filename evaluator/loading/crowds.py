"""Many submissions at once: found in folders, read one by one, judged on several processors; a bad one never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading.arrivals import LEFTOVERS
from evaluator.loading.files import is_folder, refused
from evaluator.loading.packages import FORMS, STEMS
from evaluator.loading.submissions import receive
from evaluator.loading.workers import JobLost, Pool, processors
from evaluator.model import SUBJECTS
from evaluator.packages.names import shown
from evaluator.submission import Submission, natural

# Below so many a second process costs more than it saves.
_WORTH_A_POOL = 100
_CHUNK = 25


class Found(NamedTuple):
    """Where submissions lie, in the natural order of their names, and how many files beside them are none."""

    paths: tuple[Path, ...]
    ignored: int


class Crowd(NamedTuple):
    """How to judge each of a crowd: ``make`` makes the judging function from ``arguments``, once in each process.

    ``catalogue`` is what submissions are read with, ``kinds`` are the kinds of subject that can be judged.
    """

    make: Callable[..., Callable[[Submission], Any]]
    arguments: tuple[Any, ...]
    catalogue: Catalogue
    kinds: tuple[str, ...]


class Judged(NamedTuple):
    """One of a crowd: its key (subject and period) and result, or None and every problem of it."""

    path: Path
    key: tuple[str, str]
    result: Any
    problems: tuple[Problem, ...] = ()


def _never(_path: Path) -> bool:
    return False


def submissions_in(
    paths: Iterable[Path], also: tuple[str, ...] = (), whole: Callable[[Path], bool] = _never
) -> Found:
    """The submissions in files, packages, and folders of them; raises ``InputError`` for a path where nothing is.

    ``also`` are the endings of other files in a folder that hold some; a folder that is ``whole`` is not looked into.
    """
    found: dict[Path, None] = {}
    ignored = 0
    for path in paths:
        if is_folder(path) and not (whole(path) or _is_package(path)):
            inside, others = _inside(path, also, whole)
            found.update(dict.fromkeys(inside))
            ignored += others
            if not inside:
                raise refused(path, "no_submission", "文件夹里没有申报", "the folder holds no submission")
        else:
            found[path] = None
    return Found(tuple(found), ignored)


def _inside(folder: Path, also: tuple[str, ...], whole: Callable[[Path], bool]) -> tuple[list[Path], int]:
    try:
        entries = sorted(folder.iterdir(), key=lambda one: natural(one.name))
    except OSError:
        raise refused(folder, "unreadable", "文件夹读不出来", "the folder cannot be read") from None
    found: list[Path] = []
    ignored = 0
    for path in entries:
        if LEFTOVERS.fullmatch(path.name) or path.is_symlink():
            continue
        if path.is_dir() and not (whole(path) or _is_package(path)):
            inside, others = _inside(path, also, whole)
            found.extend(inside)
            ignored += others
        elif path.is_dir() or path.suffix.lower() in (*FORMS, ".zip", *also):
            found.append(path)
        else:
            ignored += 1
    return found, ignored


def _is_package(folder: Path) -> bool:
    """Whether a folder is one submission with its files: a form that is called so, or the only form beside its evidence."""
    try:
        files = [one for one in folder.iterdir() if one.is_file() and not LEFTOVERS.fullmatch(one.name)]
    except OSError:
        return False
    forms = [one for one in files if one.suffix.lower() in FORMS]
    if any(one.stem.casefold() in STEMS for one in forms):
        return True
    return len(forms) == 1 and len(files) > 1


def judged(paths: Iterable[Path], crowd: Crowd, jobs: int | None = None) -> Iterator[Judged]:
    """Each of ``paths`` judged, in their order; ``jobs`` processes, by default as many as there are processors."""
    listed = list(paths)
    workers = min(jobs or processors(), -(-len(listed) // _CHUNK))
    if workers < 2 or (jobs is None and len(listed) < _WORTH_A_POOL):
        worker = _Worker(crowd)
        yield from (worker.judge(path) for path in listed)
        return
    yield from _together(listed, crowd, workers)


def _together(listed: list[Path], crowd: Crowd, workers: int) -> Iterator[Judged]:
    """Each of ``listed``, in their order, by so many processes; one that ends its process ends nothing else."""
    lots = {n: listed[n : n + _CHUNK] for n in range(0, len(listed), _CHUNK)}
    done: dict[int, list[Judged]] = {}
    told = iter(lots)
    following = next(told)
    for found in Pool(workers).run(_make_lots, (crowd,), lots.items()):
        if isinstance(found, JobLost):
            number, paths = found.job
            done[number] = _one_by_one(paths, crowd)
        else:
            done.update([found])
        while following in done:
            yield from done.pop(following)
            following = next(told, -1)


def _one_by_one(paths: list[Path], crowd: Crowd) -> list[Judged]:
    found: dict[Path, Judged] = {}
    for one in Pool(1).run(_make_one, (crowd,), paths):
        judged_ = _ended(one.job) if isinstance(one, JobLost) else one
        found[judged_.path] = judged_
    return [found[path] for path in paths]


def _ended(path: Path) -> Judged:
    what = Words("程序处理这份时意外结束", "the program ended on it")
    mend = Words("请报告这个问题", "please report it")
    return Judged(path, ("", ""), None, (Problem("program_error", Place(shown(path)), what, mend),))


class _Worker:
    def __init__(self, crowd: Crowd) -> None:
        self.crowd, self.judging = crowd, crowd.make(*crowd.arguments)

    def judge(self, path: Path) -> Judged:
        try:
            submission = receive(path, self.crowd.catalogue).submission
        except InputError as error:
            return Judged(path, ("", ""), None, error.problems)
        except OSError:
            problems = refused(path, "unreadable", "文件读不出来", "the file cannot be read").problems
            return Judged(path, ("", ""), None, problems)
        kind = submission.subject.kind
        if kind not in self.crowd.kinds:
            what = Words(f"规则不评估{SUBJECTS[kind].zh}", f"the rules are for no {SUBJECTS[kind].en}")
            return Judged(path, ("", ""), None, (Problem("other_subject", Place(shown(path)), what),))
        period = submission.period
        key = submission.subject.id, f"{period.from_}/{period.to}"
        return Judged(path, key, self.judging(submission))


def _make_one(crowd: Crowd) -> Callable[[Path], Judged]:
    return _Worker(crowd).judge


def _make_lots(crowd: Crowd) -> Callable[[tuple[int, list[Path]]], tuple[int, list[Judged]]]:
    judge = _Worker(crowd).judge
    return lambda lot: (lot[0], [judge(path) for path in lot[1]])
