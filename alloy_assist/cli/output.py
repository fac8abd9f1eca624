"""What every command shares: the common options, data on standard output, narration on standard error.

A command is registered with :func:`common`; it gets a :class:`Session` first and its own parameters after it::

    group = output.group("intent", help="Records of engineering intent.")

    @common(group, "show", example="alloy intent show payment-provider --json")
    @click.argument("record")
    def show(session: Session, record: str) -> None:
        found = session.project.intents.show(record)
        session.emit("alloy.intent.v1", {"record": found}, lambda out: out.print(found.title))
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import click

from alloy_assist.cli.groups import Commands
from alloy_assist.cli.signals import interruptible, terminable
from alloy_assist.errors import UsageError
from archaeology.text import visible

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project
    from alloy_assist.cli.console import PersonConsole

P = ParamSpec("P")
_APPLICATIONS = frozenset({"open", "serve"})
_COMMON_NAMES = ("repo", "db", "no_input", "quiet", "no_color", "json_output")


@dataclass
class Session:
    """One run of one command: its common options, and the way to the person or script that reads it."""

    repo: Path
    db: Path | None = None
    no_input: bool = False
    quiet: bool = False
    no_color: bool = False
    json: bool = False
    answered: bool = False

    @cached_property
    def project(self) -> Project:
        """Everything that can be done with the repository; opened when first asked for."""
        from alloy_assist.bootstrap import open_project

        return open_project(self.repo, db=self.db)

    def close(self) -> None:
        """Close the project, if it was opened."""
        if "project" in self.__dict__:
            self.project.close()

    @cached_property
    def out(self) -> PersonConsole:
        """The console for people on standard output. Markup in data has no effect there."""
        from alloy_assist.cli.console import open_console  # `--help` must not pay for it

        return open_console(stderr=False, no_color=self.no_color)

    @cached_property
    def err(self) -> PersonConsole:
        """The console for narration on standard error."""
        from alloy_assist.cli.console import open_console

        return open_console(stderr=True, no_color=self.no_color)

    @property
    def interactive(self) -> bool:
        """Whether a person can be asked: a terminal on both sides and no ``--no-input`` or ``--json``."""
        return not self.no_input and not self.json and sys.stdin.isatty() and sys.stderr.isatty()

    def emit(self, schema_version: str, payload: Mapping[str, Any], human: Callable[[PersonConsole], None]) -> None:
        """Give the result: with ``--json`` one JSON object with its schema version, otherwise what ``human`` prints."""
        if self.json:
            self.emit_json({"schema_version": schema_version, **plain(payload)})
        else:
            human(self.out)

    def emit_json(self, document: Mapping[str, Any]) -> None:
        """Write one JSON document to standard output, as ASCII, so that no control character can get through."""
        self.emit_text(json.dumps(document, indent=2, ensure_ascii=True) + "\n")

    def emit_text(self, document: str) -> None:
        """Write one JSON document that is text already."""
        self.answered = True
        sys.stdout.write(document)
        sys.stdout.flush()

    def narrate(self, text: str) -> None:
        """Say something about the work, to the person and never to the script; silent with ``--quiet``."""
        if self.quiet:
            return
        if "err" in self.__dict__:  # something may be moving there, which has to make room
            self.err.print(visible(text), highlight=False, markup=False, soft_wrap=True)
        else:  # plain words need no console, which takes longer to load than an unchanged repository to answer
            sys.stderr.write(visible(text) + "\n")

    def confirm(self, question: str) -> bool:
        """Ask yes or no. Raises UsageError where nobody can be asked."""
        if not self.interactive:
            message = f"This needs a person's yes: {question}"
            raise UsageError(message, hint="Say it on the command line (see --help), or run it in a terminal.")
        with interruptible():
            return click.confirm(visible(question), err=True)


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: models dumped by alias, tuples as lists, paths as text."""
    from pydantic import BaseModel  # whoever prints no models does not wait for it

    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    return value


def group(name: str, *, help: str) -> click.Group:  # noqa: A002 - click's own word
    """Return a group of commands; its help text is the argument."""
    return Commands(name, help=help, context_settings={"help_option_names": ["-h", "--help"]})


def common(
    parent: click.Group, name: str, *, example: str, hidden: bool = False
) -> Callable[[Callable[Concatenate[Session, P], None]], click.Command]:
    """Register a command with the common options; ``example`` is shown at the end of its help."""

    def register(function: Callable[Concatenate[Session, P], None]) -> click.Command:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            # The terminal application has a screen to give back first, and its own way to end.
            with nullcontext() if name in _APPLICATIONS else terminable():
                function(_session(kwargs), *args, **kwargs)

        command = parent.command(
            name,
            hidden=hidden,
            epilog="\b\nExample:\n" + "\n".join(f"  {line}" for line in example.splitlines()),
            context_settings={"help_option_names": ["-h", "--help"]},
        )(run)
        command.params.extend(common_options())
        return command

    return register


def common_options() -> list[click.Parameter]:
    """The options that every command has, and the program itself."""
    return [
        click.Option(
            ["--repo"],
            type=click.Path(path_type=Path),
            metavar="PATH",
            help="The repository (default: the one around the current folder).",
        ),
        click.Option(
            ["--db"],
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="The database (default: .alloy/alloy.db in the repository).",
        ),
        click.Option(["--json", "json_output"], is_flag=True, help="One JSON object on standard output, nothing else."),
        click.Option(["--no-input"], is_flag=True, help="Never ask; fail where an answer would be needed."),
        click.Option(["--quiet", "-q"], is_flag=True, help="No narration on standard error."),
        click.Option(["--no-color"], is_flag=True, help="No colours (NO_COLOR works too)."),
    ]


def _session(kwargs: dict[str, Any]) -> Session:
    """Take the common options out of a command's parameters; those given before the command's name count too."""
    own = {name: kwargs.pop(name, None) for name in _COMMON_NAMES}
    context = click.get_current_context()
    given = context.find_root().meta.get("alloy.common", {})
    merged = {name: own[name] or given.get(name) for name in _COMMON_NAMES}
    positional = kwargs.get("path")
    repo = merged["repo"] or (
        positional if isinstance(positional, Path) and context.command.name in {"scan", "open"} else None
    )
    session = Session(
        repo=repo or Path(),
        db=merged["db"],
        no_input=bool(merged["no_input"]),
        quiet=bool(merged["quiet"]),
        no_color=bool(merged["no_color"]),
        json=bool(merged["json_output"]),
    )
    context.find_root().meta["alloy.session"] = session
    return session
