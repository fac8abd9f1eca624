"""Interviews, event by event; each one durable before the next question is shown."""

from __future__ import annotations

import sqlite3
from typing import Any

from store.errors import ConflictError, CorruptStoreError, NotFoundError, StoreError
from store.identity import canonical_json, digest_of_bytes
from store.interviews import AnswerKind, InterviewEvent, InterviewInfo, InterviewStatus, StoredAnswer
from store.session import Session, as_written, from_json
from store.tables.queries import search_ids

_LARGEST_EVENT = 16 * 1024 * 1024
_ANSWERS = "SELECT a.id, q.interview_id, q.question_id, q.facet, q.question, a.kind, a.answer, a.at FROM answers a JOIN questions q ON q.id = a.question"


class InterviewTable:
    """Keeps interviews as their events, and their answers in words."""

    def __init__(self, session: Session) -> None:
        """Work in a session."""
        self._session = session
        self._db = session.db

    def create(self, info: InterviewInfo, first_event_body: dict[str, Any]) -> InterviewEvent:
        """Keep a new interview with its first event (sequence 1). Raises ConflictError if the id is taken."""
        with self._db.transaction():
            after = {"mode": info.mode, "subject_kind": info.subject_kind, "subject": info.subject}
            sequence = self._session.log("interview.create", info.id, at=self._session.now(), after=after)
            self._db.insert("interviews", {**info.model_dump(mode="json"), "created_sequence": sequence})
            return self.append(info.id, first_event_body, expected_sequence=0)

    def append(self, interview_id: str, event_body: dict[str, Any], *, expected_sequence: int) -> InterviewEvent:
        """Keep the next event; it is durable when this returns.

        ``expected_sequence`` is the number of the last event that the caller knows. Raises ConflictError if there is a later one.
        """
        body = canonical_json(event_body)
        if len(body) > _LARGEST_EVENT:
            message = f"The answer is larger than {_LARGEST_EVENT // 2**20} MiB."
            raise StoreError(message, hint="Put long material into the repository and name its path.")
        with self._db.transaction():
            self.info(interview_id)
            last = self._db.value(
                "SELECT coalesce(max(sequence), 0) FROM interview_events WHERE interview_id = ?", (interview_id,)
            )
            if last != expected_sequence:
                message = f"The interview {interview_id!r} went on elsewhere: it has {last} events, and {expected_sequence} were expected."
                raise ConflictError(message, hint="Resume it to see what was answered; nothing was written.")
            at, digest = self._session.now(), digest_of_bytes(body)
            self._session.log("interview.event", interview_id, at=at, after={"sequence": last + 1, "digest": digest})
            self._db.insert(
                "interview_events",
                {"interview_id": interview_id, "sequence": last + 1, "at": at, "body": body.decode(), "digest": digest},
            )
            self._db.execute("UPDATE interviews SET updated_at = ? WHERE id = ?", (at, interview_id))
        return InterviewEvent(interview_id=interview_id, sequence=last + 1, at=at, body=event_body)

    def events(self, interview_id: str) -> tuple[InterviewEvent, ...]:
        """Return all events in their order. Raises NotFoundError, or CorruptStoreError if one is not what was written."""
        self.info(interview_id)
        rows = self._db.rows("SELECT * FROM interview_events WHERE interview_id = ? ORDER BY sequence", (interview_id,))
        return tuple(map(_event, rows))

    def info(self, interview_id: str) -> InterviewInfo:
        """Return an interview without its events. Raises NotFoundError."""
        row = self._db.row("SELECT * FROM interviews WHERE id = ?", (interview_id,))
        if row is None:
            message = f"There is no interview {interview_id!r}."
            raise NotFoundError(message, hint="`alloy interview --resume` without an id lists those that are open.")
        return _info(row)

    def list(self, status: InterviewStatus | None = None) -> tuple[InterviewInfo, ...]:
        """Return interviews, the newest first."""
        where = "" if status is None else "WHERE status = :status "
        sql = f"SELECT * FROM interviews {where}ORDER BY created_sequence DESC"  # noqa: S608 - constant parts
        return tuple(map(_info, self._db.rows(sql, {"status": status})))

    def set_status(self, interview_id: str, status: InterviewStatus, record_id: str | None = None) -> InterviewInfo:
        """Say where an interview stands, and which record came of it. Raises NotFoundError."""
        with self._db.transaction():
            before = self.info(interview_id)
            record = record_id if record_id is not None else before.record_id
            if record is not None and self._db.value("SELECT 1 FROM records WHERE id = ?", (record,)) is None:
                message = f"There is no record {record!r} that the interview could have led to."
                raise NotFoundError(message)
            at = self._session.now()
            self._session.log(
                "interview.status",
                interview_id,
                at=at,
                before={"status": str(before.status), "record_id": before.record_id},
                after={"status": str(status), "record_id": record},
            )
            self._db.execute(
                "UPDATE interviews SET status = ?, record_id = ?, updated_at = ? WHERE id = ?",
                (str(status), record, at, interview_id),
            )
            return self.info(interview_id)

    def save_answer(self, answer: StoredAnswer) -> None:
        """Keep an answer and its question in the words in which they were given; a later one to the same question takes its place."""
        with self._db.transaction():
            self.info(answer.interview_id)
            question = self._question(answer)
            row = self._db.insert(
                "answers",
                {
                    "question": question,
                    "kind": str(answer.kind),
                    "answer": answer.answer,
                    "at": answer.at or self._session.now(),
                },
            )
            self._db.execute(
                "INSERT INTO searchable (kind, subject, title, body) VALUES ('answer', ?, ?, ?)",
                (f"{answer.interview_id}/{row}", answer.question, answer.answer),
            )

    def answers(self, interview_id: str) -> tuple[StoredAnswer, ...]:
        """Return the answer that holds for each question, in the order in which they were given."""
        latest: dict[str, StoredAnswer] = {}
        for row in self._db.rows(f"{_ANSWERS} WHERE q.interview_id = ? ORDER BY a.id", (interview_id,)):
            latest.pop(row["question_id"], None)
            latest[row["question_id"]] = _answer(row)
        return tuple(latest.values())

    def asked_before(self, subject: str) -> tuple[StoredAnswer, ...]:
        """Return the answers that hold from every interview about a subject, the oldest first."""
        rows = self._db.rows("SELECT id FROM interviews WHERE subject = ? ORDER BY created_sequence", (subject,))
        return tuple(answer for row in rows for answer in self.answers(row["id"]))

    def search(self, text: str, limit: int = 50) -> tuple[StoredAnswer, ...]:
        """Return answers that hold all the words, in the question or the answer, best first; earlier ones that were replaced too."""
        rows = (subject.rpartition("/")[2] for subject in search_ids(self._db, text, ("answer",), limit))
        return tuple(
            _answer(row) for number in rows for row in self._db.rows(f"{_ANSWERS} WHERE a.id = ?", (int(number),))
        )

    def _question(self, answer: StoredAnswer) -> int:
        known = self._db.value(
            "SELECT id FROM questions WHERE interview_id = ? AND question_id = ? AND facet IS ? AND question = ?",
            (answer.interview_id, answer.question_id, answer.facet, answer.question),
        )
        if known is not None:
            return int(known)
        return self._db.insert(
            "questions",
            {
                "interview_id": answer.interview_id,
                "question_id": answer.question_id,
                "facet": answer.facet,
                "question": answer.question,
            },
        )


def _event(row: sqlite3.Row) -> InterviewEvent:
    name = f"Event {row['sequence']} of the interview {row['interview_id']!r}"
    if digest_of_bytes(row["body"].encode()) != row["digest"]:
        message = f"{name} is damaged: its bytes are not those that were written."
        raise CorruptStoreError(message, hint="Restore the newest backup.")
    return InterviewEvent(
        interview_id=row["interview_id"], sequence=row["sequence"], at=row["at"], body=from_json(row["body"], name)
    )


@as_written
def _info(row: sqlite3.Row) -> InterviewInfo:
    return InterviewInfo(
        id=row["id"],
        mode=row["mode"],
        subject_kind=row["subject_kind"],
        subject=row["subject"],
        title=row["title"],
        status=InterviewStatus(row["status"]),
        started_at=row["started_at"],
        updated_at=row["updated_at"],
        head=row["head"],
        record_id=row["record_id"],
    )


@as_written
def _answer(row: sqlite3.Row) -> StoredAnswer:
    return StoredAnswer(
        interview_id=row["interview_id"],
        question_id=row["question_id"],
        facet=row["facet"],
        question=row["question"],
        kind=AnswerKind(row["kind"]),
        answer=row["answer"],
        at=row["at"],
    )
