"""What the keys of the answers of ``duibiao verify`` mean; docs/verify.md tells them at length."""

from __future__ import annotations

from evaluator.schema_texts.base import Texts

TEXTS: Texts = {
    "Verification": {
        "": ("核验结果", "What verifying came to"),
        "verification": ("格式的版本：1", "The version of the format: 1"),
        "files": ("每个文件的结果", "What each file came to"),
        "summary": ("每种结论有几个文件", "How many files came to each verdict"),
    },
    "FileVerified": {
        "": ("一个文件的结果", "What one file came to"),
        "file": ("文件", "The file"),
        "kind": ("文件的种类", "The kind of file"),
        "verdict": ("结论", "The verdict"),
        "assessment": (
            "所附的评估结果；读不出来为 null",
            "The assessment that is attached; null where it cannot be read",
        ),
        "checks": ("逐项核验的结果", "What was looked at, in order"),
        "signatures": ("各个签章", "Its signatures"),
    },
    "AssessmentVerified": {
        "": ("所附的评估结果", "The assessment that is attached"),
        "digest": ("校验码", "Its digest"),
        "subject": ("申报单位", "Who was judged"),
        "ruleset": ("所依的规则", "By which rules it says it was made"),
        "stage": ("阶段", "The stage"),
        "as_of": ("数据截止日", "The day up to which the evidence speaks"),
        "score": ("总分；没有适用的指标时为 null", "The score; null where nothing applies"),
        "accepted": ("是否达标；定不下来为 null", "Whether it is accepted; null where undecided"),
    },
    "SubjectVerified": {
        "": ("申报单位", "Who was judged"),
        "id": ("标识", "Its identifier"),
        "name": ("名称", "Its name"),
    },
    "RulesetVerified": {
        "": ("所依的规则", "The rules"),
        "id": ("标识", "Its identifier"),
        "version": ("版本", "Its version"),
        "title": ("名称", "Its title"),
    },
    "ScoreVerified": {
        "": ("总分", "The score"),
        "floor": ("最低分", "The least"),
        "ceiling": ("最高分", "The greatest"),
    },
    "CheckVerified": {
        "": ("一项核验", "One thing that was looked at"),
        "check": ("核验什么", "What was looked at"),
        "state": ("核实、未能核实或不对", "Whether it agrees, is unknown or wrong"),
        "text": ("用文字说", "In words"),
    },
    "SignatureVerified": {
        "": ("一个签章", "One signature"),
        "field": ("签章域的名称", "The name of its field"),
        "signer": ("签章单位", "Who signed"),
        "issuer": ("证书由谁签发", "Who issued the certificate"),
        "serial": ("证书序号", "The serial number of the certificate"),
        "intact": ("签过的内容有没有变", "Whether what was signed is unchanged"),
        "covers_whole_file": ("是否覆盖整个文件", "Whether it covers the whole file"),
        "only_signed": ("除签章外有没有增补别的", "Whether nothing but signatures was added"),
        "trusted": ("证书是否可信", "Whether the certificate is trusted"),
        "why": ("为什么可信或不可信", "Why it is trusted, or not"),
        "signed_at": ("签章的时间，或 null", "When it was signed, or null"),
        "timestamp": ("时间戳是否可信；没有为 null", "Whether its time stamp is trusted; null without one"),
        "algorithm": ("所用算法", "Its algorithms"),
    },
    "SummaryVerified": {
        "": ("每种结论有几个文件", "How many files came to each verdict"),
        "agrees": ("内容一致", "All agrees"),
        "layout_differs": ("内容一致，排版程序不同", "Content agrees, the layout engine differs"),
        "altered": ("被改动过", "Altered"),
        "mismatch": ("与所给的材料不符", "Not of what was given"),
        "other_rules": ("所依规则不同", "Made under other rules"),
        "unverified": ("不能核验", "Cannot be verified"),
        "unreadable": ("读不出来", "Cannot be read"),
    },
}
