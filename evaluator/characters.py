"""Characters by which a text would look other than it is: invisible ones, marks over others, letters that turn the order. Pure.

One place decides for every text that a person writes and a scorecard may show: texts of submissions, reviews and rule files,
names of files, texts of an assessment that is read back. docs/submission.md says what is refused and what is not.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from evaluator.errors import Words

Kind = Literal["hidden", "mark", "right_to_left"]

# Of these nothing has to be looked at singly: printed ASCII, Latin, Greek, Cyrillic, punctuation, signs, kana, Hangul syllables,
# and ideographs of every plane; of blanks the plain one. What is not here is looked at, not refused.
_PLAIN = re.compile(
    "[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0556\u2010-\u2027\u2030-\u205e\u2070-\u209f"
    "\u2100-\u27ff\u2900-\u2bff\u2e80-\u2fff\u3001-\u3029\u3030-\u3096\u309b-\u3163\u3165-\ua48f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19"
    "\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffef\U00020000-\U0003fffd]*+"
)
# Letters and signs that show nothing where they stand.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\U000133fc")
_IDEOGRAPH = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
)
# Code points that mean nothing, yet are drawn as nothing.
_DRAWN_AS_NOTHING = re.compile("[\u2065\ufff0-\ufff8\U000e0000-\U000e0fff]")
_MONGOLIAN = re.compile("[\u1820-\u18aa]")
_MONGOLIAN_FORMS = frozenset("\u180b\u180c\u180d\u180e\u180f")
_JOINERS = frozenset("\u200c\u200d")
_JOINED = re.compile("[\u0620-\u06d3\u0750-\u077f\u08a0-\u08ff\u0900-\u0dff\u1820-\u18aa]")
_EMOJI_FORMS = frozenset("\ufe0e\ufe0f")
# A syllable of Tibetan bears four; more are drawn over the lines above and below.
_MOST_MARKS = 4
_OVERLAY = 1  # the combining class of what is drawn through a character


class Disguise(NamedTuple):
    """The first character that would disguise a text: where it stands (0-based), and how it does."""

    at: int
    character: str
    kind: Kind

    @property
    def called(self) -> str:
        """The character as people can look it up: ``U+202E``."""
        return f"U+{ord(self.character):04X}"


def disguise_in(text: str) -> Disguise | None:
    r"""The first character of ``text`` by which it would look other than it is, or None.

    >>> disguise_in("翠湖岸社区（一期）·2025年"), disguise_in("𠮷祥里𬒈社区")
    (None, None)
    >>> disguise_in("甲社区\u202e001"), disguise_in("不\u0338合格").called
    (Disguise(at=3, character='\u202e', kind='hidden'), 'U+0338')
    """
    if is_plain(text):
        return None
    marks, base = 0, ""
    right_to_left = False
    for at, one in enumerate(text):
        category = unicodedata.category(one)
        if category[0] == "M":
            marks += 1
            if _is_hidden_mark(one, text[at - 1] if at else ""):
                return Disguise(at, one, "hidden")
            if one not in _MONGOLIAN_FORMS and one not in _EMOJI_FORMS and not _may_bear(base, one, marks):
                return Disguise(at, one, "mark")
            continue
        if _is_hidden(one, category, text, at):
            return Disguise(at, one, "hidden")
        right_to_left = right_to_left or unicodedata.bidirectional(one) in _TURNING
        marks, base = 0, one
    return _at_an_end(text) if right_to_left else None


def is_plain(text: str) -> bool:
    """Whether every character of ``text`` is one that need not be looked at singly."""
    return _PLAIN.fullmatch(text) is not None


def visible(text: str) -> str:
    r"""``text`` as a message may repeat it: where anything disguises it, all that is not plain is written as in Python.

    >>> visible("照片\u202egpj.exe"), visible("翠湖岸")
    ('照片\\u202egpj.exe', '翠湖岸')
    """
    if disguise_in(text) is None:
        return text
    return "".join(one if is_plain(one) or one in _BLANKS else _escaped(one) for one in text)


def _escaped(one: str) -> str:
    return one.encode("unicode_escape").decode()


_BLANKS = frozenset(" \t\n\xa0\u3000")
_TURNING = frozenset(("R", "AL", "AN"))


def _is_hidden(one: str, category: str, text: str, at: int) -> bool:
    if one in _BLANK:
        return True
    if category == "Cc":
        return one not in "\t\n"
    if category == "Cf":
        return not _joins(one, text, at)
    if category == "Cn":
        # Ideographs that a later edition of Unicode adds are drawn like any other.
        return (
            _DRAWN_AS_NOTHING.match(one) is not None
            or ord(one) & 0xFFFE == 0xFFFE
            or 0xFDD0 <= ord(one) <= 0xFDEF
        )
    return category in ("Co", "Cs", "Zl", "Zp")


def _joins(one: str, text: str, at: int) -> bool:
    """Whether a joiner or a Mongolian vowel separator stands where the writing of its letters needs it."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if one == "\u180e":
        return _MONGOLIAN.match(before) is not None
    return one in _JOINERS and all(side and _in_a_joined_word(side) for side in (before, after))


def _in_a_joined_word(one: str) -> bool:
    return _JOINED.match(one) is not None


def _is_hidden_mark(one: str, before: str) -> bool:
    """Whether ``one`` chooses between forms of the character before it, and that has none to choose from."""
    if one in _BLANK:
        return True
    if one in _MONGOLIAN_FORMS:
        return _MONGOLIAN.match(before) is None
    if one in _EMOJI_FORMS:
        return before < "\u2000" or unicodedata.category(before) not in ("So", "Sm", "Po")
    return "\ufe00" <= one <= "\ufe0d" or "\U000e0100" <= one <= "\U000e01ef"


def _may_bear(base: str, mark: str, marks: int) -> bool:
    """Whether the mark belongs to the writing of ``base``: a letter that is no ideograph, and that is not drawn through."""
    if unicodedata.category(mark) == "Me" or unicodedata.combining(mark) == _OVERLAY or marks > _MOST_MARKS:
        return False
    return base != "" and unicodedata.category(base)[0] == "L" and _IDEOGRAPH.match(base) is None


def _at_an_end(text: str) -> Disguise | None:
    """The letter or number from right to left that stands first or last of all that have a direction.

    Inside a text it turns that text alone; at an end it turns the figures that a scorecard prints beside it.
    """
    directed = [at for at, one in enumerate(text) if unicodedata.bidirectional(one) in ("L", *_TURNING)]
    for at in (directed[0], directed[-1]):
        if unicodedata.bidirectional(text[at]) in _TURNING:
            return Disguise(at, text[at], "right_to_left")
    return None


_SAID: dict[Kind, tuple[Words, Words]] = {
    "hidden": (
        Words("看不见或没有固定字形的字符", "an invisible character, or one without a shape of its own"),
        Words("删去这个字符，或重新录入这段文字", "delete that character, or type the text anew"),
    ),
    "mark": (
        Words("叠在别的字上的符号", "a mark that is drawn over another character"),
        Words("删去这个符号，或重新录入这段文字", "delete that mark, or type the text anew"),
    ),
    "right_to_left": (
        Words(
            "从右向左书写的文字，会打乱旁边的数",
            "writing from right to left, which would turn the figures beside it",
        ),
        Words(
            "开头和末尾写上中文，如：维吾尔文“…”（译文）",
            "let the text begin and end with letters from left to right, as a translation in brackets",
        ),
    ),
}


def said_of(found: Disguise) -> tuple[Words, Words]:
    """What is wrong with a text, and the mend; the text itself is not repeated."""
    what, mend = _SAID[found.kind]
    return (
        Words(
            f"第 {found.at + 1} 个字 {found.called} 是{what.zh}",
            f"character {found.at + 1}, {found.called}, is {what.en}",
        ),
        mend,
    )
