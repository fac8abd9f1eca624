"""Files of code that set up a tool and are no part of the product: nobody draws a boundary around them."""

from __future__ import annotations

import re

# By name, wherever they lie: build scripts, and the settings of bundlers, linters and test runners.
_NAMES = re.compile(
    r"(?:mix\.exs|\.formatter\.exs|\.credo\.exs|build\.rs|setup\.py|noxfile\.py|conanfile\.py|SConstruct|"
    r"[gG]ulpfile\.[cm]?[jt]s|[gG]runtfile\.[cm]?[jt]s|[jJ]akefile\.js|[rR]akefile|Gemfile|[vV]agrantfile|Fastfile|"
    r".*\.config\.[cm]?[jt]sx?|.*\.setup\.[cm]?[jt]sx?|\..*rc\.[cm]?js|webpack\..*\.[cm]?js|"
    r".*\.gradle(?:\.kts)?|.*\.gemspec|.*\.podspec|.*\.rake|magefile\.go|Package\.swift)"
)
# One of these is in each such name; hardly any other name has one, which is told without the expression.
_IN_NAMES = (
    "file", ".config.", ".setup.", "rc.", "webpack.", ".gradle", "spec", ".rake", ".exs", "build.rs", "setup.py", "SConstruct",
    "Package.swift",
)  # fmt: skip
# Elixir's settings are code of its own kind; so are the steps of a release.
_FOLDERS = re.compile(r"(?:^|.*/)(?:config/[^/]+\.exs|rel/.+\.exs|(?:buildSrc|build-logic|build-plugins?)/.+)")


def is_tooling(path: str) -> bool:
    """Tell whether a file of code only sets up a tool, by its name or place."""
    name = path.rpartition("/")[2]
    if any(map(name.__contains__, _IN_NAMES)) and _NAMES.fullmatch(name):
        return True
    return (name.endswith(".exs") or "build" in path) and _FOLDERS.fullmatch(path) is not None
