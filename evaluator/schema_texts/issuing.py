"""What the keys of the manifest of an issued scorecard mean; the contract itself is docs/archival.md."""

from __future__ import annotations

from evaluator.schema_texts.base import Pair, Texts

_DIGEST: Pair = ("校验码", "The digest")
_VERSION: Pair = ("版本", "The version")

TEXTS: Texts = {
    "IssuedManifest": {
        "": ("评分表的签发清单", "The manifest of an issued scorecard"),
        "scorecard": ("格式的版本：1", "The version of the format: 1"),
        "assessment": ("所示的评估结果", "The assessment that it shows"),
        "ruleset": ("依据的规则集", "The rules"),
        "submission": ("申报", "What was submitted"),
        "reviews": ("所用的复核，按阶段排列", "The reviews that were applied, in the order of their stages"),
        "as_of": ("数据截止日", "The day up to which the evidence speaks"),
        "engine": ("由哪个版本的程序算出", "Which program judged"),
        "layout": (
            "排版程序和各个库的版本：它们相同，文件才逐字节相同",
            "The versions of the layout engine and its libraries: the same versions make the same bytes",
        ),
        "fonts": ("所用字体", "The fonts"),
        "printed": ("按什么样式打印", "In which form it was printed"),
        "code": ("页脚的短校验码", "The short code at the foot of the pages"),
    },
    "IssuedAssessment": {
        "": ("评估结果", "The assessment"),
        "digest": ("评估结果写明的校验码", "The digest that the assessment states of itself"),
        "file": ("附件的文件名", "The name of the attached file"),
        "bytes": ("附件逐字节的校验码", "The digest of the bytes of the attached file"),
    },
    "IssuedRuleset": {
        "": ("规则集", "The rules"),
        "id": ("规则集的标识", "The ruleset's id"),
        "version": _VERSION,
        "digest": _DIGEST,
    },
    "IssuedSubmission": {
        "": ("申报", "The submission"),
        "digest": ("申报内容的校验码", "The digest of its content"),
        "package": ("资料包的校验码；只有表时没有", "The digest of its package; absent where there was none"),
    },
    "IssuedReview": {"": ("复核", "A review"), "stage": ("阶段", "The stage"), "digest": _DIGEST},
    "IssuedEngine": {
        "": ("程序", "The program"),
        "version": _VERSION,
        "semantics": ("判定含义的版本", "The version of what judging means"),
    },
    "IssuedFont": {
        "": ("字体", "A font"),
        "name": ("字体的名称", "Its name"),
        "version": _VERSION,
        "digest": ("字体文件的校验码", "The digest of its file"),
    },
    "IssuedAs": {
        "": ("打印样式", "The form"),
        "lang": ("语言", "The language"),
        "summary": ("是不是简表", "Whether it is a summary"),
        "pdf": ("文件的种类", "The kind of PDF"),
    },
}
