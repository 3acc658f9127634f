"""The one place where keys and values of rule files get their Chinese (and English) names. Pure.

A key has one name wherever it stands, unless ``NAMES`` holds one for it under its parent (``standard.title``) or under the kind
of value that it takes (``credit:number``). What has no name is shown by its key: nothing is lost, and a test asks for the name.
"""

from __future__ import annotations

from typing import TypeVar

from evaluator.errors import Words
from evaluator.handbook import LEVELS
from evaluator.model import SUBJECTS
from evaluator.required_wording import attribute_words

T = TypeVar("T")

NAMES: dict[str, Words] = {
    # the head of a ruleset
    "ruleset": Words("规则集标识", "Ruleset id"),
    "version": Words("版本", "Version"),
    "supersedes": Words("承接的上一版", "Supersedes"),
    "title": Words("名称", "Title"),
    "subject": Words("评估对象", "Who is judged"),
    "standard": Words("标准文件", "Standard"),
    "standard.title": Words("标准文件名称", "Title of the standard"),
    "standard.issuer": Words("发布机关", "Issuer"),
    "standard.issued": Words("发布日期", "Issued"),
    "note": Words("说明", "Note"),
    "effective": Words("适用时间", "In force"),
    "effective.from": Words("适用起日", "In force from"),
    "effective.to": Words("适用止日", "In force to"),
    "effective.basis": Words("适用时间的依据", "Basis of the time in force"),
    "period": Words("评估期", "Period"),
    "period.months": Words("评估期（月数）", "Months of the period"),
    "scoring": Words("计分", "Scoring"),
    "scoring.model": Words("计分方式", "Scoring model"),
    "scoring.total": Words("总分", "Total"),
    "scoring.not_applicable": Words("不适用的指标按", "Criteria that do not apply count as"),
    "scoring.pass": Words("达标要达到的等级", "Grade needed for acceptance"),
    "scoring.bonus.cap": Words("鼓励项加分上限", "Cap of the bonus"),
    "scoring.deductions.cap": Words("总分扣分上限", "Cap of deductions from the total"),
    "scoring.transition": Words("分日期的阈值按", "Dated thresholds follow"),
    "scoring.grades": Words("等级", "Grades"),
    "bonus": Words("加分", "Bonus"),
    "deductions": Words("类目扣分", "Deductions from the section"),
    "lines": Words("总分扣分", "Deductions from the total"),
    "pass": Words("达标等级", "Pass"),
    "grades": Words("等级", "Grades"),
    "sections": Words("类目", "Sections"),
    "criteria": Words("指标", "Criteria"),
    # a criterion
    "id": Words("编号", "Id"),
    "section": Words("一级指标", "Section"),
    "criterion.title": Words("二级指标", "Criterion"),
    "criterion.supersedes": Words("承接的上一版指标", "Supersedes"),
    "clause": Words("条款", "Clause"),
    "item": Words("分项", "Item of the clause"),
    "printed": Words("原文误印编号", "Misprinted number"),
    "anchors": Words("原文关键词", "Anchors"),
    "requirement": Words("要求", "Requirement"),
    "level": Words("要求程度", "Level"),
    "nature": Words("性质", "Nature"),
    "veto": Words("一票否决", "Veto"),
    "veto_effect": Words("否决的后果", "Effect of the veto"),
    "veto_grade": Words("否决后最高等级", "Grade at most after the veto"),
    "points": Words("分值", "Points"),
    "basis": Words("依据", "Basis"),
    "basis.threshold": Words("数值的依据", "Basis of the number"),
    "basis.points": Words("分值的依据", "Basis of the points"),
    "basis.level": Words("要求程度的依据", "Basis of the level"),
    "basis.veto": Words("一票否决的依据", "Basis of the veto"),
    "duty_of": Words("谁的职责", "Whose duty"),
    "responsible": Words("责任单位", "Responsible units"),
    "method": Words("核验方式", "Method"),
    "requires": Words("前提指标", "Requires"),
    "criterion.credit": Words("给分办法", "Credit"),
    "remedy": Words("整改办法", "Remedy"),
    # what a row of checks is for
    "applies_when": Words("适用条件", "Applies when"),
    "check": Words("检查", "Check"),
    "deduct": Words("扣分", "Deduction"),
    "best_of": Words("取最高", "Best of"),
    "earn": Words("逐项得分", "Earned line by line"),
    "member": Words("其中", "Member"),
    "steps": Words("分档", "Step"),
    "levels": Words("评档", "Level"),
    "all": Words("全部做到", "all"),
    "any": Words("任一做到", "any"),
    "of": Words("做到几项", "of"),
    # ways of a line
    "unless": Words("没做到就扣", "unless"),
    "each": Words("每有一个", "each"),
    "each_missed": Words("每缺一次", "each missed"),
    "each_below": Words("每低一级", "each below"),
    "each_above": Words("每高一级", "each above"),
    "when": Words("做到就得", "when"),
    "best_of.check": Words("做到就得", "check"),
    # kinds of checks; those of a group say how its members combine
    "kind": Words("种类", "Kind"),
    "ratio": Words("比例", "ratio"),
    "quantity": Words("数量", "quantity"),
    "cadence": Words("频次", "cadence"),
    "document": Words("文件", "document"),
    "statement": Words("事项", "statement"),
    "rating": Words("评定", "rating"),
    "change": Words("增减", "change"),
    "lateness": Words("迟延", "lateness"),
    "kind.subject": Words("对象属性", "subject"),
    "group": Words("组合", "group"),
    "group.all": Words("全部做到", "all"),
    "group.any": Words("任一做到", "any"),
    "group.of": Words("做到几项", "of"),
    "group.each": Words("逐个单元", "each"),
    # the fields of a check
    "evidence": Words("佐证", "Evidence"),
    "numerator": Words("佐证", "Numerator"),
    "count": Words("佐证", "Count"),
    "denominator": Words("分母", "Denominator"),
    "at_least": Words("不低于", "At least"),
    "at_most": Words("不高于", "At most"),
    "above": Words("超过", "Above"),
    "below": Words("低于", "Below"),
    "equals": Words("等于", "Equals"),
    "credit": Words("给分办法", "Credit"),
    "credit:number": Words("得分率", "Share"),
    "scale": Words("线性", "Scale"),
    "scale.from": Words("零分处", "No credit at"),
    "scale.to": Words("满分处", "Full credit at"),
    "every": Words("每", "Every"),
    "months": Words("只看几月", "Months"),
    "starts": Words("从几月起算", "Starts in month"),
    "state": Words("文件状态", "State"),
    "issued_by": Words("最迟印发日", "Issued by"),
    "attachment": Words("附件", "Attachment"),
    "contains": Words("写明的内容", "Contains"),
    "direction": Words("方向", "Direction"),
    "by": Words("幅度", "By"),
    "attribute": Words("属性", "Attribute"),
    "in": Words("取值", "In"),
    "when_zero": Words("分母为零时", "Where the denominator is 0"),
    "minimum_sample": Words("最小样本", "Minimum sample"),
    "due": Words("应办期限", "Due"),
    "per": Words("迟延按", "Per"),
    "lose": Words("扣分数", "Lose"),
    "cap": Words("上限", "Cap"),
    "section.cap": Words("得分上限", "Cap of what its criteria earn"),
    "step": Words("每级", "Step"),
    "part_step": Words("不足一级", "Part of a step"),
    "levels.level": Words("档次", "Level"),
    "lines.title": Words("扣分名目", "Title of the deduction"),
    "text": Words("档次说明", "What the level means"),
    # the clauses of a standard
    "clauses": Words("条款", "Clauses"),
    "clause.id": Words("条款号", "Clause"),
    "heading": Words("标题", "Heading"),
    "normative": Words("提出要求", "Normative"),
    "not_assessed": Words("不评的原因", "Why not assessed"),
    "items": Words("分项", "Items"),
    # evidence items
    "label": Words("名称", "Label"),
    "help": Words("统计口径", "What counts"),
    "retired": Words("停用的版本", "Retired in"),
    "unit": Words("单位", "Unit"),
    "subjects": Words("谁填报", "Who states it"),
    "action": Words("补足的说法", "What closes a shortfall"),
    "item.at_most": Words("不超过哪个总数", "Part of"),
    "whole_number": Words("只能是整数", "Whole number"),
    "held_by": Words("谁举办", "Held by"),
    "item.issued_by": Words("谁印发", "Issued by"),
    "valid": Words("有效期", "Valid"),
    "parts": Words("可要求写明的内容", "Parts"),
    "public_telephone": Words("可写服务电话", "May state a service number"),
    # columns of the table itself
    "owner": Words("指标编号", "Criterion"),
    "called": Words("指标名称", "Title of the criterion"),
    "number": Words("层次", "Number"),
    "role": Words("用处", "Use"),
    "form": Words("怎样扣、怎样得", "Form of the line"),
    "said": Words("评分办法（自动生成）", "In words (made for reading)"),
    "from_where": Words("来源", "From"),
    "key": Words("项目", "Key"),
    "value": Words("内容", "Value"),
    "explained": Words("怎么填", "How to fill"),
    "catalogue": Words("佐证目录", "Catalogue"),
}  # fmt: skip

_HOLDERS = {
    "community": Words("社区", "community"),
    "street": Words("街道", "street"),
    "district": Words("区县", "district"),
    "city": Words("市", "city"),
    "province": Words("省", "province"),
}
_BASES = {"source": Words("标准原文", "the standard"), "editorial": Words("编者所定", "ours")}
VALUES: dict[str, dict[str, Words]] = {
    "subject": dict(SUBJECTS),
    "subjects": dict(SUBJECTS),
    "duty_of": _HOLDERS,
    "held_by": _HOLDERS,
    "item.issued_by": _HOLDERS,
    "basis": _BASES,
    "threshold": _BASES,
    "level": dict(LEVELS),
    "points": _BASES,
    "veto": _BASES,
    "basis.level": _BASES,
    "model": {
        "points": Words("按分值折算百分", "points"),
        "flat": Words("各项同重", "flat"),
        "absolute": Words("按总分", "absolute"),
    },
    "scoring.not_applicable": {"full": Words("满分", "full"), "zero": Words("零分", "zero")},
    "transition": {
        "period_end": Words("评估期最后一天", "the period's last day"),
        "period_start": Words("评估期第一天", "the period's first day"),
    },
    "nature": {
        "requirement": Words("要求做到", "requirement"),
        "prohibition": Words("要求不发生", "prohibition"),
    },
    "veto_effect": {
        "refuse": Words("不通过", "refuse"),
        "end": Words("终止评估", "end"),
        "cap": Words("等级封顶", "cap the grade"),
    },
    "method": {
        "documents": Words("材料审核", "documents"),
        "on_site": Words("实地察看", "on site"),
        "interview": Words("访谈", "interview"),
        "survey": Words("问卷", "survey"),
    },
    "credit": {
        "proportional": Words("按比例", "proportional"),
        "all_or_nothing": Words("全有或全无", "all or nothing"),
    },
    "every": {
        "month": Words("月", "month"),
        "quarter": Words("季度", "quarter"),
        "half_year": Words("半年", "half-year"),
        "year": Words("年", "year"),
        "period": Words("评估期", "period"),
    },
    "state": {
        "in_force": Words("现行有效", "in force"),
        "issued": Words("评估期内印发", "issued in the period"),
    },
    "attachment": {"required": Words("要有", "required")},
    "direction": {
        "falls": Words("下降", "falls"),
        "rises": Words("上升", "rises"),
        "not_above": Words("不高于上期", "not above"),
        "not_below": Words("不低于上期", "not below"),
    },
    "when_zero": {
        "not_applicable": Words("不适用", "not applicable"),
        "satisfied": Words("达标", "satisfied"),
        "not_satisfied": Words("未达标", "not satisfied"),
        "needs_review": Words("由人判定", "needs review"),
    },
    "part_step": {
        "ignore": Words("不扣", "ignore"),
        "full": Words("按一级扣", "full"),
        "proportional": Words("按比例扣", "proportional"),
    },
    "per": {"day": Words("天", "day"), "week": Words("周", "week"), "month": Words("月", "month")},
    "lose": {"all": Words("扣光", "all")},
    # The usual attributes of a subject; others are written by their identifiers.
    "attribute": {"class": attribute_words("class")},
    "in": {one: attribute_words(one) for one in ("urban", "rural", "former_village")},
    "valid": {
        "year": Words("年度文件", "year"),
        "until_replaced": Words("长期有效", "until replaced"),
        "dated": Words("写明有效期", "dated"),
    },
}
ITEM_KINDS: dict[str, Words] = {
    "counts": Words("数据", "Counts"),
    "events": Words("活动", "Events"),
    "documents": Words("文件", "Documents"),
    "statements": Words("事项", "Statements"),
    "units": Words("单元", "Units"),
}
SHEETS: dict[str, Words] = {
    "guide": Words("说明", "Guide"),
    "head": Words("总体", "Head"),
    "grades": Words("等级", "Grades"),
    "sections": Words("类目", "Sections"),
    "criteria": Words("指标", "Criteria"),
    "checks": Words("检查", "Checks"),
    "clauses": Words("条款", "Clauses"),
    **ITEM_KINDS,
}
TOTAL = Words("总分", "the total")
SHARED, OWN = Words("共用目录", "shared"), Words("本规则", "own")
YES, NO = Words("是", "yes"), Words("否", "no")
IN_ENGLISH = "（英文）"


def named(key: str) -> Words | None:
    """The name of the field at ``key`` (``basis.points``, ``criterion.title``): its own, or that of its last part."""
    return _looked_up(key, NAMES)


def name(key: str) -> Words:
    """The name of the field at ``key``; the key itself where it has none. A text in one language says in which.

    >>> name("criterion.title.en").zh, name("ratio.at_least").zh, name("new_thing").zh
    ('二级指标（英文）', '不低于', 'new_thing')
    """
    whole, _, last = key.rpartition(".")
    if last in ("zh", "en") and whole:
        words = name(whole)
        return Words(words.zh + IN_ENGLISH, f"{words.en} (English)") if last == "en" else words
    return named(key) or Words(key, key)


def words_of(key: str) -> dict[str, Words]:
    """The values of the field at ``key`` with their words."""
    return _looked_up(key, VALUES) or {}


def _looked_up(key: str, table: dict[str, T]) -> T | None:
    parts = key.split(".")
    return next(
        (found for n in range(len(parts)) if (found := table.get(".".join(parts[n:]))) is not None), None
    )


def word(key: str, value: str) -> Words:
    """The word for ``value`` of the field at ``key``; the value itself where it has none."""
    return words_of(key).get(value) or Words(value, value)
