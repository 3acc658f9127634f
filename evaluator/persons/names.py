"""Lists of names: 张三、李四、王五, in whatever marks, with roles and notes among them. Pure.

One word alone is never taken for a name: a list needs several that look like names, and they have to be most of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from evaluator.persons.kinds import NAMES, Found
from evaluator.persons.name_items import is_said_of_a_person, item_weights
from evaluator.persons.name_shapes import MIDDLE_DOT, weight
from evaluator.persons.name_tables import CLEAR_SURNAMES, COMMON_SURNAMES
from evaluator.persons.strong_names import lines_to_look_at

# A letter that is none of A to Z. Not a range of code points: sre takes a millisecond to compile each.
HAN = r"[^\W\d_A-Za-zＡ-Ｚａ-ｚ①-⑳]"
_NO_HAN = r"[\W\d_A-Za-zＡ-Ｚａ-ｚ①-⑳]"
# Between the names of a list stand marks, numbers, the ending of a file's name; no letter, no end of a sentence, no title's mark.
_OF_A_LIST = r"[^A-Za-zＡ-Ｚａ-ｚ。！？!?《》<>{}=@\0]"
_ENDING = r"(?<=\.)(?:jpe?g|png|pdf|docx?|xlsx?|heic|bmp|webp|mp4|zip)"
_SEGMENT = re.compile(rf"{HAN}{_OF_A_LIST}*(?:{_ENDING}{_OF_A_LIST}*)*")
_SEVERAL = re.compile(
    rf"[、，,;；/|｜\s①-⑳”\"』」{MIDDLE_DOT}]{_NO_HAN}{{0,40}}{HAN}|{HAN}{{2}}[和与及跟同暨]{HAN}{{2}}"
)
WORD = re.compile(rf"{HAN}+(?:[{MIDDLE_DOT}]{HAN}+)*")
_MARK = re.compile(r"[、，,;；/|｜\n\t①-⑳]|[”\"』」]\s*[“\"『「]")
_FIGURE = re.compile(r"\d(?:[.．]\d+)?$")
_BLANK = re.compile(r"\s")
_COLON = re.compile("[:：]")
_SAME_MARK = str.maketrans("，；｜②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", ",;|" + "①" * 19)
_BRACKETED = re.compile(r"[（(][^）)]{0,12}[）)]")


class _Item(NamedTuple):
    word: str
    start: int
    end: int
    mark: str  # what stands before it: 、 or a comma, a blank, nothing that parts a list


def lists_in(text: str) -> Iterator[Found]:
    """Every list of names in ``text``."""
    if next(places_of_strong_names(text), None) is None:
        return
    for segment in _SEGMENT.finditer(text):
        if _SEVERAL.search(segment[0]) is None or not any(map(_may_be_of_a_list, WORD.findall(segment[0]))):
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
    words = dict.fromkeys(map(_who, cells))
    return looks_like_names([one for word in words if word for one in item_weights(word)])


@lru_cache(maxsize=8192)
def _who(cell: str) -> str:
    # Without blanks and notes; empty where it says something of a person rather than who it is.
    word = "".join(_BRACKETED.sub("", cell).split())
    return "" if is_said_of_a_person(word) else word


def names_in_file_names(names: Iterable[str]) -> bool:
    """Whether most of ``names``, of files that lie together, are names of persons.

    >>> names_in_file_names(["签到/张三.jpg", "签到/李四_1.jpg", "王小五.png"]), names_in_file_names(["e01.jpg", "方案.pdf"])
    (True, False)
    """
    stems = (name.replace("\\", "/").rsplit("/", 1)[-1] for name in names)
    return names_in_column(word[0] if (word := WORD.search(stem)) else stem for stem in stems)


def looks_like_names(weights: Sequence[int]) -> bool:
    """Whether words of these weights are a list of names: strong ones among mostly names, or three strong ones in a row."""
    strong = [one > 1 for one in weights]
    names = sum(one > 0 for one in weights)
    if names < 2 or not any(strong):
        return False
    if names * 10 >= len(weights) * 6 and (sum(strong) > 1 or (names == len(weights) and sum(weights) > 2)):
        return True
    return any(all(strong[n : n + 3]) for n in range(len(strong) - 2))


def places_of_strong_names(text: str) -> Iterator[int]:
    """The beginnings of the lines of ``text`` with a word so like a name that it, with others, could make a list of names."""
    for start, end in lines_to_look_at(text):
        if any(map(_may_be_of_a_list, WORD.findall(text, start, end))):
            yield start


@lru_cache(maxsize=8192)
def _may_be_of_a_list(word: str) -> bool:
    # A list has one strong name at least; most words, and so most texts, are done with here.
    if len(word) == 1:
        return word in CLEAR_SURNAMES or word in COMMON_SURNAMES
    return max(item_weights(word, first=True, last=True)) > 1


def _items(segment: str) -> list[_Item]:
    # Left out: notes in brackets, and what is said of each person (男, 组长, 50元).
    # 张　三, set apart to the width of three, is one word.
    items: list[_Item] = []
    last, noted, carried = 0, "", ""
    for found in WORD.finditer(segment):
        gap = noted + segment[last : found.start()]
        last = found.end()
        if gap.rstrip().endswith(("(", "（")) and segment[last : last + 1] in ")）":
            noted = gap
            continue
        noted = ""
        mark = _mark_in(gap) or carried
        aside = is_said_of_a_person(found[0]) or (len(found[0]) < 3 and _FIGURE.search(gap))
        carried = mark if aside else ""
        if aside:
            continue
        if mark == " " and len(found[0]) == 1 and items and len(items[-1].word) == 1:
            items[-1] = items[-1]._replace(word=items[-1].word + found[0], end=last)
        else:
            items.append(_Item(found[0], found.start(), last, mark))
    return items


@lru_cache(maxsize=1024)
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
    each = [item_weights(item.word, first=n == 0, last=n == last) for n, item in enumerate(chain)]
    # Beside a name for certain, the text before a list may end with one and the text behind it begin with one.
    if last > 1 and any(max(one) > 1 for one in each):
        if each[0] == (0,):
            each[0] = (_at_an_end(chain[0].word[-3:], chain[0].word[-2:]),)
        if each[last] == (0,):
            each[last] = (_at_an_end(chain[last].word[:3], chain[last].word[:2]),)
    return [one for weights in each for one in weights]


def _at_an_end(*words: str) -> int:
    found = max(map(weight, words))
    return found if found > 1 else 0
