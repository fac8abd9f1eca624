"""The command palette: every action of the screen at hand, every screen, theme and hypothesis, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from alloy_assist.tui.help import key_sign
from alloy_assist.tui.host import AREAS, Host
from alloy_assist.tui.plain import line, text

Command = tuple[str, str, IgnoreReturnCallbackType]


class EverythingProvider(Provider):
    """Finds commands by fuzzy matching on their names."""

    async def discover(self) -> Hits:
        """Offer everything while nothing is typed."""
        for name, note, run in self._commands():
            yield DiscoveryHit(text(name), run, text=line(name), help=note)

    async def search(self, query: str) -> Hits:
        """Offer what matches, best first."""
        matcher = self.matcher(query)
        for name, note, run in self._commands():
            shown = line(name)
            if (score := matcher.match(shown)) > 0:
                yield Hit(
                    score, matcher.highlight(shown.replace("[", "(").replace("]", ")")), run, text=shown, help=note
                )

    def _commands(self) -> Iterator[Command]:
        host = self.app
        assert isinstance(host, Host)  # noqa: S101 - no other application has this palette
        # What a screen names at its foot first, then where else to go, and the ways to move about a list at the end.
        yield from self._keyed(host, shown=True)
        for name, title, _ in AREAS:
            yield f"Go to {title.lower()}", "screen", partial(host.goto, name)
        yield "Scan the repository", "reads it again; unchanged is answered at once", host.start_scan
        yield "Stop the scan", "what was read is cached", host.stop_scan
        for theme in sorted(host.available_themes):
            yield f"Theme {theme}", "colours", partial(setattr, host, "theme", theme)
        yield from self._keyed(host, shown=False)

    def _keyed(self, host: Host, *, shown: bool) -> Iterator[Command]:
        """The actions that have a key, those that are ``shown`` at the foot of the screen or the others."""
        seen: set[str] = set()
        for namespace, binding, enabled, _ in self.screen.active_bindings.values():
            wanted = binding.description and binding.show is shown and not binding.action.startswith("focus")
            if wanted and enabled and binding.action not in seen:
                seen.add(binding.action)
                yield binding.description, f"key {key_sign(binding.key)}", _runner(host, binding.action, namespace)


def _runner(host: Host, action: str, namespace: object) -> Callable[[], object]:
    async def run() -> None:
        await host.run_action(action, namespace)  # type: ignore[arg-type]

    return run
