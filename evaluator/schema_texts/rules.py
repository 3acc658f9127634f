"""What a rule file's keys mean: ``ruleset.yaml``, ``clauses.yaml``, ``versions.yaml``."""

from __future__ import annotations

from evaluator.schema_texts.base import Texts

TEXTS: Texts = {
    "Ruleset": {
        "": ("一套规则：一个标准的编码，写明评什么、怎么计分", "One standard at one version of its encoding"),
        "ruleset": (
            "规则集标识，与文件夹同名；定下以后不再改，标准重新发布用新标识",
            "The ruleset's identifier, the name of its folder; never changed: a new edition has a new one",
        ),
        "version": (
            '这套编码的版本，三段，加引号，如 "1.0.0"',
            'The version of the encoding, quoted: "1.0.0"',
        ),
        "supersedes": (
            "上一版标准的规则集标识；没有写 null 或省略",
            "The ruleset of the edition before; null or left out where there is none",
        ),
        "title": ("规则集的名称，中英文都写", "The ruleset's title, in both languages"),
        "subject": ("评估对象的类别，可多个", "Who is assessed; several kinds are possible"),
        "standard": ("所依据的标准文件", "The published document"),
        "effective": ("这套编码从何时起适用、到何时止", "From when to when the encoding is in force"),
        "period": ("评估期的长度", "The length that is judged"),
        "scoring": (
            "怎样由各项得分算出总分、等级和是否达标",
            "How points become a score, a grade, acceptance",
        ),
        "sections": (
            "类目，按标准的次序；每个类目下列指标",
            "The sections in the standard's order, with criteria",
        ),
    },
    "Title": {
        "": ("名称，中英文都要写", "A title, in both languages"),
        "zh": ("中文名称", "The title in Chinese"),
        "en": ("英文名称", "The title in English"),
    },
    "Text": {
        "": ("一段文字，中文必写，英文可省", "A text; Chinese is required, English is not"),
        "zh": ("中文", "The text in Chinese"),
        "en": ("英文，可省略", "The text in English; may be left out"),
    },
    "Standard": {
        "": ("标准文件：名称、发布机关、发布日期", "The published document: title, issuer, day of issue"),
        "title": ("标准文件的名称，照原文", "The document's title as printed"),
        "issuer": ("发布机关；原文没写的写 null", "Who issued it; null where its text does not say"),
        "issued": (
            "发布日期，照原文；原文没写的写 null",
            "When it was issued; null where its text does not say",
        ),
        "note": (
            "说明，如原文不设分值；印在评分表上",
            "A note that the scorecard prints, such as that the text gives no points",
        ),
    },
    "Effective": {
        "": ("适用时间", "The time in force"),
        "from": ('从哪天起适用，如 "2025-01-01"', 'The first day in force, such as "2025-01-01"'),
        "to": ("到哪天止；没有写 null 或省略", "The last day in force; null or left out where there is none"),
        "basis": ("这个日期是标准写的还是本规则定的", "Whether the standard states the day or we chose it"),
    },
    "JudgedPeriod": {
        "": ("评估期", "The period that is judged"),
        "months": (
            "评估期的月数；申报的长度不同，不拒绝，但会提示",
            "How many months are judged; a submission of another length is told so, not refused",
        ),
    },
    "Scoring": {
        "": ("计分办法", "How the score comes about"),
        "model": ("计分方式", "How points are added up"),
        "total": ("总分，只用于 absolute", "The points that make 100; for absolute only"),
        "not_applicable": (
            "不适用的指标怎么计，只用于 absolute",
            "How a criterion that does not apply counts; for absolute only",
        ),
        "grades": (
            '等级，从高到低；有且只有一个的 at_least 为 "0"',
            'The grades from high to low; exactly one has at_least "0"',
        ),
        "pass": ("达到哪个等级算达标：写等级的标识", "The grade that acceptance needs, by its id"),
        "bonus": (
            "鼓励项（may）的加分；不写就不加分",
            "What criteria of the level may add; nothing without it",
        ),
        "deductions": ("从总分里扣的情形", "Deductions from the total"),
        "transition": (
            "分日期的阈值按哪天取，默认评估期最后一天",
            "The day that picks a dated threshold; by default the period's last",
        ),
    },
    "Grade": {
        "": ("一个等级，只看总分", "A grade, read from the score alone"),
        "id": ("等级的标识", "The grade's identifier"),
        "title": ("等级的名称", "The grade's title"),
        "at_least": ("达到这个等级的最低分（含本数），0 到 100", "The least score of this grade, 0 to 100"),
        "basis": (
            "这个分数线是标准写的还是本规则定的",
            "Whether the standard states this score or we chose it",
        ),
    },
    "Bonus": {
        "": ("加分", "The bonus"),
        "cap": ("鼓励项最多加几分", "The most score points that all may criteria add together"),
    },
    "Deductions": {
        "": ("从总分里扣分", "Deductions from the total"),
        "cap": ("各条合计最多扣几分", "The most score points that all lines take together"),
        "lines": ("扣分的各条", "The lines"),
    },
    "TotalDeduction": {
        "": ("从总分里扣的一条", "One line of deductions from the total"),
        "title": ("印在评分表上的名称", "The title that the scorecard prints"),
    },
    "Section": {
        "": ("一个类目", "A part of the scorecard"),
        "id": ("类目的标识", "The section's identifier"),
        "title": ("类目的名称", "The section's title"),
        "cap": (
            "本类目得分的上限；不写就不限",
            "The most that its criteria earn together; no bound without it",
        ),
        "criteria": ("本类目的指标", "The section's criteria"),
        "deductions": (
            "从本类目得分里扣的各条，扣到 0 为止",
            "Lines that take from the points of this section, down to 0",
        ),
    },
    "Criterion": {
        "": ("一项指标：一条可以单独举证、单独判定的要求", "One citable requirement with its check"),
        "id": (
            "指标的标识，在全部规则集中唯一，永不改、永不重用",
            "The criterion's identifier: unique among all rulesets, never changed, never used again",
        ),
        "supersedes": (
            "它承接的上一版指标；规则集自己也要写 supersedes",
            "The criterion of the edition before that it continues; the ruleset states supersedes too",
        ),
        "clause": ('条款号，照标准的编号，如 六(二)、"5.2"', "The clause as the standard numbers it"),
        "item": (
            "条款下没有编号的分项：写它的标题；没有标题的写序号",
            "An item without a number below the clause: its heading, or its ordinal",
        ),
        "printed": (
            "原文编号印错时照录；clause 写正确的",
            "The number as it is misprinted; clause has the right one",
        ),
        "anchors": (
            "原文该条里的短词，每个不超过 20 字，至少一个，不写句子",
            "Short terms that stand in the clause, at most 20 characters each; no sentences",
        ),
        "title": ("指标的名称", "The criterion's title"),
        "requirement": ("要求什么，用自己的话写，不抄原文", "What is required, in our own words"),
        "level": ("要求的层级", "How strongly the standard asks for it"),
        "nature": (
            "要做到的事，还是要求不发生的事",
            "Something to be done, or something that must not occur",
        ),
        "veto": (
            "一票否决：不达标则不论多少分都不能通过；要同时写 basis.veto",
            "A veto: where it fails, no score is enough; basis.veto is stated with it",
        ),
        "veto_effect": (
            "一票否决的后果",
            "What a failed veto does",
        ),
        "veto_grade": (
            "veto_effect 为 cap 时，最高只能评到的等级的标识",
            "With veto_effect cap: the id of the highest grade that is left",
        ),
        "points": ("分值，大于 0", "The points, above 0"),
        "basis": ("各个数是标准写的还是本规则定的", "Whether the standard states each figure or we chose it"),
        "duty_of": ("谁的职责，可多个", "Whose duty it is"),
        "responsible": ("标准点名的责任单位，逐个列出", "The units that the standard names, one by one"),
        "method": ("检查人员怎么核实", "How an inspector verifies it"),
        "applies_when": (
            "适用条件：一项检查；不满足时本指标不适用",
            "A check that says whether the criterion applies at all",
        ),
        "requires": (
            "前提指标的标识：它们达标以前，本指标不得分",
            "Criteria that must be satisfied before this one earns anything",
        ),
        "credit": (
            "得分方式，意思同写在 check 里；不能两处都写",
            "How credit is given; the same as inside check, in one place only",
        ),
        "check": (
            "检查：测什么、要求多少。check、deduct、best_of、earn 只写一个",
            "The check. Exactly one of check, deduct, best_of, earn",
        ),
        "deduct": ("扣分：从分值起，按各条扣，扣到 0 为止", "Deductions from the points, down to 0"),
        "best_of": ("几种情形取得分最高的一种", "Several alternatives, of which the best counts"),
        "earn": (
            "按次得分：每有一次得几分，加到分值为止",
            "Points for each occurrence, up to the criterion's points",
        ),
        "remedy": (
            "整改办法：由谁写、办、发什么，留什么佐证；不能引人补日期",
            "What to do: who writes, holds or issues what, and which evidence to keep; never a back-dated one",
        ),
    },
    "BasisOf": {
        "": ("各个数的来源", "Where each figure comes from"),
        "threshold": (
            "数值和期限的来源；检查里有数或期限时必写",
            "Of numbers and deadlines; required where the check has any",
        ),
        "points": ("分值的来源", "Of the points"),
        "level": ("要求层级的来源", "Of the level"),
        "veto": ("一票否决的来源；一票否决时必写", "Of the veto; required where there is one"),
    },
    "Clauses": {
        "": ("标准的条款清单", "The standard's clauses in order"),
        "clauses": (
            "按原文次序列出全部条款，只写编号和标题，不写内容",
            "All clauses in order: numbers and headings, never their text",
        ),
    },
    "Clause": {
        "": ("一个条款", "One clause: identifier and heading, never its text"),
        "id": ("条款号", "The clause's number"),
        "heading": ("标题；原文没有的，自拟短题", "Its heading; a short one of ours where it has none"),
        "normative": ("是否提出要求", "Whether it requires anything"),
        "printed": ("原文印错的编号", "Its number as it is misprinted"),
        "not_assessed": (
            "为什么不评；提出要求而没有指标引用的必写",
            "Why it is not assessed; required where it asks for something and no criterion cites it",
        ),
        "items": ("没有编号的分项", "Items without a number"),
    },
    "ClauseItem": {
        "": ("条款的一个分项", "One item of a clause"),
        "item": ("分项的标题，没有标题的写序号", "Its heading, or its ordinal"),
        "heading": ("标题，可省略", "A heading; may be left out"),
        "normative": ("是否提出要求，默认 true", "Whether it requires anything; true by default"),
        "not_assessed": ("为什么不评", "Why it is not assessed"),
    },
    "Versions": {
        "": ("一套规则的各个版本", "Every version of a ruleset"),
        "versions": ("各个版本，最早的在前", "The versions, the oldest first"),
    },
    "Version": {
        "": ("一个版本", "One version"),
        "version": ('版本号，如 "1.0.0"', 'The version, such as "1.0.0"'),
        "states": ("依次经过的状态", "Its states in order"),
        "digest": (
            "发布时的校验码；由 rules publish 填写",
            "Its digest once published; rules publish writes it",
        ),
        "criteria": (
            "发布时的指标标识；由 rules publish 填写",
            "Its criteria once published; rules publish writes it",
        ),
        "erratum": ("更正说明：更正了上一版的什么", "What this version corrects"),
    },
    "Passage": {
        "": ("进入一个状态", "The day on which a version came into a state"),
        "state": ("状态", "The state"),
        "on": ("哪一天", "The day"),
        "document": ("文号，可省略", "The number of the document that says so; may be left out"),
    },
    "Trace": {
        "": ("与标准原文的核对记录，由 rules trace 写入", "What was confirmed against the official text"),
        "trace": ("格式的版本：1", "The version of the format: 1"),
        "text": ("核对所用的原文", "The text that it was compared with"),
        "corrections": ("原文印错之处，可以手工增改", "The misprints of the text, written by hand"),
        "criteria": (
            "各指标的核对，用 --confirm 更新",
            "The criteria that were confirmed; --confirm renews them",
        ),
        "clauses": ("没有指标引用的条款的核对", "The clauses that no criterion cites"),
    },
    "TextPin": {
        "": ("一份原文", "The official text"),
        "file": ("文件名", "The name of its file"),
        "digest": ("各行的校验码", "The digest of its lines"),
    },
    "Correction": {
        "": ("一处印错", "A misprint"),
        "clause": ("在哪一条", "The clause"),
        "line": (
            "第几行，从 1 数起；印错的字不止一处时写",
            "The line, from 1, where the words stand more than once",
        ),
        "printed": ("印成什么", "What is printed"),
        "read_as": ("读作什么", "What is read instead"),
        "reason": ("理由", "Why"),
    },
    "CriterionPin": {
        "": ("一个指标的核对", "A criterion that was confirmed"),
        "clause": ("所引条款的校验码", "The digest of what it cites"),
        "criterion": ("指标的校验码", "The digest of what it says"),
        "confirmed": ("哪一天核对", "The day"),
    },
    "ClausePin": {
        "": ("一个条款的核对", "A clause that was confirmed"),
        "clause": ("条款的校验码", "The digest of its words"),
        "confirmed": ("哪一天核对", "The day"),
    },
}
