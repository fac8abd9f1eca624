"""Reads source code: bytes to facts, in killable worker processes, for the languages in LANGUAGES.

The pool is imported when it is first asked for: a worker process imports this package too, and must start quickly.
"""

from typing import TYPE_CHECKING, Any

from archaeology.code.extract import MAX_BYTES, extract
from archaeology.code.languages import EXTRACTOR_VERSION, LANGUAGES

if TYPE_CHECKING:
    from archaeology.code.parse import parse_files
    from archaeology.code.pool import Caps

__all__ = ["EXTRACTOR_VERSION", "LANGUAGES", "MAX_BYTES", "Caps", "extract", "parse_files"]


def __getattr__(name: str) -> Any:
    if name == "parse_files":
        from archaeology.code.parse import parse_files

        return parse_files
    if name == "Caps":
        from archaeology.code.pool import Caps

        return Caps
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
