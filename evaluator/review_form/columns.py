"""The columns of the sheets that an inspector fills, in both languages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from evaluator.errors import Language, Words
from evaluator.reviewing.words import METHODS, OUTCOMES, ROLES
from evaluator.workbook.form import Choices, Column, Kind

REJECT, READMIT = Words("不采信", "reject"), Words("恢复采信", "accept again")
ACCEPT = Words("采信", "accept")
NOTHING = Words("无", "none")
DECISIONS = ("satisfied", "partly_satisfied", "not_satisfied", "not_applicable", "needs_review")
# Columns that nobody sees: of what a row is, and what was claimed of it, as the reader takes it.
HIDDEN = ("item", "claim", "claim.issued", "claim.valid_to", "claim.contains", "claim.attachment", "parts")


class _Spec(NamedTuple):
    """A column before its language is chosen; ``choices`` are the words of its drop-down."""

    key: str
    title: Words
    width: float
    kind: Kind = "fixed"
    centred: bool = False
    choices: tuple[Words, ...] = ()
    prompt: Words | None = None


_HOW = (
    _Spec(
        "method", Words("核查方法", "Method"), 9.5, "choice", centred=True, choices=tuple(METHODS.values())
    ),
    _Spec("date", Words("核查日期", "Date"), 11, "date", centred=True),
    _Spec(
        "reason",
        Words("理由", "Reason"),
        26,
        "text",
        prompt=Words(
            "作了改动就要写理由：看了什么，问了什么，差在哪里。不写姓名。",
            "Required for every change. No names.",
        ),
    ),
)
_NO = _Spec("no", Words("序号", "No."), 5, centred=True)
_SERVES = _Spec("serves", Words("用于指标（序号）", "Serves (No.)"), 10, centred=True)
_BEFORE = _Spec("before", Words("前一阶段", "Stage before"), 17)
_ACCEPT = _Spec("accept", Words("采信", "Accept"), 9, "choice", centred=True, choices=(REJECT, READMIT))
_SPECS: Mapping[str, tuple[_Spec, ...]] = {
    "reviewers": (
        _Spec("label", Words("项目", "Item"), 24),
        _Spec("value", Words("填写", "Answer"), 40, "text"),
        _Spec("help", Words("说明", "Note"), 50),
    ),
    "criteria": (
        _NO,
        _Spec("need", Words("待人工", "For a person"), 6.5, centred=True),
        _Spec("clause", Words("条款", "Clause"), 9),
        _Spec("label", Words("指标和要求", "Criterion and requirement"), 31),
        _Spec("machine", Words("系统判定", "Machine"), 11, centred=True),
        _Spec("measured", Words("自报情况", "Claimed"), 13.5),
        _Spec("why", Words("系统理由", "The machine's reason"), 21),
        _Spec("evidence", Words("佐证", "Evidence"), 11),
        _BEFORE,
        *_HOW[:1],
        _Spec(
            "decision",
            Words("判定", "Decision"),
            9.5,
            "choice",
            centred=True,
            choices=tuple(OUTCOMES[name] for name in DECISIONS),
            prompt=Words(
                "同意系统判定就空着。数据不对的，到数据、活动、文件、事项各表更正，系统会重新判定。",
                "Leave it blank where you agree. Correct wrong figures on the other sheets: they are judged again.",
            ),
        ),
        _Spec("earned", Words("核定得分", "Points"), 7, "number", centred=True),
        _Spec("level", Words("评定档次", "Level"), 7, "choice", centred=True),
        *_HOW[1:],
    ),
    "counts": (
        _Spec("label", Words("数据项", "Count"), 34),
        _Spec("scope", Words("范围", "Scope"), 14, centred=True),
        _Spec("unit", Words("单位", "Unit"), 7, centred=True),
        _Spec("claimed", Words("自报数", "Claimed"), 10, centred=True),
        _SERVES,
        _BEFORE,
        _ACCEPT,
        _Spec("verified", Words("核实数", "Verified"), 10, "number", centred=True),
        *_HOW,
    ),
    "events": (
        _Spec("id", Words("编号", "Id"), 8, centred=True),
        _Spec("label", Words("活动", "Event"), 26),
        _Spec("title", Words("名称", "Title"), 26),
        _Spec("claimed", Words("自报日期", "Claimed date"), 12, centred=True),
        _Spec("files", Words("附件", "Files"), 7, centred=True),
        _SERVES,
        _BEFORE,
        _ACCEPT,
        _Spec("verified", Words("核实日期", "Verified date"), 12, "date", centred=True),
        *_HOW,
    ),
    "documents": (
        _Spec("id", Words("编号", "Id"), 8, centred=True),
        _Spec("label", Words("文件、名称和文号", "Document, title, number"), 30),
        _Spec("issued", Words("印发日期", "Issued"), 11.5, centred=True),
        _Spec("valid_to", Words("有效期至", "Valid to"), 11.5, centred=True),
        _Spec("contains", Words("写明的内容", "Parts"), 18),
        _Spec("attachment", Words("附件", "Attached"), 7, centred=True),
        _SERVES,
        _BEFORE,
        _ACCEPT,
        _Spec("verified.issued", Words("核实印发日期", "Issued, verified"), 12, "date", centred=True),
        _Spec("verified.valid_to", Words("核实有效期", "Valid to, verified"), 12, "date", centred=True),
        _Spec("verified.contains", Words("核实内容", "Parts, verified"), 16, "text"),
        _Spec(
            "verified.attachment",
            Words("核实原件", "Original seen"),
            8,
            "choice",
            centred=True,
            choices=(Words("有", "yes"), Words("无", "no")),
        ),
        *_HOW,
    ),
    "statements": (
        _Spec("label", Words("事项", "Statement"), 34),
        _Spec("scope", Words("范围", "Scope"), 14, centred=True),
        _Spec("claimed", Words("自报", "Claimed"), 9, centred=True),
        _Spec("title", Words("说明", "Note"), 24),
        _Spec("files", Words("附件", "Files"), 7, centred=True),
        _SERVES,
        _BEFORE,
        _ACCEPT,
        _Spec(
            "verified",
            Words("核实为", "Verified"),
            9,
            "answer",
            centred=True,
            choices=(Words("是", "yes"), Words("否", "no")),
        ),
        *_HOW,
    ),
}
_HIDDEN_IN: Mapping[str, tuple[str, ...]] = {
    "counts": HIDDEN[:2],
    "events": HIDDEN[:2],
    "statements": HIDDEN[:2],
    "documents": (HIDDEN[0], *HIDDEN[2:]),
}
NAMES: Mapping[str, Words] = {
    "guide": Words("填写说明", "How to fill this"),
    "reviewers": Words("复核人员", "Reviewers"),
    "criteria": Words("指标核验", "Criteria"),
    "counts": Words("数据核实", "Counts"),
    "events": Words("活动核实", "Events"),
    "documents": Words("文件核实", "Documents"),
    "statements": Words("事项核实", "Statements"),
}
# What an inspector writes of a row; how, when and why come with it.
CHANGES: Mapping[str, tuple[str, ...]] = {
    "criteria": ("decision", "earned", "level"),
    "counts": ("accept", "verified"),
    "events": ("accept", "verified"),
    "documents": (
        "accept",
        *(f"verified.{name}" for name in ("issued", "valid_to", "contains", "attachment")),
    ),
    "statements": ("accept", "verified"),
}
HOW = ("method", "date", "reason")


def columns(sheet: str, lang: Language, leave_out: Iterable[str] = ()) -> tuple[Column, ...]:
    """The columns of ``sheet`` in ``lang``, the hidden ones first, without those in ``leave_out``."""
    out = set(leave_out)
    hidden = tuple(Column(key, "", kind="id", hidden=True) for key in _HIDDEN_IN.get(sheet, HIDDEN[:1]))
    return (*hidden, *(_column(one, lang) for one in _SPECS[sheet] if one.key not in out))


def _column(one: _Spec, lang: Language) -> Column:
    words = tuple(word.in_language(lang) for word in one.choices)
    return Column(
        one.key,
        one.title.in_language(lang),
        one.width,
        one.kind,
        centred=one.centred,
        choices=Choices(words) if words else None,
        prompt=one.prompt.in_language(lang) if one.prompt is not None else "",
    )


def role_choices(lang: Language) -> Choices:
    """The roles to choose from."""
    return Choices(tuple(words.in_language(lang) for words in ROLES.values()))
