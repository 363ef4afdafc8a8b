-- What was learned from the network.
CREATE TABLE learned_model (
  id TEXT PRIMARY KEY NOT NULL,
  data_hash TEXT NOT NULL,
  learned_by TEXT NOT NULL,
  learned_on TEXT NOT NULL,
  content TEXT NOT NULL
);
