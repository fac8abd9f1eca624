"""Decides what to ask next and turns answers into changes of records."""
