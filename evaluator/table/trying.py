"""The worked cases under the rules as they are now: which come out otherwise than they say. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.cases import CaseFile, run
from evaluator.errors import Fault, Words
from evaluator.table.plan import Encoding

_SAID = {
    "outcome": Words("判定", "outcome"),
    "earned": Words("得分", "earned"),
    "credit": Words("得分率", "credit"),
    "missed": Words("错过的时段", "missed"),
    "shortfall": Words("缺口", "shortfall"),
    "score": Words("总分", "score"),
    "grade": Words("等级", "grade"),
    "accepted": Words("是否通过", "accepted"),
    "vetoes": Words("一票否决", "vetoes"),
}
_OUTCOMES = {
    "satisfied": "达标",
    "partly_satisfied": "部分达标",
    "not_satisfied": "未达标",
    "no_evidence": "未提交佐证",
    "needs_review": "待核验",
    "not_applicable": "不适用",
    "–": "没有",
    "None": "未定",
    "True": "是",
    "False": "否",
}


def differing(encoding: Encoding, cases: CaseFile) -> Iterator[Fault]:
    """A fault for each case that differs (paths in ``cases.yaml``)."""
    for n, case in enumerate(cases.cases):
        differences = run(case, cases.defaults, encoding.ruleset, encoding.catalogue)
        if not differences:
            continue
        called = _OUTCOMES | {grade.id: grade.title.zh for grade in encoding.ruleset.scoring.grades}
        zh = "；".join(
            f"{_SAID.get(what, Words(what, what)).zh}应为 {called.get(wanted, wanted)}，实为 {called.get(got, got)}"
            for what, wanted, got in differences
        )
        en = "; ".join(f"{what} should be {wanted}, is {got}" for what, wanted, got in differences)
        mend = Words("改动是对的，就改用例；用例是对的，就改回", "mend the case, or the rule")
        yield Fault("case_differs", ("cases", n), Words(f"{case.name}：{zh}", f"{case.name}: {en}"), mend)
