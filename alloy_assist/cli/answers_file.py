"""A file of answers, from which an interview can be led without a person."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alloy_assist.errors import MissingError, OutsideError, UsageError

if TYPE_CHECKING:
    from alloy_assist.elicitation.scripted import Script

_LARGEST_FILE = 4 * 1024 * 1024


def script_in(name: str) -> Script:
    """Return the answers in a YAML or JSON file, or on standard input for ``-``. Raises MissingError, OutsideError and UsageError."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    from alloy_assist.elicitation.scripted import read_script

    try:
        data = sys.stdin.buffer.read(_LARGEST_FILE + 1) if name == "-" else Path(name).read_bytes()
    except FileNotFoundError as error:
        raise MissingError(f"There is no file {name!r}.") from error
    except OSError as error:
        raise OutsideError(f"{name!r} cannot be read: {error.strerror or error}") from error
    if len(data) > _LARGEST_FILE:
        raise UsageError(f"{name!r} is larger than {_LARGEST_FILE // 2**20} MiB.")
    loader: Any = YAML(typ="safe", pure=True)
    try:
        text = data.decode("utf-8")
        items = json.loads(text) if text.lstrip().startswith(("[", "{")) else loader.load(text)
    except (ValueError, YAMLError, RecursionError) as error:
        raise UsageError(f"{name!r} is neither YAML nor JSON: {error}") from error
    return read_script(items)
