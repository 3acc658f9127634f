"""The columns of each sheet: in the order of a scoring table, how wide, what they offer, what they explain. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from evaluator.catalogue import CountItem, DocumentItem, EventItem, Item, StatementItem, UnitItem
from evaluator.model import Model
from evaluator.ruleset import Clause, ClauseItem, Criterion, Grade, Ruleset, Section
from evaluator.table import check_rows
from evaluator.table.cells import known_words
from evaluator.table.form import KEY, Column, Look, Offer, offer_of
from evaluator.table.names import name
from evaluator.table.records import Scalar, scalars

ITEMS: dict[str, type[Item]] = {
    "counts": CountItem,
    "events": EventItem,
    "documents": DocumentItem,
    "statements": StatementItem,
    "units": UnitItem,
}
# The model and the prefix of the names of a sheet's rows; clauses and their items share a sheet.
MODELS: dict[str, tuple[tuple[type[Model], str], ...]] = {
    "head": ((Ruleset, ""),),
    "grades": ((Grade, "grades"),),
    "sections": ((Section, "section"),),
    "criteria": ((Criterion, "criterion"),),
    "clauses": ((Clause, "clause"), (ClauseItem, "clause")),
    **{kind: ((model, "item"),) for kind, model in ITEMS.items()},
}
# What stands first, in this order; every other column follows in the order of the model, English at the end.
_FIRST: dict[str, str] = {
    "grades": "id title.zh at_least basis",
    "sections": "id title.zh cap",
    "criteria": (
        "section id title.zh clause item requirement.zh level veto veto_effect veto_grade points said "
        "basis.threshold basis.points basis.level "
        "duty_of responsible method requires credit remedy.zh anchors nature basis.veto"
    ),
    "clauses": "id item heading normative printed not_assessed.zh",
    "checks": (
        "owner called number role form kind evidence denominator at_least at_most above below equals points credit:number "
        "lose cap step part_step credit every months starts state issued_by due per attachment contains direction by "
        "scale.from scale.to when_zero minimum_sample attribute in level text.zh title.zh"
    ),
    "counts": "from_where id label.zh unit.zh help.zh subjects at_most whole_number action.zh",
    "events": "from_where id label.zh help.zh subjects held_by action.zh",
    "documents": "from_where id label.zh help.zh subjects issued_by valid parts",
    "statements": "from_where id label.zh help.zh subjects public_telephone",
    "units": "from_where id label.zh help.zh",
}
_WIDTHS: dict[str, float] = {
    "section": 14, "id": 20, "title.zh": 22, "requirement.zh": 36, "said": 40, "remedy.zh": 36, "responsible": 18,
    "anchors": 16, "duty_of": 12, "help.zh": 40, "label.zh": 26, "parts": 36, "heading": 28, "not_assessed.zh": 40,
    "owner": 14, "called": 22, "evidence": 34, "denominator": 28, "contains": 30, "text.zh": 30, "number": 8, "role": 10,
    "form": 12, "kind": 11, "at_least": 10, "credit": 10, "subjects": 14, "action.zh": 24, "clause": 9, "item": 12,
    "requires": 12, "method": 11, "level": 9, "points": 8, "veto": 9, "from_where": 9, "state": 12, "part_step": 11,
    "when_zero": 12, "issued_by": 12, "direction": 11, "held_by": 9, "valid": 11, "every": 9,
}  # fmt: skip
_LEFT = frozenset({
    "section", "title.zh", "requirement.zh", "said", "remedy.zh", "responsible", "anchors", "help.zh", "label.zh", "parts",
    "heading", "not_assessed.zh", "called", "evidence", "denominator", "contains", "text.zh", "action.zh", "owner",
})  # fmt: skip
_PROMPTS: dict[str, str] = {
    "id": "新加的一行可以空着，导入时给出编号；定下以后不再改",
    "owner": "写“指标”表里的编号；总分的扣分写“总分”，类目的扣分写“类目 [编号]”",
    "number": "1 是这个指标的第一行；1.1、1.2 在 1 的里面",
    "role": "检查、适用条件、扣分……；在组合里面的写“其中”",
    "at_least": "含本数。百分比写 5%。中途提高的写“2011-01-01 起 5%；2026-01-01 起 8%”",
    "at_most": "含本数",
    "above": "不含本数",
    "below": "不含本数",
    "duty_of": "可以几个，用顿号分开：社区、街道",
    "subjects": "可以几个，用顿号分开：社区、街道",
    "responsible": "标准点名的单位，用顿号分开",
    "anchors": "原文这一条里的短词，用顿号分开，每个不超过 20 字",
    "requires": "前提指标的编号，用顿号分开",
    "parts": "一行一项：编号 | 中文 | 英文",
    "months": "如 9；几个月用顿号分开",
    "veto_effect": "不通过（默认）：其余照评；终止评估：不再计分；等级封顶：最高到所写的等级",
    "evidence": "从下拉表里选，或写“数据”“活动”“文件”“事项”“单元”表里的名称",
    "action.zh": "用 {n} 代表个数，如：再开放 {n} 个阅览室",
    "points": "大于 0 的数",
}
# What stands beside the values of 总体.
HEAD_HELP: dict[str, str] = {
    "ruleset": "与文件夹同名，定下以后不改；标准重新发布，用新标识",
    "version": "改措辞提高末位，改阈值、分值提高前两位，如 1.1.0",
    "supersedes": "承接的上一版规则集的标识；没有就空着",
    "title.zh": "这套规则的名称",
    "title.en": "必填",
    "subject": "可以几个，用顿号分开：社区、街道、区县、功能区、市",
    "standard.issuer": "原文没有写的空着",
    "standard.issued": "原文没有写的空着",
    "standard.note.zh": "哪些是编者所定，可以在这里说明",
    "effective.from": "写成 2026-01-01",
    "effective.to": "写成 2026-12-31；还在用的空着",
    "period.months": "一年写 12",
    "scoring.model": "按分值折算百分：得分÷适用分值×100；各项同重；按总分：得分÷总分×100",
    "scoring.total": "只用于“按总分”",
    "scoring.not_applicable": "只用于“按总分”",
    "scoring.pass": "从下拉表里选",
    "scoring.bonus.cap": "鼓励项最多加几分；不加分的空着",
    "scoring.deductions.cap": "从总分里最多扣几分；扣分各条写在“检查”表，指标编号写“总分”",
    "scoring.transition": "分日期的阈值取哪一天的；空着按最后一天",
}
_LISTED = {
    "owner": "指标清单",
    "section": "类目清单",
    "denominator": "数据清单",
    "at_most": "数据清单",
    "pass": "等级清单",
    "veto_grade": "等级清单",
}
# Chosen from a list that follows from the kind of the row.
BY_KIND = "*"


@lru_cache(maxsize=64)
def of_sheet(sheet: str, used: frozenset[str] = frozenset()) -> tuple[Column, ...]:
    """The columns of a sheet; what is not among ``used`` in 检查 is folded away."""
    found = {one.key: one for one in _all(sheet, used)}
    first = [key for key in _FIRST.get(sheet, "").split() if key in found]
    rest = [key for key in found if key not in first]
    ordered = sorted([*first, *rest], key=lambda key: (key != KEY, found[key].look == "english"))
    return tuple(found[key] for key in ordered)


def _all(sheet: str, used: frozenset[str]) -> Iterator[Column]:
    if sheet == "checks":
        for key in ("owner", "called", "number", "role", "form", "kind", "evidence", "denominator"):
            yield _own(key)
        for scalar in check_rows.columns():
            yield _column(sheet, scalar, rare=bool(used) and scalar.column not in used)
        return
    yield Column(KEY, "", look="hidden")
    if sheet == "criteria":
        yield _own("section")
        yield _own("said")
    if sheet in ITEMS:
        yield _own("from_where")
        yield Column("id", name("id").zh, _WIDTHS["id"], "id", prompt=_PROMPTS["id"])
    for scalar in values_of(sheet):
        yield _column(sheet, scalar)


def values_of(sheet: str) -> tuple[Scalar, ...]:
    """The values of a sheet's rows, each once."""
    found: dict[str, Scalar] = {}
    for model, prefix in MODELS[sheet]:
        for one in scalars(model, prefix):
            found.setdefault(one.column, one)
    return tuple(found.values())


def _column(sheet: str, scalar: Scalar, *, rare: bool = False) -> Column:
    key = scalar.column
    look: Look = "text" if key in _LEFT else "centred"
    if key == "id":
        look = "id"
    elif scalar.path[-1] == "en":
        look = "english"
    offer = offer_of(scalar.shape, known_words(scalar.key, scalar.shape.values))
    if key in _LISTED and sheet != "checks" and not (key == "at_most" and scalar.shape.kind != "texts"):
        offer = Offer(listed=_LISTED[key], only=False)
    width = 24 if look == "english" else _WIDTHS.get(key, 11)
    if key == "at_most" and sheet == "counts":
        look, width = "text", 26
    prompt = _PROMPTS.get(key, "") if not (key == "at_most" and sheet == "counts") else ""
    return Column(key, name(scalar.key).zh, width, look, offer, rare, prompt)


def _own(key: str) -> Column:
    look: Look = "made" if key in ("called", "said", "from_where") else "text" if key in _LEFT else "centred"
    offer = {
        "role": Offer(tuple(roles()), only=False),
        "form": Offer(tuple(ways())),
        "kind": Offer(tuple(check_rows.kind_words())),
        "evidence": Offer(listed=BY_KIND, only=False),
    }.get(key)
    if key in _LISTED:
        offer = Offer(listed=_LISTED[key], only=False)
    return Column(key, name(key).zh, _WIDTHS.get(key, 11), look, offer, prompt=_PROMPTS.get(key, ""))


def roles() -> Sequence[str]:
    """What a row of checks can be for, in words."""
    keys = [field.key for owner in check_rows.OWNERS.values() for field in check_rows.tops(owner)]
    return list(
        dict.fromkeys(
            [*(name(key).zh for key in keys), *(name(key).zh for key in ("member", "steps", "levels"))]
        )
    )


def ways() -> Sequence[str]:
    """How a line takes or gives points, in words."""
    found = []
    for owner in check_rows.OWNERS.values():
        for field in check_rows.tops(owner):
            for model in field.shape.models if field.shape.kind == "rows" else ():
                found += [
                    name(f"{field.key}.{way.key}").zh for way in check_rows.parts_of(model, field.key).ways
                ]
    return list(dict.fromkeys(found))
