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
# Elixir's settings are code of its own kind; so are the steps of a release.
_FOLDERS = re.compile(r"(?:^|.*/)(?:config/[^/]+\.exs|rel/.+\.exs|(?:buildSrc|build-logic|build-plugins?)/.+)")


def is_tooling(path: str) -> bool:
    """Tell whether a file of code only sets up a tool, by its name or place."""
    return _NAMES.fullmatch(path.rpartition("/")[2]) is not None or _FOLDERS.fullmatch(path) is not None
