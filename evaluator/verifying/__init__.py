"""An assessment taken at its word: every number in it that follows from others is made again and compared. Pure, from JSON."""

from evaluator.verifying.anew import Difference, differences
from evaluator.verifying.contradiction import Contradiction
from evaluator.verifying.recounting import recounted
from evaluator.verifying.shape import shape_faults

__all__ = ["Contradiction", "Difference", "differences", "recounted", "shape_faults"]
