"""Hypotheses as scans propose them, with the decisions of people, which scans never undo without new evidence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from store.errors import NotFoundError
from store.identity import digest_of
from store.interviews import HypothesisDecision, StoredHypothesis
from store.lifecycle import check_decision
from store.runs import ScanRow
from store.session import Session, as_written, from_json, to_json
from store.tables.prefixes import ids_that_start, only_one
from store.tables.scans import ScanTable


class HypothesisTable:
    """Keeps what scans propose and what people say of it."""

    def __init__(self, session: Session, scans: ScanTable) -> None:
        """Work in a session."""
        self._session = session
        self._db = session.db
        self._scans = scans

    def sync(self, scan: ScanRow, items: Iterable[StoredHypothesis]) -> None:
        """Keep a scan and what it proposes.

        Decisions stay; a rejected hypothesis is opened again only where its evidence is not what it was when it was rejected.
        What the scan did not propose is kept and marked as not seen at HEAD.
        """
        with self._db.transaction():
            self._scans.add(scan)
            self._db.execute("UPDATE hypotheses SET seen_at_head = 0 WHERE seen_at_head = 1")
            for item in items:
                self._keep(item, scan.id)

    def find(self, hypothesis_id: str) -> StoredHypothesis | None:
        """Return a hypothesis, or None."""
        found = self._load("WHERE id = :id", {"id": hypothesis_id})
        return found[0] if found else None

    def get(self, hypothesis_id: str) -> StoredHypothesis:
        """Return a hypothesis. Raises NotFoundError."""
        found = self.find(hypothesis_id)
        if found is None:
            message = f"There is no hypothesis {hypothesis_id!r}."
            raise NotFoundError(
                message, hint="`alloy hypothesis list` shows what there is; `alloy scan` looks for more."
            )
        return found

    def resolve(self, text: str) -> str:
        """Return the id that is, or uniquely starts with, the text. Raises NotFoundError or AmbiguousIdError."""
        hint = "`alloy hypothesis list` shows what there is; `alloy scan` looks for more."
        return only_one(ids_that_start(self._db, "hypotheses", text), text, "hypothesis", hint)

    def list(
        self, decision: HypothesisDecision | None = None, family: str | None = None
    ) -> tuple[StoredHypothesis, ...]:
        """Return hypotheses in the order in which the last scan ranked them; those that it did not see come last."""
        conditions = [
            text
            for value, text in ((decision, "decision = :decision"), (family, "family = :family"))
            if value is not None
        ]
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        return self._load(where, {"decision": None if decision is None else str(decision), "family": family})

    def decide(
        self, hypothesis_id: str, decision: HypothesisDecision, reason: str = "", record_id: str | None = None
    ) -> StoredHypothesis:
        """Keep what a person says of a hypothesis. Raises NotFoundError or IllegalTransitionError."""
        with self._db.transaction():
            before = self.get(hypothesis_id)
            check_decision(before.decision, decision, self._session.actor, reason)
            self._decide(
                before,
                decision,
                reason,
                record_id if record_id is not None else before.record_id,
                before.evidence_digest,
            )
            return self.get(hypothesis_id)

    def _keep(self, item: StoredHypothesis, scan_id: str) -> None:
        before = self._db.row("SELECT decision, decided_digest FROM hypotheses WHERE id = ?", (item.id,))
        values = {
            "id": item.id,
            "title": item.title,
            "family": item.family,
            "confidence": item.confidence,
            "worth": item.worth,
            "rank": item.rank,
            "body": to_json(item.body),
            "evidence_digest": item.evidence_digest,
            "scan_id": scan_id,
            "seen_at_head": 1,
        }
        if before is None:
            self._db.insert("hypotheses", {**values, "decision": "open", "decision_reason": ""})
        else:
            columns = ", ".join(f"{name} = :{name}" for name in values if name != "id")
            self._db.execute(f"UPDATE hypotheses SET {columns} WHERE id = :id", values)  # noqa: S608 - names of columns
            self._db.execute("DELETE FROM hypothesis_observations WHERE hypothesis_id = ?", (item.id,))
        for position, body in enumerate(item.observations):
            self._keep_observation(item.id, position, body, scan_id)
        if (
            before is not None
            and before["decision"] == HypothesisDecision.REJECTED
            and before["decided_digest"] != item.evidence_digest
        ):
            reopened = self.get(item.id)
            self._decide(
                reopened,
                HypothesisDecision.OPEN,
                "its evidence has changed since it was rejected",
                reopened.record_id,
                item.evidence_digest,
            )

    def _keep_observation(self, hypothesis_id: str, position: int, body: dict[str, Any], scan_id: str) -> None:
        identity = body.get("id") if isinstance(body.get("id"), str) else None
        values = {
            "id": identity or f"observation-{digest_of(body)[7:19]}",
            "category": _text(body.get("category")),
            "family": _text(body.get("family")),
            "summary": _text(body.get("summary")) or "",
            "body": to_json(body),
            "scan_id": scan_id,
        }
        columns = ", ".join(values)
        self._db.execute(
            f"INSERT INTO observations ({columns}) VALUES ({', '.join(':' + name for name in values)}) "  # noqa: S608 - names of columns
            "ON CONFLICT (id) DO UPDATE SET category = excluded.category, family = excluded.family, summary = excluded.summary, "
            "body = excluded.body, scan_id = excluded.scan_id",
            values,
        )
        self._db.execute(
            "INSERT INTO hypothesis_observations (hypothesis_id, position, observation_id) VALUES (?, ?, ?)",
            (hypothesis_id, position, values["id"]),
        )

    def _decide(
        self, before: StoredHypothesis, decision: HypothesisDecision, reason: str, record_id: str | None, digest: str
    ) -> None:
        sequence = self._session.log(
            f"hypothesis.{'reopened' if decision is HypothesisDecision.OPEN else decision}",
            before.id,
            at=self._session.now(),
            reason=reason,
            before={"decision": str(before.decision), "record_id": before.record_id},
            after={"decision": str(decision), "record_id": record_id, "evidence_digest": digest},
        )
        self._db.execute(
            "UPDATE hypotheses SET decision = ?, decision_reason = ?, decided_digest = ?, record_id = ? WHERE id = ?",
            (str(decision), reason, digest, record_id, before.id),
        )
        self._db.insert(
            "hypothesis_decisions",
            {
                "sequence": sequence,
                "hypothesis_id": before.id,
                "decision": str(decision),
                "reason": reason,
                "evidence_digest": digest,
                "record_id": record_id,
            },
        )

    def _load(self, where: str, parameters: dict[str, Any]) -> tuple[StoredHypothesis, ...]:
        rows = self._db.rows(f"SELECT * FROM hypotheses {where} ORDER BY seen_at_head DESC, rank, id", parameters)  # noqa: S608
        links_sql = (
            "SELECT l.hypothesis_id, o.body FROM hypothesis_observations l JOIN observations o ON o.id = l.observation_id "  # noqa: S608
            f"WHERE l.hypothesis_id IN (SELECT id FROM hypotheses {where}) ORDER BY l.hypothesis_id, l.position"
        )
        links = self._db.rows(links_sql, parameters)
        observations: dict[str, list[dict[str, Any]]] = {}
        for link in links:
            observations.setdefault(link["hypothesis_id"], []).append(
                from_json(link["body"], f"An observation of {link['hypothesis_id']!r}")
            )
        return tuple(_hypothesis(row, tuple(observations.get(row["id"], ()))) for row in rows)


@as_written
def _hypothesis(row: sqlite3.Row, observations: tuple[dict[str, Any], ...]) -> StoredHypothesis:
    return StoredHypothesis(
        id=row["id"],
        title=row["title"],
        family=row["family"],
        confidence=row["confidence"],
        worth=row["worth"],
        rank=row["rank"],
        body=from_json(row["body"], f"The hypothesis {row['id']!r}"),
        observations=observations,
        evidence_digest=row["evidence_digest"],
        decision=HypothesisDecision(row["decision"]),
        decision_reason=row["decision_reason"],
        record_id=row["record_id"],
        scan_id=row["scan_id"],
        seen_at_head=bool(row["seen_at_head"]),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
