"""The files that came with a submission: each with the first digits of its digest, and the files that a problem speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards.digests import algorithm_name, short_digest
from scorecards.model import Cell, Passage, cell, number, row, table
from scorecards.wording import Json, Line, Wording

_DIGITS = 8
# A row that is longer than a page could not be printed well.
_MOST_IN_ROW = 24
# A problem names so many files; the assessment has them all.
_MOST = 12


def unchecked(assessment: Json, say: Wording) -> Iterator[Line]:
    """That the files named were not sent with the submission, once."""
    named = any(item["files"] for item in assessment["evidence"])
    if named and assessment["submission"].get("files") is None:
        yield Line(
            say(
                "佐证文件未随申报提交，未核对。",
                "The files were not sent with the submission and have not been checked.",
            )
        )


def attachments(assessment: Json, say: Wording) -> Iterator[Passage]:
    """The list of files, a row for each set of evidence that they belong to."""
    files = assessment["submission"].get("files")
    if not files:
        return
    rows: dict[tuple[str, ...], list[Json]] = {}
    for file in files:
        rows.setdefault(tuple(file["evidence"]), []).append(file)
    order = {item["id"]: position for position, item in enumerate(assessment["evidence"])}
    sorted_rows = sorted(
        rows.items(), key=lambda one: [order.get(name, -1) for name in one[0]] or [len(order)]
    )
    count, size = len(files), _megabytes(sum(file["size"] for file in files))
    algorithm = algorithm_name(files[0]["digest"])
    sentence = say(
        f"共 {count} 个文件，{size}。校验码为 {algorithm} 的前 {_DIGITS} 位，全文见评估结果文件。",
        f"{count} files, {size}. Of each {algorithm} digest the first {_DIGITS} digits; the assessment file has them whole.",
    )
    heads = (say("佐证", "Evidence"), say("文件（校验码）", "File (digest)"), say("个数", "Files"))
    listed = table(
        "attachments",
        heads,
        (
            row(
                say.submitted(say.join(names) or say("未写入申报", "named by nothing")),
                _files(few, say),
                number(str(len(few))),
            )
            for names, own in sorted_rows
            for few in (own[start : start + _MOST_IN_ROW] for start in range(0, len(own), _MOST_IN_ROW))
        ),
        widths=(16, 77, 7),
    )
    yield Passage(say("附件", "Files"), (Line(sentence),), listed)


def _files(files: list[Json], say: Wording) -> Cell:
    shown = (
        say.submitted(
            file["name"] + say("（", " (") + short_digest(file["digest"], _DIGITS) + say("）", ")")
        ).text
        for file in files
    )
    return cell(say.submitted(say.semicolon.join(shown)))


def _megabytes(size: int) -> str:
    whole, tenth = divmod(size * 10 // 1024**2, 10)
    return f"{whole}.{tenth} MB" if size >= 1024**2 else f"{max(1, size // 1024)} KB"


def files_of(problem: Json, say: Wording) -> Iterator[Line]:
    """The files that a problem speaks of."""
    names = problem.get("files") or []
    if names:
        more = len(names) - _MOST
        shown = say.join(names[:_MOST])
        if more > 0:
            shown += say(f" 等 {len(names)} 个", f" and {more} more")
        yield say.submitted(shown)
    elif not problem["evidence"]:
        yield Line("—")
