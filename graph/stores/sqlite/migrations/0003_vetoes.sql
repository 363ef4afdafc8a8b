-- Who must not be brought together, and what became of introductions.
CREATE TABLE not_with (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  why TEXT NOT NULL,
  until TEXT,
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
CREATE INDEX not_with_by_from_id ON not_with (from_id);
CREATE INDEX not_with_by_to_id ON not_with (to_id);
CREATE TABLE introduced_to (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  state TEXT NOT NULL,
  introduced_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  words TEXT NOT NULL,
  usefulness REAL,
  decided_by TEXT NOT NULL,
  decided_on TEXT,
  again_after TEXT,
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
CREATE INDEX introduced_to_by_from_id ON introduced_to (from_id);
CREATE INDEX introduced_to_by_to_id ON introduced_to (to_id);
