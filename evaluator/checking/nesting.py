"""What a check may hold at its place: parts of documents, steps in points, what a unit can be asked. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.catalogue import Catalogue
from evaluator.checks import Check
from evaluator.checks.document import DocumentCheck
from evaluator.checks.group import Group
from evaluator.checks.quantity import Quantity
from evaluator.checks.ratio import Ratio
from evaluator.checks.statement import StatementCheck
from evaluator.crediting import Graded
from evaluator.errors import Fault, Words, did_you_mean
from evaluator.ruleset import Criterion, Path


def nesting_faults(
    check: Check,
    path: Path,
    catalogue: Catalogue,
    criterion: Criterion | None,
    *,
    inside: bool,
    unit: bool = False,
) -> Iterator[Fault]:
    """Faults of ``check`` at ``path`` and of its members; ``inside`` where steps cannot be points, ``unit`` inside ``each``."""
    if isinstance(check, DocumentCheck):
        item = catalogue.documents.get(check.documents)
        for n, part in enumerate(check.contains if item is not None else ()):
            if item is not None and part not in item.parts:
                what = Words(
                    f"文件 {check.documents} 没有内容 {part}",
                    f"the document {check.documents} has no part {part}",
                )
                yield Fault("unknown_part", (*path, "contains", n), what, did_you_mean(part, item.parts))
    if isinstance(check, Graded) and check.steps:
        for n, step in enumerate(check.steps):
            if step.points is None:
                continue
            if inside or criterion is None:
                what = Words("这里的分档只能写 credit", "a step here states credit, not points")
                yield Fault("step_points", (*path, "steps", n, "points"), what)
            elif step.points.value > criterion.points.value:
                what = Words("分档得分超过指标分值", "a step earns more than the criterion's points")
                yield Fault("step_points", (*path, "steps", n, "points"), what)
    if (
        unit
        and not isinstance(check, Ratio | StatementCheck | Group)
        and not (isinstance(check, Quantity) and check.count)
    ):
        what = Words("单元内只能检查数据项和事项", "inside a unit only counts and statements can be checked")
        yield Fault("not_in_unit", (*path, "kind"), what)
    if isinstance(check, Group):
        for where, member in check.members():
            inner = unit or check.each is not None
            yield from nesting_faults(member, (*path, *where), catalogue, criterion, inside=True, unit=inner)
