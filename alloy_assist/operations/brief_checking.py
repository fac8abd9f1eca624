"""Checking artifacts where they lie: files in a repository, and what the store keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from alloy_assist.briefs.errors import ArtifactError
from alloy_assist.briefs.reading import MODELS, read_yaml
from alloy_assist.briefs.verifying import REFERENCES, check_bytes, check_digest, check_reference
from alloy_assist.briefs.views import exported_files, manifest_path, read_manifest
from alloy_assist.feedback.model import EvidenceObservation, RunFeedback
from alloy_assist.foundry.request import ExecutionRequest
from alloy_assist.foundry.result import RunResult
from alloy_assist.operations.brief_files import read_below, read_file
from alloy_assist.operations.brief_snapshot import resolve_citations
from store.errors import DigestMismatchError, NotFoundError
from store.runs import BriefRow

if TYPE_CHECKING:
    from store.database import Store

KNOWN: Mapping[str, type[BaseModel]] = {
    **MODELS,
    "foundry_execution_request": ExecutionRequest,
    "foundry_run_result": RunResult,
    "evidence_observation": EvidenceObservation,
    "run_feedback": RunFeedback,
}
"""Every kind of artifact that can be verified -> its model."""

_PLACES = {
    "prompt_pack": ".alloy/prompts/{name}.json",
    "gate_overlay": ".alloy/gates/{name}.json",
    "evidence_plan": ".alloy/briefs/{name}.evidence.json",
}


@dataclass(frozen=True)
class Verification:
    """Whether artifacts are what was compiled: what was checked, and what is wrong with it."""

    ok: bool
    problems: tuple[str, ...]
    checked: tuple[str, ...]


def verify_files(path: Path, store: Store) -> Verification:
    """Check an exported file; a brief with everything that belongs to it and lies where exports lie."""
    path = path.absolute()
    if path.suffix in {".yaml", ".yml"}:
        return _verify_view(path, store)
    data = read_file(path)
    if data is None:
        return Verification(ok=False, problems=(f"{path.name}: it is no regular file.",), checked=())
    root = _root_of(path)
    expected = _expected(path, root)
    if path.suffix != ".json" or path.name.endswith(".foundry.json"):
        return _verify_plain(path.name, data, expected)
    body, problems = check_bytes(data, path.name, f"sha256:{expected}" if expected else None, KNOWN)
    found, checked = [*problems], [path.name]
    if body is None:
        return Verification(ok=False, problems=tuple(found), checked=tuple(checked))
    found += _against_store(body, data, path.name, store)
    if root and expected and str(body.get("schema_version")).startswith("alloy.formation_brief."):
        more, also = _belongings(body, path.stem, root, path)
        found += more
        checked += also
    return Verification(ok=not found, problems=tuple(found), checked=tuple(checked))


def verify_row(row: BriefRow, store: Store, root: Path, *, citations: bool = False) -> Verification:
    """Check what the store keeps of a compiled brief, and the files of its export where there are any.

    With ``citations`` also whether the lines that its records cite (at the versions that were compiled) still say what was cited.
    """
    problems: list[str] = []
    checked: list[str] = []
    if not row.artifacts:
        return Verification(
            ok=False, problems=(f"The brief {row.slug!r} is {row.state}: nothing is compiled yet.",), checked=()
        )
    bodies: dict[str, dict[str, Any]] = {}
    for kind, digest in sorted(row.artifacts.items()):
        checked.append(f"{kind} {digest}")
        try:
            artifact = store.artifacts.get(digest)
        except (NotFoundError, DigestMismatchError) as error:
            problems.append(str(error))
            continue
        body, wrong = check_bytes(artifact.body, kind, artifact.bytes_sha256, KNOWN)
        problems += wrong
        if body is not None:
            bodies[kind] = body
    brief = bodies.get("formation_brief")
    if brief is not None:
        problems += [
            text for field, kind in REFERENCES.items() for text in check_reference(brief, field, bodies.get(kind))
        ]
        name = str((row.snapshot or {}).get("name", ""))
        if not problems and (root / manifest_path(name)).exists():
            files = exported_files(name, bodies)
            checked += files
            problems += [
                f"{path}: it is missing or not what was exported."
                for path, data in files.items()
                if read_below(root, path) != data
            ]
    if brief is not None and citations:
        more, also = _citations(brief, store, root)
        problems += more
        checked += also
    return Verification(ok=not problems, problems=tuple(problems), checked=tuple(checked))


def _citations(brief: Mapping[str, Any], store: Store, root: Path) -> tuple[list[str], list[str]]:
    problems: list[str] = []
    checked: list[str] = []
    records = [store.records.get(item["id"], item["version"]) for item in brief["source"]["records"]]
    for state in resolve_citations(root, records):
        checked.append(f"citation {state.index + 1} of {state.record}")
        if state.status in {"changed", "gone"}:
            problems.append(f"Citation {state.index + 1} of {state.record} is {state.status}: {state.detail}")
    return problems, checked


def _verify_view(path: Path, store: Store) -> Verification:
    pinned = path.with_suffix(".json")
    if not pinned.exists():
        return Verification(
            ok=False,
            problems=(f"{path.name} is a view, and {pinned.name}, which is pinned, is not there.",),
            checked=(),
        )
    result = verify_files(pinned, store)
    problems = list(result.problems)
    try:
        view = read_yaml(read_file(path) or b"", path.name)
        body, _ = check_bytes(read_file(pinned) or b"", pinned.name)
        if view != body:
            problems.append(f"{path.name} does not say what {pinned.name} says.")
        problems += check_digest(view, path.name)
    except ArtifactError as error:
        problems.append(str(error))
    return Verification(ok=not problems, problems=tuple(problems), checked=(path.name, *result.checked))


def _verify_plain(name: str, data: bytes, expected: str | None) -> Verification:
    if expected is None:
        return Verification(ok=False, problems=(f"{name}: no export of a brief names it.",), checked=(name,))
    ok = hashlib.sha256(data).hexdigest() == expected
    problems = () if ok else (f"{name}: the bytes are not those that were exported.",)
    return Verification(ok=ok, problems=problems, checked=(name,))


def _root_of(path: Path) -> Path | None:
    """The root of the repository into whose ``.alloy/`` the file was exported."""
    return next((folder.parent for folder in path.parents if folder.name == ".alloy"), None)


def _expected(path: Path, root: Path | None) -> str | None:
    """The hash that the list of an export names for the file."""
    if root is None:
        return None
    wanted = path.relative_to(root).as_posix()
    for manifest in sorted((root / ".alloy" / "briefs").glob("*.sha256")):
        digest = _manifest(manifest).get(wanted)
        if digest is not None:
            return digest
    return None


def _manifest(path: Path) -> dict[str, str]:
    data = read_file(path)
    return read_manifest(data.decode("utf-8", "replace")) if data else {}


def _against_store(body: Mapping[str, Any], data: bytes, name: str, store: Store) -> list[str]:
    digest = body.get("digest")
    try:
        kept = store.artifacts.get(digest) if isinstance(digest, str) else None
    except NotFoundError:
        return []  # compiled elsewhere; its own digest is all there is to hold it against
    except DigestMismatchError as error:
        return [str(error)]
    return (
        [f"{name}: the store keeps other bytes under the same digest."]
        if kept is not None and kept.body != data
        else []
    )


def _belongings(brief: Mapping[str, Any], name: str, root: Path, itself: Path) -> tuple[list[str], list[str]]:
    problems: list[str] = []
    checked: list[str] = []
    for field, kind in REFERENCES.items():
        place = _PLACES[kind].format(name=name)
        data = read_below(root, place)
        body, wrong = check_bytes(data, place) if data is not None else (None, ())
        problems += [*wrong, *check_reference(brief, field, body)]
    for path, digest in sorted(_manifest(root / manifest_path(name)).items()):
        if root / path == itself:
            continue
        checked.append(path)
        data = read_below(root, path)
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            problems.append(f"{path}: it is missing or not what was exported.")
    return problems, checked
