"""Where templates of briefs are kept: ``.alloy/briefs/templates/<name>.yaml``, for committing and for editing by hand."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from alloy_assist.briefs.reading import read_yaml
from alloy_assist.briefs.templates import TEMPLATE_SCHEMA, BriefTemplate, resolve_template, template_from
from alloy_assist.errors import MissingError, RefusedError, UsageError
from alloy_assist.operations.brief_files import link_on_the_way, read_below, write_file
from store.runs import BriefRow

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_FOLDER = ".alloy/briefs/templates"
_TAKEN = (
    "definition_of_done",
    "stop_conditions",
    "product_refs",
    "design_refs",
    "throttle",
    "entry_event",
    "max_iterations",
    "actions",
)


def template_names(root: Path) -> tuple[str, ...]:
    """Return the names of the templates, sorted."""
    folder = root / _FOLDER
    return tuple(sorted(path.stem for path in folder.glob("*.yaml"))) if folder.is_dir() else ()


def read_template(root: Path, name: str) -> BriefTemplate:
    """Return a template. Raises MissingError, UsageError for a name that cannot be one, MalformedArtifactError."""
    path = _place(root, name)
    data = read_below(root, path.relative_to(root).as_posix())
    if data is None:
        message = f"There is no template {name!r}."
        raise MissingError(message, hint="`alloy brief template list` shows what there is.")
    return template_from(read_yaml(data, path.name), path.name)


def template_fields(root: Path, name: str) -> dict[str, Any]:
    """Return what a template gives a selection, with all that it extends. Raises TemplateError for a cycle."""
    return resolve_template(name, lambda each: read_template(root, each))


def save_template(root: Path, name: str, row: BriefRow, *, replace: bool = False) -> Path:
    """Keep the shape of a brief as a template; return its file. Raises RefusedError where there is one of that name."""
    path = _place(root, name)
    if path.exists() and not replace:
        message = f"There is a template {name!r} already."
        raise RefusedError(message, hint="Edit the file, or say --replace.")
    link = link_on_the_way(root, path.relative_to(root).as_posix())
    if link is not None:
        message = f"{link!r} is a symbolic link and could lead anywhere."
        raise RefusedError(message)
    values = {
        "schema_version": TEMPLATE_SCHEMA,
        "objective": row.objective,
        "records": [item["id"] for item in row.selection.get("records", ())],
        **{field: row.selection[field] for field in _TAKEN if row.selection.get(field)},
    }
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment] # declared as None, meant as a switch
    stream = io.StringIO()
    yaml.dump(values, stream)
    write_file(path, stream.getvalue().encode())
    return path


def _place(root: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        message = f"{name!r} is no name of a template."
        raise UsageError(message, hint="Use a-z, 0-9 and dashes, at most 64 characters.")
    return root / _FOLDER / f"{name}.yaml"
