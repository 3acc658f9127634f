"""The forms of a review: what an inspector fills, as a workbook or YAML, and the on-site record; read back as a review. Pure."""
