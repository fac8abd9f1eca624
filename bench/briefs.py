"""How long compiling takes: ``python -m bench.briefs``. Five records are what a brief usually has; hundreds are what nobody should hand over."""

from __future__ import annotations

import sys
import time

from alloy_assist.briefs.compiling import compile_brief
from alloy_assist.briefs.sealing import pinned_bytes
from alloy_assist.briefs.views import exported_files
from fixtures.briefing import gateway_record, selection_of, snapshot_of

_SIZES = (1, 5, 50, 500)


def main() -> None:
    """Print milliseconds and bytes for each size."""
    for size in _SIZES:
        records = [
            gateway_record(id=f"alloy.intent.r{number}", title=f"Record {number}", open_questions=("Who owns it?",))
            for number in range(size)
        ]
        selection, snapshot = selection_of(*records), snapshot_of(*records)
        compile_brief("Warm up", "warm-up", selection, snapshot)
        start = time.perf_counter()
        done = compile_brief("Take payments", "take-payments", selection, snapshot)
        compiled = time.perf_counter()
        files = exported_files("name", done.bodies)
        ended = time.perf_counter()
        total = sum(len(pinned_bytes(body)) for body in done.bodies.values())
        sys.stdout.write(
            f"{size:4} records: compile {(compiled - start) * 1000:7.1f} ms, files {(ended - compiled) * 1000:7.1f} ms, "
            f"{total / 1024:7.0f} KiB in artifacts, {len(files)} files\n"
        )


if __name__ == "__main__":
    main()
