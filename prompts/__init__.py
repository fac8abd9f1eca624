"""Prompt and question templates: versioned text files, and the one strict way to render them.

A template is ``templates/<name>.md.j2``. It opens with a front matter of ``key: value`` lines between two lines of ``---``, of which
``version`` (a whole number) is required. What a template asks for and does not get is an error, never an empty string.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from jinja2 import Environment, Template

_SUFFIX = ".md.j2"
_FENCE = "---"


class PromptError(Exception):
    """A template is missing or malformed, or was not given what it asks for: always a defect of this program."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the message for the first line and the hint (what to do next) for the second."""
        super().__init__(message)
        self.hint = hint


def render(name: str, **values: Any) -> str:
    """Return the template called ``name`` ("questions/why") with its values filled in, without blank lines around it.

    Values are data: they are never read as template code, and nothing is escaped.

    Raises:
        PromptError: there is no such template, it is malformed, or a value that it asks for was not given.
    """
    from jinja2 import TemplateError

    try:
        return _template(name).render(**values).strip()
    except TemplateError as error:
        raise PromptError(f"The template {name!r} cannot be rendered: {error}") from error


def template_version(name: str) -> int:
    """Return the version in the front matter of a template. Raises PromptError as :func:`render` does."""
    return int(template_header(name)["version"])


def template_header(name: str) -> Mapping[str, str]:
    """Return the whole front matter of a template. Raises PromptError as :func:`render` does."""
    return _parsed(name)[0]


def template_names(folder: str = "") -> tuple[str, ...]:
    """Return the names of all templates below a folder ("questions"), sorted."""
    return tuple(name for name in sorted(_walk(files(__name__) / "templates", "")) if name.startswith(folder))


def _walk(folder: Traversable, prefix: str) -> list[str]:
    names = []
    for entry in folder.iterdir():
        if entry.is_dir():
            names += _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_SUFFIX):
            names.append(prefix + entry.name.removesuffix(_SUFFIX))
    return names


@cache
def _parsed(name: str) -> tuple[Mapping[str, str], str]:
    if not name or any(part in {"", ".", ".."} for part in name.split("/")):
        raise PromptError(f"{name!r} is not the name of a template.")
    resource = files(__name__) / "templates" / f"{name}{_SUFFIX}"
    try:
        text = resource.read_text(encoding="utf-8")
    except OSError as error:
        raise PromptError(f"There is no template called {name!r}.", hint="See prompts/templates/.") from error
    opening, _, rest = text.partition("\n")
    header, closing, body = rest.partition(f"\n{_FENCE}\n")
    if opening.strip() != _FENCE or not closing:
        raise PromptError(f"The template {name!r} does not open with a front matter.")
    pairs = (line.partition(":") for line in header.splitlines() if line.strip())
    fields = {key.strip(): value.strip() for key, _, value in pairs}
    if not fields.get("version", "").isdigit():
        raise PromptError(f"The template {name!r} does not say which version it is.")
    return MappingProxyType(fields), body


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    # Not HTML: what is rendered goes to a terminal or a model, each of which has a sanitizer of its own.
    return Environment(
        loader=FunctionLoader(lambda name: _parsed(name)[1]),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)
