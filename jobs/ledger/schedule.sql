-- Where the schedule stands, and which runs it has to bring to an end.

-- One row per report and cadence. All periods before `next_from` are dealt with; periods whose slots were before
-- `activated_at` are never made by themselves.
CREATE TABLE standing (
  client       TEXT NOT NULL,
  report       TEXT NOT NULL,
  cadence      TEXT NOT NULL,
  next_from    TEXT NOT NULL,
  activated_at TEXT NOT NULL,
  changed_at   TEXT NOT NULL,
  PRIMARY KEY (client, report, cadence)
) STRICT, WITHOUT ROWID;

-- The slot of a run that the schedule opened, and how far it has come with it.
CREATE TABLE slot (
  run       INTEGER PRIMARY KEY REFERENCES run (id),
  at        TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  tries     INTEGER NOT NULL DEFAULT 0,    -- since it last ended in order; counted before each try
  next_at   TEXT,                          -- when to look again although nothing has changed
  seen      TEXT                           -- a fingerprint of what lay in the inbox when it was last looked at
) STRICT;

-- Which exports a report lacked when that was looked at before its slot: said once, and so looked at once.
CREATE TABLE reminder (
  client      TEXT NOT NULL,
  report      TEXT NOT NULL,
  cadence     TEXT NOT NULL,
  period_from TEXT NOT NULL,
  slot        TEXT NOT NULL,
  problem     TEXT,                        -- JSON {code, facts}; NULL where nothing was lacking
  looked_at   TEXT NOT NULL,
  PRIMARY KEY (client, report, cadence, period_from)
) STRICT, WITHOUT ROWID;
