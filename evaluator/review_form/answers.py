"""The words that inspectors write on a form → the identifiers of a review: read rightly or refused, never guessed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from evaluator.errors import Words, nearest
from evaluator.persons import echo
from evaluator.review_form.columns import ACCEPT, DECISIONS, NOTHING, READMIT, REJECT
from evaluator.reviewing.words import METHODS, OUTCOMES, ROLES
from evaluator.workbook.cells import Raw, day_of, number_of, shown, text_of, whole_of
from evaluator.workbook.gathering import squeezed
from evaluator.workbook.read import Read, Wrong

# Stands for a document's date that is stated nowhere, until the entry is made.
NO_DAY = "-"
_MARKS = "、,;"
_MORE_OUTCOMES = {
    "符合": "satisfied",
    "部分符合": "partly_satisfied",
    "不达标": "not_satisfied",
    "不符合": "not_satisfied",
    "合理缺项": "not_applicable",
}
_MORE_METHODS = {
    "材料": "documents",
    "查阅资料": "documents",
    "资料审核": "documents",
    "现场": "on_site",
    "现场查看": "on_site",
    "现场察看": "on_site",
    "实地查看": "on_site",
    "实地": "on_site",
    "问卷调查": "survey",
}
_MORE_ROLES = {
    "街道": "street_reviewer",
    "区级": "district_inspector",
    "市级": "municipal_inspector",
    "省级": "provincial_inspector",
    "专家": "expert",
    "第三方": "third_party",
}
_ACCEPTING = {
    **{squeezed(words).casefold(): "reject" for words in (*REJECT, "未采信", "否", "×", "x")},
    **{squeezed(words).casefold(): "accept" for words in (*READMIT, *ACCEPT, "是", "√", "✓")},
}


def _known(words: Mapping[str, Words], more: Mapping[str, str]) -> dict[str, str]:
    said = {squeezed(one).casefold(): name for name, pair in words.items() for one in (*pair, name)}
    return {**said, **more}


_OUTCOMES = _known({name: OUTCOMES[name] for name in DECISIONS}, _MORE_OUTCOMES)
_METHODS = _known(METHODS, _MORE_METHODS)
_ROLES = _known(ROLES, _MORE_ROLES)


def outcome_of(raw: Raw) -> Read:
    """A decision's outcome.

    >>> outcome_of(" 部分达标 ").value, outcome_of("合理缺项").value, outcome_of("合理缺项").how.zh
    ('partly_satisfied', 'not_applicable', '不适用')
    """
    return _word(raw, _OUTCOMES, OUTCOMES)


def method_of(raw: Raw) -> Read:
    """A method of verification."""
    return _word(raw, _METHODS, METHODS)


def role_of(raw: Raw) -> Read:
    """A reviewer's role."""
    return _word(raw, _ROLES, ROLES)


def acceptance_of(raw: Raw) -> Read:
    """Whether evidence is rejected (``reject``) or accepted (``accept``)."""
    read = _word(raw, _ACCEPTING, {"reject": REJECT, "accept": ACCEPT})
    return (
        read._replace(how=None) if read.wrong is None and shown(raw) in (*READMIT, *REJECT, *ACCEPT) else read
    )


def points_of(raw: Raw) -> Read:
    """Points, with or without 分 behind them."""
    return number_of(raw, units=("分", "points"))


def level_of(raw: Raw) -> Read:
    """A level, with or without 档 behind it."""
    return whole_of(raw, ("档", "级"))


def _word(raw: Raw, known: Mapping[str, str], words: Mapping[str, Words]) -> Read:
    written = shown(raw)
    found = known.get(squeezed(written).strip("。.").casefold())
    if found is None:
        near = nearest(squeezed(written), [pair.zh for pair in words.values()])
        mend = (
            Words(f"是否想写“{near}”", f"did you mean {near}?")
            if near
            else Words("从列表里选", "choose one of the list")
        )
        return Read(written, wrong=Wrong("unknown_word", Words("不在可选之中", "none of the choices"), mend))
    plain = written in words[found]
    return Read(found, None if plain else words[found])


def day_or_none(raw: Raw, *, from_1904: bool = False) -> Read:
    """A day, or ``NO_DAY`` where the cell says that there is none; an empty cell is no answer at all."""
    if isinstance(raw, str) and squeezed(raw).casefold() in {
        *NOTHING,
        "没有",
        "未写明",
        "长期",
        "长期有效",
        "none",
    }:
        return Read(NO_DAY)
    return day_of(raw, from_1904=from_1904)


def parts_of(raw: Raw, known: Mapping[str, str]) -> Read:
    """The parts of a document by their labels (``known``: id by squeezed label), parted by 、 or lines.

    >>> parts_of("目标；学校、医院", {"目标": "goals", "学校、医院": "schools"}).value
    ['goals', 'schools']
    """
    read = text_of(raw)
    if read.wrong is not None:
        return read
    text = str(read.value)
    if squeezed(text).casefold() in {*NOTHING, "没有", "none"}:
        return Read([])
    found: list[str] = []
    rest = squeezed(text.replace("\n", "、"))
    while rest := rest.lstrip(_MARKS):
        # A label may itself hold a mark that parts labels: the longest that fits is meant.
        fitting = [one for one in known if rest.startswith(one) and (rest[len(one) :] + "、")[0] in _MARKS]
        if not fitting:
            piece = next(one for one in re.split(f"[{_MARKS}]", rest) if one)
            near = nearest(piece, known)
            what = Words(f"没有“{echo(piece, 20)}”这一项内容", f"no part is called {echo(piece, 20)!r}")
            mend = Words(
                f"是否想写“{near}”" if near else "照“写明的内容”一栏填写",
                f"did you mean {near}?" if near else "copy from the column of parts",
            )
            return Read(text, wrong=Wrong("unknown_part", what, mend))
        best = max(fitting, key=len)
        found.append(known[best])
        rest = rest[len(best) :]
    return Read(found)
