-- The change feed: what was written, changed or taken away, for all who derive something from it.
-- transaction_number is 0 on SQLite, whose writer is alone; on PostgreSQL it tells which rows may still be overtaken.

CREATE TABLE change (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  transaction_number BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX change_site ON change (site_id, id);
CREATE INDEX change_age ON change (changed_at);

CREATE TABLE change_reader (
  name TEXT PRIMARY KEY,
  change_id BIGINT NOT NULL,
  read_at BIGINT NOT NULL
);
