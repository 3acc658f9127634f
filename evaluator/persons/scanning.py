"""One text or many → everything in them that concerns a person. Pure."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from evaluator.persons.addresses import addresses_in
from evaluator.persons.kinds import LANDLINE, Found, Kind
from evaluator.persons.labelled import labelled_in
from evaluator.persons.name_labels import labelled_names_in
from evaluator.persons.names import lists_in, places_of_strong_names
from evaluator.persons.numbers import numbers_in, places_of_numbers
from evaluator.persons.within_lists import may_only_end_a_list


def found_in(text: str, *, public_telephone: bool = False) -> list[Found]:
    """What in ``text`` concerns a person, in order, each span once; time is linear in the length of ``text``.

    ``public_telephone`` lets a fixed line and a service number pass: for the one field where an institution's may stand.

    >>> [(one.kind.name.zh, one.start, one.end) for one in found_in("值班13800138000，传真：0871-63100000")]
    [('电话号码', 2, 13), ('固定电话或服务电话号码', 17, 30)]
    """
    found: list[Found] = []
    for look in (numbers_in, labelled_in, addresses_in, lists_in, labelled_names_in):
        found += [one for one in look(text) if not (public_telephone and one.kind is LANDLINE)]
    found.sort(key=lambda one: (one.start, -one.end))
    apart: list[Found] = []
    for one in found:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def kind_in(text: str, *, public_telephone: bool = False) -> Kind | None:
    """The kind of the first that ``text`` holds, or None.

    >>> kind_in("社发〔2025〕12号 2025-03-12") is None
    True
    """
    found = found_in(text, public_telephone=public_telephone)
    return found[0].kind if found else None


# Parts texts for good: no pattern reads across it.
APART = "\0"
# Parts the texts of a list: names on both sides are of one list, figures on both sides are not of one number.
IN_A_LIST = "\n、"


def found_in_each(
    texts: Sequence[str], *, parted_by: str | Sequence[str] = APART, public_telephones: Collection[int] = ()
) -> Iterator[tuple[int, Found]]:
    """What in any of ``texts`` concerns a person, with the number of the text in which it begins.

    All are searched as one, each behind its mark in ``parted_by``.
    ``public_telephones`` numbers the texts in which a fixed line may stand.
    """
    marks = parted_by if not isinstance(parted_by, str) else [parted_by] * len(texts)
    pieces = [piece for pair in zip(marks, texts, strict=True) for piece in pair]
    begins = list(accumulate(map(len, pieces), initial=0))[1::2]
    for one in found_in("".join(pieces)):
        n = bisect_right(begins, one.start) - 1
        if one.kind is not LANDLINE or n not in public_telephones:
            yield n, Found(one.kind, one.start - begins[n], one.end - begins[n])


def texts_in_doubt(texts: Sequence[str]) -> set[int]:
    """The numbers of those of ``texts`` that hold what concerns a person, or could be a part of it.

    In the others nothing is found, whatever texts they are searched with: parted by ``APART`` or ``IN_A_LIST``.
    """
    # The mark before a text is reckoned to it.
    begins = list(accumulate((len(text) + len(IN_A_LIST) for text in texts), initial=-len(IN_A_LIST)))
    together = IN_A_LIST.join(texts)
    places = itertools.chain(_places_of_others(together), places_of_strong_names(together))
    return {bisect_right(begins, place) - 1 for place in places}


def is_in_doubt_at_an_end(text: str) -> bool:
    """Whether ``text`` is in doubt for one reason only: a list of names may begin or end with it.

    Where ``stand_within`` holds of all such texts and no other is in doubt, nothing is found in a list of texts.
    """
    return may_only_end_a_list(text) and next(_places_of_others(text), None) is None


def _places_of_others(text: str) -> Iterator[int]:
    # Of all but lists. Where a number begins to look like one, what stands in the texts before it may decide.
    return itertools.chain(
        places_of_numbers(text),
        (one.start for look in (labelled_in, addresses_in, labelled_names_in) for one in look(text)),
    )
