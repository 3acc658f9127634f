"""佐证材料目录: the printed list of what a package holds, evidence by evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scorecards.digests import algorithm_name, short_digest
from scorecards.model import Fact, Part, Report, Row, cell, number, row, table
from scorecards.wording import Json, Language, Line, Wording

_DIGITS = 12


def materials(submission: Json, items: Sequence[Json], lang: Language = "zh") -> Report:
    """The list of ``items``: each ``{"id", "label", "title", "date", "files": [{"name", "digest"}]}``.

    ``submission`` is ``{"subject": {"id", "name"}, "period": {"from", "to"}, "digest"}``.
    """
    say = Wording(lang)
    subject, period = submission["subject"], submission["period"]
    files = {file["name"] for item in items for file in item["files"]}
    algorithm = algorithm_name(submission["digest"])
    heads = (
        say("序号", "No."),
        say("编号", "Id"),
        say("佐证", "Evidence"),
        say("日期", "Date"),
        say(
            f"文件和校验码（{algorithm} 前 {_DIGITS} 位）",
            f"Files and digests (first {_DIGITS} digits of {algorithm})",
        ),
    )
    name = say.submitted(subject["name"])
    facts = (
        Fact(say("申报单位", "Subject"), (name,)),
        Fact(say("单位编号", "Id"), (say.submitted(subject["id"]),)),
        Fact(say("评估期", "Period"), (Line(say.span(period["from"], period["to"])),)),
        Fact(say("文件数", "Files"), (Line(str(len(files))),)),
        Fact(say("申报校验码", "Digest of the submission"), (Line(submission["digest"]),), wide=True),
    )
    listed = table(
        "materials", heads, _rows(items, say), say("没有附件。", "No files."), widths=(6, 9, 35, 14, 36)
    )
    count = sum(bool(item["files"]) for item in items)
    intro = say(
        f"共 {len(items)} 件佐证，{count} 件有附件。",
        f"{len(items)} pieces of evidence, {count} of them with files.",
    )
    title = say("佐证材料目录", "Catalogue of evidence")
    return Report(
        lang=lang,
        title=Line(title),
        subtitle=name.text,
        running=title + "\u3000" + name.text,
        facts=facts,
        parts=(Part(say("佐证及附件", "Evidence and files"), (Line(intro),), listed),),
    )


def _rows(items: Iterable[Json], say: Wording) -> Iterator[Row]:
    for position, item in enumerate(items, 1):
        title = [say.submitted(item["title"])] if item["title"] else []
        files = [
            say.submitted(f"{file['name']}\u3000{short_digest(file['digest'], _DIGITS)}")
            for file in item["files"]
        ]
        yield row(
            number(str(position)),
            cell(say.submitted(item["id"])),
            cell(say.line(item["label"]), *title),
            cell(item["date"] or "—"),
            cell(*(files or [Line("—")])),
        )
