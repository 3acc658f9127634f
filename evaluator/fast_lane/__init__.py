"""The fast lane from plain data to a checked ``Submission``, for what is right beyond doubt. Pure.

Nothing is refused here and nothing is worded: at any doubt, whatever it is, ``Doubt`` is raised, and the careful reader
(evaluator.reading, guarding, validating, submission_faults) reads the same bytes and decides: what is right is defined there
alone. Whatever passes here, the careful reader accepts with an equal result (tests/evaluator/test_fast_lane.py).
"""

from evaluator.fast_lane.permitted import Permitted, permitted_by
from evaluator.fast_lane.reading import Doubt, submission_in_json, submission_of

__all__ = ["Doubt", "Permitted", "permitted_by", "submission_in_json", "submission_of"]
