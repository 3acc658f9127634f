"""Evidence packages: a form and the files that it names. Bytes and records in, records, findings and bytes out; opens nothing."""
