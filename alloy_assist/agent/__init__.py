"""The agent: it reads before it asks. Read-only tools, jobs with typed answers, and the check that every claim can show its source."""
