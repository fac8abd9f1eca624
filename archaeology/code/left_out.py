"""What of a file is parsed and what is told from its bytes instead: the outline of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from archaeology.code.source import Span
from archaeology.facts import Import

_NOTHING: Mapping[str, list[Span]] = MappingProxyType({})


class Outline(NamedTuple):
    """A file before it is parsed.

    ``text`` is what is to be parsed, ``code`` the file with blanks in place of comments and quotes in place of literals, ``comments`` are
    the spans of comments and ``skipped`` those of which ``text`` shows nothing, which are bodies where a node of the kind ``around`` is
    around them. ``formats`` are literals that ``code`` shows, since calls may stand in them. All offsets are those of the file.
    Where spans are ``kept`` only these are to be parsed, and what is ``told`` is captured beside what a query finds in them. Where there are ``parts``
    nothing but blanks and comments stands around them. Where there are ``templates``, which begin after what may be a name, the bytes tell the
    calls in what is skipped; what is called may be given types only if the language ``has_types``. ``has_gaps`` tells the outline of a script, of which
    the first ``imports`` may be told, and the ``comments`` not.
    """

    text: bytes
    code: bytes
    comments: list[Span] | None
    skipped: list[Span]
    formats: list[Span]
    around: str
    kept: list[Span] | None = None
    told: Mapping[str, list[Span]] = _NOTHING
    parts: list[Span] | None = None
    templates: list[int] | None = None
    has_gaps: bool = False
    has_types: bool = False
    imports: Sequence[Import] = ()

    @property
    def spans(self) -> list[Span] | None:
        """What of the text is to be parsed; None where that is all of it."""
        return self.parts if self.kept is None else self.kept
