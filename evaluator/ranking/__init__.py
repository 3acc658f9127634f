"""Many assessments beside each other: ranked, summed up, compared. Pure: entries in, rankings and summaries out."""
