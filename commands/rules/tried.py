"""What ``rules test`` finds of one ruleset, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import east_asian_width

from evaluator.cases import CaseFile
from evaluator.catalogue import Catalogue
from evaluator.errors import Language, Place
from evaluator.loading import Checked, places_in
from evaluator.ruleset import Ruleset
from evaluator.testing import running
from evaluator.testing.coverage import Coverage, Covered, coverage
from evaluator.testing.drafting import drafted
from evaluator.testing.junit import OneTest, junit
from evaluator.testing.noticing import Mutant, Noticing, noticing
from evaluator.testing.running import Ran, ran
from evaluator.testing.stating import drafts_text
from evaluator.testing.wording import DAYS, OUTCOMES, SIDES, SORTS, difference_words


class Tried(NamedTuple):
    """A ruleset with its cases as they came out; ``noticing`` where changes were tried."""

    checked: Checked
    ruleset: Ruleset
    catalogue: Catalogue
    cases: CaseFile
    every: tuple[Ran, ...]
    noticing: Noticing | None = None

    @property
    def failed(self) -> int:
        """How many cases come out otherwise than they say."""
        return sum(bool(one.differences) for one in self.every)

    def coverage(self) -> Coverage:
        """What the cases cover."""
        return coverage(self.every, self.ruleset, self.catalogue)


def usable(checked: Checked) -> bool:
    """Whether the cases of ``checked`` can be judged: whole, and naming nothing that there is not."""
    return running.usable(checked.ruleset, checked.catalogue, checked.cases)


def run(checked: Checked) -> Tried:
    """Judge the cases of ``checked``, which are usable."""
    assert checked.ruleset is not None
    assert checked.catalogue is not None
    assert checked.cases is not None
    every = ran(checked.cases, checked.ruleset, checked.catalogue)
    return Tried(checked, checked.ruleset, checked.catalogue, checked.cases, every)


def mutated(one: Tried) -> Tried:
    """``one`` with every one-step change of its rules tried."""
    return one._replace(noticing=noticing(one.cases, one.ruleset, one.catalogue))


def wanting(one: Tried) -> int:
    """How many changes are neither noticed nor explained, and explanations out of date."""
    return len(one.noticing.unnoticed) + len(one.noticing.outdated) if one.noticing is not None else 0


def differing(one: Tried, lang: Language) -> tuple[str, ...]:
    """A line for each thing that came out otherwise than a case says."""
    if not one.failed:
        return ()
    places = _case_places(one)
    colon = "：" if lang == "zh" else ": "
    return tuple(
        f"{places[case.number]}{colon}{case.case.name}{colon}"
        f"{difference_words(found, one.ruleset).in_language(lang)}"
        for case in one.every
        for found in case.differences
    )


def _case_places(one: Tried) -> tuple[Place, ...]:
    return places_in(one.checked.folder, "cases", (("cases", case.number) for case in one.every))


def covered(one: Tried, lang: Language) -> tuple[str, ...]:
    """The coverage of one ruleset: a table of criteria with their outcomes, then what is missing and the mend."""
    found = one.coverage()
    zh = lang == "zh"
    bounds = found.boundaries()
    whole = sum(1 for bound in bounds if not bound.missing)
    head = (
        f"{one.ruleset.ruleset}：{len(found.criteria)} 项指标，{len(bounds)} 处边界，{whole} 处已覆盖"
        if zh
        else f"{one.ruleset.ruleset}: {len(found.criteria)} criteria, {len(bounds)} boundaries, {whole} covered"
    )
    rows = [
        (
            "指标" if zh else "criterion",
            *(words.in_language(lang) for words in OUTCOMES.values()),
            "边界" if zh else "boundaries",
        )
    ]
    for each in found.criteria:
        numbers = (str(each.outcomes.get(name, 0)) for name in OUTCOMES)  # type: ignore[call-overload]  # the outcomes
        done = sum(1 for bound in each.boundaries if not bound.missing)
        rows.append(
            (each.criterion.id, *numbers, f"{done}/{len(each.boundaries)}" if each.boundaries else "-")
        )
    return (head, *_table(rows), *_missing(found, one, lang))


def _missing(found: Coverage, one: Tried, lang: Language) -> Iterator[str]:
    zh = lang == "zh"
    titles = {name: each.title.zh if zh else each.title.en for name, each in one.ruleset.by_id().items()}
    for each in found.criteria:
        for outcome in each.wanting:
            words = OUTCOMES[outcome].in_language(lang)
            name = f"{each.criterion.id} {titles[each.criterion.id]}"
            yield f"  {name}：没有{words}的用例。补一个" if zh else f"  {name}: no case is {words}. Add one"
    for bound in found.boundaries():
        if bound.missing:
            yield "  " + _bound(bound, titles, lang)
    if found.never_given:
        listed = ("、" if zh else ", ").join(
            one.catalogue.label(name).zh if zh else name for name in found.never_given
        )
        yield (
            f"  从未给出的佐证：{listed}。补一个给出它的用例"
            if zh
            else f"  never given: {listed}. Add a case that gives it"
        )
    if found.complete:
        yield "  没有遗漏" if zh else "  nothing is missing"
        return
    if any(bound.missing and bound.boundary.criterion is None for bound in found.boundaries()):
        yield (
            "  “计分”各条由整套规则的用例来看（不写 criterion，写明 score、grade），要自己写"
            if zh
            else "  Those of scoring take cases of the whole ruleset (no criterion; state score and grade): write them yourself"
        )
    if any(bound.missing and bound.boundary.criterion for bound in found.boundaries()) or any(
        each.wanting for each in found.criteria
    ):
        yield (
            "  用 --generate 起草各指标的用例，再逐个确认"
            if zh
            else "  --generate drafts those of the criteria for you to confirm"
        )


def _bound(bound: Covered, titles: dict[str, str], lang: Language) -> str:
    zh = lang == "zh"
    where = bound.boundary
    since = (f"（{where.since} 起）" if zh else f" (from {where.since})") if where.since else ""
    name = (
        f"{where.criterion} {titles[where.criterion]}" if where.criterion else ("计分" if zh else "scoring")
    )
    words = DAYS if where.where.endswith(("issued_by", "due")) else SIDES
    sides = ("、" if zh else ", ").join(words[side].in_language(lang) for side in bound.missing)
    if zh:
        return f"{name}：{where.where} {where.value}{since}：缺“{sides}”的用例"
    return f"{name}: {where.where} {where.value}{since}: no case {sides}"


def unnoticed(one: Tried, lang: Language) -> tuple[str, ...]:
    """The changes of one ruleset that no case notices, and the explanations that are out of date."""
    found = one.noticing
    assert found is not None
    zh = lang == "zh"
    name, left = one.ruleset.ruleset, len(found.unnoticed)
    numbers = (found.tried, found.noticed, len(found.explained), left)
    words = (
        "{}：{} 处改动，{} 处有用例察觉，{} 处已说明，{} 处没有用例察觉"
        if zh
        else "{}: {} changes, {} noticed, {} explained, {} unnoticed"
    )
    head = words.format(name, *numbers)
    lines = [head, *_by_place(one, found.unnoticed, lang)]
    if left:
        lines.append(
            "  补能察觉的用例（同写 --generate 可起草）；确实无从察觉的，在 cases.yaml 的 unnoticed 里写明原因"
            if zh
            else "  Add cases that notice them (--generate drafts them), or say why none can under unnoticed in cases.yaml"
        )
    return (*lines, *_outdated(one, lang))


def _by_place(one: Tried, left: Iterable[Mutant], lang: Language) -> Iterator[str]:
    of: dict[str | None, list[Mutant]] = {}
    for mutant in left:
        of.setdefault(mutant.criterion, []).append(mutant)
    paths = {criterion.id: (*path, "id") for path, _, criterion in one.ruleset.criteria()}
    places = places_in(one.checked.folder, "ruleset", (paths[name] if name else ("scoring",) for name in of))
    titles = one.ruleset.by_id()
    for (name, several), place in zip(of.items(), places, strict=True):
        title = "计分" if lang == "zh" else "scoring"
        if name is not None:
            title = f"{name} {titles[name].title.zh if lang == 'zh' else titles[name].title.en}"
        yield f"  {place}{'：' if lang == 'zh' else ': '}{title}"
        for mutant in several:
            yield f"    [{SORTS[mutant.change.sort].in_language(lang)}] {mutant.change.name}"


def _outdated(one: Tried, lang: Language) -> Iterator[str]:
    assert one.noticing is not None
    for n, reason, exists in one.noticing.outdated:
        place = places_in(one.checked.folder, "cases", [("unnoticed", n)])[0]
        of = f"{reason.criterion} " if reason.criterion else ""
        if lang == "zh":
            why = "已有用例察觉" if exists else "规则里已没有这处改动"
            yield f"  {place}：说明过时：{of}{reason.change}：{why}。删去这条说明"
        else:
            why = "a case notices it" if exists else "the rules no longer have it"
            yield f"  {place}: outdated: {of}{reason.change}: {why}. Leave it out"


def drafts(results: Iterable[Tried], lang: Language) -> tuple[str, tuple[str, ...]]:
    """The drafts of all rulesets as one text, and remarks on what could not be drafted."""
    zh = lang == "zh"
    texts, remarks = [], []
    for one in results:
        missed = one.noticing.unnoticed if one.noticing is not None else ()
        found = drafted(one.cases, one.every, one.ruleset, one.catalogue, one.coverage(), missed)
        name = one.ruleset.ruleset
        if found.drafts:
            head = (
                (
                    f"{name}：起草的用例。给出的结果是程序现在的判定，不一定是标准的意思",
                    "逐个对照原文确认，删去“待确认”，再抄入 cases.yaml",
                )
                if zh
                else (
                    f"{name}: drafts. What they expect is what the engine finds today",
                    "confirm each against the standard, then copy it to cases.yaml",
                )
            )
            texts.append(
                drafts_text(
                    (draft.data for draft in found.drafts), head, "待确认" if zh else "to be confirmed"
                )
            )
        remark = f"{name}：起草了 {len(found.drafts)} 个用例" if zh else f"{name}: {len(found.drafts)} drafts"
        if found.unreached:
            more = (
                f"；另有 {len(found.unreached)} 处（多是等级线、封顶一类整套规则的事，用 --coverage、--mutate 列出）要自己写"
                if zh
                else f"; {len(found.unreached)} are left to you (mostly grades and caps; --coverage and --mutate list them)"
            )
            remark += more
        remarks.append(remark)
    return "\n".join(texts), tuple(remarks)


def junit_of(results: Iterable[Tried], lang: Language) -> str:
    """Every case as a test, and every change that was neither noticed nor explained as one that failed."""
    suites = {}
    for one in results:
        places = _case_places(one)
        tests = [
            OneTest(
                case.case.name,
                f"{one.ruleset.ruleset}.{case.case.criterion or 'ruleset'}",
                places[case.number],
                tuple(difference_words(found, one.ruleset).in_language(lang) for found in case.differences),
            )
            for case in one.every
        ]
        if one.noticing is not None:
            said = "没有用例察觉" if lang == "zh" else "no case notices it"
            file = Place(str(one.checked.folder / "ruleset.yaml"))
            tests.extend(
                OneTest(
                    each.change.name,
                    f"{one.ruleset.ruleset}.{each.criterion or 'scoring'}.change",
                    file,
                    (said,),
                )
                for each in one.noticing.unnoticed
            )
        suites[one.ruleset.ruleset] = tests
    return junit(suites)


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = [row[0] + " " * (widths[0] - _width(row[0]))]
        cells += [
            " " * (width - _width(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True)
        ]
        yield "  " + "  ".join(cells)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
