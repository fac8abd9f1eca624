-- Interviews as their events, and the questions and answers in the words in which they were given.

CREATE TABLE interviews (
    id TEXT PRIMARY KEY,
    mode TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'paused', 'finished', 'abandoned')),
    started_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    head TEXT,
    record_id TEXT REFERENCES records (id),
    created_sequence INTEGER NOT NULL REFERENCES audit (sequence)
) STRICT;
CREATE INDEX interviews_by_subject ON interviews (subject);
CREATE INDEX interviews_by_status ON interviews (status);
CREATE TRIGGER interviews_are_never_deleted BEFORE DELETE ON interviews
BEGIN SELECT RAISE(ABORT, 'an interview is never deleted'); END;

CREATE TABLE interview_events (
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    at TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    digest TEXT NOT NULL,
    PRIMARY KEY (interview_id, sequence)
) STRICT;
CREATE TRIGGER interview_events_are_never_changed BEFORE UPDATE ON interview_events
BEGIN SELECT RAISE(ABORT, 'an interview event is never changed'); END;
CREATE TRIGGER interview_events_are_never_deleted BEFORE DELETE ON interview_events
BEGIN SELECT RAISE(ABORT, 'an interview event is never deleted'); END;
CREATE TRIGGER interview_events_count_up BEFORE INSERT ON interview_events
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM interview_events WHERE interview_id = NEW.interview_id)
BEGIN SELECT RAISE(ABORT, 'events of an interview count up by one'); END;

CREATE TABLE questions (
    id INTEGER PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interviews (id),
    question_id TEXT NOT NULL,
    facet TEXT,
    question TEXT NOT NULL
) STRICT;
CREATE INDEX questions_by_interview ON questions (interview_id, question_id);

CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    question INTEGER NOT NULL REFERENCES questions (id),
    kind TEXT NOT NULL CHECK (kind IN ('answered', 'deferred', 'declined', 'not_known')),
    answer TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX answers_by_question ON answers (question);
CREATE TRIGGER answers_are_never_changed BEFORE UPDATE ON answers
BEGIN SELECT RAISE(ABORT, 'an answer is never changed; a later one follows it'); END;
CREATE TRIGGER answers_are_never_deleted BEFORE DELETE ON answers
BEGIN SELECT RAISE(ABORT, 'an answer is never deleted'); END;
