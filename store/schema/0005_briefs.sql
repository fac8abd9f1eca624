-- Artifacts (immutable, content-addressed) and the briefs that they belong to.

CREATE TABLE artifacts (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    schema_version TEXT NOT NULL,
    bytes_sha256 TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at TEXT NOT NULL,
    sequence INTEGER NOT NULL UNIQUE REFERENCES audit (sequence)
) STRICT;
CREATE INDEX artifacts_by_kind ON artifacts (kind, sequence);
CREATE TRIGGER artifacts_are_never_changed BEFORE UPDATE ON artifacts
BEGIN SELECT RAISE(ABORT, 'an artifact is never changed'); END;
CREATE TRIGGER artifacts_are_never_deleted BEFORE DELETE ON artifacts
BEGIN SELECT RAISE(ABORT, 'an artifact is never deleted'); END;

CREATE TABLE briefs (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL CHECK (version >= 1),
    slug TEXT NOT NULL,
    objective TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'reviewable', 'approved', 'compiled', 'queued', 'accepted', 'executing', 'completed', 'analyzed', 'archived')),
    selection TEXT NOT NULL CHECK (json_valid(selection)),
    approval TEXT CHECK (approval IS NULL OR json_valid(approval)),
    snapshot TEXT CHECK (snapshot IS NULL OR json_valid(snapshot)),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    changed_sequence INTEGER NOT NULL REFERENCES audit (sequence)
) STRICT;
CREATE INDEX briefs_by_state ON briefs (state);
CREATE INDEX briefs_by_slug ON briefs (slug, version);
CREATE TRIGGER briefs_are_never_deleted BEFORE DELETE ON briefs
BEGIN SELECT RAISE(ABORT, 'a brief is never deleted'); END;
CREATE TRIGGER compiled_briefs_keep_their_content BEFORE UPDATE ON briefs
WHEN OLD.state NOT IN ('draft', 'reviewable', 'approved')
 AND (NEW.objective <> OLD.objective OR NEW.selection <> OLD.selection OR NEW.snapshot IS NOT OLD.snapshot
      OR NEW.version <> OLD.version OR NEW.state IN ('draft', 'reviewable', 'approved'))
BEGIN SELECT RAISE(ABORT, 'nothing after compiled changes the content of a brief'); END;

CREATE TABLE brief_revisions (
    brief_id TEXT NOT NULL REFERENCES briefs (id) DEFERRABLE INITIALLY DEFERRED,
    sequence INTEGER NOT NULL REFERENCES audit (sequence),
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (brief_id, sequence)
) STRICT;
CREATE TRIGGER brief_revisions_are_never_changed BEFORE UPDATE ON brief_revisions
BEGIN SELECT RAISE(ABORT, 'a revision of a brief is never changed'); END;
CREATE TRIGGER brief_revisions_are_never_deleted BEFORE DELETE ON brief_revisions
BEGIN SELECT RAISE(ABORT, 'a revision of a brief is never deleted'); END;

CREATE TABLE brief_artifacts (
    brief_id TEXT NOT NULL REFERENCES briefs (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES artifacts (digest),
    PRIMARY KEY (brief_id, kind)
) STRICT;
CREATE INDEX brief_artifacts_by_digest ON brief_artifacts (digest);

CREATE TABLE brief_records (
    brief_id TEXT NOT NULL REFERENCES briefs (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    record_id TEXT NOT NULL REFERENCES records (id),
    PRIMARY KEY (brief_id, position)
) STRICT;
CREATE INDEX brief_records_by_record ON brief_records (record_id);
