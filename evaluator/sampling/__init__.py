"""Whom to visit and what to check there: a plan that anyone can draw again from the same submissions and seed. Pure."""

from evaluator.sampling.candidates import Candidate, FileSent, candidate, with_shared_files
from evaluator.sampling.drawing import Drawn, draw
from evaluator.sampling.plan import plan

__all__ = ["Candidate", "Drawn", "FileSent", "candidate", "draw", "plan", "with_shared_files"]
