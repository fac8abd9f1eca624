"""The capability manifest of a Foundry installation: read, never written. Pure."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, ValidationError

from alloy_assist.errors import RefusedError
from alloy_assist.foundry.contract import Contract
from store.errors import ImportRefusedError
from store.exchange.documents import parse_json

MANIFEST_SCHEMA: Final = "foundry.capability_manifest.v1"


class EntryEvent(Contract):
    """An event that starts work, with the fields that its payload may have."""

    name: str
    payload_fields: tuple[str, ...] = ()


class CapabilityManifest(Contract):
    """What an installation can do. ``features`` are names such as ``formation_brief_reference``."""

    schema_version: Annotated[str, Field(pattern=r"^foundry\.capability_manifest\.v1(\.[0-9]+)?$")] = MANIFEST_SCHEMA
    foundry_version: str | None = None
    entry_events: tuple[str | EntryEvent, ...] = ()
    throttles: tuple[str, ...] = ()
    features: tuple[str, ...] = ()

    def event_names(self) -> frozenset[str]:
        """The names of the events that can be requested."""
        return frozenset(event if isinstance(event, str) else event.name for event in self.entry_events)


def read_manifest(text: str, source: str) -> CapabilityManifest:
    """Return a manifest from JSON. Raises RefusedError for anything else, and for another major version."""
    try:
        return CapabilityManifest.model_validate(parse_json(text, source))
    except ImportRefusedError as error:
        raise RefusedError(str(error), hint=error.hint) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(str(part) for part in first["loc"])
        message = f"{source!r} is no capability manifest that is known here, at {place!r}: {first['msg']}"
        raise RefusedError(message, hint=f"This version reads {MANIFEST_SCHEMA}.") from error
