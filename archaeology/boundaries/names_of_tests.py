"""How tests that live among the product's files are named, as globs that a check can except."""

from __future__ import annotations

from collections.abc import Sequence

from archaeology.checks.globs import path_matches

_FOLDERS = (
    "**/tests/**",
    "**/test/**",
    "**/_tests/**",
    "**/testing/**",
    "**/__tests__/**",
    "**/spec/**",
)
_NAMES = (
    "**/conftest.py",
    "**/test_*",
    "**/*_test.*",
    "**/*.test.*",
    "**/*.spec.*",
    "**/*Test.*",
    "**/*Tests.*",
    "**/*_spec.*",
)


class NamesOfTests(dict[int, str]):
    """For each test or example the glob by which tests like it are named or, without one, its path; told when it is first asked for."""

    def __init__(self, paths: Sequence[str], folders: Sequence[str]) -> None:
        """Take all paths by number, and the folders that hold nothing but tests, whatever they are called."""
        super().__init__()
        self._paths, self._globs = paths, (*_FOLDERS, *_NAMES, *(f"{folder}**" for folder in folders))
        self._folders: dict[str, str] = {}

    def __missing__(self, number: int) -> str:
        """Tell the name of a test by the number of its file."""
        path = self._paths[number]
        folder, _, name = path.rpartition("/")
        # A name with a dot is none of those that folders of tests have, so that all such files of a folder go by the same glob.
        by_folder = self._by_folder(folder) if "." in name else ""
        self[number] = by_folder or next((glob for glob in self._globs if path_matches(path, (glob,))), path)
        return self[number]

    def _by_folder(self, folder: str) -> str:
        if folder not in self._folders:
            some = f"{folder}/." if folder else "."
            self._folders[folder] = next((glob for glob in _FOLDERS if path_matches(some, (glob,))), "")
        return self._folders[folder]
