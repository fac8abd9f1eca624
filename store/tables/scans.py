"""Scans that were made."""

from __future__ import annotations

import sqlite3

from store.runs import ScanRow
from store.session import Session, as_written, from_json, to_json


class ScanTable:
    """Keeps which scans were made, and what they could not know."""

    def __init__(self, session: Session) -> None:
        """Work in a session."""
        self._session = session
        self._db = session.db

    def add(self, row: ScanRow) -> ScanRow:
        """Keep a scan. Raises ConflictError if its id is taken."""
        with self._db.transaction():
            after = {"head": row.head, "hypotheses": row.hypotheses, "observations": row.observations}
            sequence = self._session.log("scan", row.id, at=self._session.now(), after=after)
            self._db.insert(
                "scans",
                {
                    "id": row.id,
                    "sequence": sequence,
                    "at": row.at,
                    "head": row.head,
                    "fingerprint": row.fingerprint,
                    "hypotheses": row.hypotheses,
                    "observations": row.observations,
                    "limits": to_json([dict(limit) for limit in row.limits]),
                    "timings": to_json(row.timings),
                },
            )
        return row

    def latest(self) -> ScanRow | None:
        """Return the scan that was made last, by order and not by the clock."""
        found = self.list(limit=1)
        return found[0] if found else None

    def list(self, limit: int = 100) -> tuple[ScanRow, ...]:
        """Return scans, the newest first."""
        return tuple(map(_scan, self._db.rows("SELECT * FROM scans ORDER BY sequence DESC LIMIT ?", (limit,))))


@as_written
def _scan(row: sqlite3.Row) -> ScanRow:
    name = f"The scan {row['id']!r}"
    return ScanRow(
        id=row["id"],
        at=row["at"],
        head=row["head"],
        fingerprint=row["fingerprint"],
        hypotheses=row["hypotheses"],
        observations=row["observations"],
        limits=tuple(from_json(row["limits"], name)),
        timings=from_json(row["timings"], name),
    )
