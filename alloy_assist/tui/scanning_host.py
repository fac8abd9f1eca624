"""The scan of the application: it runs beside every screen, tells how far it is, and can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from alloy_assist.tui.host import Area, Host, run_apart
from alloy_assist.tui.messages import ScanChanged, ScanEnded, ScanGrew, ScanProgressed
from alloy_assist.tui.problems import explain
from alloy_assist.tui.scan_state import ScanState
from alloy_assist.tui.screens.hypotheses import HypothesesScreen
from alloy_assist.tui.screens.scan import ScanScreen
from archaeology.errors import ScanCancelledError

_PROGRESS_SECONDS = 0.05


class ScanningHost(Host):
    """The half of the application that scans; the other half goes about."""

    def __init__(self) -> None:
        """Begin with no scan."""
        super().__init__()
        self.scan_state = ScanState()
        self._cancel = threading.Event()

    def start_scan(self) -> None:
        """Begin a scan, unless one is running."""
        if self.scan_state.running:
            return
        self._cancel.clear()
        self._change_scan(ScanState(phase="running", began=time.monotonic()))
        run_apart(self, self._scan, "scan", exclusive=True)

    def stop_scan(self) -> None:
        """Ask a running scan to stop."""
        self._cancel.set()
        self._change_scan(replace(self.scan_state, phase="stopping"))

    async def _scan(self) -> None:
        try:
            survey = await self.services.scan(
                _Throttled(self.post_message), self._cancel.is_set, lambda items: self.post_message(ScanGrew(items))
            )
        except ScanCancelledError:
            self.post_message(ScanEnded())
        except Exception as error:  # noqa: BLE001 - shown on the scan screen
            self.post_message(ScanEnded(problem=explain(error)))
        else:
            self.post_message(ScanEnded(survey=survey))

    def on_scan_progressed(self, message: ScanProgressed) -> None:
        """Note how far the scan is."""
        self._change_scan(self.scan_state.advanced(message.progress, time.monotonic()))

    def on_scan_grew(self, message: ScanGrew) -> None:
        """Note what the scan has found so far."""
        self._change_scan(self.scan_state.growing(message.items))

    def on_scan_ended(self, message: ScanEnded) -> None:
        """Note how the scan ended, and let the screen at hand load what is new."""
        now = time.monotonic()
        if message.survey is not None:
            self._change_scan(self.scan_state.finished(message.survey, now))
            number = len(message.survey.hypotheses)
            if self.current_mode != "scan":
                found = f"{number} {'hypothesis' if number == 1 else 'hypotheses'}"
                here = self.current_mode == "hypotheses"
                self.say(
                    f"{found}, in their final order now." if here else f"{found}: g h looks at them.", title="Scanned"
                )
        elif message.problem is not None:
            self._change_scan(self.scan_state.failed("failed", message.problem.text, now))
            self.say(message.problem.text, title="The scan did not finish", severity="error")
        else:
            self._change_scan(self.scan_state.failed("stopped", "What was read so far is cached.", now))
        if isinstance(self.screen, Area):
            self.screen.load()

    def _change_scan(self, state: ScanState) -> None:
        self.scan_state = state
        if isinstance(self.screen, ScanScreen | HypothesesScreen):
            self.screen.post_message(ScanChanged(state))


class _Throttled:
    """Passes progress on at most every so often, but each new stage and each end; safe from any thread."""

    def __init__(self, post: Callable[[ScanProgressed], object]) -> None:
        self._post, self._stage, self._last = post, "", 0.0

    def __call__(self, progress: object) -> None:
        from archaeology.progress import Progress

        assert isinstance(progress, Progress)  # noqa: S101 - what a scan reports
        now = time.monotonic()
        if progress.stage != self._stage or progress.done == progress.total or now - self._last >= _PROGRESS_SECONDS:
            self._stage, self._last = progress.stage, now
            self._post(ScanProgressed(progress))
