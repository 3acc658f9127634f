"""A ruleset traced to the official text: what stands where, what does not agree, what waits to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.ruleset import Clauses, Ruleset
from evaluator.tracing.clause_agreement import clause_discrepancies
from evaluator.tracing.corrections import Correction
from evaluator.tracing.criterion_agreement import cited_parts, criterion_discrepancies
from evaluator.tracing.discrepancies import Discrepancy, Level
from evaluator.tracing.fingerprints import text_digest
from evaluator.tracing.numbering import same
from evaluator.tracing.parts import Part, Standing, part_name, standing
from evaluator.tracing.pinning import Status, criterion_changes, disagreeing, implied, status_of
from evaluator.tracing.pins import NO_TRACE, Trace
from evaluator.tracing.splitting import OfficialText, split

_ORDER: tuple[Level, ...] = ("error", "suspect", "warning")

# More than any code of laws has.
MOST_CLAUSES = 5000


class Given(NamedTuple):
    """What is compared: a ruleset with its clauses and pins (None where there are none yet), and a text with its file's name."""

    ruleset: Ruleset
    clauses: Clauses
    pins: Trace | None
    text: str
    file: str


class Traced(NamedTuple):
    """The comparison. ``parts`` is what each criterion cites, ``uncited`` what no criterion does, by clause and item."""

    given: Given
    standing: Standing
    digest: str
    corrections: tuple[Correction, ...]
    parts: Mapping[str, Part | None]
    uncited: Mapping[str, Part]
    statuses: Mapping[str, Status]
    discrepancies: tuple[Discrepancy, ...]

    @property
    def text(self) -> OfficialText:
        """The official text in clauses."""
        return self.standing.text

    @property
    def pins(self) -> Trace:
        """What was confirmed so far."""
        return self.given.pins or NO_TRACE

    def of_level(self, *levels: Level) -> tuple[Discrepancy, ...]:
        """The discrepancies of these levels."""
        return tuple(one for one in self.discrepancies if one.level in levels)


def trace(given: Given) -> Traced:
    """Compares a ruleset with its official text; errors first, then what waits to be confirmed, then what is worth a look.

    Raises ``InputError`` where the text has no numbers, or more than any standard.
    """
    ruleset, clauses, pins = given.ruleset, given.clauses, given.pins or NO_TRACE
    corrections = (*pins.corrections, *implied(clauses, pins.corrections))
    text = split(given.text, corrections)
    if all(one.style == "unnumbered" for one in text.clauses):
        what = Words("没有认出一个条款编号", "no clause number was recognised")
        mend = Words(
            "编号可能是 Word 的自动编号，复制时丢了：在 Word 或 WPS 里另存为纯文本，编号就会写进文字",
            "numbers that Word makes by itself are lost in copying: save as plain text from Word, which writes them out",
        )
        raise InputError([Problem("no_clauses", Place(given.file), what, mend)])
    if len(text.clauses) > MOST_CLAUSES:
        what = Words(
            f"认出了 {len(text.clauses)} 个编号，不像一份标准",
            f"{len(text.clauses)} numbers: this is no standard",
        )
        mend = Words("只给标准的正文和附录", "give the text of the standard alone")
        raise InputError([Problem("too_many_clauses", Place(given.file), what, mend)])
    stands = standing(text, clauses, corrections)
    by_id = {one.id: one for one in clauses.clauses}
    parts = cited_parts(ruleset, by_id, stands)
    errors = [
        *_doubts(stands),
        *_corrections(stands, pins),
        *disagreeing(clauses, pins.corrections),
        *clause_discrepancies(ruleset, clauses, stands),
        *criterion_discrepancies(ruleset, by_id, stands, parts),
    ]
    blocked = blocked_criteria(ruleset, errors)
    statuses: dict[str, Status] = {
        criterion.id: "fault"
        if criterion.id in blocked
        else status_of(criterion, parts[criterion.id], pins.criteria.get(criterion.id))
        for _, _, criterion in ruleset.criteria()
    }
    found = Traced(
        given,
        stands,
        text_digest(text.lines),
        corrections,
        parts,
        _uncited(ruleset, clauses, stands),
        statuses,
        (),
    )
    every = [*errors, *_suspects(found)]
    return found._replace(discrepancies=tuple(sorted(every, key=lambda one: _ORDER.index(one.level))))


def blocked_criteria(ruleset: Ruleset, discrepancies: Iterable[Discrepancy]) -> frozenset[str]:
    """The criteria that cannot be confirmed: an error is of theirs, or of the clause that they cite."""
    errors = [one for one in discrepancies if one.level == "error"]
    clauses = {same(one.clause) for one in errors if one.criterion is None and one.clause is not None}
    return frozenset(
        {one.criterion for one in errors if one.criterion is not None}
        | {criterion.id for _, _, criterion in ruleset.criteria() if same(criterion.clause) in clauses}
    )


def _uncited(ruleset: Ruleset, clauses: Clauses, stands: Standing) -> dict[str, Part]:
    cited = {(criterion.clause, criterion.item) for _, _, criterion in ruleset.criteria()}
    found: dict[str, Part] = {}
    for clause in clauses.clauses:
        items: list[str | None] = [one.item for one in clause.items]
        for item in items or [None]:
            part = stands.part(clause, item) if (clause.id, item) not in cited else None
            if part is not None:
                found[part.name] = part
    return found


def _doubts(stands: Standing) -> Iterator[Discrepancy]:
    for one in stands.text.doubts:
        yield Discrepancy(one.code, "error", "text", one.line + 1, one.what, one.mend, clause=one.clause)


def _corrections(stands: Standing, pins: Trace) -> Iterator[Discrepancy]:
    for correction, times in stands.unused:
        absent = not correction.of_number and same(correction.clause) not in map(same, stands.found)
        if correction not in pins.corrections or absent:
            continue  # the clause that is missing is reported itself
        n = pins.corrections.index(correction)
        if times:
            what = Words(
                f"“{correction.printed}”在 {correction.clause} 中有 {times} 处，不知更正哪一处",
                f"“{correction.printed}” stands {times} times in {correction.clause}",
            )
            mend = Words("用 line 写明原文第几行", "say which line with line")
            code = "correction_ambiguous"
        else:
            what = Words(
                f"更正没有用上：原文的 {correction.clause} 没有“{correction.printed}”",
                f"a correction without use: {correction.clause} has no “{correction.printed}”",
            )
            mend = Words("原文已经改正的，删去这一条更正", "leave it out where the text has been put right")
            code = "correction_unused"
        yield Discrepancy(code, "error", "trace", ("corrections", n), what, mend, clause=correction.clause)


def _suspects(found: Traced) -> Iterator[Discrepancy]:
    ruleset, pins = found.given.ruleset, found.pins
    if found.given.pins is None or not (pins.criteria or pins.clauses):
        what = Words("还没有一项指标与原文核对确认过", "nothing has been confirmed against the text yet")
        mend = Words(
            "逐项核对后用 --confirm 指标标识 --on 日期 确认；全部核对过的用 --confirm-all --on 日期",
            "compare, then confirm: --confirm ID --on DATE; all of them with --confirm-all --on DATE",
        )
        yield Discrepancy("nothing_confirmed", "suspect", "ruleset", ("sections",), what, mend)
        return
    yield from criterion_changes(ruleset, pins, found.statuses)
    new = [name for name, status in found.statuses.items() if status == "new"]
    if new:
        what = Words(
            f"{len(new)} 项指标没有确认过：{'、'.join(new)}",
            f"{len(new)} criteria were never confirmed: {', '.join(new)}",
        )
        yield Discrepancy("not_confirmed", "suspect", "ruleset", ("sections",), what, _CONFIRM)
    yield from _uncited_changes(found)
    yield from _left_over(found)
    yield from _whole_text(found)


_CONFIRM = Words("核对后用 --confirm 确认", "compare, then confirm with --confirm")


def _uncited_changes(found: Traced) -> Iterator[Discrepancy]:
    paths = {clause.id: ("clauses", n) for n, clause in enumerate(found.given.clauses.clauses)}
    new = [name for name in found.uncited if name not in found.pins.clauses]
    if new:
        what = Words(
            f"{len(new)} 条没有指标引用的条款没有确认过：{'、'.join(new)}",
            f"{len(new)} clauses that no criterion cites were never confirmed: {', '.join(new)}",
        )
        yield Discrepancy("clause_not_confirmed", "suspect", "clauses", ("clauses",), what, _CONFIRM)
    for name, part in found.uncited.items():
        pin = found.pins.clauses.get(name)
        if pin is not None and pin.clause != part.fingerprint:
            what = Words(
                f"原文的 {name} 在 {pin.confirmed} 确认之后改了，没有指标引用它",
                f"{name} of the text changed after it was confirmed on {pin.confirmed}; no criterion cites it",
            )
            mend = Words(
                "看是否要补充指标，再用 --confirm 确认", "see whether it needs a criterion, then confirm it"
            )
            yield Discrepancy(
                "uncited_clause_changed", "suspect", "clauses", paths[part.clause], what, mend, clause=name
            )


def _left_over(found: Traced) -> Iterator[Discrepancy]:
    listed = {
        part_name(clause.id, item)
        for clause in found.given.clauses.clauses
        for item in (None, *(one.item for one in clause.items))
    }
    for kind, known in (("criteria", found.statuses), ("clauses", listed)):
        for name in getattr(found.pins, kind):
            if name in known:
                continue
            what = Words(
                f"trace.yaml 确认过的 {name} 已经不在了", f"{name}, which trace.yaml confirms, is no more"
            )
            mend = Words(
                f"知道它为何删去的，用 --confirm {name} 销去", f"strike it out with --confirm {name}"
            )
            yield Discrepancy("left_over", "suspect", "trace", (kind, name), what, mend)


def _whole_text(found: Traced) -> Iterator[Discrepancy]:
    pin = found.pins.text
    if pin is None:
        what = Words("全文还没有确认过", "the text as a whole was never confirmed")
        mend = Words(
            "各条都确认、没有错误之后，它随最后一次确认记下",
            "it is recorded once all is confirmed without errors",
        )
        yield Discrepancy("text_not_confirmed", "suspect", "trace", (), what, mend)
    elif pin.digest != found.digest:
        changed = changed_clauses(found)
        zh = (
            f"：{'、'.join(changed)}"
            if changed
            else "，但各条的文字没有变（只是空格、页眉、目次或未列出的段落）"
        )
        en = (
            f": {', '.join(changed)}"
            if changed
            else ", yet no clause's wording (only blanks, page heads, contents or what is not listed)"
        )
        what = Words(
            f"原文与确认时的 {pin.file} 不同{zh}",
            f"the text differs from {pin.file}, which was confirmed{en}",
        )
        mend = Words(
            "逐条核对后确认；全部核对过的用 --confirm-all --on 日期",
            "confirm what you compared; all with --confirm-all --on DATE",
        )
        yield Discrepancy("text_changed", "suspect", "trace", ("text",), what, mend)


def changed_clauses(found: Traced) -> tuple[str, ...]:
    """The clauses and items whose words differ from those that were confirmed, in order; last those that are not there."""
    changed = {
        part.name: min(part.lines)
        for name, part in found.parts.items()
        if part is not None
        and (pin := found.pins.criteria.get(name)) is not None
        and pin.clause != part.fingerprint
    }
    for name, part in found.uncited.items():
        pinned = found.pins.clauses.get(name)
        if pinned is not None and pinned.clause != part.fingerprint:
            changed[name] = min(part.lines)
    absent = [one.id for one in found.given.clauses.clauses if one.id not in found.standing.found]
    return (*sorted(changed, key=changed.__getitem__), *absent)
