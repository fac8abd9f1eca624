"""Alloy Assist: finds the intent behind a repository, asks the people who know it, and compiles what they say into briefs."""

__version__ = "0.1.0"

APPLICATION = "alloy-assist"
"""The name that folders of this program bear."""
