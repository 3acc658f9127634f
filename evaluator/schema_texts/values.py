"""What each value of a choice means: the first of these tables that knows all values of a choice explains it."""

from __future__ import annotations

from collections.abc import Iterable

from evaluator.model import SUBJECTS
from evaluator.schema_texts.base import Pair
from evaluator.versions import STATES

_TABLES: tuple[dict[str, Pair], ...] = (
    {**{name: (words.zh, words.en) for name, words in SUBJECTS.items()}, "province": ("省", "province")},
    {name: (words.zh, words.en) for name, words in STATES.items()},
    {
        "satisfied": ("达标", "met"),
        "partly_satisfied": ("部分达标", "partly met"),
        "not_satisfied": ("未达标", "not met"),
        "no_evidence": ("未提交佐证", "no evidence was submitted"),
        "needs_review": ("待核验，由人判定", "to be verified: a person decides"),
        "not_applicable": ("不适用", "does not apply"),
    },
    {
        "self_check": ("自查", "self-check"),
        "preliminary": ("初审", "preliminary review"),
        "inspection": ("验收", "inspection"),
        "final": ("审定", "final review"),
    },
    {"zh": ("中文", "Chinese"), "en": ("英文", "English")},
    {
        "a": ("长期存档：PDF/A-3u", "archival: PDF/A-3u"),
        "ua": ("另带读屏标记：PDF/A-3a 和 PDF/UA-1", "accessible too: PDF/A-3a and PDF/UA-1"),
    },
    {
        "documents": ("查资料", "checking documents"),
        "on_site": ("看现场", "an on-site check"),
        "interview": ("访谈", "interviews"),
        "survey": ("问卷", "a survey"),
    },
    {
        "must": ("应：必须做到", "required"),
        "should": ("宜：计分同“应”，单独标出", "recommended: scores like must, printed apart"),
        "may": ("鼓励：不计入总分，只加分", "encouraged: never lowers a score, adds a bonus"),
    },
    {
        "agrees": ("内容一致", "all agrees"),
        "layout_differs": ("内容一致，排版程序不同", "content agrees, the layout engine differs"),
        "other_rules": ("所依规则不同", "made under other rules"),
        "mismatch": ("与所给的材料不符", "not of what was given"),
        "altered": ("被改动过", "altered"),
        "unverified": ("不能核验", "cannot be verified"),
        "unreadable": ("读不出来", "cannot be read"),
    },
    {
        "agrees": ("核实", "it agrees"),
        "unknown": ("未能核实", "it could not be verified"),
        "wrong": ("不对", "it is wrong"),
    },
    {
        "file": ("文件本身", "the file itself"),
        "shape": ("评估结果的格式", "the format of the assessment"),
        "digest": ("评估结果的校验码", "its digest"),
        "manifest": ("签发清单", "the manifest"),
        "recount": ("由检查结果重算", "recounting from its findings"),
        "pages": ("各页所印", "what is printed"),
        "rules": ("所依规则", "its rules"),
        "engine": ("作出它的程序", "the program that made it"),
        "evidence": ("由申报从头重评", "judging anew from the submission"),
        "signatures": ("签章", "signatures"),
        "code": ("纸上的核验码", "the code on paper"),
    },
    {"pdf": ("评分表", "a scorecard (PDF)"), "json": ("评估结果", "an assessment (JSON)")},
    {"source": ("标准原文写的", "the standard states it"), "editorial": ("本规则定的", "we chose it")},
    {
        "requirement": ("要做到的事（默认）", "something to be done (the default)"),
        "prohibition": (
            "要求不发生的事，发生了就不能补",
            "something that must not occur, and cannot be undone",
        ),
    },
    {
        "refuse": ("不通过（默认）", "not accepted (the default)"),
        "end": ("评估终止，记 0 分", "ends the assessment: the score is 0"),
        "cap": ("最高只能评到 veto_grade 那一等", "no grade above veto_grade"),
    },
    {
        "points": ("得分之和 ÷ 适用分值之和 × 100", "points earned ÷ applicable points × 100"),
        "flat": ("每个指标权重相同", "every criterion weighs the same"),
        "absolute": ("得分之和 ÷ 总分 × 100", "points earned ÷ total × 100"),
    },
    {"full": ("按满分计", "in full"), "zero": ("按零分计", "as nothing")},
    {
        "ignore": ("不足一步的不计", "part of a step costs nothing"),
        "full": ("不足一步按一步", "part of a step costs a whole one"),
        "proportional": ("不足一步按比例", "part of a step costs its share"),
    },
    {
        "proportional": ("按比例：测得 ÷ 要求，最多为 1", "measured ÷ required, at most 1"),
        "all_or_nothing": ("全部达到才得分", "all of it or nothing"),
    },
    {
        "period_end": ("评估期最后一天（默认）", "the period's last day (the default)"),
        "period_start": ("评估期第一天", "the period's first day"),
    },
    {
        "in_force": ("数据截止日现行有效", "in force on the data date"),
        "issued": ("在评估期内印发", "issued in the period"),
    },
    {"issued": ("印发日期", "the day of issue"), "valid_to": ("失效日期", "the last day of validity")},
    {"day": ("日", "days"), "week": ("周", "weeks"), "month": ("月", "months")},
    {
        "month": ("每月", "each month"),
        "quarter": ("每季", "each quarter"),
        "half_year": ("每半年", "each half-year"),
        "year": ("每年", "each year"),
        "period": ("整个评估期", "the whole period"),
    },
    {
        "falls": ("下降", "falls"),
        "rises": ("上升", "rises"),
        "not_above": ("不高于上期", "not above the period before"),
        "not_below": ("不低于上期", "not below the period before"),
    },
    {
        "year": ("年度文件：要在评估期内印发，或写明有效期", "an annual document, of this period"),
        "until_replaced": ("长期有效，除非写了失效日期", "holds until it is replaced"),
        "dated": ("要写明有效期，没有写的由人判定", "states its term; without one a person decides"),
    },
    {
        "street_reviewer": ("街道审核人员", "street reviewer"),
        "district_inspector": ("区级验收人员", "district inspector"),
        "municipal_inspector": ("市级验收人员", "municipal inspector"),
        "provincial_inspector": ("省级验收人员", "provincial inspector"),
        "expert": ("评审专家", "expert"),
        "third_party": ("第三方评估人员", "third-party assessor"),
    },
    # Of assessments.
    {
        "evidence": ("等待补充佐证", "evidence is wanting"),
        "person": ("等待人工核验", "a person decides"),
        "time": ("等待时限到来", "the time has not come"),
    },
    {
        "met": ("次数够了", "enough"),
        "missed": ("已过，次数不够，不能补", "over, and too few"),
        "open": ("未到期", "not yet due"),
        "cut": ("被评估期的边切断，不计", "cut by the edge of the period: not counted"),
    },
    {
        "correction": ("更正", "a correction"),
        "rejection": ("不予采信", "evidence rejected"),
        "rating": ("评档", "a level"),
        "decision": ("决定", "a decision"),
        "confirmation": ("核实属实", "a confirmation"),
    },
    {
        "machine": ("机器判定", "the machine"),
        "rating": ("检查人员评档", "an inspector's level"),
        "decision": ("检查人员决定", "an inspector's decision"),
    },
    {
        "applies_when": ("适用条件", "the condition"),
        "requires": ("前提指标", "prerequisites"),
        "check": ("检查", "the check"),
        "deduct": ("扣分", "deductions"),
        "best_of": ("取最高", "the best alternative"),
        "earn": ("按次得分", "points for each"),
    },
    {
        "count": ("数据", "a count"),
        "previous": ("上期数据", "a count of the period before"),
        "event": ("活动", "an event"),
        "document": ("文件", "a document"),
        "statement": ("事项", "a statement"),
    },
    {
        "issued": ("印发日期", "the day of issue"),
        "valid_to": ("失效日期", "the last day of validity"),
        "contains": ("写明的内容", "the parts that it states"),
        "attachment": ("附件", "the document itself"),
    },
    {
        "reached": ("已经达到，什么也不用做", "nothing has to be done"),
        "reachable": ("可以达到", "can be reached"),
        "out_of_reach": ("达不到", "cannot be reached"),
        "over": ("评估期已过，没有达到", "the period is over and it is not reached"),
        "unscored": ("没有总分", "there is no score"),
    },
    {"exact": ("再少就不够", "no fewer actions will do"), "greedy": ("也许可以更少", "fewer might do")},
    {
        "hold": ("举办", "hold"),
        "issue": ("印发", "issue"),
        "renew": ("续发", "renew"),
        "complete": ("补全", "complete"),
        "put": ("落实", "put in place"),
        "raise": ("增加", "raise"),
        "lower": ("减少", "lower"),
        "report": ("填报", "report"),
    },
    {
        "not_started": ("未开始", "not started"),
        "in_progress": ("进行中", "in progress"),
        "done": ("已完成", "done"),
    },
    {
        "closed": ("已销号", "closed"),
        "unseen": ("申报已完成、系统未见", "said to be done, not found"),
        "open": ("未完成", "open"),
        "missed": ("已过期、不能补办", "missed, cannot be made up"),
        "to_verify": ("待核验", "to be verified"),
        "not_needed": ("不再需要", "no longer needed"),
    },
    {
        "signature": ("只给出签名值", "the bare signature"),
        "cms": ("给出整个签名", "the whole signature (CMS)"),
    },
    {"yes": ("是", "yes"), "no": ("否", "no")},
    {"bytes": ("字节", "bytes"), "pixels": ("像素", "pixels"), "number": ("个数", "a number of things")},
)


def meanings(values: Iterable[object]) -> list[Pair] | None:
    """What ``values`` mean, in their order; None where no table knows all of them."""
    listed = [str(value) for value in values]
    table = next((one for one in _TABLES if one.keys() >= set(listed)), None)
    return None if table is None else [table[value] for value in listed]
