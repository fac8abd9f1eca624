"""Running gates once, on a person's word, and saying what was seen."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alloy_assist.briefs.family import Gate
from alloy_assist.briefs.parts import to_body
from alloy_assist.briefs.sealing import with_digest
from alloy_assist.feedback.model import OBSERVATION_SCHEMA, EvidenceObservation
from archaeology.text import visible

if TYPE_CHECKING:
    from archaeology.checks import Verdict

_SHOWN = 4000
_CANNOT_TELL = 2  # what our own scripts exit with where the code cannot be read


@dataclass(frozen=True, slots=True)
class GateRun:
    """What a command did: its exit code, or None with a reason where there is none; the end of its output."""

    exit_code: int | None
    output: str


Runner = Callable[[Gate, Path], GateRun]
"""Runs one gate at the root of a repository."""


def run_gate(gate: Gate, root: Path) -> GateRun:
    """Run a gate's command without a shell in a process group of its own; its files are laid out beside the repository, not in it."""
    with tempfile.TemporaryDirectory(prefix="alloy-gate-") as folder:
        places = {}
        for number, file in enumerate(gate.files):
            place = Path(folder) / f"{number}-{Path(file.path).name}"
            place.write_text(file.text, encoding="utf-8")
            places[file.path] = str(place)
        command = [places.get(part, part) for part in gate.command]
        return _run(command, root, gate.timeout_seconds)


def observe(
    gates: Sequence[Gate],
    root: Path,
    runner: Runner | None,
    evaluate: Callable[[Sequence[dict[str, Any]]], Sequence[Verdict]],
) -> dict[str, dict[str, Any]]:
    """Return gate id -> body of an evidence observation. Without a runner nothing is run, and the observations say so.

    ``evaluate`` judges the checks of gates that only this program can run.
    """
    seen: dict[str, dict[str, Any]] = {}
    ours = [gate for gate in gates if gate.runs_with == "alloy" and gate.check is not None]
    verdicts = (
        dict(zip((gate.id for gate in ours), evaluate([gate.check or {} for gate in ours]), strict=True))
        if runner and ours
        else {}
    )
    for gate in gates:
        if runner is None:
            values = {"status": "unknown", "method": "not_run", "detail": "Nobody has run it yet."}
        elif gate.id in verdicts:
            values = _from_verdict(verdicts[gate.id])
        else:
            values = _from_run(gate, runner(gate, root))
        seen[gate.id] = _observation(gate, values)
    return seen


def _observation(gate: Gate, values: Mapping[str, Any]) -> dict[str, Any]:
    observation = EvidenceObservation.model_validate(
        {
            "schema_version": OBSERVATION_SCHEMA,
            "id": f"alloy.observation.{gate.id}",
            "evidence": gate.evidence,
            "statement": gate.name,
            "gate": gate.id,
            "command": gate.command,
            **values,
        }
    )
    return to_body(observation)


def _from_verdict(verdict: Verdict) -> dict[str, Any]:
    status = {True: "passing", False: "failing", None: "unknown"}[verdict.holds]
    places = [f"{item.path}:{item.line}: {item.detail}" for item in verdict.violations[:20]]
    return {
        "status": status,
        "method": "check_evaluated",
        "detail": visible("\n".join([verdict.detail, *places]))[:_SHOWN],
    }


def _from_run(gate: Gate, run: GateRun) -> dict[str, Any]:
    cannot_tell = run.exit_code is None or (gate.runs_with == "python" and run.exit_code == _CANNOT_TELL)
    status = "unknown" if cannot_tell else "passing" if run.exit_code == 0 else "failing"
    values = {"status": status, "method": "gate_run", "detail": visible(run.output)[-_SHOWN:]}
    return values if run.exit_code is None else {**values, "exit_code": run.exit_code}


def _run(command: list[str], root: Path, seconds: int) -> GateRun:
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(
                command,
                cwd=root,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            return GateRun(None, f"It cannot be run: {error}")
        try:
            code: int | None = process.wait(timeout=seconds)
            said = ""
        except subprocess.TimeoutExpired:
            code, said = None, f"\nIt did not end within {seconds} seconds."
        finally:
            _end(process)
        return GateRun(code, _end_of(output) + said)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole process group, also on Ctrl-C: what a gate started must not outlive it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
    finally:
        process.wait()


def _end_of(output: Any) -> str:
    size = output.seek(0, os.SEEK_END)
    output.seek(max(0, size - _SHOWN))
    return bytes(output.read()).decode("utf-8", "replace")


def finished(body: Mapping[str, Any], revision: str | None, act: Mapping[str, str]) -> dict[str, Any]:
    """Return an observation with where it was seen and, if something was run, when and by whom; and its digest."""
    whole = dict(body)
    if revision is not None:
        whole["repository_revision"] = revision
    if whole["method"] != "not_run":
        whole |= {"observed_at": act["created_at"], "observed_by": act["created_by"]}
    return with_digest(whole)
