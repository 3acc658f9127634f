"""Verifying what only a PDF has: its pages beside those that the attached assessment comes to, what was added, its signatures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from evaluator.errors import Words
from evaluator.json_items import holds_more_items
from evaluator.limits import in_force, raising
from evaluator.verifying.answer import Line, wrong
from scorecards.digests import short_digest
from scorecards.errors import RenderError
from scorecards.verifying.comparing import compared
from scorecards.verifying.drawn import Drawn, Reading
from scorecards.verifying.glyphs import misread, redrawn
from scorecards.verifying.parts import BoundedReader, Parts
from scorecards.verifying.suspicions import suspicions

Json = dict[str, Any]
_SAME = Words("各页与本程序排出的逐字节相同", "the pages are byte for byte what this engine makes")
_NOT_READ = Words("各页读不出来，未核对", "the pages cannot be read: not verified")


def page_lines(parts: Parts, document: Json, manifest: Json, *, signed: bool) -> list[Line]:
    """Whether the pages are those that ``document`` comes to, and whether anything stands in the file that we never make.

    ``signed``: what was added after it was issued are signatures and their seals alone.
    """
    attached = parts.attached["assessment.json"]
    key = _too_large(attached)
    if key is not None:
        return [_not_set(key), *_suspicious(parts, signed=signed)]
    try:
        due = _due(attached, document, manifest)
    except RenderError as error:
        words = Words(
            f"本机不能排版，各页未核对：{error.what.zh}",
            f"pages cannot be set here, not verified: {error.what.en}",
        )
        return [Line("pages", "unknown", words, "unverified"), *_suspicious(parts, signed=signed)]
    if due is None:
        words = Words(
            "所附评估结果排不成评分表，各页未核对", "what is attached makes no scorecard: pages not verified"
        )
        return [Line("pages", "unknown", words, "unverified"), *_suspicious(parts, signed=signed)]
    lines: list[Line] = []
    try:
        if parts.first != due or (parts.is_amended and not signed):
            lines = _compared(parts, document, manifest, due)
    except Exception:  # noqa: BLE001 - the library fails in many ways at a broken page
        lines = [Line("pages", "unknown", _NOT_READ, "unverified")]
    if not lines:
        lines = [Line("pages", "agrees", _SAME)]
    return [*lines, *(_suspicious(parts, signed=signed) if parts.content != due else [])]


def _too_large(attached: bytes) -> str | None:
    """The limit that an assessment is beyond; None where it is set anew."""
    bounds = in_force()
    if len(attached) > bounds.scorecard_assessment:
        return "scorecard_assessment"
    return "scorecard_items" if holds_more_items(attached, bounds.scorecard_items) else None


def _not_set(key: str) -> Line:
    zh, en = (
        "所附评估结果太大，没有重新排版，各页未核对",
        "what is attached is too large to be set anew: pages not verified",
    )
    mend = raising(key)
    words = Words(zh, en) if mend is None else Words(f"{zh}；{mend.zh}", f"{en}; {mend.en}")
    return Line("pages", "unknown", words, "unverified")


def _due(attached: bytes, document: Json, manifest: Json) -> bytes | None:
    """The scorecard that is due; None where the assessment, though of the right shape, makes none."""
    from scorecards.issuing import issued

    printed = manifest["printed"]
    try:
        made: bytes = issued(
            document, printed["lang"], attached=attached, summary=printed["summary"], pdf=printed["pdf"]
        )
    except RenderError:
        raise
    except Exception:  # noqa: BLE001 - what contradicts itself may fail anywhere
        return None
    return made


@cache
def _versions_here() -> tuple[Any, Any]:
    from scorecards.manifest import font_versions, layout_versions

    return layout_versions(), font_versions()


def _compared(parts: Parts, document: Json, manifest: Json, due: bytes) -> list[Line]:
    """The pages of a file that is not the one due, byte for byte."""
    layout, fonts = _versions_here()
    same_fonts = manifest["fonts"] == fonts
    same = manifest["layout"] == layout and same_fonts
    due_reader = BoundedReader(due)
    given, wanted = list(Reading(parts.whole).pages()), list(Reading(due_reader).pages())
    found = compared(given, wanted, () if same else _heads(document, manifest), reflowed=not same)
    amiss = list(found.wrong)
    if same_fonts:
        other = misread(given, wanted)
        if other is not None:
            amiss = [other]
        elif not amiss:
            amiss = list(redrawn(given, wanted, parts.whole, due_reader))
    if amiss:
        return wrong("pages", amiss)
    if parts.first == due:
        return []
    if same:
        at = next((n for n, pair in enumerate(zip(parts.first, due, strict=False)) if pair[0] != pair[1]), 0)
        zh = f"版本相同而文件不同：文字和字形一致，内部从第 {at} 字节起被改过"
        en = f"the versions are the same but the file is not: text and glyphs agree, its structure was changed from byte {at}"
        return wrong("pages", [Words(zh, en)])
    return _elsewhere(manifest, layout, given, wanted, found.unknown, same_fonts=same_fonts)


def _versions(name: str, then: str | None, here: str | None) -> Words:
    # Of this program's own pages a digest is the version.
    shown = " / ".join("—" if one is None else short_digest(one) for one in (then, here))
    own = name == "scorecards"
    return Words(
        f"{'对标的版式' if own else name} {shown}", f"{'the pages of duibiao' if own else name} {shown}"
    )


def _elsewhere(
    manifest: Json,
    layout: Json,
    given: Sequence[Drawn],
    due: Sequence[Drawn],
    unknown: Sequence[Words],
    *,
    same_fonts: bool,
) -> list[Line]:
    """Pages that another layout engine set, and whose words agree."""
    then = manifest["layout"]
    names = [name for name in sorted({*layout, *then}) if then.get(name) != layout.get(name)]
    listed = [_versions(name, then.get(name), layout.get(name)) for name in names]
    if not same_fonts:
        listed.append(Words("字体", "fonts"))
    listed_zh, listed_en = "，".join(one.zh for one in listed), ", ".join(one.en for one in listed)
    lines = [Line("pages", "unknown", one, "unverified") for one in unknown]
    if not unknown:
        zh = f"{len(given)} 页的文字逐字一致（颜色、大小、字体也一致）"
        en = f"the text of {len(given)} pages agrees, character by character, with its colour, size and font"
        lines.append(Line("pages", "agrees", Words(zh, en), "layout_differs"))
    zh, en = (
        f"排版程序不同（签发时 / 本机：{listed_zh}）：线条、底纹和位置未能核对",
        f"the layout engine differs (then / here: {listed_en}): lines, shades and places were not compared",
    )
    if not same_fonts:
        zh, en = f"{zh}，字形也未能核对", f"{en}, nor glyphs"
    if _graphics(given) != _graphics(due):
        zh, en = f"{zh}；线条的数目不同", f"{en}; there are more or fewer lines"
    lines.append(Line("pages", "unknown", Words(zh, en), "layout_differs"))
    return lines


def _graphics(pages: Sequence[Drawn]) -> tuple[int, int]:
    return sum(one.lines for one in pages), sum(one.curves for one in pages)


def _heads(document: Json, manifest: Json) -> list[str]:
    """The texts of all table heads: a head is printed again on each page that its table goes on to."""
    from xml.etree.ElementTree import XML, ParseError

    from scorecards import scorecard
    from scorecards.html import page

    try:
        root = XML(
            page(scorecard(document, manifest["printed"]["lang"], summary=manifest["printed"]["summary"]))
        )
    except ParseError:
        return []
    return sorted({"".join("".join(one.itertext()).split()) for one in root.iter("thead")})


def _suspicious(parts: Parts, *, signed: bool) -> list[Line]:
    """What stands in the file that issuing never makes, and what was added to it that no signature explains."""
    try:
        found = [one.words for one in suspicions(parts.whole, signed=signed)]
    except Exception:  # noqa: BLE001 - the library fails in many ways at a broken file
        return [
            Line(
                "file",
                "unknown",
                Words("文件的结构读不全", "the structure of the file cannot be read"),
                "unverified",
            )
        ]
    if parts.is_amended and not signed:
        more = len(parts.content) - len(parts.first)
        zh = f"签发之后文件末尾又增补了 {more} 字节，不是签章"
        found.append(Words(zh, f"{more} bytes were appended after it was issued, and are no signature"))
    return wrong("file", found)


def signature_lines(
    parts: Parts, trusted: Sequence[bytes], *, trust_asked: bool
) -> tuple[list[Line], list[Json]]:
    """Who signed the file, and whether that can be relied on."""
    from scorecards.sealing.checking import signatures_in
    from scorecards.sealing.errors import NotSealed

    if not parts.is_amended and b"/ByteRange" not in parts.content:
        return [_unsigned(trust_asked=trust_asked)], []
    try:
        found = signatures_in(parts.content, trusted)
    except NotSealed as error:
        return [Line("signatures", "unknown", error.what, "unverified")], []
    if not found:
        return [_unsigned(trust_asked=trust_asked)], []
    lines: list[Line] = []
    for one in found:
        lines.extend(_signature(one, trust_asked=trust_asked))
    told: list[Json] = [{**one._asdict(), "why": {"zh": one.why.zh, "en": one.why.en}} for one in found]
    return lines, told


def _unsigned(*, trust_asked: bool) -> Line:
    # Whoever has the engine can issue a scorecard that agrees with itself.
    words = Words(
        "文件没有签章：不能由此确认是哪个单位签发的",
        "the file is not signed: which unit issued it is not shown by it",
    )
    return Line("signatures", "unknown", words, "unverified" if trust_asked else None)


def _signature(one: Any, *, trust_asked: bool) -> list[Line]:
    signer = one.signer or one.field
    who = Words(f"“{signer}”的签章", f"the signature of “{signer}”")
    if not one.intact:
        return wrong(
            "signatures", [Words(f"{who.zh}无效：{one.why.zh}", f"{who.en} does not hold: {one.why.en}")]
        )
    if not one.only_signed:
        return wrong(
            "signatures",
            [
                Words(
                    f"{who.zh}之外还增补了内容：{one.why.zh}",
                    f"{who.en} is not all that was added: {one.why.en}",
                )
            ],
        )
    covers = (
        Words("覆盖整个文件", "covers the whole file")
        if one.covers_whole_file
        else Words("之后另有签章", "further ones follow it")
    )
    stamp = {
        None: Words("没有时间戳", "no time stamp"),
        True: Words("时间戳可信", "its time stamp is trusted"),
        False: Words("时间戳不可信", "its time stamp is not trusted"),
    }[one.timestamp]
    when = Words("", "") if one.signed_at is None else Words(f"，{one.signed_at}", f", {one.signed_at}")
    zh, en = (
        f"{who.zh}完好，{covers.zh}{when.zh}，{stamp.zh}",
        f"{who.en} holds, {covers.en}{when.en}, {stamp.en}",
    )
    if one.trusted:
        return [Line("signatures", "agrees", Words(f"{zh}；证书可信", f"{en}; its certificate is trusted"))]
    why = Words(f"{zh}；证书未能确认：{one.why.zh}", f"{en}; its certificate is not trusted: {one.why.en}")
    return [Line("signatures", "unknown", why, "unverified" if trust_asked else None)]
