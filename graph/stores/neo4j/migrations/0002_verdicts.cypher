// What an inferred fact rests on, and what people decided.
CREATE CONSTRAINT Verdict_id IF NOT EXISTS FOR (n:Verdict) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT Merge_id IF NOT EXISTS FOR (n:Merge) REQUIRE n.id IS UNIQUE;
MATCH (n:GofarNode) WHERE n.basis IS NULL SET n.basis = '';
MATCH (:GofarNode)-[r]->() WHERE r.basis IS NULL SET r.basis = '';
