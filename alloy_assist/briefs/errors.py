"""What can be wrong with an artifact. All of it is a refusal: nothing is taken from what is refused."""

from __future__ import annotations

from alloy_assist.errors import RefusedError


class ArtifactError(RefusedError):
    """The root of what can be wrong with an artifact."""


class MalformedArtifactError(ArtifactError):
    """It is not an artifact: no JSON, a key twice, a number without a canonical form, a field of the wrong type."""


class UnknownVersionError(ArtifactError):
    """Its schema is unknown here, or of a newer major version."""


class TamperedArtifactError(ArtifactError):
    """Its bytes are not those that its digest was made from."""


class GateError(ArtifactError):
    """A check cannot be made into a gate."""
