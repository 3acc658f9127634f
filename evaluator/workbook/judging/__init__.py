"""自查结果: criteria compiled to spreadsheet formulas, so that a form says offline where its subject stands."""
