"""Artifacts: exact bytes under their digest, hashed again on every read."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from store.errors import ConflictError, DigestMismatchError, NotFoundError
from store.identity import canonical_json, digest_of, digest_of_bytes
from store.runs import Artifact
from store.session import Session, as_written

_HINT = "Do not use it. Compile it again, or restore the newest backup."


class ArtifactTable:
    """Keeps immutable artifacts; the same one is kept once."""

    def __init__(self, session: Session) -> None:
        """Work in a session."""
        self._session = session
        self._db = session.db

    def put(self, kind: str, schema_version: str, body: dict[str, Any]) -> str:
        """Keep an artifact as canonical JSON; return its digest: the one that its body names, or else that of the whole body.

        An artifact with the same digest is there already and stays as it is, so that acts (who, when) do not multiply content.
        """
        named = body.get("digest")
        digest = named if isinstance(named, str) else digest_of(body)
        return self.put_bytes(kind, schema_version, digest, canonical_json(body))

    def put_bytes(self, kind: str, schema_version: str, digest: str, data: bytes) -> str:
        """Keep exact bytes under a digest. Raises ConflictError if it is taken by another kind."""
        with self._db.transaction():
            known = self._db.row("SELECT kind, schema_version FROM artifacts WHERE digest = ?", (digest,))
            if known is not None:
                if (known["kind"], known["schema_version"]) != (kind, schema_version):
                    message = f"{digest!r} is kept as {known['kind']!r} already, not as {kind!r}."
                    raise ConflictError(message)
                return digest
            at, sha = self._session.now(), digest_of_bytes(data)
            after = {"kind": kind, "schema_version": schema_version, "bytes_sha256": sha}
            sequence = self._session.log("artifact.put", digest, at=at, after=after)
            self._db.insert(
                "artifacts",
                {
                    "digest": digest,
                    "kind": kind,
                    "schema_version": schema_version,
                    "bytes_sha256": sha,
                    "body": data,
                    "created_at": at,
                    "sequence": sequence,
                },
            )
        return digest

    def get(self, digest: str) -> Artifact:
        """Return an artifact whose bytes are those that were written. Raises NotFoundError or DigestMismatchError."""
        row = self._db.row("SELECT * FROM artifacts WHERE digest = ?", (digest,))
        if row is None:
            message = f"There is no artifact {digest!r}."
            raise NotFoundError(message)
        self._check(row)
        return _artifact(row)

    def verify(self, digest: str) -> None:
        """Raise NotFoundError or DigestMismatchError unless the artifact is what was written."""
        self.get(digest)

    def list(self, kind: str | None = None) -> tuple[Artifact, ...]:
        """Return the artifacts of a kind, or all, the oldest first. Raises DigestMismatchError."""
        where = "" if kind is None else "WHERE kind = :kind "
        rows = self._db.rows(f"SELECT digest FROM artifacts {where}ORDER BY sequence", {"kind": kind})  # noqa: S608 - constant parts
        return tuple(self.get(row["digest"]) for row in rows)

    def _check(self, row: sqlite3.Row) -> None:
        digest = row["digest"]
        logged = self._db.row("SELECT subject, after_json FROM audit WHERE sequence = ?", (row["sequence"],))
        written = {"kind": row["kind"], "schema_version": row["schema_version"], "bytes_sha256": row["bytes_sha256"]}
        if digest_of_bytes(row["body"]) != row["bytes_sha256"]:
            message = f"The bytes of {digest!r} are not those that were written."
            raise DigestMismatchError(message, hint=_HINT)
        if logged is None or logged["subject"] != digest or logged["after_json"] != canonical_json(written).decode():
            message = f"{digest!r} is not what the audit trail says was written."
            raise DigestMismatchError(message, hint=_HINT)
        try:
            body = json.loads(row["body"])
        except ValueError as error:
            message = f"The bytes of {digest!r} are no JSON."
            raise DigestMismatchError(message, hint=_HINT) from error
        named = body.get("digest") if isinstance(body, dict) else None
        if (named if isinstance(named, str) else digest_of_bytes(canonical_json(body))) != digest:
            message = f"The artifact that is filed under {digest!r} names another digest."
            raise DigestMismatchError(message, hint=_HINT)


@as_written
def _artifact(row: sqlite3.Row) -> Artifact:
    return Artifact(**{name: row[name] for name in Artifact.model_fields})
