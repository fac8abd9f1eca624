"""Turns a survey into one self-contained page: no script, no outside request, everything from the repository escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from archaeology.model import Survey
from archaeology.ranking import SHOWN
from archaeology.report.matrix import draw_matrix
from archaeology.report.views import hypothesis_view, list_hotspots, list_pairs
from archaeology.text import visible

_CODE = re.compile(r"`([^`]+)`")
_MAX_LIMIT_PATHS = 8


def render_html(survey: Survey) -> str:
    """Return the report of a survey as one HTML document; the same survey gives the same text.

    The page runs no script and asks for nothing: its content security policy refuses both.
    """
    style = _resource("report.css")
    observations = {observation.id: observation for observation in survey.observations}
    views = [
        hypothesis_view(number, hypothesis, observations)
        for number, hypothesis in enumerate(survey.hypotheses, start=1)
    ]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            repository=survey.repository,
            name=survey.repository.root.rstrip("/").rsplit("/", 1)[-1] or "repository",
            style=Markup(style),  # noqa: S704 - our own file
            policy=_policy(style),
            first=views[:SHOWN],
            rest=views[SHOWN:],
            matrix=draw_matrix(survey),
            hotspots=list_hotspots(survey),
            pairs=list_pairs(survey),
            limits=survey.limits,
            max_limit_paths=_MAX_LIMIT_PATHS,
        )
    )


def code_spans(text: str) -> Markup:
    """Return a sentence with its parts in backticks set as code, everything escaped."""
    parts = _CODE.split(visible(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def _policy(style: str) -> str:
    """A content security policy that allows this style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=DictLoader({"report.html.j2": _resource("report.html.j2"), "parts.html.j2": _resource("parts.html.j2")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters["code"] = code_spans
    return environment


def _shown(value: object) -> object:
    """What a template prints: control characters made visible, except in what is already markup."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _resource(name: str) -> str:
    return (resources.files("archaeology.report") / "templates" / name).read_text(encoding="utf-8")
