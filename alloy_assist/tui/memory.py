"""Letting go of what closed dialogs drew, which Textual would keep."""

from __future__ import annotations

from textual._styles_cache import StylesCache


def forget_what_is_closed() -> None:
    """Empty a cache of Textual that is keyed by the drawings of single widgets, and so keeps the last thousand of them.

    ``StylesCache.get_inner_outer`` computes a value of two colours, but is cached as a method of what draws one widget: each entry
    holds all lines of a widget that may be long closed, some 20 MB for a thousand keys. It is refilled within a frame.
    """
    StylesCache.get_inner_outer.cache_clear()
