"""What a comment says, taken apart: the rule, the option that was turned down, what would go wrong, what it hangs on. Pure.

A part that cannot be read with confidence is left out: whoever shows a reading asks for it, and never guesses.
"""

from __future__ import annotations

from archaeology.readings.passages import passages_of
from archaeology.readings.reading import Reading, Speech, read

__all__ = ["Reading", "Speech", "passages_of", "read"]
