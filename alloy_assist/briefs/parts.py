"""What all artifacts are made of: plain frozen values that keep what they do not know, and lines that say where they come from."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Digest = Annotated[str, Field(pattern=r"^sha256:[0-9A-Za-z]+$")]
"""``sha256:`` and, in anything that was compiled, 64 hexadecimal digits; worked examples may hold a placeholder."""


class Part(BaseModel):
    """A value of an artifact. Fields that this version does not know are kept, so that reading and writing loses nothing."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)


class Trace(Part):
    """Which facet of which record, at which version, caused a line."""

    record: str
    version: int = Field(ge=1)
    facet: str


class Reference(Part):
    """Another artifact, by id and digest."""

    id: str
    digest: Digest


class Statement(Part):
    """One line with the records that caused it."""

    statement: str
    trace: tuple[Trace, ...] = ()


Line = str | Statement


def statement_of(line: str | Statement) -> str:
    """Return the words of a line, whether it is bare text or carries more."""
    return line if isinstance(line, str) else line.statement


def to_body(part: BaseModel) -> dict[str, Any]:
    """Return a value as plain JSON data in reading order: what was given and what is not known, and no defaults that were not."""
    return part.model_dump(mode="json", by_alias=True, exclude_unset=True)
