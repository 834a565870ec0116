-- Which days of a source BigQuery was asked for, when, and the file that holds the answer.
CREATE TABLE asked (
  client   TEXT NOT NULL,
  source   TEXT NOT NULL,
  part     TEXT NOT NULL,                -- which of the source's tables of figures
  spans    TEXT NOT NULL CHECK (spans IN ('days', 'period')), -- its rows are of days, or of all of them together
  edition  TEXT NOT NULL,                -- of the statement, where people may change it
  from_day TEXT NOT NULL,
  to_day   TEXT NOT NULL,
  asked_at TEXT NOT NULL,                -- the last time; the file is of the first time that it said this
  figures  TEXT NOT NULL,                -- a hash of what was answered
  sha256   TEXT NOT NULL,                -- of the file
  path     TEXT NOT NULL,
  PRIMARY KEY (client, source, part, from_day, to_day)
) STRICT, WITHOUT ROWID;
