-- What can be searched: one row a record, question or answer. The full-text index over it is made where SQLite has FTS5.

CREATE TABLE searchable (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('record', 'question', 'answer')),
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, subject)
) STRICT;
