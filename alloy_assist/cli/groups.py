"""Groups of commands: whole sentences in their help, and the command that was meant where one was mistyped."""

from __future__ import annotations

import click

_WHOLE_SENTENCE = 400


class Commands(click.Group):
    """A group of commands. click cuts what they do to what fits on one line, and says of a slip only that there is no such command."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with its first sentence."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, item.get_short_help_str(_WHOLE_SENTENCE)) for name, item in found if item and not item.hidden]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named. Raises click.UsageError, with the name that is nearest, where there is none."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            ctx.fail(f"No such command {name!r}.{self.said_of(ctx, name)}")
        return super().resolve_command(ctx, args)

    def said_of(self, ctx: click.Context, name: str) -> str:
        """Return what helps somebody who typed a name that there is not, a space before it."""
        from difflib import get_close_matches  # only a slip pays for it

        near = get_close_matches(name, self.list_commands(ctx), n=1)
        return f" Did you mean {near[0]!r}?" if near else ""
