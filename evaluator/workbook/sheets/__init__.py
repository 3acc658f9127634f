"""The sheets of the form, one module each: its columns, how its rows are planned, and how they are read back. Pure."""
