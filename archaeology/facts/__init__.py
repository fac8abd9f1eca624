"""What was read from a repository, before anybody says what it means."""

from __future__ import annotations

from archaeology.facts.contents import Call, Catch, Comment, Definition, File, FileFacts, Flag, Import, Raise
from archaeology.facts.imports import ImportEdge, ImportGraph
from archaeology.facts.repository import Facts, Reader
from archaeology.facts.safeguards import Documents, Exclusion, Fake, Gate, Rule, TestCase, TestSuite

__all__ = [
    "Call",
    "Catch",
    "Comment",
    "Definition",
    "Documents",
    "Exclusion",
    "Facts",
    "Fake",
    "File",
    "FileFacts",
    "Flag",
    "Gate",
    "Import",
    "ImportEdge",
    "ImportGraph",
    "Raise",
    "Reader",
    "Rule",
    "TestCase",
    "TestSuite",
]
