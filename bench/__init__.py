"""How fast and how large: both stores and the engine, on a generated world, side by side."""
