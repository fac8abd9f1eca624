"""Does one thing and prints the peak memory of this process as JSON: run as a process of its own, since peaks never fall."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from archaeology.git import open_repository
from archaeology.history import read_history
from archaeology.inventory import take_inventory

_KILOBYTE = 1 if sys.platform != "darwin" else 1024


def main() -> None:
    """Read the history (``history``) or scan (``scan``) the repository named."""
    kind, path = sys.argv[1], Path(sys.argv[2])
    if kind == "scan":
        from archaeology.survey import ScanOptions, scan

        scan(path, ScanOptions(use_cache=False))
    else:
        with open_repository(path) as repository:
            revision = repository.resolve(None) or ""
            read_history(repository, revision, take_inventory(repository, revision).files)
    sys.stdout.write(json.dumps({"peak_mb": round(_peak_kilobytes() / 1024, 1)}))


def _peak_kilobytes() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        # Linux carries the peak in the usage over from the process that started this one; this one begins anew.
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return float(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTE


if __name__ == "__main__":
    main()
