"""Lists of names: 张三、李四、王五, in whatever marks, with roles and notes among them. Pure.

One word alone is never taken for a name: a list needs several that look like names, and they have to be most of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from evaluator.persons.kinds import NAMES, Found
from evaluator.persons.name_shapes import MIDDLE_DOT, weight
from evaluator.persons.name_tables import CLEAR_SURNAMES, COMMON_SURNAMES

HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# What may stand between the names of a list: marks, numbers, the ending of a file's name; no letter or full stop.
_BETWEEN = r"、，,;；:：/|｜\s\d.．()（）\[\]【】①-⑳\-_\"'“”‘’『』「」#*+&＆\u200b"
_ENDING = r"(?<=\.)(?:jpe?g|png|pdf|docx?|xlsx?|heic|bmp|webp|mp4|zip)"
_SEGMENT = re.compile(rf"[{HAN}][{HAN}{_BETWEEN}{MIDDLE_DOT}]*(?:{_ENDING}[{HAN}{_BETWEEN}{MIDDLE_DOT}]*)*")
_SEVERAL = re.compile(
    rf"[、，,;；/|｜\s①-⑳”\"』」{MIDDLE_DOT}][^{HAN}]*[{HAN}]|[{HAN}]{{2}}[和与及跟同暨][{HAN}]{{2}}"
)
_WORD = re.compile(rf"[{HAN}](?:[{HAN}]|[{MIDDLE_DOT}](?=[{HAN}]))*")
_MARK = re.compile(r"[、，,;；/|｜\n\t①-⑳]|[”\"』」]\s*[“\"『「]")
_FIGURE = re.compile(r"\d(?:[.．]\d+)?$")
_BLANK = re.compile(r"\s")
_COLON = re.compile("[:：]")
_SAME_MARK = str.maketrans("，；｜②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", ",;|" + "①" * 19)
_BRACKETED = re.compile(r"[（(][^）)]{0,12}[）)]")
_ROLE = (
    "(?:副|正|常务副)?(?:[队会站所科校院]长|秘书长|组长|主任|书记|主席|委员|主任委员|组员|成员|队员|干事)|负责人|联系人|联络员|网格员|楼组长|楼长|单元长"
    "|志愿者|社工|调解员|专干|户主|党员|居民|村民|同志|老师"
)
# What a list of names says of each beside the name.
_ATTRIBUTE = re.compile(
    rf"[男女岁]|.{{1,5}}族|[汉满回藏壮苗彝白傣]|群众|中共党员|预备党员|团员|退休|在职|离异|已婚|未婚|初中|高中|中专|大专|本科|小学|研究生|{_ROLE}"
    "|本人|配偶|妻子|丈夫|儿子|女儿|[长次]子|[长次]女|父亲|母亲|孙子|孙女|儿媳|女婿"
)
_A_NAME = rf"(.{{2,4}}|.{{2,6}}[{MIDDLE_DOT}].{{2,8}})"
_ROLE_AND_NAME = re.compile(rf"(?:{_ROLE}){_A_NAME}")
_NAME_AND_TITLE = re.compile(rf"{_A_NAME}(?:同志|女士|先生|老师|主任|书记|[组队所站科]长)")
_LEADING_TO_A_NAME = re.compile(
    rf".*(?:[有为是由对请及与和括让给向]|人员|代表|名单|群众|教师|学生|医生|干部|职工|家长|嘉宾|专家|代理人|{_ROLE}){_A_NAME}"
)
_NAME_AND_MORE = re.compile(
    "(.{2,4}?)(?:等|同志|女士|先生|老师|主任|书记|参加|出席|到场|到会|列席|缺席|请假|负责|担任|主持|发言|签|家|合影|共|为|的|在|到|进行|以及|和|与|及).*"
)
_TWO_NAMES = re.compile(r"(.{2,4}?)[和与及跟同暨](.{2,4})")
_DOT = re.compile(f"[{MIDDLE_DOT}]")
_LONGEST = 16


class _Item(NamedTuple):
    word: str
    start: int
    end: int
    mark: str  # what stands before it: 、 or a comma, a blank, nothing that parts a list


def lists_in(text: str) -> Iterator[Found]:
    """Every list of names in ``text``."""
    for segment in _SEGMENT.finditer(text):
        if _SEVERAL.search(segment[0]) is None or not any(map(_may_be_of_a_list, _WORD.findall(segment[0]))):
            continue
        for chain in _chains(_items(segment[0])):
            weights = _weights_of(chain)
            # Blanks part words that belong together, too: two of them have to be strong.
            if looks_like_names(weights) and (chain[-1].mark != " " or sum(one > 1 for one in weights) > 1):
                yield Found(NAMES, segment.start() + chain[0].start, segment.start() + chain[-1].end)


def names_in_column(cells: Iterable[str]) -> bool:
    """Whether most of ``cells``, those of a column or a row, are names of persons.

    >>> names_in_column(["张三", "李四", "", "王小五（组长）"]), names_in_column(["安全", "文明", "和谐", "高新区"])
    (True, False)
    """
    words = dict.fromkeys("".join(_BRACKETED.sub("", cell).split()) for cell in cells)
    of_names = (word for word in words if word and not _ATTRIBUTE.fullmatch(word))
    return looks_like_names([one for word in of_names for one in _weights(word)])


def names_in_file_names(names: Iterable[str]) -> bool:
    """Whether most of ``names``, of files that lie together, are names of persons.

    >>> names_in_file_names(["签到/张三.jpg", "签到/李四_1.jpg", "王小五.png"]), names_in_file_names(["e01.jpg", "方案.pdf"])
    (True, False)
    """
    stems = (name.replace("\\", "/").rsplit("/", 1)[-1] for name in names)
    return names_in_column(word[0] if (word := _WORD.search(stem)) else stem for stem in stems)


def looks_like_names(weights: Sequence[int]) -> bool:
    """Whether words of these weights are a list of names: strong ones among mostly names, or three strong ones in a row."""
    strong = [one > 1 for one in weights]
    names = sum(one > 0 for one in weights)
    if names < 2 or not any(strong):
        return False
    if names * 10 >= len(weights) * 6 and (sum(strong) > 1 or (names == len(weights) and sum(weights) > 2)):
        return True
    return any(all(strong[n : n + 3]) for n in range(len(strong) - 2))


def names_at_the_head(word: str) -> Iterator[str]:
    """What may be a name where ``word`` begins with one: 李四 of 李四等三人参加."""
    found = _NAME_AND_MORE.fullmatch(word[:_LONGEST])
    if found is not None:
        yield found[1]


@lru_cache(maxsize=8192)
def _may_be_of_a_list(word: str) -> bool:
    # A list has one strong name at least; most words, and so most texts, are done with here.
    if len(word) == 1:
        return word in CLEAR_SURNAMES or word in COMMON_SURNAMES
    return max(_weights(word, first=True, last=True)) > 1


def _items(segment: str) -> list[_Item]:
    # Left out: notes in brackets, and what is said of each person (男, 组长, 50元).
    # 张　三, set apart to the width of three, is one word.
    items: list[_Item] = []
    last, noted, carried = 0, "", ""
    for found in _WORD.finditer(segment):
        gap = noted + segment[last : found.start()]
        last = found.end()
        if gap.rstrip().endswith(("(", "（")) and segment[last : last + 1] in ")）":
            noted = gap
            continue
        noted = ""
        mark = _mark_in(gap) or carried
        said_of_a_person = _ATTRIBUTE.fullmatch(found[0]) or (len(found[0]) < 3 and _FIGURE.search(gap))
        carried = mark if said_of_a_person else ""
        if said_of_a_person:
            continue
        if mark == " " and len(found[0]) == 1 and items and len(items[-1].word) == 1:
            items[-1] = items[-1]._replace(word=items[-1].word + found[0], end=last)
        else:
            items.append(_Item(found[0], found.start(), last, mark))
    return items


def _mark_in(gap: str) -> str:
    parted = _MARK.search(gap)
    if parted is not None:
        return parted[0].translate(_SAME_MARK)
    # A colon parts a label from what it says.
    return " " if _BLANK.search(gap) and not _COLON.search(gap) else ""


def _chains(items: list[_Item]) -> Iterator[list[_Item]]:
    # Items between equal marks; the last of one chain is the first of the next.
    chain: list[_Item] = []
    for item in items:
        if len(chain) > 1 and item.mark == chain[-1].mark:
            chain.append(item)
            continue
        if chain:
            yield chain
        chain = [chain[-1], item] if chain and item.mark else [item]
    if chain:
        yield chain


def _weights_of(chain: list[_Item]) -> list[int]:
    last = len(chain) - 1
    each = [_weights(item.word, first=n == 0, last=n == last) for n, item in enumerate(chain)]
    # Beside a name for certain, the text before a list may end with one and the text behind it begin with one.
    if last > 1 and any(max(one) > 1 for one in each):
        if each[0] == [0]:
            each[0] = [_at_an_end(chain[0].word[-3:], chain[0].word[-2:])]
        if each[last] == [0]:
            each[last] = [_at_an_end(chain[last].word[:3], chain[last].word[:2])]
    return [one for weights in each for one in weights]


def _at_an_end(*words: str) -> int:
    found = max(map(weight, words))
    return found if found > 1 else 0


def _weights(word: str, *, first: bool = False, last: bool = False) -> list[int]:
    # Of one item of a list; two for 张三和李四.
    found, both = weight(word), _TWO_NAMES.fullmatch(word)
    if not found and both is not None and weight(both[1]) > 1 and weight(both[2]) > 1:
        return [weight(both[1]), weight(both[2])]
    for pattern in (_ROLE_AND_NAME, _NAME_AND_TITLE, *((_LEADING_TO_A_NAME,) if first else ())):
        within = None if found else pattern.fullmatch(word[-_LONGEST:])
        found = found or (weight(within[1]) if within is not None else 0)
    if not found and last:
        found = max(map(weight, names_at_the_head(word)), default=0)
    return [found] if found else [weight(one) for one in _DOT.split(word)] if _DOT.search(word) else [0]
