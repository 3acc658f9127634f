"""The faults of a submission that its types alone cannot show: unknown items, parts over wholes, repeated ids. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.catalogue import Catalogue
from evaluator.checking import KIND_WORDS
from evaluator.errors import Fault, Place, Problem, Words, did_you_mean
from evaluator.exact import Number, plain
from evaluator.model import SUBJECTS
from evaluator.persons import echo
from evaluator.ruleset import Ruleset
from evaluator.submission import Evidence, Submission

Path = tuple[str | int, ...]
_RANK = {"community": 0, "street": 1, "district": 2, "zone": 2, "city": 3}


def of_another_kind(ruleset: Ruleset, submission: Submission, place: Place) -> Iterator[Problem]:
    """The problem of a submission, at ``place``, whose subject is of a kind that ``ruleset`` does not judge."""
    kind = submission.subject.kind
    if kind not in ruleset.subject:
        kinds = "、".join(SUBJECTS[one].zh for one in ruleset.subject)
        zh = f"“{ruleset.title.zh}”评估的是{kinds}，这份申报的单位类别是{SUBJECTS[kind].zh}"
        en = f"{ruleset.ruleset} is for {', '.join(ruleset.subject)}; this submission is a {kind}"
        yield Problem("other_subject", place, Words(zh, en))


def submission_faults(evidence: Evidence, catalogue: Catalogue, kind: str) -> Iterator[Fault]:
    """Every fault of ``evidence`` submitted by a subject of ``kind``."""
    yield from _counts(evidence.counts, catalogue, kind, ("counts",))
    yield from _counts(evidence.previous.counts, catalogue, kind, ("previous", "counts"))
    for name in evidence.sources:
        if name not in catalogue.counts:
            yield _unknown("counts", name, ("sources", name), catalogue)
    yield from _entries(evidence, catalogue, kind)
    yield from _none(evidence, catalogue)
    for name, units in evidence.units.items():
        if name not in catalogue.units:
            yield _unknown("units", name, ("units", name), catalogue)
        seen: set[str] = set()
        for n, unit in enumerate(units):
            path: Path = ("units", name, n)
            if unit.id in seen:
                yield _repeated(unit.id, (*path, "id"))
            seen.add(unit.id)
            yield from _counts(unit.counts, catalogue, None, (*path, "counts"))
            for said in unit.statements:
                if said not in catalogue.statements:
                    yield _unknown("statements", said, (*path, "statements", said), catalogue)


def _unknown(kind: str, name: str, path: Path, catalogue: Catalogue) -> Fault:
    words, other, shown = KIND_WORDS[kind], catalogue.kind_of(name), echo(name)
    what = Words(f"目录中没有{words.zh} {shown}", f"the catalogue has no {words.en} {shown}")
    if other is not None and other != kind:
        mend = Words(
            f"{name} 是{KIND_WORDS[other].zh}，请填到相应位置",
            f"{name} is declared as {KIND_WORDS[other].en}: write it there",
        )
    else:
        mend = did_you_mean(name, catalogue.items(kind))
    return Fault("unknown_item", path, what, mend)


def _repeated(name: str, path: Path) -> Fault:
    what = Words(f"编号 {echo(name)} 重复", f"the id {echo(name)} stands twice")
    return Fault(
        "repeated_id", path, what, Words("每条佐证用不同的编号", "give each piece of evidence its own id")
    )


def _counts(counts: dict[str, Number], catalogue: Catalogue, kind: str | None, path: Path) -> Iterator[Fault]:
    for name, number in counts.items():
        item = catalogue.counts.get(name)
        if item is None:
            yield _unknown("counts", name, (*path, name), catalogue)
            continue
        if kind is not None and kind not in item.subjects:
            yield _not_for(name, kind, (*path, name))
        if item.whole_number and not isinstance(number, int):
            what = Words(f"{item.label.zh}应为整数", f"{item.label.en} must be a whole number")
            yield Fault("not_whole", (*path, name), what, Words("改为整数", "write a whole number"))
        for other in item.at_most:
            limit = counts.get(other)
            if limit is not None and number > limit:
                wider = catalogue.counts[other].label if other in catalogue.counts else item.label
                what = Words(
                    f"{item.label.zh} {plain(number)} 大于{wider.zh} {plain(limit)}",
                    f"{item.label.en} {plain(number)} exceeds {wider.en} {plain(limit)}",
                )
                yield Fault(
                    "part_over_whole",
                    (*path, name),
                    what,
                    Words("核对两个数，部分不能大于总数", "check both: a part cannot exceed its whole"),
                )


def _not_for(name: str, kind: str, path: Path) -> Fault:
    what = Words(f"{name} 不由{SUBJECTS[kind].zh}填报", f"{name} is not for a {kind} to submit")
    return Fault(
        "item_not_for_subject",
        path,
        what,
        Words("删去这一项，或核对单位类别", "leave it out, or check the subject's kind"),
    )


def may_state(kind: str, subjects: Iterable[str]) -> bool:
    """Whether a subject of ``kind`` may submit an event, document or statement that is for ``subjects``."""
    # What a street has done for its communities it states once for all of them.
    return any(kind == one or _RANK[kind] > _RANK[one] for one in subjects)


def _entries(evidence: Evidence, catalogue: Catalogue, kind: str) -> Iterator[Fault]:
    seen: set[str] = set()
    said: set[str] = set()
    for name, n, entry in evidence.entries():
        path: Path = (name, n)
        if entry.id in seen:
            yield _repeated(entry.id, (*path, "id"))
        seen.add(entry.id)
        items = catalogue.items(name)
        if entry.type not in items:
            yield _unknown(name, entry.type, (*path, "type"), catalogue)
            continue
        subjects = getattr(items[entry.type], "subjects", ())
        if not may_state(kind, subjects):
            yield _not_for(entry.type, kind, (*path, "type"))
        if name == "statements":
            if entry.type in said:
                what = Words(f"事项 {entry.type} 申报了两次", f"the statement {entry.type} stands twice")
                yield Fault(
                    "repeated_statement", (*path, "type"), what, Words("只保留一条", "keep one of them")
                )
            said.add(entry.type)
    for n, paper in enumerate(evidence.documents):
        item = catalogue.documents.get(paper.type)
        for part in paper.pages:
            if part not in paper.contains:
                shown = echo(part)
                what = Words(
                    f"pages 写了 {shown} 的页码，contains 却没有它", f"pages has {shown}, contains has not"
                )
                mend = Words(f"在 contains 中补上 {shown}", f"add {shown} to contains")
                yield Fault("page_of_no_part", ("documents", n, "pages", part), what, mend)
        for m, part in enumerate(paper.contains if item is not None else ()):
            if item is not None and part not in item.parts:
                what = Words(
                    f"文件 {paper.type} 没有内容 {echo(part)}",
                    f"the document type {paper.type} has no part {echo(part)}",
                )
                yield Fault(
                    "unknown_part", ("documents", n, "contains", m), what, did_you_mean(part, item.parts)
                )


def _none(evidence: Evidence, catalogue: Catalogue) -> Iterator[Fault]:
    present = {entry.type for name, _, entry in evidence.entries() if name != "statements"}
    present.update(kind for kind, units in evidence.units.items() if units)
    for n, name in enumerate(evidence.none):
        if name not in catalogue.events and name not in catalogue.documents and name not in catalogue.units:
            known = [*catalogue.events, *catalogue.documents, *catalogue.units]
            shown = echo(name)
            what = Words(
                f"目录中没有活动或文件类型 {shown}",
                f"the catalogue has no type of events or documents {shown}",
            )
            yield Fault("unknown_item", ("none", n), what, did_you_mean(name, known))
        elif name in present:
            what = Words(f"{name} 申报为“没有”，却又填了条目", f"{name} is said to be none, yet has entries")
            yield Fault("none_yet_some", ("none", n), what, Words("删去其中一处", "leave one of them out"))
