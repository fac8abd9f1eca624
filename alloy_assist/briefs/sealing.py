"""Digests of artifacts: what content is, what merely names the act, and the exact bytes that are pinned. Pure.

The digest is SHA-256 over RFC 8785 canonical JSON of the body without the fields that name the act, so that the same content has the
same digest whoever compiles it and when. A brief names its act; its ``seal`` is over everything but the seal, so that no byte of it
can change unnoticed either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from alloy_assist.briefs.errors import MalformedArtifactError
from store.errors import ImportRefusedError
from store.identity import canonical_json, digest_of

ACT_FIELDS: Final = frozenset({"digest", "seal", "created_at", "created_by", "status"})
"""What names the act of compiling and not what was compiled."""

_IDENTITY: Final = frozenset({"id"})
_SHORT = 8


def content_digest(body: Mapping[str, Any]) -> str:
    """Return the digest of an artifact's content. Raises MalformedArtifactError where it has no canonical form."""
    return _digest({key: value for key, value in body.items() if key not in ACT_FIELDS})


def seal_of(body: Mapping[str, Any]) -> str:
    """Return the digest of the whole body but for the seal itself. Raises MalformedArtifactError."""
    return _digest({key: value for key, value in body.items() if key != "seal"})


def short_name(body: Mapping[str, Any], slug: str) -> str:
    """Return ``<slug>-<8 digits>``, where the digits come from the content without its id."""
    content = {key: value for key, value in body.items() if key not in ACT_FIELDS | _IDENTITY}
    return f"{slug}-{_digest(content).removeprefix('sha256:')[:_SHORT]}"


def with_digest(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body with its digest filled in."""
    return {**body, "digest": content_digest(body)}


def sealed(body: Mapping[str, Any], act: Mapping[str, str]) -> dict[str, Any]:
    """Return a brief's body with its digest, the fields that name the act, and the seal over all of it."""
    whole = {**with_digest(body), **act}
    return {**whole, "seal": seal_of(whole)}


def pinned_bytes(body: Mapping[str, Any]) -> bytes:
    """Return the exact bytes that are kept and exported: canonical JSON and a newline. Raises MalformedArtifactError."""
    try:
        return canonical_json(dict(body)) + b"\n"
    except ImportRefusedError as error:
        raise MalformedArtifactError(str(error), hint=error.hint) from error


def _digest(value: Mapping[str, Any]) -> str:
    try:
        return digest_of(dict(value))
    except ImportRefusedError as error:
        raise MalformedArtifactError(str(error), hint=error.hint) from error
