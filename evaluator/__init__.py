"""Duibiao's evaluator: rules as data, evidence in, an explained assessment out.

>>> from evaluator import assess, load_ruleset, load_submission
>>> loaded = load_ruleset("kunming-model-community")
>>> submission = load_submission("examples/kunming-model-community/borderline.yaml", loaded.catalogue)
>>> assessed = assess(loaded.ruleset, loaded.catalogue, submission)
>>> verdict = next(one for one in assessed.document["criteria"] if one["id"] == "km-2-6")
>>> verdict["outcome"], verdict["findings"][0]["measured"]["text"]["en"]
('satisfied', '5.00% (2 of 40)')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluator.assessment import Assessed, assess
    from evaluator.errors import DuibiaoError, InputError, Problem, ReviewError, RulesetError, SubmissionError
    from evaluator.loading import Loaded, load_reviews, load_ruleset, load_submission

__all__ = [
    "Assessed",
    "DuibiaoError",
    "InputError",
    "Loaded",
    "Problem",
    "ReviewError",
    "RulesetError",
    "SubmissionError",
    "assess",
    "load_reviews",
    "load_ruleset",
    "load_submission",
]


def __getattr__(name: str) -> Any:
    # Typed models take a fifth of a second to build: `duibiao --help` must not pay for them.
    if name not in __all__:
        raise AttributeError(name)
    if name in ("Assessed", "assess"):
        from evaluator import assessment  # noqa: PLC0415

        return getattr(assessment, name)
    if name in ("Loaded", "load_reviews", "load_ruleset", "load_submission"):
        from evaluator import loading  # noqa: PLC0415

        return getattr(loading, name)
    from evaluator import errors  # noqa: PLC0415

    return getattr(errors, name)
