-- What persons decide about mail that does not simply arrive.

-- As config said when the message was made: what an unknown outcome leads to, and who has to approve.
ALTER TABLE message ADD COLUMN on_unknown TEXT NOT NULL DEFAULT 'hold' CHECK (on_unknown IN ('hold', 'resend_once'));
ALTER TABLE message ADD COLUMN approver TEXT;

-- When the present row of tries began: after a day without success it ends.
ALTER TABLE delivery ADD COLUMN since TEXT;
-- How often it was queued again although the reader may have it.
ALTER TABLE delivery ADD COLUMN repeats INTEGER NOT NULL DEFAULT 0;

-- A fingerprint of what the report says: a correction that says the same is none.
ALTER TABLE run ADD COLUMN content TEXT;

-- Who decided what, when, and over which bytes. An approval counts only for the bytes that it names.
CREATE TABLE decision (
  id         INTEGER PRIMARY KEY,
  message    INTEGER NOT NULL REFERENCES message (id),
  delivery   INTEGER REFERENCES delivery (id),
  kind       TEXT NOT NULL CHECK (kind IN ('approve', 'hold', 'sent', 'resend')),
  sha256     TEXT NOT NULL,
  decided_by TEXT,
  decided_at TEXT NOT NULL
) STRICT;
CREATE INDEX decision_message ON decision (message, kind);
