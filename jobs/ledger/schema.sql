-- The ledger: what was made, what was sent, to whom, and what came of it.
-- Instants are ISO texts in UTC with three decimals, so that they compare as text.

CREATE TABLE run (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL,
  report      TEXT NOT NULL,
  cadence     TEXT NOT NULL,
  period_from TEXT NOT NULL,
  period_to   TEXT NOT NULL,
  revision    INTEGER NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'rendered', 'done', 'skipped')),
  problem     TEXT,                      -- JSON {code, facts}: why it waits, is held or was skipped
  begun_at    TEXT NOT NULL,
  changed_at  TEXT NOT NULL,
  UNIQUE (client, report, cadence, period_from, revision)
) STRICT;

-- The figures of each sent report outlive its files.
CREATE TABLE figure (
  run      INTEGER NOT NULL REFERENCES run (id),
  kpi      TEXT NOT NULL,
  value    TEXT,                         -- an exact decimal; NULL is unknown
  unit     TEXT NOT NULL,
  currency TEXT,
  reason   TEXT,                         -- why it is NULL
  PRIMARY KEY (run, kpi)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
  id         INTEGER PRIMARY KEY,
  run        INTEGER NOT NULL REFERENCES run (id),
  audience   TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('held', 'ready')),
  problem    TEXT,
  subject    TEXT NOT NULL,
  message_id TEXT NOT NULL,
  sender     TEXT NOT NULL,              -- the envelope's sender
  path       TEXT NOT NULL,              -- of the stored bytes, below the mail folder of the state root
  sha256     TEXT NOT NULL,
  size       INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (run, audience)
) STRICT;

CREATE TABLE delivery (
  id          INTEGER PRIMARY KEY,
  message     INTEGER NOT NULL REFERENCES message (id),
  recipient   TEXT NOT NULL COLLATE NOCASE,
  state       TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'handed', 'accepted', 'unknown', 'failed', 'cancelled', 'bounced')),
  tries       INTEGER NOT NULL DEFAULT 0,
  next_at     TEXT NOT NULL,             -- not before, while queued
  owner       TEXT,                      -- the claim that may change this row; kept after it ended
  lease_until TEXT,
  code        INTEGER,                   -- the mail server's last answer
  response    TEXT,
  problem     TEXT,
  changed_at  TEXT NOT NULL,
  UNIQUE (message, recipient)
) STRICT;

CREATE INDEX delivery_open ON delivery (state, next_at) WHERE state IN ('queued', 'sending', 'handed');

-- One row per recipient and try, written before the try and closed after it.
CREATE TABLE attempt (
  id         INTEGER PRIMARY KEY,
  delivery   INTEGER NOT NULL REFERENCES delivery (id),
  owner      TEXT NOT NULL,
  started_at TEXT NOT NULL,
  handed_at  TEXT,
  ended_at   TEXT,
  outcome    TEXT,
  code       INTEGER,
  response   TEXT,
  UNIQUE (delivery, owner)
) STRICT;

-- In which order a client's files were first seen: decides between exports that do not say when they were made. What
-- could not be read of a file stays with it, since a file is read once and every report over it must say so.
CREATE TABLE seen (
  place   INTEGER PRIMARY KEY AUTOINCREMENT,
  client  TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  path    TEXT NOT NULL,
  source  TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  problems TEXT NOT NULL DEFAULT '[]',
  UNIQUE (client, sha256, path)
) STRICT;

-- Things that one process at a time may do, such as opening a client's warehouse.
CREATE TABLE lease (
  name  TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  until TEXT NOT NULL
) STRICT;
