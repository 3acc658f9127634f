"""The whole of an assessment, recounted: what in it does not follow from the rest of it."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.assessment_file import contradictions
from evaluator.errors import Words
from evaluator.verifying.contradiction import Contradiction, Json, shown
from evaluator.verifying.criteria import of_criterion
from evaluator.verifying.stages import of_stages
from evaluator.verifying.totals import of_deductions, of_totals, rules_of


def recounted(document: Json) -> tuple[Contradiction, ...]:
    """Every number of ``document`` (of the right shape) that does not follow; what no document tells is not judged.

    From the parts of a finding follow its measured number, credit and shortfall; from findings the credit and outcome of
    their group and criterion; from these points, sections, score, grade and acceptance. What each line of a deduction weighs,
    the steps that count a group's members, the levels of a rating, and all words follow from the rules alone.
    """
    return tuple(dict.fromkeys(_recounted(document)))


def _recounted(document: Json) -> Iterator[Contradiction]:
    order = {one["id"]: n for n, one in enumerate(document["sections"])}
    places = [order.get(one["section"], -1) for one in document["criteria"]]
    ids = [one["id"] for one in document["criteria"]]
    ruleset = rules_of(document)
    if (
        len(order) != len(document["sections"])
        or -1 in places
        or places != sorted(places)
        or len(set(ids)) != len(ids)
    ):
        place = Words("指标与类目", "criteria and sections")
        yield Contradiction(
            ("criteria",), place, "重复、缺失或次序不对 / repeated, missing or out of order", "—"
        )
        return
    if ruleset is None:
        place = Words("所附的计分办法", "how points become a score, as attached")
        yield Contradiction(("ruleset", "scoring"), place, "自相矛盾 / contradicts itself", "—")
        return
    rows = {
        f"count:{one['id']}" if one["kind"] == "count" else one["id"]: one for one in document["evidence"]
    }
    for n, one in enumerate(document["criteria"]):
        yield from of_criterion(one, ("criteria", n), document, rows)
    yield from of_deductions(document, rows)
    found = list(of_totals(document, ruleset))
    yield from found
    yield from of_stages(document, ruleset)
    if not found:
        # The same by a way of its own: the account that comparisons are made from.
        for fault in contradictions(dict(document)):
            yield Contradiction(fault.path, fault.what, shown(None), shown(None))
