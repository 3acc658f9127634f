"""The guard: whatever concerns a person is recognised wherever it turns up, to be refused and never repeated. Pure.

``found_in(text)`` says what stands where in one text; ``persons_in(texts)`` says it of many, each with its place, as problems to
show. What is recognised, what is let pass and why: docs/decisions/0010-what-the-person-guard-refuses.md.
"""

from evaluator.persons.echoing import echo, masked
from evaluator.persons.kinds import (
    ACCOUNT,
    ADDRESS_OF_A_PERSON,
    CARD,
    EMAIL,
    IDENTITY,
    LANDLINE,
    NAME,
    NAMES,
    NAMES_OF_PERSONS,
    NUMBER_OF_A_PERSON,
    PERSON_CODES,
    TELEPHONE,
    TRAVEL,
    Found,
    Kind,
)
from evaluator.persons.names import names_in_column
from evaluator.persons.one_pass import texts_to_look_at
from evaluator.persons.places import person_at, persons_in
from evaluator.persons.scanning import (
    APART,
    IN_A_LIST,
    found_in,
    found_in_each,
    is_in_doubt_at_an_end,
    kind_in,
    texts_in_doubt,
)
from evaluator.persons.within_lists import stand_within

__all__ = [
    "ACCOUNT",
    "ADDRESS_OF_A_PERSON",
    "APART",
    "CARD",
    "EMAIL",
    "IDENTITY",
    "IN_A_LIST",
    "LANDLINE",
    "NAME",
    "NAMES",
    "NAMES_OF_PERSONS",
    "NUMBER_OF_A_PERSON",
    "PERSON_CODES",
    "TELEPHONE",
    "TRAVEL",
    "Found",
    "Kind",
    "echo",
    "found_in",
    "found_in_each",
    "is_in_doubt_at_an_end",
    "kind_in",
    "masked",
    "names_in_column",
    "person_at",
    "persons_in",
    "stand_within",
    "texts_in_doubt",
    "texts_to_look_at",
]
