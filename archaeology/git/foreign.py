"""The repository's own configuration, read as data, and ours, which git sees instead.

Of the repository's settings only those are taken over that change how bytes are compared and cannot name a program, a file or an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from archaeology.errors import RefusedRepositoryError
from archaeology.git.environment import hardened_environment
from archaeology.git.layout import Layout, read_metadata
from archaeology.git.runner import GitRunner

_CONFIG_BYTES = 1 << 20
_LISTED_BYTES = 8 << 20
_KNOWN_EXTENSIONS = {
    "noop",
    "noop-v1",
    "preciousobjects",
    "partialclone",
    "worktreeconfig",
    "objectformat",
    "compatobjectformat",
    "refstorage",
    "relativeworktrees",
}
_BOOLEANS = ("core.filemode", "core.symlinks", "core.ignorecase")
_LINE_ENDINGS = {"core.autocrlf": {"true", "false", "input"}, "core.eol": {"lf", "crlf", "native"}}
_BASE_CONFIG = """\
[core]
\thooksPath = /dev/null
\tattributesFile = /dev/null
\texcludesFile = /dev/null
\tfsmonitor = false
\tuntrackedCache = false
\tcommitGraph = false
\tbigFileThreshold = 16m
\tlogAllRefUpdates = false
\tquotePath = false
[diff]
\trenames = false
\tignoreSubmodules = all
[gc]
\tauto = 0
[maintenance]
\tauto = false
[protocol]
\tallow = never
[submodule]
\trecurse = false
[log]
\tshowSignature = false
\tmailmap = false
"""


def read_config(layout: Layout, program: str, folder: Path) -> Mapping[str, str]:
    """Parse the repository's configuration: git reads a copy of it in ``folder``, follows no include and acts on nothing.

    Raises:
        RefusedRepositoryError: it is no regular file, or too large.
        GitError: git cannot be run.
    """
    content = read_metadata(layout.common_dir / "config", _CONFIG_BYTES)
    if not content:
        return {}
    copy = folder / "foreign-config"
    copy.write_bytes(content)
    runner = GitRunner(program, hardened_environment(program) | {"GIT_DIR": str(folder)}, folder)
    listed = runner.run(
        ["config", "--file", str(copy), "--no-includes", "-z", "--list"], max_output=_LISTED_BYTES, accept=(0, 128)
    )
    copy.unlink()
    config: dict[str, str] = {}
    for item in listed.split(b"\0"):
        key, newline, value = item.partition(b"\n")
        # A key without a value is a true boolean.
        config[key.decode("utf-8", "replace").lower()] = value.decode("utf-8", "surrogateescape") if newline else "true"
    return config


def check_config(layout: Layout, config: Mapping[str, str]) -> None:
    """Refuse a repository whose format is not known here, or whose work tree is elsewhere.

    Raises:
        RefusedRepositoryError: that is so.
    """
    version = config.get("core.repositoryformatversion", "0")
    unknown = {key.removeprefix("extensions.") for key in config if key.startswith("extensions.")} - _KNOWN_EXTENSIONS
    if version not in {"0", "1"} or (version == "1" and unknown):
        named = ", ".join(sorted(unknown)) or f"format version {version}"
        raise RefusedRepositoryError(
            f"The repository uses a format that is not known here: {named!r}.", hint="Scan a fresh git clone of it."
        )
    if config.get("extensions.objectformat", "sha1") not in {"sha1", "sha256"}:
        raise RefusedRepositoryError(
            "The repository's object format is not known.", hint="sha1 and sha256 can be read."
        )
    work_tree = config.get("core.worktree")
    if work_tree is not None:
        leads_back = (layout.git_dir / work_tree).resolve() == layout.root if "\0" not in work_tree else False
        if not leads_back:
            raise RefusedRepositoryError(
                f"The repository's core.worktree points elsewhere: {work_tree!r}.",
                hint="Remove it with: git config --unset core.worktree",
            )
    elif layout.submodule:
        raise RefusedRepositoryError(
            "The .git file names a git directory that does not lead back to this folder.",
            hint="Scan the repository that owns the git directory, or a fresh git clone.",
        )


def own_config(config: Mapping[str, str]) -> str:
    """Return the configuration for the shadow directory.

    Raises:
        RefusedRepositoryError: the repository keeps its refs in a way that is not known here.
    """
    # Bare even where there is a work tree: otherwise git reads attributes from it, and those may be pipes.
    lines = [_BASE_CONFIG, "[core]\n", "\tbare = true\n"]
    lines += [
        f"\t{key.removeprefix('core.')} = {config[key].lower()}\n"
        for key in _BOOLEANS
        if config.get(key, "").lower() in {"true", "false"}
    ]
    lines += [
        f"\t{key.removeprefix('core.')} = {config[key].lower()}\n"
        for key, values in _LINE_ENDINGS.items()
        if config.get(key, "").lower() in values
    ]
    extensions = {
        key: config[f"extensions.{key}"]
        for key, plain in (("objectformat", "sha1"), ("refstorage", "files"))
        if config.get(f"extensions.{key}", plain) != plain
    }
    if extensions.get("refstorage", "reftable") != "reftable":
        raise RefusedRepositoryError("The repository's ref storage is not known.", hint="Scan a fresh git clone of it.")
    lines.append(f"\trepositoryformatversion = {1 if extensions else 0}\n")
    if extensions:
        lines.append("[extensions]\n")
        lines += [f"\t{key} = {value}\n" for key, value in extensions.items()]
    return "".join(lines)
