-- What BigQuery has billed the questions about a client for, ever.
CREATE TABLE billed (
  client TEXT PRIMARY KEY,
  bytes  INTEGER NOT NULL,
  at     TEXT NOT NULL                   -- when it last grew
) STRICT, WITHOUT ROWID;
