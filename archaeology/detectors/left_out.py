"""Gates that leave out a large part of what they look at.

Why this is evidence of intent: a tool looks at everything until somebody writes down where it may not, so an entry that leaves a fifth of
the product out was a decision. Whether it still stands (a frozen part, somebody else's code) or is a debt that was to be paid off, the
configuration does not say; whether those files are still being changed, the history does. Tests, examples, generated and vendored files,
documentation and migrations are left out everywhere, and say nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from archaeology.detectors.places import cite, common_folder, folder_of, production_paths
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import Exclusion, Facts, Flag, Gate
from archaeology.gates.left_out import matcher
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation

_LANGUAGES = {
    "mypy": ("python",),
    "ruff": ("python",),
    "flake8": ("python",),
    "pyright": ("python",),
    "basedpyright": ("python",),
    "python": ("python",),
    "eslint": ("javascript", "typescript", "tsx"),
    "typescript": ("typescript", "tsx"),
    "biome": ("javascript", "typescript", "tsx"),
    "golangci-lint": ("go",),
    "rubocop": ("ruby",),
    "phpstan": ("php",),
    "psalm": ("php",),
}
_MIN_FILES, _MIN_SHARE, _MOST_SHARE = 5, 0.2, 0.95
_MOST_OF_THEM = 0.6
_MOST_GATES = 200
_MOST_TRIES = 1_000_000  # entries times files: a configuration may name hundreds, and nobody waits for it
_MOST_CITED = 3


def detect_left_out(facts: Facts) -> Iterator[Observation]:
    """Yield what each gate leaves out, and what the history says of those files."""
    by_tool: dict[str, list[Gate]] = defaultdict(list)
    for gate in facts.gates[:_MOST_GATES]:
        if gate.kind != "boundary" and not _is_aside(facts, gate):
            by_tool[gate.id.split(":")[1]].append(gate)
    product = [path for path in production_paths(facts) if Flag.MIGRATION not in facts.files[path].flags]
    for tool, gates in sorted(by_tool.items()):
        if any(gate.exclusions for gate in gates) and tool in _LANGUAGES:
            yield from _of_tool(facts, tool, gates, product)


def _is_aside(facts: Facts, gate: Gate) -> bool:
    file = facts.files.get(gate.path)
    return file is None or not file.is_production


def _of_tool(facts: Facts, tool: str, gates: Sequence[Gate], product: Sequence[str]) -> Iterator[Observation]:
    """Each file belongs to the nearest configuration of the tool above it."""
    folders = {folder_of(gate.path): gate for gate in sorted(gates, key=lambda gate: len(gate.exclusions))}
    seen = [path for path in product if facts.code[path].language in _LANGUAGES[tool]]
    guarded: dict[str, list[str]] = defaultdict(list)
    for path in seen:
        nearest = max((folder for folder in folders if path.startswith(folder)), key=len, default=None)
        if nearest is not None:
            guarded[nearest].append(path)
    for folder, paths in sorted(guarded.items()):
        gate = folders[folder]
        out, by = _matched(facts, gate, folder, paths)
        lines, all_lines = (sum(facts.code[path].lines for path in some) for some in (out, paths))
        share = max(len(out) / len(paths), lines / all_lines if all_lines else 0.0)
        if len(out) >= _MIN_FILES and share >= _MIN_SHARE and len(out) <= _MOST_SHARE * len(paths):
            yield from _observations(facts, gate, out, paths, by)


def _matched(facts: Facts, gate: Gate, folder: str, paths: Sequence[str]) -> tuple[list[str], Counter[Exclusion]]:
    """The files that are left out, and how many of them each entry is to blame for; the last word counts."""
    last: dict[str, Exclusion] = {}
    for entry in gate.exclusions[: max(1, _MOST_TRIES // len(paths))]:
        matches = matcher(entry)
        for path in paths:
            if matches(path[len(folder) :], facts.imports.modules.get(path, "")):
                last[path] = entry
    out = [path for path in paths if path in last and not last[path].pattern.startswith("!")]
    return out, Counter(last[path] for path in out)


def _observations(
    facts: Facts, gate: Gate, out: list[str], paths: Sequence[str], by: Counter[Exclusion]
) -> Iterator[Observation]:
    group = stable_id("contradiction", "left_out", gate.id)
    where = _heart(out)
    lines, all_lines = (sum(facts.code[path].lines for path in some) for some in (out, paths))
    entries = sorted(by, key=lambda entry: (-by[entry], entry.line))[:_MOST_CITED]
    named = ", ".join(f"`{entry.pattern}`" for entry in entries)
    some = f"{len(by)} entries, the widest of them " if len(by) > len(entries) else ""
    yield Observation(
        id=stable_id("obs", "contradiction", "left_out", gate.id),
        category=Category.EVIDENCE,
        family=Family.CONTRADICTION,
        summary=f"{gate.name} ({gate.path}) leaves out {len(out)} of {len(paths)} source files, {lines} of {all_lines} lines, by {some}{named}.",
        subject=(where or gate.path,),
        citations=tuple(found for entry in entries for found in cite(facts, entry.path, entry.line, entry.line)),
        data={
            "group": group,
            "role": "left_out",
            "gate": gate.name,
            "kind": gate.kind,
            "path": gate.path,
            "out": len(out),
            "of": len(paths),
            "share": round(max(len(out) / len(paths), lines / all_lines if all_lines else 0.0), 4),
            "lines": lines,
            "where": where,
            "entries": [entry.pattern for entry in entries],
        },
    )
    yield from _changes(facts, out, paths, group)


def _changes(facts: Facts, out: list[str], paths: Sequence[str], group: str) -> Iterator[Observation]:
    """Whether they are still being changed, and the newest change of the one that is changed most."""
    history = facts.history.files
    known = [path for path in out if path in history]
    revisions = sum(history[path].revisions for path in paths if path in history)
    if not known or not revisions:
        return
    theirs = sum(history[path].revisions for path in known)
    most = max(known, key=lambda path: (history[path].revisions, path))
    newest = max(history[path].last_time for path in known)
    commit = Witnesses(facts).commit_at(history[most].last_time)
    if commit is not None:
        yield Observation(
            id=stable_id("obs", "contradiction", "changes", group),
            category=Category.BEHAVIOURAL,
            family=Family.CONTRADICTION,
            summary=f"They took {theirs} of {revisions} changes; `{most}` is changed most ({history[most].revisions} times).",
            subject=(most,),
            citations=(facts.reader.cite_commit(commit.oid, commit.subject),),
            data={
                "group": group,
                "role": "changes",
                "share": round(theirs / revisions, 4),
                "most": most,
                "revisions": history[most].revisions,
                "idle": (facts.history.last_time or newest) - newest,
            },
        )


def _heart(paths: Iterable[str]) -> str:
    """The deepest folder that holds most of them; empty where they are strewn about."""
    paths = list(paths)
    held: Counter[str] = Counter()
    for path in paths:
        folder = folder_of(path)
        while folder:
            held[folder] += 1
            folder = folder_of(folder.rstrip("/"))
    most = [folder for folder, number in held.items() if number >= _MOST_OF_THEM * len(paths)]
    return max(most, key=lambda folder: (len(folder), folder), default=common_folder(paths))
