"""Reads run results, checks, drift and contradictions."""
