"""The pages of a scorecard beside those that its attached assessment comes to: every character, its colour, size and font."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evaluator.errors import Words
from scorecards.verifying.differing import PageDifference, split_text, tokens_of, words_differing
from scorecards.verifying.drawn import Character, Drawn, Run
from scorecards.verifying.geometry import Box

_PAGE_NUMBER = re.compile(r"— [0-9]+ —")
# Of so many pages at least a text that stands on all of them is one of the margin.
_ENOUGH_PAGES = 3
# Runs stand on one line where their feet differ by no more than this, in points.
_SAME_LINE = 2.0
# So many characters are set beside each other before the first that differs.
_BEFORE = 40
Look = tuple[str, str, float, tuple[str, ...]]


class Placed(NamedTuple):
    """A character, the page it is on, and the box of its run."""

    page: int
    box: Box
    character: Character


class Compared(NamedTuple):
    """What is ``wrong`` with the pages, and what could not be compared (``unknown``)."""

    wrong: tuple[Words, ...]
    unknown: tuple[Words, ...]


def compared(
    given: Sequence[Drawn], due: Sequence[Drawn], heads: Sequence[str] = (), *, reflowed: bool = False
) -> Compared:
    """``given`` against ``due``, page by page; where lines and pages may break elsewhere (``reflowed``), as one text.

    ``heads`` are the texts of table heads, which are printed again on every page that a table goes on to.
    """
    wrong = [*_images(given, due), *_unseen(given, due)]
    if len(given) == len(due):
        differences = [
            one for n, pair in enumerate(zip(given, due, strict=True), 1) for one in _page(n, *pair)
        ]
    else:
        differences = []
        zh, en = (
            f"应有 {len(due)} 页，现有 {len(given)} 页",
            f"{len(due)} pages are due; there are {len(given)}",
        )
        wrong.append(Words(zh, en))
        if not reflowed:
            differences = [*_first_that_differ(given, due)]
    if not reflowed or not (differences or len(given) != len(due)):
        return Compared(
            (*wrong, *(one.words() if isinstance(one, PageDifference) else one for one in differences)), ()
        )
    wrong = [one for one in wrong if "应有" not in one.zh]
    return _as_one_text(given, due, heads, wrong)


def _shown(runs: Sequence[Run]) -> list[Run]:
    return [run for run in runs if not run.hidden]


def _looks(runs: Sequence[Run]) -> list[Look]:
    return [_look(one) for run in runs for one in run.characters if one.text.strip()]


def _look(one: Character) -> Look:
    return one.text, one.font, one.size, one.colour


def _page(number: int, given: Drawn, due: Drawn) -> Iterator[PageDifference | Words]:
    printed, wanted = _looks(_shown(given.runs)), _looks(_shown(due.runs))
    if printed == wanted:
        return
    found = list(words_differing(number, tokens_of(_shown(given.runs)), tokens_of(_shown(due.runs))))
    yield from found
    if not found:
        yield _restyled(number, printed, wanted)


def _restyled(number: int, printed: list[Look], wanted: list[Look]) -> Words:
    text = next((one[0] for one, other in zip(printed, wanted, strict=False) if one != other), "")
    zh = f"第 {number} 页：“{text}”等字的颜色、大小或字体被改过"
    return Words(zh, f"page {number}: the colour, size or font of “{text}” and others was changed")


def _first_that_differ(given: Sequence[Drawn], due: Sequence[Drawn]) -> Iterator[PageDifference]:
    """Where a page was taken out or put in, the first that is another than is due."""
    for n, (one, other) in enumerate(zip(given, due, strict=False), 1):
        if one.text != other.text:
            yield next(words_differing(n, tokens_of(_shown(one.runs)), tokens_of(_shown(other.runs))))
            return


def _unseen(given: Sequence[Drawn], due: Sequence[Drawn]) -> Iterator[Words]:
    """Text that cannot be seen, or is covered, and is not so on the pages that are due."""
    for unseen, words in (
        (_hidden, Words("看不见的文字", "invisible text")),
        (_covered, Words("被遮住的文字", "covered text")),
    ):
        known = Counter(text for page in due for text in unseen(page))
        for n, page in enumerate(given, 1):
            for text in unseen(page):
                known[text] -= 1
                if known[text] < 0:
                    yield Words(
                        f"第 {n} 页有{words.zh}“{text[:40]}”", f"page {n} holds {words.en}: “{text[:40]}”"
                    )


def _hidden(page: Drawn) -> list[str]:
    return [run.text.strip() for run in page.runs if run.hidden and run.text.strip()]


def _covered(page: Drawn) -> list[str]:
    return [run.text.strip() for run in page.covered if run.text.strip()]


def _images(given: Sequence[Drawn], due: Sequence[Drawn]) -> Iterator[Words]:
    most = max((page.images for page in due), default=0)
    for n, page in enumerate(given, 1):
        if page.images > most:
            yield Words(f"第 {n} 页多出图片", f"page {n} holds an image that is not due")


def _as_one_text(
    given: Sequence[Drawn], due: Sequence[Drawn], heads: Sequence[str], wrong: list[Words]
) -> Compared:
    margin = _margin(due)
    wrong.extend(_margins_amiss(given, margin))
    left, right = _flow(given, margin, heads), _flow(due, margin, heads)
    # As it was drawn, or as it is read: a chart is drawn behind the rest of its page, whichever page that is.
    if _of(left) == _of(right) or _of(_as_read(left)) == _of(_as_read(right)):
        return Compared(tuple(wrong), ())
    if Counter(_of(left)) == Counter(_of(right)):
        words = Words(
            "文字的先后与本机排版不同，未能逐字核对",
            "the text stands in another order: it could not be compared word for word",
        )
        return Compared(tuple(wrong), (words,))
    return Compared((*wrong, *_words_of(_as_read(left), _as_read(right))), ())


def _of(flow: Sequence[Placed]) -> list[Look]:
    return [_look(one.character) for one in flow]


def _as_read(flow: Sequence[Placed]) -> list[Placed]:
    """Line by line from the top of each page, from left to right."""
    found: list[Placed] = []
    line: list[Placed] = []
    for one in sorted(flow, key=lambda one: (one.page, -one.box[1])):
        if line and (line[0].page != one.page or line[0].box[1] - one.box[1] > _SAME_LINE):
            found.extend(sorted(line, key=_across))
            line = []
        line.append(one)
    return [*found, *sorted(line, key=_across)]


def _across(one: Placed) -> float:
    return one.box[0]


def _words_of(left: Sequence[Placed], right: Sequence[Placed]) -> Iterator[Words]:
    printed, wanted = _of(left), _of(right)
    least = min(len(printed), len(wanted))
    at = next((n for n in range(least) if printed[n] != wanted[n]), least)
    page = left[min(at, len(left) - 1)].page if left else 1
    start = max(0, at - _BEFORE)
    texts = [split_text("".join(one[0] for one in looks[start:])) for looks in (printed, wanted)]
    found = [one.words() for one in words_differing(page, *texts)]
    yield from found or [_restyled(page, printed, wanted)]


def _margin(due: Sequence[Drawn]) -> frozenset[str]:
    """The texts that stand on every page: the running title, the code."""
    if len(due) < _ENOUGH_PAGES:
        return frozenset()
    each = [{run.text for run in page.runs if run.text.strip()} for page in due]
    return frozenset(set.intersection(*each))


def _margins_amiss(given: Sequence[Drawn], margin: frozenset[str]) -> Iterator[Words]:
    for n, page in enumerate(given, 1):
        for text in sorted(margin - {run.text for run in _shown(page.runs)}):
            yield PageDifference(n, "", text).words()


def _flow(pages: Sequence[Drawn], margin: frozenset[str], heads: Sequence[str]) -> list[Placed]:
    """All characters between the margins as they were drawn; table heads that are repeated at the top of a page left out."""
    found: list[Placed] = []
    longest_first = sorted(filter(None, heads), key=len, reverse=True)
    for n, page in enumerate(pages, 1):
        runs = [run for run in _shown(page.runs) if not _is_marginal(run, margin)]
        body = [Placed(n, run.box, one) for run in runs for one in run.characters if one.text.strip()]
        text = "".join(one.character.text for one in body)
        head = next((one for one in longest_first if found and text.startswith(one)), "")
        found.extend(body[len(head) :])
    return found


def _is_marginal(run: Run, margin: frozenset[str]) -> bool:
    return run.text in margin or _PAGE_NUMBER.fullmatch(run.text.strip()) is not None
