-- An export that waits for a person: it may be less than the platform made, would take figures away, or nobody has
-- confirmed yet what it is or whose it is. Accepted, it is loaded by the next run.
CREATE TABLE hold (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL,
  sha256      TEXT NOT NULL,
  path        TEXT NOT NULL,
  source      TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'loaded', 'gone')),
  problems    TEXT NOT NULL,             -- JSON: why
  confirms    TEXT NOT NULL,             -- JSON: subjects that accepting it confirms for all files to come
  opened_at   TEXT NOT NULL,
  changed_at  TEXT NOT NULL,
  accepted_by TEXT,
  UNIQUE (client, sha256, source)
) STRICT;

-- What a person has confirmed once: `format kakao_moment.report`, or that a client's files without an account are its own.
CREATE TABLE confirmed (
  subject      TEXT PRIMARY KEY,
  confirmed_by TEXT,
  confirmed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
