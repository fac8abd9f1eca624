-- What scans proposed, and what people said of it.

CREATE TABLE scans (
    id TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL UNIQUE REFERENCES audit (sequence),
    at TEXT NOT NULL,
    head TEXT,
    fingerprint TEXT NOT NULL,
    hypotheses INTEGER NOT NULL,
    observations INTEGER NOT NULL,
    limits TEXT NOT NULL CHECK (json_valid(limits)),
    timings TEXT NOT NULL CHECK (json_valid(timings))
) STRICT;
CREATE TRIGGER scans_are_never_changed BEFORE UPDATE ON scans
BEGIN SELECT RAISE(ABORT, 'a scan that was made is never changed'); END;

CREATE TABLE observations (
    id TEXT PRIMARY KEY,
    category TEXT,
    family TEXT,
    summary TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    scan_id TEXT NOT NULL REFERENCES scans (id)
) STRICT;

CREATE TABLE hypotheses (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    family TEXT NOT NULL,
    confidence REAL NOT NULL,
    worth REAL NOT NULL,
    rank INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    evidence_digest TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('open', 'confirmed', 'rejected', 'deferred')),
    decision_reason TEXT NOT NULL,
    decided_digest TEXT,           -- the evidence that was there when it was decided
    record_id TEXT REFERENCES records (id),
    scan_id TEXT NOT NULL REFERENCES scans (id),
    seen_at_head INTEGER NOT NULL CHECK (seen_at_head IN (0, 1)),
    CHECK (decision <> 'rejected' OR decision_reason <> '')
) STRICT;
CREATE INDEX hypotheses_by_decision ON hypotheses (decision, rank);
CREATE INDEX hypotheses_by_family ON hypotheses (family, rank);
CREATE TRIGGER hypotheses_are_never_deleted BEFORE DELETE ON hypotheses
BEGIN SELECT RAISE(ABORT, 'a hypothesis is remembered, not deleted'); END;

CREATE TABLE hypothesis_observations (
    hypothesis_id TEXT NOT NULL REFERENCES hypotheses (id),
    position INTEGER NOT NULL,
    observation_id TEXT NOT NULL REFERENCES observations (id),
    PRIMARY KEY (hypothesis_id, position)
) STRICT;
CREATE INDEX hypothesis_observations_by_observation ON hypothesis_observations (observation_id);

CREATE TABLE hypothesis_decisions (
    sequence INTEGER PRIMARY KEY REFERENCES audit (sequence),
    hypothesis_id TEXT NOT NULL REFERENCES hypotheses (id),
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    evidence_digest TEXT NOT NULL,
    record_id TEXT
) STRICT;
CREATE INDEX hypothesis_decisions_by_hypothesis ON hypothesis_decisions (hypothesis_id);
CREATE TRIGGER hypothesis_decisions_are_never_changed BEFORE UPDATE ON hypothesis_decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never changed; a later one follows it'); END;
CREATE TRIGGER hypothesis_decisions_are_never_deleted BEFORE DELETE ON hypothesis_decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;
