"""What an appeal needs in one package: every assessment in order, what changed between them, decisions, evidence, rules. Pure."""

from evaluator.dossiers.chain import Step, chain, faults
from evaluator.dossiers.chronology import RulesAtHand, chronology, listed, manifest

__all__ = ["RulesAtHand", "Step", "chain", "chronology", "faults", "listed", "manifest"]
