"""The words for what can change: one place, in Chinese and English."""

from __future__ import annotations

from evaluator.errors import Words

EVERY = {
    "month": Words("每月", "each month"),
    "quarter": Words("每季度", "each quarter"),
    "half_year": Words("每半年", "each half-year"),
    "year": Words("每年", "each year"),
    "period": Words("整个评估期", "the whole period"),
}
PER = {
    "day": Words("按天", "by days"),
    "week": Words("按周", "by weeks"),
    "month": Words("按月", "by months"),
}
STATE = {
    "in_force": Words("现行有效", "in force"),
    "issued": Words("在评估期内印发", "issued in the period"),
    "": Words("不限", "any"),
}
WHEN_ZERO = {
    "not_applicable": Words("不适用", "not applicable"),
    "satisfied": Words("达标", "satisfied"),
    "not_satisfied": Words("未达标", "not satisfied"),
    "needs_review": Words("由人判定", "a person decides"),
}
DIRECTIONS = {
    "falls": Words("比上期下降", "falls"),
    "rises": Words("比上期上升", "rises"),
    "not_above": Words("不高于上期", "not above the period before"),
    "not_below": Words("不低于上期", "not below the period before"),
}
ATTACHMENT = Words("要有附件", "an attachment")
LEVELS = {"must": Words("应", "must"), "should": Words("宜", "should"), "may": Words("鼓励", "may")}
BASES = {"source": Words("标准原文", "the standard"), "editorial": Words("本规则集所定", "ours")}
METHODS = {
    "documents": Words("查资料", "documents"),
    "on_site": Words("看现场", "on site"),
    "interview": Words("访谈", "interviews"),
    "survey": Words("问卷", "a survey"),
}
DUTIES = {
    "community": Words("社区", "community"),
    "street": Words("街道", "street"),
    "district": Words("区县", "district"),
    "city": Words("市", "city"),
    "province": Words("省", "province"),
}
NATURES = {
    "requirement": Words("一般要求", "a requirement"),
    "prohibition": Words("禁止性要求", "a prohibition"),
}
YES_NO = {True: Words("是", "yes"), False: Words("否", "no")}
PART_STEP = {
    "ignore": Words("不计", "ignored"),
    "proportional": Words("按比例计", "in proportion"),
    "full": Words("按满一级计", "in full"),
}
VETO_EFFECTS = {
    "refuse": Words("不能通过", "not accepted"),
    "end": Words("终止评估", "ends the assessment"),
    "cap": Words("限制等级", "caps the grade"),
}
MODELS = {
    "points": Words("得分之和 ÷ 适用分值之和 × 100", "points earned ÷ applicable points × 100"),
    "flat": Words("各项等权", "every criterion weighs the same"),
    "absolute": Words("得分之和 ÷ 总分 × 100", "points earned ÷ the stated total × 100"),
}
NOT_APPLICABLE = {
    "full": Words("不适用的按满分计", "full points where it does not apply"),
    "zero": Words("不适用的按零分计", "no points where it does not apply"),
}
TRANSITIONS = {
    "period_end": Words("评估期最后一天", "the last day of the period"),
    "period_start": Words("评估期第一天", "the first day of the period"),
}
VALID = {
    "year": Words("当年有效", "for its year"),
    "until_replaced": Words("长期有效", "until replaced"),
    "dated": Words("按写明的有效期", "as it states"),
}
KINDS = {
    "counts": Words("数据", "count"),
    "events": Words("活动", "events"),
    "documents": Words("文件", "documents"),
    "statements": Words("事项", "statement"),
    "units": Words("单元", "units"),
    "previous": Words("上期数据", "count of the period before"),
    "attributes": Words("单位属性", "attribute of the subject"),
}

_ASPECTS: dict[str, Words] = {
    "action": Words("补足办法的文字", "the words of the mend"),
    "anchors": Words("原文短词", "anchors"),
    "applies_when": Words("适用条件", "applicability"),
    "asks": Words("要交的佐证", "evidence to submit"),
    "asks_parts": Words("要交的文件内容", "contents to submit"),
    "at_most": Words("不得超过的总数", "wholes that it may not exceed"),
    "attachment": Words("附件", "attachment"),
    "attribute": Words("所看的单位属性", "attribute"),
    "basis": Words("依据", "basis"),
    "best_of": Words("可取的情形", "alternative"),
    "bonus": Words("加分上限", "cap of the bonus"),
    "by": Words("变化幅度", "size of the change"),
    "cap": Words("上限", "cap"),
    "check": Words("检查办法", "check"),
    "clause": Words("条款号", "clause"),
    "contains": Words("文件要写明的内容", "contents that the document states"),
    "credit": Words("给分办法", "credit"),
    "criterion": Words("指标", "criterion"),
    "deadline": Words("期限", "deadline"),
    "deduct": Words("扣分情形", "deduction"),
    "deductions": Words("扣分情形", "deduction"),
    "deductions_cap": Words("总分扣分上限", "cap of the deductions"),
    "denominator": Words("分母", "denominator"),
    "direction": Words("变化方向", "direction"),
    "due": Words("应印发的日期", "due day"),
    "duty_of": Words("职责主体", "whose duty"),
    "earn": Words("得分情形", "way to earn points"),
    "effective_from": Words("适用起始日", "in force from"),
    "effective_to": Words("适用截止日", "in force until"),
    "every": Words("时段", "window"),
    "grade": Words("等级", "grade"),
    "grade_line": Words("等级线", "threshold of the grade"),
    "held_by": Words("举办者", "held by"),
    "help": Words("统计口径", "definition"),
    "issued_by": Words("印发期限", "issued by"),
    "item": Words("佐证", "evidence"),
    "label": Words("名称", "label"),
    "level": Words("要求层级", "level"),
    "level_text": Words("各档的含义", "what the levels mean"),
    "levels": Words("档次与得分", "levels"),
    "lose": Words("扣分", "points lost"),
    "margin": Words("允许相差", "margin"),
    "member": Words("要求的事项", "member"),
    "method": Words("核验方法", "method"),
    "minimum_sample": Words("最小样本", "minimum sample"),
    "model": Words("计分模型", "scoring model"),
    "months": Words("限定的月份", "months"),
    "moved": Words("所在类目", "section"),
    "nature": Words("要求的性质", "nature"),
    "not_applicable": Words("不适用指标的计分", "what does not apply"),
    "note": Words("说明", "note"),
    "number": Words("要达标的项数", "members that must hold"),
    "numerator": Words("分子", "numerator"),
    "order": Words("排列顺序", "order"),
    "other": Words("其他设置", "other settings"),
    "part_step": Words("不足一级的", "part of a step"),
    "parts": Words("文件内容的选项", "parts of the document"),
    "pass": Words("达标线", "grade needed for acceptance"),
    "per": Words("迟报的计时单位", "unit of lateness"),
    "period": Words("评估期", "period"),
    "points": Words("分值", "points"),
    "printed": Words("原文编号", "printed number"),
    "public_telephone": Words("可写服务电话", "public telephone"),
    "remedy": Words("整改办法", "remedy"),
    "requirement": Words("要求的表述", "requirement"),
    "requires": Words("前提指标", "prerequisite"),
    "responsible": Words("责任单位", "responsible units"),
    "retired": Words("停用的版本", "retired"),
    "section": Words("类目", "section"),
    "section_cap": Words("类目得分上限", "cap of the section"),
    "standard": Words("标准文件", "standard"),
    "starts": Words("时段起算的月份", "first month of windows"),
    "state": Words("文件状态", "state of the document"),
    "step": Words("每级的大小", "step"),
    "subject": Words("评估对象", "subject"),
    "subjects": Words("填报单位", "who submits it"),
    "supersedes": Words("承接", "supersedes"),
    "threshold": Words("阈值", "threshold"),
    "times": Words("每个时段的次数", "events in a window"),
    "title": Words("名称", "title"),
    "total": Words("总分", "total"),
    "transition": Words("分日期阈值的取值日", "day that picks dated thresholds"),
    "unit": Words("单位", "unit"),
    "valid": Words("有效期", "validity"),
    "values": Words("属性的取值", "values of the attribute"),
    "veto": Words("一票否决", "veto"),
    "veto_effect": Words("一票否决的后果", "effect of the veto"),
    "veto_grade": Words("一票否决后的最高等级", "highest grade after the veto"),
    "when_zero": Words("分母为 0 时", "where the denominator is 0"),
    "whole_number": Words("只填整数", "whole numbers only"),
}


def aspect(name: str) -> Words:
    """The words for what changed."""
    return _ASPECTS.get(name, _ASPECTS["other"])
