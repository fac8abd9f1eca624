"""One module for each language (or family), with what its query file cannot say."""

from __future__ import annotations

import importlib
from functools import cache
from typing import cast

from archaeology.code.adapters.base import Adapter
from archaeology.code.languages import LANGUAGES


@cache
def adapter_for(language: str) -> Adapter:
    """Return the adapter of a language. Raises KeyError for one that is not in LANGUAGES."""
    module = importlib.import_module(f"archaeology.code.adapters.{LANGUAGES[language].adapter}")
    return cast("Adapter", module.ADAPTER)
