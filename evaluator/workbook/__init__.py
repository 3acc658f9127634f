"""The workbook that people fill: planned from catalogue and rulesets, written as XLSX, read back as a submission. Pure."""
