-- What collective impact needs: signatures, values, contacts; and reports with their schedules.
CREATE TABLE signed (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  role TEXT NOT NULL,
  signed_on TEXT,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  basis TEXT NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX signed_by_from_id ON signed (from_id);
CREATE INDEX signed_by_to_id ON signed (to_id);
CREATE TABLE measured (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  measured_on TEXT NOT NULL,
  value REAL NOT NULL,
  note TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  basis TEXT NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX measured_by_from_id ON measured (from_id);
CREATE INDEX measured_by_to_id ON measured (to_id);
CREATE TABLE in_touch_with (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  happened_on TEXT NOT NULL,
  how TEXT NOT NULL,
  note TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  basis TEXT NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX in_touch_with_by_from_id ON in_touch_with (from_id);
CREATE INDEX in_touch_with_by_to_id ON in_touch_with (to_id);
CREATE TABLE report_content (
  id TEXT PRIMARY KEY NOT NULL,
  content TEXT NOT NULL
);
CREATE TABLE stored_report (
  id TEXT PRIMARY KEY NOT NULL,
  title TEXT NOT NULL,
  schedule_id TEXT NOT NULL,
  period_start TEXT NOT NULL,
  period_end TEXT NOT NULL,
  as_of TEXT NOT NULL,
  network_version INTEGER NOT NULL,
  network_hash TEXT NOT NULL,
  made_at_version INTEGER NOT NULL,
  content_id TEXT NOT NULL,
  public_content_id TEXT NOT NULL,
  previous_id TEXT NOT NULL,
  replaces_id TEXT NOT NULL,
  settings TEXT NOT NULL,
  words TEXT NOT NULL,
  state TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_on TEXT NOT NULL,
  locked_by TEXT NOT NULL,
  locked_on TEXT,
  published_by TEXT NOT NULL,
  published_on TEXT
);
CREATE TABLE report_schedule (
  id TEXT PRIMARY KEY NOT NULL,
  title TEXT NOT NULL,
  frequency TEXT NOT NULL,
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  zone TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  settings TEXT NOT NULL,
  recipients TEXT NOT NULL,
  coordinators TEXT NOT NULL,
  publishes INTEGER NOT NULL,
  is_paused INTEGER NOT NULL,
  failed_period TEXT NOT NULL,
  failed_attempts INTEGER NOT NULL,
  next_try_at TEXT NOT NULL,
  failure TEXT NOT NULL
);
CREATE TABLE message (
  id TEXT PRIMARY KEY NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  report_id TEXT NOT NULL,
  schedule_id TEXT NOT NULL,
  is_notice INTEGER NOT NULL,
  queued_at TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_try_at TEXT NOT NULL,
  sent_at TEXT NOT NULL,
  failure TEXT NOT NULL
);
