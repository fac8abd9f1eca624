"""What an answer can cite: every tracked file, and every symbol that a scan has read."""

from __future__ import annotations

from pathlib import Path


def citable_files(root: Path) -> tuple[str, ...]:
    """Return the paths of all files at HEAD, harmless to a terminal, in their order; none before the first commit."""
    from archaeology.git import open_repository
    from archaeology.text import visible_line

    with open_repository(root) as repository:
        head = repository.resolve(None)
        return tuple(visible_line(entry.path) for entry in repository.tree(head)) if head else ()


def citable_symbols(root: Path, cache_folder: Path | None) -> tuple[str, ...]:
    """Return every named thing of the source files at HEAD as ``path:line name``, in the order of the files.

    What a scan has read is taken from its cache; a file that has changed since is read again. Raises ArchaeologyError.
    """
    from archaeology.cache import Cache
    from archaeology.code import parse_files
    from archaeology.git import open_repository
    from archaeology.inventory import take_inventory
    from archaeology.text import visible_line

    with open_repository(root) as repository, Cache.open(cache_folder) as cache:
        head = repository.resolve(None)
        if head is None:
            return ()
        code, _ = parse_files(repository, take_inventory(repository, head).files, cache=cache)
    return tuple(
        visible_line(f"{path}:{definition.start_line} {definition.name}")
        for path, facts in sorted(code.items())
        for definition in facts.definitions
    )
