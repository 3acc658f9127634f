"""What the keys of a review mean."""

from __future__ import annotations

from evaluator.schema_texts.base import Pair, Texts

_CLAIMED: Pair = ("申报的；没有申报的不写", "What was claimed; left out where nothing was")
_VERIFIED: Pair = ("核实的", "What was verified")
_UNIT: Pair = ("单元的编号；不是单元的不写", "The unit's id; left out where it is of the subject itself")
_DOCUMENT: Pair = ("文件的编号，如 D01", "The document's id, such as D01")
_FIELD: Pair = ("更正哪一项", "Which of its fields")
_CRITERION: Pair = ("指标标识", "The criterion")

TEXTS: Texts = {
    "Review": {
        "": (
            "复核：检查人员在机器判定之上的记录，每条写明理由",
            "An inspector's recorded decisions, each with a reason",
        ),
        "review": ("格式的版本，写 1", "The version of the format: 1"),
        "submission": ("复核的是哪一份申报", "The submission that is reviewed"),
        "ruleset": ("依据哪一套规则", "The rules under which it is reviewed"),
        "stage": ("阶段", "The stage"),
        "reviewer": (
            "复核人：职责、单位、工号，不写姓名",
            "Who reviews: a role, a unit, a staff number; no name",
        ),
        "also": ("共同署名的其他复核人", "Further reviewers who stand behind it"),
        "date": ("日期；没有写日期的条目以此为准", "The day of entries that state none"),
        "method": ("核实方式；没有写的条目以此为准", "The method of entries that state none"),
        "follows": (
            "在哪几份复核之上：它们的校验码",
            "The digests of the earlier reviews that it was made over",
        ),
        "settles": (
            "裁定哪两份背靠背复核的差异",
            "The digests of the two reviews whose differences it settles",
        ),
        "merged": ("由两份复核合并而成时的来源", "What it was reconciled from"),
        "corrections": ("更正数据、活动、文件、事项", "Corrections of what was submitted"),
        "rejected_evidence": ("不予采信的佐证", "Evidence that is not accepted"),
        "accepted_evidence": ("恢复采信的佐证", "Evidence that is accepted again"),
        "ratings": ("评定的档次", "The levels that are given"),
        "decisions": ("直接决定判定，最后的手段", "Outcomes that overrule the machine: the last resort"),
        "confirmations": ("核实属实，不改变什么", "What was verified as claimed: changes nothing"),
    },
    "Reviewer": {
        "": ("复核人，不写姓名", "Who reviews; never a name"),
        "role": ("职责", "The role"),
        "unit": ("单位全称", "The unit's full name"),
        "number": ("单位编的工号，要有数字，不写姓名", "The staff number, with a digit; no name"),
    },
    "OfSubmission": {
        "": ("一份申报", "A submission"),
        "id": ("申报单位的标识", "The subject's identifier"),
        "digest": ("申报的校验码；写了就与内容绑定", "Its digest; binds the review to its content"),
    },
    "OfRuleset": {
        "": ("一套规则", "A ruleset"),
        "id": ("规则集标识", "The ruleset's identifier"),
        "version": ("规则集版本", "The ruleset's version"),
        "digest": ("规则集的校验码", "The ruleset's digest"),
    },
    "Merged": {
        "": ("合并的来源", "What a review was reconciled from"),
        "of": ("两份复核的校验码", "The digests of both reviews"),
        "gap": ("允许的分差", "The gap that was allowed"),
        "third": ("第三份复核的校验码", "The digest of the third review"),
    },
    "Entry": {
        "method": ("怎么核实的；不写取复核的", "How it was verified; by default the review's"),
        "date": ("哪天核实的；不写取复核的", "When it was verified; by default the review's"),
        "reason": ("理由，必写", "Why; required"),
        "by": (
            "谁写的：工号；多人署名时用",
            "The staff number of who wrote it, where several stand behind the review",
        ),
    },
    "CountCorrection": {
        "": ("更正一个数据", "Corrects a count of this period"),
        "count": ("数据项的标识", "The count"),
        "unit": _UNIT,
        "claimed": _CLAIMED,
        "verified": _VERIFIED,
    },
    "PreviousCorrection": {
        "": ("更正一个上期数据", "Corrects a count of the period before"),
        "previous": ("数据项的标识", "The count"),
        "claimed": _CLAIMED,
        "verified": _VERIFIED,
    },
    "StatementCorrection": {
        "": ("更正一个事项", "Corrects a statement"),
        "statement": ("事项的标识", "The type of the statement"),
        "unit": _UNIT,
        "claimed": _CLAIMED,
        "verified": _VERIFIED,
    },
    "EventCorrection": {
        "": ("更正一次活动的日期", "Corrects the day of an event"),
        "event": ("活动的编号，如 E01", "The event's id, such as E01"),
        "claimed": _CLAIMED,
        "verified": _VERIFIED,
    },
    "DocumentDateCorrection": {
        "": ("更正一份文件的日期", "Corrects a date of a document"),
        "document": _DOCUMENT,
        "field": _FIELD,
        "claimed": _CLAIMED,
        "verified": ("核实的日期；没有写 null", "The day that was verified; null where it states none"),
    },
    "DocumentPartsCorrection": {
        "": ("更正一份文件写明的内容", "Corrects the parts of a document"),
        "document": _DOCUMENT,
        "field": _FIELD,
        "claimed": _CLAIMED,
        "verified": _VERIFIED,
    },
    "DocumentCopyCorrection": {
        "": ("更正文件本身在不在", "Corrects whether the document itself is there to be read"),
        "document": _DOCUMENT,
        "field": _FIELD,
        "claimed": _CLAIMED,
        "verified": _VERIFIED,
    },
    "OnEvidence": {
        "": ("关于一件佐证", "A word on one piece of evidence"),
        "id": ("佐证的编号；数据写它的标识", "Its id; of a count, its identifier"),
    },
    "LevelGiven": {
        "": ("评定的档次", "An inspector's level"),
        "criterion": _CRITERION,
        "level": ("第几档", "The level"),
    },
    "Decision": {
        "": ("直接决定一个指标的判定", "The outcome of a criterion, whatever the machine says"),
        "criterion": _CRITERION,
        "outcome": ("判定", "The outcome"),
        "earned": ("得分；只有部分达标要写", "The points; only partly_satisfied needs them"),
    },
    "Confirmation": {
        "": ("核实属实", "Verified, and so"),
        "criterion": _CRITERION,
    },
}
