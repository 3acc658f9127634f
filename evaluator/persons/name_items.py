"""One item of a list, which may say more than a name: 组长张三, 李四同志, 由王五, 赵六等三人. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from evaluator.persons.name_shapes import MIDDLE_DOT, may_begin_a_name, weight

_ROLES = tuple(
    """
    组长 主任 书记 队长 会长 站长 所长 科长 校长 院长 秘书长 主席 委员 组员 成员 队员 干事 负责人 联系人 联络员 网格员 楼组长 楼长
    单元长 志愿者 社工 调解员 专干 户主 党员 居民 村民 同志 老师
    """.split()
)
# What leads to the first name of a list.
LEADS = (
    *_ROLES,
    *"有为是由对请及与和括让给向",
    *"人员 代表 名单 群众 教师 学生 医生 干部 职工 家长 嘉宾 专家 代理人 贫困户".split(),
)
TITLES = tuple("同志 女士 先生 老师 主任 书记 组长 队长 所长 站长 科长".split())
# What follows the last one.
FOLLOWS = (
    *TITLES,
    *"等签家共为的在到和与及户",
    *"参加 出席 到场 到会 列席 缺席 请假 负责 担任 主持 发言 合影 进行 以及 带队".split(),
)
# What a list says of each person beside the name.
_ATTRIBUTE = re.compile(
    r"[男女岁]|.{1,5}族|[汉满回藏壮苗彝白傣]|群众|中共党员|预备党员|团员|退休|在职|离异|已婚|未婚|初中|高中|中专|大专|本科|小学|研究生"
    r"|本人|配偶|妻子|丈夫|儿子|女儿|[长次]子|[长次]女|父亲|母亲|孙子|孙女|儿媳|女婿"
    rf"|(?:副|正|常务副)?(?:{'|'.join(_ROLES)})"
)
_LONGEST_ATTRIBUTE = max(len("常务副") + max(map(len, _ROLES)), len("一二三四五族"))
AND = re.compile("[和与及跟同暨]")
_DOT = re.compile(f"[{MIDDLE_DOT}]")
_LENGTHS = (2, 3, 4)
_LENGTHS_WITH_A_DOT = tuple(range(5, 15))


def is_said_of_a_person(word: str) -> bool:
    """Whether ``word`` says something of a person (男, 汉族, 组长) rather than who it is."""
    return len(word) <= _LONGEST_ATTRIBUTE and _ATTRIBUTE.fullmatch(word) is not None


@lru_cache(maxsize=8192)
def item_weights(word: str, *, first: bool = False, last: bool = False) -> tuple[int, ...]:
    """How much an item of a list looks like a name; two weights for 张三和李四. ``first`` and ``last`` items may say more."""
    found = weight(word)
    if found:
        return (found,)
    for both in AND.finditer(word, 2, len(word) - 2) if len(word) < 10 else ():
        pair = (weight(word[: both.start()]), weight(word[both.end() :]))
        if min(pair) > 1:
            return pair
    bare = _without_title(word)
    found = weight(bare) or _behind(bare, LEADS if first else _ROLES)
    if not found and last:
        found = weight_at_the_head(word)
    if not found and _DOT.search(word):
        return tuple(weight(one) for one in _DOT.split(word))
    return (found,)


def weight_at_the_head(word: str) -> int:
    """How much the beginning of ``word`` looks like a name: 李四 of 李四等三人参加."""
    if not may_begin_a_name(word[:1]):
        return 0
    return max((weight(word[:n]) for n in _lengths(word) if word.startswith(FOLLOWS, n)), default=0)


def _behind(word: str, leads: tuple[str, ...]) -> int:
    tails = (n for n in _lengths(word) if n < len(word) and may_begin_a_name(word[-n]))
    return max((weight(word[-n:]) for n in tails if word.endswith(leads, 0, -n)), default=0)


def _without_title(word: str) -> str:
    if not word.endswith(TITLES):
        return word
    return next(word.removesuffix(title) for title in TITLES if word.endswith(title))


def _lengths(word: str) -> tuple[int, ...]:
    return _LENGTHS_WITH_A_DOT if _DOT.search(word) else _LENGTHS
