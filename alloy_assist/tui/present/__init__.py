"""How records, hypotheses and interviews read as text: pure functions from values to content."""
