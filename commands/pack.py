"""``duibiao pack``: a form and its files in, an evidence package out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import complain, printable, speak
from commands.forms import refuse_existing
from commands.options import digest_option, lang_option
from commands.writing import made_whole
from evaluator.algorithms import Algorithm, algorithm_of
from evaluator.errors import InputError, Language, Problem, Words

if TYPE_CHECKING:
    from evaluator.loading.packing import Packed
    from evaluator.loading.planning import Plan
    from evaluator.loading.preparing import Photographs, Prepared

_SIZE = re.compile(r"(\d{1,6})\s*([KMG])B?", re.IGNORECASE)
_UNITS = {"K": 1024, "M": 1024**2, "G": 1024**3}
_SMALLEST = 64 * 1024


def _bytes(_context: click.Context, _parameter: click.Parameter, value: str) -> int:
    found = _SIZE.fullmatch(value.strip())
    size = int(found[1]) * _UNITS[found[2].upper()] if found else 0
    if size < _SMALLEST:
        raise click.BadParameter(speak("写成 200MB 的样子，不小于 64KB", "write it as 200MB, at least 64KB"))
    return size


def _between(least: int, most: int) -> Callable[[click.Context, click.Parameter, int], int]:
    # A range as a type of click's own would be described in English.
    def checked(_context: click.Context, _parameter: click.Parameter, value: int) -> int:
        if not least <= value <= most:
            raise click.BadParameter(speak(f"在 {least} 至 {most} 之间", f"between {least} and {most}"))
        return value

    return checked


def _archive(_context: click.Context, _parameter: click.Parameter, value: Path) -> Path:
    if value.suffix.lower() != ".zip":
        raise click.BadParameter(speak("文件名以 .zip 结尾", "the name ends in .zip"))
    return value


@click.command(
    help=speak(
        "把申报表和佐证文件打成一个包。\n\n"
        "没有写进申报表的文件按文件名（活动编号_日期_序号）归入佐证；照片会缩小，并去除拍摄地点和设备信息；包里附有校验清单和"
        "佐证材料目录。已有的包不覆盖。",
        "Pack a form and its files into one package.\n\n"
        "Files that the form does not name belong to the evidence their names begin with (event id_date_number); photographs "
        "are made smaller, place and device data are taken out; a manifest of digests and a catalogue of the evidence are "
        "added. A package that is there already is not overwritten.",
    )
)
@click.argument("form", type=click.Path(path_type=Path), metavar=speak("申报表或文件夹", "FORM"))
@click.argument(
    "files",
    nargs=-1,
    type=click.Path(path_type=Path),
    metavar=speak("[文件或文件夹…]", "[FILES_OR_FOLDERS…]"),
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    callback=_archive,
    metavar=speak("文件.zip", "OUT.zip"),
    help=speak("写成的包；已有的不覆盖", "the package to write; one that is there is not overwritten"),
)
@click.option(
    "--photo-size",
    type=int,
    callback=_between(400, 20_000),
    default=1600,
    show_default=True,
    metavar=speak("像素", "PIXELS"),
    help=speak("照片的长边不超过多少像素，400 至 20000", "the longer side of photographs, 400 to 20000"),
)
@click.option(
    "--photo-quality",
    type=int,
    callback=_between(30, 95),
    default=82,
    show_default=True,
    metavar=speak("质量", "QUALITY"),
    help=speak("照片重新压缩的质量，30 至 95", "quality of photographs that are compressed again, 30 to 95"),
)
@click.option(
    "--limit",
    default="200MB",
    show_default=True,
    callback=_bytes,
    metavar=speak("大小", "SIZE"),
    help=speak("一个包最大多少，超过就分成几个", "the largest size of one archive; more is split"),
)
@click.option(
    "--keep-metadata",
    is_flag=True,
    help=speak("保留照片里的地点、设备等信息", "keep place, device and other data in photographs"),
)
@digest_option
@lang_option
def pack(
    form: Path,
    files: tuple[Path, ...],
    output: Path,
    photo_size: int,
    photo_quality: int,
    limit: int,
    keep_metadata: bool,
    algorithm: Algorithm,
    lang: Language,
) -> None:
    """Nothing is written unless everything can be packed and is read back as the same submission."""
    from evaluator.loading.packing import pack as write
    from evaluator.loading.planning import planned
    from evaluator.loading.preparing import Photographs, bare_forms, prepared

    refuse_existing(output)
    earlier = output.parent.glob(f"{output.stem}-*{output.suffix}") if output.parent.is_dir() else ()
    how = Photographs(photo_size, photo_quality, keep_metadata)
    plan = bare_forms(planned(form, files, outputs=[output, *earlier]), how)
    with made_whole(output.parent, new=True) as made:
        work = made / "work"
        work.mkdir()
        inside = prepared(plan, work / "photographs", how, algorithm=algorithm)
        packed = write(
            plan, inside, _catalogue(plan, inside, algorithm, lang), made / output.name, limit, algorithm
        )
        for path in packed.paths:
            refuse_existing(output.with_name(path.name))
        findings = _read_back(packed, output.parent, lang)
        sizes = [path.stat().st_size for path in packed.paths]
    for path, size in zip(packed.paths, sizes, strict=True):
        click.echo(f"{printable(str(output.with_name(path.name)))}{_size(size)}")
    for line in (*_account(plan, inside, how, lang), *findings):
        click.echo(printable(line))


def _catalogue(plan: Plan, inside: list[Prepared], algorithm: Algorithm, lang: Language) -> dict[str, bytes]:
    from evaluator.digests import submission_digest
    from evaluator.evidence_rows import listed_files
    from evaluator.loading import shared_catalogue
    from evaluator.packages.manifest import CATALOGUES
    from scorecards import RenderError, materials, render_pdf, render_xlsx

    found = plan.submission
    subject = {"id": found.subject.id, "name": found.subject.name}
    period = {"from": found.period.from_.isoformat(), "to": found.period.to.isoformat()}
    items = listed_files(found, shared_catalogue(), [one.record for one in inside])
    report = materials(
        {"subject": subject, "period": period, "digest": submission_digest(found, algorithm)}, items, lang
    )
    pdf, xlsx = CATALOGUES
    made = {xlsx: render_xlsx(report)}
    try:
        made[pdf] = render_pdf(report)
    except RenderError as error:
        complain(error.in_language(lang))
        complain(speak("目录只有 XLSX，没有 PDF", "the catalogue is XLSX alone, without PDF"))
    return made


def _read_back(packed: Packed, folder: Path, lang: Language) -> list[str]:
    """What a reader of the package in ``folder`` will see; it must be the submission that was packed."""
    from evaluator.claims import claims
    from evaluator.digests import submission_digest
    from evaluator.loading import receive, shared_catalogue

    try:
        received = receive(packed.paths[0])
    except InputError as error:
        # What is small enough to be packed may be too much to be read: told of the package to be, not of where it was made.
        raise InputError(_moved(one, packed.paths[0].parent, folder) for one in error.problems) from None
    stated = packed.manifest.submission.digest
    if submission_digest(received.submission, algorithm_of(stated)) != stated:
        raise RuntimeError("the package is not read back as it was packed")
    found = received.submission
    seen = [*received.observations, *claims(found, shared_catalogue(), found.as_of or found.period.to)]
    head = {"zh": f"有 {len(seen)} 处提示：", "en": f"{len(seen)} finding{'s' * (len(seen) != 1)}:"}[lang]
    return [head, *(f"  {one.in_language(lang)}" for one in seen)] if seen else []


def _moved(problem: Problem, made: Path, folder: Path) -> Problem:
    file = problem.place.file.replace(f"{made}/", "" if folder == Path() else f"{folder}/")
    return problem._replace(place=problem.place._replace(file=file))


def _account(plan: Plan, inside: list[Prepared], how: Photographs, lang: Language) -> list[str]:
    from evaluator.packages.names import shown

    photos = [one for one in inside if one.said is not None]
    smaller = sum(one.smaller > 0 for one in photos)
    placed = sum(one.said.place for one in photos if one.said)
    owned = sum(bool(one.said.owner) for one in photos if one.said)
    stripped = Words(
        f"，去除拍摄地点 {placed} 张、所有者信息 {owned} 张",
        f", the place taken out of {placed}, the owner out of {owned}",
    )
    zh = f"附件 {len(inside)} 个，其中照片 {len(photos)} 张：变小 {smaller} 张"
    en = f"{len(inside)} files, {len(photos)} of them photographs: {smaller} made smaller"
    line = Words(zh, en).in_language(lang) + ("" if how.keep else stripped.in_language(lang))
    if not plan.unmatched:
        return [line]
    count = len(plan.unmatched)
    head = Words(
        f"没有归入佐证、没有打包的文件 {count} 个：",
        f"files that belong to no evidence and were not packed, {count}:",
    )
    apart = "：" if lang == "zh" else ": "
    listed = (f"  {shown(name)}{apart}{why.in_language(lang)}" for name, why in plan.unmatched)
    return [line, head.in_language(lang), *listed]


def _size(size: int) -> str:
    from evaluator.packages.records import megabytes

    return speak(f"（{megabytes(size)}）", f" ({megabytes(size)})")
