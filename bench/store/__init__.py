"""Measures the store: how fast it is with 100,000 records, and that a kill loses nothing."""
