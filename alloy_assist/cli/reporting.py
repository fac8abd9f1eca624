"""How an error reaches a person and a script: words on standard error, one JSON object where that was asked for, an exit code."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import suppress
from typing import TextIO

import click

from alloy_assist.cli.exits import EXPECTED_ERRORS, ExitCode, exit_code_for
from alloy_assist.cli.signals import Terminated
from archaeology.text import visible

SCHEMA = "alloy.error.v1"
_NARROWEST = 16


def prepare_streams() -> None:
    """Let standard output and error take every character, whatever their encoding, and be there where they were closed."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - open as long as the program runs
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def ended_by(error: BaseException, *, as_json: bool) -> ExitCode:
    """Tell the person and the script what ended the program, where there is something to tell, and return the exit code."""
    if isinstance(error, BrokenPipeError):
        # The reader went away (`alloy ... | head`); what it read is what it wanted.
        abandon_stdout()
        return ExitCode.DONE
    code = report(error, as_json=as_json)
    if isinstance(error, OSError):
        abandon_stdout()
    return code


def report(error: BaseException, *, as_json: bool) -> ExitCode:
    """Say what went wrong and return the exit code; with ``as_json`` also as one ``alloy.error.v1`` object on standard output."""
    kind, message, hint, code = _told(error)
    body = {"kind": kind, "message": message, "hint": hint, "exit_code": int(code)}
    if as_json:
        _write(sys.stdout, json.dumps({"schema_version": SCHEMA, "error": body}, indent=2) + "\n")
    if isinstance(error, click.ClickException):
        words = io.StringIO()
        error.show(file=words)
        _write(sys.stderr, visible(words.getvalue()))
    elif isinstance(error, (KeyboardInterrupt, click.Abort)):
        _write(sys.stderr, f"\n{message}\n")
    else:
        _write(sys.stderr, _folded("alloy: ", visible(message)) + (_folded("       ", visible(hint)) if hint else ""))
    return code


def abandon_stdout() -> None:
    """Send what standard output still holds nowhere: nobody can take it, and Python would complain about it at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(error: BaseException) -> tuple[str, str, str, ExitCode]:
    """An error as kind, message, hint and exit code."""
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        hint = f"Try '{context.command_path} --help'." if context is not None else ""
        missing = isinstance(error, click.exceptions.NoArgsIsHelpError)
        return "UsageError", "A command is missing." if missing else error.format_message(), hint, ExitCode.USAGE
    if isinstance(error, Terminated):
        return "Terminated", "Told to end; what was saved stays saved.", "", ExitCode.TERMINATED
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return "Interrupted", "Interrupted; what was saved stays saved.", "", ExitCode.INTERRUPTED
    if isinstance(error, EXPECTED_ERRORS):
        message = str(error) or type(error).__name__
        hint = "Look at the permissions and at the room on the disk." if isinstance(error, OSError) else ""
        return type(error).__name__, message, getattr(error, "hint", hint), exit_code_for(error)
    from alloy_assist.person import write_crash_log

    place = write_crash_log(error)
    message = f"something went wrong that nobody foresaw: {error!r}"
    return (
        "UnforeseenError",
        message,
        f"The details are in {place}. Nothing that was saved is lost.",
        exit_code_for(error),
    )


def _folded(lead: str, words: str) -> str:
    """Return words after a lead, on a screen with further lines below the first; elsewhere each line stays one."""
    lines = words.split("\n")
    if sys.stderr.isatty():
        import shutil
        import textwrap

        room = max(shutil.get_terminal_size().columns - len(lead), _NARROWEST)
        lines = [
            part
            for line in lines
            for part in textwrap.wrap(line, room, break_on_hyphens=False, break_long_words=False) or [""]
        ]
    return lead + f"\n{' ' * len(lead)}".join(lines) + "\n"


def _write(stream: TextIO, text: str) -> None:
    # Where a stream is closed or full, the exit code has to say it alone.
    with suppress(OSError, ValueError, AttributeError):
        stream.write(text)
        stream.flush()
