"""Which folder a PHP namespace lives in, told by composer's PSR-4 table."""

from __future__ import annotations

import posixpath
import re

from archaeology.gates.literals import parse_json
from archaeology.gates.located import MalformedConfigError
from archaeology.gates.source import Tree
from archaeology.model import End

_NAMESPACE = re.compile(r"^namespace\s+([\w\\]+)\s*[;{]", re.MULTILINE)


class Namespaces:
    """The namespaces of the composer package around a folder."""

    def __init__(self, tree: Tree, folder: str) -> None:
        self._tree = tree
        self._table = sorted(self._read(folder), key=lambda pair: (-len(pair[0]), pair))

    def end_of_class(self, name: str, *, whole: bool) -> End:
        """Return the end that a namespace or class means; external where no folder of the repository is its."""
        parts = name.split("\\")
        for prefix, folder in self._table:
            if f"{name}\\".startswith(prefix):
                rest = "/".join(parts[prefix.count("\\") :])
                if not whole and f"{folder}{rest}/".lstrip("/") in self._tree.folders:
                    return End(module=name, path=f"{folder}{rest}/" if rest else folder)
                if f"{folder}{rest}.php" in self._tree.files:
                    return End(module=name, path=f"{folder}{rest}.php")
                return End(module=name)
        return End(module=name, external=True)

    def end_of_folder(self, pattern: str, layer: str) -> End:
        """Return the end that the beginning of a path means, named by its namespace, or by its layer where it has none."""
        exact = f"{pattern}.php" if f"{pattern}.php" in self._tree.files else pattern
        path = exact if exact in self._tree.files else pattern[: pattern.rfind("/") + 1]
        for known, folder in sorted(self._table, key=lambda pair: -len(pair[1])):
            if folder and path.startswith(folder):
                rest = path[len(folder) :].removesuffix(".php").strip("/").replace("/", "\\")
                return End(module=f"{known}{rest}".rstrip("\\"), path=path)
        return End(module=self._declared(path) or layer, path=path or None)

    def _declared(self, folder: str) -> str:
        """Return the namespace that the files of a folder declare, where composer's table does not tell."""
        inside = (path for path in self._tree.files if path.startswith(folder) and path.endswith(".php"))
        first = min(inside, key=lambda path: (path.count("/"), path), default=None)
        found = _NAMESPACE.search(self._tree.text(first) or "") if first else None
        if first is None or found is None:
            return ""
        names = found.group(1).split("\\")
        deeper = first[len(folder) :].count("/")
        return "\\".join(names[: len(names) - deeper] if deeper < len(names) else names)

    def _read(self, folder: str) -> list[tuple[str, str]]:
        text = self._tree.text(f"{folder}composer.json")
        if text is None:
            return []
        try:
            document = parse_json(text)
        except MalformedConfigError:
            return []  # composer.json is read on its own as well, and reported there
        return [
            (prefix, posixpath.normpath(f"{folder}{place}").removeprefix("./") + "/")
            for section in ("autoload", "autoload-dev")
            for prefix, places in document.get(section, "psr-4").items()
            for place in places.texts()
            if prefix
        ]
