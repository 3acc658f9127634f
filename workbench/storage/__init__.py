"""What the workbench keeps: tables, the transactions that change them, evidence files by digest."""
