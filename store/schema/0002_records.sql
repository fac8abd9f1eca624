-- Engineering Intent Records: every version for ever, the current one in columns, and the facets that records share.

CREATE TABLE record_versions (
    record_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    sequence INTEGER NOT NULL UNIQUE REFERENCES audit (sequence),
    state TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    digest TEXT NOT NULL,          -- sha256 of the bytes of body
    content_digest TEXT NOT NULL,  -- of what it says, whatever its version number: equal in two stores for equal content
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (record_id, version)
) STRICT;
CREATE TRIGGER record_versions_are_never_changed BEFORE UPDATE ON record_versions
BEGIN SELECT RAISE(ABORT, 'a version of a record is never changed'); END;
CREATE TRIGGER record_versions_are_never_deleted BEFORE DELETE ON record_versions
BEGIN SELECT RAISE(ABORT, 'a version of a record is never deleted'); END;
CREATE TRIGGER record_versions_count_up BEFORE INSERT ON record_versions
WHEN NEW.version <> (SELECT coalesce(max(version), 0) + 1 FROM record_versions WHERE record_id = NEW.record_id)
BEGIN SELECT RAISE(ABORT, 'versions of a record count up by one'); END;

CREATE TABLE capabilities (id TEXT PRIMARY KEY, statement TEXT NOT NULL) STRICT;
CREATE TABLE threats (id TEXT PRIMARY KEY, statement TEXT NOT NULL) STRICT;
CREATE TABLE expectations (id TEXT PRIMARY KEY, statement TEXT NOT NULL) STRICT;
CREATE TABLE strategies (id TEXT PRIMARY KEY, statement TEXT NOT NULL) STRICT;
CREATE TABLE tradeoffs (id TEXT PRIMARY KEY, statement TEXT NOT NULL) STRICT;

CREATE TABLE evidence_definitions (
    id TEXT PRIMARY KEY,           -- made from the content, so that the same definition is kept once
    name TEXT NOT NULL,
    statement TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('check', 'gate', 'test', 'command', 'review')),
    check_json TEXT CHECK (check_json IS NULL OR json_valid(check_json)),
    reference TEXT,
    command_json TEXT NOT NULL CHECK (json_valid(command_json))
) STRICT;

CREATE TABLE records (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id),
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('hypothesized', 'proposed', 'accepted', 'active', 'deprecated', 'contradicted', 'superseded')),
    title TEXT NOT NULL,
    family TEXT,
    severity TEXT NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
    confidence REAL,
    capability_id TEXT REFERENCES capabilities (id),
    threat_id TEXT REFERENCES threats (id),
    expectation_id TEXT REFERENCES expectations (id),
    strategy_id TEXT REFERENCES strategies (id),
    tradeoff_id TEXT REFERENCES tradeoffs (id),
    origin_kind TEXT NOT NULL,
    hypothesis_id TEXT,
    interview_id TEXT,
    superseded_by TEXT REFERENCES records (id) DEFERRABLE INITIALLY DEFERRED,
    created_sequence INTEGER NOT NULL REFERENCES audit (sequence),
    changed_sequence INTEGER NOT NULL REFERENCES audit (sequence),
    FOREIGN KEY (id, version) REFERENCES record_versions (record_id, version),
    CHECK ((state = 'superseded') = (superseded_by IS NOT NULL))
) STRICT;
CREATE INDEX records_by_state ON records (state, id);
CREATE INDEX records_by_family ON records (family, id);
CREATE INDEX records_by_capability ON records (capability_id, id);
CREATE INDEX records_by_threat ON records (threat_id, id);
CREATE INDEX records_by_expectation ON records (expectation_id, id);
CREATE INDEX records_by_strategy ON records (strategy_id, id);
CREATE INDEX records_by_tradeoff ON records (tradeoff_id, id);
CREATE INDEX records_by_successor ON records (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE TRIGGER records_are_never_deleted BEFORE DELETE ON records
BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END;
CREATE TRIGGER records_keep_their_identity BEFORE UPDATE ON records
WHEN NEW.id <> OLD.id OR NEW.created_sequence <> OLD.created_sequence OR NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'a record keeps its id, and each change is the next version'); END;
CREATE TRIGGER records_never_return BEFORE UPDATE ON records
WHEN (OLD.state = 'superseded' AND NEW.state <> 'superseded')
  OR (OLD.state IN ('deprecated', 'contradicted') AND NEW.state IN ('hypothesized', 'proposed', 'accepted', 'active'))
  OR (OLD.state IN ('accepted', 'active') AND NEW.state IN ('hypothesized', 'proposed'))
BEGIN SELECT RAISE(ABORT, 'a record does not go back to an earlier state'); END;

CREATE TABLE record_evidence (
    record_id TEXT NOT NULL REFERENCES records (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    definition_id TEXT NOT NULL REFERENCES evidence_definitions (id),
    status TEXT NOT NULL CHECK (status IN ('proposed', 'required', 'passing', 'failing', 'waived', 'obsolete', 'unknown')),
    waived_by TEXT,
    waived_why TEXT,
    waived_until TEXT,
    PRIMARY KEY (record_id, position),
    CHECK (status <> 'waived' OR (waived_by <> '' AND waived_why <> ''))
) STRICT;
CREATE INDEX record_evidence_by_definition ON record_evidence (definition_id);
CREATE INDEX record_evidence_by_status ON record_evidence (status, record_id);

CREATE TABLE relations (
    record_id TEXT NOT NULL REFERENCES records (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('supports', 'conflicts_with', 'supersedes', 'refines', 'depends_on', 'constrains', 'applies_to')),
    target TEXT NOT NULL,
    target_record TEXT REFERENCES records (id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL,
    PRIMARY KEY (record_id, position),
    CHECK ((kind = 'applies_to') = (target_record IS NULL))
) STRICT;
CREATE INDEX relations_by_target ON relations (target_record, kind) WHERE target_record IS NOT NULL;
CREATE INDEX relations_by_kind ON relations (kind, record_id);

-- Patterns of paths are kept once; `prefix` is the folder before the first wildcard, by which a path finds its candidates.
CREATE TABLE globs (
    id INTEGER PRIMARY KEY,
    pattern TEXT NOT NULL UNIQUE,
    prefix TEXT NOT NULL
) STRICT;
CREATE INDEX globs_by_prefix ON globs (prefix);
CREATE TABLE record_scopes (
    record_id TEXT NOT NULL REFERENCES records (id) DEFERRABLE INITIALLY DEFERRED,
    source TEXT NOT NULL CHECK (source IN ('scope', 'applies_to')),
    position INTEGER NOT NULL,
    glob_id INTEGER NOT NULL REFERENCES globs (id),
    PRIMARY KEY (record_id, source, position)
) STRICT;
CREATE INDEX record_scopes_by_glob ON record_scopes (glob_id, record_id);

CREATE TABLE citations (
    record_id TEXT NOT NULL REFERENCES records (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('code', 'commit', 'gate', 'test', 'interview', 'document')),
    path TEXT,
    start_line INTEGER,
    end_line INTEGER,
    commit_id TEXT,
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (record_id, position)
) STRICT;
CREATE INDEX citations_by_path ON citations (path) WHERE path IS NOT NULL;
