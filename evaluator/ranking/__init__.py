"""Many assessments beside each other: ranked, summed up, compared. Pure: entries in, rankings and summaries out."""

from evaluator.ranking.circulation import for_circulation
from evaluator.ranking.entry import Entry, Extent, SectionEntry, Tally
from evaluator.ranking.ranking import Ranking, ranked

__all__ = ["Entry", "Extent", "Ranking", "SectionEntry", "Tally", "for_circulation", "ranked"]
