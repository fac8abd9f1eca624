"""The colours: one dark and one light theme, and one that leaves everything to the terminal.

Every foreground has a contrast of at least 4.5 to 1 (WCAG AA) on all three backgrounds that text stands on; a test computes it.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = "alloy-dark"
LIGHT = "alloy-light"

_DARK_VARIABLES = {
    "text": "#e6e9ee",
    "text-muted": "#aab4c2",
    "text-disabled": "#a3aebd",
    "text-primary": "#7cc0ff",
    "text-secondary": "#c3a6ff",
    "text-accent": "#f2bd6b",
    "text-success": "#86d69a",
    "text-warning": "#f2bd6b",
    "text-error": "#ff9c94",
    "foreground-muted": "#aab4c2",
    "cursor-line": "#2c3a52",
    "cited-line": "#33301d",
    "block-cursor-background": "#2c3a52",
    "block-cursor-foreground": "#ffffff",
    "block-cursor-blurred-background": "#252b36",
    "block-cursor-blurred-foreground": "#e6e9ee",
    "footer-key-foreground": "#f2bd6b",
    "footer-description-foreground": "#c6cdd8",
    "footer-background": "#1b2029",
    "border": "#7cc0ff",
    "border-blurred": "#3b4453",
    "scrollbar": "#3b4453",
    "scrollbar-background": "#14171c",
}

_LIGHT_VARIABLES = {
    "text": "#1d2127",
    "text-muted": "#4d5561",
    "text-disabled": "#555d69",
    "text-primary": "#084e96",
    "text-secondary": "#5f3aa8",
    "text-accent": "#774100",
    "text-success": "#155a25",
    "text-warning": "#774100",
    "text-error": "#a01c16",
    "foreground-muted": "#4d5561",
    "cursor-line": "#cfdff2",
    "cited-line": "#f6ecc4",
    "block-cursor-background": "#cfdff2",
    "block-cursor-foreground": "#0d1116",
    "block-cursor-blurred-background": "#e3e0d6",
    "block-cursor-blurred-foreground": "#1d2127",
    "footer-key-foreground": "#774100",
    "footer-description-foreground": "#3a414b",
    "footer-background": "#efece4",
    "border": "#084e96",
    "border-blurred": "#b7b2a4",
    "scrollbar": "#b7b2a4",
    "scrollbar-background": "#fbfaf7",
}

THEMES = (
    Theme(
        name=DARK,
        primary="#7cc0ff",
        secondary="#c3a6ff",
        accent="#f2bd6b",
        warning="#f2bd6b",
        error="#ff9c94",
        success="#86d69a",
        foreground="#e6e9ee",
        background="#14171c",
        surface="#1b2029",
        panel="#232a35",
        dark=True,
        variables=_DARK_VARIABLES,
    ),
    Theme(
        name=LIGHT,
        primary="#084e96",
        secondary="#5f3aa8",
        accent="#774100",
        warning="#774100",
        error="#a01c16",
        success="#155a25",
        foreground="#1d2127",
        background="#fbfaf7",
        surface="#f4f1ea",
        panel="#e9e5db",
        dark=False,
        variables=_LIGHT_VARIABLES,
    ),
)

# Variables of ours, for the themes that come with Textual.
FALLBACK_VARIABLES = {"cursor-line": "#2c3a52", "cited-line": "#33301d"}
