"""Names behind or below a label: 姓名：张三, a cell beside 联系人, a file named 张三身份证.jpg. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evaluator.persons.kinds import NAME, Found
from evaluator.persons.label_search import beginnings, matches
from evaluator.persons.name_items import weight_at_the_head
from evaluator.persons.name_shapes import MIDDLE_DOT, weight
from evaluator.persons.names import HAN

# Behind these stands a person or nothing; behind those below, an office or a task as well.
_OF_A_PERSON = (
    r"姓\s{0,4}名|名字|户主|联系人|联络人|经办人|填表人|填报人|申报人|申请人|当事人|被访人|受访人|监护人|法定代表人|签名|签字|签收人|收件人|配偶|父亲|母亲|承租人|持证人|持卡人"
    "|报送人|制表人|拟稿人|签发人|发言人|主讲人|主持人|记录人"
)
_OF_A_ROLE = (
    "负责人|责任人|审核人|审批人|审定人|法人代表|法人|代理人|联络员|网格员|调解员|楼组长|楼长|组长|队长|书记|主任|成员|组员|队员|参会人员|参加人员|出席人员"
    "|到会人员|列席人员|参会人|人员名单|名单|家庭成员|子女|学生|教师|家长|志愿者|党员|患者|租户|租客|房东|业主|校对人|承办人|检查人|验收人|讲师|宣讲员|宣讲人|拍摄人|摄影|供稿"
)
LABELS = f"{_OF_A_PERSON}|{_OF_A_ROLE}"
_NOTE = r"(?:[（(][^）)\n\0]{0,8}[）)])?"
_LABEL = re.compile(
    rf"(?P<label>{_OF_A_PERSON}|{_OF_A_ROLE})(?:姓名)?{_NOTE}(?P<colon>[ \u3000]{{0,3}}[:：=][\s\"'“]{{0,6}}|\s{{0,3}})"
    rf"(?P<word>{HAN}(?:[ \u3000]{{1,2}}{HAN}(?!{HAN})|(?:{HAN}|[{MIDDLE_DOT}]){{1,15}}))"
)
_HEADING = re.compile(
    rf"(?P<label>{_OF_A_PERSON}|{_OF_A_ROLE}|人员|参会|签到|居民|住户)(?:姓名|签名|签字|名单)?{_NOTE}[:：]?"
)
_BEGINNING = beginnings(
    ("姓名", *(label for label in LABELS.split("|") if label.isalpha())),
    seconds=r"\s",
)
_PERSONAL = re.compile(_OF_A_PERSON)
PAPERS = "身份证 户口簿 户口本 残疾证 低保证 驾驶证 结婚证 个人简历 简历 证件照".split()
_PAPER = re.compile("|".join(PAPERS))
_BEGINNING_OF_A_PAPER = beginnings(PAPERS)
_OWNER = re.compile(rf"(?<!{HAN})({HAN}{{2,4}}?)的?$")


def labelled_names_in(text: str) -> Iterator[Found]:
    """Every name that a label before it gives away, and every one before the name of a person's paper."""
    for found in matches(_LABEL, _BEGINNING, text):
        if _is_name(found["label"], found["word"], parted=bool(found["colon"].strip())):
            yield Found(NAME, *found.span("word"))
    for paper in matches(_PAPER, _BEGINNING_OF_A_PAPER, text):
        owner = _OWNER.search(text, max(0, paper.start() - 6), paper.start())
        if owner is not None and weight(owner[1]) > 1:
            yield Found(NAME, *owner.span(1))


def is_name_under(heading: str, cell: str) -> bool:
    """Whether ``cell`` holds a name that its ``heading`` gives away.

    >>> is_name_under("联系人", "高峰"), is_name_under("联系人", "居委会"), is_name_under("名称", "高峰")
    (True, False, False)
    """
    label = _label_in(heading)
    return label is not None and _is_name(label, cell, parted=True)


@lru_cache(maxsize=8192)
def _label_in(heading: str) -> str | None:
    found = _HEADING.fullmatch("".join(heading.split()))
    return None if found is None else found["label"]


def _is_name(label: str, word: str, *, parted: bool) -> bool:
    word = "".join(word.split())
    found = weight(word) or weight_at_the_head(word)
    # 联系人：高峰 is a name; 联系人高峰 might go on, and 组长：高峰 might be a place.
    return found > 1 if _PERSONAL.match(label) is None or not parted else found > 0
