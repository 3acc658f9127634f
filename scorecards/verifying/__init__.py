"""An issued scorecard taken apart and set beside what it must be; hostile files are refused, never run or fetched from."""
