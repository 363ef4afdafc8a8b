-- One table a kind of record; node and external_id find things; audit is append-only.
CREATE TABLE network (
  version INTEGER NOT NULL
);
INSERT INTO network (version) VALUES (0);
CREATE TABLE node (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE external_id (
  kind TEXT NOT NULL,
  external_id TEXT NOT NULL,
  node_id TEXT NOT NULL,
  PRIMARY KEY (kind, external_id),
  FOREIGN KEY (node_id) REFERENCES node (id)
) WITHOUT ROWID;
CREATE INDEX external_id_by_node ON external_id (node_id);
CREATE TABLE audit (
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  import_id TEXT NOT NULL,
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (version, position)
) WITHOUT ROWID;
CREATE INDEX audit_by_import ON audit (import_id);
CREATE TABLE organisation (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  external_ids TEXT NOT NULL,
  other_names TEXT NOT NULL,
  description TEXT NOT NULL,
  organisation_type TEXT NOT NULL,
  income REAL,
  website TEXT NOT NULL,
  postcode TEXT NOT NULL,
  closed_on TEXT,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (id) REFERENCES node (id)
);
CREATE TABLE skill (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  external_ids TEXT NOT NULL,
  other_names TEXT NOT NULL,
  description TEXT NOT NULL,
  parent_id TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (id) REFERENCES node (id)
);
CREATE TABLE project (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  external_ids TEXT NOT NULL,
  description TEXT NOT NULL,
  programme TEXT NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (id) REFERENCES node (id)
);
CREATE TABLE theme (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  external_ids TEXT NOT NULL,
  other_names TEXT NOT NULL,
  description TEXT NOT NULL,
  parent_id TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (id) REFERENCES node (id)
);
CREATE TABLE place (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  external_ids TEXT NOT NULL,
  other_names TEXT NOT NULL,
  place_type TEXT NOT NULL,
  parent_id TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (id) REFERENCES node (id)
);
CREATE TABLE community (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  external_ids TEXT NOT NULL,
  other_names TEXT NOT NULL,
  description TEXT NOT NULL,
  parent_id TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (id) REFERENCES node (id)
);
CREATE TABLE goal (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  external_ids TEXT NOT NULL,
  description TEXT NOT NULL,
  due_on TEXT,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (id) REFERENCES node (id)
);
CREATE TABLE measure (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  external_ids TEXT NOT NULL,
  description TEXT NOT NULL,
  unit TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (id) REFERENCES node (id)
);
CREATE TABLE offers (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  level INTEGER NOT NULL,
  capacity REAL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX offers_by_from_id ON offers (from_id);
CREATE INDEX offers_by_to_id ON offers (to_id);
CREATE TABLE needs (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  urgency INTEGER NOT NULL,
  until TEXT,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX needs_by_from_id ON needs (from_id);
CREATE INDEX needs_by_to_id ON needs (to_id);
CREATE TABLE works_in (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX works_in_by_from_id ON works_in (from_id);
CREATE INDEX works_in_by_to_id ON works_in (to_id);
CREATE TABLE based_in (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX based_in_by_from_id ON based_in (from_id);
CREATE INDEX based_in_by_to_id ON based_in (to_id);
CREATE TABLE works_on (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX works_on_by_from_id ON works_on (from_id);
CREATE INDEX works_on_by_to_id ON works_on (to_id);
CREATE TABLE serves (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX serves_by_from_id ON serves (from_id);
CREATE INDEX serves_by_to_id ON serves (to_id);
CREATE TABLE takes_part_in (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  role TEXT NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX takes_part_in_by_from_id ON takes_part_in (from_id);
CREATE INDEX takes_part_in_by_to_id ON takes_part_in (to_id);
CREATE TABLE requires (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX requires_by_from_id ON requires (from_id);
CREATE INDEX requires_by_to_id ON requires (to_id);
CREATE TABLE collaborates_with (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  how TEXT NOT NULL,
  since TEXT,
  until TEXT,
  strength REAL NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX collaborates_with_by_from_id ON collaborates_with (from_id);
CREATE INDEX collaborates_with_by_to_id ON collaborates_with (to_id);
CREATE TABLE funds (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  grant_id TEXT NOT NULL,
  amount REAL,
  currency TEXT NOT NULL,
  awarded_on TEXT,
  programme TEXT NOT NULL,
  project_id TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX funds_by_from_id ON funds (from_id);
CREATE INDEX funds_by_to_id ON funds (to_id);
CREATE TABLE backbone_of (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  since TEXT,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX backbone_of_by_from_id ON backbone_of (from_id);
CREATE INDEX backbone_of_by_to_id ON backbone_of (to_id);
CREATE TABLE advances (
  id TEXT PRIMARY KEY NOT NULL,
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  source TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_confirmed TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  confidence REAL NOT NULL,
  visibility TEXT NOT NULL,
  FOREIGN KEY (from_id) REFERENCES node (id),
  FOREIGN KEY (to_id) REFERENCES node (id)
);
CREATE INDEX advances_by_from_id ON advances (from_id);
CREATE INDEX advances_by_to_id ON advances (to_id);
CREATE TABLE import_record (
  id TEXT PRIMARY KEY NOT NULL,
  source TEXT NOT NULL,
  file_name TEXT NOT NULL,
  digest TEXT NOT NULL,
  actor TEXT NOT NULL,
  asserted_on TEXT NOT NULL,
  state TEXT NOT NULL,
  begun_at_version INTEGER NOT NULL,
  added INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  skipped INTEGER NOT NULL
);
