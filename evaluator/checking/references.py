"""What criteria refer to: evidence items of the catalogue, other criteria. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaluator.catalogue import Catalogue, CountItem, DocumentItem, EventItem, StatementItem
from evaluator.checking.words import KIND_WORDS
from evaluator.errors import Fault, Words, did_you_mean
from evaluator.model import Use
from evaluator.ruleset import Path, Ruleset


def use_faults(use: Use, path: Path, ruleset: Ruleset, catalogue: Catalogue) -> Iterator[Fault]:
    """What is wrong with one reference to the catalogue, made by what stands at ``path``."""
    kind = "counts" if use.kind == "previous" else use.kind
    items, words = catalogue.items(kind), KIND_WORDS[use.kind]
    where = (*path, *use.path)
    if use.id not in items:
        other = catalogue.kind_of(use.id)
        what = Words(f"目录中没有{words.zh} {use.id}", f"the catalogue has no {words.en} {use.id}")
        if other is not None:
            mend = Words(
                f"{use.id} 是{KIND_WORDS[other].zh}", f"{use.id} is declared as {KIND_WORDS[other].en}"
            )
        else:
            mend = did_you_mean(use.id, items)
        yield Fault("unknown_item", where, what, mend)
        return
    item = items[use.id]
    if item.retired is not None:
        what = Words(f"{words.zh} {use.id} 已停用", f"the {words.en} {use.id} is retired")
        yield Fault("retired_item", where, what)
    if isinstance(item, CountItem | EventItem | DocumentItem | StatementItem):
        absent = [kind for kind in ruleset.subject if kind not in item.subjects]
        if absent:
            what = Words(
                f"{words.zh} {use.id} 不由 {'、'.join(absent)} 填报",
                f"the {words.en} {use.id} is not for {', '.join(absent)}",
            )
            mend = Words("在目录的 subjects 中加上", "add it to the item's subjects")
            yield Fault("item_not_for_subject", where, what, mend)


def prerequisite_faults(ruleset: Ruleset) -> Iterator[Fault]:
    """Prerequisites that do not exist, and those that lead back to where they began."""
    known = ruleset.by_id()
    for path, _, criterion in ruleset.criteria():
        for n, name in enumerate(criterion.requires):
            if name not in known:
                what = Words(f"前提指标 {name} 不存在", f"the required criterion {name} does not exist")
                yield Fault("unknown_criterion", (*path, "requires", n), what, did_you_mean(name, known))
    requires = {criterion.id: criterion.requires for _, _, criterion in ruleset.criteria()}
    told: set[str] = set()
    for path, _, criterion in ruleset.criteria():
        circle = _circle(criterion.id, requires)
        # A circle is told of once, where it begins.
        if circle and told.isdisjoint(circle):
            told.update(circle)
            way = " → ".join(circle)
            what = Words(f"前提绕成了圈：{way}", f"the prerequisites lead in a circle: {way}")
            mend = Words("删去其中一个 requires", "leave one of them out")
            yield Fault("circle", (*path, "requires"), what, mend)


def veto_grade_faults(ruleset: Ruleset) -> Iterator[Fault]:
    """Vetoes that cap the grade at one that does not exist, or at the best."""
    grades = {grade.id: n for n, grade in enumerate(ruleset.scoring.grades)}
    for path, _, criterion in ruleset.criteria():
        name = criterion.veto_grade
        if name is not None and name not in grades:
            what = Words(f"veto_grade 所写的等级 {name} 不存在", f"veto_grade names an unknown grade {name}")
            yield Fault("unknown_grade", (*path, "veto_grade"), what, did_you_mean(name, grades))
        elif name is not None and not grades[name]:
            what = Words(
                f"{name} 已是最高等级，这项一票否决不起作用",
                f"{name} is the best grade: this veto has no effect",
            )
            mend = Words("写低一些的等级", "name a lower grade")
            yield Fault("idle_veto_grade", (*path, "veto_grade"), what, mend)


def _circle(start: str, requires: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The way from ``start`` through prerequisites back to it; empty where there is none."""
    came_from: dict[str, str] = {}
    queue = [start]
    for name in queue:
        for onward in requires.get(name, ()):
            if onward == start:
                way = [name]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return [*reversed(way), start]
            if onward not in came_from:
                came_from[onward] = name
                queue.append(onward)
    return []
