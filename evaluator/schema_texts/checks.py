"""What the keys of a check mean, and of what makes credit of a measured number."""

from __future__ import annotations

from evaluator.schema_texts.base import Texts

_SOURCE = " · 三选一：count、events、documents"

TEXTS: Texts = {
    "Comparisons": {
        "at_least": ("不低于（以上，含本数）", "At least: the number itself is enough"),
        "at_most": ("不高于（以下，含本数）", "At most: the number itself is allowed"),
        "above": ("超过（不含本数）", "Above: the number itself is not enough"),
        "below": ("低于（不含本数）", "Below: the number itself is too much"),
        "equals": ("等于", "Equal to"),
    },
    "Graded": {
        "steps": (
            "分档：从上到下取第一个符合的档，都不符合为 0 分；所以从高档往低档写",
            "Steps: the first that holds counts, none earns 0; so the best comes first",
        ),
        "scale": ("线性：from 处得 0，to 处得满分，中间按比例", "Linear: 0 at from, full credit at to"),
    },
    "Thresholds": {
        "credit": (
            "proportional：测得 ÷ 要求，最多为 1；只配 at_least",
            "proportional: measured ÷ required, at most 1; goes with at_least only",
        ),
    },
    "Step": {
        "": ("一档：一个比较条件，写 points 或 credit 之一", "One comparison, with either points or credit"),
        "points": ("得几分（指标的分）", "What it earns, in the criterion's points"),
        "credit": ('得分率，0 到 1 或百分比，如 "50%"', 'What it earns as a share, such as "50%"'),
    },
    "Scale": {
        "": (
            "线性得分的两端；to 小于 from 就是越小越好",
            "The two ends; where to is the smaller, less is better",
        ),
        "from": ("得 0 分的数", "The number that earns 0"),
        "to": ("得满分的数", "The number that earns full credit"),
    },
    "Ratio": {
        "": ("比例：一个数据项 ÷ 另一个数据项", "One count divided by another"),
        "kind": ("检查的种类：ratio 比例", "The kind of check: a ratio"),
        "numerator": ("分子：数据项的标识", "The numerator: a count of the catalogue"),
        "denominator": ("分母：数据项的标识", "The denominator: a count of the catalogue"),
        "when_zero": ("分母为 0 时怎么办，默认不适用", "What follows where the denominator is 0"),
        "minimum_sample": (
            "分母小于它时不判定，等人核验",
            "With a smaller denominator a person decides",
        ),
    },
    "Quantity": {
        "": (
            "数量：一个数据项，或评估期内活动的次数、印发文件的份数",
            "A number: a count, or the events held or documents issued in the period",
        ),
        "kind": ("检查的种类：quantity 数量", "The kind of check: a quantity"),
        "count": ("数据项的标识" + _SOURCE, "A count of the catalogue · one of count, events, documents"),
        "events": ("活动类型的标识" + _SOURCE, "A type of events · one of count, events, documents"),
        "documents": ("文件类型的标识" + _SOURCE, "A type of documents · one of count, events, documents"),
    },
    "Cadence": {
        "": ("频次：一类活动在每个时段里够不够次数", "Whether every window holds enough events"),
        "kind": ("检查的种类：cadence 频次", "The kind of check: a cadence"),
        "events": ("活动类型的标识", "A type of events of the catalogue"),
        "every": ("时段", "The window"),
        "at_least": (
            '每个时段的次数，整数，默认 "1"',
            'How many in each window, a whole number; "1" by default',
        ),
        "months": ("只看这几个月，如 [9]", "Only these calendar months, such as [9]"),
        "starts": (
            "时段从几月起算；不写则从评估期第一个完整的月起算",
            "The month from which windows are counted; by default the period's first whole month",
        ),
        "credit": (
            "all_or_nothing：全部时段达到才得分；不写则按份额给分",
            "all_or_nothing: every window or nothing; by default the share of the windows",
        ),
    },
    "DocumentCheck": {
        "": ("文件：有没有符合要求的一份", "Whether one document of a type qualifies"),
        "kind": ("检查的种类：document 文件", "The kind of check: a document"),
        "documents": ("文件类型的标识", "A type of documents of the catalogue"),
        "state": (
            "现行有效，还是在评估期内印发；state 和 issued_by 都不写等于 in_force",
            "In force on the data date, or issued in the period; without state and issued_by: in force",
        ),
        "issued_by": (
            '最迟印发日："2013-08-31" 是那一天，"08-31" 是评估期内的那一天',
            'The latest day of issue: "2013-08-31", or "08-31" for that day of the period',
        ),
        "attachment": ("required：要有附件", "required: the document itself is attached"),
        "contains": (
            "要写明的内容：标识在目录该文件的 parts 里",
            "What it must state: parts that the catalogue declares for this type",
        ),
    },
    "Lateness": {
        "": (
            "迟报：评估期内第一份文件比期限迟多久；不迟为 0",
            "How long after its due day the first document of the period came; 0 where it is not late",
        ),
        "kind": ("检查的种类：lateness 迟报", "The kind of check: lateness"),
        "documents": ("文件类型的标识", "A type of documents of the catalogue"),
        "due": (
            '期限："2013-08-31" 是那一天，"08-31" 是评估期内的那一天',
            'The due day: "2013-08-31", or "08-31" for that day of the period',
        ),
        "per": ("按什么计：不满一个也算一个", "What it is counted in; a begun one counts as one"),
    },
    "StatementCheck": {
        "": ("事项：申报的“是”或“否”", "A yes or no that the institution states"),
        "kind": ("检查的种类：statement 事项", "The kind of check: a statement"),
        "statement": ("事项的标识", "A statement of the catalogue"),
        "attachment": (
            "required：要附照片或公示；没有附件仍算“是”，但会提示",
            "required: a photograph or notice is attached; without one it stays a yes, and is told so",
        ),
    },
    "Rating": {
        "": ("评档：由检查人员评定的档次", "A level that an inspector gives"),
        "kind": ("检查的种类：rating 评档", "The kind of check: a rating"),
        "levels": (
            "各档，至少两档；档次高的得分率不低于档次低的",
            "At least two levels; a higher one earns no less",
        ),
    },
    "Level": {
        "": ("一个档次", "One level"),
        "level": ("第几档，整数", "Its number, a whole one"),
        "credit": ('得分率，0 到 1，如 "0.6"', 'What it earns, 0 to 1, such as "0.6"'),
        "text": ("这一档是什么样子", "What it means"),
    },
    "Change": {
        "": ("变化：一个数据项本期与上期相比", "A count against the period before"),
        "kind": ("检查的种类：change 变化", "The kind of check: a change"),
        "count": ("数据项的标识", "A count of the catalogue"),
        "direction": ("方向", "The direction"),
        "by": (
            "幅度，数或百分比：下降、上升是至少变化多少；不高于、不低于是允许相差多少",
            "By how much: at least, where it falls or rises; at most, where it is not above or below",
        ),
    },
    "SubjectCheck": {
        "": (
            "单位属性是不是其中之一，通常只用在 applies_when 里",
            "Whether an attribute of the subject is one of these",
        ),
        "kind": ("检查的种类：subject 单位属性", "The kind of check: an attribute of the subject"),
        "attribute": ("属性的标识，如 class", "The attribute, such as class"),
        "in": ("属性值，是其中之一就成立", "The values of which it is one"),
    },
    "Group": {
        "": (
            "组合：all 全部、any 任一、of 若干项达到几项、each 每个单元，只写一种",
            "Several checks: exactly one of all, any, of (with at_least), each (with check)",
        ),
        "kind": ("检查的种类：group 组合", "The kind of check: a group"),
        "all": ("全部都要达标", "All of them"),
        "any": ("任一项达标即可", "Any of them"),
        "of": ("这些之中达到 at_least 项", "At least so many of them"),
        "at_least": ("of 里至少达标几项，整数", "How many of `of`, a whole number"),
        "each": (
            "单元类型的标识：对申报的每个单元分别检查",
            "A kind of unit: every unit is checked for itself",
        ),
        "check": ("each 的每个单元要过的检查", "The check of each unit"),
        "credit": (
            "all_or_nothing：全部达到才得分；不写则按份额给分",
            "all_or_nothing: all of them or nothing; by default the share that holds",
        ),
    },
    "BestOf": {
        "": ("一种情形", "One alternative"),
        "check": ("这种情形的检查", "Its check"),
        "points": ("这种情形最多得几分，不超过指标分值", "What it can earn, at most the criterion's points"),
    },
    "Each": {
        "": ("每有一个就扣分的东西", "What each one of costs points"),
        "count": ("数据项的标识" + _SOURCE, "A count of the catalogue · one of count, events, documents"),
        "events": ("活动类型的标识" + _SOURCE, "A type of events · one of count, events, documents"),
        "documents": ("文件类型的标识" + _SOURCE, "A type of documents · one of count, events, documents"),
    },
    "Deduction": {
        "": (
            "扣分的一条：unless、each、each_missed、each_below、each_above 只写一种",
            "One line: exactly one of unless, each, each_missed, each_below, each_above",
        ),
        "unless": ("检查没有得满分就扣 lose", "Loses the points unless this check earns full credit"),
        "each": ("每有一个扣 lose", "Loses the points for each one"),
        "each_missed": (
            "每错过一个时段、每有一个成员没有得满分，扣 lose",
            "Loses the points for each window missed, each member that falls short",
        ),
        "each_below": (
            "每低一个 step 扣 lose；检查里写一个 at_least",
            "Loses the points for each step below at_least",
        ),
        "each_above": (
            "每高一个 step 扣 lose；检查里写一个 at_most",
            "Loses the points for each step above at_most",
        ),
        "lose": ("扣几分；unless 可写 all 扣光", "How many points; `all` goes with unless"),
        "cap": ("这一条最多扣几分", "The most that the line takes"),
        "step": ('一步是多少，如 "1%"', 'The size of a step, such as "1%"'),
        "part_step": ("不足一步的怎么算", "What part of a step costs"),
    },
    "Earning": {
        "": ("按次得分的一条：each 或 when 只写一种", "One line of points: each or when"),
        "each": ("每有一个得 points", "Earns the points for each one"),
        "when": ("检查得多少，就得 points 的多少", "Earns the share of the points that this check earns"),
        "points": ("得几分", "How many points"),
        "cap": ("这一条最多得几分", "The most that the line earns"),
    },
}
