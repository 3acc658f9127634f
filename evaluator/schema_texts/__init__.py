"""What every key of the file formats means, in Chinese and English: for editors that explain while one types.

The texts stand apart from the models so that a command that judges loads none of them; a test holds the two together.
"""

from __future__ import annotations

from evaluator.schema_texts import (
    assessments,
    checks,
    issuing,
    limits,
    reviews,
    rules,
    sealing,
    submitting,
    verifying,
)
from evaluator.schema_texts.base import Pair

TEXTS = {
    **rules.TEXTS,
    **checks.TEXTS,
    **submitting.TEXTS,
    **reviews.TEXTS,
    **sealing.TEXTS,
    **assessments.TEXTS,
    **verifying.TEXTS,
    **issuing.TEXTS,
    **limits.TEXTS,
}


def text_of(model: type, key: str = "") -> Pair | None:
    """The text of a key of ``model``, or of the model it has it from; without ``key`` that of the model itself."""
    for one in model.__mro__ if key else (model,):
        pair = TEXTS.get(one.__name__, {}).get(key)
        if pair is not None:
            return pair
    return None
