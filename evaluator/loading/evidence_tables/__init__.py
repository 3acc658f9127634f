"""Evidence as tables: what a province's database exports, as Parquet files (docs/evidence-tables.md)."""
