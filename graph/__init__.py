"""What is known, and by whom: the model, the stores that keep it, and who may see what."""
