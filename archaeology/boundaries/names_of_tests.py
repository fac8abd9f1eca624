"""How tests that live among the product's files are named, as globs that a check can except."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archaeology.checks.globs import path_matches

_FOLDERS = (
    "**/tests/**",
    "**/test/**",
    "**/_tests/**",
    "**/testing/**",
    "**/__tests__/**",
    "**/spec/**",
)
# How tests are named in whatever folder: as one file is called, by a beginning, and by what stands in the middle.
_FIXTURES = "conftest.py"
_BEGINNING = "test_"
_MIDDLES = ("_test.", ".test.", ".spec.", "Test.", "Tests.", "_spec.")


class NamesOfTests(dict[int, str]):
    """For each test or example the glob by which tests like it are named or, without one, its path; told when it is first asked for."""

    def __init__(self, paths: Sequence[str], folders: Sequence[str]) -> None:
        """Take all paths by number, and the folders that hold nothing but tests, whatever they are called."""
        super().__init__()
        self._paths, self._of_tests = paths, tuple(f"{folder}**" for folder in folders)
        self._folders: dict[str, str] = {}

    def __missing__(self, number: int) -> str:
        """Tell the name of a test by the number of its file."""
        path = self._paths[number]
        folder, _, name = path.rpartition("/")
        # A name with a dot is none of those that folders of tests have, so that all such files of a folder go by the same glob.
        found = self._by_folder(folder) if "." in name else next(_matching(path, _FOLDERS), "")
        found = found or _by_name(name) or next(_matching(path, self._of_tests), path)
        self[number] = found
        return found

    def _by_folder(self, folder: str) -> str:
        if folder not in self._folders:
            self._folders[folder] = next(_matching(f"{folder}/." if folder else ".", _FOLDERS), "")
        return self._folders[folder]


def _matching(path: str, globs: Sequence[str]) -> Iterator[str]:
    return (glob for glob in globs if path_matches(path, (glob,)))


def _by_name(name: str) -> str:
    """The glob by which tests of such a name are known in any folder, or an empty text."""
    if name == _FIXTURES or name.startswith(_BEGINNING):
        return f"**/{_FIXTURES if name == _FIXTURES else f'{_BEGINNING}*'}"
    return next((f"**/*{middle}*" for middle in _MIDDLES if middle in name), "")
