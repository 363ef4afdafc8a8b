"""The board of five conditions, and the pages where goals, measures and contacts are entered."""
