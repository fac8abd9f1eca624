"""The program ``alloy``: which commands there are, and how errors become words and exit codes."""

from __future__ import annotations

import importlib
import os.path
import sys
from typing import Any

import click

from alloy_assist import __version__
from alloy_assist.cli.exits import ExitCode
from alloy_assist.cli.groups import Commands
from alloy_assist.cli.launch import OPEN_KEY, SERVE_KEY, OpenApplication, ServeApplication
from alloy_assist.cli.output import Session, common_options
from alloy_assist.cli.reporting import ended_by, prepare_streams

# Name -> module and attribute. Nothing is imported before it is needed, so that `alloy --help` answers at once; the short help stands
# here for the same reason.
_COMMANDS: dict[str, tuple[str, str, str]] = {
    "open": ("alloy_assist.cli.launch", "open_", "Open the terminal application (the default)."),
    "init": ("alloy_assist.cli.init", "init", "Make .alloy/ and choose a model, or stay offline."),
    "scan": ("alloy_assist.cli.scan", "scan", "Read the repository and say what it seems to protect."),
    "hypothesis": ("alloy_assist.cli.hypothesis", "group", "What was mined: look, confirm, reject, defer."),
    "interview": ("alloy_assist.cli.interview", "interview", "Answer a few questions and get a record."),
    "intent": ("alloy_assist.cli.intent", "group", "The records of engineering intent."),
    "brief": ("alloy_assist.cli.brief", "group", "Compile records into Formation Briefs."),
    "request": ("alloy_assist.cli.request", "group", "Execution requests for a compiled brief."),
    "schema": ("alloy_assist.cli.schema", "schema", "The published JSON Schemas."),
    "check": ("alloy_assist.cli.check", "check", "Evaluate the checks of records at a revision."),
    "backup": ("alloy_assist.cli.backup", "backup", "Copy the database while others may go on working."),
    "model": ("alloy_assist.cli.model", "group", "The language model: allow it, see what was sent, ask for proposals."),
    "doctor": ("alloy_assist.cli.doctor", "doctor", "What works here, what is missing, what would be sent where."),
    "serve": ("alloy_assist.cli.launch", "serve", "The terminal application in a browser, on loopback."),
}
_VALUE_OPTIONS = frozenset({"--repo", "--db"})


class Program(Commands):
    """The root group: loads commands when they are named, and takes a path in place of a command for ``open``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the work. ``ctx`` is not needed."""
        del ctx
        return [name for name in _COMMANDS if name != "open"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command. ``ctx`` is not needed."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, attribute, _ = _COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - a slip in the table above
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][2]) for name in _COMMANDS])

    def said_of(self, ctx: click.Context, name: str) -> str:
        """Return what helps somebody who mistyped a command, or the folder of a repository."""
        return super().said_of(ctx, name) or " There is no folder of that name either."

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``open`` where no command is named: ``alloy`` and ``alloy PATH``."""
        position = _first_word(args)
        if position is None:
            if not {"--help", "-h", "--version"} & set(args):
                args = [*args, "open"]
        elif args[position] not in _COMMANDS and _looks_like_path(args[position]):
            args = [*args[:position], "open", *args[position:]]
        return super().parse_args(ctx, args)


@click.command(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExamples:\n  alloy                     open the application on this repository\n"
    "  alloy scan --json         mine hypotheses, as data\n"
    "  alloy interview           answer questions here in the terminal\n\n"
    "Exit codes: 0 done, 1 not so, 2 wrong usage, 3 not found, 4 refused, 5 the outside failed, 130 interrupted, 143 told to end.",
)
@click.version_option(__version__, prog_name="alloy")
@click.pass_context
def program(ctx: click.Context, /, **options: Any) -> None:
    """Find the engineering intent behind a repository, ask the people who know, and compile it into briefs.

    Without a command: `alloy [PATH]` opens the terminal application on the repository at PATH (default: here).
    """
    ctx.meta["alloy.common"] = options


program.params.extend(common_options())


def main(
    arguments: list[str] | None = None,
    open_application: OpenApplication | None = None,
    serve_application: ServeApplication | None = None,
) -> int:
    """Run the program and return its exit code; every error becomes words here and nowhere else."""
    holder: list[click.Context] = []
    arguments = sys.argv[1:] if arguments is None else arguments
    prepare_streams()
    try:
        with program.make_context("alloy", list(arguments)) as context:
            holder.append(context)
            context.meta.update({OPEN_KEY: open_application, SERVE_KEY: serve_application})
            program.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last line of defence: words, not a traceback
        session = _session(holder)
        return ended_by(error, as_json="--json" in arguments and not (session and session.answered))
    finally:
        if session := _session(holder):
            session.close()
    return ExitCode.DONE


def _session(holder: list[click.Context]) -> Session | None:
    """The command that ran, if it came so far."""
    session = holder[0].meta.get("alloy.session") if holder else None
    return session if isinstance(session, Session) else None


def _first_word(args: list[str]) -> int | None:
    """Where the first argument stands that is neither an option nor an option's value."""
    skip = False
    for position, argument in enumerate(args):
        if skip:
            skip = False
        elif argument in _VALUE_OPTIONS:
            skip = True
        elif not argument.startswith("-"):
            return position
    return None


def _looks_like_path(argument: str) -> bool:
    return "/" in argument or argument in {".", ".."} or os.path.isdir(argument)  # noqa: PTH112 - unlike Path.is_dir it never raises
