// Who must not be brought together, and what became of introductions.
CREATE CONSTRAINT NOT_WITH_id IF NOT EXISTS FOR ()-[n:NOT_WITH]-() REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT INTRODUCED_TO_id IF NOT EXISTS FOR ()-[n:INTRODUCED_TO]-() REQUIRE n.id IS UNIQUE;
