// What was learned from the network.
CREATE CONSTRAINT LearnedModel_id IF NOT EXISTS FOR (n:LearnedModel) REQUIRE n.id IS UNIQUE;
