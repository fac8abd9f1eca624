"""What a repository tells of a package that a person named: which files import it, and where a manifest asks for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alloy_assist.elicitation.boundary import code, common_folder
from alloy_assist.elicitation.model import Seen
from archaeology.model import Category
from archaeology.text import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archaeology.facts import Facts, ImportEdge

_MANIFEST = re.compile(
    r"(?:pyproject\.toml|setup\.(?:py|cfg)|requirements[\w.-]*\.(?:txt|in)|package\.json|go\.mod|Cargo\.toml|Gemfile|[\w.-]+\.gemspec|mix\.exs|"
    r"composer\.json|pom\.xml|build\.gradle(?:\.kts)?|Directory\.Packages\.props|[\w.-]+\.csproj)"
)
_PARTS = re.compile(r"[/.:@\\]+")
_MOST_CITED = 3
_MOST_NAMED = 12
_MOST_MANIFESTS = 2
_QUOTED = 80
_AROUND = " ,\"'"


def use_of(facts: Facts, name: str) -> tuple[Seen, ...]:
    """Return what was read of the use of a package: who imports it, with the files as names, and what asks for it; empty for neither."""
    return (*_imported(facts, name), *_asked_for(facts, name)) if name.strip() else ()


def _imported(facts: Facts, name: str) -> Iterator[Seen]:
    edges = [edge for edge in facts.imports.edges if edge.external and _is_called(edge.external, name)]
    product = [edge for edge in edges if facts.files[edge.source].is_production]
    found = product or edges
    if not found:
        return
    files = list(dict.fromkeys(edge.source for edge in found))
    packages = dict.fromkeys(edge.external for edge in found if edge.external)
    what = " and ".join(code(package) for package in list(packages)[:_MOST_MANIFESTS])
    others = len({edge.source for edge in edges}) - len(files)
    yield Seen(
        id="imported",
        category=Category.STRUCTURAL,
        summary=f"{_files(len(files), product=bool(product))} {what}{_where(files)}{_rest(others)}",
        names=tuple(files[:_MOST_NAMED]),
        places=tuple(
            facts.reader.cite_lines(edge.source, edge.line, edge.line) for edge in _one_each(found)[:_MOST_CITED]
        ),
    )


def _asked_for(facts: Facts, name: str) -> Iterator[Seen]:
    wanted = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE)
    manifests = [
        path
        for path, file in sorted(facts.files.items(), key=lambda item: (item[0].count("/"), item[0]))
        if _MANIFEST.fullmatch(path.rpartition("/")[2]) and not any(flag.value == "vendored" for flag in file.flags)
    ]
    found = 0
    for path in manifests:
        lines = enumerate((facts.reader.text(path) or "").splitlines(), start=1)
        said = next(((number, line) for number, line in lines if wanted.search(line) and not _is_comment(line)), None)
        if said is not None:
            number, line = said
            yield Seen(
                id=f"manifest-{found}",
                category=Category.STRUCTURAL,
                summary=f"{code(path)} asks for it: “{visible_line(line).strip(_AROUND)[:_QUOTED]}”",
                places=(facts.reader.cite_lines(path, number, number),),
            )
            found += 1
        if found == _MOST_MANIFESTS:
            return


def _is_called(package: str, name: str) -> bool:
    """Whether people call a package so: by its whole name, or by one part of it ("tcell" for github.com/gdamore/tcell/v2)."""
    there, wanted = _plain(package), _plain(name)
    return there == wanted or there.startswith(f"{wanted}/") or wanted in _PARTS.split(there)


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-")


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith(("#", "//", "<!--"))


def _one_each(edges: list[ImportEdge]) -> list[ImportEdge]:
    return list({edge.source: edge for edge in reversed(edges)}.values())[::-1]


def _files(number: int, *, product: bool) -> str:
    kind = "file" if product else "test or example"
    return f"1 {kind} imports" if number == 1 else f"{number} {kind}s import"


def _where(files: list[str]) -> str:
    folder = common_folder(files) if len(files) > 1 else ""
    return f", all in {code(folder)}" if folder else ""


def _rest(others: int) -> str:
    return f"; so do {others} that only test or show" if others > 1 else "; so does 1 test" if others else ""
