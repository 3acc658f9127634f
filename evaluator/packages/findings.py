"""Integrity findings over the files of a package: what a reader of the result must know. None changes a verdict. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evaluator.errors import Words
from evaluator.observation import Observation
from evaluator.packages.records import FileRecord
from evaluator.submission import Submission, natural

# Of the 256 bits of a perceptual hash, how many may differ between photographs that look the same (docs/packages.md).
ALIKE = 24
# How many days a photograph may be older or younger than its event.
MOST_DAYS = 3
OWNERS = {
    "artist": Words("作者", "their author"),
    "camera_owner": Words("相机所有者", "the camera's owner"),
    "copyright": Words("版权", "a copyright holder"),
    "serial_number": Words("设备序列号", "a serial number"),
}


def with_evidence(
    files: Iterable[FileRecord], submission: Submission, found: Mapping[str, str]
) -> tuple[FileRecord, ...]:
    """``files`` in the order of their names, each with the entries that name it; ``found`` is what each name means."""
    named: dict[str, list[str]] = {}
    for _, _, entry in submission.entries():
        for name in entry.files:
            if name in found and entry.id not in named.setdefault(found[name], []):
                named[found[name]].append(entry.id)
    return tuple(
        one._replace(evidence=tuple(sorted(named.get(one.name, ()), key=natural)))
        for one in sorted(files, key=lambda one: one.name)
    )


def file_findings(
    submission: Submission, files: Sequence[FileRecord], found: Mapping[str, str], spare: Iterable[str] = ()
) -> tuple[Observation, ...]:
    """Every finding over ``files`` (with their evidence) of ``submission``; ``spare`` are other files that nothing names."""
    return (
        *_absent(submission, found),
        *_unnamed(files, spare),
        *_shared(submission, files, found),
        *_same_content(files),
        *_alike(files),
        *_days(submission, files),
        *_places(files),
        *_owners(files),
    )


def _absent(submission: Submission, found: Mapping[str, str]) -> Iterator[Observation]:
    missing = [
        (entry.id, name) for _, _, entry in submission.entries() for name in entry.files if name not in found
    ]
    if missing:
        yield Observation(
            "file_absent",
            tuple(dict.fromkeys(one for one, _ in missing)),
            Words(
                "申报写了这些附件，包里没有，或有几个同名而无法确定",
                "files are named that the package lacks or has several of",
            ),
            tuple(dict.fromkeys(name for _, name in missing)),
        )


def _unnamed(files: Iterable[FileRecord], spare: Iterable[str]) -> Iterator[Observation]:
    unnamed = (*spare, *(one.name for one in files if not one.evidence))
    if unnamed:
        words = Words("包里有这些文件，申报没有写到", "files lie in the package that nothing names")
        yield Observation("file_unnamed", (), words, unnamed)


def _shared(
    submission: Submission, files: Iterable[FileRecord], found: Mapping[str, str]
) -> Iterator[Observation]:
    # One name in several events is reported from the form alone.
    events = {one.id: one.files for one in submission.events}
    for file in files:
        names = {
            name: {n for n in events[name] if found.get(n) == file.name}
            for name in file.evidence
            if name in events
        }
        if len(names) > 1 and not set.intersection(*names.values()):
            words = Words("同一附件用于几次活动", "one file is used for several events")
            yield Observation("file_shared", tuple(names), words, (file.name,))


def _same_content(files: Iterable[FileRecord]) -> Iterator[Observation]:
    contents: dict[str, list[FileRecord]] = {}
    for one in files:
        contents.setdefault(one.digest, []).append(one)
    for group in contents.values():
        if len(group) > 1:
            yield _grouped(
                "same_content",
                group,
                Words("同一内容用了不同的文件名", "the same content stands under several names"),
            )


def _alike(files: Sequence[FileRecord]) -> Iterator[Observation]:
    photos = [one for one in files if one.photo is not None and one.photo.likeness is not None]
    hashes = [
        one.photo.likeness for one in photos if one.photo is not None and one.photo.likeness is not None
    ]
    heads = list(range(len(photos)))
    for n, likeness in enumerate(hashes):
        for m in range(n):
            if (likeness ^ hashes[m]).bit_count() <= ALIKE:
                _join(heads, n, m)
    groups: dict[int, list[FileRecord]] = {}
    for n, one in enumerate(photos):
        groups.setdefault(_head(heads, n), []).append(one)
    # That files of one content look the same is no news.
    told = [group for group in groups.values() if len({one.digest for one in group}) > 1]
    for group in told:
        if len({one.evidence for one in group}) > 1:
            words = Words(
                "用于不同佐证的照片看上去是同一张", "photographs for different evidence look the same"
            )
            yield _grouped("similar_photographs", group, words)
    # Several shots of one meeting are no offence: they are listed together.
    bursts = [one for group in told if len({one.evidence for one in group}) == 1 for one in group]
    if bursts:
        words = Words(
            "同一佐证中有看上去相同的照片", "photographs for one piece of evidence that look the same"
        )
        yield _grouped("similar_photographs", bursts, words)


def _head(heads: list[int], n: int) -> int:
    while heads[n] != n:
        n = heads[n]
    return n


def _join(heads: list[int], n: int, m: int) -> None:
    first, second = sorted((_head(heads, n), _head(heads, m)))
    heads[second] = first


def _days(submission: Submission, files: Iterable[FileRecord]) -> Iterator[Observation]:
    dates = {one.id: one.date for one in submission.events}
    for file in files:
        taken = file.photo.taken if file.photo else None
        for name in file.evidence if taken else ():
            apart = abs((taken - dates[name]).days) if taken and name in dates else 0
            if apart > MOST_DAYS:
                words = Words(
                    f"照片拍摄于 {taken}，与活动日期 {dates[name]} 相差 {apart} 天",
                    f"the photograph was taken on {taken}, {apart} days from the event on {dates[name]}",
                )
                yield Observation("photograph_date", (name,), words, (file.name,))


def _places(files: Iterable[FileRecord]) -> Iterator[Observation]:
    placed = [one for one in files if one.photo and one.photo.place]
    if placed:
        words = Words(
            "照片里有拍摄地点，用 duibiao pack 打包时会去除",
            "photographs say where they were taken; duibiao pack takes that out",
        )
        yield _grouped("photograph_place", placed, words)


def _owners(files: Iterable[FileRecord]) -> Iterator[Observation]:
    owned = [one for one in files if one.photo and one.photo.owner]
    if owned:
        fields = sorted({field for one in owned if one.photo for field in one.photo.owner})
        zh = "、".join(OWNERS[field].zh for field in fields)
        en = ", ".join(OWNERS[field].en for field in fields)
        words = Words(
            f"照片里有{zh}信息，用 duibiao pack 打包时会去除",
            f"photographs name {en}; duibiao pack takes that out",
        )
        yield _grouped("photograph_owner", owned, words)


def _grouped(code: str, group: Iterable[FileRecord], words: Words) -> Observation:
    listed = list(group)
    evidence = dict.fromkeys(sorted({name for one in listed for name in one.evidence}, key=natural))
    return Observation(code, tuple(evidence), words, tuple(one.name for one in listed))
