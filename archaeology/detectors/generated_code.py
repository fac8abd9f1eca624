"""Generated code: files that a machine writes, and the command that makes it write them.

Why this is evidence of intent: a header that says "do not edit" is the tool's habit. Together with a command of the team's own that writes the
files anew, or a history in which they change with a source that bears their name or that their header names, it is a rule that an edit by
hand would break. What else is changed in the same commits is no source.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from archaeology.detectors.places import cite, folder_of
from archaeology.facts import Facts, File, Flag
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation

_COMMAND = re.compile(
    r"\b(?:generate|codegen|protoc|buf|openapi|swagger|sqlc|mockgen|stringer|grpc_tools|gen)\b", re.IGNORECASE
)
_ASIDE = frozenset({Flag.TEST, Flag.EXAMPLE, Flag.VENDORED, Flag.DOCUMENTATION})
_MIN_FILES = 2
_HEADER_LINES = 12
_MOST_NAMED = 2
_SHORTEST_STEM = 3
_PROJECT = re.compile(
    r"(?:^|/)(?:package|composer|tsconfig[\w.]*|deno|Cargo|pyproject|mix|go|version)\.\w+$", re.IGNORECASE
)
_SOURCE = re.compile(
    r"\.(?:proto|thrift|graphql|gql|avsc|fbs|capnp|y|l|lex|g4|peg|rl|sql|xsd|wsdl|udl|webidl|idl|tmpl|j2|tpl|erb|mustache|ya?ml|json|toml|txt)$|gen(?:erat\w*)?[^/]*$|codegen|make_?tables",
    re.IGNORECASE,
)


def detect_generated_code(facts: Facts) -> Iterator[Observation]:
    """Yield folders of generated files, the commands that write them, and the sources that they change with."""
    folders: dict[str, list[File]] = defaultdict(list)
    for file in facts.files.values():
        if Flag.GENERATED in file.flags and file.language is not None and not file.flags & _ASIDE:
            folders[folder_of(file.path)].append(file)
    for folder, files in sorted(folders.items()):
        if folder and len(files) >= _MIN_FILES:
            group = stable_id("generated", folder)
            first = min(files, key=lambda file: file.path)
            names = sorted(file.path.removeprefix(folder) for file in files)
            why = next((reason for flag, reason in first.reasons if flag is Flag.GENERATED), "")
            yield Observation(
                id=stable_id("obs", "generated_code", "files", folder),
                category=Category.TEXTUAL,
                family=Family.GENERATED_CODE,
                summary=f"{len(files)} files in `{folder or '.'}` are generated ({why}).",
                subject=(folder or ".",),
                citations=cite(facts, first.path, 1, _HEADER_LINES),
                data={
                    "group": group,
                    "role": "files",
                    "folder": folder,
                    "files": len(files),
                    "names": names[:_MOST_NAMED],
                    "whole": len(files) == _written_in(facts, folder),
                    "why": why,
                    "first": first.path,
                },
            )
            yield from _commands(facts, folder, group)
            yield from _sources(facts, {file.path for file in files}, group)


def _written_in(facts: Facts, folder: str) -> int:
    """How many source files there are below a folder, whoever writes them."""
    return sum(
        path.startswith(folder) and file.language is not None and not file.flags & _ASIDE
        for path, file in facts.files.items()
    )


def _commands(facts: Facts, folder: str, group: str) -> Iterator[Observation]:
    name = folder.rstrip("/").rsplit("/", 1)[-1]
    candidates = [
        gate
        for gate in facts.gates
        if gate.command and not gate.command.startswith("uses ") and _COMMAND.search(f"{gate.name} {gate.command}")
    ]
    named = [gate for gate in candidates if name and re.search(rf"\b{re.escape(name)}\b", gate.command or "")]
    for gate in named[:1]:
        yield Observation(
            id=stable_id("obs", "generated_code", "command", group, gate.id),
            category=Category.EVIDENCE,
            family=Family.GENERATED_CODE,
            summary=f"`{(gate.command or '')[:80]}` ({gate.path}) writes generated code.",
            subject=(gate.path,),
            citations=(facts.reader.cite_gate(gate),),
            data={"group": group, "role": "command", "command": gate.command, "named": True},
        )


def _sources(facts: Facts, generated: set[str], group: str) -> Iterator[Observation]:
    """Files that people write and that change with the generated ones."""
    partners: dict[str, int] = defaultdict(int)
    for pair in facts.history.cochanges:
        for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
            if one in generated and _makes(facts, other) and _is_named(facts, one, other):
                partners[other] += pair.together
    if partners:
        source = max(sorted(partners), key=lambda path: partners[path])
        yield Observation(
            id=stable_id("obs", "generated_code", "source", group, source),
            category=Category.BEHAVIOURAL,
            family=Family.GENERATED_CODE,
            summary=f"They change with `{source}` ({partners[source]} times).",
            subject=(source,),
            citations=cite(facts, source, 1, 1),
            data={"group": group, "role": "source", "source": source, "together": partners[source]},
        )


def _is_named(facts: Facts, generated: str, source: str) -> bool:
    """Whether a generated file bears its source's name (``order_pb2.py``, ``order.proto``) or names it in its header."""
    stem, name = PurePosixPath(source).name.split(".", 1)[0], PurePosixPath(generated).name
    if len(stem) >= _SHORTEST_STEM and re.match(rf"{re.escape(stem)}(?:[._-]|$)", name):
        return True
    header = (facts.reader.text(generated) or "").splitlines()[:_HEADER_LINES]
    return any(PurePosixPath(source).name in line for line in header)


def _makes(facts: Facts, path: str) -> bool:
    """Whether a file can be what others are made from: a definition in another language, or a generator by its name."""
    file = facts.files.get(path)
    if file is None or Flag.GENERATED in file.flags or file.flags & _ASIDE:
        return False
    return _SOURCE.search(path) is not None and not _PROJECT.search(path)
