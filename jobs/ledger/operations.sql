-- What whoever runs the program has to know, and what has been erased.

-- One row a cause, for as long as it lasts; a cause that comes back opens its row anew.
CREATE TABLE notice (
  cause      TEXT PRIMARY KEY,           -- `delivery unknown 12`
  audience   TEXT NOT NULL CHECK (audience IN ('ops', 'ae')),
  client     TEXT,
  problem    TEXT NOT NULL,              -- JSON {code, facts}: what is told; it names no reader of a report
  once       INTEGER NOT NULL,           -- told once, and its end not at all
  first_seen TEXT NOT NULL,
  last_sent  TEXT,
  times      INTEGER NOT NULL DEFAULT 0,
  next_at    TEXT,                       -- not told before; NULL where there is nothing more to tell
  ended_at   TEXT,                       -- the cause is gone,
  closed_at  TEXT                        -- and that was told, or nothing had been
) STRICT, WITHOUT ROWID;

-- A ledger older than what it has already sent. Until a person has looked, nothing leaves.
CREATE TABLE restored (
  id          INTEGER PRIMARY KEY,
  source      TEXT,                      -- the backup; NULL where the ledger was found to be older than its marker
  found_at    TEXT NOT NULL,
  accepted_at TEXT,
  accepted_by TEXT
) STRICT;

-- When something last happened, such as a tick.
CREATE TABLE pulse (
  name TEXT PRIMARY KEY,
  at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- An erased message has no stored bytes any more; an erased delivery has a number in place of its address.
ALTER TABLE message ADD COLUMN erased_at TEXT;
ALTER TABLE delivery ADD COLUMN erased_at TEXT;

-- That something was erased, when and why: its own content is gone.
CREATE TABLE erasure (
  id        INTEGER PRIMARY KEY,
  client    TEXT NOT NULL,
  reason    TEXT NOT NULL CHECK (reason IN ('retention', 'command')),
  addresses INTEGER NOT NULL,
  mails     INTEGER NOT NULL,
  erased_at TEXT NOT NULL,
  erased_by TEXT
) STRICT;
