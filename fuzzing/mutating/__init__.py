"""Mutations that know how a file is built: each takes bytes and choices, and gives bytes."""
