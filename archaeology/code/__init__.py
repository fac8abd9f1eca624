"""Reads source code: bytes to facts, in killable worker processes, for the languages in LANGUAGES."""

from archaeology.code.extract import MAX_BYTES, extract
from archaeology.code.languages import EXTRACTOR_VERSION, LANGUAGES
from archaeology.code.parse import parse_files
from archaeology.code.pool import Caps

__all__ = ["EXTRACTOR_VERSION", "LANGUAGES", "MAX_BYTES", "Caps", "extract", "parse_files"]
