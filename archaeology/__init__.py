"""Reads a repository and says what it protects: facts, observations and hypotheses. Knows no database, model or screen."""
