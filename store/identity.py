"""Canonical JSON (RFC 8785) and the digests made from it."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785

from store.errors import ImportRefusedError


def canonical_json(value: Any) -> bytes:
    """Return RFC 8785 canonical JSON bytes. Raises ImportRefusedError where the value has no canonical form (NaN, 2**53 and more)."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, RecursionError) as error:
        message = f"The value has no canonical JSON form: {error}"
        raise ImportRefusedError(
            message, hint="Numbers must be finite and within 2**53; text must be valid Unicode."
        ) from error


def digest_of(value: Any) -> str:
    """Return ``sha256:<hex>`` over the canonical JSON of a value."""
    return f"sha256:{hashlib.sha256(canonical_json(value)).hexdigest()}"


def digest_of_bytes(data: bytes) -> str:
    """Return ``sha256:<hex>`` over bytes as they are."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
