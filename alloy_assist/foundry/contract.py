"""What crosses the boundary to an engine: plain frozen values that keep what they do not know."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Digest = Annotated[str, Field(pattern=r"^sha256:[0-9A-Za-z]+$")]


class Contract(BaseModel):
    """A value of a document that is exchanged. Fields that this version does not know are kept."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)


class ArtifactReference(Contract):
    """An artifact by id and digest."""

    id: str
    digest: Digest


class BriefReference(ArtifactReference):
    """A brief by id, version and digest."""

    version: int = Field(ge=1)
