CREATE VIRTUAL TABLE search_index USING fts5 (title, body, content = 'searchable', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER searchable_inserted AFTER INSERT ON searchable
BEGIN INSERT INTO search_index (rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body); END;
CREATE TRIGGER searchable_deleted AFTER DELETE ON searchable
BEGIN INSERT INTO search_index (search_index, rowid, title, body) VALUES ('delete', OLD.id, OLD.title, OLD.body); END;
CREATE TRIGGER searchable_updated AFTER UPDATE ON searchable
BEGIN
    INSERT INTO search_index (search_index, rowid, title, body) VALUES ('delete', OLD.id, OLD.title, OLD.body);
    INSERT INTO search_index (rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body);
END;
