"""What is a person's because a label says so: a passport's number, a local telephone, an account. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evaluator.persons.checksums import is_day
from evaluator.persons.digits import DIGIT, INVISIBLE, SEPARATOR, plain_digits
from evaluator.persons.kinds import ACCOUNT, CARD, IDENTITY, LANDLINE, TRAVEL, Found, Kind
from evaluator.persons.label_search import beginnings, matches

_COLON = rf"[\s{INVISIBLE}:：=为是（(“\"'号码.．]{{0,6}}"
_DIGITS = rf"{DIGIT}(?:{SEPARATOR}{{0,3}}{DIGIT})"
_LETTER = "[A-Za-zＡ-Ｚａ-ｚ]"
LABELS = """
    身份证 身份證 身份號 公民身份 证件号 證件號 护照 護照 通行证 通行證 回乡证 台胞证 旅行证 居留 永久居留 银行卡 行卡
    储蓄卡 信用卡 借记卡 工资卡 卡号 电话 電話 座机 固话 传真 热线 联系方式 微信 威信 薇信 扣扣 加V 加v 加微
""".split()
_LABEL = re.compile("|".join(LABELS))
_BEGINNING = beginnings(LABELS)
LATIN_LABELS = (
    "qq",
    "wx",
    "vx",
    "v信",
    "wechat",
    "tel",
    "phone",
    "fax",
    "id card",
    "id no",
    "passport",
    "card no",
)
# Each pattern begins with a label and holds what it says in its one group.
_LABELLED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        IDENTITY,
        re.compile(
            rf"(?:身份[证證]明?|身份號碼|公民身份|证件|證件|[Ii][Dd] (?:[Cc]ard|[Nn]o))[件號号证码]{{0,4}}{_COLON}"
            rf"({_DIGITS}{{13,17}}[xXＸｘ]?)(?!{DIGIT})"
        ),
    ),
    (
        IDENTITY,
        re.compile(
            rf"身份[证證][件号码]{{0,3}}的?最?[后末尾前][一二三四五六七八0-9]{{1,2}}[位个]{_COLON}({_DIGITS}{{2,5}}[xXＸｘ]?)"
        ),
    ),
    (
        TRAVEL,
        re.compile(
            rf"(?:护照|護照|通行[证證]|回乡证|台胞证|旅行证|居留|永久居留|[Pp]assport|PASSPORT)[^\d\n\0，。；,;]{{0,8}}?"
            rf"(?<!{_LETTER})({_LETTER}{{1,2}}[ ]?\d(?:[ \-]?\d){{6,9}})(?!\d)"
        ),
    ),
    (TRAVEL, re.compile(rf"(?:护照|護照|回乡证|台胞证|旅行证)[件号码]{{0,3}}{_COLON}(\d{{8,10}})(?!\d)")),
    (
        TRAVEL,
        re.compile(rf"(?<=[澳台湾往陆民])通行[证證][件号码]{{0,3}}{_COLON}(\d{{8,10}})(?!\d)"),
    ),
    (
        CARD,
        re.compile(
            rf"(?:银?行卡|储蓄卡|信用卡|借记卡|工资卡|卡号|[Cc]ard [Nn]o)[的卡账户号码]{{0,4}}{_COLON}"
            rf"({_DIGITS}{{11,18}})(?!{DIGIT})"
        ),
    ),
    (
        LANDLINE,
        re.compile(
            rf"(?:电话|電話|座机|固话|传真|热线|联系方式|[Tt]el|TEL|[Pp]hone|PHONE|[Ff]ax|FAX)[联号码]{{0,3}}{_COLON}"
            r"([2-8]\d{2,3}[ \-]?\d{4})(?![\d\-./年月])"
        ),
    ),
    (
        ACCOUNT,
        re.compile(
            r"(?<!官方)(?<!公众)(?:[Vv威薇微]信|[Ww]e[Cc]hat|[Ww][Xx]|[Vv][Xx])(?:号|號|账号|帐号|ID|id)?[ ]{0,2}[:：]\s{0,3}"
            rf"([A-Za-z][A-Za-z0-9_\-]{{5,19}}|{DIGIT}{{5,12}})(?![A-Za-z0-9_.])"
        ),
    ),
    (
        ACCOUNT,
        re.compile(
            r"(?<!官方)(?:[Vv威薇微]信|[Ww]e[Cc]hat)(?:号|账号|帐号|ID|id)[为是]?[ ]{0,2}"
            r"([A-Za-z][A-Za-z0-9_\-]{5,19})(?![A-Za-z0-9_.])"
        ),
    ),
    (
        ACCOUNT,
        re.compile(
            r"(?<!官方)[微威薇]信[ ]{1,2}(?=[A-Za-z_\-]{0,19}[0-9_])([A-Za-z][A-Za-z0-9_\-]{5,19})(?![A-Za-z0-9_.])"
        ),
    ),
    (ACCOUNT, re.compile(r"加[Vv微][:： ]{1,2}([A-Za-z][A-Za-z0-9_\-]{5,19})(?![A-Za-z0-9_.])")),
    (ACCOUNT, re.compile(r"(?<![A-Za-z0-9])(wxid_[a-z0-9]{8,20})")),
    (
        ACCOUNT,
        re.compile(
            rf"(?<![A-Za-z])(?:[Qq][Qq]|扣扣)(?:号码|账号|帐号|[号:： ]){{1,3}}({DIGIT}{{5,11}})(?![A-Za-z_\-]|{DIGIT})"
        ),
    ),
)


def labelled_in(text: str) -> Iterator[Found]:
    """Every number and account that a label before it makes a person's."""
    for start in _labels(text):
        for kind, pattern in _LABELLED:
            found = pattern.match(text, start)
            if found is not None and not (kind is LANDLINE and is_day(plain_digits(found[1]).ljust(8, "0"))):
                yield Found(kind, *found.span(1))
                break


def _labels(text: str) -> Iterator[int]:
    for found in matches(_LABEL, _BEGINNING, text):
        yield found.start()
    # Letters begin many words: a pattern of them all would stop at every other one. A few capitals change length in lower case.
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    for label in LATIN_LABELS:
        start = lower.find(label)
        while start >= 0:
            yield start
            start = lower.find(label, start + 1)


# More than the cells of a form that differ: where less is remembered, each is looked at anew every time.
@lru_cache(maxsize=8192)
def is_label_of_a_number(text: str) -> bool:
    """Whether ``text``, a heading or a label, asks for a number or an account of a person."""
    return next(_labels(text), None) is not None and not any(map(str.isdigit, text))


def number_under(label: str, text: str) -> Kind | None:
    """What kind of number or account ``text`` is, below or beside a ``label`` that asks for one; or None."""
    if not label or not is_label_of_a_number(label):
        return None
    return next((found.kind for found in labelled_in(f"{label.rstrip(' :：')}：{text}")), None)
