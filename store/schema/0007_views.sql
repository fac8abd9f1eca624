-- Plain names for people who open the file in Datasette or the sqlite3 shell; docs/data-model.md says what each one lists.

CREATE VIEW intent AS
SELECT r.id, r.version, r.state, r.title, r.family, r.severity, r.confidence,
       c.statement AS capability, t.statement AS threat, e.statement AS expectation, s.statement AS strategy, o.statement AS tradeoff,
       (SELECT group_concat(d.statement, char(10)) FROM record_evidence v JOIN evidence_definitions d ON d.id = v.definition_id
         WHERE v.record_id = r.id) AS evidence,
       (SELECT group_concat(g.pattern, char(10)) FROM record_scopes k JOIN globs g ON g.id = k.glob_id WHERE k.record_id = r.id) AS scope,
       r.superseded_by, v.actor_name AS changed_by, v.at AS changed_at, v.reason AS changed_because
FROM records r
JOIN record_versions v ON v.record_id = r.id AND v.version = r.version
LEFT JOIN capabilities c ON c.id = r.capability_id
LEFT JOIN threats t ON t.id = r.threat_id
LEFT JOIN expectations e ON e.id = r.expectation_id
LEFT JOIN strategies s ON s.id = r.strategy_id
LEFT JOIN tradeoffs o ON o.id = r.tradeoff_id;

CREATE VIEW intent_in_force AS SELECT * FROM intent WHERE state IN ('accepted', 'active');

CREATE VIEW intent_history AS
SELECT record_id, version, state, action, actor_kind, actor_name, at, reason, json_extract(body, '$.title') AS title
FROM record_versions ORDER BY record_id, version;

CREATE VIEW intent_evidence AS
SELECT v.record_id, r.title AS record_title, d.name, d.statement, d.kind, v.status, d.reference, v.waived_by, v.waived_why, v.waived_until
FROM record_evidence v JOIN evidence_definitions d ON d.id = v.definition_id JOIN records r ON r.id = v.record_id;

CREATE VIEW intent_relations AS
SELECT record_id, kind, target, note FROM relations
UNION ALL SELECT superseded_by, 'supersedes', id, '' FROM records WHERE superseded_by IS NOT NULL;

CREATE VIEW intent_scope AS
SELECT k.record_id, g.pattern, k.source FROM record_scopes k JOIN globs g ON g.id = k.glob_id;

CREATE VIEW open_hypotheses AS
SELECT id, title, family, confidence, rank, seen_at_head FROM hypotheses WHERE decision = 'open' ORDER BY rank;

CREATE VIEW decided_hypotheses AS
SELECT h.id, h.title, h.family, d.decision, d.reason, a.actor_name, a.at, d.record_id
FROM hypothesis_decisions d JOIN hypotheses h ON h.id = d.hypothesis_id JOIN audit a ON a.sequence = d.sequence;

CREATE VIEW questions_and_answers AS
SELECT i.id AS interview_id, i.mode, i.subject, q.question_id, q.facet, q.question, a.kind, a.answer, a.at
FROM answers a JOIN questions q ON q.id = a.question JOIN interviews i ON i.id = q.interview_id ORDER BY a.id;

CREATE VIEW brief_overview AS
SELECT b.id, b.slug, b.version, b.state, b.objective, b.created_by, b.created_at,
       (SELECT count(*) FROM brief_records r WHERE r.brief_id = b.id) AS records,
       (SELECT group_concat(a.kind || ' ' || a.digest, char(10)) FROM brief_artifacts a WHERE a.brief_id = b.id) AS artifacts
FROM briefs b;

CREATE VIEW audit_trail AS
SELECT sequence, at, actor_kind, actor_name, action, subject, reason, before_json, after_json FROM audit ORDER BY sequence;
