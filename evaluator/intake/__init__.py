"""What arrived in a folder of submissions, and how each of it stands. Pure."""

from evaluator.intake.entries import STATUSES, Rules, Sent
from evaluator.intake.ledger import ledger

__all__ = ["STATUSES", "Rules", "Sent", "ledger"]
