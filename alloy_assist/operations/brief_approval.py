"""Who may do what with a brief, and what an approval is bound to. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alloy_assist.briefs.compiling import Compilation
from alloy_assist.errors import RefusedError
from alloy_assist.settings import Settings
from store.records import Actor, ActorKind
from store.runs import BriefRow

_NAMES = {"prompt_pack": "the prompt pack", "gate_overlay": "the gates", "evidence_plan": "the evidence plan"}


def may(settings: Settings, actor: Actor, action: str, *, person: bool = False) -> None:
    """Raise RefusedError unless the actor may do it: the settings name who may, and some things only a person can."""
    words = action.replace("_", " ")
    if person and actor.kind is not ActorKind.PERSON:
        message = f"Only a person can {words}, not the {actor.kind} {actor.name!r}."
        raise RefusedError(message, hint="Silence, a time-out and an agent's say-so are not assent.")
    allowed = settings.authority.get(action)
    if allowed is not None and actor.name not in allowed:
        message = f"{actor.name!r} may not {words} here."
        raise RefusedError(
            message, hint=f"`authority.{action}` in .alloy/config.toml names who may: {', '.join(allowed) or 'nobody'}."
        )


def approval_of(compilation: Compilation, mode: str, actor: Actor, at: str) -> dict[str, Any]:
    """Return what is kept of an approval: mode, who, when, the digest of what was seen, and what it was made of."""
    return {
        "mode": mode,
        "by": actor.name,
        "at": at,
        "seen_digest": compilation.digest,
        "made_of": _made_of(compilation.bodies),
    }


def check_approval(row: BriefRow, compilation: Compilation) -> None:
    """Raise RefusedError unless the compilation is what was approved; the message names what moved since."""
    approval = row.approval or {}
    if approval.get("seen_digest") == compilation.digest:
        return
    moved = _moved(approval.get("made_of") or {}, _made_of(compilation.bodies))
    message = f"This is not what {approval.get('by', 'somebody')!r} approved: {'; '.join(moved) or 'its content'} changed since."
    raise RefusedError(
        message, hint=f"Revoke the approval and review it again: `alloy brief revoke {row.slug} --reason ...`."
    )


def _made_of(bodies: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    source = bodies["formation_brief"]["source"]
    return {
        "revision": source["repository_revision"],
        "compiler": source["compiler_version"],
        "records": {item["id"]: item["version"] for item in source["records"]},
        **{kind: bodies[kind]["digest"] for kind in _NAMES},
    }


def _moved(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    moved = []
    if before.get("revision") != now["revision"]:
        moved.append(f"the repository ({_short(before.get('revision'))} to {_short(now['revision'])})")
    old, new = before.get("records") or {}, now["records"]
    moved += [
        f"the record {identity} ({_version(old.get(identity))} to {_version(new.get(identity))})"
        for identity in sorted(old.keys() | new.keys())
        if old.get(identity) != new.get(identity)
    ]
    if before.get("compiler") != now["compiler"]:
        moved.append("the compiler")
    if not moved:
        moved = [name for kind, name in _NAMES.items() if before.get(kind) != now[kind]]
    return moved


def _short(revision: str | None) -> str:
    return revision[:12] if revision else "no commit"


def _version(version: int | None) -> str:
    return "none" if version is None else f"version {version}"
