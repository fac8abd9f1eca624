"""Compiles records into artifacts and moves them through their lifecycle."""
