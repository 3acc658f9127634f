"""What a message may repeat of a value: shortened, and nothing of a person in it. Pure."""

from __future__ import annotations

import re

from evaluator.characters import visible
from evaluator.persons.digits import DIGIT, INVISIBLE
from evaluator.persons.kinds import NAMES_OF_PERSONS
from evaluator.persons.scanning import found_in

# The shortest number of a person, a telephone, has ten digits; a date has eight.
_LONG_RUN = re.compile(rf"\+?{DIGIT}(?:[ \-\u3000{INVISIBLE}]{{0,3}}{DIGIT}){{9,}}[xXＸｘ]?")
_FURTHEST = 4000


def echo(value: object, longest: int = 40) -> str:
    """A submitted value as a message may repeat it: shortened, with what concerns a person and long runs of digits left out.

    >>> echo("2025/3/12"), echo("电话 138 0013 8000"), echo("张三、李四、王五")
    ('2025/3/12', '电话 …', '…')
    """
    return _LONG_RUN.sub("…", masked(str(value)[:_FURTHEST]))[:longest]


def masked(text: str) -> str:
    """``text`` with … for everything in it that concerns a person; of a text with names nothing is left.

    What would disguise the rest is made visible.
    """
    parts, last = [], 0
    for one in found_in(text):
        if one.kind.code == NAMES_OF_PERSONS:
            return "…"
        parts += [text[last : one.start], "…"]
        last = one.end
    return visible("".join([*parts, text[last:]]))
