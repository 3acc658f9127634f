"""The scorecards of a batch: each made from its assessment by itself, so that what is made is not made again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple

import orjson

from evaluator.assessment_document import VERSION
from evaluator.errors import Place, Problem, Words
from evaluator.loading.batch.ledger import Ledger
from evaluator.loading.batch.merging import Good, in_order
from evaluator.loading.batch.store import Store, written
from evaluator.loading.files import contents, refused
from evaluator.loading.workers import JobLost, Workers
from evaluator.packages.names import shown
from evaluator.persons import echo

FOLDER = "scorecards"


class Chosen(NamedTuple):
    """The subjects that a file lists, each with its line."""

    path: Path
    lines: Mapping[str, int]


Wanted = Literal["all", "none", "failed"] | Chosen


class Card(NamedTuple):
    """A scorecard to be made: its file's name but for the ending, whose assessment it shows, and that assessment."""

    name: str
    subject: str
    digest: str
    document: bytes


class Printed(NamedTuple):
    """A scorecard in one format; ``problem`` says why it could not be made, where it could not."""

    name: str
    kind: str
    key: str
    content: bytes
    problem: Problem | None = None


class Sheet(NamedTuple):
    """One file to be made."""

    name: str
    kind: str
    key: str
    document: bytes


def chosen_in(path: Path) -> Chosen:
    """The subjects that a text file lists, one a line, each with its line; raises ``InputError`` where it cannot be read."""
    if not path.exists():
        mend = Words(
            "写 all、none、failed，或名单文件的路径", "write all, none, failed, or the path of a list"
        )
        raise refused(path, "no_file", "找不到文件", "there is no such file", mend)
    text = contents(path, "largest_submission").decode("utf-8-sig", errors="replace")
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        name = line.partition("#")[0].strip()
        if name:
            found.setdefault(name, number)
    return Chosen(path, found)


def unknown_subjects(chosen: Chosen, assessed: Collection[str]) -> Iterator[Problem]:
    """Each subject of a list that was not ``assessed``."""
    for name, number in chosen.lines.items():
        if name not in assessed:
            zh = f"没有评过的单位：{echo(name)}"
            en = f"no assessment of this subject: {echo(name)}"
            mend = Words(
                "核对标识；未评的见 refused.json", "check the id; see refused.json for those refused"
            )
            yield Problem("unknown_subject", Place(shown(chosen.path), number), Words(zh, en), mend)


class Cards:
    """The scorecards of a batch, in ``kinds`` of format; ``options`` are what else decides how they look."""

    def __init__(self, store: Store, kinds: tuple[str, ...], options: str) -> None:
        self.folder = store.folder / FOLDER
        self._log = store.work / "scorecards.jsonl"
        self.kinds, self.options = kinds, options
        self.made = self._read()

    def _read(self) -> dict[str, tuple[str, int]]:
        """What was made: by file name, from what, and how long it is; the last line may be half written."""
        found: dict[str, tuple[str, int]] = {}
        if self._log.is_file():
            for line in self._log.read_bytes().splitlines():
                with suppress(ValueError, TypeError):
                    name, key, size = orjson.loads(line)
                    # Only what lies in the folder of the scorecards is ever thrown away.
                    if isinstance(name, str) and Path(name).name == name and isinstance(size, int):
                        found[name] = str(key), size
        return found

    def key(self, card: Card, kind: str) -> str:
        """What a scorecard is made from."""
        stated = f"{hashlib.sha256(card.document).hexdigest()} {kind} {self.options} {VERSION}"
        return hashlib.sha256(stated.encode()).hexdigest()[:32]

    def is_there(self, name: str, key: str) -> bool:
        """Whether this very scorecard was made and is still there."""
        if name not in self.made or self.made[name][0] != key:
            return False
        try:
            return (self.folder / name).stat().st_size == self.made[name][1]
        except OSError:
            return False

    def make(
        self,
        workers: Workers,
        make: Callable[..., Callable[[Sheet], Printed]],
        arguments: tuple[Any, ...],
        cards: Iterable[Card],
    ) -> Iterator[Printed | None]:
        """Each scorecard that is written, None for one that was there; then those that are no longer wanted go."""
        self.folder.mkdir(exist_ok=True)
        self._clear()
        wanted: dict[str, tuple[str, int]] = {}
        there = 0

        def missing() -> Iterator[Sheet]:
            nonlocal there
            for card in cards:
                for kind in self.kinds:
                    name, key = f"{card.name}.{kind}", self.key(card, kind)
                    if self.is_there(name, key):
                        wanted[name] = self.made[name]
                        there += 1
                    else:
                        yield Sheet(card.name, kind, key, card.document)

        with self._log.open("ab") as log:
            # The last line may be half written.
            log.write(b"\n")
            for done in workers.run(make, arguments, missing()):
                yield from [None] * there
                there = 0
                one = _lost(done.job) if isinstance(done, JobLost) else done
                if one.problem is None:
                    name = f"{one.name}.{one.kind}"
                    # Killed between the two, the next run knows that the file is its own.
                    log.write(orjson.dumps([name, "", 0]) + b"\n")
                    log.flush()
                    written(self.folder / name, one.content)
                    wanted[name] = one.key, len(one.content)
                    log.write(orjson.dumps([name, *wanted[name]]) + b"\n")
                    log.flush()
                yield one
        yield from [None] * there
        self._keep(wanted)

    def _clear(self) -> None:
        for left in self.folder.glob("*.tmp"):
            left.unlink()

    def _keep(self, wanted: Mapping[str, tuple[str, int]]) -> None:
        for name in self.made:
            if name not in wanted:
                (self.folder / name).unlink(missing_ok=True)
        self.made = dict(wanted)
        lines = (orjson.dumps([name, *one]) + b"\n" for name, one in sorted(wanted.items()))
        written(self._log, b"".join(lines))

    def drop(self) -> None:
        """No scorecards are wanted: those that were made go."""
        self._clear()
        self._keep({})
        with suppress(OSError):
            self.folder.rmdir()


def _lost(sheet: Sheet) -> Printed:
    return not_printed(sheet, Words("程序异常终止", "the program was ended"))


def not_printed(sheet: Sheet, why: Words) -> Printed:
    """A scorecard that could not be made, and why."""
    what = Words(f"评分表没有生成：{why.zh}", f"the scorecard could not be made: {why.en}")
    mend = Words("请报告这个问题；再运行 --resume 会重试", "please report it; --resume tries it again")
    problem = Problem("no_scorecard", Place(f"{FOLDER}/{sheet.name}.{sheet.kind}"), what, mend)
    return Printed(sheet.name, sheet.kind, sheet.key, b"", problem)


def cards_of(store: Store, ledger: Ledger, wanted: Wanted) -> Iterator[Card]:
    """The scorecards that are ``wanted``, in the order of the source.

    A subject that is assessed for several periods has each in its names.
    """
    several = _of_several_periods(store, ledger)
    for one in in_order(store, ledger):
        if not isinstance(one, Good):
            continue
        columns = ("subject", "period_from", "period_to", "accepted", "assessment_digest", "document")
        rows = zip(*(one.rows.column(name) for name in columns), strict=True)
        for subject, begun, ended, accepted, digest, document in rows:
            name = subject.as_py()
            if _is_wanted(wanted, name, accepted.as_py()):
                stem = f"{name}.{begun.as_py()}_{ended.as_py()}" if name in several else name
                yield Card(stem, name, digest.as_py(), document.as_py())


def _is_wanted(wanted: Wanted, subject: str, accepted: bool | None) -> bool:
    if isinstance(wanted, str):
        return wanted == "all" or (wanted == "failed" and accepted is False)
    return subject in wanted.lines


def _of_several_periods(store: Store, ledger: Ledger) -> frozenset[str]:
    counted = Counter(
        subject.as_py()
        for one in in_order(store, ledger)
        if isinstance(one, Good)
        for subject in one.rows.column("subject")
    )
    return frozenset(name for name, count in counted.items() if count > 1)
