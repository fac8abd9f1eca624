"""How good the boundaries are: against stated contracts, against the future, and against another tool's verdicts."""
